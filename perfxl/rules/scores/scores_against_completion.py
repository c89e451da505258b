"""## 问题

分值相同的两个指标，完成率低的得分反而高：同一张表里得分与完成率的先后颠倒。

只比较没有完成、能算出完成率、没有写明评分标准的定量指标。

## 依据

未完成指标值的，按照完成值与指标值的比例记分（财预〔2020〕10号）：完成得多的，得分不应更低。

## 例子

错例 E2：完成率 84.7% 得 1.9 分，98.6% 的只得 1.8 分

| 三级指标 | 指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施 |
| 高血压规范管理人数 | ≥3807人 | 3224人 | 2 | 1.9 | 部分患者外出务工 |
| 精神障碍患者管理人数 | ≥426人 | 420人 | 2 | 1.8 | 新发现患者年底才建档 |
| 签约率 | ≥60% | %65 | 96 | 96 | |

正例 E2=1.69；E3=1.97：都按比例计算

## 改法

两行都按 分值×完成率 重新计算：1.69 和 1.97。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from perfxl.form.execution import is_execution_rate
from perfxl.form.figures import plain
from perfxl.form.model import Entry, Form, Indicator
from perfxl.rules.finding import Finding, Rule, Severity
from perfxl.rules.marks import row_points, scored_out_of_hundred
from perfxl.rules.reading import counted, empty, percent_text
from perfxl.rules.results import points_lost, result
from perfxl.settings.parameters import Settings

RULE = Rule(
    "PX313",
    "完成率低的指标得分反而高",
    Severity.WARNING,
    "财预〔2020〕10号：未完成指标值的，按完成值与指标值的比例记分",
)


class _Scored(NamedTuple):
    row: Indicator
    score_entry: Entry
    score: Decimal
    completion: Decimal


def check(form: Form, settings: Settings) -> Iterator[Finding]:
    """Find, among rows of one weight, the pair whose scores contradict their completion most."""
    if scored_out_of_hundred(form):
        return
    for weight, rows in _by_weight(form).items():
        found = _worst_pair(rows)
        if found is None:
            continue
        low, high = found
        yield RULE.finding(
            form,
            low.score_entry,
            [*_cells(low), *_cells(high)],
            subject=low.row.subject,
            message=f"“{low.row.subject}”完成率 {percent_text(low.completion)} 得 {plain(low.score)} 分，"
            f"“{high.row.subject}”完成率 {percent_text(high.completion)} 只得 {plain(high.score)} 分"
            f"（分值都是 {plain(weight)}）。",
            expected=f"不高于 {plain(high.score)}，或两行都按比例计算",
            actual=plain(low.score),
            fix=f"按 分值×完成率 重新计算 {low.score_entry.address} 和 {high.score_entry.address}。",
        )


def _worst_pair(rows: list[_Scored]) -> tuple[_Scored, _Scored] | None:
    """Of rows of one weight, the pair whose lower completion has the higher score by most; None without such a pair."""
    worst: tuple[_Scored, _Scored] | None = None
    best_below: _Scored | None = None  # the highest score of a lower completion
    for _, level in groupby(sorted(rows, key=lambda row: row.completion), key=lambda row: row.completion):
        equal = list(level)
        high = min(equal, key=lambda row: row.score)
        if best_below is not None and best_below.score > high.score:
            gap = worst[0].score - worst[1].score if worst is not None else Decimal(0)
            if best_below.score - high.score > gap:
                worst = best_below, high
        best_below = max(
            [*equal, *([best_below] if best_below is not None else [])], key=lambda row: row.score
        )
    return worst


def _by_weight(form: Form) -> dict[Decimal, list[_Scored]]:
    found: dict[Decimal, list[_Scored]] = {}
    for row in counted(form):
        shown, weight, score = (
            result(form, row),
            row_points(form, row, "weight"),
            row_points(form, row, "score"),
        )
        if shown is None or shown.completion is None or not 0 <= shown.completion < 1:
            continue
        if weight is None or score is None or row.score is None or not points_lost(form, row):
            continue  # the full score for a missed target is another fault
        if empty(row.standard) and not is_execution_rate(row):
            found.setdefault(weight.value, []).append(_Scored(row, row.score, score.value, shown.completion))
    return found


def _cells(scored: _Scored) -> tuple[Entry | None, ...]:
    return scored.score_entry, scored.row.target, scored.row.actual, scored.row.weight
