"""What a standard measures, found in the cells: the row's own values, the fund table, or the project's other form."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from perfxl.form.execution import is_execution_rate
from perfxl.form.figures import figure
from perfxl.form.labels import squeeze
from perfxl.form.model import Entry, Form, Indicator
from perfxl.form.units import BARE, FRACTION, Unit, comparable
from perfxl.form.units import unit as unit_named
from perfxl.form.values import Operator, Quantity, Several, parse
from perfxl.scoring.cells import References
from perfxl.scoring.companions import Seat, row_like
from perfxl.scoring.expression import (
    Comparison,
    Constant,
    Difference,
    Excerpt,
    Expression,
    If,
    Product,
    Quotient,
    Reference,
    constant,
)
from perfxl.scoring.method import Execution, Undecided, execution, main_row, says_nothing
from perfxl.scoring.numerals import numeral
from perfxl.scoring.standards.standard import Measure, Measured
from perfxl.settings.parameters import Settings

_DIGITS = re.compile(r"\d+(?:\.\d+)?%?")
_MORE_FIGURES = re.compile(r"[^(]*\d")
"""A note beside a figure that holds another one outside brackets: which of the two counts is for a person."""
_WIDEST = 0xFFFF
"""Characters beyond count twice in Excel's MID, once here."""
_SHARE_MOST = Decimal("1.5")
_PERCENT_LEAST = Decimal(2)
_RATE_NAME = re.compile(r"(?:率|度|比例|比重|占比|百分比|程度)(?:\(.*\))?$")


class Amount(NamedTuple):
    """A figure in a cell: the expression that reads it, its value and unit; a percentage is its fraction.

    `operator` is the condition that stands with a target.
    """

    reads: Expression
    value: Decimal
    unit: Unit
    operator: Operator = Operator.NONE

    @property
    def percent(self) -> bool:
        """Whether it is a percentage, read as its fraction."""
        return self.unit.dimension == FRACTION.dimension

    def over(self, divisor: int) -> Amount:
        """The amount divided by a whole number, for percentages written as 95."""
        return Amount(Quotient(self.reads, constant(divisor)), self.value / divisor, FRACTION, self.operator)


class Row(NamedTuple):
    """An indicator row with the cells of its form and the companion form of the same project, if there is one."""

    form: Form
    indicator: Indicator
    cells: References
    settings: Settings
    companion: Seat | None = None

    def values(self) -> tuple[Entry | None, Entry | None, Indicator, References]:
        """The actual value and the target, the row they stand in and its cells.

        The form's own actual value counts; a form without the column takes row and target of its companion.
        """
        if self.indicator.actual is None and self.companion is not None:
            other = row_like(self.indicator, self.companion.form.indicators)
            if other is not None and other.actual is not None:
                return other.actual, other.target or self.indicator.target, other, self.companion.cells
        return self.indicator.actual, self.indicator.target, self.indicator, self.cells


def measured(measure: Measure, row: Row) -> Expression | Undecided:
    """Return the value that a standard measures as an expression, or why it cannot be known."""
    if measure.kind is Measured.EXECUTION:
        return _execution(row)
    if measure.kind is Measured.JUDGED:
        return Undecided(f"“{measure.label}”没有单独的单元格")
    actual, target, home, cells = row.values()
    if actual is None:
        return Undecided("本表没有实际完成值")
    if says_nothing(actual):
        return Undecided(f"实际完成值（{actual.address}）没有填")
    if measure.part is not None:
        return _part(measure, actual, cells)
    done = amount(actual, cells, home)
    if done is None or done.operator not in (Operator.NONE, Operator.EQUAL):
        return Undecided(f"实际完成值（{actual.address}）不是一个数")
    goal = amount(target, cells if target is home.target else row.cells, home) if target is not None else None
    if measure.kind is Measured.ACTUAL:
        return _actual(measure, done, goal, actual, row)
    if goal is None:
        return Undecided("没有能计算的目标值")
    if measure.kind is Measured.COMPLETION:
        return completion(done, goal, row.settings)
    return _distance(measure, done, goal)


def amount(entry: Entry | None, cells: References, row: Indicator) -> Amount | None:
    """Return the one figure an entry holds with the expression that reads it; None where it holds none or several."""
    if entry is None or entry.cell.error:
        return None
    reference = cells.reference(entry)
    operator = row.operator.text if row.operator is not None and entry is row.target else None
    unit = row.unit.text if row.unit is not None and not says_nothing(row.unit) else None
    content = reference.content
    if isinstance(content, Decimal):
        shown = figure(Entry(content, entry.cell))  # what the plan puts there, in the format of the cell
        if shown is None:
            return None
        percent = shown.percent
        value = parse(content, unit=None if percent else unit, operator=operator, percent=percent)
        if not isinstance(value, Quantity):
            return None
        if percent:
            return Amount(reference, content, FRACTION, value.operator)
        found = Amount(reference, content, value.unit, value.operator)
        return found.over(100) if value.unit.dimension == FRACTION.dimension else found
    if not isinstance(content, str):
        return None
    value = parse(content, unit=unit, operator=operator)
    return _of_quantity(value, reference, content) if isinstance(value, Quantity) else None


def _of_quantity(value: Quantity, reference: Reference, content: str) -> Amount | None:
    reads = _reads(value.number, reference, content)
    if reads is None or value.unit.name == "‰" or _MORE_FIGURES.match(value.note):
        return None
    percent = value.unit.dimension == FRACTION.dimension
    if not percent:
        return Amount(reads, value.number, value.unit, value.operator)
    if reads.value() == value.number and value.number:
        return Amount(reads, value.number, FRACTION, value.operator).over(100)
    return Amount(reads, reads.value(), FRACTION, value.operator)


def _reads(number: Decimal, reference: Reference, content: str) -> Expression | None:
    """The expression that gives `number` (or, with its sign, the percentage) out of a text."""
    whole = numeral(content)
    if whole is not None and whole.value in (number, number / 100):
        return reference
    if any(ord(sign) > _WIDEST for sign in content):
        return None
    for match in _DIGITS.finditer(content):
        if match[0].isascii() and Decimal(match[0].rstrip("%")) == number:
            return Excerpt(reference, match.start() + 1, len(match[0]))
    return None


def _execution(row: Row) -> Expression | Undecided:
    """B/A of the form's own fund table, else of its companion's, else the rate the row itself states."""
    found: Execution | Undecided | None = None
    for form, cells in _homes(row):
        main = main_row(form)
        found = execution(form, main, cells) if main is not None else None
        if isinstance(found, Execution):
            return found.rate
    actual, _, home, cells = row.values()
    if actual is not None and not says_nothing(actual) and is_execution_rate(row.indicator):
        done = amount(actual, cells, home)
        stated = _as_share(done, row) if done is not None and done.operator is Operator.NONE else None
        if stated is not None:
            return stated
    if isinstance(found, Undecided):
        return found
    return Undecided("这个工作簿里没有本项目的预算数和执行数：把项目支出绩效自评表放进同一个工作簿再计算")


def _homes(row: Row) -> list[tuple[Form, References]]:
    homes = [(row.form, row.cells)]
    if row.companion is not None:
        homes.append((row.companion.form, row.companion.cells))
    return [(form, cells) for form, cells in homes if form.funds]


def _as_share(done: Amount, row: Row) -> Expression | None:
    """A figure as a fraction: a percentage, 0.95, or 95 where the indicator is a rate."""
    if done.percent:
        return done.reads
    if not done.unit.bare:
        return None
    if done.value <= _SHARE_MOST:
        return done.reads
    named = row.indicator.level3 is not None and _RATE_NAME.search(squeeze(row.indicator.level3.text))
    return done.over(100).reads if done.value >= _PERCENT_LEAST and named else None


def _actual(
    measure: Measure, done: Amount, goal: Amount | None, actual: Entry, row: Row
) -> Expression | Undecided:
    if measure.unit == "%" and measure.divisor is None:
        if goal is not None and goal.percent and done.unit.bare and not done.percent:
            done = done.over(100) if done.value >= _PERCENT_LEAST else done
        share = _as_share(done, row)
        if share is not None:
            return share
        if goal is not None and not goal.percent and not measure.label:
            return completion(done, goal, row.settings)
        return Undecided(f"实际完成值（{actual.address}）不是百分比")
    if done.percent:
        return Undecided(f"实际完成值（{actual.address}）是百分比，评分标准不是")
    unit = unit_named(measure.unit) if measure.unit else None
    if unit is None and goal is not None and (measure.divisor is None or goal.value == measure.divisor):
        unit = goal.unit
    reads = _in_unit(done, unit or BARE)
    if reads is None:
        return Undecided(f"实际完成值（{actual.address}）的单位“{done.unit}”与评分标准的“{unit}”不同")
    return reads if measure.divisor is None else Quotient(reads, Constant(measure.divisor))


def _in_unit(done: Amount, unit: Unit) -> Expression | None:
    """An amount in another unit of the same kind; None where the two do not compare."""
    if done.unit.bare and not done.unit.name:
        return done.reads
    if unit.bare and not unit.name:
        return done.reads
    if done.unit.factor == unit.factor:
        return done.reads if comparable(done.unit, unit) is not False else None
    if done.unit.dimension != unit.dimension:
        return None
    factor = done.unit.factor / unit.factor
    if factor >= 1:
        return Product(done.reads, Constant(factor))
    return Quotient(done.reads, Constant(unit.factor / done.unit.factor))


def completion(done: Amount, goal: Amount, settings: Settings) -> Expression | Undecided:
    """Actual value ÷ target; for a ceiling the reverse, by the rule of the settings."""
    pair = _alike(done, goal)
    if pair is None:
        return Undecided("实际完成值与目标值的单位不同，算不出完成率")
    actual, target = pair
    if goal.value <= 0:
        return Undecided("目标值是 0，算不出完成率")
    if not goal.operator.ceiling:
        return Quotient(actual, target)
    if settings.reverse_rule == "linear":
        return Difference(constant(2), Quotient(actual, target))
    return If(Comparison(actual, "<=", target), constant(1), Quotient(target, actual))


def _alike(done: Amount, goal: Amount) -> tuple[Expression, Expression] | None:
    """Both amounts in one unit."""
    if done.percent and goal.percent:
        return done.reads, goal.reads
    if done.percent and goal.unit.bare and goal.value >= _PERCENT_LEAST:
        return done.reads, goal.over(100).reads
    if goal.percent and done.unit.bare and done.value >= _PERCENT_LEAST:
        return done.over(100).reads, goal.reads
    if done.percent != goal.percent and not (done.unit.bare or goal.unit.bare):
        return None
    reads = _in_unit(done, goal.unit)
    return None if reads is None else (reads, goal.reads)


def _distance(measure: Measure, done: Amount, goal: Amount) -> Expression | Undecided:
    """How far the actual value falls short of its target, or goes beyond it, in the unit of the standard."""
    pair = _alike(done, goal)
    if pair is None:
        return Undecided("实际完成值与目标值的单位不同，算不出差距")
    actual, target = pair
    away = Difference(target, actual) if measure.kind is Measured.SHORTFALL else Difference(actual, target)
    if measure.unit != "%":
        return Undecided("实际完成值是百分比，评分标准不是") if done.percent else away
    if done.percent and goal.percent:
        return away
    if goal.value <= 0:
        return Undecided("目标值是 0，算不出差距的比例")
    return Quotient(away, target)


def _part(measure: Measure, actual: Entry, cells: References) -> Expression | Undecided:
    """One of several figures of a cell, in their order: the 6 of "3个市州、6个县"."""
    reference = cells.reference(actual)
    content = reference.content
    value = parse(content) if isinstance(content, str) else None
    number = measure.part or 0
    if (
        isinstance(content, str)
        and isinstance(value, Several)
        and measure.divisor
        and number < len(value.parts)
    ):
        matches = [match for match in _DIGITS.finditer(content) if match[0].isascii()]
        part = value.parts[number]
        if len(matches) == len(value.parts) and isinstance(part, Quantity) and not part.operator.value:
            match = matches[number]
            if Decimal(match[0].rstrip("%")) == part.number and part.unit.dimension != FRACTION.dimension:
                return Quotient(
                    Excerpt(reference, match.start() + 1, len(match[0])), Constant(measure.divisor)
                )
    return Undecided(f"实际完成值（{actual.address}）里没有各部分的数")
