"""## 问题

隐藏的行、列或工作表里有自评表的数：看的人看不见，合计却算了进去，或者以为没有填。

## 依据

公开和报送的表应当完整可见；隐藏的行里留着上年或别的项目的数，是合计对不上的常见原因。

## 例子

错例 F3：第 3 行隐藏着，合计里却有它的 35 分

| 一级指标 | 三级指标 | 指标值 | 实际完成值 | 分值 | 得分 |
| 产出指标 | 接入部门数 | ≥20个 | 22个 | 60 | 60 |
| 效益指标 | 数据共享水平 | 明显提升 | 接口调用量增长两成 | 40 | 35 | ~ |
| 总分 | < | < | < | 100 | 95 |

正例：没有隐藏的行

| 一级指标 | 三级指标 | 指标值 | 实际完成值 | 分值 | 得分 |
| 产出指标 | 接入部门数 | ≥20个 | 22个 | 60 | 60 |
| 效益指标 | 数据共享水平 | 明显提升 | 接口调用量增长两成 | 40 | 35 |
| 总分 | < | < | < | 100 | 95 |

## 改法

取消隐藏，核对这些数；不用的行删去，并核对合计。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from perfxl.form.model import Entry, Form
from perfxl.rules.figures_of import computed
from perfxl.rules.finding import Finding, Rule, Severity
from perfxl.workbook.grid import Sheet, Workbook

RULE = Rule("PX904", "隐藏的行列里有表内的数", Severity.WARNING, "公开和报送的表应当完整可见")

_MOST_NAMED = 20


def check(workbook: Workbook, forms: Sequence[Form]) -> Iterator[Finding]:
    """Find figures of a form in hidden rows or columns, and forms on hidden sheets (a note)."""
    for form in forms:
        sheet = workbook.sheet(form.sheet)
        if sheet.hidden:
            at = form.title or next(iter(form.entries()), None)
            if at is not None:
                yield _finding(form, at, [at], at.text, f"工作表“{form.sheet}”是隐藏的。", Severity.NOTE)
            continue
        hidden = {
            entry.address: (entry, subject)
            for entry, subject in computed(form)
            if isinstance(entry.value, Decimal) and _is_hidden(sheet, entry)
        }
        if not hidden:
            continue
        entry, subject = _last(hidden)
        places = "、".join(list(hidden)[:5]) + (" 等" if len(hidden) > 5 else "")
        message = f"隐藏的行或列里有 {len(hidden)} 个数（{places}）。"
        yield _finding(
            form, entry, [other for other, _ in hidden.values()][:_MOST_NAMED], subject, message, None
        )


def _last(hidden: dict[str, tuple[Entry, str]]) -> tuple[Entry, str]:
    """The hidden figure to look at first: the last of the first row, which is its score where it has one."""
    row = next(iter(hidden.values()))[0].cell.row
    return [found for found in hidden.values() if found[0].cell.row == row][-1]


def _is_hidden(sheet: Sheet, entry: Entry) -> bool:
    """Whether no row or no column of the entry's cell, or of its merged range, can be seen."""
    area = sheet.area(entry.cell.row, entry.cell.column)
    return all(row in sheet.hidden_rows for row in range(area.top, area.bottom + 1)) or all(
        column in sheet.hidden_columns for column in range(area.left, area.right + 1)
    )


def _finding(
    form: Form, at: Entry, cells: list[Entry], subject: str, message: str, severity: Severity | None
) -> Finding:
    return RULE.finding(
        form,
        at,
        cells,
        subject=subject,
        message=message,
        expected="没有隐藏的数",
        actual=at.text,
        fix="取消隐藏，核对这些数；不用的删去，并核对合计。",
        severity=severity,
    )
