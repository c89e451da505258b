"""PX902: saved results that are no longer what the formula gives."""

from __future__ import annotations

import pytest

from perfxl.rules.finding import Severity
from tests.rules.file.books import at, drawn


@pytest.mark.parametrize(
    ("cell", "formula"),
    [("G18", "=SUM(G13:G17)+H6 -> 96"), ("G6", "=E6/D6 -> 0.9"), ("H6", "=ROUND(F6*G6,2) -> 9")],
)
def test_fails_on_the_formula(cell: str, formula: str) -> None:
    assert at("PX902", drawn(**{cell: formula})) == {cell: Severity.WARNING}


@pytest.mark.parametrize(
    "changes",
    [
        {"G18": "=SUM(G13:G17)+H6 -> 95.99"},
        {"G6": "=E6/D6 -> 0.8989041095890411"},
        {"G18": "=SUM(G13:G17)+H6"},
        {"G18": "=VLOOKUP(A1,B1:C2,2,FALSE) -> 95.99"},
        {"C6": "=[决算.xlsx]表1!A1 -> 150"},
        {},
    ],
)
def test_passes_fresh_unsaved_and_unread_formulas(changes: dict[str, str]) -> None:
    assert at("PX902", drawn(**changes)) == {}
