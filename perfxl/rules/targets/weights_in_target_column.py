"""## 问题

“指标值”一列填的是分值：各行都是没有单位的数，合计恰好 100，实际完成值也是同样的数，表上又没有分值一列。

## 依据

指标值应当是要达到的数量、比例、时间等（转移支付绩效目标自评表注 4、5），不是分数；填了分值，就无法说明目标是否完成。

## 例子

错例 C1：指标值合计恰好 100，填的像是分值

| 一级指标 | 三级指标 | 指标值 | 实际完成值 |
| 产出指标 | 建设二级公路（公里） | 20 | 20 |
| ^ | 工程验收合格率 | 30 | 30 |
| 效益指标 | 出行时间缩短 | 30 | 30 |
| 满意度指标 | 群众满意度 | 20 | 20 |

正例 C2=32.1公里；D2=32.1公里；C3=100%；D3=%100；C4=≥20分钟；D4=25分钟；C5=≥90%；D5=%95：填要达到的目标

## 改法

指标值填 32.1公里、≥90% 这样的目标，实际完成值填实际达到的数；分值另填，或不填。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from perfxl.form.figures import figure
from perfxl.form.model import Entry, Form, distinct
from perfxl.rules.finding import Finding, Rule, Severity
from perfxl.rules.reading import counted, empty, head
from perfxl.settings.parameters import Settings

RULE = Rule("PX407", "指标值一列填的是分值", Severity.WARNING, "转移支付区域（项目）绩效目标自评表注 4、5")

_LEAST_ROWS = 4


def check(form: Form, settings: Settings) -> Iterator[Finding]:
    """Find a column of bare targets that add up to all the marks, on a form that has no weights."""
    column = form.indicator_columns.get("target")
    if column is None or form.indicator_columns.keys() & {"weight", "score"}:
        return
    rows = [row for row in counted(form) if not empty(row.target)]
    targets = distinct(row.target for row in rows)
    numbers = [_bare(entry) for entry in targets]
    known = [number for number in numbers if number is not None]
    if len(known) < max(_LEAST_ROWS, len(numbers)) or sum(known) != settings.full_marks:
        return
    for row in rows:
        reached, target = _bare(row.actual), _bare(row.target)
        if reached is None or target is None or reached > target:
            return
        if row.unit is not None and not empty(row.unit):
            return
    yield RULE.finding(
        form,
        head(column),
        distinct([*targets, *(row.actual for row in rows)]),
        subject=column.label,
        message="“指标值”各行都是没有单位的数，合计恰好 100，像是把分值填进了指标值。",
        expected="目标的数量、比例或时间",
        actual="各行合计 100",
        fix="指标值改填要达到的目标（带单位），实际完成值改填实际达到的数。",
    )


def _bare(entry: Entry | None) -> Decimal | None:
    found = figure(entry)
    return found.value if found is not None and not found.percent and found.unit in ("", "分") else None
