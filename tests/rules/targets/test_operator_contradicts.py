"""PX406: operators against the direction of an indicator."""

from __future__ import annotations

import pytest

from perfxl.rules.finding import Severity
from tests.rules.forms import CONVERTED, NATIONAL, at, form, only


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("新建公厕数量", "≤4座"),
        ("使用部门满意度", "≤90%"),
        ("设备差错率", "≥5%"),
        ("系统响应时间", "≥30分钟"),
        ("新建厕所（≥**座）", "≤4座"),
    ],
)
def test_fails_against_the_name(name: str, target: str) -> None:
    assert at(form(NATIONAL, C13=name, D13=target, E13="4座"), "PX406") == {"D13": Severity.WARNING}


@pytest.mark.parametrize(("operator", "target"), [("正向", "≤98%"), ("反向", "≥98%"), (">=", "≤98%")])
def test_fails_against_the_operator_column(operator: str, target: str) -> None:
    found = only(form(CONVERTED, D8=operator, E8=target), "PX406")
    assert (found.cell, found.severity) == ("E8", Severity.WARNING)
    assert "D8" in found.cells


def test_fails_against_a_column_of_directions_beside_the_operators() -> None:
    both = CONVERTED.replace("| 三级指标 | 符号 |", "| 指标方向 | 符号 |").replace(
        "| 二级指标 |", "| 三级指标 |"
    )
    assert at(form(both, C8="正向", D8="<=", E8="98%"), "PX406") == {"E8": Severity.WARNING}
    assert at(form(both, C8="正向", D8=">=", E8="98%"), "PX406") == {}


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("使用部门满意度", "≤100%"),
        ("投诉处理率", "≥95%"),
        ("设备采购成本", "≤20万元"),
        ("建设工期", "≤30天"),
        ("培训费用", "≤5万元"),
        ("系统响应时间", "≤30分钟"),
        ("隐患排查次数", "≥12次"),
        ("安全事故数", "≤0起"),
        ("新建公厕数量（≥座）", "4座"),
        ("新建公厕数量", "显著增加"),
    ],
)
def test_passes_where_operator_and_name_go_together(name: str, target: str) -> None:
    assert at(form(NATIONAL, C13=name, D13=target, E13="4座"), "PX406") == {}


@pytest.mark.parametrize(
    ("operator", "target"), [("定性", "≥98%"), ("=", "≥98%"), ("≥", "98%"), ("正向", "≥98%")]
)
def test_passes_with_the_operator_column(operator: str, target: str) -> None:
    assert at(form(CONVERTED, D8=operator, E8=target), "PX406") == {}
