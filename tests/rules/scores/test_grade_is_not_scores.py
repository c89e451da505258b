"""PX308: the grade and the score."""

from __future__ import annotations

import pytest

from perfxl.rules.finding import Severity
from tests.rules.forms import NATIONAL, SCORED_HEADER, altered, at, form, only


def graded(score: str, grade: str) -> str:
    """The form with a score and a grade in its header."""
    return altered(SCORED_HEADER, G4="自评等级", H4=grade, F4=score, G15=score)


def test_fails_on_a_grade_the_score_does_not_have() -> None:
    found = only(form(graded("88", "优")), "PX308")
    assert (found.cell, found.severity, found.expected, found.actual) == ("H4", Severity.ERROR, "良", "优")
    assert set(found.cells) == {"H4", "G15"}


@pytest.mark.parametrize(
    ("score", "grade"),
    [
        ("90", "良"),
        ("79.99", "良"),
        ("60", "差"),
        ("59", "合格"),
        ("85", "优秀"),
        ("96", "□优 ☑良 □中 □差"),
        ("96", "优□ 良☑ 中□"),
    ],
)
def test_fails_by_every_scale(score: str, grade: str) -> None:
    assert at(form(graded(score, grade)), "PX308") == {"H4": Severity.ERROR}


def test_fails_on_a_grade_in_the_total_row() -> None:
    assert at(form(NATIONAL, H18="良"), "PX308") == {"H18": Severity.ERROR}
    assert at(form(NATIONAL, H18="优"), "PX308") == {}


@pytest.mark.parametrize(
    ("score", "grade"),
    [
        ("90", "优"),
        ("89.99", "良"),
        ("65", "合格"),
        ("75", "合格"),
        ("60", "基本合格"),
        ("95", "优秀（90-100）"),
        ("96", "☑优 □良 □中 □差"),
        ("96", "优（√） 良（ ）"),
        ("96", "□优 □良 □中 □差"),
        ("50", "A"),
        ("50", ""),
    ],
)
def test_passes_where_a_scale_gives_it_or_none_knows_it(score: str, grade: str) -> None:
    assert at(form(graded(score, grade)), "PX308") == {}
