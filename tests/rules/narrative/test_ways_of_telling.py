"""Ways in which offices tell figures: shares of a target, what was missed by, amounts for each, short names, counts."""

from __future__ import annotations

import pytest

from tests.rules.narrative.reports import places

LIFTS = """
| 项目支出绩效自评表 | < | < | < | < | < | < | < |
| （2024年度） | < | < | < | < | < | < | < |
| 项目名称 | 老旧小区加装电梯奖补 | < | < | < | < | < | < |
| 主管部门 | 甲区住房和城乡建设局 | < | < | 实施单位 | 甲区物业服务中心 | < | < |
| 项目资金（万元） | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
| ^ | 年度资金总额 | 1600 | 1500 | 1386 | 10 | %92.4 | 9.24 |
| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施 |
| 产出指标（50分） | 数量指标 | 加装电梯台数 | 50台 | 46台 | 20 | 18.4 | 部分住户意见不统一，已安排社区逐户协调 |
| ^ | 质量指标 | 电梯验收合格率 | 100% | %100 | 20 | 20 | |
| ^ | 成本指标 | 单台奖补标准 | ≤30万元/台 | 28.5万元/台 | 10 | 10 | |
| 效益指标（30分） | 社会效益指标 | 惠及居民户数 | 1200户 | 1104户 | 30 | 27.6 | 随加装台数减少 |
| 满意度指标（10分） | 服务对象满意度指标 | 居民满意度 | ≥90% | %95 | 10 | 10 | |
| 总分 | < | < | < | < | 100 | 95.24 | |
"""
HEAD = ("甲区老旧小区加装电梯奖补项目2024年度绩效自评报告", "一、绩效目标完成情况")

RIGHT_AND_WRONG = [
    ("加装电梯台数：计划50台，实际完成46台，完成率92%。", "92%", "96%", "PX501"),
    ("●加装电梯台数46台，完成年度目标的92%。", "92%", "96%", "PX501"),
    ("惠及居民1104户，比目标少96户。", "96户", "69户", "PX501"),
    ("全年加装电梯46台，改善了出行条件。", "46台", "48台", "PX501"),
    ("居民满意度95%，高出目标5个百分点。", "5个", "6个", "PX501"),
    ("居民满意度95%，高于90%的目标值5个百分点。", "5个", "6个", "PX501"),
    ("单台奖补标准控制在每台28.5万元，低于30万元的标准。", "28.5", "25.8", "PX501"),
    ("（一）产出指标。共设置3个三级指标，分值50分，自评得分48.4分。", "3个", "4个", "PX501"),
    ("（一）产出指标。共设置3个三级指标，分值50分，自评得分48.4分。", "48.4", "44.8", "PX501"),
    ("（一）产出指标（50分），得48.4分。", "48.4", "44.8", "PX501"),
    ("加装电梯台数、惠及居民户数未完成，其余3项指标均完成年度目标。", "3项", "4项", "PX503"),
    ("5个三级指标中，有3个达到或超过预期，有2个未达到预期。", "有2个", "有3个", "PX502"),
    ("年初预算1600万元，年中调减100万元，调整后预算1500万元。", "调减100", "调减150", "PX502"),
    ("资金到位1500万元，其中区级占60%，街道占40%。", "40%", "50%", "PX502"),
]


@pytest.mark.parametrize(("sentence", "right", "wrong", "code"), RIGHT_AND_WRONG)
def test_a_figure_told_so_is_held_against_its_cells(sentence: str, right: str, wrong: str, code: str) -> None:
    assert sentence.count(right) == 1
    assert places([*HEAD, sentence], LIFTS) == []
    found = places([*HEAD, sentence.replace(right, wrong)], LIFTS)
    assert (code, 3) in found
    assert {paragraph for _, paragraph in found} == {3}


@pytest.mark.parametrize(
    "sentence",
    [
        "新建农田231.5万亩，占任务的97.27%；节水灌溉43.2万亩，占任务的105.37%。",
        "中央支出900万元，占预算的94%；省级支出486万元，占预算的89%。",
        "截至2025年3月底，剩余4台已全部完工，累计支出1480万元。",
        "（一）成本指标。设1个三级指标。",
        "计划加装电梯50台，每台奖补30万元。",
        "上年加装电梯32台，惠及居民768户。",
        "上半年加装电梯20台，惠及居民480户。",
        "截至6月底，加装电梯台数20台。",
        "居民满意度由上年的93.5%提高到95%。",
        "加装电梯和惠及居民分别完成目标的92%和92%。",
        "加装电梯台数比上年多14台，居民满意度比上年高1.5个百分点。",
    ],
)
def test_what_is_right_or_not_to_be_judged_stays_silent(sentence: str) -> None:
    assert places([*HEAD, sentence], LIFTS) == []


def test_headings_need_not_tell_the_score_for_the_rate() -> None:
    lines = [
        *("甲区绩效自评报告", "一、评价结论", "自评总得分95.24分。", "二、绩效分析"),
        *("（一）产出指标（50分），得48.4分。", "（二）效益指标（30分），得27.6分。"),
        "（三）满意度指标（10分），得10分。",
    ]
    assert places(lines, LIFTS) == []
    assert places(lines) == []
    lines[4] = lines[4].replace("48.4", "58.4")
    assert ("PX501", 5) in places(lines, LIFTS)


def test_what_stands_under_a_heading_on_money_is_no_plan() -> None:
    lines = [*HEAD, "（一）资金计划、到位及使用情况", "实际支出1386万元，剩余141万元。"]
    assert places(lines, LIFTS) == [("PX501", 4)]
