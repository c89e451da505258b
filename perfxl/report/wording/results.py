"""Sentences on a form as a whole: its system of indicators, how many met their targets, score and grade."""

from __future__ import annotations

from itertools import pairwise

from perfxl.report.facts import Facts
from perfxl.report.groups import Group
from perfxl.report.marks import missing
from perfxl.report.stated import Stated
from perfxl.report.wording.common import chinese, doubted, points, project, quoted, said, year
from perfxl.settings.parameters import GradeScale


def attainment(facts: Facts) -> str:
    """How many of the third-level indicators met their target, as far as the form decides it."""
    counts = facts.counts
    opening = f"自评表设置三级指标{counts.level3}项"
    if counts.level3 and counts.met == counts.level3:
        return f"{opening}，实际完成值全部达到年度指标值。{losses(facts)}"
    decided = [
        f"{number}项的实际完成值{verb}年度指标值"
        for number, verb in ((counts.met, "达到"), (counts.missed, "未达到"))
        if number
    ]
    if not decided:
        return f"{opening}，各项完成情况分述如下。{losses(facts)}"
    if counts.undecided:
        decided.append(f"其余{counts.undecided}项为定性指标或所填内容不能直接比较，按填报的完成情况分述")
    return f"{opening}，其中{'，'.join(decided)}。{losses(facts)}"


def losses(facts: Facts) -> str:
    """How many indicators lost how many points in all; "" where not every row is scored."""
    rows = facts.indicators
    losing = [row for row in rows if row.lost is not None]
    if not rows or not all(row.full or row.lost is not None for row in rows):
        return ""
    if not losing or facts.lost is None:
        return "按自评结果，各项指标均未扣分。"
    return f"按自评结果，{len(losing)}项指标有扣分，共扣{facts.lost.text}分。"


def points_by_group(facts: Facts) -> str:
    """The score put together from its groups; "" where a group has none or they do not make it up."""
    parts: list[tuple[str, Stated | None]] = []
    row = facts.total_fund
    if row is not None and row.score is not None:
        parts.append(("预算执行", row.score))
    parts.extend((group.name, group.score) for group in facts.groups)
    values = [score.value for name, score in parts if name and score is not None and score.value is not None]
    if facts.score is None or len(values) < len(parts) or sum(values) != facts.score.value:
        return ""
    listed = "、".join(f"{name}得{score.text}分" for name, score in parts if score is not None)
    return f"从得分构成看，{listed}，合计{points(facts.score, '自评总得分')}。"


def system(facts: Facts) -> str:
    """How many indicators there are at each level and how the marks are spread over the first level."""
    counts = facts.counts
    levels = [
        f"{name}{number}项"
        for name, number in (
            ("一级指标", counts.level1),
            ("二级指标", counts.level2),
            ("三级指标", counts.level3),
        )
        if number
    ]
    text = f"自评指标体系设置{'、'.join(levels)}"
    weights: list[tuple[str, Stated | None]] = [(group.name, group.weight) for group in facts.groups]
    row = facts.total_fund
    if row is not None and row.weight is not None:
        weights.insert(0, ("预算执行", row.weight))
    if weights and all(name and weight is not None and weight.value is not None for name, weight in weights):
        spread = "、".join(f"{name}{points(weight, name)}" for name, weight in weights)
        text += f"，分值设置为{spread}"
    return text + "。"


def grading(facts: Facts) -> str:
    """How results are scored and graded; "" for a form that is not scored."""
    if facts.score is None and not any(row.score is not None for row in facts.indicators):
        return ""
    full = (
        f"，满分{facts.weight.text}分" if facts.weight is not None and facts.weight.value is not None else ""
    )
    opening = f"自评采用定量与定性相结合的方式逐项打分{full}。"
    if facts.grade_scale is None:
        return opening + missing("评价等次和各等次的分数段")
    return (
        opening + _steps(facts.grade_scale) + missing("当地另有评价等次标准的，按当地标准改写本句和评价等级")
    )


def _steps(scale: GradeScale) -> str:
    steps = scale.steps
    bands = [f"{steps[0].lowest:f}分（含）以上为{quoted(steps[0].word)}"]
    for better, step in pairwise(steps):
        below = (
            f"{better.lowest:f}分以下为"
            if not step.lowest
            else f"{step.lowest:f}分（含）至{better.lowest:f}分为"
        )
        bands.append(f"{below}{quoted(step.word)}")
    by = f"按照{scale.source.number}" if scale.source.number else "评价等次"
    return f"{by}分为{chinese(len(steps))}档：{'，'.join(bands)}。"


def conclusion(facts: Facts) -> str:
    """The score with its full marks, and the grade."""
    scored = facts.weight is not None or any(row.score is not None for row in facts.indicators)
    if facts.score is None and not scored:
        verdict = missing("综合评价结论（自评表没有分值和得分），如完成较好、基本完成")
        return f"{project(facts)}{year(facts)}年度绩效自评结论为{verdict}。{doubted(facts.doubts)}"
    full = (
        f"（满分{facts.weight.text}分）"
        if facts.weight is not None and facts.weight.value is not None
        else ""
    )
    score = points(facts.score, "自评得分") + _unscored(facts)
    grade = said(facts.grade, "评价等级（自评表未写明，按当地规定的等级标准填写）")
    if facts.unscored and facts.grade_scale is not None:
        grade = missing("评价等级，得分填全后按总分确定")
    elif facts.grade is not None and facts.grade.text:
        grade = quoted(grade)
    result = f"绩效自评得分为{score}{full}，评价等级为{grade}。"
    return f"{project(facts)}{year(facts)}年度{result}{doubted(facts.doubts)}"


def score_only(facts: Facts) -> str:
    """The score with its full marks, for reports whose genre names no grade."""
    full = (
        f"（满分{facts.weight.text}分）"
        if facts.weight is not None and facts.weight.value is not None
        else ""
    )
    grade = (
        f"，评价等级为{quoted(facts.grade.text)}" if facts.grade is not None and not facts.grade_scale else ""
    )
    score = points(facts.score, "自评得分") + _unscored(facts)
    return f"经过自评，{project(facts)}{year(facts)}年度绩效自评得分{score}{full}{grade}。{doubted(facts.doubts)}"


def _unscored(facts: Facts) -> str:
    """The mark that the total is not complete."""
    if not facts.unscored or facts.score is None:
        return ""
    return missing(f"自评表还有{facts.unscored}项没有填得分，填全后更正总分")


def heading(group: Group) -> str:
    """The name under which a group stands in the report."""
    return group.name or "绩效指标"
