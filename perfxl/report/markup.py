"""Tables and paragraphs written as WordprocessingML: what an annex, a score table and a caption are made of."""

from __future__ import annotations

import re
from typing import NamedTuple
from xml.sax.saxutils import escape

from perfxl.workbook.grid import Position

WORD_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

_NOT_XML = re.compile(r"[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")
_CENTRED_UP_TO = 14


class Box(NamedTuple):
    """A cell of the drawn table: its place and span in table rows and columns, counted from 0.

    `open_below` and `open_above` say that a merged range goes on there in another box: no line between.
    """

    row: int
    column: int
    rows: int
    columns: int
    text: str
    open_above: bool = False
    open_below: bool = False


def table_xml(
    boxes: tuple[Box, ...], column_widths: list[int], heads: int, *, height: int = 0, together: bool = False
) -> str:
    """Return the `w:tbl` element that draws the boxes; the first `heads` rows repeat on every page.

    Rows are at least `height` high (in twentieths of a point); `together` keeps the whole table on one page.
    """
    by_place: dict[Position, Box] = {}
    for box in boxes:
        for row in range(box.row, box.row + box.rows):
            by_place[row, box.column] = box
    count = max(box.row + box.rows for box in boxes)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in column_widths)
    body = "".join(
        _row_xml(by_place, row, column_widths, row < heads, height, together and row < count - 1)
        for row in range(count)
    )
    return (
        f'<w:tbl xmlns:w="{WORD_NAMESPACE}"><w:tblPr><w:tblW w:w="{sum(column_widths)}" w:type="dxa"/>'
        f'<w:jc w:val="center"/>{_BORDERS}<w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"
    )


def paragraph_xml(
    text: str,
    *,
    size: float = 10.5,
    font: str = "仿宋_GB2312",
    align: str = "left",
    keep: bool = False,
    new_page: bool = False,
    before: int = 0,
) -> str:
    """Return a `w:p` element of the annex. `size` is in points; `keep` holds it to what follows.

    `before` is the space above it in twentieths of a point.
    """
    position = ("<w:keepNext/>" if keep else "") + ("<w:pageBreakBefore/>" if new_page else "")
    lines = printable(text).splitlines() or [""]
    latin = 'w:ascii="Times New Roman" w:hAnsi="Times New Roman"'
    fonts = f'<w:rFonts w:hint="eastAsia" {latin} w:eastAsia="{font}"/>'
    half_points = int(size * 2)
    # The body's letter-spacing and exact line height must not reach into the table.
    look = f'{fonts}<w:spacing w:val="0"/><w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'
    shown_lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in lines)
    return (
        f'<w:p xmlns:w="{WORD_NAMESPACE}"><w:pPr>{position}<w:snapToGrid w:val="0"/>'
        f'<w:spacing w:before="{before}" w:after="0" w:line="240" w:lineRule="auto"/>'
        f'<w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="{align}"/></w:pPr>'
        f"<w:r><w:rPr>{look}</w:rPr>{shown_lines}</w:r></w:p>"
    )


def printable(text: str) -> str:
    """Return a text without the control characters that no XML document may hold."""
    return _NOT_XML.sub("", text)


def gap_xml() -> str:
    """Return a paragraph too low to be seen: Word would take two tables that touch for one."""
    return (
        f'<w:p xmlns:w="{WORD_NAMESPACE}"><w:pPr><w:snapToGrid w:val="0"/>'
        '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
        '<w:ind w:firstLineChars="0" w:firstLine="0"/><w:rPr><w:sz w:val="2"/></w:rPr></w:pPr></w:p>'
    )


_BORDERS = (
    "<w:tblBorders>"
    + "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    + "</w:tblBorders>"
)


def _row_xml(
    by_place: dict[Position, Box], row: int, column_widths: list[int], head: bool, height: int, keep: bool
) -> str:
    cells = []
    column = 0
    while column < len(column_widths):
        box = by_place[row, column]
        cells.append(_cell_xml(box, row, sum(column_widths[column : column + box.columns]), head, keep))
        column += box.columns
    marker = "<w:tblHeader/>" if head else ""
    tall = f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>' if height else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{tall}{marker}</w:trPr>{''.join(cells)}</w:tr>"


def _cell_xml(box: Box, row: int, width: int, head: bool, keep: bool) -> str:
    first = row == box.row
    span = f'<w:gridSpan w:val="{box.columns}"/>' if box.columns > 1 else ""
    merge = ""
    if box.rows > 1:
        merge = '<w:vMerge w:val="restart"/>' if first else "<w:vMerge/>"
    lines = "".join(
        f'<w:{side} w:val="nil"/>'
        for side, hidden in (("top", box.open_above), ("bottom", box.open_below))
        if hidden
    )
    borders = f"<w:tcBorders>{lines}</w:tcBorders>" if lines else ""
    lines_of_text = box.text.splitlines()
    short = len(lines_of_text) <= 3 and all(len(line) <= _CENTRED_UP_TO for line in lines_of_text)
    align = "center" if short else "left"
    font = "黑体" if head else "仿宋_GB2312"
    content = paragraph_xml(box.text if first else "", font=font, align=align, keep=keep)
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}{borders}'
        f'<w:vAlign w:val="center"/></w:tcPr>{content}</w:tc>'
    )
