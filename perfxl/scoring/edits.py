"""From a plan to the edits that the workbook floor carries out."""

from __future__ import annotations

from perfxl.scoring.decisions import Plan
from perfxl.workbook.edit import Edit


def edits(plan: Plan) -> tuple[Edit, ...]:
    """Return the edits of a plan: each change with formula, value and format, each overtaken result of a formula."""
    changed = [
        Edit(change.sheet, change.cell, change.after, change.formula, change.number_format)
        for change in plan.changes
    ]
    refreshed = [Edit(cell.sheet, cell.cell, cell.value, cell.formula) for cell in plan.refreshed]
    return (*changed, *refreshed)
