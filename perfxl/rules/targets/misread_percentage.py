"""## 问题

百分比像是写错了：“290%”多半是“≥90%”，扫描或转抄时“≥”成了“2”。

只在去掉开头的 2 剩下 50%–100%、而另一格是不超过 100% 的比例时才报。

## 依据

合格率、覆盖率、满意度一类的指标不会超过 100%；指标值错了，完成率和得分都没有意义。

## 例子

错例 B2：“290%”多半是“≥90%”

| 三级指标 | 指标值 | 实际完成值 |
| 群众知晓率 | 290% | %95 |
| 发放及时率 | 100% | %100 |

正例 B2=≥90%：对照绩效目标申报表改正

## 改法

对照原来的绩效目标申报表，改成“≥90%”。
"""

from __future__ import annotations

from collections.abc import Iterator

from perfxl.form.model import Form
from perfxl.form.values import suspicious_misread
from perfxl.rules.finding import Finding, Rule, Severity
from perfxl.rules.reading import counted
from perfxl.rules.results import result
from perfxl.settings.parameters import Settings

RULE = Rule("PX408", "百分比像是“≥”误写成了“2”", Severity.WARNING, "公开的自评表转抄中的常见错误")


def check(form: Form, settings: Settings) -> Iterator[Finding]:
    """Find percentages above 200 that are rather a bound with its sign misread."""
    for row in counted(form):
        found = result(form, row)
        if found is None:
            continue
        pairs = (
            (found.target_entry, found.target, found.actual),
            (found.actual_entry, found.actual, found.target),
        )
        for entry, value, counterpart in pairs:
            meant = suspicious_misread(counterpart, value)
            if meant is None:
                continue
            yield RULE.finding(
                form,
                entry,
                (found.target_entry, found.actual_entry),
                subject=row.subject,
                message=f"“{row.subject}”写的是 {value}，像是把 {meant} 的“≥”写成了“2”。",
                expected=str(meant),
                actual=str(value),
                fix=f"对照绩效目标申报表核对 {entry.address}。",
            )
