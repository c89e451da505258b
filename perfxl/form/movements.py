"""Growth and decline told in words against a figure of the indicator's own: ≥6% against 同比增长5.2%."""

from __future__ import annotations

from perfxl.form.value_types import Comparison, Operator, Quantity, Trend, Value
from perfxl.form.written import tidy

_UP = ("增长", "增幅", "增速", "增加", "上涨", "涨幅", "提高", "提升", "上升")
_DOWN = ("下降", "降低", "减少", "降幅", "压减", "压缩")
_OF_A_RATE = ("提高", "提升", "上升", "下降", "降低")
"""What a rate does by so many points (百分点); of a growth rate they would be points of growth."""

_OVER_YEARS = ("年均", "环比", "逐年", "每年", "连年")
"""Bases of a movement that is not that of the year."""

_FAR = 5
"""So many times smaller than the other, a figure is rather a step than the level reached."""


def as_figures(name: str, target: Value, actual: Value) -> tuple[Value, Value]:
    """Return target and actual value with a movement as a figure, where the name says which way it is counted.

    A movement the other way is a negative figure. What the name does not make comparable stays as it is.
    """
    way = _way(name)
    if way is None:
        return target, actual
    if isinstance(target, Quantity) and isinstance(actual, Comparison):
        return target, _told(name, way, actual, target) or actual
    if isinstance(target, Comparison) and isinstance(actual, Quantity):
        goal = _told(name, way, target, actual)
        if goal is not None and target.trend is way:
            plain = goal.operator is Operator.NONE
            return goal._replace(operator=Operator.AT_LEAST) if plain else goal, actual
    return target, actual


def _way(name: str) -> Trend | None:
    text = tidy(name)
    up, down = (any(word in text for word in words) for words in (_UP, _DOWN))
    return None if up is down else Trend.UP if up else Trend.DOWN


def _told(name: str, way: Trend, told: Comparison, other: Quantity) -> Quantity | None:
    amount = told.amount
    if amount is None or told.base in _OVER_YEARS or told.trend is Trend.STATE:
        return None
    if not _comparable(name, amount, other):
        return None
    sizes = sorted((abs(amount.number), abs(other.number)))
    if sizes[0] and sizes[0] * _FAR < sizes[1]:
        return None
    number = amount.number if told.trend is way else amount.number.copy_negate()
    return amount._replace(number=number, unit=other.unit)


def _comparable(name: str, amount: Quantity, other: Quantity) -> bool:
    if amount.unit == other.unit:
        return amount.unit.known
    rates = {amount.unit.name, other.unit.name} == {"%", "百分点"}
    return rates and any(word in name for word in _OF_A_RATE)
