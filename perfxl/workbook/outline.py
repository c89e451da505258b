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
from perfxl.workbook.limits import LIMITS
from perfxl.workbook.markup import new_parser, parse
from perfxl.workbook.sheet import read_area
from perfxl.workbook.splice import Span, element_end, is_empty_element, raw_name, start_tag


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
    """A cell element, its attributes, and its formula."""

    span: Span
    attributes: dict[str, str]
    formula: FormulaSpan | None


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
        # Array formulas cannot overlap; forged ones that do would each be counted through.
        self._left_to_fill = LIMITS.elements
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

    def has_result(self, place: Position) -> bool:
        """Whether a cell is there and has a stored value."""
        cell = self.cells.get(place)
        return cell is not None and self.value_span(cell) is not None

    def value_span(self, cell: CellSpan) -> Span | None:
        """Return the span of a cell's value element, None if it has none or an empty one."""
        part, name = self.part, self.prefix + b"v"
        start = cell.formula.span[1] if cell.formula else start_tag(part, cell.span[0])[1]
        at = part.find(b"<" + name, start, cell.span[1])
        if at < 0:
            return None
        tag = start_tag(part, at)
        if is_empty_element(part, tag):
            return None
        closing = part.index(b"</" + name, at)
        return (at, element_end(part, closing, name)) if closing > tag[1] else None

    def cells_filled(self, formula: FormulaSpan) -> tuple[Position, ...]:
        """Return the cells that an array formula or a data table fills, as far as they have an element."""
        area = formula.area
        if area is None:
            return ()
        size = (area.bottom - area.top + 1) * (area.right - area.left + 1)
        places = area.positions() if size <= len(self.cells) else self.cells
        self._left_to_fill -= min(size, len(self.cells))
        if self._left_to_fill < 0:
            raise UnreadableWorkbook(Unreadable.TOO_LARGE, "array formulas")
        return tuple(place for place in places if area.covers(place) and place in self.cells)

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
    """The parser's handlers that fill an outline. Names are compared whole, in the root's namespace."""

    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        self._part = outline.part
        self._parser = new_parser()
        self._cursor = Cursor()
        self._c = self._v = self._f = self._row = self._data = ""
        self._kinds: dict[str, str] = {}  # of the rarer elements, by whole name
        self._cell_tag = b""
        self._heard: list[str] = []
        self._open_row: RowSpan | None = None
        self._cell: tuple[int, dict[str, str]] | None = None
        self._formula_start: tuple[int, dict[str, str]] | None = None
        self._formula: FormulaSpan | None = None
        self._data_start: int | None = None
        self._children: list[tuple[Position, str]] = []

    def run(self) -> None:
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._heard.append
        parse(self._parser, self._part)
        cells = self._outline.cells
        left = LIMITS.shared_formula_text
        for place, group in self._children:
            source = self._outline.masters.get(group)
            master = cells[source].formula if source is not None else None
            formula = cells[place].formula
            if source is not None and master is not None and formula is not None:
                left -= len(master.text)
                if left < 0:
                    raise UnreadableWorkbook(Unreadable.TOO_LARGE, "shared formulas")
                own = formula._replace(text=translate(master.text, source, place))
                cells[place] = cells[place]._replace(formula=own)

    # The next two run for every element of the sheet, the commonest elements first.

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == self._v:
            return
        if name == self._c:
            at = self._parser.CurrentByteIndex
            if (
                self._open_row is None
                or self._cell is not None
                or not self._part.startswith(self._cell_tag, at)
            ):
                raise UnreadableWorkbook(Unreadable.DAMAGED, f"cell at {at}")
            self._cell = (at, attributes)
            self._formula = None
        elif name == self._f:
            self._formula_start = (self._begin(b"f"), attributes)
            self._heard.clear()
        elif name == self._row:
            self._cursor.enter_row(attributes)
            self._open_row = RowSpan(self._cursor.row, (self._begin(b"row"), 0), attributes, [])
        elif not self._c:
            self._start_root(name)
        else:
            self._start_other(self._kinds.get(name), attributes)

    def _end(self, name: str) -> None:
        if name == self._c:
            if self._cell is not None:
                self._end_cell(*self._cell)
        elif name == self._f:
            if self._formula_start is not None:
                self._end_formula(*self._formula_start)
        elif name == self._row and self._open_row is not None:
            # The first cell may have told another number than the count.
            span = (self._open_row.span[0], self._element_end(b"row"))
            self._outline.rows.append(self._open_row._replace(number=self._cursor.row, span=span))
            self._open_row = None
        elif name == self._data and self._data_start is not None:
            self._outline.data = (self._data_start, self._element_end(b"sheetData"))
        self._heard.clear()

    def _start_root(self, name: str) -> None:
        root = raw_name(self._part, start_tag(self._part, self._parser.CurrentByteIndex))
        self._outline.prefix = root.removesuffix(b"worksheet")
        self._cell_tag = b"<" + self._outline.prefix + b"c"
        space = name.removesuffix("worksheet")
        self._c, self._v, self._f, self._row = space + "c", space + "v", space + "f", space + "row"
        self._data = space + "sheetData"
        self._kinds = {space + kind: kind for kind in ("mergeCell", "col", "sheetData", "dimension")}

    def _start_other(self, kind: str | None, attributes: dict[str, str]) -> None:
        if kind == "mergeCell":
            self._outline.merges.append(read_area(attributes.get("ref", "")))
        elif kind == "col" and "style" in attributes:
            self._outline.column_styles.append(
                (int(attributes.get("min", "1")), int(attributes.get("max", "0")), attributes["style"])
            )
        elif kind == "sheetData":
            self._data_start = self._begin(b"sheetData")
        elif kind == "dimension" and "ref" in attributes:
            self._outline.dimension = start_tag(self._part, self._parser.CurrentByteIndex)
            self._outline.used = read_area(attributes["ref"])

    def _begin(self, local: bytes) -> int:
        """Return where the element that just began begins."""
        at = self._parser.CurrentByteIndex
        # Under a prefix declared anew further down, what is put in beside it would be in another namespace.
        if not self._part.startswith(b"<" + self._outline.prefix + local, at):
            raise UnreadableWorkbook(Unreadable.DAMAGED, f"prefix of {local.decode()} at {at}")
        return at

    def _element_end(self, local: bytes) -> int:
        return element_end(self._part, self._parser.CurrentByteIndex, self._outline.prefix + local)

    def _end_cell(self, start: int, attributes: dict[str, str]) -> None:
        self._cell = None
        if len(self._outline.cells) > LIMITS.elements:
            raise UnreadableWorkbook(Unreadable.TOO_LARGE, "cells")
        cursor = self._cursor
        cursor.enter_cell(attributes.get("r"))
        place = (cursor.row, cursor.column)
        if self._open_row is not None:
            self._open_row.columns.append(cursor.column)
        formula = self._formula
        if formula is not None and formula.is_shared:
            group = formula.attributes.get("si", "")
            if formula.text:
                self._outline.masters.setdefault(group, place)
            else:
                self._children.append((place, group))
        self._outline.cells[place] = CellSpan((start, self._element_end(b"c")), attributes, formula)

    def _end_formula(self, start: int, attributes: dict[str, str]) -> None:
        self._formula_start = None
        fills = attributes.get("t") in ("array", "dataTable") and "ref" in attributes
        self._formula = FormulaSpan(
            (start, self._element_end(b"f")),
            "".join(self._heard).strip().removeprefix("="),
            attributes,
            read_area(attributes["ref"]) if fills else None,
        )
