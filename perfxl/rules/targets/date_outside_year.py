"""## 问题

日期不在评价年度之内：指标值的期限是上一年或更早，或者实际完成的日期早于评价年度；总体目标只写了以前的年份。
多半是沿用上年的表而没有改日期。

期限在以后年度的是跨年项目，不报。

## 依据

自评表标题印明的评价年度：自评的是这一年的目标和完成情况。

## 例子

错例 C3：2022 年度的表，期限却是 2021 年

| 2022年度项目支出绩效自评表 | < | < | < |
| 二级指标 | 三级指标 | 指标值 | 实际完成值 |
| 时效指标 | 完成时间 | 2021年12月底前 | 2022年11月 |
| 数量指标 | 培训人数 | ≥300人 | 320人 |

正例 C3=2022年12月底前：改正年份

## 改法

核对年份；确是上年结转的任务，在原因或说明里写清楚。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from perfxl.form.labels import squeeze
from perfxl.form.model import Entry, Form
from perfxl.form.values import Date, Period, Value
from perfxl.rules.finding import Finding, Rule, Severity
from perfxl.rules.reading import brief, counted
from perfxl.rules.results import result
from perfxl.settings.parameters import Settings

RULE = Rule("PX412", "日期不在评价年度之内", Severity.WARNING, "自评表标题印明的评价年度")


def check(form: Form, settings: Settings) -> Iterator[Finding]:
    """Find dates of targets and actual values before the form's year, and a goal that names earlier years only."""
    if form.year is None:
        return
    for row in counted(form):
        found = result(form, row)
        if found is None:
            continue
        for entry, value in ((found.target_entry, found.target), (found.actual_entry, found.actual)):
            year = _last_year(value)
            if year is not None and year < form.year:
                yield _finding(form, entry, row.subject, year, form.year)
    goal = form.goals.target
    if goal is not None:
        text = squeeze(goal.text)
        named = {int(year) for year in _years().findall(text)}
        own = [int(year) for pair in _own_years().findall(text) for year in pair if year]
        if own and max(named) < form.year:
            yield _finding(form, goal, "年度总体目标", max(own), form.year, Severity.NOTE)


def _last_year(value: Value) -> int | None:
    """The year a date names, the last one of a period; None where it names none."""
    if isinstance(value, Period):
        return value.end.year or value.start.year
    return value.year if isinstance(value, Date) else None


def _finding(
    form: Form, entry: Entry, subject: str, year: int, own: int, severity: Severity | None = None
) -> Finding:
    return RULE.finding(
        form,
        entry,
        (form.title,),
        subject=subject,
        message=f"这张表是 {own} 年度的，“{subject}”写的是 {year} 年（{brief(entry.text)}）。",
        expected=f"{own} 年",
        actual=f"{year} 年",
        fix=f"核对 {entry.address} 的年份。",
        severity=severity,
    )


@cache
def _own_years() -> re.Pattern[str]:
    """Years that a goal sets itself: at its beginning, behind 完成, or as 2021年度; 巩固2020年脱贫成果 is none."""
    return re.compile(r"(?:^|完成|目标[:：]?)(20\d\d)年|(20\d\d)年度")


@cache
def _years() -> re.Pattern[str]:
    return re.compile(r"(?<!\d)(20\d\d)年")
