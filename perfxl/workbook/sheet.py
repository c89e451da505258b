"""One worksheet part: its cells, merges and hidden rows and columns, in one pass of the parser."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from math import isfinite

from perfxl.workbook.cursor import Cursor
from perfxl.workbook.errors import Unreadable, UnreadableWorkbook
from perfxl.workbook.grid import Area, Cell, CellValue, Position, Sheet, position
from perfxl.workbook.limits import LIMITS, Limits
from perfxl.workbook.markup import new_parser, parse, unescape
from perfxl.workbook.styles import GENERAL

_TRUE = frozenset({"1", "true"})


class Allowance:
    """What may still be read of one workbook: shared by its sheets, so that many sheets cannot add up to too much."""

    def __init__(self, limits: Limits) -> None:
        self.cells = limits.cells
        self.elements = limits.elements
        self.merges = limits.merges
        self.text = limits.text
        self.shared_formula_text = limits.shared_formula_text


def read_number(text: str) -> Decimal | None:
    """Return the number that Excel sees in a stored figure ("0.89890000000000003" -> 0.8989); None if it is none."""
    try:
        value = float(text)
    except ValueError:
        return None
    if "_" in text or not isfinite(value):  # Python reads "1_000", Excel does not
        return None
    if value.is_integer() and -1e15 < value < 1e15:
        return Decimal(int(value))
    number = Decimal(repr(value))
    return number.quantize(1) if 1e15 <= abs(value) < 1e21 else number


def read_area(reference: str, limits: Limits = LIMITS) -> Area:
    """Return the rectangle of "B2:C5" or "B2"; UnreadableWorkbook if it is none or leaves the sheet."""
    first, _, last = reference.partition(":")
    try:
        top, left = position(first)
        bottom, right = position(last or first)
    except ValueError as error:
        raise UnreadableWorkbook(Unreadable.DAMAGED, str(error)) from error
    area = Area(min(top, bottom), min(left, right), max(top, bottom), max(left, right))
    if area.top < 1 or area.bottom > limits.rows or area.right > limits.columns:
        raise UnreadableWorkbook(Unreadable.DAMAGED, f"reference {reference}")
    return area


def read_sheet(
    part: bytes,
    name: str,
    *,
    strings: Sequence[str] = (),
    formats: Sequence[str] = (),
    hidden: bool = False,
    limits: Limits = LIMITS,
    allowance: Allowance | None = None,
) -> Sheet:
    """Return the sheet that a worksheet part (UTF-8) holds.

    `strings` are the workbook's shared strings, `formats` the number formats by style. Raises UnreadableWorkbook.
    """
    reader = _SheetReader(strings, formats, limits, allowance or Allowance(limits))
    parser = new_parser()
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.heard.append
    parse(parser, part)
    reader.finish()
    sheet = Sheet(
        name,
        reader.cells,
        tuple(reader.merges),
        hidden,
        frozenset(reader.hidden_rows),
        frozenset(reader.hidden_columns),
        arrays=tuple(reader.arrays),
    )
    refuse_wide_merges(sheet, limits)
    return sheet


def refuse_wide_merges(sheet: Sheet, limits: Limits) -> None:
    """Raise UnreadableWorkbook where merged ranges cover more of the used rectangle than a form ever would."""
    extent = sheet.extent
    covered = sum(
        max(0, min(merge.bottom, extent.bottom) - merge.top + 1)
        * max(0, min(merge.right, extent.right) - merge.left + 1)
        for merge in sheet.merges
    )
    if covered > limits.merged_cells:
        raise UnreadableWorkbook(Unreadable.TOO_LARGE, f"{covered} merged cells")


class _SheetReader:
    """The parser's handlers. Element names are compared whole, in the root's namespace."""

    def __init__(
        self, strings: Sequence[str], formats: Sequence[str], limits: Limits, allowance: Allowance
    ) -> None:
        self.cells: dict[Position, Cell] = {}
        self.merges: list[Area] = []
        self.arrays: list[Area] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.heard: list[str] = []
        self._strings = strings
        self._formats = formats
        self._limits = limits
        self._allowance = allowance
        self._elements = allowance.elements  # a copy at hand; `finish` gives back what is left
        self._masters: dict[str, tuple[Position, str]] = {}
        self._children: list[tuple[Position, str]] = []
        self._c = self._v = self._f = self._row = self._t = self._is = self._reading_aid = ""
        self._merge = self._col = ""
        self._cursor = Cursor(limits)
        self._in_row = False
        self._in_reading_aid = False
        self._cell: dict[str, str] | None = None  # the attributes of the cell being read
        self._value: str | None = None
        self._formula: str | None = None
        self._inline: list[str] | None = None
        self._formula_attributes: dict[str, str] = {}

    # The next two run for every element of the sheet, the commonest elements first.

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == self._v:
            self.heard.clear()
        elif name == self._c:
            if self._cell is not None or not self._in_row:
                raise UnreadableWorkbook(Unreadable.DAMAGED, "cell outside a row")
            self._cell = attributes
            self._value = self._formula = self._inline = None
        elif name == self._f:
            self.heard.clear()
            self._formula_attributes = attributes
        elif name == self._row:
            self._start_row(attributes)
        elif name == self._t:
            self.heard.clear()
        elif name == self._is:
            self._inline = []
        elif name == self._reading_aid:
            self._in_reading_aid = True
        elif name == self._merge:
            self._start_merge(attributes)
        elif name == self._col:
            self._start_column(attributes)
        elif not self._c:
            self._start_root(name)

    def end(self, name: str) -> None:
        if name == self._v:
            self._value = "".join(self.heard)
            return
        if name == self._c:
            self._end_cell()
        elif name == self._f:
            self._formula = "".join(self.heard)
        elif name == self._t:
            if self._inline is not None and not self._in_reading_aid:
                self._inline.append("".join(self.heard))
        elif name == self._reading_aid:
            self._in_reading_aid = False
        elif name == self._row:
            self._in_row = False
        # White space between elements must not pile up: a part may consist of nothing else.
        self.heard.clear()

    def _start_root(self, name: str) -> None:
        space, _, kind = name.rpartition(" ")
        if kind != "worksheet":
            raise UnreadableWorkbook(Unreadable.DAMAGED, f"root element {name}")
        space = space and space + " "
        self._c, self._v, self._f, self._row = space + "c", space + "v", space + "f", space + "row"
        self._t, self._is, self._reading_aid = space + "t", space + "is", space + "rPh"
        self._merge, self._col = space + "mergeCell", space + "col"

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._elements -= 1
        if len(self.cells) > self._allowance.cells:
            raise UnreadableWorkbook(Unreadable.TOO_LARGE, "cells")
        self._in_row = True
        self._cursor.enter_row(attributes)
        if attributes.get("hidden") in _TRUE:
            self.hidden_rows.add(self._cursor.row)

    def _end_cell(self) -> None:
        attributes, self._cell = self._cell or {}, None
        self._elements -= 1
        if self._elements < 0:
            raise UnreadableWorkbook(Unreadable.TOO_LARGE, "elements")
        cursor = self._cursor
        cursor.enter_cell(attributes.get("r"))
        value, formula = self._value, self._formula
        if value is None and formula is None and self._inline is None:
            return
        place = (cursor.row, cursor.column)
        shared: str | None = None
        if formula is not None:
            formula, shared = self._own_formula(place, formula)
        kind = attributes.get("t")
        error = False
        content: CellValue
        if not value or kind == "inlineStr":
            content = self._content_without_value(kind, formula is not None or shared is not None)
        elif kind == "s":
            content = self._shared_string(value)
        elif kind is None or kind == "n":
            content = read_number(value)
            if content is None:
                content = value.strip() or None
        elif kind == "b":
            content = value.strip() in _TRUE
        else:
            content, error = unescape(value), kind == "e"
        if formula is None and shared is None and (content is None or content == ""):
            return
        number_format = GENERAL
        style = attributes.get("s")
        if style:
            number = int(style)
            if 0 <= number < len(self._formats):
                number_format = self._formats[number]
        self.cells[place] = Cell(cursor.row, cursor.column, content, formula, number_format, error)
        if shared is not None:
            self._children.append((place, shared))

    def _shared_string(self, value: str) -> str:
        index = int(value)
        if not 0 <= index < len(self._strings):
            raise UnreadableWorkbook(Unreadable.DAMAGED, f"shared string {index}")
        text = self._strings[index]
        self._allowance.text -= len(text)
        if self._allowance.text < 0:
            raise UnreadableWorkbook(Unreadable.TOO_LARGE, "text")
        return text

    def _content_without_value(self, kind: str | None, calculated: bool) -> str | None:
        if kind == "inlineStr":
            return unescape("".join(self._inline or ()))
        # A formula whose result is an empty text may leave its value out; one never calculated has no type either.
        return "" if kind == "str" and calculated else None

    def _own_formula(self, place: Position, text: str) -> tuple[str | None, str | None]:
        """Return the cell's formula, or the number of the shared formula that it takes part in."""
        attributes, self._formula_attributes = self._formula_attributes, {}
        formula = text.strip().removeprefix("=") or None
        if attributes.get("t") != "shared":
            if attributes.get("t") in ("array", "dataTable") and ":" in attributes.get("ref", ""):
                self.arrays.append(read_area(attributes["ref"], self._limits))
            return formula, None
        group = attributes.get("si", "")
        if formula is None:
            return None, group
        self._masters.setdefault(group, (place, formula))
        return formula, None

    def _start_merge(self, attributes: dict[str, str]) -> None:
        self._allowance.merges -= 1
        if self._allowance.merges < 0:
            raise UnreadableWorkbook(Unreadable.TOO_LARGE, "merges")
        area = read_area(attributes.get("ref", ""), self._limits)
        if area.top < area.bottom or area.left < area.right:
            self.merges.append(area)

    def _start_column(self, attributes: dict[str, str]) -> None:
        if attributes.get("hidden") in _TRUE:
            first = max(1, int(attributes.get("min", "1")))
            last = min(self._limits.columns, int(attributes.get("max", "0")))
            self._elements -= max(0, last - first)
            self.hidden_columns.update(range(first, last + 1))

    def finish(self) -> None:
        """Take the sheet off the allowance; give the members of each shared formula their own text.

        A member without a master keeps its value alone.
        """
        self._allowance.cells -= len(self.cells)
        self._allowance.elements = self._elements
        if min(self._allowance.cells, self._elements) < 0:
            raise UnreadableWorkbook(Unreadable.TOO_LARGE, "cells")
        if self._children:
            self._spell_out_shared_formulas()

    def _spell_out_shared_formulas(self) -> None:
        from perfxl.workbook.formulas import translate  # its grammar is compiled only where it is needed

        for place, group in self._children:
            master = self._masters.get(group)
            if master is not None:
                source, text = master
                self._allowance.shared_formula_text -= len(text)
                if self._allowance.shared_formula_text < 0:
                    raise UnreadableWorkbook(Unreadable.TOO_LARGE, "shared formulas")
                self.cells[place] = self.cells[place]._replace(formula=translate(text, source, place))
