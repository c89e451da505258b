"""PX201: the execution rate against B/A at the precision printed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfxl.form.figures import plain
from perfxl.rounding import round_half_up
from perfxl.rules.finding import Severity
from tests.rules.forms import CONVERTED, NATIONAL, SCORED_HEADER, at, form, only


def test_fails_where_the_rate_is_another_one() -> None:
    found = only(form(NATIONAL, G6="%90.00"), "PX201")
    assert (found.cell, found.severity) == ("G6", Severity.ERROR)
    assert set(found.cells) == {"G6", "D6", "E6"}
    assert (found.expected, found.actual, found.subject) == ("89.89%", "90%", "年度资金总额")


@pytest.mark.parametrize("rate", ["89.88%", "%89.9001", "0.8988", "131.24%", '"0.91"', "1"])
def test_fails_at_every_way_to_write_it(rate: str) -> None:
    assert at(form(NATIONAL, G6=rate), "PX201") == {"G6": Severity.ERROR}


def test_fails_on_parts_as_well() -> None:
    assert at(form(NATIONAL, G7="%100"), "PX201") == {"G7": Severity.ERROR}


def test_fails_softly_where_only_the_percent_sign_is_missing() -> None:
    found = only(form(NATIONAL, G6="89.89"), "PX201")
    assert (found.cell, found.severity, found.expected) == ("G6", Severity.WARNING, "89.89%")
    assert at(form(NATIONAL, G6="89.98"), "PX201") == {"G6": Severity.ERROR}


@pytest.mark.parametrize(
    "rate", ["%89.89", "%89.9", "%90", '"89.89%"', "89.8904%", "0.8989", "0.9", "—", "/"]
)
def test_passes_at_the_precision_written(rate: str) -> None:
    assert at(form(NATIONAL, G6=rate), "PX201") == {}


def test_passes_where_the_column_says_percent() -> None:
    assert at(form(CONVERTED), "PX201") == {}
    assert at(form(CONVERTED, H4="99.00"), "PX201") == {"H4": Severity.ERROR}


def test_passes_by_the_initial_budget_where_the_adjusted_one_is_blank() -> None:
    assert at(form(SCORED_HEADER, E6="", C6="146", F6="131.24", H6="%89.89"), "PX201") == {}
    assert at(form(SCORED_HEADER, E6="", C6="146", F6="131.24", H6="%89.8"), "PX201") == {
        "H6": Severity.ERROR
    }


def test_passes_without_a_budget_to_divide_by() -> None:
    assert at(form(NATIONAL, D6="0", E6="0", G6="%0"), "PX201") == {}
    assert at(form(NATIONAL, D6="", C6="", G6="%12"), "PX201") == {}


@given(
    budget=st.integers(100, 10**9),
    spent=st.integers(0, 10**9),
    decimals=st.integers(0, 4),
    off=st.integers(-3, 3),
)
def test_property_only_the_rounded_quotient_passes(budget: int, spent: int, decimals: int, off: int) -> None:
    spent = max(min(spent, budget), budget // 20)
    amounts = {"D6": plain(Decimal(budget) / 100), "E6": plain(Decimal(spent) / 100)}
    right = round_half_up(Decimal(spent) / budget * 100, decimals)
    printed = right + Decimal(off).scaleb(-decimals)
    if printed < 0:
        return
    found = at(form(NATIONAL, G6=f'"{printed:f}%"', **amounts), "PX201")
    assert ("G6" in found) == (off != 0)


def test_passes_where_only_the_totals_budget_was_left_out() -> None:
    assert at(form(NATIONAL, D6=""), "PX201") == {}


@pytest.mark.parametrize(
    ("label", "rate"), [("执行率", "90"), ("执行率（%）", "0.8989"), ("执行率", "89.89")]
)
def test_warns_of_a_rate_in_another_scale(label: str, rate: str) -> None:
    changes = {"G5": label, "G6": rate, "G7": "", "G8": ""}
    assert at(form(NATIONAL, **changes), "PX201") == {"G6": Severity.WARNING}
