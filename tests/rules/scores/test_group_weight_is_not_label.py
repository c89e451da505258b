"""PX302: points printed in the names of groups."""

from __future__ import annotations

import pytest

from perfxl.rules.finding import Severity
from tests.rules.forms import NATIONAL, SCORED_HEADER, altered, at, findings, form, only, without


def test_fails_at_the_label() -> None:
    found = only(form(NATIONAL, A13="产出指标（60分）"), "PX302")
    assert (found.cell, found.severity, found.expected, found.actual) == ("A13", Severity.ERROR, "60", "50")
    assert set(found.cells) == {"A13", "F13", "F14", "F15"}


def test_fails_on_second_and_third_levels() -> None:
    assert at(form(SCORED_HEADER, B13="数量指标（10分）"), "PX302") == {"B13": Severity.ERROR}
    named = {"C14": "验收合格率（15分）"}
    assert at(form(NATIONAL, **named), "PX302") == {"C14": Severity.WARNING}
    assert at(form(NATIONAL, **named, C15="按期完成率（10分）"), "PX302") == {"C14": Severity.ERROR}


@pytest.mark.parametrize(
    "label",
    [
        "产出指标40分",
        "产出指标：40分",
        "产出（40%）",
        "产出指标（权重40%）",
        "产出指标【40分】",
        "产出指标（４０分）",
        "产出指标（共40分）",
        "产出指标（40）",
    ],
)
def test_fails_however_the_label_writes_its_points(label: str) -> None:
    assert at(form(NATIONAL, A13=label), "PX302") == {"A13": Severity.ERROR}
    assert at(form(NATIONAL, A13=label.replace("4", "5").replace("４", "５")), "PX302") == {}


def test_fails_on_bare_numbers_where_others_prove_them_points() -> None:
    bare = {"A13": "产出指标(60)", "A16": "效益指标(30)", "A17": "满意度指标(10)"}
    assert at(form(NATIONAL, **bare), "PX302") == {"A13": Severity.ERROR}


@pytest.mark.parametrize(
    "changes",
    [
        {"A13": "产出指标", "A16": "效益指标", "A17": "满意度指标"},
        {"A13": "产出指标(1)", "A16": "效益指标(2)", "A17": "满意度指标(3)"},
        {"A13": "产出指标 (50 分)", "F13": "20分"},
        {"F13": "16.67", "F14": "16.67", "F15": "16.67"},
        {"F14": ""},
        {"C14": "设备（11kW）"},
    ],
)
def test_passes_where_label_and_rows_agree_or_prove_nothing(changes: dict[str, str]) -> None:
    assert at(form(NATIONAL, **changes), "PX302") == {}


def test_passes_on_a_group_that_a_page_break_prints_twice() -> None:
    drawing = altered(NATIONAL, A15="产出指标（50分）")
    assert at(form(drawing), "PX302") == {}


def test_passes_on_the_last_group_of_a_form_without_its_tail() -> None:
    assert at(form(without(NATIONAL, 15, 16, 17, 18)), "PX302") == {}


def test_passes_where_labels_stand_in_the_middle_of_their_groups() -> None:
    drawing = """
        | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
        | | 数量指标 | 培训人数 | ≥300人 | 320人 | 30 | 30 |
        | 产出指标（60分） | 质量指标 | 合格率 | ≥95% | 98% | 30 | 30 |
        | | 经济效益指标 | 增收 | ≥5万元 | 6万元 | 25 | 25 |
        | 效益指标（40分） | 社会效益指标 | 知晓率 | ≥90% | 92% | 15 | 15 |
        | 总分 | < | < | < | < | 100 | 100 |
    """
    assert {finding.code for finding in findings(form(drawing))} == set()
