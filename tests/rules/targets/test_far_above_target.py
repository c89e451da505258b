"""PX403: targets exceeded far beyond the line."""

from __future__ import annotations

from decimal import Decimal

import pytest

from perfxl.rules.check import check_form
from perfxl.rules.finding import Severity
from perfxl.settings.parameters import settings_for
from tests.rules.forms import NATIONAL, TRANSFER, altered, at, form, only


@pytest.mark.parametrize(
    ("target", "actual"),
    [("12次", "96次"), ("≥20个", "27个"), ("不少于6种", "28种"), ("≥70%", "%93.8"), ("≥1万人", "14000人")],
)
def test_fails_beyond_the_line(target: str, actual: str) -> None:
    assert at(form(NATIONAL, D13=target, E13=actual), "PX403") == {"H13": Severity.WARNING}


def test_fails_naming_the_figures() -> None:
    found = only(form(TRANSFER, D18="≥70%"), "PX403")
    assert (found.cell, found.actual) == ("F18", "134%")
    assert set(found.cells) == {"F18", "D18", "E18"}


@pytest.mark.parametrize(
    ("target", "actual"),
    [
        ("≥20个", "26个"),
        ("≥20个", "≥30个"),
        ("≤60分钟", "10分钟"),
        ("0", "5"),
        ("显著提升", "200%"),
        ("20-30个", "60个"),
        ("290%", "%98"),
    ],
)
def test_passes_up_to_the_line_and_where_more_is_not_better(target: str, actual: str) -> None:
    assert at(form(NATIONAL, D13=target, E13=actual), "PX403") == {}


@pytest.mark.parametrize(
    ("name", "target", "actual"), [("完成时限", "10天", "20天"), ("培训费用", "5万元", "8万元")]
)
def test_passes_on_time_and_cost(name: str, target: str, actual: str) -> None:
    assert at(form(NATIONAL, C13=name, D13=target, E13=actual), "PX403") == {}


def test_passes_with_a_reason_or_without_a_column_for_it() -> None:
    assert at(form(NATIONAL, E13="60个", H13="新增了区县部门"), "PX403") == {}
    narrow = "\n".join(line.rsplit("|", 2)[0] + "|" for line in altered(NATIONAL, E13="60个").splitlines())
    assert at(form(narrow), "PX403") == {}


def test_the_line_is_a_parameter() -> None:
    drawn = form(NATIONAL, E13="26个")
    stricter = settings_for(drawn)._replace(over_target_line=Decimal("1.2"))
    assert [finding.cell for finding in check_form(drawn, stricter) if finding.code == "PX403"] == ["H13"]
