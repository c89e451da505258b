"""The form itself as an annex: its part of the sheet drawn as a Word table, merges and order kept.

Working from the sheet's grid, not from the `Form`, the annex looks like the form whatever its layout.
What stands above and below the ruled table (title, subtitle, 填表人, notes) becomes paragraphs. The table is
cut at the head of the indicator table, so that this head can repeat on every page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import ceil

from perfxl.form.model import Entry, Form, one_line
from perfxl.form.shown import shown
from perfxl.report.marks import missing
from perfxl.report.markup import Box
from perfxl.workbook.grid import Area, Position, Sheet

PORTRAIT = 8844
"""Width of the type area of GB/T 9704, upright: 156 mm in twentieths of a point."""
LANDSCAPE = 12756
"""The same page lying: 225 mm."""

_EM = 210  # 五号, 10.5 points
_PADDING = 160
_UNBROKEN = 4.5
"""Texts up to so many characters wide are kept on one line."""
_WORD = re.compile(r"[≥≤]?[!-~]+")
_LONGEST_WORD = 9
"""Numbers and Latin words up to so many characters wide are not broken."""
_NARROWEST = 2 * _EM + _PADDING
_MOST_ROWS = 5_000
"""Of a form that is drawn as an annex."""
_WORTH_TURNING = 0.9
"""A lying page must save a tenth of the pages, or the annex stays upright like the report."""


@dataclass(frozen=True, slots=True)
class Annex:
    """The drawn form: paragraphs above, one or two tables of boxes with the same columns, paragraphs below.

    `heads` is the number of rows at the top of the last table that repeat on every page.
    """

    above: tuple[str, ...]
    tables: tuple[tuple[Box, ...], ...]
    heads: int
    below: tuple[str, ...]
    columns: int

    @property
    def boxes(self) -> list[Box]:
        """Every box, whichever table it stands in."""
        return [box for table in self.tables for box in table]


def annex(form: Form, sheet: Sheet) -> Annex | None:
    """Return the form as it stands in its sheet, ready to be drawn; None where all of it is hidden."""
    used = _used(form, sheet)
    columns = [column for column in _columns_in_use(sheet, used) if column not in sheet.hidden_columns]
    rows = [
        row
        for row in _rows_with_something(sheet, used)
        if row not in sheet.hidden_rows and _kept(sheet, row, columns)
    ]
    if not rows or not columns or len(rows) > _MOST_ROWS:
        return None
    first, last = _ruled(form, sheet, rows)
    ruled = [row for row in rows if first <= row <= last]
    heads = _heads(form, sheet, ruled, columns)
    cut = ruled.index(heads[0]) if heads else 0
    tables = tuple(tuple(_boxes(sheet, part, columns, heads)) for part in (ruled[:cut], ruled[cut:]) if part)
    return Annex(
        above=tuple(_above(form, sheet, [row for row in rows if row < first], columns)),
        tables=tables,
        heads=len(heads),
        below=tuple(_lines(sheet, [row for row in rows if row > last], columns)),
        columns=len(columns),
    )


def turned(drawn: Annex) -> bool:
    """Whether the table takes clearly fewer pages when the page lies."""
    upright, lying = (_height(drawn, widths(drawn, width)) for width in (PORTRAIT, LANDSCAPE))
    # The height of one page is the width of the other.
    return lying * LANDSCAPE < upright * PORTRAIT * _WORTH_TURNING


def widths(drawn: Annex, available: int) -> list[int]:
    """Return the columns' widths, together `available` (all in twentieths of a point).

    Every column has first what its short texts need; the rest goes, character by character, where it
    saves the most lines.
    """
    fitted = _least(drawn)
    if sum(fitted) > available:
        fitted = [width * available // sum(fitted) for width in fitted]
    while available - sum(fitted) >= _EM:
        gains = [_gain(drawn, fitted, column) for column in range(drawn.columns)]
        if not max(gains):
            break
        fitted[gains.index(max(gains))] += _EM
    shared, left = divmod(available - sum(fitted), drawn.columns)
    return [width + shared + (column < left) for column, width in enumerate(fitted)]


def _used(form: Form, sheet: Sheet) -> Area:
    extent = sheet.extent
    area = form.area
    return Area(area.top, area.left, min(area.bottom, extent.bottom), min(area.right, extent.right))


def _columns_in_use(sheet: Sheet, used: Area) -> list[int]:
    """The columns that show anything of their own, a content or the beginning of a merged range, in order."""
    places = {*sheet.cells, *((merge.top, merge.left) for merge in sheet.merges)}
    return sorted({column for row, column in places if used.covers((row, column))})


def _rows_with_something(sheet: Sheet, used: Area) -> list[int]:
    """The rows with a content or in a merged range, in order: a stray cell may stand in the sheet's millionth row."""
    rows = {row for row, _ in sheet.cells if used.top <= row <= used.bottom}
    for merge in sheet.merges:
        rows.update(range(max(merge.top, used.top), min(merge.bottom, used.bottom) + 1))
    return sorted(rows)


def _kept(sheet: Sheet, row: int, columns: list[int]) -> bool:
    """Whether a row holds content or belongs to a merged range of several rows; a blank one does not."""
    return any(_text(sheet, row, column) or sheet.area(row, column).top < row for column in columns)


def _ruled(form: Form, sheet: Sheet, rows: list[int]) -> tuple[int, int]:
    """First and last row of the ruled table: from the first field with a cell of its own to the total row."""
    own_cell = [entry.cell.row for entry in form.header.values() if entry.value == entry.cell.value]
    columns = [column.cell.row for column in (*form.fund_columns.values(), *form.indicator_columns.values())]
    goals = [goal.cell.row for goal in (form.goals.target, form.goals.actual) if goal is not None]
    rows_of = [*(row.row for row in form.indicators), *(row.row for row in form.projects)]
    body = [*(row.label.cell.row for row in form.funds), *rows_of, *goals]
    if form.total is not None:
        body.append(form.total.label.cell.row)
    places = [*columns, *body]
    if not places:
        return rows[0], rows[-1]
    last = max(places)
    title = form.title.cell.row if form.title is not None else 0
    first = min([*places, *(row for row in own_cell if title < row < last)])
    bottom = max(sheet.area(last, column).bottom for column in range(form.area.left, form.area.right + 1))
    return first, min(bottom, rows[-1])


def _heads(form: Form, sheet: Sheet, ruled: list[int], columns: list[int]) -> list[int]:
    """The rows of the head of the indicator table or list; none where a merge forbids to cut there."""
    cells = [column.cell for column in form.indicator_columns.values()]
    body = [*(row.row for row in form.indicators), *(row.row for row in form.projects)]
    if not cells or not body:
        return []
    first_of_body = min(body)
    top = min(cell.row for cell in cells)
    bottom = max(sheet.area(cell.row, cell.column).bottom for cell in cells)
    heads = [row for row in ruled if top <= row <= min(bottom, first_of_body - 1)]
    crossed = any(sheet.area(row, column).top < heads[0] for row in heads[:1] for column in columns)
    return [] if crossed else heads


def _boxes(sheet: Sheet, rows: list[int], columns: list[int], heads: list[int]) -> Iterator[Box]:
    """The boxes of some rows. A range that runs from the head into the body is a box in each."""
    drawn: set[Position] = set()
    for row_index, row in enumerate(rows):
        part = [other for other in rows if (other in heads) == (row in heads)]
        for column_index, column in enumerate(columns):
            if (row_index, column_index) in drawn:
                continue
            area = sheet.area(row, column)
            wide = sum(1 for other in columns[column_index:] if other <= area.right)
            tall = sum(1 for other in part if row <= other <= area.bottom)
            drawn.update(
                (row_index + down, column_index + right) for down in range(tall) for right in range(wide)
            )
            above, below = area.top < part[0], area.bottom > part[-1]
            # A range cut by the end of the head speaks in the body, so that a repeated head stays a head.
            text = "" if row in heads and below else _text(sheet, row, column)
            yield Box(row_index, column_index, tall, wide, text, above, below and row in heads)


def _text(sheet: Sheet, row: int, column: int) -> str:
    cell = sheet.at(row, column)
    if cell.formula is not None and cell.value is None:
        return missing(f"{cell.address}单元格的公式没有算出的结果，请用Excel或WPS打开自评表保存一次")
    return shown(Entry(cell.value, cell)) if not cell.error else str(cell.value or "")


def _above(form: Form, sheet: Sheet, rows: list[int], columns: list[int]) -> Iterator[str]:
    """The texts above the ruled table but for the title's, which the template prints itself."""
    title = one_line(form.title.text) if form.title is not None else ""
    return (line for line in _lines(sheet, rows, columns) if one_line(line) not in title)


def _lines(sheet: Sheet, rows: list[int], columns: list[int]) -> Iterator[str]:
    """The texts of unruled rows, a row a line."""
    for row in rows:
        cells = dict.fromkeys(sheet.at(row, column) for column in columns)
        texts = [_text(sheet, cell.row, cell.column) for cell in cells if cell.row == row]
        line = "　　".join(text for text in texts if text)
        # A list is often printed with numbered blank lines to its end.
        if line and not line.isdigit():
            yield line


def _least(drawn: Annex) -> list[int]:
    """Return the width that each column needs to keep its short texts, and every number, on one line."""
    columns = [_NARROWEST] * drawn.columns
    for box in sorted(drawn.boxes, key=lambda box: box.columns):
        words = [word for word in _WORD.findall(box.text) if _ems(word) <= _LONGEST_WORD]
        lines = [line for line in box.text.splitlines() if _ems(line) <= _UNBROKEN]
        under = range(box.column, box.column + box.columns)
        needed = int(max((_ems(text) for text in (*words, *lines)), default=0.0) * _EM) + _PADDING
        short = needed - sum(columns[column] for column in under)
        if short > 0:
            for column in under:
                columns[column] += -(-short // box.columns)
    return columns


def _gain(drawn: Annex, columns: list[int], column: int) -> float:
    """Return what one more character of width saves a column; tall boxes weigh most, for they make the rows."""
    saved = 0.0
    for box in drawn.boxes:
        if box.column <= column < box.column + box.columns:
            width = sum(columns[box.column : box.column + box.columns])
            saved += (_lines_of(box, width) / box.rows) ** 2 - (_lines_of(box, width + _EM) / box.rows) ** 2
    return saved


def _height(drawn: Annex, columns: list[int]) -> float:
    """Return the height of the table in lines."""
    total = 0.0
    for table in drawn.tables:
        rows: dict[int, float] = {}
        for box in table:
            lines = _lines_of(box, sum(columns[box.column : box.column + box.columns]))
            for row in range(box.row, box.row + box.rows):
                rows[row] = max(rows.get(row, 0.0), lines / box.rows)
        total += sum(rows.values())
    return total


def _lines_of(box: Box, width: int) -> int:
    ems = max(1.0, (width - _PADDING) / _EM)
    return sum(max(1, ceil(_ems(line) / ems)) for line in box.text.splitlines() or [""])


@lru_cache(maxsize=4096)
def _ems(text: str) -> float:
    return sum(0.6 if sign.isascii() else 1.0 for sign in text)
