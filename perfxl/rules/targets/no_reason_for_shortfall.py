"""## 问题

扣了分，或者目标没有完成，“偏差原因分析及改进措施”一栏却空着（或只写“无”“—”）。

原因栏只照抄完成值、只写“详见报告”的，作警告；原因写在完成值里、或写在表下“存在问题及改进措施”一栏的，也作警告。
表上没有原因一栏的，不报。

## 依据

未完成绩效目标或偏离较多的，要分析说明原因并提出改进措施（国家通用格式自评表“偏差原因分析及改进措施”栏；财预〔2020〕10号）。

## 例子

错例 F2：没有完成，也扣了分，原因栏空着

| 三级指标 | 指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施 |
| 资助人数 | ≥5662人 | 4044人 | 2 | 1.43 | |
| 发放及时率 | 100% | %100 | 98 | 98 | |

正例 F2=部分学生年中转学离校，已按月核对名单：写明原因和改进措施

## 改法

写明没有完成或扣分的原因，以及下一步怎么改。
"""

from __future__ import annotations

from collections.abc import Iterator

from perfxl.form.model import Form, Indicator
from perfxl.rules.finding import Finding, Rule, Severity
from perfxl.rules.reading import brief, counted
from perfxl.rules.results import Reason, Result, explained_elsewhere, points_lost, reason, result
from perfxl.settings.parameters import Settings

RULE = Rule(
    "PX402",
    "扣了分或目标没有完成，没有说明原因",
    Severity.ERROR,
    "国家通用格式自评表“偏差原因分析及改进措施”栏；财预〔2020〕10号",
)


def check(form: Form, settings: Settings) -> Iterator[Finding]:
    """Find rows with points lost or a target missed whose reason is blank or says nothing."""
    for row in counted(form):
        state = reason(form, row)
        if state in (Reason.NO_COLUMN, Reason.GIVEN) or row.reason is None:
            continue
        lost, found = points_lost(form, row), result(form, row)
        missed = found is not None and found.met is False
        proven = (lost is not None and lost > 0) or (found is not None and found.certain)
        if not missed and not (lost is not None and lost > 0):
            continue
        elsewhere = explained_elsewhere(form, row)
        hollow = state is Reason.HOLLOW
        yield RULE.finding(
            form,
            row.reason,
            (row.actual, row.target, row.score, row.weight, elsewhere),
            subject=row.subject,
            message=f"“{row.subject}”{_shortfall(row, lost is not None and lost > 0, found if missed else None)}，"
            + (f"原因栏只写了“{brief(row.reason.text)}”。" if hollow else "没有写原因和改进措施。"),
            expected="偏差原因和改进措施",
            actual=row.reason.text or "空",
            fix=f"在 {row.reason.address} 写明原因和下一步的改进措施。",
            severity=Severity.WARNING if hollow or elsewhere is not None or not proven else None,
        )


def _shortfall(row: Indicator, lost: bool, missed: Result | None) -> str:
    """What happened, in words: the figures of the target, the points, or both."""
    parts = []
    if missed is not None:
        parts.append(f"的指标值是 {brief(str(missed.target))}，完成 {brief(str(missed.actual))}，没有完成")
    if lost and row.score is not None and row.weight is not None:
        parts.append(f"分值 {brief(row.weight.text)}，得分 {brief(row.score.text)}")
    return "，".join(parts)
