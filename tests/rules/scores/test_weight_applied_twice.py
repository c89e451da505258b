"""PX310: converted scores of scores that carry the weight already."""

from __future__ import annotations

from perfxl.rules.finding import Severity
from tests.rules.forms import CONVERTED, NATIONAL, at, form, only

TWICE = {"G8": "40", "I8": "16", "G9": "40", "I9": "16", "G10": "20", "I10": "4", "I11": "36"}


def test_fails_at_the_head_of_the_column() -> None:
    found = only(form(CONVERTED, **TWICE), "PX310")
    assert (found.cell, found.severity, found.expected, found.actual) == ("I7", Severity.ERROR, "100", "36")
    assert {"G8", "H8", "I8"} <= set(found.cells)


def test_passes_on_scores_out_of_a_hundred_and_without_the_column() -> None:
    assert at(form(CONVERTED), "PX310") == {}
    assert at(form(NATIONAL), "PX310") == {}


def test_passes_where_the_converted_score_is_the_score() -> None:
    assert at(form(CONVERTED, G8="40", G9="40", G10="20"), "PX310") == {}


def test_passes_where_only_one_row_might_show_it() -> None:
    assert at(form(CONVERTED, G8="40", I8="16"), "PX310") == {}
