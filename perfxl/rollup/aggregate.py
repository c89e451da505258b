"""How the values of one indicator are brought together, by notes 4 and 5 of the national transfer form (2021).

Absolute values are added; relative values, and the percentages in which units state a qualitative result, are
averaged with the money of each unit as weights. What is neither stays words, or is left to a person.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from perfxl.form.labels import core
from perfxl.form.model import Indicator
from perfxl.form.units import BARE, FRACTION, Unit, comparable
from perfxl.form.value_types import EXACT, Operator, Quantity, Value
from perfxl.rollup.gather import Group
from perfxl.rounding import round_half_up
from perfxl.rules.handed import Line, Said, as_written, joint_unit, said

_FRACTION_MOST = Decimal("1.5")
"""A bare number up to this stands for a fraction where others write percentages: 0.98 beside 98%."""
_RATE_DIGITS = 4
_PLACES = 6


class Method(Enum):
    """How a line's values are brought together."""

    SUM = "绝对值，直接累加"
    WEIGHTED = "相对值，按资金额度加权平均"
    WORDS = "文字描述，按达成情况归纳"
    OPEN = "计量单位不一致，要由汇总人核定"


class Part(NamedTuple):
    """What one unit gives to a line. Numbers are in the line's unit, percentages as fractions; `met` None if open.

    `why` says why the actual value is not counted, "" where it is.
    """

    row: Indicator | None
    target: Decimal | None = None
    actual: Decimal | None = None
    money: Decimal | None = None
    met: bool | None = None
    why: str = ""


class Aggregate(NamedTuple):
    """A line brought together. `target_sign` is the operator of the joint target, `target_text` its words.

    `target` and `actual` are numbers in `unit` where the method gives them; `target_text` and `actual_text` stand
    where it gives none.
    """

    line: Line
    method: Method
    unit: Unit
    parts: tuple[Part, ...]
    target_sign: str = ""
    target: Decimal | None = None
    target_text: str = ""
    actual: Decimal | None = None
    actual_text: str = ""

    @property
    def percent(self) -> bool:
        """Whether its numbers are fractions to be shown as percentages."""
        return self.unit.dimension == FRACTION.dimension


def aggregate(group: Group, line: Line, money: Sequence[Decimal | None]) -> Aggregate:
    """Bring the values of a line together; `money` are the members' amounts, the weights of relative values."""
    read = [
        said(member.form, row) if row is not None else None
        for member, row in zip(group.members, line.rows, strict=True)
    ]
    unit = joint_unit(read)
    if unit is None or _mostly_words(read):
        figures = unit is None and any(one.figure for one in read if one is not None)
        method = Method.OPEN if figures else Method.WORDS
        parts = tuple(_worded(one, row) for one, row in zip(read, line.rows, strict=True))
        return _in_words(line, method, parts)
    method = Method.WEIGHTED if _is_level(line, unit) else Method.SUM
    parts = tuple(
        _counted(one, row, funds, unit, method)
        for one, row, funds in zip(read, line.rows, money, strict=True)
    )
    return _in_figures(line, method, unit, parts, read)


def _mostly_words(read: Sequence[Said | None]) -> bool:
    """Whether a target of words has been answered by words more often than by the percentage asked for.

    The few percentages would then stand for all the money, of which they are but a part.
    """
    told = [one for one in read if one is not None and one.actual is not None]
    figures = sum(one.figure is not None for one in told)
    targets = any(isinstance(one.target, Quantity) for one in told)
    return bool(figures) and not targets and figures * 2 <= len(told)


def _is_level(line: Line, unit: Unit) -> bool:
    words = _averaged()
    if unit.family in words["families"] or "/" in unit.dimension:
        return True
    name = core(line.subject) or line.subject
    return name.endswith(tuple(words["endings"]))


@cache
def _averaged() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "averaged.toml").read_text(encoding="utf-8"))


def _number(value: Value | None, unit: Unit) -> Decimal | None:
    """The number of a figure in the line's unit, a percentage as its fraction; None for what is no such figure."""
    if not isinstance(value, Quantity) or not comparable(unit, value.unit):
        return None
    ratio = unit.dimension == FRACTION.dimension
    if value.unit.bare and not value.unit.name:
        if ratio and abs(value.number) > _FRACTION_MOST:
            return EXACT.scaleb(value.number, -2)
        return value.number
    if ratio:
        return value.base
    return value.base / unit.factor if unit.factor else value.base


def _counted(
    one: Said | None, row: Indicator | None, money: Decimal | None, unit: Unit, method: Method
) -> Part:
    if one is None or row is None:
        return Part(row, why="表中没有这个指标")
    target, actual = _number(one.target, unit), _number(one.figure, unit)
    if actual is None:
        return Part(row, target, met=one.met, why=_why_not(one))
    if method is Method.WEIGHTED and money is None:
        return Part(row, target, actual, met=one.met, why="没有资金额度，不能加权：未计入")
    return Part(row, target, actual, money if method is Method.WEIGHTED else None, one.met)


def _why_not(one: Said) -> str:
    if one.actual is None:
        return "实际完成值空着：未计入"
    if isinstance(one.actual, Quantity):
        return "实际完成值写成了条件，不是完成的数：未计入"
    return "实际完成值不是一个数：未计入"


def _in_figures(
    line: Line, method: Method, unit: Unit, parts: tuple[Part, ...], read: Sequence[Said | None]
) -> Aggregate:
    sign = _sign(read)
    targets = [part.target for part in parts if part.row is not None]
    target: Decimal | None = None
    text = _common_target(line)
    if sign is not None and not (method is Method.WEIGHTED and text):
        if method is Method.SUM and None not in targets:
            target = sum((value for value in targets if value is not None), Decimal(0))
        elif method is Method.WEIGHTED:
            target = _weighted([(part.target, part.money) for part in parts if part.row is not None])
    return Aggregate(
        line,
        method,
        unit,
        parts,
        target_sign=sign or "",
        target=target,
        target_text="" if target is not None else text,
        actual=_joint([part for part in parts if part.actual is not None and not part.why], method),
    )


def _joint(parts: Sequence[Part], method: Method) -> Decimal | None:
    if not parts:
        return None
    if method is Method.SUM:
        return sum((part.actual for part in parts if part.actual is not None), Decimal(0))
    return _weighted([(part.actual, part.money) for part in parts])


def _weighted(pairs: Sequence[tuple[Decimal | None, Decimal | None]]) -> Decimal | None:
    """R = Σ r·f / Σ f, rounded as rates are; None where a value is missing or there is no money to weigh with."""
    funds = [money for value, money in pairs if value is not None and money is not None]
    if any(value is None for value, _ in pairs) or not sum(funds):
        return None
    total = sum(
        (value * money for value, money in pairs if value is not None and money is not None), Decimal(0)
    )
    return round_half_up(total / sum(funds), _RATE_DIGITS)


def _sign(read: Sequence[Said | None]) -> str | None:
    """The operator that the targets share, the plain ones aside; None where floors and ceilings stand together."""
    operators = Counter(
        one.target.operator for one in read if one is not None and isinstance(one.target, Quantity)
    )
    bounds = [operator for operator in operators if operator is not Operator.NONE]
    if any(sign.floor for sign in bounds) and any(sign.ceiling for sign in bounds):
        return None
    return str(max(bounds, key=lambda sign: operators[sign], default=Operator.NONE))


def _common_target(line: Line) -> str:
    """The target as all units wrote it; "" where they differ."""
    texts = {as_written(row) for row in line.rows if row is not None and row.target is not None}
    return texts.pop() if len(texts) == 1 else ""


def _worded(one: Said | None, row: Indicator | None) -> Part:
    if one is None or row is None:
        return Part(row, why="表中没有这个指标")
    return Part(row, met=one.met, why="实际完成值空着" if one.actual is None else "")


def _in_words(line: Line, method: Method, parts: tuple[Part, ...]) -> Aggregate:
    given = [row.actual.text for row in line.rows if row is not None and row.actual is not None]
    there = [part for part in parts if part.row is not None]
    reached = sum(part.met is True for part in there)
    text = ""
    if method is Method.WORDS and there:
        if len(set(given)) == 1 and len(given) == len(there):
            text = given[0]
        elif reached == len(there):
            text = "达成预期指标"
        elif all(part.met is not None for part in there):
            text = f"部分达成预期指标（{len(there)}个单位中{reached}个达成）"
    return Aggregate(line, method, BARE, parts, target_text=_common_target(line), actual_text=text)
