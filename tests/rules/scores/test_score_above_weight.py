"""PX303: scores out of their bounds."""

from __future__ import annotations

import pytest

from perfxl.rules.finding import Severity
from tests.rules.forms import (
    CONVERTED,
    DEPARTMENT,
    NATIONAL,
    PROJECT_LIST,
    SCORED_HEADER,
    altered,
    at,
    form,
    only,
)


@pytest.mark.parametrize(
    ("drawing", "place", "score"),
    [
        (NATIONAL, "G13", "21"),
        (NATIONAL, "G13", "-1"),
        (NATIONAL, "H6", "10.5"),
        (NATIONAL, "G18", "101"),
        (SCORED_HEADER, "G14", "30.01"),
        (DEPARTMENT, "F6", "11"),
        (CONVERTED, "I8", "41"),
        (PROJECT_LIST, "F4", "105"),
    ],
)
def test_fails_out_of_bounds(drawing: str, place: str, score: str) -> None:
    assert at(form(drawing, **{place: score}), "PX303") == {place: Severity.ERROR}


def test_fails_naming_score_and_weight() -> None:
    found = only(form(NATIONAL, G13="21"), "PX303")
    assert (set(found.cells), found.actual) == ({"G13", "F13"}, "21")


def test_fails_where_rows_share_one_weight() -> None:
    shared = altered(NATIONAL, F13="40", F14="^", G13="25", G14="20")
    assert at(form(shared), "PX303") == {"G13": Severity.ERROR}


@pytest.mark.parametrize("changes", [{"G13": "20"}, {"G13": "0"}, {"G13": "20分"}, {"F13": ""}, {"G13": "—"}])
def test_passes_within_bounds(changes: dict[str, str]) -> None:
    assert at(form(NATIONAL, **changes), "PX303") == {}


def test_passes_where_rows_share_weights_or_scores() -> None:
    assert at(form(altered(NATIONAL, F13="40", F14="^")), "PX303") == {}
    assert at(form(altered(NATIONAL, G13="38", G14="^")), "PX303") == {}


def test_passes_on_scores_out_of_a_hundred() -> None:
    assert at(form(CONVERTED), "PX303") == {}
    hundred = {"H6": "89.9", "G13": "100", "G14": "100", "G15": "90", "G16": "93", "G17": "100"}
    assert at(form(NATIONAL, F6="—", F13="30", **{**hundred, "H6": "—", "G18": "96.9"}), "PX303") == {}
