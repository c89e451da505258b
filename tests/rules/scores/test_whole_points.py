"""PX314: scores rounded to whole points."""

from __future__ import annotations

from perfxl.rules.finding import Severity
from tests.rules.forms import NATIONAL, at, form


def test_fails_where_every_score_is_whole_and_one_should_not_be() -> None:
    assert at(form(NATIONAL, H6="9", G18="96"), "PX314") == {"H6": Severity.NOTE}


def test_passes_decimals_and_scores_that_are_whole_by_themselves() -> None:
    assert at(form(NATIONAL), "PX314") == {}
    whole = {"E6": "146", "G6": "%100", "H6": "10", "E7": "140", "G7": "%100", "G18": "97"}
    assert at(form(NATIONAL, **whole), "PX314") == {}
