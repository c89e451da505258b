"""What a report may state about the fund table (项目资金): amounts, rates, what was left, and each part's share."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from perfxl.form.figures import Figure, figure
from perfxl.form.model import Entry, Form, FundRow, FundSource
from perfxl.report.stated import Stated, percentage, text_of, worded
from perfxl.rules.amounts import amount, base, spent_share
from perfxl.rules.marks import fund_weight, points
from perfxl.rules.reading import empty

_AMONG = re.compile(r"^其中[:：]?")
_TEN_THOUSAND = Decimal(10000)
_DECIMALS = {"万元": 2, "元": 2}
"""Decimals in which the genre states amounts; other units keep what is written."""


@dataclass(frozen=True, slots=True)
class FundFact:
    """A row of the fund table. Amounts are worded with their unit.

    `rate` is B/A, `arrived_rate` what was paid in over the budget, `left` the budget not spent, `share` the
    row's part of the whole year's budget; the computed ones say how.
    """

    label: Stated
    source: FundSource
    initial: Stated | None
    budget: Stated | None
    arrived: Stated | None
    executed: Stated | None
    rate: Stated | None
    left: Stated | None
    weight: Stated | None
    score: Stated | None
    share: Stated | None = None
    arrived_rate: Stated | None = None


def fund_facts(form: Form) -> tuple[FundFact, ...]:
    """Return every row of the fund table, in order."""
    return tuple(_fund(form, row) for row in form.funds)


def held(read: tuple[Entry, Figure] | None) -> Stated | None:
    """A weight or score as found, in points."""
    return worded(read[1], (read[0].address,)) if read is not None else None


def _fund(form: Form, row: FundRow) -> FundFact:
    score = points(row.score, form.fund_columns.get("score"))
    return FundFact(
        label=Stated(_AMONG.sub("", row.subject).rstrip(":："), (row.label.address,)),
        source=row.source,
        initial=_money(form, row.initial),
        budget=_money(form, row.budget),
        arrived=_money(form, row.arrived),
        executed=_money(form, row.executed),
        rate=_rate(form, row),
        left=_left(form, row),
        weight=held(fund_weight(form, row)) or text_of(row.weight),
        score=held((row.score, score)) if row.score is not None and score is not None else text_of(row.score),
        share=_share(form, row),
        arrived_rate=_arrived_rate(form, row),
    )


def _money(form: Form, entry: Entry | None) -> Stated | None:
    """An amount with the unit written beside it, else the form's; text that is no amount stays as it is.

    元 becomes 万元, as reports state money; a dash says that there is none and is left out.
    """
    found = figure(entry)
    if entry is None or found is None or found.percent:
        stated = text_of(entry)
        return Stated("", stated.cells) if stated is not None and empty(entry) else stated
    unit = found.unit if "元" in found.unit else form.money_unit or ""
    return _in_genre(found, (entry.address,), unit, entry.address)


def _in_genre(found: Figure, cells: tuple[str, ...], unit: str, how: str) -> Stated:
    if unit == "元":
        return worded(Figure(found.value / _TEN_THOUSAND, 2), cells, "万元", f"({how})/10000")
    decimals = min(found.digits, _DECIMALS.get(unit, found.digits))
    computed = how if len(cells) > 1 or decimals < found.digits else ""
    return worded(Figure(found.value, decimals), cells, unit, computed)


def _rate(form: Form, row: FundRow) -> Stated | None:
    """B/A in percent with two decimals (half up) where the form has both, else the rate as printed."""
    share, budget = spent_share(form, row), base(form, row)
    if share is None or budget is None or row.executed is None:
        return text_of(row.rate)
    cells = (row.executed.address, budget.entry.address)
    return percentage(share, cells, f"{cells[0]}/{cells[1]}")


def _left(form: Form, row: FundRow) -> Stated | None:
    budget, spent = base(form, row), amount(form, row.executed)
    if budget is None or spent is None or row.executed is None or spent.value >= budget.amount.value:
        return None
    left = Figure(budget.amount.value - spent.value, max(budget.amount.digits, spent.digits))
    cells = (budget.entry.address, row.executed.address)
    return _in_genre(left, cells, form.money_unit or spent.unit, f"{cells[0]}-{cells[1]}")


def _share(form: Form, row: FundRow) -> Stated | None:
    whole = form.total_fund
    if whole is None or whole is row:
        return None
    of_all, own = base(form, whole), base(form, row)
    if of_all is None or own is None or of_all.amount.value <= 0 or own.amount.value <= 0:
        return None
    cells = (own.entry.address, of_all.entry.address)
    return percentage(own.amount.value / of_all.amount.value, cells, f"{cells[0]}/{cells[1]}")


def _arrived_rate(form: Form, row: FundRow) -> Stated | None:
    budget, arrived = base(form, row), amount(form, row.arrived)
    if budget is None or arrived is None or row.arrived is None or budget.amount.value <= 0:
        return None
    cells = (row.arrived.address, budget.entry.address)
    return percentage(arrived.value / budget.amount.value, cells, f"{cells[0]}/{cells[1]}")
