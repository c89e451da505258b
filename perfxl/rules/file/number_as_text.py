"""## 问题

数字存成了文本：看起来是数，求和公式却不会把它算进去。

一张表只报一次。有求和公式引用到这些单元格的，作警告；没有的，只作提示。

## 依据

电子表格的 SUM 忽略文本；汇总表引用这些单元格，合计会少。

## 例子

错例 F3：35 是文本，合计只加出 60

| 一级指标 | 三级指标 | 指标值 | 实际完成值 | 分值 | 得分 |
| 产出指标 | 接入部门数 | ≥20个 | 22个 | 60 | 60 |
| 效益指标 | 数据共享水平 | 明显提升 | 接口调用量增长两成 | 40 | "35" |

正例 F3=35：转换为数字

## 改法

选中这些单元格，点左上角的绿色三角选“转换为数字”；或者重新键入。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from perfxl.form.labels import squeeze
from perfxl.form.model import Entry, Form
from perfxl.rules.figures_of import computed
from perfxl.rules.finding import Finding, Rule, Severity
from perfxl.workbook.grid import Area, Workbook, position

RULE = Rule("PX903", "数字存成了文本", Severity.WARNING, "电子表格的求和忽略文本")

_MOST_NAMED = 40


def check(workbook: Workbook, forms: Sequence[Form]) -> Iterator[Finding]:
    """Find figures of forms that are stored as text: one finding a form."""
    for form in forms:
        texts = {
            entry.address: (entry, subject)
            for entry, subject in computed(form)
            if entry.cell.formula is None and _is_text(entry)
        }
        if not texts:
            continue
        summed = _summed(workbook, form.sheet)
        left_out = [
            found
            for address, found in texts.items()
            if any(area.covers(position(address)) for area in summed)
        ]
        entry, subject = (left_out or list(texts.values()))[0]
        yield RULE.finding(
            form,
            entry,
            [other for other, _ in (left_out or list(texts.values()))[:_MOST_NAMED]],
            subject=subject,
            message=f"{len(left_out)} 个数存成了文本，求和公式没有算进去。"
            if left_out
            else f"{len(texts)} 个数存成了文本，以后求和不会算进去。",
            expected="数字",
            actual=f"文本“{entry.text}”",
            fix="选中这些单元格，选“转换为数字”。",
            severity=None if left_out else Severity.NOTE,
        )


def _is_text(entry: Entry) -> bool:
    """Whether the whole cell is a bare number typed as text; "10分" and "98%" are texts by intent."""
    return (
        isinstance(entry.value, str)
        and entry.value == entry.cell.value
        and _number().fullmatch(squeeze(entry.text)) is not None
    )


def _summed(workbook: Workbook, sheet_name: str) -> list[Area]:
    """The ranges of a sheet that its own sums add up."""
    from perfxl.workbook.formulas import (
        references,
    )  # its grammar is compiled only where there are texts to look for

    return [
        area
        for cell in workbook.sheet(sheet_name).cells.values()
        if cell.formula is not None and "SUM(" in cell.formula.upper()
        for sheet, area in references(cell.formula).areas
        if sheet in (None, sheet_name)
    ]


@cache
def _number() -> re.Pattern[str]:
    return re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
