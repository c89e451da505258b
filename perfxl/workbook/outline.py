"""Where each row and cell of a worksheet part lies, byte by byte: what the patcher needs to cut and splice.

All offsets count from the beginning of the part in UTF-8; a span is (first byte, byte after the last).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from typing import NamedTuple

from perfxl.workbook.cursor import Cursor
from perfxl.workbook.errors import Unreadable, UnreadableWorkbook
from perfxl.workbook.formulas import translate
from perfxl.workbook.grid import Area, Position
from perfxl.workbook.markup import new_parser, parse
from perfxl.workbook.sheet import read_area
from perfxl.workbook.splice import Span, element_end, raw_name, start_tag


class FormulaSpan(NamedTuple):
    """A formula element: its text as the cell's own, and what its attributes say of the group it belongs to."""

    span: Span
    text: str
    attributes: dict[str, str]
    area: Area | None  # that an array formula or a data table fills

    @property
    def is_shared(self) -> bool:
        """Whether the formula is written once for a group of cells."""
        return self.attributes.get("t") == "shared"


class CellSpan(NamedTuple):
    """A cell element, its attributes, and the elements within it."""

    span: Span
    attributes: dict[str, str]
    formula: FormulaSpan | None
    value: Span | None


class RowSpan(NamedTuple):
    """A row element and the columns that have a cell element, in the order of the file."""

    number: int
    span: Span
    attributes: dict[str, str]
    columns: list[int]


class Outline:
    """The layout of one worksheet part. Raises UnreadableWorkbook for a part that cannot be followed byte by byte."""

    def __init__(self, part: bytes) -> None:
        self.part = part
        self.prefix = b""
        self.cells: dict[Position, CellSpan] = {}
        self.rows: list[RowSpan] = []
        self.merges: list[Area] = []
        self.column_styles: list[tuple[int, int, str]] = []  # first column, last column, style
        self.data: Span | None = None
        self.dimension: Span | None = None  # the tag that states the used range
        self.used: Area | None = None  # as it states it
        self.masters: dict[str, Position] = {}  # the cell that holds the text of each shared formula
        _Tracer(self).run()
        self._row_numbers = [row.number for row in self.rows]

    def row_index(self, number: int) -> tuple[int, bool]:
        """Return where a row stands among the rows, or would have to be put in, and whether it is there."""
        at = bisect_left(self._row_numbers, number)
        return at, at < len(self.rows) and self._row_numbers[at] == number

    @property
    def is_ordered(self) -> bool:
        """Whether rows, and cells within rows, follow each other in order without repetition."""
        return _ascending(self._row_numbers) and all(_ascending(row.columns) for row in self.rows)

    def filled_areas(self) -> list[Area]:
        """Return the ranges of more than one cell that an array formula or a data table fills."""
        formulas = (cell.formula for cell in self.cells.values() if cell.formula is not None)
        areas = [formula.area for formula in formulas if formula.area is not None]
        return [area for area in areas if area.top < area.bottom or area.left < area.right]

    def cells_in(self, area: Area) -> tuple[Position, ...]:
        """Return the positions within an area that have a cell element."""
        return tuple(place for place in self.cells if area.covers(place))

    def merge_over(self, place: Position) -> Area | None:
        """Return the merged range that covers a position, None if there is none."""
        return next((merge for merge in self.merges if merge.covers(place)), None)

    def style_for_new_cell(self, place: Position) -> str | None:
        """Return the style that a cell takes over from its row or its column, None for the default one."""
        row, column = place
        at, present = self.row_index(row)
        if present and self.rows[at].attributes.get("customFormat") in ("1", "true"):
            return self.rows[at].attributes.get("s")
        return next((style for first, last, style in self.column_styles if first <= column <= last), None)


def _ascending(numbers: Iterable[int]) -> bool:
    previous = 0
    for number in numbers:
        if number <= previous:
            return False
        previous = number
    return True


class _Tracer:
    """The parser's handlers that fill an outline."""

    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        self._part = outline.part
        self._parser = new_parser()
        self._cursor = Cursor()
        self._space: str | None = None
        self._heard: list[str] = []
        self._row: tuple[int, dict[str, str], list[int]] | None = None
        self._cell: tuple[int, dict[str, str]] | None = None
        self._formula_start: tuple[int, dict[str, str]] | None = None
        self._formula: FormulaSpan | None = None
        self._value_start = 0
        self._value: Span | None = None
        self._data_start: int | None = None
        self._children: list[tuple[Position, str]] = []

    def run(self) -> None:
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._heard.append
        parse(self._parser, self._part)
        cells = self._outline.cells
        for place, group in self._children:
            source = self._outline.masters.get(group)
            master = cells[source].formula if source is not None else None
            formula = cells[place].formula
            if source is not None and master is not None and formula is not None:
                own = formula._replace(text=translate(master.text, source, place))
                cells[place] = cells[place]._replace(formula=own)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, kind = name.rpartition(" ")
        if self._space is None:
            self._space = space
            root = raw_name(self._part, start_tag(self._part, self._parser.CurrentByteIndex))
            self._outline.prefix = root.removesuffix(b"worksheet")
        if space != self._space:
            return
        at = self._parser.CurrentByteIndex
        if kind == "c":
            if self._row is None or self._cell is not None:
                raise UnreadableWorkbook(Unreadable.DAMAGED, "cell outside a row")
            self._expect(at, b"c")
            self._cell = (at, attributes)
            self._formula = self._value = None
        elif kind == "v":
            self._expect(at, b"v")
            self._value_start = at
        elif kind == "f":
            self._expect(at, b"f")
            self._formula_start = (at, attributes)
            self._heard.clear()
        elif kind == "row":
            self._expect(at, b"row")
            self._cursor.enter_row(attributes)
            self._row = (at, attributes, [])
        elif kind == "mergeCell":
            self._outline.merges.append(read_area(attributes.get("ref", "")))
        elif kind == "col" and "style" in attributes:
            self._outline.column_styles.append(
                (int(attributes.get("min", "1")), int(attributes.get("max", "0")), attributes["style"])
            )
        elif kind == "sheetData":
            self._expect(at, b"sheetData")
            self._data_start = at
        elif kind == "dimension" and "ref" in attributes:
            self._outline.dimension = start_tag(self._part, at)
            self._outline.used = read_area(attributes["ref"])

    def _expect(self, at: int, local: bytes) -> None:
        # A prefix that is declared anew further down would make the elements put in beside it foreign ones.
        name = b"<" + self._outline.prefix + local
        if not self._part.startswith(name, at):
            raise UnreadableWorkbook(Unreadable.DAMAGED, f"prefix of {local.decode()} at {at}")

    def _end(self, name: str) -> None:
        space, _, kind = name.rpartition(" ")
        if space == self._space:
            if kind == "c" and self._cell is not None:
                self._end_cell(*self._cell)
            elif kind == "v":
                self._value = (self._value_start, self._element_end(b"v"))
            elif kind == "f" and self._formula_start is not None:
                self._end_formula(*self._formula_start)
            elif kind == "row" and self._row is not None:
                start, attributes, columns = self._row
                self._outline.rows.append(
                    RowSpan(self._cursor.row, (start, self._element_end(b"row")), attributes, columns)
                )
                self._row = None
            elif kind == "sheetData" and self._data_start is not None:
                self._outline.data = (self._data_start, self._element_end(b"sheetData"))
        self._heard.clear()

    def _element_end(self, local: bytes) -> int:
        return element_end(self._part, self._parser.CurrentByteIndex, self._outline.prefix + local)

    def _end_cell(self, start: int, attributes: dict[str, str]) -> None:
        self._cell = None
        assert self._row is not None
        self._cursor.enter_cell(attributes.get("r"))
        place = (self._cursor.row, self._cursor.column)
        self._row[2].append(place[1])
        formula = self._formula
        if formula is not None and formula.is_shared:
            group = formula.attributes.get("si", "")
            if formula.text:
                self._outline.masters.setdefault(group, place)
            else:
                self._children.append((place, group))
        self._outline.cells[place] = CellSpan(
            (start, self._element_end(b"c")), attributes, formula, self._value
        )

    def _end_formula(self, start: int, attributes: dict[str, str]) -> None:
        self._formula_start = None
        filled = attributes.get("t") in ("array", "dataTable") and "ref" in attributes
        self._formula = FormulaSpan(
            (start, self._element_end(b"f")),
            "".join(self._heard).strip().removeprefix("="),
            attributes,
            read_area(attributes["ref"]) if filled else None,
        )
