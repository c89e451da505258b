"""## 问题

指标值和实际完成值不是一类，或者单位不同，没法比较：指标值是“信息公开”，完成值是“100%”；指标值用“人”，完成值用“万人”“元”。

一段文字里说不清的不报。

## 依据

定量指标的完成值按与指标值的比例记分，定性指标按档次记分（财预〔2020〕10号）：两个值要同类、同单位才能比较和汇总。

## 例子

错例 C2、C3：单位差一万倍；问的是公开什么，答的是比例

| 三级指标 | 指标值 | 实际完成值 |
| 服务人次 | ≥66611400人 | 6715.75万人 |
| 公开方式 | 信息公开 | 100% |

正例 C2=67157500人；C3=已在门户网站公开：按指标值的单位和形式填写

## 改法

完成值按指标值的单位和形式填写。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfxl.form.attainment import same_kind
from perfxl.form.labels import squeeze
from perfxl.form.model import Form
from perfxl.form.shown import shown
from perfxl.form.values import Quantity, Range
from perfxl.rules.finding import Finding, Rule, Severity
from perfxl.rules.reading import brief, counted
from perfxl.rules.results import Result, result
from perfxl.settings.parameters import Settings

RULE = Rule(
    "PX404",
    "指标值与实际完成值不同类或单位不同",
    Severity.WARNING,
    "财预〔2020〕10号：按完成值与指标值的比例记分",
)

_ASKS_PERCENTAGE = re.compile(r"定性指标.{0,60}(?:80|60)%")
"""Note 5 of the transfer form: qualitative indicators are answered by a percentage of their band."""


def check(form: Form, settings: Settings) -> Iterator[Finding]:
    """Find rows whose two values are proven to be of different kinds or written in different units."""
    percentages_asked = any(_ASKS_PERCENTAGE.search(squeeze(note.text)) for note in form.footer.values())
    for row in counted(form):
        found = result(form, row)
        if found is None or row.actual is None or row.target is None:
            continue
        other_scale = _other_scale(found)
        kind = same_kind(found.target, found.actual, percent_for_quality=percentages_asked)
        if not other_scale and (kind is not False or _is_sentence(found)):
            continue
        how = "单位不同" if other_scale else "不是一类，没法比较"
        yield RULE.finding(
            form,
            row.actual,
            (row.target, row.unit),
            subject=row.subject,
            message=f"“{row.subject}”的指标值是“{brief(shown(row.target))}”，完成值是“{brief(shown(row.actual))}”，{how}。",
            expected=f"与“{brief(shown(row.target))}”同类、同单位的值",
            actual=shown(row.actual),
            fix=f"把 {row.actual.address} 按指标值的单位和形式填写。",
        )


def _is_sentence(found: Result) -> bool:
    """Whether a qualitative target is answered in words that hold a figure (共享率比上年提高12%): that is an answer."""
    return isinstance(found.actual, Quantity) and bool(found.actual.label or found.actual.note)


def _other_scale(found: Result) -> bool:
    """Whether both measure the same in units of different size (人 and 万人)."""
    target, actual = found.target, found.actual
    if not isinstance(target, Quantity | Range) or not isinstance(actual, Quantity):
        return False
    one, other = target.unit, actual.unit
    return bool(one.dimension) and one.dimension == other.dimension and one.factor != other.factor
