"""PX306: the score of the execution rate."""

from __future__ import annotations

import pytest

from perfxl.rules.finding import Severity
from tests.rules.forms import (
    DEPARTMENT,
    NATIONAL,
    SCORED_HEADER,
    SCORESHEET,
    at,
    form,
    only,
)

WHOLE = {"G13": "20", "G15": "9", "G16": "28", "G17": "10", "G18": "96"}


@pytest.mark.parametrize(
    ("drawing", "changes", "place"),
    [
        (NATIONAL, {"H6": "10"}, "H6"),
        (NATIONAL, {"H6": "8.98"}, "H6"),
        (NATIONAL, {"E6": "125", "G6": "%85.62", "H6": "9", "G16": "28.5"}, "H6"),
        (NATIONAL, {**WHOLE, "H6": "10"}, "H6"),
        (DEPARTMENT, {"F6": "9.29"}, "F6"),
        (DEPARTMENT, {"D7": "353.75", "F7": "18.88"}, "F7"),
        (SCORED_HEADER, {"G11": "9"}, "G11"),
        (SCORED_HEADER, {"F6": "50", "H6": "%77.16", "F11": "%77.16", "G11": "10"}, "G11"),
    ],
)
def test_fails_where_weight_and_rate_give_another_score(
    drawing: str, changes: dict[str, str], place: str
) -> None:
    assert at(form(drawing, **changes), "PX306") == {place: Severity.ERROR}


def test_fails_naming_what_it_rests_on() -> None:
    found = only(form(NATIONAL, H6="10"), "PX306")
    assert (found.expected, found.actual) == ("8.99", "10")
    assert set(found.cells) == {"H6", "F6", "D6", "E6", "G6"}


def test_fails_by_the_weight_in_the_label() -> None:
    drawing = """
    | 项目支出绩效自评表 | < | < | < | < | < |
    | 项目名称 | 养殖场建设 | < | < | < | < |
    | 年度预算执行情况（万元） | < | 预算数（A） | 执行数（B） | 执行率（B/A） | 得分（20分*执行率） |
    | ^ | 年度财政资金总额 | 50 | 10 | %20 | 4 |
    | 一级指标 | 二级指标 | 三级指标 | 年初目标值 | 实际完成值 | 得分 |
    | 产出指标 | 数量指标 | 公猪舍 | 22.8 | 22.8 | 1 |
    """
    assert at(form(drawing), "PX306") == {}
    assert at(form(drawing, F4="5"), "PX306") == {"F4": Severity.ERROR}


@pytest.mark.parametrize(
    ("drawing", "changes"),
    [
        (NATIONAL, {"H6": "9.0"}),
        (NATIONAL, {**WHOLE, "H6": "9"}),
        (NATIONAL, {"E6": "150", "G6": "%102.74", "H6": "10"}),
        (NATIONAL, {"H6": "—"}),
        (NATIONAL, {"H6": "", "F6": ""}),
        (NATIONAL, {"D6": "0", "E6": "0", "H6": "10", "G6": "—"}),
        (NATIONAL, {"G6": "%95", "H6": "9.5"}),
        (NATIONAL, {"E6": "125", "G6": "%85.62", "H6": "9"}),
        (SCORED_HEADER, {"F6": "58.32", "H6": "%90", "F11": "%90", "G11": "10"}),
        (SCORED_HEADER, {"F6": "58.32", "H6": "%90", "F11": "预算执行率90%", "G11": "9"}),
        (SCORED_HEADER, {"C11": "“三公经费”控制率", "E11": "≤100%", "F11": "%50", "G11": "7"}),
        (SCORESHEET, {"G4": "1"}),
    ],
)
def test_passes_where_it_follows_or_is_judged_elsewhere(drawing: str, changes: dict[str, str]) -> None:
    assert at(form(drawing, **changes), "PX306") == {}
