"""A sheet being drawn: values with their place, merge and look, then written as xlsx.

Rows and columns count from 1. A value may be given a `name` ("funds.0.预算数"), so that the
list of expected findings can speak of entries and the build can say in which cell each stands.
"""

from __future__ import annotations

import datetime
import math
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

Value = str | float | None

_CREATED = datetime.datetime(2024, 1, 1)
"""Written into every file instead of today, so that a rebuild gives the same bytes."""

_HIGHEST_ROW = 400.0
"""Excel shows no row above 409 points."""


class Style(NamedTuple):
    """The look of a cell. `border` is Excel's line number: 1 thin, 2 medium, 0 none."""

    font: str = "宋体"
    size: float = 10.5
    bold: bool = False
    align: str = "center"
    valign: str = "vcenter"
    border: int = 1
    number_format: str = "General"
    underline: bool = False
    fill: str = ""


TITLE = Style(font="方正小标宋简体", size=18, border=0)
SUBTITLE = Style(font="仿宋_GB2312", size=12, border=0)
LABEL = Style(bold=True)
CELL = Style()
TEXT = Style(align="left")
BARE = Style(border=0, align="left")


class Placed(NamedTuple):
    """One value: its top-left cell, the rows and columns it covers, and its look."""

    row: int
    column: int
    value: Value
    style: Style
    rows: int = 1
    columns: int = 1


@dataclass
class Canvas:
    """One sheet under construction."""

    title: str
    widths: tuple[float, ...]
    placed: list[Placed] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    landscape: bool = False
    repeated_rows: tuple[int, int] | None = None
    print_area: bool = True

    def put(
        self,
        row: int,
        column: int,
        value: Value,
        style: Style = CELL,
        *,
        rows: int = 1,
        columns: int = 1,
        name: str = "",
    ) -> None:
        """Place a value, over a merged range where `rows` or `columns` is above 1."""
        self.placed.append(Placed(row, column, value, style, rows, columns))
        if name:
            self.names[name] = address(row, column)

    @property
    def last_row(self) -> int:
        """The lowest row that anything covers; 0 while the sheet is empty."""
        return max((item.row + item.rows - 1 for item in self.placed), default=0)


def address(row: int, column: int) -> str:
    """Return the A1 address of a position in the first 26 columns: (6, 4) -> "D6"."""
    return f"{chr(64 + column)}{row}"


def _text_width(text: str) -> float:
    """Return how many half-width characters a line of text is wide."""
    return sum(2.0 if unicodedata.east_asian_width(sign) in "WFA" else 1.05 for sign in text)


def _lines(text: str, width: float) -> int:
    return sum(max(1, math.ceil(_text_width(line) / max(1.0, width - 1.5))) for line in text.split("\n"))


def _row_heights(canvas: Canvas) -> dict[int, float]:
    """Return a height for each row that shows all its text; a merged text shares its need among its rows."""
    needed: dict[int, float] = {}

    def need(item: Placed) -> float:
        width = sum(canvas.widths[item.column - 1 : item.column - 1 + item.columns]) * 10.5 / item.style.size
        return _lines(str(item.value), width) * item.style.size * 1.42 + 5

    filled = [item for item in canvas.placed if item.value is not None]
    for item in filled:
        if item.rows == 1:
            needed[item.row] = max(needed.get(item.row, 20.0), need(item))
    for item in filled:
        if item.rows > 1:
            covered = range(item.row, item.row + item.rows)
            missing = need(item) - sum(needed.get(row, 20.0) for row in covered)
            for row in covered:
                needed[row] = needed.get(row, 20.0) + max(0.0, missing) / item.rows
    heights = {row: min(_HIGHEST_ROW, round(points, 1)) for row, points in needed.items()}
    return heights | canvas.heights


def write(path: Path, canvases: list[Canvas]) -> None:
    """Write the sheets as one xlsx file whose bytes depend on nothing but the sheets."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path))
    book.set_properties({"created": _CREATED, "author": "", "comments": ""})
    formats: dict[Style, object] = {}
    for canvas in canvases:
        sheet = book.add_worksheet(canvas.title)
        for item in canvas.placed:
            if item.style not in formats:
                formats[item.style] = book.add_format(_format(item.style))
            _write_item(sheet, item, formats[item.style])
        for row, points in sorted(_row_heights(canvas).items()):
            sheet.set_row(row - 1, points, None, {"hidden": row in canvas.hidden_rows})
        for column, width in enumerate(canvas.widths, start=1):
            sheet.set_column(column - 1, column - 1, width, None, {"hidden": column in canvas.hidden_columns})
        _page(sheet, canvas)
    book.close()


def _format(style: Style) -> dict[str, object]:
    wanted: dict[str, object] = {
        "font_name": style.font,
        "font_size": style.size,
        "bold": style.bold,
        "align": style.align,
        "valign": style.valign,
        "text_wrap": True,
        "num_format": style.number_format,
    }
    if style.border:
        wanted["border"] = style.border
    if style.underline:
        wanted["underline"] = 1
    if style.fill:
        wanted["bg_color"] = style.fill
    return wanted


def _write_item(sheet: Worksheet, item: Placed, look: object) -> None:
    row, column = item.row - 1, item.column - 1
    if item.rows > 1 or item.columns > 1:
        sheet.merge_range(row, column, row + item.rows - 1, column + item.columns - 1, "", look)
    if item.value is None:
        sheet.write_blank(row, column, None, look)
    elif isinstance(item.value, str):
        sheet.write_string(row, column, item.value, look)
    else:
        sheet.write_number(row, column, item.value, look)


def _page(sheet: Worksheet, canvas: Canvas) -> None:
    sheet.set_paper(9)  # A4
    if canvas.landscape:
        sheet.set_landscape()
    sheet.set_margins(left=0.6, right=0.6, top=0.8, bottom=0.8)
    sheet.center_horizontally()
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C第 &P 页")
    if canvas.print_area:
        sheet.print_area(0, 0, canvas.last_row - 1, len(canvas.widths) - 1)
    if canvas.repeated_rows is not None:
        first, last = canvas.repeated_rows
        sheet.repeat_rows(first - 1, last - 1)
