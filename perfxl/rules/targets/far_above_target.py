"""## 问题

实际完成值远远超过指标值（超过 130%），没有说明原因。

原因栏只照抄完成值、只写“详见报告”的，也算没有说明。
只看越多越好、能算出完成率的指标；指标值为 0 的、越少越好的、定性的不算。表上没有原因一栏的，不报。

## 依据

对完成值高于指标值较多的，要分析原因；由于年初指标值设定明显偏低造成的，按偏离度适度调减分值（财预〔2020〕10号）。
130% 的线出自预算管理系统的校验，见参数 over_target_line。

## 例子

错例 D2：完成了指标值的 8 倍，没有说明

| 三级指标 | 指标值 | 实际完成值 | 偏差原因分析及改进措施 |
| 举办宣传咨询活动 | ≥12次 | 96次 | |
| 群众知晓率 | ≥90% | %95 | |

正例 D2=各乡镇自行加办了下乡宣传，明年按实际需要设定：说明原因

## 改法

说明超额的原因；指标值定低了的，写明以后怎样合理设定。
"""

from __future__ import annotations

from collections.abc import Iterator

from perfxl.form.model import Form
from perfxl.rules.finding import Finding, Rule, Severity
from perfxl.rules.reading import brief, counted, percent_text
from perfxl.rules.results import Reason, reason, result
from perfxl.settings.parameters import Settings

RULE = Rule(
    "PX403",
    "完成值远超指标值，没有说明原因",
    Severity.WARNING,
    "财预〔2020〕10号：完成值高于指标值较多的，要分析原因",
)


def check(form: Form, settings: Settings) -> Iterator[Finding]:
    """Find rows completed beyond the line whose reason is blank."""
    for row in counted(form):
        if row.reason is None or reason(form, row) not in (Reason.BLANK, Reason.HOLLOW):
            continue
        found = result(form, row)
        if found is None or found.completion is None or found.met is False:
            continue
        if found.completion <= settings.over_target_line:
            continue
        line = percent_text(settings.over_target_line)
        yield RULE.finding(
            form,
            row.reason,
            (row.actual, row.target, row.unit),
            subject=row.subject,
            message=f"“{row.subject}”完成 {brief(str(found.actual))}，是指标值 {brief(str(found.target))} 的 "
            f"{percent_text(found.completion, 0)}，超过 {line}，没有说明原因。",
            expected=f"不超过 {line}，或说明原因",
            actual=percent_text(found.completion, 0),
            fix=f"在 {row.reason.address} 说明超额的原因；指标值定低了的，写明以后怎样设定。",
        )
