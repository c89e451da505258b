"""The execution rate (预算执行率), decided once for scoring and rules: which row it is, what it is measured against."""

from __future__ import annotations

import re
from collections.abc import Callable

from perfxl.form import labels
from perfxl.form.model import Entry, Form, FundRow, Indicator


def is_execution_rate(row: Indicator) -> bool:
    """Whether an indicator is the execution rate of the whole budget (预算执行率), not of one kind of spending.

    Some forms name it only at the first level, with the lower ones blank.
    """
    own = [
        level
        for level in (row.level3, row.level2, row.level1)
        if level is not None and not level.blank and level.cell.row == row.row
    ]
    name = next(iter(own), row.level3)
    return name is not None and labels.role("method", name.text) == "execution_rate"


_OWN_RULE = re.compile(r"执行率[^。;]{0,24}?(?<!\d)\d{1,2}(?:\.\d+)?%[^。;]{0,16}?(?:满分|[得计扣]\d|不得分)")


def own_rule(form: Form) -> Entry | None:
    """The note in which a form rules the score of its execution rate by steps (执行率≥90%的得满分), or None."""
    return next(
        (entry for entry in form.footer.values() if _OWN_RULE.search(labels.squeeze(entry.text))), None
    )


def budget_of(form: Form, row: FundRow, absent: Callable[[Entry | None], bool]) -> Entry | None:
    """Return A, the budget that a fund row's spending is measured against: 全年（调整）预算数, else 年初预算数.

    年初预算数 stands in where 全年预算数 was left out altogether, not where only this row lacks it. `absent` tells of
    an entry whether it gives no amount.
    """
    if not absent(row.budget):
        return row.budget
    if row.budget is not None and any(not absent(other.budget) for other in form.funds):
        return None
    return None if absent(row.initial) else row.initial
