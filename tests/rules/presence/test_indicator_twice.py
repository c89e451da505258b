"""PX105: one indicator filled in twice."""

from __future__ import annotations

from perfxl.rules.finding import Severity
from tests.rules.forms import NATIONAL, at, form, only

SAME = {"B14": "数量指标", "C14": "接入部门数", "D14": "≥20个", "E14": "22个"}


def test_fails_where_name_and_values_come_again() -> None:
    found = only(form(NATIONAL, **SAME), "PX105")
    assert (found.cell, found.severity) == ("C14", Severity.WARNING)
    assert {"C13", "C14"} <= set(found.cells)


def test_fails_softly_where_the_values_differ() -> None:
    assert at(form(NATIONAL, **SAME | {"D14": "≥30个"}), "PX105") == {"C14": Severity.NOTE}


def test_passes_in_other_groups_and_under_one_merged_name() -> None:
    assert at(form(NATIONAL, **SAME | {"B14": "质量指标"}), "PX105") == {}
    assert at(form(NATIONAL, B14="^", C14="^"), "PX105") == {}
    assert at(form(NATIONAL), "PX105") == {}
