"""A sheet being drawn: values with their place, merge and look, then written as xlsx.

Rows and columns count from 1. A value may be given a `name` ("funds.0.预算数"), so that the
list of expected findings can speak of entries and the build can say in which cell each stands.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from perfxl.template.heights import Block, row_heights
from perfxl.workbook.grid import address

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

Value = str | float | None

_CREATED = datetime.datetime(2024, 1, 1)
"""Written into every file instead of today, so that a rebuild gives the same bytes."""


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


def _row_heights(canvas: Canvas) -> dict[int, float]:
    """Return a height for each row that shows all its text; a merged text shares its need among its rows."""
    blocks = [
        Block(item.row, item.column, item.rows, item.columns, str(item.value), item.style.size)
        for item in canvas.placed
        if item.value is not None
    ]
    return {**row_heights(blocks, canvas.widths), **canvas.heights}


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
