"""The parameters in force for a year, and that each carries its source."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

import pytest

from perfxl.settings.parameters import settings_for


class Year(NamedTuple):
    """A thing with a year, as a form is."""

    year: int | None


@pytest.mark.parametrize("year", [None, 2012, 2020, 2023, 2030])
def test_every_year_has_its_parameters(year: int | None) -> None:
    settings = settings_for(Year(year))
    assert (settings.full_marks, settings.execution_weight) == (100, 10)
    assert settings.over_target_line == Decimal("1.30")


def test_every_value_says_where_it_comes_from() -> None:
    settings = settings_for(Year(None))
    scales = [scale.source for scale in settings.grade_scales]
    for source in (*settings.sources.values(), *scales):
        assert source.mark in ("V", "S", "C", "G")
        assert source.article
        assert source.mark != "V" or source.address


@pytest.mark.parametrize(
    ("score", "words"),
    [
        ("100", {"优", "优秀"}),
        ("90", {"优", "优秀"}),
        ("89.99", {"良", "良好"}),
        ("75", {"中", "中等", "合格"}),
        ("60", {"中", "中等", "合格", "基本合格"}),
        ("59.99", {"差", "较差", "不合格"}),
        ("-1", {"差", "较差", "不合格"}),
    ],
)
def test_grades_at_their_borders(score: str, words: set[str]) -> None:
    scales = settings_for(Year(2022)).grade_scales
    assert {scale.word(Decimal(score)) for scale in scales} == words
