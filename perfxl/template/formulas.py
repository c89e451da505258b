"""The live formulas of a form: each with its value, and blank ("" in the cell) as long as it rests on blanks.

No function is newer than Excel 2007. LibreOffice confirms the values in the tests.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from perfxl.rounding import round_half_up

_MONEY_DIGITS = 6
"""Sums are rounded so that no noise of binary fractions shows; amounts in 万元 have at most six decimals."""
_RATE_DIGITS = 4
_SCORE_DIGITS = 2


class Formula(NamedTuple):
    """A formula without its "=" and its value; None where the cell shows nothing."""

    text: str
    value: Decimal | None


class Operand(NamedTuple):
    """A cell or a range in a formula, and the numbers in it; blank cells and texts are none."""

    reference: str
    numbers: tuple[Decimal, ...] = ()


def total(operands: Sequence[Operand], deciding: Operand | None = None) -> Formula:
    """The sum; blank while `deciding` (by default all operands) holds no number."""
    references = ",".join(operand.reference for operand in operands)
    asked = deciding.reference if deciding is not None else references
    numbers = [number for operand in operands for number in operand.numbers]
    decided = deciding.numbers if deciding is not None else numbers
    text = f'IF(COUNT({asked})=0,"",ROUND(SUM({references}),{_MONEY_DIGITS}))'
    return Formula(
        text, round_half_up(sum(numbers, Decimal(0)), _MONEY_DIGITS).normalize() if decided else None
    )


class Budget(NamedTuple):
    """What was budgeted (A): the cell of 全年预算数, and that of 年初预算数 where it stands in for a blank one."""

    cell: Operand
    otherwise: Operand | None = None

    @property
    def reference(self) -> str:
        """The expression of the amount in a formula."""
        if self.otherwise is None:
            return self.cell.reference
        return f"IF(ISNUMBER({self.cell.reference}),{self.cell.reference},{self.otherwise.reference})"

    @property
    def numbers(self) -> tuple[Decimal, ...]:
        """The amount, none where it is blank."""
        return self.cell.numbers or (self.otherwise.numbers if self.otherwise else ())


def rate(budget: Budget, executed: Operand) -> Formula:
    """The execution rate B/A as a fraction; blank while one of them is missing or A is nought."""
    a, b = budget.reference, executed.reference
    text = f'IF(AND(ISNUMBER({a}),ISNUMBER({b})),IF({a}=0,"",ROUND({b}/{a},{_RATE_DIGITS})),"")'
    if not budget.numbers or not executed.numbers or not budget.numbers[0]:
        return Formula(text, None)
    return Formula(text, round_half_up(executed.numbers[0] / budget.numbers[0], _RATE_DIGITS))


def execution_score(weight: Operand, budget: Budget, executed: Operand) -> Formula:
    """The score for the execution rate: weight × B/A, at most the weight."""
    w, a, b = weight.reference, budget.reference, executed.reference
    text = (
        f"IF(AND(ISNUMBER({w}),ISNUMBER({a}),ISNUMBER({b})),"
        f'IF({a}=0,"",ROUND({w}*MIN(1,{b}/{a}),{_SCORE_DIGITS})),"")'
    )
    if not (weight.numbers and budget.numbers and executed.numbers and budget.numbers[0]):
        return Formula(text, None)
    share = min(Decimal(1), executed.numbers[0] / budget.numbers[0])
    return Formula(text, round_half_up(weight.numbers[0] * share, _SCORE_DIGITS))


def same(other: Operand) -> Formula:
    """The number of another cell; blank while that holds none."""
    text = f'IF(ISNUMBER({other.reference}),{other.reference},"")'
    return Formula(text, other.numbers[0] if other.numbers else None)
