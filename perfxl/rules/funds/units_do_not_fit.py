"""## 问题

同一张表里的金额单位不一致：有的按元填，有的按万元填，正好差一万倍。

只在表内数字能证明时才报：总额与各项之和差一万倍；执行数是预算数的几千倍而换算后与印出的执行率相符；
年初预算数与全年预算数正好差一万倍；金额自带的单位（“1460000元”）与表头的单位（“万元”）不同；
指标里写明单位的项目总投资与资金表正好差一万倍。

## 依据

自评表表头印明的金额单位（“单位：万元”）。单位错一处，合计、执行率和汇总表都会错一万倍。

## 例子

错例 D2：执行数是按元填的，别的按万元

| 项目资金（万元） | 年初预算数 | 全年预算数 | 全年执行数 | 执行率 |
| 年度资金总额 | 150 | 146 | 1312400 | %89.89 |
| 一级指标 | 二级指标 | 三级指标 | 指标值 | 实际完成值 |
| 产出指标 | 数量指标 | 接入部门数 | ≥20个 | 22个 |

正例 D2=131.24：换算成表头的单位

## 改法

把这一格换算成表头的单位。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfxl.form.figures import figure, plain
from perfxl.form.labels import squeeze
from perfxl.form.model import Entry, Form
from perfxl.rules.amounts import (
    AMOUNT_COLUMNS,
    TEN_THOUSAND,
    amount,
    slips,
    unit_factor,
)
from perfxl.rules.finding import Finding, Rule, Severity
from perfxl.rules.reading import name_entry
from perfxl.settings.parameters import Settings

RULE = Rule("PX204", "金额的单位不一致（元与万元）", Severity.ERROR, "自评表表头的金额单位")

_WHOLE_COST = re.compile(r".*(?:总投资|总成本|资金总额|总金额|投资总额|总经费|预算总额|预算金额)(?:\(.*\))?")


def check(form: Form, settings: Settings) -> Iterator[Finding]:
    """Find amounts off by 10,000 against their neighbours, their own unit, or an indicator that states the cost."""
    unit = form.money_unit or ""
    for slip in slips(form):
        yield RULE.finding(
            form,
            slip.entry,
            slip.proof,
            subject=slip.subject,
            message=f"{slip.subject}的 {plain(slip.written)} 与表内其他金额差一万倍，"
            f"换算后应为 {plain(slip.meant)}{unit}。",
            expected=plain(slip.meant),
            actual=plain(slip.written),
            fix=f"把 {slip.entry.address} 换算成与表内其他金额相同的单位。",
        )
    yield from _own_units(form)
    yield from _stated_costs(form)


def _own_units(form: Form) -> Iterator[Finding]:
    """Amounts whose own unit is not the form's."""
    printed = unit_factor(form.money_unit)
    for row in form.funds:
        for role in AMOUNT_COLUMNS:
            entry: Entry | None = getattr(row, role)
            found, converted = figure(entry), amount(form, entry)
            own = unit_factor(found.unit) if found is not None else None
            if (
                entry is None
                or found is None
                or converted is None
                or own is None
                or own == printed
                or printed is None
            ):
                continue
            yield RULE.finding(
                form,
                entry,
                subject=row.subject,
                message=f"表头的单位是{form.money_unit}，{row.subject}的这一格写的是“{entry.text}”。",
                expected=f"{plain(converted.value)}",
                actual=entry.text,
                fix=f"把 {entry.address} 换算成{form.money_unit}，只填数字。",
                severity=Severity.WARNING,
            )


def _stated_costs(form: Form) -> Iterator[Finding]:
    """Indicators that state the whole project's cost with its unit, against the fund table."""
    printed, row = unit_factor(form.money_unit), form.total_fund
    if printed is None or row is None:
        return
    for indicator in form.indicators:
        name = name_entry(indicator)
        stated = figure(indicator.target)
        own = unit_factor(stated.unit) if stated is not None else None
        if name is None or indicator.target is None or stated is None or own is None or stated.value <= 0:
            continue
        if not _WHOLE_COST.fullmatch(squeeze(name.text)):
            continue
        cost = stated.value * own / printed
        for entry in (row.budget, row.initial):
            found = amount(form, entry)
            if (
                entry is None
                or found is None
                or found.value not in (cost * TEN_THOUSAND, cost / TEN_THOUSAND)
            ):
                continue
            yield RULE.finding(
                form,
                entry,
                (indicator.target,),
                subject=row.subject,
                message=f"{row.subject}是 {plain(found.value)}{form.money_unit}，"
                f"“{indicator.subject}”写的是 {indicator.target.text}，差一万倍。",
                expected=plain(cost),
                actual=plain(found.value),
                fix=f"核对 {entry.address} 的单位是元还是万元。",
                severity=Severity.WARNING,
            )
            break
