"""PX401: targets missed that have the full score."""

from __future__ import annotations

from decimal import Decimal

import pytest

from perfxl.form.read import read_forms
from perfxl.rules.finding import Severity
from perfxl.workbook.grid import Cell, Workbook
from tests.rules.forms import NATIONAL, SCORED_HEADER, altered, at, form, only
from tests.tables import sheet


@pytest.mark.parametrize(
    ("target", "actual"),
    [
        ("≥20个", "19个"),
        ("不少于20个", "19个"),
        ("38508人", "37442人"),
        ("100%", "%97.3"),
        ("6-9个月", "11.06个月"),
        ("≤60分钟", "70分钟"),
        ("2022年10月底前", "2022年11月15日"),
        ("≥3万人", "29000人"),
        ("市州3个、县6个", "市州3个、县5个"),
        ("全部完成", "未完成"),
    ],
)
def test_fails_where_the_figures_show_it(target: str, actual: str) -> None:
    found = form(NATIONAL, C13="接入部门数", D13=target, E13=actual)
    assert at(found, "PX401") == {"G13": Severity.ERROR}


def test_fails_naming_every_cell() -> None:
    found = only(form(NATIONAL, E13="19个"), "PX401")
    assert (found.cell, found.subject) == ("G13", "接入部门数")
    assert set(found.cells) == {"G13", "F13", "D13", "E13"}


def test_fails_where_nothing_was_to_happen() -> None:
    assert at(form(NATIONAL, C13="安全事故起数", D13="0", E13="3"), "PX401") == {"G13": Severity.ERROR}


@pytest.mark.parametrize(
    ("name", "target", "actual"), [("设备故障次数", "5次", "6次"), ("排放检测点", "5个", "6个")]
)
def test_fails_softly_where_only_the_name_says_which_way(name: str, target: str, actual: str) -> None:
    assert at(form(NATIONAL, C13=name, D13=target, E13=actual), "PX401") == {"G13": Severity.WARNING}


@pytest.mark.parametrize(
    "changes",
    [
        {"E13": "20个"},
        {"E13": "≥20个"},
        {"E13": "19个", "G13": "19"},
        {"E13": "19个", "F13": "0", "G13": "0"},
        {"E13": "约20个"},
        {"D13": "基本建成", "E13": "建成"},
        {"D13": "≥90%", "E13": "19个"},
        {"D13": "—", "E13": "19个"},
        {"D14": "290%", "E14": "%98"},
        {"D14": "%95", "E14": "%95.00"},
        {"D13": "20万元", "E13": "19万元", "C13": "建设成本", "B13": "成本指标"},
        {"D13": "5万元", "E13": "4.8万元", "C13": "培训费用", "B13": "成本指标"},
        {"D13": "180天", "E13": "170天", "C13": "项目完成时限", "B13": "时效指标"},
    ],
)
def test_passes_where_it_is_met_not_full_or_open(changes: dict[str, str]) -> None:
    assert at(form(NATIONAL, **changes), "PX401") == {}


def test_passes_by_the_digits_that_are_shown() -> None:
    assert at(form(SCORED_HEADER, F14="%100.00", G14="30"), "PX401") == {}


def test_passes_where_rows_share_a_score() -> None:
    assert at(form(altered(NATIONAL, E13="19个", G13="39", G14="^")), "PX401") == {}


@pytest.mark.parametrize(
    ("number", "number_format", "late"),
    [
        ("44900", "yyyy/m/d", True),
        ("44866", 'yyyy"年"m"月"', False),
        ("44900", "General", False),
        ("1", "yyyy/m/d", False),
    ],
)
def test_dates_typed_as_dates_are_read(number: str, number_format: str, late: bool) -> None:
    drawn = sheet(altered(NATIONAL, B15="时效指标", C15="完成时间", D15="2022年11月底前", G15="10", H15=""))
    dated = Cell(15, 5, Decimal(number), None, number_format)
    (found,) = read_forms(Workbook("", (drawn._replace(cells={**drawn.cells, (15, 5): dated}),)))
    assert at(found, "PX401") == ({"G15": Severity.ERROR} if late else {})


@pytest.mark.parametrize(
    ("name", "target", "actual", "missed"),
    [
        ("单场成本", "60万元", "66万元", True),
        ("响应时间", "30分钟", "40分钟", True),
        ("单场成本", "60万元", "55万元", False),
        ("活动经费", "60万元", "55万元", False),
    ],
)
def test_more_of_a_cost_than_a_plain_target_is_only_a_warning(
    name: str, target: str, actual: str, missed: bool
) -> None:
    changed = form(NATIONAL, B14="成本指标", C14=name, D14=target, E14=actual)
    assert at(changed, "PX401") == ({"G14": Severity.WARNING} if missed else {})


@pytest.mark.parametrize(("actual", "severities"), [("95%", {}), ("94%", {"F2": Severity.ERROR})])
def test_passes_where_the_row_s_own_standard_grants_the_full_weight(
    actual: str, severities: dict[str, Severity]
) -> None:
    drawing = f"""
        | 三级指标 | 指标值 | 完成值 | 分值 | 评分标准 | 得分 |
        | 投诉处理率 | 100% | {actual} | 100 | 处理率95%以上得100分，90%-95%得80分，90%以下得20分 | 100 |
    """
    (found,) = read_forms(Workbook("", (sheet(drawing),)))
    assert at(found, "PX401") == severities
