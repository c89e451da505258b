"""Conditions in the language of formulas that hold as long as cells are what they were when they were checked.

They stand in the sheet 校验结果, so that whoever edits a form afterwards sees that the list no longer holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from perfxl.rules.finding import Finding
from perfxl.workbook.edit import figure
from perfxl.workbook.grid import Area, Cell, Sheet, Workbook, address, position, quoted
from perfxl.workbook.markup import is_writable

_WATCHED = 12  # cells of one finding
_LONGEST_COMPARED = 120  # characters of a text within a formula, which holds 255


def all_hold(conditions: list[str]) -> str:
    """Return the condition that all hold; one that cannot be worked out does not."""
    return f"IFERROR(AND({','.join(conditions)}),FALSE)" if conditions else "TRUE"


def of_finding(finding: Finding, workbook: Workbook) -> list[str]:
    """Return the conditions that the cells of a finding are unchanged."""
    sheet = workbook.sheet(finding.sheet)
    return [
        test
        for cell in finding.cells_here[:_WATCHED]
        for test in _of_cell(f"{quoted(finding.sheet)}!{cell}", sheet.at(*position(cell)))
    ]


def of_area(area: Area, sheet: Sheet) -> list[str]:
    """Return conditions that break with nearly every change in an area: sums over its numbers and its texts by place.

    None where a cell of it shows an error or a result that is not stored, for which no sum can be told.
    """
    cells = [cell for place, cell in sheet.cells.items() if area.covers(place)]
    if any(cell.error or cell.value is None for cell in cells):
        return []
    reference = f"{quoted(sheet.name)}!{address(area.top, area.left)}:{address(area.bottom, area.right)}"
    numbers = [(cell, cell.value) for cell in cells if isinstance(cell.value, Decimal)]
    texts = [(cell, cell.value) for cell in cells if isinstance(cell.value, str)]
    by_place = f"ROW({reference})*COLUMN({reference})"
    total = sum((value * cell.row * cell.column for cell, value in numbers), Decimal(0))
    size = sum((abs(value) * cell.row * cell.column for cell, value in numbers), Decimal(0))
    slack = max(Decimal("1e-6"), size * Decimal("1e-11"))
    # As list elements of its own the range counts with its numbers alone.
    conditions = [f"ABS(SUMPRODUCT({by_place},{reference})-({figure(total)}))<={figure(slack)}"]
    if all(sign <= "\uffff" for _, text in texts for sign in text):
        letters = sum(len(text) * cell.row * cell.column for cell, text in texts)
        conditions.append(f"SUMPRODUCT(ISTEXT({reference})*LEN({reference})*{by_place})={letters}")
    return conditions


def _of_cell(reference: str, cell: Cell) -> Iterator[str]:
    value = cell.value
    if cell.error:
        yield f"ISERROR({reference})"
    elif value is None:
        yield f'{reference}=""'
    elif isinstance(value, bool):
        yield f"{reference}={'TRUE' if value else 'FALSE'}"
    elif isinstance(value, Decimal):
        # A number literal has 15 digits, the cell perhaps more.
        slack = max(Decimal("1e-9"), abs(value) * Decimal("1e-12"))
        yield f"ISNUMBER({reference})"
        yield f"ABS(N({reference})-({figure(value)}))<={figure(slack)}"
    else:
        yield from _of_text(reference, value)


def _of_text(reference: str, text: str) -> Iterator[str]:
    start = text.splitlines()[0][:_LONGEST_COMPARED] if text.strip() else ""
    if start and is_writable(start):
        doubled = start.replace('"', '""')
        if start == text:
            yield f'EXACT({reference},"{doubled}")'
            return
        yield f'ISNUMBER(FIND("{doubled}",{reference}))'
    # Excel counts a rare sign (𠮷) twice, LibreOffice once.
    lengths = {len(text), len(text.encode("utf-16-le", "surrogatepass")) // 2}
    yield f"OR({','.join(f'LEN({reference})={length}' for length in sorted(lengths))})"
