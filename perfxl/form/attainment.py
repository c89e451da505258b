"""Whether an actual value (实际完成值) meets its target (年度指标值), and what the two have to do with each other.

Every answer has three values: True and False only where the cells prove it, None where a person must judge.
Degrees, texts and anything that rests on what the reader knows of the indicator are left to the person.
"""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from perfxl.form.units import BARE, COUNT, FRACTION, comparable, scaled, unscaled
from perfxl.form.value_types import (
    Attainment,
    Blank,
    Comparison,
    Date,
    Day,
    Degree,
    Operator,
    Period,
    Quantity,
    Range,
    Several,
    Text,
    Trend,
    Value,
    YesNo,
)
from perfxl.form.values import quantities_in, suspicious_misread
from perfxl.form.words import tells_attainment
from perfxl.form.written import tidy

_Figure = Quantity | Range
_MOST_AS_FRACTION = Decimal("1.5")
"""A bare number up to this may be a fraction of 100 %."""

_OTHER_SCALE = 100
"""So many times off, a bare number may be meant without the scale word of its partner (万元)."""

_NOTHING = ("无", "没有")
_BRACKETS = re.compile(r"\([^()]*\)?")
_WHOLE = Decimal(1)
_WHOLE_OF_ALL = frozenset({"全覆盖", "全部覆盖", "全面覆盖"})


class Direction(StrEnum):
    """Which way an indicator is better."""

    POSITIVE = "positive"  # 正向: the more the better
    REVERSE = "reverse"  # 反向: the less the better


@lru_cache(maxsize=4096)
def direction_of(name: str, level2: str = "") -> Direction | None:
    """Return which way an indicator is better by its name and its second-level group, or None where neither says.

    A name beats its group, the end of a name what stands before it: 投诉处理率 is positive, 事故率 reverse.
    """
    words = _words()
    bare = _without_brackets(name)
    ending = _longest_ending(bare, words["ending"])
    if ending is not None:
        return _NAMED[ending]
    rest = bare
    for word in words["anywhere"]["reverse"]:
        rest = rest.replace(word, " ")
    worse = rest != bare
    better = any(word in rest for word in words["anywhere"]["positive"])
    if worse or better:
        return None if worse and better else Direction.REVERSE if worse else Direction.POSITIVE
    group = _without_brackets(level2)
    return next(
        (_NAMED[way] for way, names in words["level2"].items() if any(map(group.__contains__, names))), None
    )


_NAMED = {"positive": Direction.POSITIVE, "reverse": Direction.REVERSE, "open": None}


def _without_brackets(name: str) -> str:
    """A name without the unit and remarks that its brackets hold."""
    return _BRACKETS.sub("", tidy(name).replace(" ", ""))


def _longest_ending(name: str, endings: dict[str, list[str]]) -> str | None:
    """The group of the longest ending that a name has."""
    found = [(len(word), way) for way, names in endings.items() for word in names if name.endswith(word)]
    return max(found)[1] if found else None


@cache
def _words() -> dict[str, Any]:
    with (Path(__file__).parent / "direction_words.toml").open("rb") as file:
        return tomllib.load(file)


# Does it meet the target?


def meets(
    target: Value, actual: Value, direction: Direction | None = None, *, year: int | None = None
) -> bool | None:
    """Return whether an actual value meets its target, or None where the cells do not prove it.

    `direction` matters where the target has no operator or "=": equal figures meet it whatever the direction,
    others only where it is known. A target of nought is one not to be exceeded. `year` (the form's) dates a
    deadline that names none (12月底前). An actual value that only repeats the target's condition proves nothing;
    one that says it was not reached (未完成) is believed.
    """
    if isinstance(target, Blank):
        return None
    if isinstance(actual, Attainment) and actual.reached is False:
        return None if isinstance(target, Attainment) and target.reached is False else False
    if repeats_condition(target, actual) or _misread(target, actual):
        return None
    if isinstance(target, Quantity | Range):
        return _meets_figure(target, actual, direction)
    if isinstance(target, Several) and isinstance(actual, Several):
        return _meets_several(target, actual, direction)
    if isinstance(target, Date) and isinstance(actual, Date):
        return _meets_date(target, actual, year)
    if isinstance(target, Comparison) and isinstance(actual, Comparison):
        return _meets_comparison(target, actual)
    if isinstance(target, Attainment) and target.word in _WHOLE_OF_ALL and isinstance(actual, Quantity):
        whole = Quantity(Decimal(100), actual.unit)
        return _meets_figure(whole, actual, Direction.POSITIVE) if actual.unit.name == "%" else None
    return _meets_words(target, actual)


def _misread(target: Value, actual: Value) -> bool:
    """Whether one of the two is rather a misread "≥" (290%) than a figure."""
    return bool(suspicious_misread(actual, target) or suspicious_misread(target, actual))


def _meets_words(target: Value, actual: Value) -> bool | None:
    if isinstance(target, YesNo) and isinstance(actual, YesNo):
        return target.answer is actual.answer
    if isinstance(target, Attainment) and isinstance(actual, Attainment):
        # 基本完成 against 全面完成 is for a person; reached in part is less than reached whole only in words.
        return True if target.reached and actual.reached and not actual.note else None
    if isinstance(target, Degree) and isinstance(actual, Degree):
        opposite = {target.trend, actual.trend} == {Trend.UP, Trend.DOWN} and target.subject == actual.subject
        return False if opposite else None
    return None


def _meets_figure(target: Quantity | Range, actual: Value, direction: Direction | None) -> bool | None:
    if isinstance(actual, YesNo) and actual.word in _NOTHING:
        actual = Quantity(Decimal(0))
    if not isinstance(actual, Quantity | Range):
        return None
    answers = {_meets_amounts(goal, done, direction) for goal, done in _readings(target, actual)}
    return answers.pop() if len(answers) == 1 else None


def _meets_amounts(
    target: Quantity | Range, actual: Quantity | Range, direction: Direction | None
) -> bool | None:
    done = _interval(actual)
    if done is None:
        return None
    if isinstance(target, Range):
        above = Operator.AT_LEAST if target.includes_low else Operator.MORE
        below = Operator.AT_MOST if target.includes_high else Operator.LESS
        # Who passes the better end of a range has not missed it: 96 % satisfied for 90 %—95 %. Of times none is sure.
        direction = None if target.unit.family == "time" else direction
        answers = (
            True if direction is Direction.REVERSE else _bounded(above, target.base_low, done),
            True if direction is Direction.POSITIVE else _bounded(below, target.base_high, done),
        )
        return False if False in answers else None if None in answers else True
    if target.operator.floor or target.operator.ceiling:
        return _bounded(target.operator, target.base, done)
    return (
        _meets_plain(target, done.low, direction) if done.low is not None and done.low == done.high else None
    )


def _meets_plain(target: Quantity, actual: Decimal, direction: Direction | None) -> bool | None:
    """A target without a bound: 38508人, =100%, 0."""
    goal = target.base
    if actual == goal:
        return True
    if target.operator is Operator.ABOUT:
        return None
    if not goal:
        # 重复参保人数 0: nothing of it may happen, unless more of it is better.
        return None if direction is Direction.POSITIVE else actual < 0
    if direction is None:
        return None
    short = actual < goal if direction is Direction.POSITIVE else actual > goal
    if short:
        return False
    # "= 5" is not proven by 6, though few would call it missed.
    return None if target.operator is Operator.EQUAL else True


class _Interval(NamedTuple):
    """The amounts that a value allows, in base units; None is no end. `open_` ends are themselves excluded."""

    low: Decimal | None
    high: Decimal | None
    open_low: bool = False
    open_high: bool = False

    def mirrored(self) -> _Interval:
        """The same amounts with the opposite sign."""
        low = None if self.high is None else self.high.copy_negate()
        high = None if self.low is None else self.low.copy_negate()
        return _Interval(low, high, self.open_high, self.open_low)


def _interval(value: Quantity | Range) -> _Interval | None:
    if isinstance(value, Range):
        return _Interval(value.base_low, value.base_high, not value.includes_low, not value.includes_high)
    if value.operator is Operator.ABOUT:
        return None
    if value.operator.floor:
        return _Interval(value.base, None, open_low=value.operator.strict)
    if value.operator.ceiling:
        return _Interval(None, value.base, open_high=value.operator.strict)
    return _Interval(value.base, value.base)


def _bounded(operator: Operator, goal: Decimal, done: _Interval) -> bool | None:
    """Whether all amounts satisfy the bound, none does, or it cannot be said."""
    if operator.ceiling:
        floor = Operator.MORE if operator.strict else Operator.AT_LEAST
        return _bounded(floor, goal.copy_negate(), done.mirrored())
    if done.low is not None and (
        done.low > goal or (done.low == goal and (done.open_low or not operator.strict))
    ):
        return True
    if done.high is not None and (
        done.high < goal or (done.high == goal and (done.open_high or operator.strict))
    ):
        return False
    return None


def _readings(target: _Figure, actual: _Figure) -> list[tuple[_Figure, _Figure]]:
    """Target and actual value in comparable units, in each way in which the two can be meant.

    A bare number takes the unit of the other: 90 against ≥85% is 90 %. Where it would be far off, it may also be
    meant in the unit without its scale (900000 against ≤90万元), or as a fraction (0.9 against ≥85%): two readings.
    Nought is nought in every unit. No reading: the two do not compare.
    """
    if _nought(target) and _nought(actual):
        return [(target._replace(unit=BARE), actual._replace(unit=BARE))]
    if _nought(target) and not target.unit.known and actual.unit.family == COUNT:
        return [(target._replace(unit=actual.unit), actual)]  # 零投诉 -> 3起, but not 100%
    if target.unit.bare is actual.unit.bare:
        return [(target, actual)] if comparable(target.unit, actual.unit) else []
    if target.unit.bare:
        return [(reading, actual) for reading in _in_unit_of(target, actual)]
    return [(target, reading) for reading in _in_unit_of(actual, target)]


def _in_unit_of(value: _Figure, other: _Figure) -> list[_Figure]:
    if value.unit.name:  # 5万 against 元, 万元 or 亿元
        return [value._replace(unit=scaled(value.unit, unscaled(other.unit)))]
    readings = [value._replace(unit=other.unit)]
    mine, theirs = _size(value), _size(other)
    if other.unit.dimension == FRACTION.dimension and 0 < mine <= _MOST_AS_FRACTION:
        readings.append(value._replace(unit=FRACTION))
    plain = unscaled(other.unit)
    if plain != other.unit and mine and theirs and max(mine / theirs, theirs / mine) >= _OTHER_SCALE:
        readings.append(value._replace(unit=plain))
    return readings


def _size(value: _Figure) -> Decimal:
    return abs(value.number if isinstance(value, Quantity) else value.high)


def _meets_several(target: Several, actual: Several, direction: Direction | None) -> bool | None:
    """Part against part of the same label; parts without labels in their order."""
    pairs = _paired(target, actual)
    if pairs is None:
        return None
    answers = [meets(one, other, direction) for one, other in pairs]
    return False if False in answers else None if None in answers else True


def _paired(target: Several, actual: Several) -> list[tuple[_Figure, _Figure]] | None:
    labels = [part.label for part in target.parts]
    others = {part.label: part for part in actual.parts}
    if len(set(labels)) == len(labels) == len(actual.parts) and others.keys() == set(labels):
        return [(part, others[part.label]) for part in target.parts]
    if labels == [part.label for part in actual.parts]:
        return list(zip(target.parts, actual.parts, strict=True))
    return None


def _meets_date(target: Date, actual: Date, year: int | None) -> bool | None:
    """Whether what was done at `actual` was done in time. Earlier than named is in time."""
    if target.year is None and actual.year is None and year is None:
        year = 0  # both in the form's year, whichever it is
    goal, done = target.span(year), actual.span(year)
    if goal is None or done is None or "后" in (target.relation, actual.relation):
        return None
    if target.relation == "前" and _deadline_open(target):
        # 9月前 may mean before September or by its end.
        if actual.relation != "前" and done[0] > goal[1]:
            return False
        return True if done[1] < goal[0] else None
    if actual.relation == "前":
        return True if done[1] <= goal[1] else None
    return _in_time(goal[1], done)


def _in_time(deadline: Day, done: tuple[Day, Day]) -> bool | None:
    if done[1] <= deadline:
        return True
    return False if done[0] > deadline else None


def _deadline_open(date: Date) -> bool:
    return date.day is None and date.part not in ("底", "上旬", "中旬", "下旬")


def _meets_comparison(target: Comparison, actual: Comparison) -> bool | None:
    if target.base != actual.base or (target.subject and actual.subject and target.subject != actual.subject):
        return None
    if target.operator is not Operator.NONE:
        return _movement_satisfies(target.operator, actual)
    if target.trend is None or actual.trend is None:
        return None
    if {target.trend, actual.trend} == {Trend.UP, Trend.DOWN}:
        return False
    if target.trend is not actual.trend:
        return None
    if target.amount is None:
        return True
    if actual.amount is None:
        return None
    return _meets_figure(target.amount, actual.amount, Direction.POSITIVE)


def _movement_satisfies(operator: Operator, actual: Comparison) -> bool | None:
    """Whether 较上年提高, 持平 or 下降 keeps a bound such as 不低于上年."""
    if actual.trend is None:
        return None
    if actual.trend is Trend.STATE:
        return not operator.strict if "持平" in actual.verb else None
    return operator.floor is (actual.trend is Trend.UP)


# How much of the target was done?


def completion(target: Value, actual: Value, direction: Direction | None = None) -> Decimal | None:
    """Return actual / target as a fraction where more is better (≥, >, or a plain target of a positive indicator).

    None for ceilings and reverse indicators (two rules are in use, so that is a matter of settings), for targets
    of nought or below, ranges, several parts, conditions given in place of a figure, and units that do not compare.
    """
    if not (isinstance(target, Quantity) and isinstance(actual, Quantity)):
        return None
    if actual.operator not in (Operator.NONE, Operator.EQUAL) or target.operator is Operator.ABOUT:
        return None
    if target.operator.ceiling or target.base <= 0:
        return None
    readings = _readings(target, actual)
    if len(readings) != 1 or _misread(target, actual):
        return None
    goal, done = (figure.base for figure in readings[0] if isinstance(figure, Quantity))
    if not target.operator.floor and direction is not Direction.POSITIVE:
        return _WHOLE if done == goal and direction is None else None
    return done / goal


# Does it say anything beyond the target?


def repeats_condition(target: Value, actual: Value) -> bool:
    """Return whether an actual value only repeats the target's condition (≥90%, 不低于上年, 6-9个月) without a figure.

    The bound must be the target's: ">90%" repeats "≥90%", while "≥98%" says more, and so does a label or a note
    of its own. Plain figures (100% and 100%), degrees (显著提升) and dates repeat no condition, equal as they may be.
    """
    if isinstance(target, Quantity) and isinstance(actual, Quantity):
        bound = actual.operator.floor or actual.operator.ceiling
        opposite = target.operator.floor and actual.operator.ceiling
        opposite = opposite or (target.operator.ceiling and actual.operator.floor)
        return bound and not opposite and not actual.note and _same_figure(target, actual)
    if isinstance(target, Range) and isinstance(actual, Range):
        return not actual.note and any(
            (goal.base_low, goal.base_high) == (said.base_low, said.base_high)
            for goal, said in _readings(target, actual)
            if isinstance(goal, Range) and isinstance(said, Range)
        )
    if isinstance(target, Several) and isinstance(actual, Several):
        pairs = _paired(target, actual)
        return pairs is not None and all(repeats_condition(one, other) for one, other in pairs)
    if isinstance(target, Comparison) and isinstance(actual, Comparison):
        return (
            actual.condition
            and not actual.note
            and (target.base, target.trend, target.operator, target.amount)
            == (actual.base, actual.trend, actual.operator, actual.amount)
        )
    return False


def _same_figure(target: Quantity, actual: Quantity) -> bool:
    return any(
        goal.base == said.base
        for goal, said in _readings(target, actual)
        if isinstance(goal, Quantity) and isinstance(said, Quantity)
    )


# Are the two of a kind?

_FIGURES = _Figure | Several
_TIMES = Date | Period
_SOME = ("有", "无", "没有")
_FULL = frozenset({"全覆盖", "完成", "已完成", "全部完成", "达标", "合格", "全面完成"})


def same_kind(target: Value, actual: Value, *, percent_for_quality: bool = False) -> bool | None:
    """Return whether target and actual value can be compared at all: of one kind, and in units of one family.

    False only where it is proven: a figure for a mere noun (信息公开 -> 100%), a percentage for minutes, 元 for 人,
    a sentence without the figure that the target asks for. None where a person must say: units of one family
    (人 and 人次), nouns of no list, a sentence that holds a figure of the kind.

    `percent_for_quality`: the form's own note asks for a percentage where the target is qualitative (transfer
    form, note 5), so 有所提高 -> 90% is in order.
    """
    if isinstance(target, Blank) or isinstance(actual, Blank):
        return None
    if isinstance(target, _FIGURES):
        return _figure_asked(target, actual)
    if isinstance(target, _TIMES):
        return _time_asked(actual)
    if isinstance(actual, Quantity | Range) and actual.unit.dimension == FRACTION.dimension:
        if percent_for_quality:
            return None
        # 达标, 全覆盖 and comparisons have a natural percentage; a degree or a noun has none.
        return (
            None
            if isinstance(target, Attainment | Comparison | YesNo) or _tells_attainment(target)
            else False
        )
    if type(target) is type(actual):
        return True
    return None


def _tells_attainment(target: Value) -> bool:
    """Whether a text asks for something to be done whole or in time, of which a share can be given."""
    return isinstance(target, Text) and tells_attainment(target.text)


def _figure_asked(target: Quantity | Range | Several, actual: Value) -> bool | None:
    if isinstance(target, Several) or isinstance(actual, Several):
        if isinstance(actual, _FIGURES):
            return _parts_of_kind(_parts(target), _parts(actual))
    elif isinstance(actual, Quantity | Range):
        return True if _nought(target) or _nought(actual) else comparable(target.unit, actual.unit)
    if isinstance(actual, YesNo):
        return None if actual.word in _SOME else False
    if isinstance(actual, Date | Period):
        return None if isinstance(target, Quantity | Range) and target.unit.family == "time" else False
    if isinstance(actual, Comparison):
        return None
    if isinstance(actual, Attainment) and _is_full(target) and _says_all(actual):
        return None
    return None if _holds_figure(target, str(actual)) else False


def _says_all(actual: Attainment) -> bool:
    """Whether an attainment says 100 % in words: 全部到位, 已完工, 达标."""
    return bool(actual.reached) and (actual.word in _FULL or actual.word.startswith(("全", "均", "都", "已")))


def _nought(value: Quantity | Range) -> bool:
    return isinstance(value, Quantity) and not value.number


def _is_full(target: Quantity | Range | Several) -> bool:
    return isinstance(target, Quantity) and target.unit.name == "%" and target.number == 100


def _parts_of_kind(asked: tuple[_Figure, ...], given: tuple[_Figure, ...]) -> bool | None:
    """Several figures on either side: of a kind where each finds its partner, of none where no one does."""
    if not any(comparable(one.unit, other.unit) is not False for one in asked for other in given):
        return False
    paired = len(asked) == len(given) and all(
        comparable(one.unit, other.unit) for one, other in zip(asked, given, strict=True)
    )
    return paired or None


def _parts(value: Quantity | Range | Several) -> tuple[Quantity | Range, ...]:
    return value.parts if isinstance(value, Several) else (value,)


def _holds_figure(target: Quantity | Range | Several, text: str) -> bool:
    """Whether a text holds a figure that the target's unit could be asking for."""
    asked = [part.unit for part in _parts(target)]
    return any(comparable(unit, found.unit) is not False for found in quantities_in(text) for unit in asked)


def _time_asked(actual: Value) -> bool | None:
    if isinstance(actual, _TIMES):
        return True
    if isinstance(actual, Quantity | Range):
        return None if actual.unit.family in ("time", "") else False
    return False if isinstance(actual, Several) else None
