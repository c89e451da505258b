"""## 问题

执行率应等于全年执行数（B）除以全年预算数（A），表中填的不是这个数。

按表中印出的小数位数比较，四舍五入后相同就不算错：131.24÷146＝89.890…%，填 89.89%、89.9%、90% 都可以，
填 89.88% 或 90.00% 就不对。没有“全年（调整）预算数”一列，或者该格为空的，按年初预算数计算。
只写了 20、没有百分号的，列名是“执行率（%）”却写成 0.2 的，提示改写。

## 依据

国家通用格式项目支出绩效自评表的列名“执行率（B/A）”；执行率是预算执行率得分的依据（财预〔2020〕10号）。
执行率算错，得分、总分和报告里的数会跟着错。

## 例子

错例 E2：执行率填 90.00%，131.24÷146＝89.89%

| 项目资金（万元） | 年初预算数 | 全年预算数 | 全年执行数 | 执行率 |
| 年度资金总额 | 150 | 146 | 131.24 | %90.00 |
| 一级指标 | 二级指标 | 三级指标 | 指标值 | 实际完成值 |
| 产出指标 | 数量指标 | 接入部门数 | ≥20个 | 22个 |

正例 E2=%89.89：按 B÷A 计算
正例 E2=%90：只写到整数，四舍五入后相同，不算错

## 改法

按 B÷A 重新计算；如果执行率没有错，就核对预算数和执行数。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from perfxl.form.figures import Figure, figure, plain
from perfxl.form.model import Entry, Form, FundRow
from perfxl.rules.amounts import amount, base, slipped
from perfxl.rules.finding import Finding, Rule, Severity
from perfxl.rules.reading import in_percent, percent_text, rate_figure, shown
from perfxl.settings.parameters import Settings

RULE = Rule(
    "PX201",
    "执行率不等于执行数除以预算数",
    Severity.ERROR,
    "国家通用格式项目支出绩效自评表：执行率（B/A）；财预〔2020〕10号",
)

_BARE_PERCENTAGE = Decimal("1.5")
"""A bare number above this is a percentage without its sign: no one spends one and a half times the budget."""


def check(form: Form, settings: Settings) -> Iterator[Finding]:
    """Compare every printed rate with B/A, at the precision printed, from exact or from printed amounts."""
    wrong_unit = slipped(form)
    for row in form.funds:
        rate, budget, spent = rate_figure(form, row), base(form, row), amount(form, row.executed)
        if rate is None or budget is None or spent is None or row.rate is None or row.executed is None:
            continue
        if budget.amount.value == 0 or {budget.entry.address, row.executed.address} & wrong_unit:
            continue
        exact = spent.value / budget.amount.value
        printed = shown(spent) / shown(budget.amount) if shown(budget.amount) else exact
        if rate.agrees(exact) or rate.agrees(printed):
            continue
        yield _finding(form, row, row.rate, rate, exact, (budget.entry, budget.amount), (row.executed, spent))


def _other_scale(form: Form, at: Entry, exact: Decimal) -> Figure | None:
    """The rate that was meant where only sign or scale is wrong: 89.89 without "%", 0.8989 under "执行率(%)"."""
    written = figure(at)
    if written is None or written.percent:
        return None
    if in_percent(form.fund_columns.get("rate")):
        meant = Figure(written.value, max(written.digits, 2), percent=True)
    elif written.value > _BARE_PERCENTAGE:
        meant = Figure(written.value / 100, written.digits + 2, percent=True)
    else:
        return None
    return meant if meant.agrees(exact) else None


def _finding(
    form: Form,
    row: FundRow,
    at: Entry,
    rate: Figure,
    exact: Decimal,
    budget: tuple[Entry, Figure],
    spent: tuple[Entry, Figure],
) -> Finding:
    rests_on = (budget[0], spent[0])
    meant = _other_scale(form, at, exact)
    if meant is not None:
        return RULE.finding(
            form,
            at,
            rests_on,
            subject=row.subject,
            message=f"{row.subject}的执行率写成了 {at.text}，应写成 {meant}。",
            expected=str(meant),
            actual=at.text,
            fix=f"把 {at.address} 写成 {meant}。",
            severity=Severity.WARNING,
        )
    if not rate.percent and rate.value > _BARE_PERCENTAGE:
        rate = Figure(rate.value / 100, rate.digits + 2, percent=True)
    decimals = max(rate.digits - 2, 2)
    expected = percent_text(exact, decimals)
    sum_text = f"{plain(shown(spent[1]))}÷{plain(shown(budget[1]))}"
    actual = percent_text(rate.value, decimals)
    return RULE.finding(
        form,
        at,
        rests_on,
        subject=row.subject,
        message=f"{row.subject}的执行率应为 {expected}（{sum_text}），表中填的是 {actual}。",
        expected=expected,
        actual=actual,
        fix=f"把 {at.address} 改为 {expected}，或者核对预算数 {budget[0].address}、执行数 {spent[0].address}。",
    )
