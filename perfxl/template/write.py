"""Writing a laid-out form as a workbook: fonts, borders, protection, lists, hints, print set-up."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from io import BytesIO
from typing import Any, NamedTuple

from perfxl.errors import PerfxlError
from perfxl.form.origin import NAME, mark
from perfxl.template.declaration import EntryKind
from perfxl.template.drawing import Look
from perfxl.template.formulas import Formula
from perfxl.template.heights import Block, row_heights
from perfxl.template.page import Page, Placed
from perfxl.workbook.edit import holds
from perfxl.workbook.package import Package
from perfxl.workbook.repack import rewrite

_CREATED = datetime.datetime(2024, 1, 1)
"""Written into every file instead of today, so that a form made twice has the same bytes."""
_TINT = "#FFF8E1"
_RED = "#FF7C80"
_LONG = 18
"""A text longer than this is set to the left."""
_LONGEST_TITLE = 32
_LONGEST_TEXT = 32_767
"""What Excel keeps in a cell."""
_LONGEST_HINT = 255
_GB2312 = 134
_ROMAN, _SWISS, _SCRIPT = 1, 2, 4
"""Excel's families: what it looks for where a font is missing, together with the character set."""
_BLANK_RESULT = re.compile(rb'(<c r="[A-Z]+[0-9]+"(?: s="[0-9]+")?)(><f>[^<]*</f><v></v></c>)')


class TooLong(PerfxlError):
    """A text that no cell holds; XlsxWriter would leave it out without a word."""


class _Type(NamedTuple):
    font: str
    family: int
    size: float
    align: str
    border: bool
    least_height: float = 22.0


_TYPES: Mapping[Look, _Type] = {
    Look.TITLE: _Type("方正小标宋简体", _ROMAN, 20, "center", False, 36),
    Look.SUBTITLE: _Type("仿宋_GB2312", _ROMAN, 12, "center", False, 24),
    Look.LABEL: _Type("黑体", _SWISS, 10.5, "center", True, 24),
    Look.BARE: _Type("仿宋_GB2312", _ROMAN, 10.5, "left", False),
    Look.NOTE: _Type("仿宋_GB2312", _ROMAN, 9.5, "left", False, 15),
    Look.RIGHT: _Type("仿宋_GB2312", _ROMAN, 10.5, "right", False),
    Look.MARK: _Type("仿宋_GB2312", _ROMAN, 8, "right", False, 14),
    Look.TEXT: _Type("仿宋_GB2312", _ROMAN, 10.5, "center", True, 26),
    Look.ENTRY: _Type("仿宋_GB2312", _ROMAN, 10.5, "center", True, 26),
}
_LEAST_FOR_PASSAGES = 96.0
"""For entries above and below the table that hold sentences: goals, deviations."""
_LEFT = frozenset({"long"})


def workbook(page: Page) -> bytes:
    """Return the workbook of one laid-out form, the same bytes for the same form."""
    import xlsxwriter

    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_urls": False})
    declared = page.declaration.form
    book.set_properties({"created": _CREATED, "title": declared.title, "author": "", "comments": ""})
    sheet = book.add_worksheet(page.declaration.sheet)
    formats = _Formats(book)
    for cell in page.cells:
        _write(sheet, cell, formats)
    _validate(sheet, page.cells)
    for alarm in page.alarms:
        sheet.conditional_format(
            alarm.range, {"type": "formula", "criteria": f"={alarm.formula}", "format": formats.red}
        )
    _measure(sheet, page)
    _print(sheet, page)
    sheet.protect("", {"format_rows": True, "format_columns": True, "insert_rows": True, "delete_rows": True})
    book.define_name(f"'{page.declaration.sheet}'!{NAME}", f'="{mark(declared.origin)}"')
    book.close()
    return _with_blank_results(stream.getvalue())


class _Formats:
    """The book's cell formats, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[Look, str, str, bool], Any] = {}
        self.red = book.add_format({"bg_color": _RED})

    def of(self, cell: Placed) -> Any:
        """The format of a cell: its look, number format, alignment, and whether it is open to input."""
        key = (cell.look, cell.number_format, _align(cell), cell.is_input)
        if key not in self._made:
            self._made[key] = self._book.add_format(_properties(*key))
        return self._made[key]


def _properties(look: Look, number_format: str, align: str, is_input: bool) -> dict[str, Any]:
    kind = _TYPES[look]
    properties: dict[str, Any] = {
        "font_name": kind.font,
        "font_family": kind.family,
        "font_charset": _GB2312,
        "font_size": kind.size,
        "align": align,
        "valign": "vcenter",
        "text_wrap": True,
        "num_format": number_format,
        "locked": not is_input,
    }
    if kind.border:
        properties["border"] = 1
    if is_input and kind.border:
        properties["bg_color"] = _TINT
    return properties


def _align(cell: Placed) -> str:
    usual = _TYPES[cell.look].align
    if usual != "center" or cell.look not in (Look.TEXT, Look.ENTRY):
        return usual
    long = isinstance(cell.value, str) and len(cell.value) > _LONG
    return "left" if cell.kind.type in _LEFT or long else usual


def _write(sheet: Any, cell: Placed, formats: _Formats) -> None:
    row, column, look = cell.row - 1, cell.column - 1, formats.of(cell)
    if cell.rows > 1 or cell.columns > 1:
        sheet.merge_range(row, column, row + cell.rows - 1, column + cell.columns - 1, "", look)
    if isinstance(cell.value, Formula):
        result = cell.value.value
        value = "" if result is None else float(result) if holds(result) else "#NUM!"
        sheet.write_formula(row, column, f"={cell.value.text}", look, value)
    elif isinstance(cell.value, Decimal):
        if holds(cell.value):
            sheet.write_number(row, column, float(cell.value), look)
        else:  # an absurd amount in another unit; as a text it is not lost
            sheet.write_string(row, column, str(cell.value), look)
    elif isinstance(cell.value, bool):
        sheet.write_boolean(row, column, cell.value, look)
    elif cell.value is None:
        sheet.write_blank(row, column, None, look)
    elif len(cell.value) > _LONGEST_TEXT:
        raise TooLong(
            f"{cell.address} 要填的文字有 {len(cell.value)} 个字，一格最多 {_LONGEST_TEXT} 个：请先删短。"
        )
    else:
        sheet.write_string(row, column, cell.value, look)


# Hints and what may be typed -----------------------------------------------------------------------------------------


def _validate(sheet: Any, cells: Iterable[Placed]) -> None:
    """Say what belongs into the input cells, and refuse what cannot be right.

    Cells under each other that want the same are one range, so that a row inserted among them wants it too.
    """
    alike: dict[tuple[EntryKind, str, str], list[Placed]] = {}
    for cell in cells:
        hint = cell.hint or cell.kind.hint
        if cell.is_input and (hint or _rule(cell.kind)["validate"] != "any"):
            alike.setdefault((cell.kind, hint, _title(cell)), []).append(cell)
    for (kind, hint, title), wanting in alike.items():
        rule = _rule(kind)
        if hint:
            rule |= {"input_title": title, "input_message": hint[:_LONGEST_HINT]}
        first, *others = _ranges(wanting)
        sheet.data_validation(
            *first, rule | {"other_cells": [list(area) for area in others]} if others else rule
        )


def _ranges(cells: Iterable[Placed]) -> list[tuple[int, int, int, int]]:
    """The areas of cells as XlsxWriter counts them, those that stand directly under each other joined."""
    found: list[tuple[int, int, int, int]] = []
    for cell in sorted(cells, key=lambda cell: (cell.column, cell.row)):
        top, left = cell.row - 1, cell.column - 1
        bottom, right = top + cell.rows - 1, left + cell.columns - 1
        if found and (found[-1][1], found[-1][2] + 1, found[-1][3]) == (left, top, right):
            top = found.pop()[0]
        found.append((top, left, bottom, right))
    return found


def _title(cell: Placed) -> str:
    name = "" if cell.name.isascii() else cell.name
    return (name or "填写说明")[:_LONGEST_TITLE]


def _rule(kind: EntryKind) -> dict[str, Any]:
    if kind.type == "choice":
        return {
            "validate": "list",
            "source": list(kind.options),
            "show_error": not kind.free,
            "error_title": "请从下拉列表中选择",
            "error_message": f"这里填：{'、'.join(kind.options)}。"[:_LONGEST_HINT],
        }
    limits = {"amount": (0, 1e13), "points": (0, 1000), "score": (-1000, 1000), "count": (0, 1e6)}.get(
        kind.type
    )
    if limits is None:
        return {"validate": "any"}
    return {
        "validate": "integer" if kind.type == "count" else "decimal",
        "criteria": "between",
        "minimum": limits[0],
        "maximum": limits[1],
        "error_title": "请只填数字",
        "error_message": "这里只填数字，不带单位和文字；没有的空着。",
    }


# The page ------------------------------------------------------------------------------------------------------------


def _measure(sheet: Any, page: Page) -> None:
    widths = page.declaration.widths
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    blocks = [
        Block(
            cell.row, cell.column, cell.rows, cell.columns, _shown(cell), _TYPES[cell.look].size, _least(cell)
        )
        for cell in page.cells
    ]
    for row, points in row_heights(blocks, widths).items():
        sheet.set_row(row - 1, points)


def _shown(cell: Placed) -> str:
    return "" if cell.value is None or isinstance(cell.value, Formula) else str(cell.value)


def _least(cell: Placed) -> float:
    passage = cell.kind.type == "long" and cell.look is Look.ENTRY and not cell.name.startswith("table.")
    return _LEAST_FOR_PASSAGES if passage else _TYPES[cell.look].least_height


def _print(sheet: Any, page: Page) -> None:
    sheet.set_paper(9)  # A4
    if page.declaration.landscape:
        sheet.set_landscape()
    sheet.set_margins(left=0.59, right=0.59, top=0.71, bottom=0.71)
    sheet.center_horizontally()
    sheet.fit_to_pages(1, 0)
    sheet.hide_gridlines(2)
    sheet.set_footer("&C&9第 &P 页，共 &N 页")
    sheet.print_area(0, 0, page.last_row - 1, len(page.declaration.widths) - 1)
    first, last = page.head_rows
    sheet.repeat_rows(first - 1, last - 1)


def _with_blank_results(made: bytes) -> bytes:
    """Say of formulas that show nothing that their result is a text: XlsxWriter leaves a number without digits."""
    package = Package(made)
    name = "xl/worksheets/sheet1.xml"
    return rewrite(package, {name: _BLANK_RESULT.sub(rb'\1 t="str"\2', package.part(name))})
