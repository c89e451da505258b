"""PX903: numbers stored as text."""

from __future__ import annotations

from perfxl.rules.finding import Severity
from tests.rules.file.books import about, at, drawn


def test_fails_where_a_sum_leaves_them_out() -> None:
    changed = drawn(G16='"28"', F16='"30"', G18="=SUM(G13:G17)+H6 -> 67.99")
    assert at("PX903", changed) == {"G16": Severity.WARNING}


def test_fails_softly_and_once_where_nothing_adds_them_up() -> None:
    (found,) = (one for one in about(drawn(D6='"146"', E6='"1,131.24"')) if one.code == "PX903")
    assert (found.cell, found.severity, set(found.cells)) == ("D6", Severity.NOTE, {"D6", "E6"})


def test_passes_numbers_and_texts_by_intent() -> None:
    assert at("PX903", drawn()) == {}
    assert at("PX903", drawn(D6="146万元", G13="20分", G6="89.89%", D13='"20"', E13='"22"')) == {}
