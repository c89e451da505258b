"""## 问题

实际完成值没有达到指标值，得分却是满分。

定量指标逐项比较：≥、≤、区间、日期期限和几个数并列的都按表中写出的数判断；只有文字、判断不了的不报。
指标值没有写 ≥、≤ 的，按指标名称判断是越多越好还是越少越好；越少越好而超过的，只作警告。
成本和时间少于指标值的，不算没有完成；该行评分标准写明这样也得满分的，不报。

## 依据

与年初指标值相比，完成指标值的记该指标所赋全部分值，未完成的按完成值与指标值的比例记分（财预〔2020〕10号）。

## 例子

错例 E2：应有 38508 人，只完成 37442 人，却得了满分

| 三级指标 | 指标值 | 实际完成值 | 分值 | 得分 |
| 参保人数 | ≥38508人 | 37442人 | 3 | 3 |
| 发放及时率 | 100% | %100 | 97 | 97 |

正例 E2=2.92：按完成比例记分，3×37442÷38508

## 改法

按完成比例记分（3×37442÷38508＝2.92），并写明偏差原因；指标值或完成值填错的，改正后再核对。
"""

from __future__ import annotations

from collections.abc import Iterator

from perfxl.form.figures import plain
from perfxl.form.model import Form
from perfxl.rules.finding import Finding, Rule, Severity
from perfxl.rules.granted import grants_full_marks
from perfxl.rules.marks import row_points
from perfxl.rules.reading import brief, counted
from perfxl.rules.results import points_lost, result
from perfxl.settings.parameters import Settings

RULE = Rule(
    "PX401",
    "目标没有完成却得了满分",
    Severity.ERROR,
    "财预〔2020〕10号：未完成指标值的，按完成值与指标值的比例记分",
)


def check(form: Form, settings: Settings) -> Iterator[Finding]:
    """Find rows whose figures show the target missed and whose score is the whole weight."""
    for row in counted(form):
        found = result(form, row)
        weight = row_points(form, row, "weight")
        if (
            found is None
            or found.met is not False
            or weight is None
            or weight.value <= 0
            or row.score is None
        ):
            continue
        if points_lost(form, row) != 0 or grants_full_marks(form, row, settings):
            continue
        yield RULE.finding(
            form,
            row.score,
            (row.weight, row.target, row.actual, row.operator, row.unit),
            subject=row.subject,
            message=f"“{row.subject}”的指标值是 {brief(str(found.target))}，"
            f"实际完成 {brief(str(found.actual))}，没有完成，却得了满分 {plain(weight.value)} 分。",
            expected=f"小于 {plain(weight.value)}",
            actual=plain(weight.value),
            fix=f"按完成比例核减 {row.score.address}，并写明偏差原因；指标值或完成值填错的，改正后再核对。",
            severity=None if found.certain else Severity.WARNING,
        )
