"""## 问题

数量指标的指标值没有数，没法衡量：“按计划完成”“完成”“若干”。

只看“数量指标”“产出数量”组；名称里有数、指标性质写“定性”的不算。

## 依据

绩效指标以定量为主，数量指标反映计划完成的产品或服务数量，应有明确的数值和单位（财预〔2021〕101号附件 1）。

## 例子

错例 C2：数量指标没有数

| 二级指标 | 三级指标 | 指标值 | 实际完成值 |
| 数量指标 | 开展宣传活动 | 按计划完成 | 4场次 |
| 质量指标 | 活动质量 | 良好 | 良好 |

正例 C2=≥4场次：填要达到的数和单位

## 改法

指标值填要达到的数和单位，例如“≥4场次”；确实没有数量的，移到质量或时效指标下。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from perfxl.form.labels import squeeze
from perfxl.form.model import Form
from perfxl.form.values import Attainment, Degree, Text, YesNo, parse
from perfxl.rules.finding import Finding, Rule, Severity
from perfxl.rules.reading import brief, counted, empty, name_entry
from perfxl.settings.parameters import Settings

RULE = Rule(
    "PX413", "数量指标没有可以衡量的数", Severity.NOTE, "财预〔2021〕101号附件 1：数量指标的设置和取值"
)

_GROUPS = ("数量指标", "产出数量", "数量")


def check(form: Form, settings: Settings) -> Iterator[Finding]:
    """Find targets of quantity indicators that hold no figure."""
    for row in counted(form):
        name = name_entry(row)
        if row.target is None or empty(row.target) or row.level2 is None or name is None:
            continue
        if _bare(row.level2.text) not in _GROUPS or (
            row.operator is not None and "定性" in row.operator.text
        ):
            continue
        if not isinstance(row.target.value, str) or _figure().search(squeeze(row.target.text + name.text)):
            continue
        if not isinstance(parse(row.target.value), Text | Degree | Attainment | YesNo):
            continue
        yield RULE.finding(
            form,
            row.target,
            (name,),
            subject=row.subject,
            message=f"数量指标“{row.subject}”的指标值“{brief(row.target.text)}”没有数，没法衡量。",
            expected="要达到的数和单位",
            actual=row.target.text,
            fix=f"在 {row.target.address} 填要达到的数和单位。",
        )


def _bare(text: str) -> str:
    return re.sub(r"\(.*?\)", "", squeeze(text))


@cache
def _figure() -> re.Pattern[str]:
    return re.compile(
        r"\d|[一二三四五六七八九十百千万两][个次项家人户件套场份台座处名篇批期本条]|全部|全覆盖|应.尽"
    )
