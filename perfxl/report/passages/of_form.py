"""What the templates of reports on one form may name, and its values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from perfxl.form.model import Form
from perfxl.report.facts import Facts
from perfxl.report.groups import Group
from perfxl.report.indicator_facts import IndicatorFact
from perfxl.report.marks import missing
from perfxl.report.pairing import rated
from perfxl.report.phrases import analysis_part
from perfxl.report.project_list import list_passages
from perfxl.report.variables import Lines, Place, Records, Text, Variable, place
from perfxl.report.wording import common, deviations, indicators, money, results
from perfxl.report.wording.common import chinese, circled, said

_INDICATOR: Mapping[str, Variable] = {
    "序号": Text("在本组中的序号，如 1"),
    "圈号": Text("带圈的序号，如 ①"),
    "名称": Text("三级指标名称"),
    "得分": Text("得分，如 3.18"),
    "句子": Text("指标值、完成值、是否达标、得分和原因，以“该项指标”开头"),
}
_PART: Mapping[str, Variable] = {
    "序号": Text("在上一级中的序号，如 1"),
    "名称": Text("二级指标名称"),
    "评分": Text("分值和得分（一句）"),
    "得分": Text("得分，如 9.86"),
    "段落": Lines("各三级指标，一项一段，以指标名称开头"),
    "指标": Records("各三级指标，名称另作标题时用", _INDICATOR),
    "补充": Text("只有定性结果的指标，提示补写的内容；没有时为空"),
}
_GROUP: Mapping[str, Variable] = {
    "序号": Text("序号，如 1"),
    "中文序号": Text("序号，如 一"),
    "名称": Text("一级指标名称"),
    "评分": Text("分值和得分（一句）"),
    "得分": Text("得分，如 21.72"),
    "段落": Lines("本组自己的段落（预算执行）"),
    "小组": Records("二级指标，逐组", _PART),
}

VARIABLES: Mapping[str, Variable] = {
    "年度": Text("预算年度，如 2022"),
    "项目名称": Text("项目名称"),
    "项目": Text("句子中的项目名称：“××”项目"),
    "资金名称": Text("转移支付报告题目中的资金名称"),
    "主管部门": Text("主管部门"),
    "实施单位": Text("实施单位"),
    "单位": Text("填报单位：实施单位，没有时用主管部门"),
    "部门": Text("主管部门，没有时用实施单位"),
    "项目概况": Text("谁主管、谁实施（一句）"),
    "预算安排": Text("预算数及资金来源（一句）"),
    "预算和支出": Text("预算、年底支出、执行率（一句）"),
    "总体目标": Lines("年度总体目标"),
    "指标体系": Text("各级指标数量和分值设置（一句）"),
    "评价等次": Text("打分方式和评价等次（一段）"),
    "综合结论": Text("自评得分、满分和等级（一句）"),
    "得分结论": Text("自评得分，不提等级（一句）"),
    "自评得分": Text("自评得分"),
    "评价等级": Text("评价等级"),
    "上级资金": Text("转移支付：上级下达的预算（一句）"),
    "配套资金": Text("转移支付：地方和其他来源的资金（一句）；没有时为空"),
    "到位情况": Text("资金安排、各来源占比、到位数和到位率（一段）"),
    "资金情况": Lines("预算、支出、执行率，分来源的支出"),
    "目标完成情况": Lines("年度总体目标的实际完成情况"),
    "总体完成情况": Lines("目标完成情况、达标项数和得分构成"),
    "达标情况": Text("达标项数（一句）"),
    "得分构成": Text("各部分得分（一句）；没有得分时为空"),
    "指标分组": Records("预算执行和一级指标，逐组", _GROUP),
    "一级指标": Records("一级指标，逐组，不含预算执行", _GROUP),
    "评价分析": Records("项目决策、项目管理、项目产出、项目效益，逐部分", _GROUP),
    "存在问题": Lines("表中反映的偏差；没有偏差时为空"),
    "改进措施": Lines("针对各项偏差的措施；没有偏差时为空"),
    "其他说明": Lines("自评表下面的备注和说明；没有时为提示"),
    "项目清单情况": Lines("部门整体：分项绩效项目的数量、金额和得分"),
    "表题": Text("自评表的标题"),
    "附件清单": Lines("正文后列出的附件名称，几个附件的编号"),
    "附件标记": Text("附表上方的标记：附件；有几个附件时为 附件1"),
    "附表": Place("自评表本身，及一并取数的其他表"),
    "资金图": Place("各项资金的预算和执行，柱形图；没有可画的就不占位"),
    "得分图": Place("各部分的分值和得分，条形图；没有可画的就不占位"),
    "完成图": Place("达标、未达标和定性指标的项数，饼图；没有可画的就不占位"),
    "得分表": Place("各级指标的分值和得分，表格；没有分值时不占位"),
}
"""The variables of a template, each explained to the officer who edits one."""


def passages(facts: Facts, listed: Form | None = None, beside: Sequence[str] = ()) -> dict[str, object]:
    """Return the values of `VARIABLES` for a form.

    `listed` is the list of a department's projects, `beside` the titles of the annexes that follow the form.
    """
    annexes = [facts.title or missing("自评表标题"), *beside]
    problems, remedies = deviations.problems(facts), deviations.remedies(facts)
    return {
        "年度": common.year(facts),
        "项目名称": common.project_name(facts),
        "项目": common.project(facts),
        "资金名称": _money_name(facts),
        "主管部门": said(facts.department, "主管部门"),
        "实施单位": said(facts.unit, "实施单位"),
        "单位": common.reporter(facts),
        "部门": said(facts.department if _given(facts.department) else facts.unit, "部门名称"),
        "项目概况": money.who(facts),
        "预算安排": money.budget(facts),
        "预算和支出": money.spent_by(facts),
        "总体目标": common.paragraphs(facts.goal_target, "年度总体目标"),
        "指标体系": results.system(facts),
        "评价等次": results.grading(facts),
        "综合结论": results.conclusion(facts),
        "得分结论": results.score_only(facts),
        "自评得分": said(facts.score, "自评得分"),
        "评价等级": said(facts.grade, "评价等级"),
        "上级资金": money.from_above(facts),
        "配套资金": money.beside(facts),
        "到位情况": money.arrival(facts),
        "资金情况": [money.spending(facts), *money.spending_by_source(facts)],
        "目标完成情况": common.paragraphs(facts.goal_actual, "年度总体目标的实际完成情况"),
        "总体完成情况": _goal_attainment(facts),
        "达标情况": results.attainment(facts),
        "得分构成": results.points_by_group(facts),
        "指标分组": _counted([*_execution(facts), *_groups(facts)]),
        "一级指标": _counted(_groups(facts)),
        "评价分析": _analysis(facts),
        "存在问题": deviations.numbered(problems),
        "改进措施": deviations.numbered(remedies),
        "其他说明": _notes(facts),
        "项目清单情况": list_passages(listed),
        "表题": facts.title or missing("自评表标题"),
        "附件清单": _listed(annexes),
        "附件标记": "附件1" if len(annexes) > 1 else "附件",
        "附表": place("附表"),
        **{name: place(name) for name in ("资金图", "得分图", "完成图", "得分表")},
    }


def _given(stated: object) -> bool:
    return bool(stated and getattr(stated, "text", ""))


def _money_name(facts: Facts) -> str:
    name = common.project_name(facts)
    bare = name.endswith(("资金", "】")) or "转移支付" in name
    return f"{facts.region}{name}{'' if bare else '转移支付资金'}"


def _goal_attainment(facts: Facts) -> list[str]:
    lines = common.paragraphs(facts.goal_actual, "年度总体目标的实际完成情况")
    return [line for line in (*lines, results.attainment(facts), results.points_by_group(facts)) if line]


def _listed(annexes: Sequence[str]) -> list[str]:
    """The annexes as GB/T 9704 lists them: numbered where there are several, one below the other."""
    if len(annexes) == 1:
        return [f"附件：{annexes[0]}"]
    return [
        f"{'　　　' if number > 1 else '附件：'}{number}. {title}" for number, title in enumerate(annexes, 1)
    ]


def _notes(facts: Facts) -> list[str]:
    lines = [common.closed(line) for note in facts.notes for line in note.text.split("\n")]
    return lines or [missing("需要说明的问题，没有的写“无”")]


def _execution(facts: Facts) -> list[dict[str, object]]:
    """The execution rate as a group of its own, where the form scores it in the fund table."""
    row = facts.total_fund
    if row is None or not any(stated is not None and stated.text for stated in (row.weight, row.score)):
        return []
    score = indicators.marks_and_score(row.weight, row.score, "预算执行")
    own = [money.execution(facts, row)]
    return [{"名称": "预算执行", "评分": score, "得分": _score(row.score), "段落": own, "小组": []}]


def _groups(facts: Facts) -> list[dict[str, object]]:
    place_of = _places(facts)
    return [
        {
            "名称": results.heading(group),
            "评分": indicators.marks_and_score(
                group.weight, group.score, results.heading(group), group.doubts
            ),
            "得分": _score(group.score),
            "段落": [],
            "小组": _parts(facts, group.parts, place_of),
        }
        for group in facts.groups
    ]


def _analysis(facts: Facts) -> list[dict[str, object]]:
    """The first-level groups gathered under the four parts of a project's analysis."""
    parts: dict[str, list[Group]] = {}
    for group in facts.groups:
        parts.setdefault(analysis_part(group.name) or results.heading(group), []).append(group)
    place_of = _places(facts)
    return _counted(
        {
            "名称": name,
            "评分": "".join(
                indicators.marks_and_score(group.weight, group.score, group.name, group.doubts)
                for group in (groups if len(groups) == 1 else [])
            ),
            "得分": _score(groups[0].score) if len(groups) == 1 else "",
            "段落": [],
            "小组": _parts(facts, [part for group in groups for part in group.parts], place_of),
        }
        for name, groups in parts.items()
    )


def _counted(found: Iterable[dict[str, object]]) -> list[dict[str, object]]:
    entries = list(found)
    for number, entry in enumerate(entries, start=1):
        entry["序号"], entry["中文序号"] = number, chinese(number)
    return entries


def _parts(facts: Facts, parts: Iterable[Group], place_of: Mapping[int, int]) -> list[dict[str, object]]:
    when = common.when(facts)
    return [
        {
            "序号": number,
            "名称": part.name,
            "评分": indicators.marks_and_score(part.weight, part.score, part.name, part.doubts)
            if part.name
            else "",
            "得分": _score(part.score),
            "段落": [_sentence(facts, row, place_of[id(row)], when) for row in part.indicators],
            "指标": list(_records(facts, part, place_of, when)),
            "补充": indicators.evidence(part.indicators),
        }
        for number, part in enumerate(parts, start=1)
    ]


def _records(
    facts: Facts, part: Group, place_of: Mapping[int, int], when: str
) -> Iterator[dict[str, object]]:
    for number, row in enumerate(part.indicators, start=1):
        yield {
            "序号": number,
            "圈号": circled(number),
            "名称": row.name.text,
            "得分": _score(row.score),
            "句子": _sentence(facts, row, place_of[id(row)], when, named=False),
        }


def _sentence(facts: Facts, row: IndicatorFact, at: int, when: str, *, named: bool = True) -> str:
    """An indicator's sentence; that of the execution rate begins with the money it is computed from."""
    said = row.actual is not None and bool(row.actual.text)
    if row.execution and not said and facts.total_fund is not None:
        return money.spent_by(facts) + indicators.indicator(
            rated(row, facts.total_fund), at, when, named=named
        )
    return indicators.indicator(row, at, when, named=named)


def _places(facts: Facts) -> dict[int, int]:
    """The place of every indicator among all, by which wordings are taken in turn."""
    return {id(row): number for number, row in enumerate(facts.indicators)}


def _score(stated: object) -> str:
    value = getattr(stated, "value", None)
    return getattr(stated, "text", "") if value is not None else ""
