"""## 问题

公式存着的结果过时了：按公式重新计算，得出的不是单元格里显示的数。

多半是关闭了自动重算、或者用别的程序改过数据而没有重算。只看自评表里的金额、执行率、分值、得分，看不懂的公式不作判断。

## 依据

公式与它引用的单元格。别人打开后重算，表上的数就会变，与已经上报的不一致。

## 例子

错例 B2：公式 =100+50 应得 150，存着的结果是 140

| 项目资金（万元） | 年初预算数 | 全年预算数 | 全年执行数 |
| 年度资金总额 | =100+50 -> 140 | 146 | 131.24 |
| 一级指标 | 三级指标 | 指标值 | 实际完成值 |
| 产出指标 | 接入部门数 | ≥20个 | 22个 |

正例 B2==100+50 -> 150：重算后保存

## 改法

用 Excel 或 WPS 打开，按 F9（或“公式—重算”）后保存，再检查一遍。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from perfxl.form.figures import plain
from perfxl.form.model import Form
from perfxl.rounding import round_half_up
from perfxl.rules.figures_of import computed
from perfxl.rules.finding import Finding, Rule, Severity
from perfxl.workbook.grid import Workbook

RULE = Rule("PX902", "公式的结果过时了", Severity.WARNING, "公式按它引用的单元格重新计算")

_NOISE = Decimal("1e-6")
"""By how much a computed double may differ without being another figure: money and scores have far fewer decimals."""


def check(workbook: Workbook, forms: Sequence[Form]) -> Iterator[Finding]:
    """Work the formulas of the forms' figures out anew and compare them with their saved results."""
    for form in forms:
        formulas = {
            entry.address: (entry, subject)
            for entry, subject in computed(form)
            if entry.cell.formula is not None and isinstance(entry.value, Decimal)
        }
        if not formulas:
            continue
        from perfxl.scoring.cells import (
            Cells,
        )  # its grammar of formulas is slow to load, and few forms have any

        cells = Cells(workbook.sheet(form.sheet))
        for entry, subject in formulas.values():
            result = cells.at(entry.address).content
            saved = entry.value
            if not isinstance(result, Decimal) or not isinstance(saved, Decimal):
                continue
            if abs(result - saved) <= _NOISE * max(Decimal(1), abs(result)):
                continue
            shown = plain(round_half_up(result, 6))
            yield RULE.finding(
                form,
                entry,
                subject=subject,
                message=f"公式 ={entry.cell.formula} 重新计算是 {shown}，单元格里存着的是 {plain(saved)}。",
                expected=shown,
                actual=plain(saved),
                fix="用 Excel 或 WPS 打开，按 F9 重算后保存，再检查一遍。",
            )
