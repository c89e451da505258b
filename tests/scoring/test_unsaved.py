"""Formulas that a program wrote without their results."""

from __future__ import annotations

from decimal import Decimal

from perfxl.scoring.unsaved import with_results
from tests.tables import workbook


def test_results_are_worked_out_through_other_formulas() -> None:
    shown = with_results(workbook("| 120 | 96 | =B1/A1 | =ROUND(C1*10,2) | =SUM(D1,2) |"))
    row = [shown.sheets[0].at(1, column).value for column in (3, 4, 5)]
    assert row == [Decimal("0.8"), Decimal(8), Decimal(10)]
    assert shown.sheets[0].at(1, 5).formula == "SUM(D1,2)"


def test_a_saved_result_stays_and_an_unreadable_formula_has_none() -> None:
    shown = with_results(workbook("| 1 | =A1+1 -> 7 | =VLOOKUP(A1,B1,1) | =1/0 |"))
    assert [shown.sheets[0].at(1, column).value for column in (2, 3, 4)] == [Decimal(7), None, None]


def test_saved_results_give_way_where_everything_is_computed_on_opening() -> None:
    drawn = workbook("| 1 | =A1+1 -> 0 | =VLOOKUP(A1,B1,1) -> 3 |")._replace(recalculated=True)
    shown = with_results(drawn)
    assert [shown.sheets[0].at(1, column).value for column in (2, 3)] == [Decimal(2), Decimal(3)]
