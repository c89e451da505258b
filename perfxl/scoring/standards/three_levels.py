"""Families 6 and 7: 满分 / 合格 / 零分, with or without interpolation between them.

The usual text of the interpolation, in percent of the weight: "满分：≥80% 合格：60% 零分：≤50% 其他：
合格之上：60+40*(实际值-60%)/20% 合格之下：60-60*(60%-实际值)/10%". Where the printed divisor does not reach
from 合格 to 满分, the result passes 100 and is cut there.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from perfxl.form.figures import plain as number_text
from perfxl.rounding import round_half_up
from perfxl.scoring.standards.conditions import Condition, condition, measure
from perfxl.scoring.standards.curve import Curve, Fixed, Interval, Line, Piece, Unsaid
from perfxl.scoring.standards.standard import (
    Choice,
    Family,
    Misfit,
    Possible,
    Reading,
    Standard,
    Term,
    possible_of,
)
from perfxl.scoring.standards.wording import NUMBER, without_numbering, word

_FORMULA = re.compile(rf"{NUMBER}%?([+-])({NUMBER})%?\*\(([^()]+)\)/\(?({NUMBER}%?)\)?")


class _Levels(NamedTuple):
    full: str
    passed: str
    zero: str
    other: str


def read(reading: Reading) -> Standard | None:
    """Read the three levels; None where the text does not name at least 满分 and 零分 as headings."""
    levels = _levels(reading.text)
    if levels is None:
        return None
    full, zero = condition(levels.full), condition(levels.zero)
    passed = condition(levels.passed) if levels.passed else None
    if full is None or zero is None or (levels.passed and passed is None):
        return None if levels.other else _by_words(levels, reading)
    return _measured(full, passed, zero, levels.other, reading)


def _levels(text: str) -> _Levels | None:
    names = {
        "full": word("grade", "full"),
        "passed": word("grade", "pass"),
        "zero": word("grade", "zero"),
        "other": word("grade", "other"),
    }
    heading = re.compile(
        "|".join(f"(?P<{name}>(?<![得计给按]){pattern})(?=:)" for name, pattern in names.items())
    )
    marks = list(heading.finditer(text))
    if not marks or without_numbering(text[: marks[0].start()]):
        return None
    found: dict[str, str] = {}
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        name = str(mark.lastgroup)
        if name in found:
            return None
        found[name] = without_numbering(text[mark.end() + 1 : following.start() if following else len(text)])
    if not found.get("full") or not found.get("zero"):
        return None
    return _Levels(found["full"], found.get("passed", ""), found["zero"], found.get("other", ""))


def _by_words(levels: _Levels, reading: Reading) -> Standard:
    choices = [Choice(levels.full, reading.weight)]
    if levels.passed:
        choices.append(Choice(levels.passed, reading.weight * reading.pass_share))
    choices.append(Choice(levels.zero, Decimal(0)))
    possible = Possible(tuple((choice.points, choice.points) for choice in choices))
    return Standard(Family.THREE_VALUES, reading.weight, possible, choices=tuple(choices))


def _measured(
    full: Condition, passed: Condition | None, zero: Condition, other: str, reading: Reading
) -> Standard | None:
    full, zero = _open_ended(full, zero), _open_ended(zero, full)
    pieces = [Piece(full.stretch, Fixed(Decimal(1), True)), Piece(zero.stretch, Fixed(Decimal(0)))]
    rising = full.stretch.low is not None
    top = full.stretch.low if rising else full.stretch.high
    bottom = zero.stretch.high if rising else zero.stretch.low
    middle = passed.stretch.low if passed is not None else None
    if top is None or bottom is None:
        return None
    misfits: list[Misfit] = []
    if passed is not None and middle is not None:
        pieces.append(Piece(passed.stretch, Fixed(reading.pass_share, True)))
    if other and middle is not None:
        slopes = _slopes(other, middle)
        if slopes is None:
            return None
        above, below = slopes
        for one, two, slope in ((middle, top, above), (bottom, middle, below)):
            line = Line(middle, reading.pass_share, slope.rise, Decimal(1), True, slope.run)
            pieces.append(Piece(Interval(min(one, two), max(one, two), 1, 1), line))
        if reading.pass_share + abs(above.rise * (top - middle) / above.run) != 1:
            misfits.append(_too_steep(top, middle, above, reading))
        left = reading.pass_share - abs(below.rise * (middle - bottom) / below.run)
        if left:
            why = f"“合格之下”一式到零分线（{_percent(bottom)}）时是 {number_text(left * 100)} 分，不是 0 分"
            misfits.append(Misfit(why, _percent(abs(middle - bottom)), _percent(below.run)))
    elif middle is not None:
        pieces.append(Piece(_between(middle, top), Unsaid(reading.pass_share, Decimal(1), True)))
        pieces.append(Piece(_between(bottom, middle), Unsaid(Decimal(0), reading.pass_share, True)))
    else:
        pieces.append(Piece(_between(bottom, top), Unsaid(Decimal(0), Decimal(1), True)))
    term = Term(measure(full.label, full.unit, reading), Curve(tuple(pieces)))
    family = Family.INTERPOLATED if other else Family.THREE_VALUES
    possible = possible_of((term,), reading.weight)
    return Standard(family, reading.weight, possible, (term,), misfits=tuple(misfits))


def _open_ended(said: Condition, other: Condition) -> Condition:
    """A single value at one end stands for all beyond it, seen from the other end: 满分:0次 零分:≥2次."""
    value = said.stretch.low
    away = other.stretch.high if other.stretch.low is None else other.stretch.low
    if not said.equal or value is None or away is None or value == away:
        return said
    beyond = Interval(low=value, low_rank=3) if value > away else Interval(high=value, high_rank=3)
    return said._replace(stretch=beyond, equal=False)


def _between(one: Decimal, other: Decimal) -> Interval:
    return Interval(min(one, other), max(one, other))


class _Slope(NamedTuple):
    rise: Decimal
    run: Decimal


def _slopes(text: str, middle: Decimal) -> tuple[_Slope, _Slope] | None:
    """The slopes of the formulas above and below 合格, each a rise in shares of the weight over a run."""
    found: list[_Slope] = []
    for name in ("above", "below"):
        heading = re.search(word("grade", name) + ":?=?", text)
        match = _FORMULA.search(text, heading.end()) if heading else None
        if match is None:
            return None
        sign, gain, inner, divisor = match.groups()
        run = _number(divisor)
        named = re.search(rf"{NUMBER}%?", inner)
        if not run or named is None or _number(named[0]) != middle:
            return None
        downwards = (sign == "-") != (named.start() == 0)
        found.append(_Slope((-1 if downwards else 1) * Decimal(gain) / 100, run))
    return found[0], found[1]


def _number(text: str) -> Decimal:
    return Decimal(text[:-1]) / 100 if text.endswith("%") else Decimal(text)


def _too_steep(top: Decimal, middle: Decimal, slope: _Slope, reading: Reading) -> Misfit:
    at_top = (reading.pass_share + abs(slope.rise * (top - middle) / slope.run)) * 100
    turn = "超过 100 分，按 100 分封顶" if at_top > 100 else "不到 100 分"
    why = (
        f"满分线 {_percent(top)} 与合格线 {_percent(middle)} 相差 {_percent(abs(top - middle))}，"
        f"“合格之上”一式却除以 {_percent(slope.run)}：到满分线时算出 {number_text(round_half_up(at_top, 2))} 分，{turn}"
    )
    return Misfit(why, _percent(abs(top - middle)), _percent(slope.run))


def _percent(share: Decimal) -> str:
    return f"{number_text(share * 100)}%"
