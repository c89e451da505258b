"""PX206: scores of fund rows that are parts."""

from __future__ import annotations

from perfxl.rules.finding import Severity
from tests.rules.forms import DEPARTMENT, NATIONAL, at, form, only


def test_fails_where_the_total_counts_them_in() -> None:
    found = only(form(DEPARTMENT, H15="119.45"), "PX206")
    assert (found.cell, found.severity) == ("F6", Severity.WARNING)
    assert set(found.cells) == {"F5", "F6", "F7", "H15"}


def test_fails_softly_where_they_stand_only_there() -> None:
    assert at(form(DEPARTMENT), "PX206") == {"F6": Severity.NOTE}


def test_passes_dashes_and_blanks() -> None:
    assert at(form(NATIONAL), "PX206") == {}
    assert at(form(DEPARTMENT, F6="", F7="—"), "PX206") == {}
