"""PX905: formulas that read other files, and program code."""

from __future__ import annotations

import pytest

from perfxl.rules.finding import Severity
from tests.rules.file.books import at, drawn


@pytest.mark.parametrize("reference", ["[1]支出!B8", "'[决算 2022.xlsx]支 出'!B8", "[决算.xlsx]支出!$B$8+1"])
def test_fails_on_links(reference: str) -> None:
    assert at("PX905", drawn(E6=f"={reference} -> 131.24")) == {"E6": Severity.WARNING}


def test_fails_softly_on_macros() -> None:
    assert at("PX905", drawn(), macros=True) == {"A1": Severity.NOTE}


@pytest.mark.parametrize("formula", ["=支出!B8", "=SUM(表1[金额])", "=D6*0.5"])
def test_passes_what_stands_in_the_file(formula: str) -> None:
    assert at("PX905", drawn(E6=f"{formula} -> 131.24")) == {}
