"""## 问题

预算执行率的得分与执行率对不上。

得分应为 分值×执行率（执行率超过 100% 的按 100% 计），按表中得分写出的小数位数四舍五入；
整张表的得分都是整数的，四舍五入到整数。分值也可以印在列名里（“得分(20分*执行率)”“分值(10分)”）。
指标表里的“预算执行率”一行、没有写明评分标准的，按分值×执行率、按与目标值的比例、达到目标得满分，三种算法有一种对得上就不报；
写明评分标准的按标准另行判断；表下的注另有分档规定的（“执行率≥90%的得满分”），不按比例判断。

## 依据

国家通用格式自评表：执行率得分＝分值×执行率，得分最高不超过分值上限（财预〔2020〕10号）。

## 例子

错例 F2：执行率 92.87%，分值 10，只能得 9.29

| 项目资金（万元） | 全年预算数 | 全年执行数 | 执行率 | 分值 | 得分 |
| 年度资金总额 | 985.19 | 914.95 | %92.87 | 10 | 10 |
| 一级指标 | 三级指标 | 指标值 | 实际完成值 | 分值 | 得分 |
| 产出指标 | 办理事项数 | 300件 | 320件 | 90 | 89.5 |

正例 F2=9.29：分值×执行率

## 改法

按 分值×执行率 重新计算；执行率本身错的，先改执行率。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from perfxl.form.execution import OwnRule, is_execution_rate, own_rule
from perfxl.form.figures import Figure, figure, plain
from perfxl.form.model import Entry, Form, FundRow, Indicator, distinct
from perfxl.rounding import round_half_up
from perfxl.rules.amounts import amount, base, slipped, spent_share
from perfxl.rules.finding import Finding, Rule, Severity
from perfxl.rules.marks import (
    Points,
    fund_weight,
    points,
    rounded_as_usual,
    row_points,
    scored_out_of_hundred,
    weights,
)
from perfxl.rules.reading import empty, percent_text, rate_figure
from perfxl.settings.parameters import Settings

RULE = Rule(
    "PX306",
    "预算执行率的得分与执行率不符",
    Severity.ERROR,
    "国家通用格式自评表：执行率得分＝分值×执行率；财预〔2020〕10号",
)

_MOST_DECIMALS = 2


def check(form: Form, settings: Settings) -> Iterator[Finding]:
    """Compute the score of the execution rate for every fund row that has one, and for the indicator of that name."""
    own = own_rule(form)
    wrong_unit = slipped(form)
    for row in form.funds:
        if row.executed is None or row.executed.address not in wrong_unit:
            yield from _fund(form, row, settings, own)
    if own is not None:
        return
    for indicator in form.indicators:
        if is_execution_rate(indicator) and empty(indicator.standard) and not scored_out_of_hundred(form):
            yield from _indicator(form, indicator)


def _fund(form: Form, row: FundRow, settings: Settings, own: OwnRule | None) -> Iterator[Finding]:
    score, weight, share = (
        points(row.score, form.fund_columns.get("score")),
        fund_weight(form, row) or _usual_weight(form, row, settings),
        _share(form, row),
    )
    printed, budget = rate_figure(form, row), base(form, row)
    if row.score is None or score is None or weight is None or share is None:
        return
    rates = [share] if printed is None or not printed.percent else [share, printed.value]
    if own is not None:
        if own.full_from is None or share < own.full_from:
            return
        rates = [Decimal(1)]
    possible = [weight[1].value * min(Decimal(1), max(rate, Decimal(0))) for rate in rates]
    if any(rounded_as_usual(form, score, exact) for exact in possible):
        return
    note = own.note if own is not None else None
    rests_on = distinct(
        [weight[0], budget.entry if budget is not None else None, row.executed, row.rate, note]
    )
    yield _finding(form, row.score, rests_on, row.subject, score, weight[1], share, possible[0])


def _usual_weight(form: Form, row: FundRow, settings: Settings) -> Points | None:
    """The national weight of the execution rate, on a form without a column for it whose indicators leave just that."""
    usual, marks = settings.execution_weight, weights(form)
    column = form.fund_columns.get("score")
    if row is not form.total_fund or row.weight is not None or column is None or not usual:
        return None
    if not marks.read or marks.total != settings.full_marks - usual:
        return None
    return Entry(column.label, column.cell), Figure(usual, 0)


def _indicator(form: Form, row: Indicator) -> Iterator[Finding]:
    weight, score = row_points(form, row, "weight"), row_points(form, row, "score")
    fund = form.total_fund
    share = _share(form, fund) if fund is not None else None
    stated = _stated_rate(row.actual)
    if row.score is None or score is None or weight is None or (share is None and stated is None):
        return
    target = _stated_rate(row.target)
    rates = [rate for rate in (share, stated) if rate is not None]
    possible = [weight.value * min(Decimal(1), max(rate, Decimal(0))) for rate in rates]
    if target is not None and target > 0:
        possible += [weight.value * min(Decimal(1), max(rate, Decimal(0)) / target) for rate in rates]
    if any(rounded_as_usual(form, score, exact) for exact in possible):
        return
    cells = [row.weight, row.actual, row.target]
    budget = base(form, fund) if fund is not None else None
    if fund is not None and share is not None:
        cells += [budget.entry if budget is not None else None, fund.executed, fund.rate]
    yield _finding(form, row.score, distinct(cells), row.subject, score, weight, rates[0], possible[0])


def _share(form: Form, row: FundRow) -> Decimal | None:
    """B/A from the amounts, else the rate as printed."""
    share = spent_share(form, row)
    if share is not None:
        return share
    if row.executed is not None and amount(form, row.executed) is not None:
        return None
    printed = rate_figure(form, row)
    return printed.value if printed is not None and printed.percent else None


def _stated_rate(entry: Entry | None) -> Decimal | None:
    """The percentage an entry states, with or without an operator or a few words around it ("≥90%")."""
    found = figure(entry)
    if found is None and entry is not None and entry.text.count("%") + entry.text.count("％") == 1:
        digits = "".join(sign for sign in entry.text.replace("％", "%") if sign.isdigit() or sign in ".%")
        found = figure(Entry(digits, entry.cell))
    return found.value if found is not None and found.percent else None


def _finding(
    form: Form,
    at: Entry,
    rests_on: tuple[Entry, ...],
    subject: str,
    score: Figure,
    weight: Figure,
    rate: Decimal,
    exact: Decimal,
) -> Finding:
    expected = plain(round_half_up(exact, max(_MOST_DECIMALS, score.digits)))
    capped = "（按 100% 计）" if rate > 1 else ""
    return RULE.finding(
        form,
        at,
        rests_on,
        subject=subject,
        message=f"{subject}的得分应为 {expected}（{plain(weight.value)}×执行率 {percent_text(rate)}{capped}），"
        f"表中填的是 {plain(score.value)}。",
        expected=expected,
        actual=plain(score.value),
        fix=f"把 {at.address} 改为 {expected}，或者核对执行率。",
    )
