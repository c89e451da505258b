"""A piece of a sheet as people know it: letters above, numbers at the side, merged cells as one, some cells marked."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping
from html import escape
from typing import NamedTuple

from perfxl.form.model import Entry
from perfxl.form.shown import shown
from perfxl.widths import padded, width_of
from perfxl.workbook.grid import Area, Sheet, address, column_letters, position

_BLANK = "（空）"
_LONG = 300  # rows
_FIRST = 12
_AROUND = 2


class Block(NamedTuple):
    """A cell or merged range within the piece: its address, what it shows, how many rows and columns it covers."""

    address: str
    text: str
    rows: int
    columns: int
    is_number: bool


def used_area(sheet: Sheet) -> Area:
    """Return the rectangle that holds everything on a sheet, from its first used row and column on."""
    if not sheet.cells:
        return Area(1, 1, 1, 1)
    return sheet.extent._replace(
        top=min(row for row, _ in sheet.cells), left=min(column for _, column in sheet.cells)
    )


def blocks(sheet: Sheet, area: Area, marked: Collection[str] = ()) -> Iterator[tuple[int, list[Block]]]:
    """Yield the rows of a piece with the blocks that begin in each. Hidden rows and columns that hold no mark are out.

    Of a long piece only its first rows and those around a mark are shown. A merged range that reaches out of what is
    shown is cut.
    """
    columns, rows = columns_shown(sheet, area, marked), _rows_shown(sheet, area, marked)
    for row in rows:
        begun: list[Block] = []
        for column in columns:
            merge = sheet.area(row, column)
            above, beside = _within(rows, merge.top, merge.bottom), _within(columns, merge.left, merge.right)
            if (row, column) != (above[0], beside[0]):
                continue
            cell = sheet.at(row, column)
            text = shown(Entry(cell.value, cell)) or (str(cell.value) if cell.error else "")
            begun.append(Block(cell.address, text, len(above), len(beside), not isinstance(cell.value, str)))
        yield row, begun


def columns_shown(sheet: Sheet, area: Area, marked: Collection[str] = ()) -> list[int]:
    """Return the columns that `blocks` shows."""
    kept = {position(cell)[1] for cell in marked}
    return [
        column
        for column in range(area.left, area.right + 1)
        if column not in sheet.hidden_columns or column in kept
    ]


def _rows_shown(sheet: Sheet, area: Area, marked: Collection[str]) -> list[int]:
    kept = {position(cell)[0] for cell in marked}
    rows: Iterable[int] = range(area.top, area.bottom + 1)
    if area.bottom - area.top > _LONG:
        near = {row + step for row in kept for step in range(-_AROUND, _AROUND + 1)}
        near |= set(range(area.top, area.top + _FIRST))
        rows = (row for row in rows if row in near)
    return [row for row in rows if row not in sheet.hidden_rows or row in kept]


def _within(numbers: list[int], first: int, last: int) -> list[int]:
    """The numbers of an ascending list from `first` to `last`."""
    return numbers[bisect_left(numbers, first) : bisect_right(numbers, last)]


def as_html(
    sheet: Sheet,
    area: Area,
    marks: Mapping[str, str] | None = None,
    *,
    prefix: str = "",
    links: Mapping[str, str] | None = None,
    hints: Mapping[str, str] | None = None,
) -> str:
    """Return an HTML table. `marks` gives the class of marked cells; with a `prefix` they are anchors "prefix-F6".

    `links` leads from marked cells to an address within the page, `hints` are shown when one points at them.
    """
    marks, links, hints = marks or {}, links or {}, hints or {}
    head = "".join(f"<th>{column_letters(column)}</th>" for column in columns_shown(sheet, area, marks))
    lines = [f'<table class="grid"><thead><tr><th></th>{head}</tr></thead><tbody>']
    before = area.top - 1
    for row, begun in blocks(sheet, area, marks):
        gap = ' class="gap"' if row != before + 1 else ""
        cells = "".join(_html_cell(block, marks, links, hints, prefix) for block in begun)
        lines.append(f"<tr{gap}><th>{row}</th>{cells}</tr>")
        before = row
    return "\n".join([*lines, "</tbody></table>"])


def _html_cell(
    block: Block, marks: Mapping[str, str], links: Mapping[str, str], hints: Mapping[str, str], prefix: str
) -> str:
    spans = (f' rowspan="{block.rows}"' if block.rows > 1 else "") + (
        f' colspan="{block.columns}"' if block.columns > 1 else ""
    )
    text = escape(block.text).replace("\n", "<br>")
    kind = marks.get(block.address)
    classes = " ".join(filter(None, ("num" if block.is_number and block.text else "", kind)))
    named = f' class="{classes}"' if classes else ""
    if kind is not None:
        named += f' id="{escape(prefix)}-{block.address}"' if prefix else ""
        named += f' title="{escape(hints[block.address])}"' if block.address in hints else ""
        text = text or f'<span class="blank">{_BLANK}</span>'
        if block.address in links:
            text = f'<a href="{escape(links[block.address])}">{text}</a>'
    return f"<td{spans}{named}>{text}</td>"


def as_markdown(sheet: Sheet, area: Area, marked: Collection[str] = ()) -> str:
    """Return a Markdown table, marked cells in bold type; what a merged range covers is blank."""
    columns = columns_shown(sheet, area, marked)
    lines = [
        "| | " + " | ".join(map(column_letters, columns)) + " |",
        "| --- |" + " --- |" * len(columns),
    ]
    for row, begun in blocks(sheet, area, marked):
        texts = {block.address: _escaped(block.text) for block in begun}
        cells = []
        for column in columns:
            place = address(row, column)
            text = texts.get(place, "")
            cells.append(f"**{text or _BLANK}**" if place in marked else text)
        lines.append(f"| {row} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _escaped(text: str) -> str:
    for sign in "\\`*_|<>":
        text = text.replace(sign, "\\" + sign)
    return text.replace("\n", "<br>")


def as_text(sheet: Sheet, area: Area, marked: Collection[str] = ()) -> str:
    """Return the piece in columns of plain text, a Chinese character counted as two, marked cells as 【…】."""
    columns = columns_shown(sheet, area, marked)
    rows = [["", *map(column_letters, columns)]]
    for row, begun in blocks(sheet, area, marked):
        texts = {block.address: " ".join(block.text.split()) for block in begun}
        cells = []
        for column in columns:
            place = address(row, column)
            text = texts.get(place, "")
            cells.append(f"【{text or '空'}】" if place in marked else text)
        rows.append([str(row), *cells])
    widths = [max(width_of(row[number]) for row in rows) for number in range(len(rows[0]))]
    return "\n".join(
        "  ".join(padded(text, width) for text, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )
