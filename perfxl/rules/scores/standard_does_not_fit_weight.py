"""## 问题

评分标准与分值配不上，或者标准自己前后接不上。

- 计算式的乘数、最高一档、各项或各部分的合计不等于分值（“*2分”而分值是 4；两项各 2 分而分值是 6）；
- 每项扣的分乘以项数超过分值，或者扣不完分值（4 项各扣 2.25 分而分值是 6；2 项各扣 0.5 分而分值是 3）；
- 满分、合格之间的插值式，除数不等于满分线与合格线之差（满分线 90%、合格线 60%，却除以 20%，到 80% 就超过 100 分）；
- 分档之间有空当（70%-79% 与 80% 之间的 79.5%）或重叠，得分不同。

扣不完分值的、分档有空当的，只作提示；写明“扣完为止”的，扣得超过分值不算错。

## 依据

该行的评分标准和分值：标准给出的最高分应等于分值，各档应当首尾相接。

## 例子

错例 D2：按标准最多得 2 分，分值却是 4

| 三级指标 | 指标值 | 分值 | 评分标准 | 得分 |
| 预算执行率 | ≥90% | 4 | 全年执行数/全年预算数*2分（执行率≥90%，按2分计算） | 2 |

正例 D2=全年执行数/全年预算数*4分（执行率≥90%，按4分计算）；E2=4：标准与分值一致

## 改法

改标准里的分数，或者改分值，使两者一致；把空当补上。
"""

from __future__ import annotations

from collections.abc import Iterator

from perfxl.form.model import Form
from perfxl.rules.finding import Finding, Rule, Severity
from perfxl.rules.marks import scored_out_of_hundred
from perfxl.rules.reading import counted, empty
from perfxl.settings.parameters import Settings

RULE = Rule("PX309", "评分标准与分值不符", Severity.WARNING, "该行的评分标准和分值")


def check(form: Form, settings: Settings) -> Iterator[Finding]:
    """Name every way in which a row's standard does not fit its weight or itself."""
    if all(empty(row.standard) for row in form.indicators) or scored_out_of_hundred(form):
        return
    from perfxl.scoring.by_standard import standard_of
    from perfxl.scoring.cells import Printed
    from perfxl.scoring.inputs import Row

    for indicator in counted(form):
        standard = standard_of(Row(form, indicator, Printed(), settings))
        if standard is None or indicator.standard is None or not standard.misfits:
            continue
        worst = min(standard.misfits, key=lambda misfit: not misfit.proven)
        yield RULE.finding(
            form,
            indicator.standard,
            (indicator.weight, indicator.description),
            subject=indicator.subject,
            message=f"“{indicator.subject}”的评分标准有出入："
            + "；".join(one.why for one in standard.misfits)
            + "。",
            expected=worst.expected,
            actual=worst.actual,
            fix=f"改 {indicator.standard.address} 的标准或分值，使两者一致。",
            severity=None if worst.proven else Severity.NOTE,
        )
