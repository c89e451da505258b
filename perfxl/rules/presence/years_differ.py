"""## 问题

同一张表里的年度不一致：标题写 2022 年度，标题下面一行、“年度”栏或“自评得分（2021年）”一类的列名写的却是另一年；
或者标题里同一个年份写了两遍（“2021年2021年度”）。

## 依据

自评表标题印明的评价年度。沿用上年的表而没有改全，汇总时会归错年度。

## 例子

错例 D2：标题是 2022 年度，列名写的是 2021 年

| 2022年度项目支出绩效自评表 | < | < | < |
| 一级指标 | 三级指标 | 指标值 | 自评得分（2021年） |
| 产出指标 | 培训人数 | ≥300人 | 60 |
| 效益指标 | 群众知晓率 | ≥90% | 40 |

正例 D2=自评得分（2022年）：改成同一年

## 改法

核对是哪一年的表，把写错的一处改过来。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from perfxl.form import labels
from perfxl.form.labels import squeeze
from perfxl.form.model import Entry, Form
from perfxl.rules.finding import Finding, Rule, Severity
from perfxl.rules.reading import head
from perfxl.settings.parameters import Settings

RULE = Rule("PX106", "表内的年度不一致", Severity.WARNING, "自评表标题印明的评价年度")

_LABELLED = ("target", "actual", "score")


def check(form: Form, settings: Settings) -> Iterator[Finding]:
    """Hold the years that fields and column labels name against the form's, and the title's against itself."""
    if form.year is None:
        return
    for entry, subject in _dated(form):
        years = _years(entry.text)
        if len(years) != 1 or form.year in years:
            continue
        (year,) = years
        yield RULE.finding(
            form,
            entry,
            (form.title,),
            subject=subject,
            message=f"这张表是 {form.year} 年度的，“{subject}”写的是 {year} 年。",
            expected=str(form.year),
            actual=str(year),
            fix=f"核对评价年度，改正 {entry.address} 或标题。",
        )
    title = form.title
    if title is not None and _doubled().search(squeeze(title.text)):
        yield RULE.finding(
            form,
            title,
            subject="标题",
            message="标题里的年份写了两遍。",
            expected=f"{form.year}年度",
            actual=title.text,
            fix=f"删去 {title.address} 里多写的年份。",
            severity=Severity.NOTE,
        )


def _dated(form: Form) -> Iterator[tuple[Entry, str]]:
    """What names the form's own year: the line under the title, the field 年度, and the labels of the value columns."""
    if form.year_line is not None:
        yield form.year_line, "标题下面一行"
    for label, entry in form.header.items():
        if labels.role("header", label) == "year":
            yield entry, label
    for role in _LABELLED:
        column = form.indicator_columns.get(role)
        if column is not None:
            yield head(column), column.label


def _years(text: str) -> set[int]:
    return {int(year) for year in _year().findall(squeeze(text))}


@cache
def _year() -> re.Pattern[str]:
    return re.compile(r"(?<!\d)(20\d\d)(?!\d)")


@cache
def _doubled() -> re.Pattern[str]:
    return re.compile(r"(20\d\d)年度?\1年")
