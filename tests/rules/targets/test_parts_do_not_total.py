"""PX410: totals in texts against the parts listed behind them."""

from __future__ import annotations

import pytest

from perfxl.rules.finding import Severity
from tests.rules.forms import NATIONAL, at, form, only


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("完成资金89.97万元。其中：30万元用于预算；30万元用于审计；29.99万元用于测绘。", "89.99万元"),
        ("共支出100万元，其中人员经费60万元、公用经费50万元。", "110万元"),
        ("到位1000.5万元，其中：中央600万元，省级400万元", "1000万元"),
    ],
)
def test_fails_where_they_do_not_add_up(text: str, expected: str) -> None:
    found = only(form(NATIONAL, E11=text), "PX410")
    assert (found.cell, found.severity, found.expected) == ("E11", Severity.WARNING, expected)


@pytest.mark.parametrize(
    "text",
    [
        "完成资金89.99万元。其中：30万元用于预算；30万元用于审计；29.99万元用于测绘。",
        "共支出100万元，其中人员经费30万元、公用经费20万元。",  # not all parts are listed
        "共支出1.2亿元，其中中央8000万元、省级4000万元。",
        "共支出100万元，其中人员经费60万元（工资50万元、补贴10万元）、公用经费40万元。",
        "共支出100万元，其中人员经费上年60万元、本年70万元。",
        "完成33.3万元，其中：11.1万元，11.1万元，11.12万元。",  # rounding
        "其中30万元，40万元",
    ],
)
def test_passes_what_adds_up_or_proves_nothing(text: str) -> None:
    assert at(form(NATIONAL, E11=text), "PX410") == {}
