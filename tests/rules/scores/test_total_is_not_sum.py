"""PX304: the total score and the sum of the scores."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfxl.form.figures import plain
from perfxl.rules.finding import Severity
from tests.rules.forms import (
    CONVERTED,
    DEPARTMENT,
    NATIONAL,
    SCORED_HEADER,
    SCORESHEET,
    TRANSFER,
    altered,
    at,
    form,
    only,
)


@pytest.mark.parametrize(
    ("drawing", "changes", "place"),
    [
        (NATIONAL, {"G18": "96.99"}, "G18"),
        (NATIONAL, {"G16": "29"}, "G18"),
        (NATIONAL, {"H6": "8"}, "G18"),
        (SCORED_HEADER, {"G15": "98"}, "G15"),
        (SCORESHEET, {"G7": "100"}, "G7"),
        (DEPARTMENT, {"H15": "119.45"}, "H15"),
        (CONVERTED, {"I11": "99"}, "I11"),
    ],
)
def test_fails_at_the_total(drawing: str, changes: dict[str, str], place: str) -> None:
    assert at(form(drawing, **changes), "PX304") == {place: Severity.ERROR}


def test_fails_counting_a_blank_score_as_nothing_and_naming_it() -> None:
    found = only(form(SCORESHEET, G5=""), "PX304")
    assert (found.cell, found.expected, found.actual) == ("G7", "57.5", "97.5")
    assert "G5" in found.cells


@pytest.mark.parametrize(
    ("drawing", "changes"),
    [
        (NATIONAL, {"G18": "96"}),
        (NATIONAL, {"G18": "95.99分"}),
        (NATIONAL, {"H7": "8", "H8": "2"}),
        (NATIONAL, {"H6": "—", "G18": "87"}),
        (NATIONAL, {"C13": "预算执行率", "G13": "8.99", "G18": "75.99"}),
        (NATIONAL, {"F13": "30", "G18": "87"}),
        (NATIONAL, {"G13": "见附件"}),
        (NATIONAL, {"G13": "—", "G18": "75.99"}),
        (CONVERTED, {}),
        (TRANSFER, {}),
    ],
)
def test_passes_as_the_sum_by_any_sensible_reading(drawing: str, changes: dict[str, str]) -> None:
    assert at(form(drawing, **changes), "PX304") == {}


def test_passes_on_a_score_that_several_rows_share() -> None:
    assert at(form(altered(NATIONAL, G13="40", G14="^")), "PX304") == {}


@given(scores=st.lists(st.integers(0, 1000), min_size=5, max_size=5), off=st.integers(-5, 5))
def test_property_a_total_passes_only_as_the_sum(scores: list[int], off: int) -> None:
    cells = {f"G{row}": plain(Decimal(score) / 100) for row, score in zip(range(13, 18), scores, strict=True)}
    total = Decimal(sum(scores) + 899 + off) / 100
    found = at(form(NATIONAL, G18=f'"{total:.2f}"', **cells), "PX304")
    assert ("G18" in found) == (off != 0)
