"""The execution rate (预算执行率), decided once for scoring and rules: which row it is, what it is measured against."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from perfxl.form import labels
from perfxl.form.model import Entry, Form, FundRow, Indicator


def _rate_is_of_spending(form: Form) -> bool:
    column = form.fund_columns.get("rate")
    return column is not None and "到位" not in column.label


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


_OWN_RULE = re.compile(
    r"执行率[^。;]{0,24}?(?<!\d)(?P<line>\d{1,2}(?:\.\d+)?)%(?P<between>[^。;]{0,16}?)(?P<said>满分|[得计扣]\d|不得分)"
)


class OwnRule(NamedTuple):
    """A note in which a form rules the score of its execution rate by steps, and from which rate on it is full."""

    note: Entry
    full_from: Decimal | None


def own_rule(form: Form) -> OwnRule | None:
    """Return the form's own rule for the score of the execution rate (执行率≥90%的得满分), or None."""
    for entry in form.footer.values():
        text = labels.squeeze(entry.text)
        if (match := _OWN_RULE.search(text)) is not None:
            full = match["said"] == "满分" and not any(word in match[0] for word in _NOT_FROM)
            return OwnRule(entry, Decimal(match["line"]) / 100 if full else None)
    return None


_NOT_FROM = ("低于", "不足", "小于", "<", "≤", "以下")


def budget_of(form: Form, row: FundRow, absent: Callable[[Entry | None], bool]) -> Entry | None:
    """Return A, the budget that a fund row's spending is measured against: 全年（调整）预算数, else 年初预算数.

    年初预算数 stands in where 全年预算数 was left out altogether, not where only this row lacks it; what was paid in
    (到位数, 下达数) where the form has no budget at all and a rate of spending. `absent` tells of an entry whether it
    gives no amount.
    """
    if row.budget is None and row.initial is None:
        return row.arrived if not absent(row.arrived) and _rate_is_of_spending(form) else None
    if not absent(row.budget):
        return row.budget
    if row.budget is not None and any(not absent(other.budget) for other in form.funds):
        return None
    return None if absent(row.initial) else row.initial
