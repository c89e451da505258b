"""The live formulas of a form: each with its value, and blank ("" in the cell) as long as it rests on blanks.

No function is newer than Excel 2007, and all are such that `perfxl.scoring` reads them too: what `score` writes into
a form takes their results along. LibreOffice confirms the values in the tests.
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
        return f"IF(COUNT({self.cell.reference})=0,{self.otherwise.reference},{self.cell.reference})"

    @property
    def asked(self) -> str:
        """The cells of which one must hold a number."""
        return (
            self.cell.reference
            if self.otherwise is None
            else f"{self.cell.reference},{self.otherwise.reference}"
        )

    @property
    def numbers(self) -> tuple[Decimal, ...]:
        """The amount, none where it is blank."""
        return self.cell.numbers or (self.otherwise.numbers if self.otherwise else ())


def rate(budget: Budget, executed: Operand) -> Formula:
    """The execution rate B/A as a fraction; blank while one of them is missing or A is nought."""
    share = f"{executed.reference}/{budget.reference}"
    text = _where_known(budget, (executed,), f"ROUND({share},{_RATE_DIGITS})")
    if not budget.numbers or not executed.numbers or not budget.numbers[0]:
        return Formula(text, None)
    return Formula(text, round_half_up(executed.numbers[0] / budget.numbers[0], _RATE_DIGITS))


def execution_score(weight: Operand, budget: Budget, executed: Operand) -> Formula:
    """The score for the execution rate: weight × B/A, at most the weight."""
    share = f"{executed.reference}/{budget.reference}"
    score = f"ROUND({weight.reference}*MIN(1,{share}),{_SCORE_DIGITS})"
    text = _where_known(budget, (weight, executed), score)
    if not (weight.numbers and budget.numbers and executed.numbers and budget.numbers[0]):
        return Formula(text, None)
    least = min(Decimal(1), executed.numbers[0] / budget.numbers[0])
    return Formula(text, round_half_up(weight.numbers[0] * least, _SCORE_DIGITS))


def same(other: Operand) -> Formula:
    """The number of another cell; blank while that holds none."""
    text = f'IF(COUNT({other.reference})=0,"",{other.reference})'
    return Formula(text, other.numbers[0] if other.numbers else None)


def _where_known(budget: Budget, others: Sequence[Operand], result: str) -> str:
    """A result that is blank where an amount is missing or nothing was budgeted."""
    references = ",".join(other.reference for other in others)
    text = f'IF({budget.reference}=0,"",{result})'
    text = f'IF(COUNT({references})<{len(others)},"",{text})'
    return f'IF(COUNT({budget.asked})=0,"",{text})'
