"""## 问题

没有完成的定量指标，得分不等于 分值×完成率。

完成率＝实际完成值÷指标值。只看没有写明评分标准、能算出完成率、已经扣了分的指标；得分高于按比例应得的作警告，
低于的只作提示（可以从严）。按得分写出的小数位数比较，舍去小数尾数也可以；整张表的得分都是整数的，四舍五入到整数。

## 依据

未完成指标值的，按照完成值与指标值的比例记分（财预〔2020〕10号）。

## 例子

错例 E2：完成 84.7%，按比例是 2×84.7%＝1.69，填了 1.9

| 三级指标 | 指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施 |
| 资助人数 | ≥3807人 | 3224人 | 2 | 1.9 | 部分学生转学离校，已按月核对名单 |
| 发放及时率 | 100% | %100 | 98 | 97.5 | 一批次晚了三天，已建立台账 |

正例 E2=1.69：按比例计算

## 改法

按比例重新计算；有本地评分办法的，把办法写在表上。
"""

from __future__ import annotations

from collections.abc import Iterator

from perfxl.form.execution import is_execution_rate
from perfxl.form.figures import plain
from perfxl.form.model import Form
from perfxl.rounding import round_half_up
from perfxl.rules.finding import Finding, Rule, Severity
from perfxl.rules.marks import rounded_as_usual, row_points, scored_out_of_hundred
from perfxl.rules.reading import counted, empty, percent_text
from perfxl.rules.results import points_lost, result
from perfxl.settings.parameters import Settings

RULE = Rule(
    "PX312",
    "没有完成的指标，得分不等于分值乘完成率",
    Severity.WARNING,
    "财预〔2020〕10号：未完成指标值的，按完成值与指标值的比例记分",
)


def check(form: Form, settings: Settings) -> Iterator[Finding]:
    """Compare the scores of missed targets with the share reached, where the row prints no standard of its own."""
    if scored_out_of_hundred(form):
        return
    for row in counted(form):
        if not empty(row.standard) or is_execution_rate(row) or row.score is None:
            continue
        found, lost = result(form, row), points_lost(form, row)
        weight, score = row_points(form, row, "weight"), row_points(form, row, "score")
        if found is None or found.met is not False or found.completion is None:
            continue
        if (
            weight is None
            or score is None
            or lost is None
            or not 0 < lost <= weight.value
            or not 0 <= found.completion < 1
        ):
            continue
        exact = weight.value * found.completion
        if rounded_as_usual(form, score, exact, cut=True):
            continue
        expected = plain(round_half_up(exact, max(settings.score_digits, score.digits)))
        yield RULE.finding(
            form,
            row.score,
            (row.weight, row.target, row.actual),
            subject=row.subject,
            message=f"“{row.subject}”完成率 {percent_text(found.completion)}，按比例应得 {expected} 分"
            f"（分值 {plain(weight.value)}），表中填的是 {plain(score.value)}。",
            expected=expected,
            actual=plain(score.value),
            fix=f"把 {row.score.address} 改为 {expected}；有本地评分办法的，把办法写在表上。",
            severity=None if score.value > exact else Severity.NOTE,
        )
