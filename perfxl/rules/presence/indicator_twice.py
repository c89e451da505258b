"""## 问题

同一组里同名的三级指标填了两次。

指标值和完成值也都相同的，多半是复制后忘了改；指标值不同的，只作提示（名称应当能区分两行）。

## 依据

绩效指标应当清晰、可衡量，同类指标不重复计分（预算绩效目标管理的一般要求；财预〔2021〕101号）。

## 例子

错例 C3：与上一行名称、指标值、完成值都相同

| 一级指标 | 二级指标 | 三级指标 | 指标值 | 实际完成值 |
| 产出指标 | 数量指标 | 培训人数 | ≥300人 | 320人 |
| ^ | ^ | 培训人数 | ≥300人 | 320人 |
| 效益指标 | 社会效益指标 | 群众知晓率 | ≥90% | %95 |

正例 C3=培训期数；D3=≥3期；E3=3期：名称能区分两行

## 改法

删去重复的一行，把分值并入其他指标；确是两个指标的，把名称写清楚。
"""

from __future__ import annotations

from collections.abc import Iterator

from perfxl.form.labels import squeeze
from perfxl.form.model import Entry, Form, Indicator
from perfxl.rules.finding import Finding, Rule, Severity
from perfxl.rules.reading import counted, name_entry, named
from perfxl.settings.parameters import Settings

RULE = Rule("PX105", "同一个指标填了两次", Severity.WARNING, "财预〔2021〕101号：绩效指标的设置要求")


def check(form: Form, settings: Settings) -> Iterator[Finding]:
    """Find rows whose three levels another row above has already."""
    first: dict[tuple[str, ...], tuple[Indicator, Entry]] = {}
    for row in counted(form):
        name = name_entry(row)
        if name is None or not named(row):
            continue
        key = (
            *(squeeze(level.text) for level in (row.level1, row.level2) if level is not None),
            squeeze(name.text),
        )
        earlier = first.setdefault(key, (row, name))
        if earlier[0] is row or earlier[1].address == name.address or row.level3 is None:
            continue
        same = _values(row) == _values(earlier[0])
        yield RULE.finding(
            form,
            name,
            (earlier[1], earlier[0].target, row.target, row.actual),
            subject=row.subject,
            message=f"“{row.subject}”在第 {earlier[0].row} 行已经有了{'，指标值和完成值也相同' if same else ''}。",
            expected="一个指标只填一行",
            actual=f"第 {earlier[0].row} 行和第 {row.row} 行",
            fix=f"删去重复的一行；确是两个指标的，把 {name.address} 的名称写清楚。",
            severity=None if same else Severity.NOTE,
        )


def _values(row: Indicator) -> tuple[str, ...]:
    return tuple(
        squeeze(entry.text) if entry is not None else "" for entry in (row.target, row.actual, row.unit)
    )
