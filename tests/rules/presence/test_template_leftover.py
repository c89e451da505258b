"""PX103: what a template prints and nobody replaced."""

from __future__ import annotations

import pytest

from perfxl.rules.finding import Severity
from tests.rules.forms import NATIONAL, SCORED_HEADER, TRANSFER, at, form


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("C14", "……"),
        ("C14", "指标2：……"),
        ("C14", "指标1："),
        ("C14", "接入部门（≥**个）"),
        ("D13", "≥××个"),
        ("D13", "≥XX%"),
        ("E16", "好坏"),
        ("E16", "优良中低差"),
        ("D16", "____"),
        ("C3", "（填写项目全称）"),
        ("B11", "请在此处简要说明审计中发现的问题，如没有请填无。"),
        ("A11", "目标1：\\n目标2："),
        ("A11", "目标1：……\\n目标2：……"),
        ("E11", "请填写完成情况"),
        ("H15", "（请说明原因）"),
    ],
)
def test_fails_on_placeholders(place: str, text: str) -> None:
    place = {"A11": "B11"}.get(place, place)
    assert at(form(NATIONAL, **{place: text}), "PX103") == {place: Severity.WARNING}


def test_fails_on_points_in_names_where_nothing_is_scored() -> None:
    found = at(form(TRANSFER, A14="项目产出（55 分）", A18="项目效益(5分)"), "PX103")
    assert found == {"A14": Severity.WARNING, "A18": Severity.WARNING}


@pytest.mark.parametrize(
    ("drawing", "changes"),
    [
        (NATIONAL, {"B11": "目标1：\\n建成平台\\n目标2：\\n接入各部门"}),
        (NATIONAL, {"D16": "优良中低差", "E16": "优"}),
        (NATIONAL, {"E16": "服务质量有好有坏，总体较好"}),
        (NATIONAL, {"E11": "目标1：平台建成……并投入使用\\n目标2：接入二十二个部门"}),
        (NATIONAL, {"C14": "指标1：系统验收合格率"}),
        (NATIONAL, {"D14": "95%*部门数", "E14": "无"}),
        (SCORED_HEADER, {"A16": "填表人：张** 电话：138****0000"}),
        (TRANSFER, {"B14": "数量指标（1）"}),
    ],
)
def test_passes_on_what_a_person_wrote(drawing: str, changes: dict[str, str]) -> None:
    if "A16" in changes:
        drawing = drawing.rstrip() + "\n| " + " | ".join([changes["A16"], *["<"] * 7]) + " |\n"
        changes = {}
    assert at(form(drawing, **changes), "PX103") == {}
