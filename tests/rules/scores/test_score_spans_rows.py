"""PX315: one score for several indicators."""

from __future__ import annotations

from perfxl.rules.finding import Severity
from tests.rules.forms import NATIONAL, at, form


def test_fails_on_a_merged_score() -> None:
    assert at(form(NATIONAL, G13="40", G14="^"), "PX315") == {"G13": Severity.NOTE}


def test_passes_one_indicator_in_several_lines() -> None:
    assert at(form(NATIONAL), "PX315") == {}
    assert at(form(NATIONAL, B14="^", C14="^", F14="^", G14="^"), "PX315") == {}
