"""PX412: dates before the form's year."""

from __future__ import annotations

import pytest

from perfxl.rules.finding import Severity
from tests.rules.forms import NATIONAL, at, form


def test_fails_on_a_deadline_and_a_result_of_an_earlier_year() -> None:
    changed = form(NATIONAL, D15="2021年12月底前", E15="2021年11月")
    assert at(changed, "PX412") == {"D15": Severity.WARNING, "E15": Severity.WARNING}


def test_notes_a_goal_of_earlier_years() -> None:
    assert at(form(NATIONAL, B11="完成2021年度平台建设"), "PX412") == {"B11": Severity.NOTE}


@pytest.mark.parametrize(
    "changes",
    [
        {"D15": "2022年12月底前", "E15": "2022年11月"},
        {"D15": "12月底前", "E15": "11月"},
        {"D15": "2023年6月底前", "E15": "2022年11月"},
        {"B11": "2021年至2022年建成平台"},
        {"B11": "巩固2020年脱贫成果"},
        {"A2": "（年度）", "D15": "2021年12月底前", "E15": "2021年11月"},
    ],
)
def test_passes_the_year_itself_later_ones_and_forms_without_one(changes: dict[str, str]) -> None:
    assert at(form(NATIONAL, **changes), "PX412") == {}
