"""PX202: the fund total against its parts, however they nest."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfxl.form.figures import plain
from perfxl.rules.finding import Severity
from tests.rules.forms import CONVERTED, DEPARTMENT, NATIONAL, TRANSFER, at, form, only

NESTED = """
| 项目支出绩效自评表 | < | < | < | < | < |
| （2022年度） | < | < | < | < | < |
| 项目名称 | < | 灌区改造 | < | < | < |
| 项目资金（万元） | < | 全年预算数（A） | 全年执行数（B） | 执行率（B/A） | < |
| ^ | 年度资金总额 | 100 | 100 | %100 | < |
| ^ | {first} | 80 | 80 | | < |
| ^ | {second} | 50 | 50 | | < |
| ^ | {third} | 30 | 30 | | < |
| ^ | {fourth} | 20 | 20 | | < |
| 一级指标 | 二级指标 | 三级指标 | 指标值 | 完成值 | 偏差原因 |
| 产出指标 | 数量指标 | 改造渠道 | ≥3公里 | 3公里 | |
| 满意度指标 | 满意度指标 | 群众满意度 | ≥90% | %95 | |
"""


def test_fails_by_the_380_of_the_transfer_form() -> None:
    totals = {"C7": "3545234", "D7": "3545234", "E7": "%100"}
    parts = {
        "C8": "2783239",
        "D8": "2783239",
        "C9": "761615",
        "D9": "761615",
        "C10": "",
        "D10": "",
        "E10": "",
    }
    assert at(form(TRANSFER, **totals, **parts), "PX202") == {"C7": Severity.ERROR, "D7": Severity.ERROR}


def test_fails_naming_every_part_and_what_was_expected() -> None:
    found = only(form(NATIONAL, E6="141.24", G6="%96.74", H6="9.67", G18="96.67"), "PX202")
    assert (found.cell, found.expected, found.actual) == ("E6", "131.24", "141.24")
    assert set(found.cells) == {"E6", "E7", "E8", "E9"}


def test_fails_where_blank_parts_leave_a_rest() -> None:
    assert at(form(NATIONAL, C7="140", C8=""), "PX202") == {"C6": Severity.ERROR}


def test_fails_where_a_part_is_above_the_total() -> None:
    assert at(form(CONVERTED, B5="7.84"), "PX202") == {"B4": Severity.ERROR}


def test_fails_on_parts_that_are_no_sources() -> None:
    assert at(form(DEPARTMENT, C5="1182.55"), "PX202") == {"C5": Severity.ERROR}


@pytest.mark.parametrize(
    "labels",
    [
        ("财政拨款", "其中：中央补助", "省级资金", "其他资金"),
        ("1.财政拨款", "（1）中央补助", "（2）县级资金", "2.其他资金"),
        ("其中：财政拨款", "中央资金", "地方资金", "其他资金"),
        ("一般公共预算", "其中：人员经费", "公用经费", "其他资金"),
    ],
)
def test_passes_however_parts_nest(labels: tuple[str, str, str, str]) -> None:
    first, second, third, fourth = labels
    assert at(form(NESTED.format(first=first, second=second, third=third, fourth=fourth)), "PX202") == {}


def test_fails_softly_where_only_a_part_is_not_the_sum_of_its_own() -> None:
    drawing = NESTED.format(first="财政拨款", second="中央补助", third="省级资金", fourth="其他资金")
    assert at(form(drawing, C8="40"), "PX202") == {"C6": Severity.WARNING}
    assert at(form(drawing, C5="110", E5="%90.91"), "PX202") == {"C5": Severity.ERROR}


def test_passes_where_two_breakdowns_follow_each_other() -> None:
    drawing = NESTED.format(first="按来源：财政拨款", second="其他资金", third="按用途：设备", fourth="安装")
    assert (
        at(form(drawing, C6="60", D6="60", C7="40", D7="40", C8="90", D8="90", C9="10", D9="10"), "PX202")
        == {}
    )


def test_passes_where_parts_are_not_given() -> None:
    assert at(form(NATIONAL, C7="", C8="", C9=""), "PX202") == {}
    assert at(form(NATIONAL, D6="", C6=""), "PX202") == {}


def test_passes_where_one_part_alone_need_not_be_all() -> None:
    drawing = NESTED.format(first="其中：财政拨款", second="", third="", fourth="")
    blank = dict.fromkeys(("C7", "D7", "C8", "D8", "C9", "D9"), "")
    assert at(form(drawing, **blank), "PX202") == {}


def test_passes_on_text_that_cannot_be_added() -> None:
    assert at(form(NATIONAL, E7="详见附件"), "PX202") == {}


@pytest.mark.parametrize(("unit", "severity"), [("万元", Severity.NOTE), ("元", Severity.ERROR)])
def test_rounding_explains_a_cent_in_ten_thousands_only(unit: str, severity: Severity) -> None:
    drawing = form(NATIONAL, A5=f"项目资金（{unit}）", C7="150.01")
    assert at(drawing, "PX202") == {"C6": severity}


LIST = """
| 分项绩效项目清单 | < | < | < | < | < | < |
| 序号 | 项目名称 | 预算数 | 执行数 | 结余交回财政数 | 自评得分 | 绩效目标 |
| 1 | 医疗救助 | 336.5 | 330 | 6.5 | 95 | 救助困难群众 |
| 2 | 公费医疗 | 200.61 | 200.61 | | 98 | 保障待遇 |
| 3 | | | | | | |
| 合计 | < | 537.11 | 530.61 | 6.5 | | |
"""


def test_fails_on_the_total_of_a_list() -> None:
    assert at(form(LIST, C6="537.5"), "PX202") == {"C6": Severity.ERROR}
    assert at(form(LIST, D6="500", E6="8"), "PX202") == {"D6": Severity.ERROR, "E6": Severity.ERROR}


def test_passes_on_the_total_of_a_list() -> None:
    assert at(form(LIST), "PX202") == {}
    assert at(form(LIST, C6="537"), "PX202") == {}  # written in whole numbers
    assert at(form(LIST, C6="", D6="—"), "PX202") == {}


def test_rounded_projects_may_add_up_to_a_cent_more() -> None:
    assert at(form(LIST, C6="537.12"), "PX202") == {"C6": Severity.NOTE}


@given(parts=st.lists(st.integers(0, 10**8), min_size=3, max_size=3), off=st.integers(-500, 500))
def test_property_a_total_passes_only_as_the_sum(parts: list[int], off: int) -> None:
    total = sum(parts) + off
    if total <= 0 or not any(parts) or abs(off) * 10000 == sum(parts):
        return
    cells = dict(zip(("C7", "C8", "C9"), (plain(Decimal(part) / 100) for part in parts), strict=True))
    drawn = form(NATIONAL, C6=plain(Decimal(total) / 100), **cells)
    assert bool(at(drawn, "PX202") | at(drawn, "PX204")) == (off != 0)


def test_passes_where_a_part_is_only_in_another_unit() -> None:
    assert at(form(NATIONAL, D7="1400000"), "PX202") == {}
