"""What the template of a roll-up's report may name: a form's variables, and the units behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal

from perfxl.form.figures import plain
from perfxl.report.chart import Chart, Series
from perfxl.report.drawings import Drawing, Table, short_label
from perfxl.report.facts import Facts
from perfxl.report.marks import missing
from perfxl.report.markup import Box
from perfxl.report.passages import of_form
from perfxl.report.units import Unit, Units
from perfxl.report.variables import Lines, Place, Text, Variable, place
from perfxl.report.wording.common import quoted
from perfxl.rounding import round_half_up

_LISTED = 5
_MOST_BARS = 20
_SLOW = Decimal("0.8")
"""The execution rate below which a unit is named among those that are behind."""

VARIABLES: Mapping[str, Variable] = {
    **of_form.VARIABLES,
    "汇总范围": Text("汇总了哪些单位（一句）"),
    "单位情况": Lines("各单位预算执行和得分的比较"),
    "单位表": Place("各单位的预算、执行、执行率和得分，表格；没有各单位数据时不占位"),
    "单位图": Place("各单位执行率，柱形图；单位太少或太多时不占位"),
}


def passages(facts: Facts, units: Units) -> dict[str, object]:
    """Return the values of `VARIABLES` for a regional form and its units."""
    return {
        **of_form.passages(facts),
        "汇总范围": _scope(units),
        "单位情况": _compared(units),
        "单位表": place("单位表"),
        "单位图": place("单位图"),
    }


def drawings(units: Units) -> Mapping[str, Drawing]:
    """Return the table and the chart of the units, where there are any."""
    found: dict[str, Drawing] = {}
    if units.rows:
        found["单位表"] = _table(units)
        rated = [(unit, rate) for unit in units.rows if (rate := unit.rate) is not None]
        if 1 < len(rated) == len(units.rows) <= _MOST_BARS:
            names = tuple(short_label(unit.name) for unit, _ in rated)
            rates = tuple(round_half_up(rate * 100, 2) for _, rate in rated)
            found["单位图"] = Chart(
                "column", "各单位预算执行率（单位：%）", names, (Series("执行率", rates),)
            )
    return found


def _scope(units: Units) -> str:
    if not units.rows:
        return missing("汇总的单位名单和数量")
    names = list(dict.fromkeys(unit.name for unit in units.rows))
    more = "等" if len(names) > _LISTED else ""
    forms = f"、{len(units.rows)}份自评表" if len(units.rows) > len(names) else ""
    return f"本次汇总涉及{'、'.join(names[:_LISTED])}{more}{len(names)}个单位{forms}。"


def _compared(units: Units) -> list[str]:
    rated = sorted(
        ((rate, unit) for unit in units.rows if (rate := unit.rate) is not None), key=lambda pair: -pair[0]
    )
    lines = []
    if len(rated) > 1:
        (best, first), (worst, last) = rated[0], rated[-1]
        lines.append(
            f"从预算执行看，各单位执行率在{_percent(worst)}至{_percent(best)}之间，"
            f"最高的是{first.name}（{_percent(best)}），最低的是{last.name}（{_percent(worst)}）。"
            if best != worst
            else f"从预算执行看，各单位执行率均为{_percent(best)}。"
        )
        slow = [unit.name for rate, unit in rated if rate < _SLOW]
        if slow and best != worst:
            named = "、".join(slow[:_LISTED]) + ("等" if len(slow) > _LISTED else "")
            lines.append(f"执行率低于{_percent(_SLOW)}的有{len(slow)}个单位：{named}。")
    lines.extend(_scores(units.rows))
    return lines or [missing("各单位预算执行和得分的比较")]


def _scores(units: tuple[Unit, ...]) -> list[str]:
    scored = sorted(
        ((unit.score, unit) for unit in units if unit.score is not None), key=lambda pair: -pair[0]
    )
    if len(scored) < 2:
        return []
    (best, first), (worst, last) = scored[0], scored[-1]
    if best == worst:
        lines = [f"从自评得分看，{len(scored)}个单位得分均为{plain(best)}分。"]
    else:
        lines = [
            f"从自评得分看，{len(scored)}个单位得分在{plain(worst)}分至{plain(best)}分之间，"
            f"最高的是{first.name}（{plain(best)}分），最低的是{last.name}（{plain(worst)}分）。"
        ]
    grades = Counter(unit.grade for unit in units if unit.grade)
    graded = [f"{quoted(grade)}{count}个" for grade, count in grades.items()]
    if graded:
        lines.append(f"按评价等级分，{'、'.join(graded)}。")
    return lines


def _table(units: Units) -> Table:
    scored = any(unit.score is not None for unit in units.rows)
    amount = f"（{units.money_unit}）" if units.money_unit else ""
    heads = ["序号", "单位", f"预算数{amount}", f"执行数{amount}", "执行率", *(("得分",) if scored else ())]
    boxes = [Box(0, column, 1, 1, text) for column, text in enumerate(heads)]
    for line, unit in enumerate(units.rows, start=1):
        texts = [
            str(line),
            unit.name,
            _plain(unit.budget),
            _plain(unit.executed),
            _percent(unit.rate) if unit.rate is not None else "—",
            *((_plain(unit.score),) if scored else ()),
        ]
        boxes += [Box(line, column, 1, 1, text) for column, text in enumerate(texts)]
    return Table("各单位预算执行和自评情况", tuple(boxes), (8, 34, 18, 18, 14, *((12,) if scored else ())))


def _plain(value: Decimal | None) -> str:
    return plain(round_half_up(value, 2)) if value is not None else "—"


def _percent(fraction: Decimal) -> str:
    return f"{plain(round_half_up(fraction * 100, 2))}%"
