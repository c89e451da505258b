"""OpenDocument spreadsheets (.ods): the sheets of content.xml (OpenDocument 1.3 part 3, chapter 9).

Formulas are not taken over: a cell has the result that was stored. Dates and times are ISO text, as for other
old formats. A number format is told as far as it shows decimals, thousands and percent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from perfxl.workbook.errors import Unreadable, UnreadableWorkbook
from perfxl.workbook.grid import Area, Cell, CellValue, Position, Sheet
from perfxl.workbook.limits import LIMITS, Limits
from perfxl.workbook.markup import new_parser, parse
from perfxl.workbook.sheet import Allowance, read_number, refuse_wide_merges
from perfxl.workbook.styles import GENERAL

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_NAMESPACE = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_OFFICE, _TABLE, _TEXT, _STYLE, _NUMBER = (
    _NAMESPACE % name for name in ("office", "table", "text", "style", "datastyle")
)
_VALUE_TYPE_OF_LIBREOFFICE = (
    "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
)
_CELLS = (_TABLE + "table-cell", _TABLE + "covered-table-cell")
_HIDDEN = frozenset({"collapse", "filter"})
_NUMERIC = frozenset({"float", "percentage", "currency"})
_CLOCK_TIME = re.compile(r"PT([01]\d|2[0-3])H(\d\d)M(\d\d)(?:[.,]\d+)?S")
_SPACE_COUNT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 c"  # as the parser names it
# White space of the markup is one space; that of the text has elements, which these noncharacters stand for.
_SPACE, _TAB, _BREAK = "\ufdd0", "\ufdd1", "\ufdd2"
_MEANT = str.maketrans({_SPACE: " ", _TAB: "\t", _BREAK: "\n"})
_SPACES = re.compile(r"[ \t\r\n]+")


def read_ods_sheets(content: bytes, limits: Limits = LIMITS) -> tuple[Sheet, ...]:
    """Return the sheets of a content part (UTF-8). Raises UnreadableWorkbook."""
    _refuse_excess(content, limits)
    from xml.etree import ElementTree  # needed for this format alone

    root = ElementTree.fromstring(content)  # noqa: S314 - document types were refused above
    styles = _Styles(root)
    allowance = Allowance(limits)
    tables = root.findall(f"{_OFFICE}body/{_OFFICE}spreadsheet/{_TABLE}table")
    # A table with a source is a stored copy of another file's sheet.
    own = [table for table in tables if table.find(_TABLE + "table-source") is None]
    if not own:
        raise UnreadableWorkbook(Unreadable.NO_SHEET)
    sheets = tuple(_TableReader(styles, limits, allowance).read(table) for table in own)
    for sheet in sheets:
        refuse_wide_merges(sheet, limits)
    return sheets


def _refuse_excess(content: bytes, limits: Limits) -> None:
    """Raise UnreadableWorkbook before a tree is built of too many elements, or texts of too many spaces."""
    elements, text = limits.elements // 3, limits.text

    def start(_: str, attributes: dict[str, str]) -> None:
        nonlocal elements, text
        elements -= 1
        text -= max(0, int(attributes.get(_SPACE_COUNT, "0")))
        if min(elements, text) < 0:
            raise UnreadableWorkbook(Unreadable.TOO_LARGE, "elements")

    parser = new_parser()
    parser.StartElementHandler = start
    parse(parser, content)


class _Styles:
    """What the automatic styles say: number formats, and which tables are hidden."""

    def __init__(self, root: Element) -> None:
        self._formats: dict[str, str] = {}  # by data style
        self._data_styles: dict[str, str] = {}  # by cell style
        self._hidden_tables: set[str] = set()
        for style in root.findall(f"{_OFFICE}automatic-styles/*"):
            name = style.get(_STYLE + "name", "")
            number = style.find(_NUMBER + "number")
            if number is not None:
                self._formats[name] = _format_code(
                    number, "%" if style.tag.endswith("}percentage-style") else ""
                )
            self._data_styles[name] = style.get(_STYLE + "data-style-name", "")
            properties = style.find(_STYLE + "table-properties")
            if properties is not None and properties.get(_TABLE + "display") == "false":
                self._hidden_tables.add(name)

    def hides(self, table: Element) -> bool:
        return table.get(_TABLE + "style-name", "") in self._hidden_tables

    def number_format(self, cell_style: str, kind: str) -> str:
        code = self._formats.get(self._data_styles.get(cell_style, ""), GENERAL)
        return "0.00%" if code == GENERAL and kind == "percentage" else code


def _format_code(number: Element, sign: str) -> str:
    places = number.get(_NUMBER + "decimal-places")
    if places is None:
        return GENERAL
    whole = "#,##0" if number.get(_NUMBER + "grouping") == "true" else "0"
    return f"{whole}.{'0' * min(int(places), 30)}".removesuffix(".") + sign


class _Placed(NamedTuple):
    """A cell element of a row: the columns it stands in, what it shows, and the ranges it spans if it is merged."""

    first: int
    last: int
    cell: Cell | None
    down: int
    right: int


class _TableReader:
    """One table on its way to a sheet."""

    def __init__(self, styles: _Styles, limits: Limits, allowance: Allowance) -> None:
        self._styles = styles
        self._limits = limits
        self._allowance = allowance
        self._cells: dict[Position, Cell] = {}
        self._merges: list[Area] = []
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()
        self._column_styles: list[tuple[int, str]] = []  # last column, style

    def read(self, table: Element) -> Sheet:
        self._read_columns(table)
        number = 1
        for row in table.iter(_TABLE + "table-row"):
            following = number + _count(row, "number-rows-repeated")
            rows = range(number, min(following, self._limits.rows + 1))
            if row.get(_TABLE + "visibility") in _HIDDEN:
                self._spend("elements", len(rows))
                self._hidden_rows.update(rows)
            placed = list(self._placed(row))
            for repeated in rows if placed else ():
                for one in placed:
                    self._put(repeated, one)
            number = following
        return Sheet(
            table.get(_TABLE + "name", ""),
            self._cells,
            tuple(self._merges),
            self._styles.hides(table),
            frozenset(self._hidden_rows),
            frozenset(self._hidden_columns),
        )

    def _read_columns(self, table: Element) -> None:
        last = 0
        for column in table.iter(_TABLE + "table-column"):
            first = last + 1
            last = min(last + _count(column, "number-columns-repeated"), self._limits.columns)
            self._column_styles.append((last, column.get(_TABLE + "default-cell-style-name", "")))
            if column.get(_TABLE + "visibility") in _HIDDEN:
                self._hidden_columns.update(range(first, last + 1))

    def _placed(self, row: Element) -> Iterator[_Placed]:
        """Yield the cells of a row that show something or are merged."""
        column = 1
        for element in row:
            if element.tag not in _CELLS:
                continue
            first = column
            column += _count(element, "number-columns-repeated")
            down, right = _count(element, "number-rows-spanned"), _count(element, "number-columns-spanned")
            value, error = _content(element)
            if value is None and down == right == 1:
                continue
            cell: Cell | None = None
            if value is not None:
                style = element.get(_TABLE + "style-name") or self._column_style(first)
                kind = element.get(_OFFICE + "value-type", "")
                cell = Cell(0, 0, value, None, self._styles.number_format(style, kind), error)
            yield _Placed(first, min(column - 1, self._limits.columns), cell, down, right)

    def _column_style(self, column: int) -> str:
        return next((style for last, style in self._column_styles if column <= last), "")

    def _put(self, row: int, placed: _Placed) -> None:
        for column in range(placed.first, placed.last + 1):
            self._spend("elements", 1)
            if placed.cell is not None:
                self._spend("cells", 1)
                self._cells[row, column] = placed.cell._replace(row=row, column=column)
            if max(placed.down, placed.right) > 1:
                self._spend("merges", 1)
                bottom = min(row + placed.down - 1, self._limits.rows)
                self._merges.append(
                    Area(row, column, bottom, min(column + placed.right - 1, self._limits.columns))
                )

    def _spend(self, what: str, amount: int) -> None:
        left = getattr(self._allowance, what) - amount
        if left < 0:
            raise UnreadableWorkbook(Unreadable.TOO_LARGE, what)
        setattr(self._allowance, what, left)


def _count(element: Element, name: str) -> int:
    return max(1, int(element.get(_TABLE + name, "1")))


def _content(element: Element) -> tuple[CellValue, bool]:
    """Return what a cell shows, and whether that is an error value."""
    kind = element.get(_OFFICE + "value-type", "")
    if element.get(_VALUE_TYPE_OF_LIBREOFFICE) == "error":
        return _shown_text(element) or None, True
    if kind in _NUMERIC:
        return read_number(element.get(_OFFICE + "value", "")), False
    if kind == "boolean":
        return element.get(_OFFICE + "boolean-value") == "true", False
    if kind == "date":
        date, _, time = element.get(_OFFICE + "date-value", "").partition("T")
        return f"{date} {time}".removesuffix(" 00:00:00").rstrip(), False
    if kind == "time":
        clock = _CLOCK_TIME.fullmatch(element.get(_OFFICE + "time-value", ""))
        return (":".join(clock.groups()) if clock else _shown_text(element)), False
    stored = element.get(_OFFICE + "string-value")
    return (_shown_text(element) if stored is None else stored) or None, False


def _shown_text(cell: Element) -> str:
    """Return the paragraphs of a cell, notes and drawings in it left out."""
    return "\n".join(_paragraph_text(paragraph) for paragraph in cell.findall(_TEXT + "p"))


def _paragraph_text(paragraph: Element) -> str:
    for element in paragraph.iter():
        if element.tag == _TEXT + "s":
            element.text = _SPACE * max(1, int(element.get(_TEXT + "c", "1")))
        elif element.tag == _TEXT + "tab":
            element.text = _TAB
        elif element.tag == _TEXT + "line-break":
            element.text = _BREAK
    return _SPACES.sub(" ", "".join(paragraph.itertext())).translate(_MEANT)
