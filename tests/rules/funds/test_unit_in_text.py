"""PX205: amounts in texts that are those of the fund table in another unit."""

from __future__ import annotations

import pytest

from perfxl.rules.finding import Severity
from tests.rules.forms import NATIONAL, at, form, only


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("E11", "平台建成，共支出131.24元"),
        ("E11", "平台建成，共支出 1,312,400万元"),
        ("E13", "支出131.24元"),
        ("H15", "资金 131.24 元支付较晚，已倒排工期"),
    ],
)
def test_fails_where_only_the_unit_is_another(cell: str, text: str) -> None:
    found = only(form(NATIONAL, **{cell: text}), "PX205")
    assert (found.cell, found.severity) == (cell, Severity.WARNING)
    assert "E6" in found.cells


@pytest.mark.parametrize(
    "text",
    [
        "共支出131.24万元",
        "共支出1312400元",
        "人均补助146元/人",
        "人均成本131.24元",
        "每人补助150元",  # two figures only: chance
        "共支出99.99元",
    ],
)
def test_passes_what_agrees_or_proves_nothing(text: str) -> None:
    assert at(form(NATIONAL, E11=text), "PX205") == {}
