"""## 问题

表像是沿用以前的：填报日期早于评价年度，或者文件名、工作表名里的年份比标题的年度早。

## 依据

自评在评价年度结束后进行；沿用上年的表格式和数据而没有改全，是退回的常见原因。

## 例子

错例 B2：2022 年度的表，填报日期却在 2021 年

| 2022年度项目支出绩效自评表 | < | < | < |
| 填报日期 | 2021年3月10日 | 项目名称 | 政务数据平台建设 |
| 一级指标 | 三级指标 | 指标值 | 实际完成值 |
| 产出指标 | 接入部门数 | ≥20个 | 22个 |

正例 B2=2023年3月10日：评价年度结束以后填报

## 改法

核对标题的年度和填报日期；用的是上年的表的，换成当年的表重新填。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from perfxl.form import labels
from perfxl.form.labels import squeeze
from perfxl.form.model import Form
from perfxl.rules.finding import Finding, Rule, Severity
from perfxl.workbook.grid import Workbook

RULE = Rule("PX906", "表像是沿用以前年度的", Severity.WARNING, "自评在评价年度结束后进行")


def check(workbook: Workbook, forms: Sequence[Form]) -> Iterator[Finding]:
    """Find dates of filling before the form's year, and names of file or sheet of an earlier year (a note)."""
    for form in forms:
        if form.year is None:
            continue
        for label, entry in {**form.header, **form.footer}.items():
            years = _years(entry.text)
            if labels.role("header", label) != "date" or len(years) != 1 or years[0] >= form.year:
                continue
            yield RULE.finding(
                form,
                entry,
                (form.title,),
                subject=squeeze(label),
                message=f"这张表是 {form.year} 年度的，{squeeze(label)}却是“{entry.text}”。",
                expected=f"{form.year + 1} 年",
                actual=entry.text,
                fix=f"核对标题的年度和 {entry.address} 的日期。",
            )
        yield from _names(workbook, form)


def _names(workbook: Workbook, form: Form) -> Iterator[Finding]:
    for name, what in ((form.sheet, "工作表名"), (workbook.name, "文件名")):
        years = _years(name)
        if form.title is None or form.year is None or len(years) != 1 or years[0] >= form.year:
            continue
        yield RULE.finding(
            form,
            form.title,
            subject=what,
            message=f"{what}“{name}”写的是 {years[0]} 年，表的标题是 {form.year} 年度。",
            expected=str(form.year),
            actual=str(years[0]),
            fix="核对是哪一年的表。",
            severity=Severity.NOTE,
        )


def _years(text: str) -> list[int]:
    return sorted({int(year) for year in _year().findall(squeeze(text))})


@cache
def _year() -> re.Pattern[str]:
    return re.compile(r"(?<!\d)(20[12]\d)(?!\d)")
