"""What a report template may name: every variable with what it stands for.

The names are Chinese because the people who edit a template in Word or WPS are officers, not programmers.
"""

from __future__ import annotations

from collections.abc import Mapping

from perfxl.report import sentences
from perfxl.report.facts import Facts, Group
from perfxl.report.marks import missing

ANNEX_PLACE = "【附表】"
"""A paragraph that holds this and nothing else is replaced by the form's table."""

VARIABLES: Mapping[str, str] = {
    "年度": "预算年度，如 2022",
    "项目名称": "项目名称",
    "项目": "句子中的项目名称：“××”项目",
    "主管部门": "主管部门",
    "实施单位": "实施单位",
    "单位": "填报单位：实施单位，没有时用主管部门",
    "项目概况": "谁主管、谁实施（一句）",
    "预算安排": "预算数及资金来源（一句）",
    "总体目标": "年度总体目标，逐段（用 for 循环）",
    "指标体系": "各级指标数量和分值设置（一句）",
    "综合结论": "自评得分、满分和等级（一句）",
    "自评得分": "自评得分",
    "评价等级": "评价等级",
    "资金情况": "预算、支出、执行率，逐段（用 for 循环）",
    "总体完成情况": "总体目标完成情况、达标项数和得分构成，逐段（用 for 循环）",
    "指标分组": "一级指标，逐组（用 for 循环）：序号、名称、评分、段落、小组；小组内：序号、名称、评分、段落",
    "存在问题": "表中反映的偏差，逐段（用 for 循环）；没有偏差时为空",
    "表题": "自评表的标题",
    "附表": "自评表本身；须独占一段",
}
"""The variables of a template, each explained to the officer who edits one."""


def passages(facts: Facts) -> dict[str, object]:
    """Return the values of `VARIABLES` for a form."""
    return {
        "年度": sentences.year(facts),
        "项目名称": sentences.project_name(facts),
        "项目": sentences.project(facts),
        "主管部门": sentences.said(facts.department, "主管部门"),
        "实施单位": sentences.said(facts.unit, "实施单位"),
        "单位": sentences.reporter(facts),
        "项目概况": sentences.who(facts),
        "预算安排": sentences.budget(facts),
        "总体目标": sentences.paragraphs(facts.goal_target, "项目年度总体目标"),
        "指标体系": sentences.system(facts),
        "综合结论": sentences.conclusion(facts),
        "自评得分": sentences.said(facts.score, "自评得分"),
        "评价等级": sentences.said(facts.grade, "评价等级"),
        "资金情况": [sentences.spending(facts), *sentences.spending_by_source(facts)],
        "总体完成情况": _goal_attainment(facts),
        "指标分组": _groups(facts),
        "存在问题": sentences.problems(facts),
        "表题": facts.title or missing("自评表标题"),
        "附表": ANNEX_PLACE,
    }


def _goal_attainment(facts: Facts) -> list[str]:
    lines = sentences.paragraphs(facts.goal_actual, "年度总体目标的实际完成情况")
    return [line for line in (*lines, sentences.attainment(facts), sentences.points_by_group(facts)) if line]


def _groups(facts: Facts) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    row = facts.total_fund
    if row is not None and (row.weight is not None or row.score is not None):
        score = sentences.marks_and_score(row.weight, row.score, "预算执行")
        found.append({"名称": "预算执行", "评分": score, "段落": [sentences.execution(row)], "小组": []})
    found.extend(_group(group) for group in facts.groups)
    for number, entry in enumerate(found, start=1):
        entry["序号"] = number
    return found


def _group(group: Group) -> dict[str, object]:
    name = sentences.heading(group)
    parts = [
        {
            "序号": number,
            "名称": part.name,
            "评分": sentences.marks_and_score(part.weight, part.score, part.name, part.doubts)
            if part.name
            else "",
            "段落": [sentences.indicator(row) for row in part.indicators],
        }
        for number, part in enumerate(group.parts, start=1)
    ]
    return {
        "名称": name,
        "评分": sentences.marks_and_score(group.weight, group.score, name, group.doubts),
        "段落": [],
        "小组": parts,
    }
