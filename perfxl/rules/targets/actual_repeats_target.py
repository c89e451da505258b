"""## 问题

实际完成值填的是条件，不是数：“≥90%”“不低于上年”“≤60分钟”，只照抄了指标值，看不出实际是多少。

数相同不算：指标值 100%、完成值 100% 是可以的；“50余人”也不算。指标值没有条件的（24小时，完成 24小时内），只作提示。
完成值是另一个条件的（目标 ≥90%，完成 ≥98%），只作提示。

## 依据

资金使用单位填写实际完成值，主管部门汇总时绝对值直接累加、相对值按资金额加权平均
（转移支付绩效目标自评表注 4）：条件不能累加、平均。

## 例子

错例 C2：只照抄了条件，看不出开了几次会

| 三级指标 | 指标值 | 实际完成值 |
| 召开工作会议 | ≥2次 | ≥2次 |
| 群众知晓率 | ≥90% | %95 |

正例 C2=3次：填实际的数
正例 B2=2次；C2=2次：两边都是数、恰好相同，不算照抄

## 改法

填实际达到的数：开了几次会就填几次。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfxl.form.attainment import repeats_condition
from perfxl.form.model import Form
from perfxl.form.values import Operator, Quantity, Several, Value
from perfxl.rules.finding import Finding, Rule, Severity
from perfxl.rules.reading import brief, counted
from perfxl.rules.results import result
from perfxl.settings.parameters import Settings

RULE = Rule(
    "PX405", "实际完成值只是照抄指标值的条件", Severity.WARNING, "转移支付区域（项目）绩效目标自评表注 4"
)


def check(form: Form, settings: Settings) -> Iterator[Finding]:
    """Find actual values that are conditions."""
    for row in counted(form):
        found = result(form, row)
        if found is None or row.actual is None or _counted_roughly(row.actual.text):
            continue
        repeated = repeats_condition(found.target, found.actual) and not _plain(found.target)
        if not repeated and not _is_bound(found.actual):
            continue
        yield RULE.finding(
            form,
            row.actual,
            (row.target,),
            subject=row.subject,
            message=f"“{row.subject}”的实际完成值“{brief(row.actual.text)}”是条件，不是实际达到的数。",
            expected="实际达到的数",
            actual=row.actual.text,
            fix=f"在 {row.actual.address} 填实际达到的数。",
            severity=None if repeated else Severity.NOTE,
        )


def _plain(target: Value) -> bool:
    """Whether a target is a figure without a condition, which an actual value cannot repeat (24小时 -> 24小时内)."""
    return isinstance(target, Quantity) and target.operator in (Operator.NONE, Operator.EQUAL)


def _counted_roughly(text: str) -> bool:
    """Whether a figure is told as people speak, 50余人: more than a bound, if less than a figure."""
    return re.search(r"\d[十百千万亿]?[余多]", text) is not None


def _is_bound(actual: Value) -> bool:
    """Whether an actual value is nothing but a bound of its own (≥98%): more than the target, and no figure."""
    parts = actual.parts if isinstance(actual, Several) else (actual,)
    return all(
        isinstance(part, Quantity) and (part.operator.floor or part.operator.ceiling) and not part.note
        for part in parts
    )
