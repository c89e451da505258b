"""The national method of self-evaluation: execution rates, their score, and what adds up to what.

Source: 财预〔2020〕10号 (项目支出绩效评价管理办法) and the forms it brought: execution rate = B/A, its score
= weight × the rate, at most the full weight, the total = the sum of all scores with only the row of the
whole year's money counted among the fund rows.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

from perfxl.form import labels
from perfxl.form.execution import budget_of, is_execution_rate
from perfxl.form.figures import figure
from perfxl.form.model import Entry, Form, FundRow, FundSource, Indicator, distinct
from perfxl.scoring.cells import References
from perfxl.scoring.expression import (
    Comparison,
    Constant,
    Expression,
    FormulaError,
    If,
    Minimum,
    Product,
    Quotient,
    Reference,
    Round,
    Sum,
    ValueUnknown,
    constant,
)
from perfxl.settings.parameters import Settings
from perfxl.workbook.grid import Position

Amount = Literal["initial", "budget", "arrived", "executed"]
AMOUNTS: tuple[Amount, ...] = ("initial", "budget", "arrived", "executed")

_MOST_SHARE, _LEAST_SHARE = Decimal(1000), Decimal("0.001")
"""Rates beyond which 元 stand against 万元; below the lower one only where the printed rate says so."""

_LABEL_POINTS = re.compile(r"\((\d+(?:\.\d+)?)分[^()\d]*\)")


class Undecided(NamedTuple):
    """Why a figure cannot be computed, in words for the officer, and between which points it must lie."""

    why: str
    least: Decimal | None = None
    most: Decimal | None = None


class Execution(NamedTuple):
    """B/A of a fund row: the cells it rests on, and in words how it is formed."""

    spent: Reference
    budget: Reference
    why: str

    @property
    def rate(self) -> Expression:
        """B/A as a fraction, not rounded."""
        return Quotient(self.spent, self.budget)


def says_nothing(entry: Entry | None) -> bool:
    """Whether an entry is absent, blank, or only a sign ("—", "/") or word ("无") for "not applicable"."""
    if entry is None or (entry.cell.formula is not None and not entry.blank):
        return entry is None
    return not any(sign.isalnum() for sign in entry.text) or labels.role("mark", entry.text) == "nothing"


# Execution rates -----------------------------------------------------------------------------------------------------


def main_row(form: Form) -> FundRow | None:
    """The fund row of the whole year's money, the only one that is scored; of a form without one, its first row."""
    return form.total_fund or next(iter(form.funds), None)


def execution(form: Form, row: FundRow, cells: References) -> Execution | Undecided | None:
    """Return B/A of a fund row; None where there is nothing to compute, Undecided where an entry is missing or wrong.

    See `budget_of` for what counts as A.
    """
    if row.executed is None or (row.budget is None and row.initial is None and row.arrived is None):
        return None
    budget = budget_of(form, row, lambda entry: _absent(entry, cells))
    missing_spent = _absent(row.executed, cells)
    if budget is None and missing_spent:
        return None
    if budget is None:
        if row.budget is None and row.initial is None:
            return None
        return None if _zero(row.executed, cells) else Undecided("没有预算数，算不出执行率：请填全年预算数。")
    fallback = ""
    if budget is not row.budget:
        fallback = (
            "（按到位数计算）"
            if budget is row.arrived
            else (
                "（本表没有填全年预算数，按年初预算数计算）"
                if row.budget is not None
                else "（按年初预算数计算）"
            )
        )
    if missing_spent:
        return (
            None
            if _zero(budget, cells)
            else Undecided("没有执行数，算不出执行率：请填全年执行数，没有支出就填 0。")
        )
    amounts: list[Decimal] = []
    for entry in (budget, row.executed):
        amount = _amount(entry, cells)
        if amount is None:
            return Undecided(f"{entry.address} 不是一个能计算的金额：请只填数字。")
        amounts.append(amount)
    granted, spent = amounts
    if len(_units(form, (budget, row.executed))) > 1:
        return Undecided(f"{budget.address} 与 {row.executed.address} 的单位不同：请统一后再算。")
    if granted < 0 or spent < 0:
        return Undecided("预算数或执行数是负数，算不出执行率：请核对。")
    if granted and (spent / granted > _MOST_SHARE or (spent and _belies(row.rate, spent / granted))):
        return Undecided(
            f"{row.executed.address} 与 {budget.address} 相差上千倍，像是元与万元混用：请统一单位后再算。"
        )
    if granted == 0:
        return None if spent == 0 else Undecided("预算数是 0 而有执行数，算不出执行率：请核对预算数。")
    why = f"执行率＝全年执行数÷预算数＝{row.executed.address}÷{budget.address}{fallback}"
    return Execution(cells.reference(row.executed), cells.reference(budget), why)


def _belies(printed: Entry | None, share: Decimal) -> bool:
    """Whether a tiny share of the budget is printed as an ordinary rate."""
    written = figure(printed)
    return share < _LEAST_SHARE and written is not None and written.value > 100 * share


def rate(found: Execution, digits: int, *, in_percent: bool) -> Expression:
    """Return the rate rounded to `digits` decimals of the fraction; times 100 for a column in percent numbers."""
    if in_percent:
        return Round(Product(found.rate, constant(100)), digits - 2)
    return Round(found.rate, digits)


def execution_score(found: Execution, weight: Expression, settings: Settings) -> Expression:
    """Return the score for the execution rate: weight × B/A, at most the weight, rounded."""
    return Round(Product(weight, Minimum((constant(1), found.rate))), settings.score_digits)


def full_from(line: Decimal, found: Execution, weight: Expression, below: Expression) -> Expression:
    """Return the score of a form that gives the full weight from a rate on, and `below` under it."""
    # Doubles may make 90 % a little less than itself.
    return If(Comparison(Round(found.rate, 10), ">=", Constant(line)), weight, below)


def capped_total(total: Expression, found: Execution, settings: Settings) -> Expression:
    """Return the total, at most what a low execution rate allows (按执行率封顶)."""
    most: Expression = Constant(settings.full_marks)
    for cap in reversed(settings.execution_caps):
        # Doubles may make 80 % a little less than itself.
        most = If(Comparison(Round(found.rate, 10), "<", Constant(cap.rate)), Constant(cap.most), most)
    return Minimum((total, most))


def fund_weight(form: Form, row: FundRow, cells: References, settings: Settings) -> Expression | None:
    """Return the points a fund row is scored with: its own weight, else, for the main row, those its column names.

    "得分（20分*执行率）" over the column makes the weight 20. On a form without a column for the weight, the
    execution rate has the national weight if that is what the indicators leave of the full marks. None where
    the row is not scored.
    """
    if row.weight is not None and not says_nothing(row.weight):
        return _in_points(weight_of(row.weight, cells), form, cells, settings)
    if row is not main_row(form):
        return None
    for role in ("weight", "score"):
        column = form.fund_columns.get(role)
        named = _LABEL_POINTS.search(labels.squeeze(column.label)) if column else None
        if named:
            return Constant(Decimal(named[1]))
    unstated = row.weight is None and row.score is not None
    usual = settings.execution_weight
    if unstated and usual and _indicator_weights(form, cells) == settings.full_marks - usual:
        return Constant(usual)
    return None


def weight_of(entry: Entry | None, cells: References) -> Expression | None:
    """Return a weight in points, a percentage counted as points of 100; None where no positive number stands there."""
    found = figure(entry)
    if entry is None:
        return None
    reference = cells.reference(entry)
    value = _number(reference)
    if value is None or value <= 0:
        return None
    return Product(reference, constant(100)) if found is not None and found.percent else reference


def row_weight(form: Form, indicator: Indicator, cells: References, settings: Settings) -> Expression | None:
    """Return the weight of an indicator row in points, also on a form that writes its weights as fractions of 1.

    None where there is no positive number, or where the weight is shared by several rows.
    """
    weight, entry = weight_of(indicator.weight, cells), indicator.weight
    if weight is None or entry is None:
        return None
    if entry.cell[:2] in shared(form, "weight"):
        return None
    return _in_points(weight, form, cells, settings)


def _in_points(
    weight: Expression | None, form: Form, cells: References, settings: Settings
) -> Expression | None:
    """A weight in points, on a form that writes its weights as fractions of 1 too."""
    if not isinstance(weight, Reference) or len(form.indicators) < 2 or weight.value() >= 1:
        return weight
    total = _indicator_weights(form, cells)
    return Product(weight, Constant(settings.full_marks)) if total is not None and total <= 1 else weight


@lru_cache(maxsize=8)
def shared(form: Form, column: Literal["weight", "score"]) -> frozenset[Position]:
    """The cells of a column that speak for several indicator rows, being merged over them."""
    entries = (getattr(row, column) for row in form.indicators)
    counts = Counter(entry.cell[:2] for entry in entries if entry is not None)
    return frozenset(place for place, count in counts.items() if count > 1)


# Sums ----------------------------------------------------------------------------------------------------------------


def counted(
    form: Form, column: Literal["weight", "score"], cells: References, settings: Settings
) -> tuple[Expression, ...]:
    """Return what adds up to the total: the main fund row's cell and every indicator's, merged cells once.

    Where the indicators alone carry all the weight and the execution rate is one of them, the fund row
    states the same points a second time and is left out.
    """
    entries = distinct(getattr(indicator, column) for indicator in form.indicators)
    own = [cells.reference(entry) for entry in entries]
    row = main_row(form)
    if not own or row is None or _states_execution_twice(form, cells, settings):
        return tuple(own)
    entry: Entry | None = getattr(row, column)
    if entry is not None and not says_nothing(entry):
        return (cells.reference(entry), *own)
    weight = fund_weight(form, row, cells, settings)
    if weight is None:
        return tuple(own)
    if column == "weight":
        return (weight, *own)
    return tuple(own) if entry is None else (cells.reference(entry), *own)


def implied_execution(
    form: Form, own: Expression, cells: References, settings: Settings
) -> Expression | None:
    """Return the score of the execution rate that a printed total counts in on a form that shows none for it.

    So it is where the fund table has neither weights nor scores, the indicators lack some marks of the full ones,
    and the total is their scores and the rate's share of what they lack.
    """
    row, total = main_row(form), form.total
    printed = figure(total.score if total is not None else form.roles.get("self_score"))
    if row is None or printed is None or row.weight is not None or row.score is not None:
        return None
    found, weights = execution(form, row, cells), _indicator_weights(form, cells)
    if not isinstance(found, Execution) or weights is None or any(map(is_execution_rate, form.indicators)):
        return None
    lacking = settings.full_marks - weights
    if not 0 < lacking < settings.full_marks / 2:
        return None
    share = execution_score(found, Constant(lacking), settings)
    try:
        together = own.value() + share.value()
    except (FormulaError, ValueUnknown):
        return None
    return share if printed.agrees(together) else None


def weighted_scores(form: Form, cells: References) -> tuple[Expression, ...]:
    """Return the converted scores that add up to the total; none where scores out of 100 are not proven.

    They are where each converted score is the row's score times its weight, some scores exceed their weights,
    and the fund table has no score of its own.
    """
    rows = [indicator for indicator in form.indicators if not says_nothing(indicator.weighted_score)]
    fund = main_row(form)
    if not rows or (fund is not None and not says_nothing(fund.score)):
        return ()
    exceeds = False
    for row in rows:
        found = [figure(entry) for entry in (row.weight, row.score, row.weighted_score)]
        weight, score, weighted = found
        if weight is None or score is None or weighted is None:
            return ()
        share = weight.value if weight.percent or weight.value < 1 else weight.value / 100
        if not weighted.agrees(score.value * share):
            return ()
        exceeds = exceeds or score.value > share * 100
    entries = distinct(row.weighted_score for row in rows)
    return tuple(cells.reference(entry) for entry in entries) if exceeds else ()


def _states_execution_twice(form: Form, cells: References, settings: Settings) -> bool:
    if not any(is_execution_rate(indicator) for indicator in form.indicators):
        return False
    row = main_row(form)
    weight = fund_weight(form, row, cells, settings) if row is not None else None
    if weight is None:
        return False
    weights = _indicator_weights(form, cells)
    return weights in (settings.full_marks, Decimal(1))  # weights may be fractions


def _indicator_weights(form: Form, cells: References) -> Decimal | None:
    """The sum of the indicators' weights, merged cells once; None where it cannot be formed."""
    entries = distinct(indicator.weight for indicator in form.indicators)
    try:
        return Sum(tuple(cells.reference(entry) for entry in entries)).value()
    except (FormulaError, ValueUnknown):
        return None


def parts(form: Form, column: Amount, cells: References) -> tuple[Reference, ...] | Undecided | None:
    """Return the amounts a blank total of a fund column is the sum of; None where none is given.

    Rows under 财政拨款 (中央, 省, 市, 县) and under 地方资金 (省, 市, 县) are parts of those, not of the total.
    Where a row's source is not known beside such rows, only a person can say what is part of what.
    """
    total = form.total_fund
    rows = [row for row in form.funds if row is not total]
    sources = {row.source for row in rows}
    if total is None or len(sources) == 0 or sum(row.source is FundSource.TOTAL for row in form.funds) != 1:
        return None
    beneath: set[FundSource] = set()
    if FundSource.FISCAL in sources:
        beneath |= {FundSource.CENTRAL, FundSource.LOCAL, *_LEVELS}
    if FundSource.LOCAL in sources:
        beneath |= _LEVELS
    tops = [row for row in rows if row.source not in beneath]
    entries = distinct(getattr(row, column) for row in tops)
    given = [entry for entry in entries if not says_nothing(entry)]
    if not given:
        return None
    if FundSource.UNKNOWN in sources and sources - {FundSource.UNKNOWN, FundSource.OTHER}:
        return Undecided("合计空着，而各行之间谁包含谁看不出来：请填合计。")
    for entry in given:
        if _amount(entry, cells) is None:
            return Undecided(f"合计空着，而 {entry.address} 不是一个能计算的金额：请改成数字。")
    if _units(form, given) - {form.money_unit}:
        return Undecided("合计空着，而各项金额自带单位、又与本表的单位不同：请统一后再算。")
    return tuple(cells.reference(entry) for entry in entries)


_LEVELS = frozenset({FundSource.PROVINCIAL, FundSource.MUNICIPAL, FundSource.COUNTY})


# Amounts -------------------------------------------------------------------------------------------------------------


def _absent(entry: Entry | None, cells: References) -> bool:
    """Whether no amount is given, now or after what the plan has put there."""
    if entry is None:
        return True
    return says_nothing(entry) and cells.reference(entry).content in (None, entry.cell.value)


def _number(reference: Reference) -> Decimal | None:
    try:
        return reference.value() if reference.counts else None
    except (FormulaError, ValueUnknown):
        return None


def _amount(entry: Entry, cells: References) -> Decimal | None:
    """The amount in a cell; None for text that is none, an error, a date, a percentage."""
    found = figure(entry)
    if found is not None and found.percent:
        return None
    if isinstance(entry.value, Decimal) and found is None:
        return None
    return _number(cells.reference(entry))


def _zero(entry: Entry, cells: References) -> bool:
    return _amount(entry, cells) == 0


def _units(form: Form, entries: Iterable[Entry]) -> set[str | None]:
    """The units of money that amounts carry in their cells ("146万元"); one that carries none has the form's."""
    units: set[str | None] = {
        found.unit or form.money_unit for found in map(figure, entries) if found is not None
    }
    if form.money_unit is None and len(units) > 1:
        units.discard(None)  # the form prints no unit: what one amount says holds for the bare ones
    return units
