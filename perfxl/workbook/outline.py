"""Where each row and cell of a worksheet part lies, byte by byte: what the patcher needs to cut and splice.

All offsets count from the beginning of the part in UTF-8; a span is (first byte, byte after the last). The parser
tells only where elements begin, which is a third of the calls; where one ends is looked up for the few that matter.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from perfxl.workbook.cursor import Cursor
from perfxl.workbook.errors import Unreadable, UnreadableWorkbook
from perfxl.workbook.grid import Area, Position
from perfxl.workbook.limits import LIMITS
from perfxl.workbook.markup import character_data, new_parser, parse
from perfxl.workbook.sheet import read_area
from perfxl.workbook.splice import Span, closing_end, is_empty_element, only_markup, raw_name, start_tag


class FormulaMark(NamedTuple):
    """A formula element: its text as the cell's own, and what its attributes say of the group it belongs to."""

    span: Span
    text: str
    attributes: dict[str, str]
    area: Area | None  # that an array formula or a data table fills

    @property
    def is_shared(self) -> bool:
        """Whether the formula is written once for a group of cells."""
        return self.attributes.get("t") == "shared"


class RowMark(NamedTuple):
    """Where a row element begins, and the columns that have a cell element, in the order of the file."""

    number: int
    at: int
    attributes: dict[str, str]
    columns: list[int]


class Outline:
    """The layout of one worksheet part. Raises UnreadableWorkbook for a part that cannot be followed byte by byte."""

    def __init__(self, part: bytes) -> None:
        self.part = part
        self.prefix = b""
        self.cells: dict[Position, int] = {}  # where the element of each begins
        self.formulas: dict[Position, FormulaMark] = {}
        self.rows: list[RowMark] = []
        self.merges: list[Area] = []
        self.column_styles: list[tuple[int, int, str]] = []  # first column, last column, style
        self.data_at: int | None = None  # where sheetData begins
        self.dimension: Span | None = None  # the tag that states the used range
        self.used: Area | None = None  # as it states it
        self.masters: dict[str, Position] = {}  # the cell that holds the text of each shared formula
        found = _Tracer(self).run()
        # Array formulas cannot overlap; forged ones that do would each be counted through.
        self._left_to_fill = LIMITS.elements
        self._row_numbers = [row.number for row in self.rows]
        self._enter_formulas(found)

    @cached_property
    def _bare(self) -> bytes:
        """The part with comments, CDATA and instructions blanked out, in which a tag is a tag."""
        return only_markup(self.part)

    def element(self, at: int, local: bytes) -> Span:
        """Return the span of the element of the sheet's own namespace that begins at an offset."""
        # Under a prefix declared anew further down, what is put in beside it would be in another namespace.
        if not self.part.startswith(b"<" + self.prefix + local, at):
            raise UnreadableWorkbook(Unreadable.DAMAGED, f"prefix of {local.decode()} at {at}")
        tag = start_tag(self.part, at)
        if is_empty_element(self.part, tag):
            return tag
        return at, closing_end(self._bare, self.prefix + local, tag[1])

    def cell_span(self, place: Position) -> Span:
        """Return the span of a cell that has an element."""
        return self.element(self.cells[place], b"c")

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
        areas = [formula.area for formula in self.formulas.values() if formula.area is not None]
        return [area for area in areas if area.top < area.bottom or area.left < area.right]

    def has_result(self, place: Position) -> bool:
        """Whether a cell is there and has a stored value."""
        return place in self.cells and self.value_span(place) is not None

    def value_span(self, place: Position) -> Span | None:
        """Return the span of a cell's value element, None if it has none or an empty one."""
        cell, formula = self.cell_span(place), self.formulas.get(place)
        start = formula.span[1] if formula else start_tag(self.part, cell[0])[1]
        at = self._bare.find(b"<" + self.prefix + b"v", start, cell[1])
        if at < 0:
            return None
        tag = start_tag(self.part, at)
        if is_empty_element(self.part, tag):
            return None
        span = self.element(at, b"v")
        return span if self._bare.rindex(b"</", *span) > tag[1] else None

    def cells_filled(self, formula: FormulaMark) -> tuple[Position, ...]:
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

    def _enter_formulas(self, found: Iterable[tuple[Position, int, dict[str, str]]]) -> None:
        children: list[Position] = []
        for place, at, attributes in found:
            span = self.element(at, b"f")
            if place in self.formulas or span[1] > self.cell_span(place)[1]:
                raise UnreadableWorkbook(Unreadable.DAMAGED, f"formula at {at}")
            fills = attributes.get("t") in ("array", "dataTable") and "ref" in attributes
            text = character_data(self.part[slice(*span)]).strip().removeprefix("=")
            area = read_area(attributes["ref"]) if fills else None
            formula = FormulaMark(span, text, attributes, area)
            self.formulas[place] = formula
            if formula.is_shared and text:
                self.masters.setdefault(attributes.get("si", ""), place)
            elif formula.is_shared:
                children.append(place)
        if children:
            self._spell_out(children)

    def _spell_out(self, children: Iterable[Position]) -> None:
        """Give the members of each shared formula their own text."""
        from perfxl.workbook.formulas import translate  # its grammar is compiled only where it is needed

        left = LIMITS.shared_formula_text
        for place in children:
            formula = self.formulas[place]
            source = self.masters.get(formula.attributes.get("si", ""))
            if source is None:
                continue
            master = self.formulas[source].text
            left -= len(master)
            if left < 0:
                raise UnreadableWorkbook(Unreadable.TOO_LARGE, "shared formulas")
            self.formulas[place] = formula._replace(text=translate(master, source, place))


def _ascending(numbers: Iterable[int]) -> bool:
    previous = 0
    for number in numbers:
        if number <= previous:
            return False
        previous = number
    return True


class _Tracer:
    """The parser's handler that fills an outline. Names are compared whole, in the root's namespace."""

    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        self._part = outline.part
        self._parser = new_parser()
        self._cursor = Cursor()
        self._c = self._v = self._f = self._row = ""
        self._kinds: dict[str, str] = {}  # of the rarer elements, by whole name
        self._cells = outline.cells
        self._place: Position | None = None
        self._row_number = -1
        self._columns: list[int] = []
        self._formulas: list[tuple[Position, int, dict[str, str]]] = []

    def run(self) -> list[tuple[Position, int, dict[str, str]]]:
        """Fill in all but the formulas, and return where those begin: their cells, offsets and attributes."""
        self._parser.StartElementHandler = self._start
        parse(self._parser, self._part)
        return self._formulas

    # This runs for every element of the sheet, the commonest elements first.

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == self._v:
            return
        if name == self._c:
            cursor = self._cursor
            cursor.enter_cell(attributes.get("r"))
            if cursor.row != self._row_number:
                self._correct_row()
            self._place = place = (cursor.row, cursor.column)
            self._columns.append(cursor.column)
            self._cells[place] = self._parser.CurrentByteIndex
        elif name == self._row:
            self._start_row(attributes)
        elif name == self._f:
            if self._place is not None:
                self._formulas.append((self._place, self._parser.CurrentByteIndex, attributes))
        elif not self._c:
            self._start_root(name)
        else:
            self._start_other(self._kinds.get(name), attributes)

    def _start_row(self, attributes: dict[str, str]) -> None:
        if len(self._outline.cells) > LIMITS.elements:
            raise UnreadableWorkbook(Unreadable.TOO_LARGE, "cells")
        self._cursor.enter_row(attributes)
        self._row_number, self._columns = self._cursor.row, []
        self._outline.rows.append(
            RowMark(self._row_number, self._parser.CurrentByteIndex, attributes, self._columns)
        )

    def _correct_row(self) -> None:
        """The first cell of a row tells another number than the count."""
        rows = self._outline.rows
        if not rows:
            raise UnreadableWorkbook(Unreadable.DAMAGED, "cell outside a row")
        self._row_number = self._cursor.row
        rows[-1] = rows[-1]._replace(number=self._row_number)

    def _start_root(self, name: str) -> None:
        root = raw_name(self._part, start_tag(self._part, self._parser.CurrentByteIndex))
        self._outline.prefix = root.removesuffix(b"worksheet")
        space = name.removesuffix("worksheet")
        self._c, self._v, self._f, self._row = space + "c", space + "v", space + "f", space + "row"
        self._kinds = {space + kind: kind for kind in ("mergeCell", "col", "sheetData", "dimension")}

    def _start_other(self, kind: str | None, attributes: dict[str, str]) -> None:
        if kind == "mergeCell":
            self._outline.merges.append(read_area(attributes.get("ref", "")))
        elif kind == "col" and "style" in attributes:
            self._outline.column_styles.append(
                (int(attributes.get("min", "1")), int(attributes.get("max", "0")), attributes["style"])
            )
        elif kind == "sheetData":
            self._outline.data_at = self._parser.CurrentByteIndex
        elif kind == "dimension" and "ref" in attributes:
            self._outline.dimension = start_tag(self._part, self._parser.CurrentByteIndex)
            self._outline.used = read_area(attributes["ref"])
