"""## 问题

表下的注写明了一级指标的分值（“产出指标50分、效益指标30分、满意度指标10分、预算资金执行率10分”），
表里各组的分值却不是这样。

注里写“原则上”“可适当调整”的，不作判断。

## 依据

本表自己的注。各地印在表下的分值出自 财预〔2020〕10号：原则上执行率 10、产出 50、效益 30、满意度 10。

## 例子

错例 A2、A3：注里产出 50 分、效益 30 分，表里是 60 和 20

| 一级指标 | 三级指标 | 指标值 | 实际完成值 | 分值 | 得分 |
| 产出指标 | 接入部门数 | ≥20个 | 22个 | 60 | 60 |
| 效益指标 | 数据共享率 | ≥80% | %85 | 20 | 20 |
| 满意度指标 | 使用部门满意度 | ≥90% | %96 | 10 | 10 |
| 总分 | < | < | < | 90 | 90 |
| 注：产出指标50分、效益指标30分、满意度指标10分、预算资金执行率10分。 | < | < | < | < | < |

正例 E2=50；F2=50；E3=30；F3=30：按注调整分值

## 改法

按注调整各组分值；确需不同的，先与财政部门商定，再改注。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perfxl.form.figures import plain
from perfxl.form.labels import core, squeeze
from perfxl.form.model import Entry, Form, Indicator
from perfxl.rules.finding import Finding, Rule, Severity
from perfxl.rules.marks import marks_of
from perfxl.rules.reading import counted, unfilled
from perfxl.settings.parameters import Settings

RULE = Rule(
    "PX311",
    "一组指标的分值与表下的注不一致",
    Severity.WARNING,
    "本表的注；财预〔2020〕10号：执行率 10、产出 50、效益 30、满意度 10（原则上）",
)

_STATED = re.compile(
    r"(产出|效益|满意度|成本|过程|决策|管理)指标\(?(?:权重|分值)?(?:为|占|:)?(\d+(?:\.\d+)?)(?:分|%)"
)
_LEAST_STATED = 2
_LEEWAY = ("原则上", "适当调整", "自行", "参考", "可根据")


def check(form: Form, settings: Settings) -> Iterator[Finding]:
    """Compare the weights of first-level groups with the points a note below the table prescribes for them."""
    if unfilled(form):
        return
    groups: dict[str, tuple[Entry, list[Indicator]]] = {}
    for row in counted(form):
        if row.level1 is not None and row.level1.text:
            groups.setdefault(core(row.level1.text), (row.level1, []))[1].append(row)
    for note in form.footer.values():
        for name, points in _prescribed(note):
            label, rows = next((found for text, found in groups.items() if text.startswith(name)), (None, []))
            marks = marks_of(form, rows, "weight")
            if label is None or not marks.read or not marks.complete:
                continue
            if abs(marks.total - points) <= marks.tolerance:
                continue
            yield RULE.finding(
                form,
                label,
                (note, *marks.entries),
                subject=squeeze(label.text),
                message=f"表下的注规定{name}指标 {plain(points)} 分，表里各行合计 {plain(marks.total)} 分。",
                expected=plain(points),
                actual=plain(marks.total),
                fix=f"按注调整这一组的分值，或者核对 {note.address} 的注。",
            )


def _prescribed(note: Entry) -> list[tuple[str, Decimal]]:
    """The groups a note gives points, with the points; none where it leaves room."""
    text = squeeze(note.text)
    stated = [(match[1], Decimal(match[2])) for match in _STATED.finditer(text)]
    names = {name for name, _ in stated}
    if len(names) < _LEAST_STATED or len(names) < len(stated) or any(word in text for word in _LEEWAY):
        return []
    return stated
