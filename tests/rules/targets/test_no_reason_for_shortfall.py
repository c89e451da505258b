"""PX402: points lost or targets missed without a reason."""

from __future__ import annotations

import pytest

from perfxl.rules.finding import Severity
from tests.rules.forms import NATIONAL, SCORED_HEADER, SCORESHEET, TRANSFER, altered, at, form, only


@pytest.mark.parametrize(
    ("drawing", "changes", "place"),
    [
        (NATIONAL, {"H15": ""}, "H15"),
        (NATIONAL, {"H15": "无"}, "H15"),
        (NATIONAL, {"H16": "—"}, "H16"),
        (NATIONAL, {"E13": "19个"}, "H13"),
        (NATIONAL, {"G14": "19.5"}, "H14"),
        (TRANSFER, {"F15": ""}, "F15"),
        (SCORED_HEADER, {"H12": ""}, "H12"),
    ],
)
def test_fails_at_the_blank_reason(drawing: str, changes: dict[str, str], place: str) -> None:
    assert at(form(drawing, **changes), "PX402") == {place: Severity.ERROR}


def test_fails_naming_figures_and_points() -> None:
    found = only(form(NATIONAL, H15=""), "PX402")
    assert (found.cell, found.subject) == ("H15", "按期完成率")
    assert set(found.cells) == {"H15", "D15", "E15", "F15", "G15"}


@pytest.mark.parametrize(
    ("place", "text"), [("H15", "90%"), ("H15", "详见自评报告"), ("H16", "共享接口调用量比上年增长两成")]
)
def test_fails_softly_where_the_reason_says_nothing(place: str, text: str) -> None:
    assert at(form(NATIONAL, E15="90%", **{place: text}), "PX402") == {place: Severity.WARNING}


def test_fails_softly_where_the_cause_stands_elsewhere() -> None:
    assert at(form(NATIONAL, E13="0个（受疫情影响未开展）", G13="0"), "PX402") == {"H13": Severity.WARNING}
    noted = NATIONAL.rstrip() + "\n| 存在问题及原因分析 | < | 施工延期，已倒排工期 | < | < | < | < | < |\n"
    assert at(form(altered(noted, H15="")), "PX402") == {"H15": Severity.WARNING}


@pytest.mark.parametrize(
    ("drawing", "changes"),
    [
        (NATIONAL, {}),
        (NATIONAL, {"H15": "因疫情延期"}),
        (NATIONAL, {"G15": "", "E15": ""}),
        (NATIONAL, {"H6": "5"}),
        (SCORESHEET, {"G4": "10"}),
        (TRANSFER, {"E15": "%12"}),
    ],
)
def test_passes_where_a_reason_stands_or_none_is_owed(drawing: str, changes: dict[str, str]) -> None:
    assert at(form(drawing, **changes), "PX402") == {}


def test_passes_on_a_reason_that_several_rows_share() -> None:
    assert at(form(altered(NATIONAL, H16="^")), "PX402") == {}
