"""Tables of a Word document: rows and cells, put onto the grid that the floor of workbooks knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from perfxl.document.model import Document, Table
from perfxl.workbook.errors import Unreadable, UnreadableWorkbook
from perfxl.workbook.grid import Area, Cell, Position, Sheet
from perfxl.workbook.limits import Limits

_MOST_COLUMNS = 200
_LONGEST_TITLE = 45
_TITLE_LINES = 3


class OpenTable:
    """A table while it is read: element names come in, cells with their spans come out."""

    def __init__(self, after: int) -> None:
        self.texts: dict[Position, str] = {}
        self._after = after
        self._spans: dict[Position, tuple[int, int]] = {}  # rows, columns
        self._row, self._column, self._width = 0, 1, 1
        self._going_down: dict[int, Position] = {}
        self._merge = ""
        self._cell: list[str] | None = None

    def takes(self, local: str, values: Mapping[str, str]) -> bool:
        """Take in the start of an element; whether it concerned the table."""
        if local == "tr":
            self._row, self._column = self._row + 1, 1
        elif local == "gridBefore":
            self._column += _whole(values.get("val"), 0)
        elif local == "tc":
            self._cell, self._width, self._merge = [], 1, ""
        elif local == "gridSpan":
            self._width = max(1, _whole(values.get("val"), 1))
        elif local == "vMerge":
            self._merge = values.get("val", "continue")
        else:
            return False
        return True

    def add_text(self, text: str) -> None:
        """Take in a paragraph of the open cell."""
        if self._cell is not None:
            self._cell.append(text)

    def ends(self, local: str) -> None:
        """Take in the end of an element."""
        if local != "tc" or self._cell is None:
            return
        place = (self._row, self._column)
        above = self._going_down.get(self._column)
        if self._merge == "continue" and above is not None:
            self._spans[above] = (self._row - above[0] + 1, self._spans[above][1])
        else:
            self.texts[place] = "\n".join(self._cell).strip()
            self._spans[place] = (1, self._width)
            self._going_down.pop(self._column, None)
            if self._merge == "restart":
                self._going_down[self._column] = place
        self._column += self._width
        self._cell = None

    def closed(self, limits: Limits) -> Table:
        """Return the table; UnreadableWorkbook if it is larger than any form."""
        if len(self.texts) > limits.cells or any(column > _MOST_COLUMNS for _, column in self.texts):
            raise UnreadableWorkbook(Unreadable.TOO_LARGE, "table cells")
        merges = tuple(
            Area(row, column, row + rows - 1, column + min(columns, _MOST_COLUMNS) - 1)
            for (row, column), (rows, columns) in self._spans.items()
            if rows > 1 or columns > 1
        )
        return Table(self.texts, merges, self._after)


def as_sheet(document: Document, tables: Sequence[Table], name: str) -> Sheet:
    """Return tables of a document as one sheet, under each other, each below the short lines that title it."""
    cells: dict[Position, Cell] = {}
    merges: list[Area] = []
    row = 0
    before = 0
    for table in tables:
        for line in _titles(document, before, table.after):
            row += 1
            cells[row, 1] = Cell(row, 1, line)
        for (inner, column), text in table.texts.items():
            if text:
                cells[row + inner, column] = Cell(row + inner, column, text)
        merges += [Area(area.top + row, area.left, area.bottom + row, area.right) for area in table.merges]
        row += table.rows
        before = table.after
    return Sheet(name=name, cells=cells, merges=tuple(merges))


def _titles(document: Document, after: int, until: int) -> list[str]:
    """The short lines just before a table: its title, year, the unit of its amounts."""
    lines: list[str] = []
    for paragraph in reversed(document.paragraphs):
        if paragraph.number > until or paragraph.where.value != "body":
            continue
        text = paragraph.text.strip()
        if paragraph.number <= after or len(text) > _LONGEST_TITLE or len(lines) == _TITLE_LINES:
            break
        if text:
            lines.append(text)
    return lines[::-1]


def _whole(text: str | None, otherwise: int) -> int:
    return (
        min(int(text), _MOST_COLUMNS) if text is not None and text.isascii() and text.isdigit() else otherwise
    )
