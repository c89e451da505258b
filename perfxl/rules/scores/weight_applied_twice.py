"""## 问题

权重被乘了两次：“单项得分”已经按分值填写（最高 25 分），“折算得分”又乘了一次权重 25%。

只在每行得分都不超过本行权重、且至少两行得了满分而折算得分恰为 得分×权重 时才报。

## 依据

有“折算得分”一列的自评表（如河北 2020 年格式），单项得分按百分制填写，折算得分＝单项得分×权重。

## 例子

错例 G1：单项得分已经按分值填（最高 25），又乘了一次权重

| 二级指标 | 三级指标 | 指标值 | 实际完成值 | 权重占比（%） | 单项得分 | 折算得分 |
| 数量指标 | 补贴人数 | ≥200人 | 210人 | 25 | 25 | 6.25 |
| 质量指标 | 对象覆盖率 | ≥98% | %100 | 25 | 25 | 6.25 |
| 效益指标 | 补贴发放率 | ≥95% | %100 | 25 | 25 | 6.25 |
| 满意度指标 | 对象满意度 | ≥95% | %96 | 25 | 25 | 6.25 |

正例 F2=100；G2=25；F3=100；G3=25；F4=100；G4=25；F5=100；G5=25：单项得分按百分制填写

## 改法

单项得分改按百分制填写，或者折算得分直接等于单项得分。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from perfxl.form.figures import plain
from perfxl.form.labels import squeeze
from perfxl.form.model import Form
from perfxl.rules.finding import Finding, Rule, Severity
from perfxl.rules.marks import weights_applied_twice
from perfxl.rules.reading import head
from perfxl.settings.parameters import Settings

RULE = Rule("PX310", "权重乘了两次", Severity.ERROR, "河北省 2020 年项目绩效自评表：折算得分＝单项得分×权重")


def check(form: Form, settings: Settings) -> Iterator[Finding]:
    """Find a column of converted scores computed from scores that carry the weight already."""
    column = form.indicator_columns.get("weighted_score")
    rows = weights_applied_twice(form)
    if column is None or not rows:
        return
    first = rows[0]
    rests_on = [entry for row in rows for entry in (row.weight[0], row.score[0], row.weighted[0])]
    total = sum((row.weighted[1].value for row in rows), Decimal(0))
    meant = sum((row.score[1].value for row in rows), Decimal(0))
    yield RULE.finding(
        form,
        head(column),
        rests_on,
        subject=squeeze(column.label),
        message=f"单项得分已按分值填写（如权重 {plain(first.weight[1].value)} 的得 {plain(first.score[1].value)}），"
        f"折算得分又乘了一次权重，合计只有 {plain(total)}。",
        expected=plain(meant),
        actual=plain(total),
        fix="单项得分改按百分制填写（满分 100），或者折算得分直接等于单项得分。",
    )
