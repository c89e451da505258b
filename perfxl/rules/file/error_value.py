"""## 问题

工作表里有出错的公式：#REF!、#DIV/0!、#VALUE!、#NAME?、#N/A。

自评表的金额、执行率、分值、得分、指标值、完成值出错的见 PX102，这里说的是其他单元格：旁边的计算、备注、别的工作表。

## 依据

出错的单元格被别的公式引用时，结果也会出错；汇总和上报系统读不进去。

## 例子

错例 G2：旁边的核对公式 =E2-#REF! 引用的单元格被删掉了

| 一级指标 | 三级指标 | 指标值 | 实际完成值 | 分值 | 得分 | 核对 |
| 产出指标 | 接入部门数 | ≥20个 | 22个 | 60 | 60 | =E2-#REF! -> #REF! |
| 效益指标 | 数据共享率 | ≥80% | %85 | 40 | 40 | |

正例 G2==E2-F2 -> 0：改正公式

## 改法

改正公式里的引用；不用的公式删去。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perfxl.form.model import Entry, Form
from perfxl.rules.figures_of import figures
from perfxl.rules.finding import Finding, Place, Rule, Severity
from perfxl.workbook.grid import Workbook

RULE = Rule("PX901", "有出错的公式", Severity.WARNING, "电子表格的错误值；汇总时引用到它的结果都会出错")

_MOST_NAMED = 20


def check(workbook: Workbook, forms: Sequence[Form]) -> Iterator[Finding]:
    """Find error values outside the figures of forms: one finding a sheet, a note where the sheet has no form."""
    for sheet in workbook.sheets:
        judged = {entry.address for form in forms if form.sheet == sheet.name for entry, _ in figures(form)}
        faulty = [
            Entry(cell.value, cell)
            for _, cell in sorted(sheet.cells.items())
            if cell.error and cell.address not in judged
        ]
        if not faulty:
            continue
        has_form = any(form.sheet == sheet.name for form in forms)
        yield RULE.finding(
            Place(sheet.name),
            faulty[0],
            faulty[:_MOST_NAMED],
            subject=faulty[0].text,
            message=f"{len(faulty)} 个单元格的公式出错（{'、'.join(entry.address for entry in faulty[:5])}"
            f"{' 等' if len(faulty) > 5 else ''}）。",
            expected="没有错误值",
            actual=faulty[0].text,
            fix="改正公式里的引用；不用的公式删去。",
            severity=None if has_form and not sheet.hidden else Severity.NOTE,
        )
