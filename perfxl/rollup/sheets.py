"""Putting values, merges and formulas on a sheet of a new workbook, in the look of official forms."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from perfxl.widths import lines_in_cell
from perfxl.workbook.edit import holds
from perfxl.workbook.grid import address

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Shown = str | Decimal | int | None

_SIZE = 10.5
_LEAST_HEIGHT = 21.0
_MOST_HEIGHT = 400.0
_LINE = 1.4
_PADDING = 6


class Formula(NamedTuple):
    """A formula without its leading "=", and its result."""

    text: str
    result: Shown


class Look(NamedTuple):
    """How a cell looks; fonts are those of official forms, for which a machine without them has its own stand-ins."""

    font: str = "宋体"
    size: float = _SIZE
    bold: bool = False
    align: str = "center"
    border: bool = True
    number_format: str = "General"
    fill: str = ""

    def properties(self) -> Mapping[str, Any]:
        """The same as xlsxwriter names it."""
        found: dict[str, Any] = {
            "font_name": self.font,
            "font_size": self.size,
            "bold": self.bold,
            "align": self.align,
            "valign": "vcenter",
            "text_wrap": True,
            "num_format": self.number_format,
        }
        if self.border:
            found["border"] = 1
        if self.fill:
            found["bg_color"] = self.fill
        return found


TITLE = Look(font="方正小标宋简体", size=18, border=False)
SUBTITLE = Look(font="仿宋_GB2312", size=12, border=False)
LABEL = Look(bold=True)
HEAD = Look(bold=True, fill="#E8EEF4")
VALUE = Look()
TEXT = Look(align="left")
REMARK = Look(align="left", border=False, size=9)


class Canvas:
    """One sheet being written. Rows and columns count from 1."""

    def __init__(
        self, book: Workbook, name: str, widths: tuple[float, ...], formats: dict[Look, Format]
    ) -> None:
        self.name = name
        self._book = book
        self._sheet: Worksheet = book.add_worksheet(name)
        self._widths = widths
        self._formats = formats
        self._needs: dict[int, float] = {}
        self._last = 0
        for column, width in enumerate(widths):
            self._sheet.set_column(column, column, width)

    def put(
        self,
        row: int,
        column: int,
        value: Shown | Formula,
        look: Look = VALUE,
        *,
        rows: int = 1,
        columns: int = 1,
    ) -> None:
        """Put a value or formula at a place, over a merged range where `rows` or `columns` is above 1."""
        form = self._format(look)
        top, left = row - 1, column - 1
        if rows > 1 or columns > 1:
            self._sheet.merge_range(top, left, top + rows - 1, left + columns - 1, "", form)
        self._write(top, left, value, form)
        self._last = max(self._last, row + rows - 1)
        shown = value.result if isinstance(value, Formula) else value
        if rows == 1 and shown is not None:
            self._needs[row] = max(self._needs.get(row, 0.0), self._height(str(shown), column, columns, look))

    def finish(self, *, landscape: bool, repeat: int | None = None, frozen: int | None = None) -> None:
        """Set row heights and print set-up; `repeat` is the row printed on every page, `frozen` the last fixed row."""
        sheet = self._sheet
        for row, height in self._needs.items():
            sheet.set_row(row - 1, min(_MOST_HEIGHT, max(_LEAST_HEIGHT, height)))
        sheet.set_paper(9)
        if landscape:
            sheet.set_landscape()
        sheet.set_margins(left=0.6, right=0.6, top=0.8, bottom=0.8)
        sheet.center_horizontally()
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&C第 &P 页 共 &N 页")
        sheet.print_area(0, 0, max(self._last, 1) - 1, len(self._widths) - 1)
        if repeat is not None:
            sheet.repeat_rows(repeat - 1)
        if frozen is not None:
            sheet.freeze_panes(frozen, 0)

    def filter(self, head: int, last: int) -> None:
        """Give the table whose labels stand in row `head` and whose last row is `last` a filter."""
        self._sheet.autofilter(head - 1, 0, max(last, head) - 1, len(self._widths) - 1)

    def span(self, rows: tuple[int, int], column: int) -> str:
        """The range from the first to the last of `rows`, as formulas of other sheets write it: '资金明细'!D3:D9."""
        first, last = (address(row, column) for row in rows)
        return f"'{self.name}'!{first}:{last}"

    def _write(self, top: int, left: int, value: Shown | Formula, form: Format) -> None:
        sheet = self._sheet
        if isinstance(value, Formula):
            result = value.result
            cached: float | str = (
                "" if result is None else result if isinstance(result, str) else _stored(result)
            )
            sheet.write_formula(top, left, f"={value.text}", form, cached)
        elif value is None or value == "":
            sheet.write_blank(top, left, None, form)
        elif isinstance(value, str) or not holds(Decimal(value)):
            sheet.write_string(top, left, str(value), form)
        else:
            sheet.write_number(top, left, float(value), form)

    def _format(self, look: Look) -> Format:
        if look not in self._formats:
            self._formats[look] = self._book.add_format(look.properties())
        return self._formats[look]

    def _height(self, text: str, column: int, columns: int, look: Look) -> float:
        width = sum(self._widths[column - 1 : column - 1 + columns]) * _SIZE / look.size
        return lines_in_cell(text, width) * look.size * _LINE + _PADDING


def _stored(result: Decimal | int) -> float | str:
    return float(result) if holds(Decimal(result)) else "#NUM!"
