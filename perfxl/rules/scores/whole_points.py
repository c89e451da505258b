"""## 问题

得分取成了整数：按执行率或完成率算出来有小数（8.62 分），表里填的是整数（9 分）。

整张表的得分都是整数、算出的得分四舍五入后与表中相同时提示，一张表只提示一次。

## 依据

得分一般保留两位小数（见参数 score_digits）；取整可能把总分抬过一个等级，所以要与财政部门要求的位数一致。

## 例子

错例 F2：10×86.2%＝8.62，取整填了 9

| 项目资金（万元） | 全年预算数 | 全年执行数 | 执行率 | 分值 | 得分 |
| 年度资金总额 | 500 | 431 | %86.2 | 10 | 9 |
| 一级指标 | 三级指标 | 指标值 | 实际完成值 | 分值 | 得分 |
| 产出指标 | 培训人数 | ≥300人 | 320人 | 90 | 90 |

正例 F2=8.62：保留两位小数

## 改法

当地要求保留小数的，改填 8.62；当地规定取整的，不用改。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from perfxl.form.execution import is_execution_rate
from perfxl.form.figures import plain
from perfxl.form.model import Entry, Form
from perfxl.rounding import round_half_up
from perfxl.rules.amounts import spent_share
from perfxl.rules.finding import Finding, Rule, Severity
from perfxl.rules.marks import fund_score, fund_weight, points, row_points, scored_out_of_hundred, scores
from perfxl.rules.reading import counted, empty
from perfxl.rules.results import points_lost, result
from perfxl.settings.parameters import Settings

RULE = Rule(
    "PX314", "得分四舍五入成了整数", Severity.NOTE, "各地自评表的得分一般保留两位小数（参数 score_digits）"
)


def check(form: Form, settings: Settings) -> Iterator[Finding]:
    """Find whole scores that are fractions by the method, on a form whose scores all are whole."""
    fund = fund_score(form)
    written = [found for _, found in (*scores(form).read, *((fund,) if fund is not None else ()))]
    if any(found.digits for found in written) or scored_out_of_hundred(form):
        return
    rounded = [
        (entry, subject, score, round_half_up(exact, settings.score_digits))
        for entry, subject, score, exact in (*_of_funds(form), *_of_rows(form))
        if score == round_half_up(exact, 0) != round_half_up(exact, settings.score_digits)
    ]
    if not rounded:
        return
    entry, subject, score, exact = rounded[0]
    yield RULE.finding(
        form,
        entry,
        [other for other, *_ in rounded],
        subject=subject,
        message=f"{subject}按比例应得 {plain(exact)} 分，取整填了 {plain(score)}"
        + (f"；全表有 {len(rounded)} 处。" if len(rounded) > 1 else "。"),
        expected=plain(exact),
        actual=plain(score),
        fix="当地要求保留小数的，改填小数；规定取整的，不用改。",
    )


def _of_funds(form: Form) -> Iterator[tuple[Entry, str, Decimal, Decimal]]:
    row = form.total_fund
    if row is None or row.score is None:
        return
    score, weight, share = points(row.score), fund_weight(form, row), spent_share(form, row)
    if score is not None and not score.digits and weight is not None and share is not None:
        yield row.score, row.subject, score.value, weight[1].value * min(max(share, Decimal(0)), Decimal(1))


def _of_rows(form: Form) -> Iterator[tuple[Entry, str, Decimal, Decimal]]:
    for row in counted(form):
        shown, weight, score = (
            result(form, row),
            row_points(form, row, "weight"),
            row_points(form, row, "score"),
        )
        if shown is None or shown.completion is None or not 0 <= shown.completion < 1 or row.score is None:
            continue
        if weight is None or score is None or not points_lost(form, row) or is_execution_rate(row):
            continue  # the full score for a missed target is another fault
        if empty(row.standard):
            yield row.score, row.subject, score.value, weight.value * shown.completion
