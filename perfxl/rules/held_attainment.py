"""How far a target was reached, as a report says it: 完成目标的105%, 比目标少69户, 高出目标5个百分点.

Both follow from the target and the actual value of the indicator's row. They are computed only where each of these is
one plain figure, and what the words call a share or a difference leaves no other reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perfxl.form.model import Entry, Indicator
from perfxl.form.value_types import EXACT, Operator, Quantity
from perfxl.narrative.figures import Figure, agree
from perfxl.narrative.mentions import Passage
from perfxl.rules.finding import Severity
from perfxl.rules.held import Compared, Held, under_plans
from perfxl.rules.held_indicators import quantities
from perfxl.rules.known import Known
from perfxl.rules.reading import empty, percent_text

_GOAL = (
    r"(?:年度|全年|年初|预期|绩效|设定|既定|计划)*"
    r"(?:目标任务|目标值?|指标值?|任务数?|计划数?|规定(?:时限|标准|时间)?|上限|标准|时限)"
)
_SHARE = re.compile(
    rf"(?:完成|达到|占)(?:了)?{_GOAL}(?:数|总数)?的$"
    r"|(?:^|[,;(])(?:目标|任务|计划)?完成率(?:为|达到?|是)?$"
)
_DIFFERENCE = re.compile(
    rf"[比较]{_GOAL}(?:多|少|增加|减少|高出?|低|超出?|提高|提前|推迟|缩短|节约|节省)"
    r"(?:了|出|[^\W\d_]{0,2})$"
    rf"|超额?完成(?:{_GOAL})?(?:了)?$|(?:高出|超出|少于|超){_GOAL}(?:了)?$"
)
_OTHERS = re.compile("分别|同比|上年|去年|[0-9]{4}年")
_POINTS_APART = re.compile(
    rf"(?:[比较]|[高低超]出?|高于|低于|超过)[^,;。]{{0,12}}?{_GOAL}(?:的)?(?:多|少|高出?|低|超出?|提高)?(?:了)?$"
)


def compared_attainment(held: Held) -> Iterator[Compared]:
    """Every share of a target and every difference from one that the report states for an indicator it names."""
    for place, passages in held.passages.items():
        row = held.rows[place]
        both = _both(row)
        if both is None:
            continue
        for passage in passages:
            if passage.named and not under_plans(passage.said):
                yield from _stated(row, both, passage)


def _both(row: Indicator) -> tuple[Entry, Quantity, Entry, Quantity] | None:
    """The target and the actual value of a row, where each is one figure and they compare."""
    target, actual = row.target, row.actual
    if target is None or actual is None or empty(target) or empty(actual):
        return None
    wanted, reached = quantities(row, target), quantities(row, actual)
    if len(wanted) != 1 or len(reached) != 1 or wanted[0].base <= 0:
        return None
    if wanted[0].unit.dimension != reached[0].unit.dimension or reached[0].operator not in (
        Operator.NONE,
        Operator.EQUAL,
    ):
        return None
    return target, wanted[0], actual, reached[0]


def _stated(
    row: Indicator, both: tuple[Entry, Quantity, Entry, Quantity], passage: Passage
) -> Iterator[Compared]:
    target, wanted, actual, reached = both
    share = EXACT.divide(reached.base, wanted.base)
    gap = abs(reached.base - wanted.base)
    percent = wanted.unit.name == "%"
    for figure in passage.figures:
        if not figure.exact or _OTHERS.search(figure.clause):
            continue
        if figure.percent and not percent and _SHARE.search(figure.clause):
            known = Known(share, Decimal(0), (actual, target), percent_text(share))
            what = "完成值占指标值的比例"
        elif figure.unit.name == "百分点" and percent and _POINTS_APART.search(figure.clause):
            apart = gap * 100
            known = Known(apart, Decimal(0), (actual, target), f"{apart.normalize():f}个百分点")
            what = "完成值与指标值之差"
        elif not figure.percent and _DIFFERENCE.search(figure.clause) and _measures_alike(figure, wanted):
            step = Decimal(1).scaleb(-max(wanted.decimals, reached.decimals)) * wanted.unit.factor
            shown = EXACT.divide(gap, wanted.unit.factor).normalize()
            known = Known(gap, step, (actual, target), f"{shown:f}{wanted.unit.name}")
            what = "完成值与指标值之差"
        else:
            continue
        agrees = agree(figure, known.value, known.step)
        yield Compared(figure, passage.said, (known,), agrees, row.subject, what, Severity.WARNING)


def _measures_alike(figure: Figure, wanted: Quantity) -> bool:
    return not figure.unit.bare and figure.unit.dimension == wanted.unit.dimension
