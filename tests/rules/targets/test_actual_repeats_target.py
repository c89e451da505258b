"""PX405: conditions in place of actual values."""

from __future__ import annotations

import pytest

from perfxl.rules.finding import Severity
from tests.rules.forms import NATIONAL, at, form, only


@pytest.mark.parametrize(
    ("target", "actual"),
    [
        ("≥90%", "≥90%"),
        ("≥90%", ">90%"),
        ("≤60分钟", "≤60分钟"),
        ("≥2 次", "≥2次"),
        ("不少于2次", "2次以上"),
        ("不低于上年", "不低于上年"),
        ("6-9个月", "6-9个月"),
    ],
)
def test_fails_on_the_target_said_again(target: str, actual: str) -> None:
    assert at(form(NATIONAL, D13=target, E13=actual), "PX405") == {"E13": Severity.WARNING}


def test_fails_naming_both_cells() -> None:
    found = only(form(NATIONAL, E13="≥20个"), "PX405")
    assert (found.cell, found.actual, set(found.cells)) == ("E13", "≥20个", {"E13", "D13"})


def test_notes_only_a_bound_of_its_own() -> None:
    assert at(form(NATIONAL, D14="≥90%", E14="≥98%"), "PX405") == {"E14": Severity.NOTE}


@pytest.mark.parametrize(
    ("target", "actual"),
    [
        ("100%", "100%"),
        ("≥90%", "90%"),
        ("2次", "2次"),
        ("显著提升", "显著提升"),
        ("已完成", "已完成"),
        ("2020-12-31前", "2020-12-31前"),
        ("达标", "284658人≥参保扩面任务目标"),
        ("—", "≥90%"),
    ],
)
def test_passes_on_facts(target: str, actual: str) -> None:
    assert at(form(NATIONAL, D13=target, E13=actual), "PX405") == {}
