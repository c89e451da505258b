"""PX501: figures of a report against its form, each at its paragraph and with the cells that prove it."""

from __future__ import annotations

import pytest

from perfxl.rules.finding import Finding, Severity
from tests.rules.forms import NATIONAL, TRANSFER
from tests.rules.narrative.reports import findings, places

REPORT = (
    "甲市数据中心2022年度政务数据平台建设项目绩效自评报告",
    "一、项目概况",
    "政务数据平台建设项目由甲市大数据局主管。2022年度，项目年初预算150万元，全年预算146万元。",
    "二、综合评价结论",
    "经自评，政务数据平台建设项目绩效自评得分为95.99分，评价等级为优。",
    "三、绩效目标实现情况分析",
    "（一）资金情况",
    "截至2022年12月31日，项目全年预算数146万元，全年执行数131.24万元，预算执行率89.89%，得8.99分。",
    "（二）产出指标",
    "指标分值50分，得分49分。",
    "1.接入部门数",
    "全年接入22个部门，达到预期目标，得20分。",
    "2.系统验收合格率",
    "系统验收合格率为98%，超过年度指标值95%。",
    "3.按期完成率",
    "按期完成率为90%，未达到目标，主要是施工延期。",
    "（三）效益指标",
    "指标分值30分，得分28分。",
    "（四）满意度指标",
    "指标分值10分，得分10分。使用部门满意度达到95.5%。",
)


def with_line(number: int, old: str, new: str) -> list[str]:
    """The sound report with one thing changed in a paragraph."""
    lines = list(REPORT)
    assert lines[number - 1].count(old) == 1
    lines[number - 1] = lines[number - 1].replace(old, new)
    return lines


def test_passes_a_report_that_says_what_the_form_says() -> None:
    assert places(REPORT, NATIONAL) == []


@pytest.mark.parametrize(
    ("paragraph", "old", "new", "cells"),
    [
        (3, "年初预算150", "年初预算155", {"C6", "D6"}),
        (3, "全年预算146", "全年预算164", {"C6", "D6"}),
        (5, "95.99", "96.99", {"G18"}),
        (8, "146万元", "148万元", {"C6", "D6"}),
        (8, "131.24", "132.14", {"E6"}),
        (8, "89.89%", "88.89%", {"D6", "E6", "G6", "C6"}),
        (8, "8.99分", "9.99分", {"H6"}),
        (10, "得分49", "得分48", {"G13", "G14", "G15"}),
        (10, "分值50", "分值55", {"F13", "F14", "F15"}),
        (12, "22个", "23个", {"E13"}),
        (12, "20分", "18分", {"G13"}),
        (14, "98%", "99%", {"E14"}),
        (14, "95%", "96%", {"D14"}),
        (16, "90%", "95%", {"E15"}),
        (18, "得分28", "得分30", {"G16"}),
        (20, "95.5%", "95.9%", {"E17"}),
    ],
)
def test_fails_one_figure_changed_is_found_at_its_paragraph_and_nowhere_else(
    paragraph: int, old: str, new: str, cells: set[str]
) -> None:
    found = findings(with_line(paragraph, old, new), NATIONAL)
    assert {finding.paragraph for finding in found} == {paragraph}
    (mine,) = (finding for finding in found if finding.code == "PX501")
    assert set(mine.cells) <= cells and mine.sheet == "自评表"
    assert new in mine.text


def only(found: tuple[Finding, ...]) -> Finding:
    """The one finding there is."""
    (finding,) = found
    return finding


@pytest.mark.parametrize(
    "sentence",
    [
        "全年执行数约131万元。",
        "全年执行数131万余元。",
        "项目支出1312400元。",
        "截至2022年6月底，项目支出60万元。",
        "2021年项目支出120万元。",
        "其中第一批资金预算70万元。",
        "项目预算150万元，执行中调减4万元。",
        "使用部门满意度在90%以上。",
        "预算执行率接近90%。",
    ],
)
def test_passes_what_is_about_or_of_another_time_or_part(sentence: str) -> None:
    assert places([*REPORT, sentence], NATIONAL) == []


def test_fails_ten_thousand_against_yuan() -> None:
    found = findings([*REPORT, "项目全年执行数131.24元。"], NATIONAL)
    finding = next(each for each in found if each.code == "PX501")
    assert (finding.paragraph, finding.expected, finding.actual) == (21, "131.24万元", "131.24元")


def test_fails_parts_by_source() -> None:
    lines = [
        "2021年度医疗救助补助资金自评报告",
        "全年预算数421671.73万元，其中：中央财政补助219079万元，地方财政补助94088.93万元，其他资金108502.8万元。",
    ]
    finding = next(found for found in findings(lines, TRANSFER) if found.code == "PX501")
    assert (finding.paragraph, finding.expected) == (2, "94089.93万元")
    assert finding.severity is Severity.ERROR


def test_fails_numbers_of_indicators() -> None:
    lines = with_line(10, "指标分值", "设置三级指标4个，指标分值")
    assert ("PX501", 10) in places(lines, NATIONAL)
