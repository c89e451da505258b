"""PX311: the points a note below the table prescribes for the groups."""

from __future__ import annotations

import pytest

from perfxl.rules.finding import Severity
from tests.rules.forms import NATIONAL, at, findings, form, only

NOTE = "注：1.一级指标分值统一设置为：产出指标{0}分、效益指标{1}分、满意度指标10分、预算资金执行率10分。"


def noted(text: str) -> str:
    """The sound form with a note below its table."""
    return NATIONAL.rstrip() + "\n| " + " | ".join([text, *["<"] * 7]) + " |\n"


def test_fails_at_the_group() -> None:
    found = form(noted(NOTE.format(40, 40)))
    assert at(found, "PX311") == {"A13": Severity.WARNING, "A16": Severity.WARNING}
    first = next(finding for finding in findings(found) if finding.cell == "A13")
    assert (first.expected, first.actual) == ("40", "50")
    assert set(first.cells) == {"A13", "A19", "F13", "F14", "F15"}


@pytest.mark.parametrize(
    "note",
    [
        NOTE.format(50, 30),
        "注：原则上" + NOTE.format(40, 40)[2:],
        "注：产出指标包括数量、质量、时效、成本4类指标。",
        "注：产出指标中数量指标20分。",
    ],
)
def test_passes_where_the_note_agrees_or_leaves_room(note: str) -> None:
    assert at(form(noted(note)), "PX311") == {}


def test_passes_where_a_weight_is_missing() -> None:
    assert at(form(noted(NOTE.format(40, 30)), F14=""), "PX311") == {}
    assert only(form(noted(NOTE.format(50, 30)), F14=""), "PX101").cell == "F14"
