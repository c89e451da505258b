"""## 问题

“完成率”一列填的不等于实际完成值÷指标值。

按填写的小数位数比较；超过 100% 而按 100% 填的，算对。越少越好的指标、说不清数的不比较。

## 依据

完成率＝实际完成值÷年度指标值，是计算得分的依据（财预〔2020〕10号：按完成值与指标值的比例记分）。

## 例子

错例 D2：380÷400＝95%，填了 98%

| 三级指标 | 目标值 | 完成值 | 完成率 | 分值 | 得分 | 原因说明 |
| 补贴机具 | ≥400台 | 380台 | 98% | 40 | 38 | 部分农户取消购机 |
| 补贴合规率 | 100% | 100% | 100% | 60 | 60 | |

正例 D2=95%：完成值÷指标值

## 改法

重新计算完成率；完成率没有错的，核对指标值和完成值。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from perfxl.form.figures import figure
from perfxl.form.model import Form
from perfxl.rules.finding import Finding, Rule, Severity
from perfxl.rules.reading import counted, in_percent, percent_text
from perfxl.rules.results import result
from perfxl.settings.parameters import Settings

RULE = Rule(
    "PX414", "完成率不等于完成值除以指标值", Severity.WARNING, "财预〔2020〕10号：按完成值与指标值的比例记分"
)

_RATES = ("完成率", "实现率", "达成率")
"""What the column is called; 偏差率 and 完成情况 are other things."""


def check(form: Form, settings: Settings) -> Iterator[Finding]:
    """Hold a column of completion rates against target and actual value, where both are plain figures."""
    column = form.indicator_columns.get("completion")
    if column is None or not any(word in column.label for word in _RATES):
        return
    for row in counted(form):
        printed, found = figure(row.completion, in_percent=in_percent(column)), result(form, row)
        if row.completion is None or printed is None or not printed.percent:
            continue
        if found is None or found.completion is None:
            continue
        if any(printed.agrees(share) for share in (found.completion, min(found.completion, Decimal(1)))):
            continue
        expected = percent_text(found.completion)
        yield RULE.finding(
            form,
            row.completion,
            (row.target, row.actual),
            subject=row.subject,
            message=f"“{row.subject}”的完成率应为 {expected}，表中填的是 {printed}。",
            expected=expected,
            actual=str(printed),
            fix=f"把 {row.completion.address} 改为 {expected}，或者核对指标值和完成值。",
        )
