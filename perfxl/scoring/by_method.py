"""The score of a row without a standard of its own, by the national method (财预〔2020〕10号).

Quantitative: target met, the full weight; missed, the weight × what was reached of it. A ceiling (≤) by the
reverse rule of the settings, a target of nought all or nothing. Qualitative: three bands, whose choice and place
are for a person.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from perfxl.form.attainment import Direction, direction_of
from perfxl.form.execution import is_execution_rate
from perfxl.form.figures import plain
from perfxl.form.model import Entry
from perfxl.form.values import Attainment, Degree, Operator, Text, parse
from perfxl.form.values import Comparison as YearOnYear
from perfxl.scoring.expression import (
    Comparison,
    Expression,
    FormulaError,
    If,
    Maximum,
    Minimum,
    Product,
    Round,
    ValueUnknown,
    constant,
)
from perfxl.scoring.inputs import Amount, Row, amount, completion
from perfxl.scoring.method import Undecided, row_weight, says_nothing
from perfxl.scoring.suggestion import Suggestion


def by_method(row: Row) -> Suggestion | Undecided | None:
    """Score a row by the national method; None where nothing was filled in or the row is none of its business."""
    indicator = row.indicator
    if (
        not says_nothing(indicator.standard)
        or is_execution_rate(indicator)
        or indicator.weighted_score is not None
    ):
        return None
    actual_entry, target_entry, home, cells = row.values()
    if (
        actual_entry is None
        or target_entry is None
        or says_nothing(actual_entry)
        or says_nothing(target_entry)
    ):
        return None
    weight = row_weight(row.form, indicator, row.cells, row.settings)
    points = _value(weight)
    if weight is None or points is None:
        return None
    done, goal = amount(actual_entry, cells, home), amount(target_entry, cells, home)
    if done is None or goal is None:
        return _judged(target_entry, points, row)
    tree = _tree(done, goal, _direction(row), weight, row)
    if isinstance(tree, Undecided):
        return tree
    why = f"定量指标：完成的得满分，未完成的得分＝分值×完成率，依据 {actual_entry.address}、{target_entry.address}"
    return Suggestion(tree, why)


def _value(tree: Expression | None) -> Decimal | None:
    try:
        return None if tree is None else tree.value()
    except (FormulaError, ValueUnknown):
        return None


def _direction(row: Row) -> Direction | None:
    level2 = row.indicator.level2
    return direction_of(row.indicator.subject, level2.text if level2 is not None else "")


def _tree(
    done: Amount, goal: Amount, direction: Direction | None, weight: Expression, row: Row
) -> Expression | Undecided:
    if done.operator not in (Operator.NONE, Operator.EQUAL):
        return Undecided("实际完成值只写了条件，没有具体数值，得分要由填表人评定：请填实际数值和得分。")
    if goal.operator is Operator.ABOUT:
        return Undecided("目标值是约数，得分要由填表人评定：请填得分。")
    digits = row.settings.score_digits
    if not goal.value:
        if goal.operator.floor and goal.operator.strict:
            return Undecided("目标值是大于 0，未达到时怎样计分没有规定：请填得分。")
        if goal.operator.floor:
            return Undecided("目标值是不低于 0，得分要由填表人评定：请填得分。")
        return If(Comparison(done.reads, "<=", constant(0)), weight, constant(0))
    falling = goal.operator.ceiling
    bounded = falling or goal.operator.floor or direction is Direction.POSITIVE
    if not bounded and done.value != goal.value:
        return Undecided("看不出这个指标是越大越好还是越小越好，得分要由填表人评定：请填得分。")
    share = completion(done, goal, row.settings)
    if isinstance(share, Undecided):
        return Undecided(f"{share.why}，得分要由填表人评定：请填得分。")
    if goal.operator.strict and _value(share) == 1:
        return Undecided("实际完成值恰好等于目标值，而目标值不含本数：请填得分。")
    part = Minimum((constant(1), share))
    if falling and row.settings.reverse_rule == "linear":
        return Round(Product(weight, Maximum((constant(0), part))), digits)
    return Round(Product(weight, part), digits)


def _judged(target: Entry, points: Decimal, row: Row) -> Undecided | None:
    """A qualitative row: between which points each band lies. Other rows are left to the plan to speak of."""
    said = parse(target.text)
    if not isinstance(said, Degree | Attainment | YearOnYear | Text):
        return None
    shares = (Decimal(1), *row.settings.bands, Decimal(0))
    bands = "、".join(f"{plain(points * high)}—{plain(points * low)} 分" for high, low in pairwise(shares))
    why = f"定性指标：按达成预期、部分达成、未达成三档评定（{bands}），请填得分。"
    return Undecided(why, Decimal(0), points)
