"""## 问题

完成情况逐字照抄目标：总体目标的实际完成情况与预期目标一字不差，或者几个定性指标的完成值与指标值完全相同。

总体目标作警告；定性指标一张表只提示一次。定量指标（100% 和 100%）不算；照抄“≥90%”一类条件的见 PX405。

## 依据

“实际完成情况”要写明目标完成得怎样（转移支付绩效目标自评表注 4、5：定性指标按完成程度填写）。

## 例子

错例 C2：完成情况与目标一字不差

| 年度总体目标 | 预期目标 | 实际完成情况 | < |
| ^ | 确保每一个学生享受国家政策，改善学生体质 | 确保每一个学生享受国家政策，改善学生体质 | < |
| 一级指标 | 三级指标 | 指标值 | 实际完成值 |
| 产出指标 | 受资助学生 | ≥735人 | 735人 |

正例 C2=为 735 名学生发放补助 38.77 万元，体质达标率 96%：写实际完成的情况

## 改法

写实际做了什么、做到什么程度，尽量用数字。
"""

from __future__ import annotations

from collections.abc import Iterator

from perfxl.form.attainment import repeats_condition
from perfxl.form.labels import squeeze
from perfxl.form.model import Entry, Form, one_line
from perfxl.form.values import Comparison, Degree, Text
from perfxl.rules.finding import Finding, Rule, Severity
from perfxl.rules.reading import brief, counted
from perfxl.rules.results import result
from perfxl.settings.parameters import Settings

RULE = Rule(
    "PX409",
    "完成情况逐字照抄目标",
    Severity.WARNING,
    "转移支付区域（项目）绩效目标自评表注 4、5：按完成程度填写",
)

_SHORT = 8
"""Letters below which a goal may be said again in the same words (保障运转)."""


def check(form: Form, settings: Settings) -> Iterator[Finding]:
    """Find results that are their goals word for word."""
    pairs = [(form.goals.target, form.goals.actual, "总体目标实际完成情况")]
    pairs += [
        (project.goal, project.actual, one_line(project.name.text) if project.name is not None else "")
        for project in form.projects
    ]
    for target, actual, subject in pairs:
        if target is None or actual is None or target.address == actual.address:
            continue
        if len(squeeze(actual.text)) >= _SHORT and squeeze(target.text) == squeeze(actual.text):
            yield RULE.finding(
                form,
                actual,
                (target,),
                subject=subject,
                message=f"完成情况“{brief(actual.text)}”与目标一字不差，看不出完成得怎样。",
                expected="实际做了什么、做到什么程度",
                actual=actual.text,
                fix=f"在 {actual.address} 写实际完成的情况。",
            )
    yield from _qualities(form)


def _qualities(form: Form) -> Iterator[Finding]:
    """Qualitative results in their targets' own words: one note for all of them."""
    copied: list[tuple[Entry, Entry, str]] = []
    for row in counted(form):
        found = result(form, row)
        if found is None or not isinstance(found.target, Degree | Comparison | Text):
            continue
        if repeats_condition(found.target, found.actual):
            continue
        if squeeze(found.target_entry.text) == squeeze(found.actual_entry.text):
            copied.append((found.actual_entry, found.target_entry, row.subject))
    if not copied:
        return
    actual, _, subject = copied[0]
    yield RULE.finding(
        form,
        actual,
        [entry for one, other, _ in copied for entry in (one, other)],
        subject=subject,
        message=f"{len(copied)} 个定性指标的完成值与指标值一字不差（如“{brief(actual.text)}”），看不出完成得怎样。",
        expected="完成的程度，尽量用数字",
        actual=actual.text,
        fix=f"在 {'、'.join(one.address for one, _, _ in copied[:6])} 写实际完成的程度。",
        severity=Severity.NOTE,
    )
