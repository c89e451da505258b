"""PX407: a column of targets that holds the weights."""

from __future__ import annotations

import pytest

from perfxl.rules.finding import Severity
from tests.rules.forms import NATIONAL, TRANSFER, at, form, only

POINTS = {"D14": "30", "E14": "30", "D15": "20", "E15": "20", "D16": "20", "E16": "18"} | {
    "D17": "10", "E17": "10", "D18": "20", "E18": "20",
}  # fmt: skip


def test_fails_at_the_head_of_the_column() -> None:
    found = only(form(TRANSFER, **POINTS), "PX407")
    assert (found.cell, found.severity) == ("D13", Severity.WARNING)
    assert {"D14", "E14", "D18", "E18"} <= set(found.cells)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {**POINTS, "D14": "31"},
        {**POINTS, "D14": "30%"},
        {**POINTS, "E14": "31"},
        {**POINTS, "D14": "≥30"},
    ],
)
def test_passes_on_targets(changes: dict[str, str]) -> None:
    assert at(form(TRANSFER, **changes), "PX407") == {}


def test_passes_where_weights_have_their_own_column() -> None:
    bare = {
        "D13": "20",
        "E13": "20",
        "D14": "30",
        "E14": "30",
        "D15": "30",
        "E15": "30",
        "D16": "10",
        "E16": "10",
    }
    assert at(form(NATIONAL, **bare, D17="10", E17="10"), "PX407") == {}
