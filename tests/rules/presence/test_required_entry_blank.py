"""PX101: what must be filled and is blank; what may stay blank."""

from __future__ import annotations

import pytest

from perfxl.rules.finding import Severity
from tests.rules.forms import (
    CONVERTED,
    NATIONAL,
    PROJECT_LIST,
    SCORED_HEADER,
    SCORESHEET,
    TRANSFER,
    altered,
    at,
    form,
    only,
    without,
)


@pytest.mark.parametrize(
    ("drawing", "place"),
    [
        (NATIONAL, "C3"),
        (NATIONAL, "C4"),
        (NATIONAL, "G4"),
        (NATIONAL, "E6"),
        (NATIONAL, "F6"),
        (NATIONAL, "G6"),
        (NATIONAL, "H6"),
        (NATIONAL, "E11"),
        (NATIONAL, "D13"),
        (NATIONAL, "E14"),
        (NATIONAL, "F15"),
        (NATIONAL, "G17"),
        (NATIONAL, "G18"),
        (SCORED_HEADER, "F4"),
        (TRANSFER, "C3"),
        (TRANSFER, "E4"),
        (TRANSFER, "C5"),
        (TRANSFER, "C7"),
        (TRANSFER, "E16"),
        (SCORESHEET, "G5"),
        (PROJECT_LIST, "H4"),
        (PROJECT_LIST, "C5"),
    ],
)
def test_fails_at_the_blank_cell(drawing: str, place: str) -> None:
    assert at(form(drawing, **{place: ""}), "PX101").get(place) is Severity.ERROR


def test_fails_with_the_row_as_its_subject() -> None:
    found = only(form(SCORESHEET, G5=""), "PX101")
    assert (found.subject, found.cell) == ("联网机构", "G5")
    assert "F5" in found.cells


def test_fails_softly_on_the_adjusted_budget_that_was_never_adjusted() -> None:
    assert at(form(SCORED_HEADER, E6=""), "PX101") == {"E6": Severity.WARNING}
    assert at(form(NATIONAL, C6=""), "PX101") == {"C6": Severity.NOTE}


def test_fails_softly_on_a_name_without_figures_and_figures_without_a_name() -> None:
    bare = {"D14": "", "E14": "", "F14": "", "G14": ""}
    assert at(form(NATIONAL, **bare), "PX101") == {"D14": Severity.WARNING}
    assert set(only(form(NATIONAL, **bare), "PX101").cells) == set(bare)
    assert at(form(NATIONAL, C14=""), "PX101") == {"C14": Severity.WARNING}


def test_fails_softly_on_a_row_outside_the_scores() -> None:
    assert at(form(NATIONAL, F14="", G14=""), "PX101") == {"F14": Severity.WARNING}


def test_fails_once_for_a_whole_column() -> None:
    blank = {f"G{row}": "" for row in range(13, 19)}
    found = at(form(NATIONAL, **blank), "PX101")
    assert found == {"G12": Severity.ERROR}


def test_fails_once_for_a_form_that_nobody_filled() -> None:
    amounts = {f"{column}{row}": "" for column in "CDEGH" for row in (6, 7, 8)}
    results = {f"{column}{row}": "" for column in "EG" for row in range(13, 19)}
    found = only(form(NATIONAL, **amounts, **results, C3="", C4="", E11="", C14="……"), "PX101")
    assert (found.cell, found.severity) == ("A1", Severity.ERROR)


@pytest.mark.parametrize(
    ("drawing", "changes"),
    [
        (NATIONAL, {"C7": "", "D7": "", "E7": "", "G7": "", "F7": "", "H7": ""}),
        (NATIONAL, {"F6": "—", "H6": "—"}),
        (NATIONAL, {"F6": "", "H6": ""}),
        (NATIONAL, {"H13": "", "H15": "无"}),
        (NATIONAL, {"C14": "", "D14": "", "E14": "", "F14": "", "G14": ""}),
        (NATIONAL, {"C14": "指标1：", "D14": "", "E14": "", "F14": "", "G14": ""}),
        (NATIONAL, {"D13": "—"}),
        (NATIONAL, {"F14": "—", "G14": ""}),
        (SCORED_HEADER, {"H4": ""}),
        (SCORED_HEADER, {"E9": "/"}),
        (PROJECT_LIST, {"E6": ""}),
        (CONVERTED, {"G6": ""}),
    ],
)
def test_passes_where_nothing_is_owed(drawing: str, changes: dict[str, str]) -> None:
    assert at(form(drawing, **changes), "PX101") == {}


def test_passes_on_what_the_form_does_not_have() -> None:
    assert at(form(without(NATIONAL, 18)), "PX101") == {}
    assert at(form(without(NATIONAL, 7, 8, 9)), "PX101") == {}


def test_passes_on_a_merged_entry_that_several_rows_share() -> None:
    assert at(form(altered(NATIONAL, E14="^", D14="^", F14="^", G14="^")), "PX101") == {}
    assert at(form(altered(NATIONAL, E14="^", E13="")), "PX101") == {"E13": Severity.ERROR}
