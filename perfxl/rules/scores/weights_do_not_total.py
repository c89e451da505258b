"""## 问题

分值（权重）合计不是 100。

合计包括各指标的分值和资金表“年度资金总额”一行的分值；合并单元格只算一次，“其中”各行的分值不算。
指标表里另有一行“预算执行率”、与资金表重复的，按只算一次能合计 100 就不报。
有的指标没有填分值、或者表尾缺失，合计不足 100 不作判断；超过 100 一定报。合计行印的数与各行合计不同的也报。

## 依据

绩效评价结果总分一般设置为 100 分；单位自评原则上预算执行率 10、产出 50、效益 30、满意度 10（财预〔2020〕10号）。

## 例子

错例 E5：指标已经合计 100 分，资金行又有 10 分，实际是 110

| 项目资金（万元） | 全年预算数 | 全年执行数 | 执行率 | 分值 | 得分 |
| 年度资金总额 | 146 | 146 | %100 | 10 | 10 |
| 一级指标 | 三级指标 | 指标值 | 实际完成值 | 分值 | 得分 |
| 产出指标 | 接入部门数 | ≥20个 | 22个 | 100 | 90 |
| 总分 | < | < | < | 100 | 100 |

正例 E4=90：指标分值减到 90，合计 100

## 改法

把各指标分值调整到合计 100，资金行的分值（一般 10 分）也算在内。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from perfxl.form.figures import plain
from perfxl.form.labels import squeeze
from perfxl.form.model import Form, distinct
from perfxl.rules.finding import Finding, Rule, Severity
from perfxl.rules.marks import (
    Points,
    counts_execution_twice,
    fund_weight,
    implied_execution,
    points,
    scored_fund,
    total_weight,
    weights,
)
from perfxl.rules.reading import complete, empty, head, unfilled
from perfxl.settings.parameters import Settings

RULE = Rule("PX301", "分值合计不是 100", Severity.ERROR, "财预〔2020〕10号：总分一般设置为 100 分")


def check(form: Form, settings: Settings) -> Iterator[Finding]:
    """Add up every weight once, the scored fund row's included, and hold the printed total against the sum."""
    marks = weights(form)
    column = form.indicator_columns.get("weight")
    if not marks.read or column is None or unfilled(form):
        return
    row = scored_fund(form)
    fund = fund_weight(form, row) if row is not None else None
    total, full = marks.total + (fund[1].value if fund is not None else 0), settings.full_marks
    sums = {total} | _sums_with_children(form, marks.total)
    if counts_execution_twice(form):
        sums.add(marks.total)
    if _scored_without_weights(form):
        sums.add(marks.total + settings.execution_weight)
    if implied_execution(form, full) is not None:
        sums.add(full)
    fits = any(abs(found - full) <= marks.tolerance for found in sums)
    if (
        not fits
        and total < full
        and not (marks.complete and complete(form) and not _fund_weight_missing(form))
    ):
        return
    printed = total_weight(form)
    agrees = printed is not None and any(printed[1].agrees(found) for found in sums | {marks.total})
    if fits and (printed is None or agrees or abs(printed[1].value - full) <= marks.tolerance):
        return
    at, subject = head(column), squeeze(column.label)
    if printed is not None and form.total is not None:
        at, subject = printed[0], squeeze(form.total.label.text)
    wrong = printed[1].value if fits and printed is not None else total
    yield RULE.finding(
        form,
        at,
        distinct([*marks.entries, fund[0] if fund is not None else None]),
        subject=subject,
        message=f"各行分值合计 100，合计行印的是 {plain(wrong)}。"
        if fits
        else _message(marks.total, fund, total),
        expected=plain(full),
        actual=plain(wrong),
        fix=f"把 {at.address} 改为 100。" if fits else _fix(form, fund, total, settings),
        severity=Severity.WARNING if not fits and _vouched_for(printed, total) else None,
    )


def _vouched_for(printed: Points | None, total: Decimal) -> bool:
    """Whether a person typed the sum as the total: a formula would give any sum."""
    return printed is not None and printed[0].cell.formula is None and printed[1].agrees(total)


def _scored_without_weights(form: Form) -> bool:
    """Whether the fund table gives its total row a score but has no column of weights: the usual one is meant."""
    row = form.total_fund
    return row is not None and row.weight is None and not empty(row.score)


def _fund_weight_missing(form: Form) -> bool:
    """Whether the fund row has a score and its weight was left out, which PX101 says."""
    row = form.total_fund
    return row is not None and row.weight is not None and row.weight.blank and not empty(row.score)


def _sums_with_children(form: Form, indicators: Decimal) -> set[Decimal]:
    """Sums with the weights of child fund rows, on a form that weights those instead of the total row."""
    row = form.total_fund
    if row is None or points(row.weight) is not None:
        return set()
    children = [
        found.value
        for child in form.funds
        if child is not row and (found := points(child.weight)) is not None
    ]
    return {indicators + sum(children), *(indicators + found for found in children)}


def _message(indicators: Decimal, fund: Points | None, total: Decimal) -> str:
    if fund is None:
        return f"各指标分值合计 {plain(total)}，不是 100。"
    return f"各指标分值合计 {plain(indicators)}，加上资金行 {plain(total - indicators)}，共 {plain(total)}，不是 100。"


def _fix(form: Form, fund: Points | None, total: Decimal, settings: Settings) -> str:
    if (
        fund is None
        and form.total_fund is not None
        and total + settings.execution_weight == settings.full_marks
    ):
        return f"资金行没有分值：预算执行率一般占 {plain(settings.execution_weight)} 分，补上后合计 100。"
    return "把各指标分值调整到合计 100，资金行的分值也算在内。"
