"""PX106: years of a form that contradict each other."""

from __future__ import annotations

from perfxl.rules.finding import Severity
from tests.rules.forms import NATIONAL, at, form


def test_fails_on_a_column_of_another_year() -> None:
    changed = form(NATIONAL, A1="2022年度项目支出绩效自评表", E12="实际完成值（2021年）")
    assert at(changed, "PX106") == {"E12": Severity.WARNING}


def test_fails_on_a_field_of_another_year() -> None:
    changed = form(NATIONAL, A1="2022年度项目支出绩效自评表", A4="预算年度", C4="2021")
    assert at(changed, "PX106") == {"C4": Severity.WARNING}


def test_notes_a_year_printed_twice() -> None:
    changed = form(NATIONAL, A1="2021年2021年度项目支出绩效自评表", A2="（2021年度）")
    assert at(changed, "PX106") == {"A1": Severity.NOTE}


def test_passes_with_one_year_or_none() -> None:
    assert at(form(NATIONAL, A1="2022年度项目支出绩效自评表", E12="实际完成值（2022年）"), "PX106") == {}
    assert at(form(NATIONAL, A2="（年度）"), "PX106") == {}
