"""Formulas that show nothing as long as they rest on blanks, as blank forms have them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from perfxl.scoring.cells import Cells
from tests.tables import sheet

TOTAL = '=IF(COUNT(A1:A3)=0,"",SUM(A1:A3))'
RATE = '=IF(COUNT(A1,A2)<2,"",IF(A1=0,"",ROUND(A2/A1,4)))'


@pytest.mark.parametrize(
    ("column", "formula", "content"),
    [
        (("1", "2", ""), TOTAL, Decimal(3)),
        (("", "", ""), TOTAL, ""),
        (("", "—", "无"), TOTAL, ""),
        (('"1"', "", ""), TOTAL, ""),  # a number typed as text is none for COUNT
        (("0", "", ""), TOTAL, Decimal(0)),
        (("146", "131.24", ""), RATE, Decimal("0.8989")),
        (("146", "", ""), RATE, ""),
        (("0", "5", ""), RATE, ""),
    ],
)
def test_what_a_formula_comes_down_to(column: tuple[str, ...], formula: str, content: Decimal | str) -> None:
    rows = [f"| {value} | {formula if row == 0 else ''} |" for row, value in enumerate(column)]
    assert Cells(sheet("\n".join(rows))).at("B1").content == content


def test_a_sum_passes_over_a_formula_that_shows_nothing() -> None:
    drawing = f"| | {TOTAL} |\n| | 5 |\n| | =SUM(B1:B2) |"
    assert Cells(sheet(drawing)).at("B3").content == Decimal(5)
