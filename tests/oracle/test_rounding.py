"""Both oracles round as the program does, at ties above all: a value and its formula must never part ways."""

from __future__ import annotations

import random
from decimal import Decimal
from pathlib import Path
from types import ModuleType

import openpyxl
import pytest

from perfxl.rounding import round_half_up
from tests.oracle.calculator import calculate
from tests.oracle.workbooks import SHEET, write

TIES = [
    "2.675",
    "0.125",
    "1.005",
    "-0.5",
    "0.5",
    "1.5",
    "2.5",
    "-2.5",
    "0.285",
    "8.345",
    "-1.005",
    "35.855",
    "9.995",
]
COUNT = 400


def _ties() -> tuple[dict[str, float | str], dict[str, str], dict[str, Decimal]]:
    """Known ties, then random ones typed in, as products and as quotients: values, formulas, exact results."""
    chance = random.Random(20220315)
    values: dict[str, float | str] = {}
    formulas: dict[str, str] = {}
    expected: dict[str, Decimal] = {}

    def add(formula: str, exact: Decimal, digits: int, *operands: Decimal) -> None:
        row = len(formulas) + 1
        values.update(
            {f"{column}{row}": float(operand) for column, operand in zip("AB", operands, strict=False)}
        )
        formulas[f"C{row}"] = formula.format(row=row)
        expected[f"C{row}"] = round_half_up(exact, digits)

    for text in TIES:
        exact = Decimal(text)
        digits = max(0, -int(exact.as_tuple().exponent) - 1)
        add(f"ROUND({text},{digits})", exact, digits)
    for _ in range(COUNT):
        digits = chance.choice((0, 1, 2, 4))
        typed = Decimal(2 * chance.randint(-200_000, 2_000_000) + 1) / (2 * 10**digits)
        add(f"ROUND(A{{row}},{digits})", typed, digits, typed)
        weight, percent = Decimal(chance.randint(1, 400)) / 2, Decimal(2 * chance.randint(0, 60) + 1) / 100
        add("ROUND(A{row}*B{row},2)", weight * percent, 2, weight, percent)
        budget, quotient = (
            Decimal(chance.randint(1, 40_000)) / 8,
            Decimal(2 * chance.randint(0, 1000) + 1) / 200,
        )
        add("ROUND(A{row}/B{row},2)", quotient, 2, budget * quotient, budget)
    return values, formulas, expected


@pytest.fixture(scope="module")
def ties(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Decimal]]:
    """A workbook of ties, and the exact result of each formula by address."""
    values, formulas, expected = _ties()
    return write(tmp_path_factory.mktemp("ties") / "ties.xlsx", values, formulas), expected


def test_calculator_rounds_ties_away_from_zero(ties: tuple[Path, dict[str, Decimal]]) -> None:
    path, expected = ties
    calculated = calculate(path)
    assert {place: calculated[SHEET, place] for place in expected} == {
        place: float(value) for place, value in expected.items()
    }


def test_libreoffice_rounds_ties_away_from_zero(
    ties: tuple[Path, dict[str, Decimal]], tmp_path: Path, libreoffice: ModuleType
) -> None:
    path, expected = ties
    (result,) = libreoffice.recalculate([path], tmp_path)
    sheet = openpyxl.load_workbook(result, data_only=True)[SHEET]
    assert {place: sheet[place].value for place in expected} == {
        place: float(value) for place, value in expected.items()
    }


def test_the_greatest_number_of_a_cell_is_rounded_too() -> None:
    assert round_half_up(Decimal("1.79E+308"), 2) == Decimal("1.79E+308")
