"""## 问题

资金只花了一小部分，产出指标却全部按数完成：钱没有花，事却都办了，要说明原因。

执行率低于 60%、产出指标中能判断的至少两项而且全部完成时提示。

## 依据

绩效自评要把资金执行与目标完成对照起来分析（财预〔2020〕10号）；60% 是有的地方总分降档的执行率线，见 execution.toml。

## 例子

错例 C2：只花了 20%，两项产出却都按数完成

| 项目资金（万元） | 全年预算数 | 全年执行数 | 执行率 |
| 年度资金总额 | 50 | 10 | %20 |
| 一级指标 | 三级指标 | 指标值 | 实际完成值 |
| 产出指标 | 公猪舍面积 | ≥22平方米 | 22平方米 |
| 产出指标 | 仓库面积 | ≥60平方米 | 60平方米 |

正例 C2=48；D2=%96：执行与完成相称

## 改法

核对执行数和完成值；确实已经完成、款项尚未支付的，在原因或说明里写清楚。
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from perfxl.form.execution import is_execution_rate
from perfxl.form.labels import squeeze
from perfxl.form.model import Form
from perfxl.form.values import Date, Quantity, Range, Several
from perfxl.rules.amounts import base, slipped, spent_share
from perfxl.rules.finding import Finding, Rule, Severity
from perfxl.rules.reading import counted, percent_text
from perfxl.rules.results import result
from perfxl.settings.parameters import Settings

RULE = Rule(
    "PX207",
    "资金只花了一小部分，产出却全部完成",
    Severity.NOTE,
    "财预〔2020〕10号：资金执行与目标完成对照分析",
)

_LEAST_ROWS = 2


def check(form: Form, settings: Settings) -> Iterator[Finding]:
    """Find a form whose money was mostly not spent and whose measured outputs all are met."""
    row = form.total_fund
    share = spent_share(form, row) if row is not None else None
    if row is None or row.executed is None or share is None or row.executed.address in slipped(form):
        return
    if share >= _line():
        return
    results = [
        found
        for indicator in counted(form)
        if indicator.level1 is not None
        and "产出" in squeeze(indicator.level1.text)
        and not is_execution_rate(indicator)
        and (found := result(form, indicator)) is not None
        and isinstance(found.target, Quantity | Range | Several | Date)
    ]
    done = [found for found in results if found.met is True]
    if len(done) < _LEAST_ROWS or any(found.met is False for found in results):
        return
    budget = base(form, row)
    yield RULE.finding(
        form,
        row.executed,
        [budget.entry if budget is not None else None, row.rate, *(found.actual_entry for found in done)],
        subject=row.subject,
        message=f"资金只执行了 {percent_text(share)}，{len(done)} 项产出指标却全部完成。",
        expected="资金执行与产出完成相称，或说明原因",
        actual=percent_text(share),
        fix="核对执行数和完成值；已完成而款项未付的，在说明里写清楚。",
    )


@lru_cache(maxsize=1)
def _line() -> Decimal:
    table = tomllib.loads(Path(__file__).with_name("execution.toml").read_text(encoding="utf-8"))
    return Decimal(table["far_behind"]["value"])
