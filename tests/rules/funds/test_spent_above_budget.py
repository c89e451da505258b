"""PX203: more spent than budgeted."""

from __future__ import annotations

from perfxl.rules.finding import Severity
from tests.rules.forms import DEPARTMENT, NATIONAL, PROJECT_LIST, SCORED_HEADER, TRANSFER, at, form, only


def test_fails_where_the_total_is_overspent() -> None:
    found = only(form(DEPARTMENT, D5="1268.72"), "PX203")
    assert (found.cell, found.severity, found.actual) == ("D5", Severity.ERROR, "1268.72")
    assert set(found.cells) == {"C5", "D5"}


def test_fails_softly_on_a_part() -> None:
    assert at(form(TRANSFER, D9="95384.27"), "PX203") == {"D9": Severity.WARNING}


def test_notes_only_what_a_remark_explains() -> None:
    remark = "备注：地方资金全年执行数 95384.27 万元含上年结余 1294.34 万元。"
    assert at(form(TRANSFER, D9="95384.27", A19=remark), "PX203") == {"D9": Severity.NOTE}


def test_fails_softly_where_the_adjusted_budget_is_missing() -> None:
    assert at(form(SCORED_HEADER, E6="", C6="60"), "PX203") == {"F6": Severity.WARNING}


def test_fails_where_nothing_was_budgeted() -> None:
    assert at(form(NATIONAL, D8="0", G8=""), "PX203") == {"E8": Severity.WARNING}


def test_fails_on_a_project_of_a_list() -> None:
    found = only(form(PROJECT_LIST, D5="210"), "PX203")
    assert (found.cell, found.severity, found.subject, set(found.cells)) == (
        "D5",
        Severity.ERROR,
        "公费医疗",
        {"C5", "D5"},
    )


def test_passes_within_the_budget_and_without_one() -> None:
    assert at(form(NATIONAL, E6="146"), "PX203") == {}
    assert at(form(NATIONAL, C6="", D6=""), "PX203") == {}
    assert at(form(NATIONAL, E6="—"), "PX203") == {}
