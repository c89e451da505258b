"""An indicator table that goes on at the right of itself, under a second head on the same rows."""

from __future__ import annotations

from perfxl.form import labels
from perfxl.form.heads import Head
from perfxl.form.indicators import IndicatorTable, read_indicators
from perfxl.form.page import Page
from perfxl.form.titles import is_title


def goes_on_beside(page: Page, heads: list[Head]) -> bool:
    """Whether two heads that share rows are those of one table: one title over both, and one name of a project."""
    left, right = heads
    if left.columns.keys() != right.columns.keys() or left.table != "indicator":
        return False
    above = [block for row in page.filled_rows(1, left.top - 1) for block in page.begun(row)]
    names = [
        block
        for block in above
        if block.is_words and labels.role("header", block.text) in ("project_name", "department")
    ]
    over_both = any(
        is_title(page, block) and block.area.left < right.left <= block.area.right for block in above
    )
    return over_both and bool(names) and all(block.area.left < right.left for block in names)


def read_rows(page: Page, head: Head, bottom: int) -> IndicatorTable:
    """Read the indicator table under a head, the half that goes on at its right included."""
    if head.beside is None:
        return read_indicators(page, head, bottom)
    first = read_indicators(page.narrowed(page.left, head.beside.left - 1), head, bottom)
    second = read_indicators(page.narrowed(head.beside.left, page.right), head.beside, bottom)
    return first._replace(
        rows=first.rows + second.rows,
        subtotals=first.subtotals + second.subtotals,
        total=first.total or second.total,
        bottom=max(first.bottom, second.bottom),
    )
