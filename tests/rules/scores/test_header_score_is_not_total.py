"""PX305: the score in the header and the total."""

from __future__ import annotations

import pytest

from perfxl.rules.finding import Severity
from tests.rules.forms import NATIONAL, SCORED_HEADER, altered, at, form, only, without


def test_fails_at_the_header() -> None:
    found = only(form(SCORED_HEADER, F4="98"), "PX305")
    assert (found.cell, found.severity, found.expected, found.actual) == ("F4", Severity.ERROR, "96", "98")
    assert (set(found.cells), found.subject) == ({"F4", "G15"}, "自评得分")


def test_fails_against_the_sum_where_a_whole_form_has_no_total_row() -> None:
    drawing = without(SCORED_HEADER, 15)
    assert at(form(altered(drawing, F4="95")), "PX305") == {"F4": Severity.ERROR}
    assert at(form(drawing), "PX305") == {}


@pytest.mark.parametrize("score", ["96", "96.0", "96.00分", "96分（优）", '"96"', "", "优"])
def test_passes_where_it_is_the_total_or_no_number(score: str) -> None:
    assert at(form(SCORED_HEADER, F4=score), "PX305") == {}


def test_passes_at_the_coarser_precision() -> None:
    rounded = {"G14": "27.6"}  # the scores are 95.6, the total is printed 96
    assert at(form(SCORED_HEADER, F4="95.6", **rounded), "PX305") == {}
    assert at(form(SCORED_HEADER, F4="95.4", **rounded), "PX305") == {"F4": Severity.ERROR}
    assert at(form(NATIONAL, A4="自评得分", C4="96"), "PX305") == {}


def test_fails_on_decimals_beside_an_exact_total() -> None:
    assert at(form(SCORED_HEADER, F4="95.6"), "PX305") == {"F4": Severity.ERROR}


def test_passes_where_scores_are_missing_or_none_is_asked() -> None:
    assert at(form(altered(without(SCORED_HEADER, 14, 15), F4="95")), "PX305") == {}
    assert at(form(NATIONAL), "PX305") == {}
