"""Formulas whose results were never saved: a program that does not calculate wrote the workbook.

Excel shows such a cell's result as soon as the file is opened, so whoever judges or reports on the form must
see it too. Only formulas that `read_formula` understands are worked out; the others stay without a value.
"""

from __future__ import annotations

from decimal import Decimal

from perfxl.scoring.cells import Cells
from perfxl.workbook.grid import Cell, Position, Sheet, Workbook


def with_results(workbook: Workbook) -> Workbook:
    """Return a workbook in which formulas without a saved result have one, where it can be worked out."""
    return workbook._replace(sheets=tuple(_with_results(sheet) for sheet in workbook.sheets))


def _unsaved(cell: Cell) -> bool:
    return cell.formula is not None and cell.value is None


def _with_results(sheet: Sheet) -> Sheet:
    cells = Cells(sheet)
    found: dict[Position, Cell] = {}
    for place, cell in sheet.cells.items():
        content = cells.at(cell.address).content if _unsaved(cell) else None
        if isinstance(content, Decimal):
            found[place] = cell._replace(value=content)
    return sheet._replace(cells={**sheet.cells, **found}) if found else sheet
