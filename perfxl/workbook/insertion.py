"""Cell elements put into a worksheet part where there are none yet, with the rows they need."""

from __future__ import annotations

from collections.abc import Mapping

from perfxl.workbook.grid import Position
from perfxl.workbook.outline import Outline, RowMark
from perfxl.workbook.splice import Splice, attribute_span, insert_last, start_tag


def cells_inserted(outline: Outline, cells: Mapping[Position, bytes]) -> list[Splice]:
    """Return the splices that put in cell elements, by position, none of which the part has; rows must be ordered."""
    by_row: dict[int, list[tuple[int, bytes]]] = {}
    for (row, column), element in sorted(cells.items()):
        by_row.setdefault(row, []).append((column, element))
    splices: list[Splice] = []
    new_rows: list[tuple[int, bytes]] = []
    for number, elements in by_row.items():
        at, present = outline.row_index(number)
        if present:
            splices += _into_row(outline, outline.rows[at], elements)
        else:
            new_rows.append((number, b"".join(element for _, element in elements)))
    return splices + _rows_inserted(outline, new_rows)


def _into_row(outline: Outline, row: RowMark, elements: list[tuple[int, bytes]]) -> list[Splice]:
    splices: list[Splice] = []
    for column, element in elements:
        following = next((other for other in row.columns if other > column), None)
        if following is None:
            continue
        at = outline.cells[row.number, following]
        splices.append(((at, at), element))
    last = max(row.columns, default=0)
    behind = b"".join(element for column, element in elements if column > last)
    if behind:
        if last:
            end = outline.cell_span((row.number, last))[1]
            splices.append(((end, end), behind))
        else:
            splices.append(insert_last(outline.part, outline.element(row.at, b"row"), behind))
    # The hint would be wrong for a cell outside; it is optional, and Excel writes it anew.
    spans = attribute_span(outline.part, start_tag(outline.part, row.at), b"spans")
    if spans is not None:
        splices.append((spans, b""))
    return splices


def _rows_inserted(outline: Outline, rows: list[tuple[int, bytes]]) -> list[Splice]:
    """Return the splices that put in new rows, given by number and content in ascending order."""
    name = outline.prefix + b"row"
    splices: list[Splice] = []
    behind: list[bytes] = []
    for number, content in rows:
        element = b'<%s r="%d">%s</%s>' % (name, number, content, name)
        at, _ = outline.row_index(number)
        if at < len(outline.rows):
            start = outline.rows[at].at
            splices.append(((start, start), element))
        else:
            behind.append(element)
    if behind and outline.data_at is not None:
        data = outline.element(outline.data_at, b"sheetData")
        splices.append(insert_last(outline.part, data, b"".join(behind)))
    return splices
