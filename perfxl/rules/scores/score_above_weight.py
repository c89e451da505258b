"""## 问题

得分大于分值，或者小于 0。

一个分值合并了几行的，几行得分加起来比；几行分值合用一个得分的，分值加起来比。
项目清单的自评得分不超过 100；没有分值的“扣分项”可以是负数。得分按百分制打、另有“折算得分”一列的，比较折算得分。

## 依据

各项指标得分最高不能超过该指标分值上限（自评表注；财预〔2020〕10号）。

## 例子

错例 F2：分值 10，得分 12

| 一级指标 | 三级指标 | 指标值 | 实际完成值 | 分值 | 得分 |
| 产出指标 | 接入部门数 | ≥20个 | 22个 | 10 | 12 |
| 效益指标 | 数据共享率 | ≥80% | %85 | 90 | 90 |

正例 F2=10：超额完成也只能得满分

## 改法

核对得分；超额完成的也只能得满分。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from perfxl.form.figures import plain
from perfxl.form.labels import squeeze
from perfxl.form.model import Form, Indicator, one_line
from perfxl.rules.finding import Finding, Rule, Severity
from perfxl.rules.marks import (
    Points,
    fund_weight,
    label_points,
    marks_of,
    points,
    printed_total,
    scored_out_of_hundred,
    total_weight,
)
from perfxl.rules.reading import counted, empty
from perfxl.settings.parameters import Settings
from perfxl.workbook.grid import Position

RULE = Rule(
    "PX303",
    "得分超过分值或小于零",
    Severity.ERROR,
    "财预〔2020〕10号；自评表注：得分最高不能超过该指标分值上限",
)


def check(form: Form, settings: Settings) -> Iterator[Finding]:
    """Compare scores with weights, row by row or by the merged cells they share."""
    hundreds = scored_out_of_hundred(form)
    role = "weighted_score" if hundreds and "weighted_score" in form.indicator_columns else "score"
    if not hundreds or role == "weighted_score":
        for rows in _clusters(list(counted(form)), role):
            yield from _cluster(form, rows, role)
    for fund in form.funds:
        score, weight = points(fund.score, form.fund_columns.get("score")), fund_weight(form, fund)
        if fund.score is not None and score is not None and weight is not None:
            yield from _compare(form, fund.subject, [(fund.score, score)], [weight])
    for project in form.projects:
        score = points(project.score)
        if project.score is not None and score is not None:
            name = one_line(project.name.text) if project.name is not None else ""
            yield from _compare(form, name, [(project.score, score)], [], settings.full_marks)
    total = printed_total(form)
    if form.total is not None and total is not None:
        limit = total_weight(form)
        limits = [limit] if limit is not None else []
        yield from _compare(form, squeeze(form.total.label.text), [total], limits, settings.full_marks)


def _clusters(rows: Sequence[Indicator], role: str) -> list[list[Indicator]]:
    """Rows in groups that share a weight cell or a score cell."""
    clusters: list[list[Indicator]] = []
    held_by: dict[Position, int] = {}
    for row in rows:
        entries = (row.weight, getattr(row, role))
        cells = [(entry.cell.row, entry.cell.column) for entry in entries if entry is not None]
        holders = sorted({held_by[cell] for cell in cells if cell in held_by})
        place = holders[0] if holders else len(clusters)
        if not holders:
            clusters.append([])
        for other in holders[1:]:
            clusters[place] += clusters[other]
            clusters[other] = []
            held_by |= {cell: place for cell, holder in held_by.items() if holder == other}
        clusters[place].append(row)
        held_by |= dict.fromkeys(cells, place)
    return [members for members in clusters if members]


def _cluster(form: Form, rows: Sequence[Indicator], role: str) -> Iterator[Finding]:
    if all(_takes_points_off(row) for row in rows):
        return
    if len(rows) == 1 and (named := _in_name(form, rows[0])) is not None:
        yield from _compare(form, rows[0].subject, marks_of(form, rows, role).read, [named])
        return
    scores, limits = marks_of(form, rows, role), marks_of(form, rows, "weight")
    yield from _compare(form, rows[0].subject, scores.read, limits.read if limits.complete else ())


def _in_name(form: Form, row: Indicator) -> Points | None:
    """The points in an indicator's own name (活动场次（20分）), on a form without a column for them."""
    if "weight" in form.indicator_columns or row.level3 is None:
        return None
    stated = label_points(row.level3.text)
    return (row.level3, stated) if stated is not None and stated.unit == "分" else None


def _takes_points_off(row: Indicator) -> bool:
    """Whether a row is there to take points off (扣分项), so that its score is negative and it has no weight."""
    if not empty(row.weight):
        return False
    names = "".join(
        squeeze(level.text) for level in (row.level1, row.level2, row.level3) if level is not None
    )
    return "扣分" in names or "减分" in names


def _compare(
    form: Form, subject: str, scores: Sequence[Points], limits: Sequence[Points], limit: Decimal | None = None
) -> Iterator[Finding]:
    for entry, score in scores:
        if score.value < 0:
            yield RULE.finding(
                form,
                entry,
                [weight for weight, _ in limits],
                subject=subject,
                message=f"“{subject}”的得分是 {plain(score.value)}，小于 0。",
                expected="不小于 0",
                actual=plain(score.value),
                fix=f"核对 {entry.address}，最低得 0 分。",
            )
    if limits:
        limit = sum((weight.value for _, weight in limits), Decimal(0))
    given = sum((score.value for _, score in scores), Decimal(0))
    if limit is None or given <= limit or not scores:
        return
    yield RULE.finding(
        form,
        scores[0][0],
        [entry for entry, _ in (*scores, *limits)],
        subject=subject,
        message=f"“{subject}”的得分 {plain(given)} 超过分值 {plain(limit)}。",
        expected=f"不超过 {plain(limit)}",
        actual=plain(given),
        fix=f"核对 {scores[0][0].address}；超额完成的也只能得满分。",
    )
