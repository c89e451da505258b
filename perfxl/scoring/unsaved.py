"""Formulas whose results were never saved, or do not count: a program that does not calculate wrote the workbook.

Excel shows such a cell's result as soon as the file is opened, so whoever judges or reports on the form must
see it too. Only formulas that `read_formula` understands are worked out; the others stay without a value.
"""

from __future__ import annotations

from decimal import Decimal

from perfxl.scoring.cells import Cells
from perfxl.workbook.grid import Cell, Position, Sheet, Workbook


def with_results(workbook: Workbook) -> Workbook:
    """Return a workbook in which formulas without a saved result have one, where it can be worked out.

    Where Excel computes every formula anew on opening (`Workbook.recalculated`), saved results give way too: some
    programs save 0 with each formula.
    """
    anew = workbook.recalculated
    return workbook._replace(sheets=tuple(_with_results(sheet, anew) for sheet in workbook.sheets))


def _with_results(sheet: Sheet, anew: bool) -> Sheet:
    cells = Cells(sheet)
    found: dict[Position, Cell] = {}
    for place, cell in sheet.cells.items():
        if cell.formula is None or not (anew or cell.value is None):
            continue
        content = cells.at(cell.address).content
        if isinstance(content, Decimal) and content != cell.value:
            found[place] = cell._replace(value=content)
    return sheet._replace(cells={**sheet.cells, **found}) if found else sheet
