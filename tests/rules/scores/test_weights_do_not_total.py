"""PX301: the weights and 100."""

from __future__ import annotations

import pytest

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
    findings,
    form,
    only,
    without,
)


@pytest.mark.parametrize(
    ("drawing", "changes", "place"),
    [
        (NATIONAL, {"F13": "30"}, "F18"),
        (NATIONAL, {"F13": "10"}, "F18"),
        (NATIONAL, {"F6": "20"}, "F18"),
        (NATIONAL, {"F18": "110"}, "F18"),
        (SCORED_HEADER, {"D14": "31"}, "D15"),
        (SCORESHEET, {"F3": "21"}, "F7"),
        (DEPARTMENT, {"F12": "60"}, "F15"),
        (CONVERTED, {"H10": "30.00"}, "H11"),
    ],
)
def test_fails_at_the_total_weight(drawing: str, changes: dict[str, str], place: str) -> None:
    assert at(form(drawing, **changes), "PX301") == {place: Severity.ERROR}


def test_fails_where_the_fund_row_comes_on_top_of_a_hundred() -> None:
    found = only(form(NATIONAL, F13="30"), "PX301")
    assert (found.expected, found.actual) == ("100", "110")
    assert set(found.cells) == {"F6", "F13", "F14", "F15", "F16", "F17", "F18"}


def test_fails_at_the_head_of_the_column_without_a_total_row() -> None:
    drawing = altered(without(NATIONAL, 18), F13="30")
    assert at(form(drawing), "PX301") == {"F12": Severity.ERROR}


def test_fails_softly_where_the_form_says_so_itself() -> None:
    assert at(form(NATIONAL, F13="10", F18="90"), "PX301") == {"F18": Severity.WARNING}


@pytest.mark.parametrize(
    ("drawing", "changes"),
    [
        (NATIONAL, {"F6": "10分", "F13": "20%"}),
        (NATIONAL, {"F18": "90"}),
        (NATIONAL, {"F18": ""}),
        (NATIONAL, {"F6": ""}),
        (NATIONAL, {"F13": "20.33", "F14": "19.67"}),
        (NATIONAL, {"F13": "33.33", "F14": "3.33", "F15": "3.33", "F16": "40.01"}),
        (NATIONAL, {"C13": "预算执行率", "F13": "10", "F14": "40"}),
        (NATIONAL, {"F6": "—", "F7": "10"}),
        (NATIONAL, {"F14": ""}),
        (SCORED_HEADER, {"D14": ""}),
    ],
)
def test_passes_where_they_total_a_hundred_or_cannot_be_added(drawing: str, changes: dict[str, str]) -> None:
    assert at(form(drawing, **changes), "PX301") == {}


def test_passes_on_fractions_of_one() -> None:
    fractions = {
        "F6": "0.1",
        "F13": "0.2",
        "F14": "0.2",
        "F15": "0.1",
        "F16": "0.3",
        "F17": "0.1",
        "F18": "1",
    }
    assert findings(form(NATIONAL, **fractions)) == ()
    assert at(form(NATIONAL, **{**fractions, "F13": "0.3"}), "PX301") == {"F18": Severity.ERROR}


def test_passes_where_the_tail_is_missing() -> None:
    assert at(form(without(NATIONAL, 16, 17, 18)), "PX301") == {}


def test_passes_on_a_weight_that_several_rows_share() -> None:
    assert at(form(altered(NATIONAL, F13="40", F14="^")), "PX301") == {}


def test_passes_on_a_form_without_weights() -> None:
    assert at(form(TRANSFER), "PX301") == {}


SCORED_WITHOUT_WEIGHTS = r"""
    | 某县项目支出绩效自评表 | < | < | < | < | < | < |
    | 年度资金总额 | 全年预算数 | 全年执行数 | 执行率 | 得分 | | |
    | 年度资金总额 | 100 | 90 | 90% | 9 | | |
    | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
    | 产出指标 | 数量指标 | 道路 | 5公里 | 5公里 | 50 | 50 |
    | 效益指标 | 社会效益 | 通行 | ≥6万人 | 6万人 | 40 | 40 |
    | 总分 | < | < | < | < | 100 | 99 |
"""


def test_passes_where_a_scored_fund_row_has_no_column_for_its_weight() -> None:
    assert at(form(SCORED_WITHOUT_WEIGHTS), "PX301") == {}
    assert at(form(SCORED_WITHOUT_WEIGHTS.replace("| 50 | 50 |", "| 55 | 50 |")), "PX301") == {
        "F7": Severity.ERROR
    }
