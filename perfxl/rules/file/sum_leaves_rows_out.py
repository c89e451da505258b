"""## 问题

合计的公式漏了行：总分（或分值合计）的求和公式没有把所有指标行都包括进去。

多半是中间插入了行，公式的范围没有跟着变。漏掉的行没有数的不算。

## 依据

总分由各项指标得分汇总形成（财预〔2020〕10号）。

## 例子

错例 F5：公式 =SUM(F2:F3) 只加到第 3 行，漏了第 4 行

| 一级指标 | 三级指标 | 指标值 | 实际完成值 | 分值 | 得分 |
| 产出指标 | 接入部门数 | ≥20个 | 22个 | 60 | 60 |
| 效益指标 | 数据共享率 | ≥80% | %85 | 30 | 30 |
| 满意度指标 | 使用部门满意度 | ≥90% | %96 | 10 | 0 |
| 总分 | < | < | < | 100 | =SUM(F2:F3) -> 90 |

正例 F5==SUM(F2:F4) -> 90：把范围改到最后一行

## 改法

把求和公式的范围改到最后一个指标行。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from perfxl.form.labels import squeeze
from perfxl.form.model import Entry, Form
from perfxl.rules.finding import Finding, Rule, Severity
from perfxl.rules.marks import marks_of
from perfxl.rules.reading import counted
from perfxl.workbook.grid import Workbook, position

RULE = Rule("PX907", "合计的公式漏了行", Severity.WARNING, "财预〔2020〕10号：总分由各项指标得分汇总形成")

_LEAST_ADDED = 2


def check(workbook: Workbook, forms: Sequence[Form]) -> Iterator[Finding]:
    """Find sums in the total row whose ranges leave out rows of the indicator table that hold a figure."""
    for form in forms:
        if form.total is None:
            continue
        for role in ("weight", "score", "weighted_score"):
            entry: Entry | None = getattr(form.total, role)
            if entry is None or entry.cell.formula is None or "SUM(" not in entry.cell.formula.upper():
                continue
            added, left_out = _rows(form, entry, role)
            if len(added) < _LEAST_ADDED or not left_out or len(left_out) > len(added):
                continue
            name = squeeze(form.total.label.text)
            places = "、".join(other.address for other in left_out)
            yield RULE.finding(
                form,
                entry,
                left_out,
                subject=name,
                message=f"{name}的公式 ={entry.cell.formula} 没有包括 {places}。",
                expected="包括所有指标行",
                actual=f"={entry.cell.formula}",
                fix=f"把 {entry.address} 求和的范围改到最后一个指标行。",
            )


def _rows(form: Form, entry: Entry, role: str) -> tuple[list[Entry], list[Entry]]:
    """The entries of a column that a sum adds up, and those that it leaves out; none where it cannot be told."""
    from perfxl.workbook.formulas import references  # its grammar is compiled only where a total is a sum

    used = references(entry.cell.formula or "")
    if used.open_ended or any(sheet not in (None, form.sheet) for sheet, _ in used.areas):
        return [], []
    added: list[Entry] = []
    left_out: list[Entry] = []
    for other in marks_of(form, counted(form), role).entries:
        inside = any(area.covers(position(other.address)) for _, area in used.areas)
        (added if inside else left_out).append(other)
    return added, left_out
