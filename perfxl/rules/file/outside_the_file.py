"""## 问题

文件连着别的工作簿，或者带有宏：公式引用了别的文件（“[预算.xlsx]表1!A1”），别人打开时取不到数，看到的可能是旧数；
带宏的文件（.xlsm）在很多单位会被拦截。

引用别的文件的作警告，带宏的只作提示。

## 依据

报送的文件应当自成一体；链接指向的文件不随表报送，数就无法核对。

## 例子

错例 C2：执行数的公式 =[决算.xlsx]支出!B8 取自另一个文件

| 项目资金（万元） | 全年预算数 | 全年执行数 | 执行率 |
| 年度资金总额 | 146 | =[决算.xlsx]支出!B8 -> 131.24 | %89.89 |
| 一级指标 | 三级指标 | 指标值 | 实际完成值 |
| 产出指标 | 接入部门数 | ≥20个 | 22个 |

正例 C2=131.24：改成数值

## 改法

“数据—编辑链接—断开链接”，或者复制后“选择性粘贴—数值”；宏用不着的，另存为 .xlsx。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from perfxl.form.model import Entry, Form
from perfxl.rules.finding import Finding, Place, Rule, Severity
from perfxl.workbook.grid import Cell, Workbook

RULE = Rule("PX905", "文件连着别的文件或带有宏", Severity.WARNING, "报送的文件应当自成一体")

_MOST_NAMED = 20


def check(workbook: Workbook, forms: Sequence[Form]) -> Iterator[Finding]:
    """Find formulas that read other workbooks, one finding a sheet; and program code in the file."""
    for sheet in workbook.sheets:
        linked = [
            Entry(cell.value, cell)
            for _, cell in sorted(sheet.cells.items())
            if cell.formula is not None and "[" in cell.formula and _elsewhere().search(cell.formula)
        ]
        if linked:
            places = "、".join(entry.address for entry in linked[:5]) + (" 等" if len(linked) > 5 else "")
            yield RULE.finding(
                Place(sheet.name),
                linked[0],
                linked[:_MOST_NAMED],
                subject=places,
                message=f"{len(linked)} 个公式引用了别的文件（{places}）。",
                expected="表内的数或公式",
                actual=f"={linked[0].cell.formula}",
                fix="断开链接，或者粘贴成数值。",
            )
    if workbook.macros:
        yield RULE.finding(
            Place(workbook.sheets[0].name),
            Entry(None, Cell(1, 1)),
            subject=workbook.name,
            message="文件带有宏，报送时可能被拦截。",
            expected="不带宏",
            actual="带有宏",
            fix="宏用不着的，另存为 .xlsx。",
            severity=Severity.NOTE,
        )


@cache
def _elsewhere() -> re.Pattern[str]:
    # [1]表1!A1, '[决算.xlsx]表 1'!A1; a table's column (表1[金额]) has no "!" behind its bracket.
    return re.compile(r"\[[^\[\]]+\][^!\[\](),+*/<>=&;]*!")
