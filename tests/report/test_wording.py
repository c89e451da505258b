"""The wording: varied and the same again, never more than the cells say, causes and remedies told apart."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from itertools import pairwise
from string import Formatter

import pytest

from perfxl.report.facts import facts
from perfxl.report.phrases import phrase
from perfxl.report.wording.common import chinese, circled, closed, reporter, value
from perfxl.report.wording.deviations import part, problems, remedies
from perfxl.report.wording.indicators import indicator
from perfxl.report.wording.money import arrival, budget, spending_by_source
from perfxl.report.wording.results import conclusion
from perfxl.rules.check import check_form
from perfxl.settings.parameters import settings_for
from tests.report.drawn import PROJECT, only

BOOK = tomllib.loads((files("perfxl.report") / "phrases.toml").read_text(encoding="utf-8"))
KEYS = [
    f"{group}.{name}" for group, held in BOOK.items() if group not in ("words", "analysis") for name in held
]


def sentences(drawing: str) -> list[str]:
    form, _ = only(drawing)
    found = facts(form, check_form(form))
    return [indicator(row, place, "2023年") for place, row in enumerate(found.indicators)]


@pytest.mark.parametrize("key", KEYS)
def test_all_wordings_of_a_statement_say_the_same(key: str) -> None:
    group, name = key.split(".")
    wordings = BOOK[group][name]
    slots = [
        {slot for _, slot, _, _ in Formatter().parse(wording) if slot} - {"when"} for wording in wordings
    ]
    assert all(one == slots[0] for one in slots)
    assert len(set(wordings)) == len(wordings)


def test_neighbours_differ_and_the_same_place_is_the_same() -> None:
    slots = {"name": "甲", "target": "1", "actual": "1", "when": "全年"}
    drafted = [phrase("aim.met", place, **slots) for place in range(8)]
    assert all(one != other for one, other in pairwise(drafted))
    assert drafted == [phrase("aim.met", place, **slots) for place in range(8)]


@pytest.mark.parametrize(
    ("target", "actual", "claimed"),
    [
        ("≥120公里", "126公里", True),
        ("≥120公里", "120公里", True),
        ("≤60分钟", "30分钟", True),
        ("≥120公里", "110公里", False),
        ("≤60分钟", "90分钟", False),
        ("明显改善", "明显改善", None),
        ("≥120公里", "≥120公里", None),
        ("路况良好", "完成养护计划", None),
    ],
)
def test_a_claim_needs_proof(target: str, actual: str, claimed: bool | None) -> None:
    drawing = PROJECT.replace("| ≥120公里 | 126公里 |", f"| {target} | {actual} |")
    text = sentences(drawing)[0]
    missed = re.search(r"未达到|未完成|没有达到", text)
    met = re.search(
        r"(?<!未)(?<!有)达到(?!的)|超过|超额|优于|好于|以内|高于|完成年度", text.replace("没有达到", "未达到")
    )
    assert (bool(met and not missed), bool(missed)) == (claimed is True, claimed is False)


def test_a_copied_condition_asks_for_the_figure() -> None:
    text = sentences(PROJECT.replace("| ≥120公里 | 126公里 |", "| ≥120公里 | ≥120公里 |"))[0]
    assert "【待补充：" in text


def test_a_far_exceeded_target_asks_why() -> None:
    text = sentences(PROJECT.replace("126公里", "240公里"))[0]
    assert "200%" in text and "【待补充：" in text


def test_every_indicator_says_aim_result_points_loss_and_reason() -> None:
    text = sentences(PROJECT)[1]
    for said in ("验收合格率", "≥95%", "90%", "20分", "18.95", "1.05分", "雨季长，加强排水"):
        assert said in text


@pytest.mark.parametrize(
    ("text", "cause", "remedy"),
    [
        ("雨季长，加强排水", "雨季长", "加强排水"),
        ("结余较大。下一步将加大宣传力度，简化流程。", "结余较大。", "下一步将加大宣传力度，简化流程。"),
        ("存在问题:满意度较低。下一步措施: 做好宣传。", "满意度较低。", "做好宣传。"),
        ("受疫情影响未开展", "受疫情影响未开展", ""),
        ("改进措施：加快执行", "", "加快执行"),
        ("", "", ""),
    ],
)
def test_cause_and_remedy_are_told_apart(text: str, cause: str, remedy: str) -> None:
    assert part(text) == (cause, remedy)


def test_problems_and_remedies_are_gathered() -> None:
    form, _ = only(PROJECT)
    found = facts(form, check_form(form))
    named = problems(found)
    assert len(named) == len(remedies(found)) == 3
    assert "89.89%" in named[0] and "14.76万元" in named[0]
    assert "雨季长" in named[1] and "加强排水" in remedies(found)[1]


def test_shares_are_told_only_where_they_fit() -> None:
    form, _ = only(PROJECT)
    assert "占95.89%" in budget(facts(form)) and "占4.11%" in arrival(facts(form))
    nested, _ = only(PROJECT.replace("| 其他资金 | | 6 | 5.24 |", "| 其他资金 | | 140 | 126 |"))
    assert "占" not in budget(facts(nested))


def test_a_total_with_blank_scores_is_no_total() -> None:
    form, _ = only(PROJECT.replace("| 20 | 18.95 |", "| 20 | |"))
    scale = settings_for(form).grade_scales[0]
    complete, partial = conclusion(facts(only(PROJECT)[0], (), scale)), conclusion(facts(form, (), scale))
    assert "优" in complete and "【待补充" not in complete
    assert "优" not in partial and partial.count("【待补充") == 2


def test_a_roll_up_of_several_projects_is_no_project() -> None:
    form, _ = only(PROJECT.replace("乡村道路养护", "3个项目（名单见“单位汇总”）"))
    assert conclusion(facts(form)).startswith("3个项目2023年度")


def test_yuan_is_said_in_ten_thousands() -> None:
    in_yuan = PROJECT.replace("（万元）", "（元）").replace(
        "| 150 | 146 | 131.24 |", "| 1500000 | 1460000 | 1312433 |"
    )
    row = facts(only(in_yuan)[0]).total_fund
    assert row is not None and row.executed is not None and row.left is not None
    assert (row.executed.text, row.left.text) == ("131.24万元", "14.76万元")


def test_of_several_units_the_department_signs() -> None:
    form, _ = only(PROJECT.replace("养护中心", "各乡镇人民政府").replace("主管部门", "省级主管部门"))
    assert reporter(facts(form)) == "县交通局"


@pytest.mark.parametrize(
    ("number", "text"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (31, "三十一")]
)
def test_chinese_numbers(number: int, text: str) -> None:
    assert chinese(number) == text


@pytest.mark.parametrize(("number", "text"), [(1, "①"), (20, "⑳"), (21, "（21）")])
def test_numbers_in_circles(number: int, text: str) -> None:
    assert circled(number) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [("显著提升", "“显著提升”"), ("≥90%", "≥90%"), ("30次", "30次"), ("“放管服”", "“放管服”")],
)
def test_words_are_quoted_and_figures_are_not(text: str, shown: str) -> None:
    assert value(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"), [("完成；", "完成。"), ("完成。", "完成。"), ("见【待补充：甲】", "见【待补充：甲】")]
)
def test_a_text_is_closed_once(text: str, shown: str) -> None:
    assert closed(text) == shown


TOLD = """
| 项目支出绩效自评表 | < | < | < | < | < |
| 项目名称 | 培训 | < | < | < | < |
| 项目资金（万元） | 全年预算数 | 全年执行数 | < | < | < |
| 年度资金总额 | | | < | < | < |
| 其中：基本支出 | 60 | 58 | < | < | < |
| 项目支出 | 40 | 40 | < | < | < |
| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 偏差原因分析及改进措施 |
| 产出指标 | 时效指标 | 培训完成时间 | 2022年12月底前 | 2022年12月20日 | |
| ^ | 数量指标 | 培训人次 | 6000人次 | 5460人次 | 原因：疫情；措施：增加线上课程 |
| ^ | ^ | 培训期数 | 40期 | 36期 | 原因是场地停用。 |
"""


def test_a_date_is_no_amount_and_a_label_is_not_printed_twice() -> None:
    date, people, classes = sentences(TOLD)
    assert "实际完成2022" not in date
    assert "实际完成值为2022" not in date
    assert "：原因" not in people + classes


def test_cause_and_remedy_are_parted_at_their_labels() -> None:
    assert part("原因：疫情；措施：增加线上课程") == ("疫情", "增加线上课程")
    assert part("主要原因是场地停用") == ("场地停用", "")


def test_the_unit_is_asked_for_only_where_an_amount_lacks_it() -> None:
    form, _ = only(TOLD)
    found = facts(form, check_form(form))
    assert "金额单位" not in budget(found)
    assert spending_by_source(found)[0].startswith("按支出类型看")
