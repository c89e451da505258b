"""## 问题

几个指标合用一个得分：得分一格合并了几行，看不出每个指标各得多少分。

## 依据

自评表逐个三级指标填写分值和得分，没有完成的指标逐个说明扣分原因（国家通用格式自评表；财预〔2020〕10号）。

## 例子

错例 E2：两个指标合用一个得分

| 三级指标 | 指标值 | 实际完成值 | 分值 | 得分 |
| 培训期数 | ≥3期 | 3期 | 10 | 20 |
| 培训人数 | ≥300人 | 320人 | 10 | ^ |
| 学员满意度 | ≥90% | %96 | 80 | 80 |

正例 E2=10；E3=10：每行填自己的得分

## 改法

拆开合并的单元格，每行填自己的得分。
"""

from __future__ import annotations

from collections.abc import Iterator

from perfxl.form.model import Form, Indicator
from perfxl.rules.finding import Finding, Rule, Severity
from perfxl.rules.marks import points
from perfxl.rules.reading import counted, name_entry, named
from perfxl.settings.parameters import Settings

RULE = Rule(
    "PX315", "几个指标合用一个得分", Severity.NOTE, "国家通用格式项目支出绩效自评表：逐个指标填写得分"
)


def check(form: Form, settings: Settings) -> Iterator[Finding]:
    """Find score cells merged over rows of several named indicators."""
    shared: dict[tuple[int, int], list[Indicator]] = {}
    for row in counted(form):
        if row.score is not None:
            shared.setdefault((row.score.cell.row, row.score.cell.column), []).append(row)
    for together in shared.values():
        rows = [row for row in together if named(row)] if len(together) > 1 else []
        if not rows or points(rows[0].score) is None:
            continue
        names = {name.address for row in rows if (name := name_entry(row)) is not None}
        entry = rows[0].score
        if len(names) < 2 or entry is None:
            continue
        yield RULE.finding(
            form,
            entry,
            [name_entry(row) for row in rows],
            subject=rows[0].subject,
            message=f"第 {rows[0].row}—{rows[-1].row} 行 {len(names)} 个指标合用一个得分 {entry.text}。",
            expected="每个指标各有得分",
            actual=entry.text,
            fix=f"拆开 {entry.address} 的合并单元格，每行填自己的得分。",
        )
