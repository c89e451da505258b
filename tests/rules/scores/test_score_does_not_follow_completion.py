"""PX312: scores of missed targets and the share that was reached."""

from __future__ import annotations

import pytest

from perfxl.rules.finding import Severity
from tests.rules.forms import NATIONAL, SCORESHEET, at, form, only

DECIMALS = {"G16": "28.5"}


def test_fails_where_more_is_given_than_was_reached() -> None:
    found = only(form(NATIONAL, G15="9.5", H15="延期"), "PX312")
    assert (found.cell, found.severity, found.expected, found.actual) == ("G15", Severity.WARNING, "9", "9.5")
    assert set(found.cells) == {"G15", "F15", "D15", "E15"}


@pytest.mark.parametrize(
    ("score", "severity"),
    [("9.9", Severity.WARNING), ("8", Severity.NOTE), ("8.5", Severity.NOTE), ("0", Severity.NOTE)],
)
def test_fails_softly_where_less_is_given(score: str, severity: Severity) -> None:
    assert at(form(NATIONAL, G15=score), "PX312") == {"G15": severity}


def test_fails_on_whole_points_beside_decimals() -> None:
    assert at(form(NATIONAL, E15="%57.5", G15="6", **DECIMALS), "PX312") == {"G15": Severity.WARNING}
    assert at(form(NATIONAL, E15="%57.5", G15="6", H6="9", G18="93"), "PX312") == {}


@pytest.mark.parametrize(
    "changes",
    [
        {"G15": "9"},
        {"E15": "%94.86", "G15": "9.49"},
        {"E15": "%94.86", "G15": "9.5"},
        {"E15": "%94.86", "G15": "9.4"},
        {"E15": "%98", "G15": "10"},
        {"E15": "100%", "G15": "8"},
        {"E15": "基本按期", "G15": "8"},
        {"D15": "≤30天", "E15": "40天", "G15": "2"},
        {"C15": "预算执行率", "E15": "%60", "G15": "7"},
    ],
)
def test_passes_where_it_follows_or_the_method_is_open(changes: dict[str, str]) -> None:
    assert at(form(NATIONAL, **changes), "PX312") == {}


def test_passes_where_a_standard_is_printed() -> None:
    assert at(form(SCORESHEET, G5="30"), "PX312") == {}
