"""PX204: 元 among 万元."""

from __future__ import annotations

import pytest

from perfxl.rules.finding import Severity
from tests.rules.forms import NATIONAL, SCORED_HEADER, at, findings, form, only


def test_fails_where_spending_is_in_yuan() -> None:
    found = only(form(SCORED_HEADER, C6="146", E6="146", F6="1312400", H6="%89.89"), "PX204")
    assert (found.cell, found.expected, found.actual) == ("F6", "131.24", "1312400")
    assert {"E6", "H6"} <= set(found.cells)


def test_fails_alone_and_not_as_a_wrong_sum_rate_or_overspending() -> None:
    found = form(SCORED_HEADER, C6="146", E6="146", F6="1312400", H6="%89.89")
    assert {finding.code for finding in findings(found)} & {"PX201", "PX202", "PX203"} == set()


@pytest.mark.parametrize("place", ["E6", "E7"])
def test_fails_where_total_and_parts_differ_by_ten_thousand(place: str) -> None:
    value = {"E6": "1312400", "E7": "1252400"}[place]
    assert at(form(NATIONAL, **{place: value}), "PX204") == {place: Severity.ERROR}


def test_fails_where_initial_and_adjusted_budget_differ_by_ten_thousand() -> None:
    assert at(form(SCORED_HEADER, C6="648000"), "PX204") == {"C6": Severity.ERROR}


def test_fails_softly_on_a_unit_of_its_own() -> None:
    found = only(form(NATIONAL, E8="60000元"), "PX204")
    assert (found.cell, found.severity, found.expected) == ("E8", Severity.WARNING, "6")


def test_fails_softly_where_an_indicator_states_the_cost() -> None:
    changes = {"C13": "项目总投资", "D13": "146元", "E13": "146元"}
    assert at(form(NATIONAL, **changes), "PX204") == {"D6": Severity.WARNING}


@pytest.mark.parametrize(
    "changes",
    [
        {"E6": "0.01", "E7": "0.01", "E8": "0", "G6": "%0.01", "G7": "%0.01", "H6": "0"},
        {"C6": "15", "C7": "15", "D6": "146"},
        {"C13": "项目总投资", "D13": "146万元", "E13": "146万元"},
        {"E8": "6万元"},
    ],
)
def test_passes_where_nothing_proves_it(changes: dict[str, str]) -> None:
    assert at(form(NATIONAL, **changes), "PX204") == {}
