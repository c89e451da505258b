"""The wording of the genre: facts in, sentences out.

Every figure comes from `Facts`. What the form does not prove is not said: an indicator whose attainment is
undecided is described by its target and actual value only. A missing value is a visible mark, never a gap,
and a fault that the rules prove in the form's figures is marked where they are stated.
"""

from __future__ import annotations

from collections.abc import Iterable

from perfxl.form.model import Kind
from perfxl.report.facts import Doubt, Facts, FundFact, Group, IndicatorFact, Stated
from perfxl.report.marks import doubt, missing

_SHORT = 24
"""Characters up to which a value reads well inside a sentence; a longer one gets a sentence of its own."""
_ENDS = "。！？…"


def said(stated: Stated | None, what: str) -> str:
    """Return what is stated, or the mark that says `what` is missing."""
    return stated.text if stated is not None and stated.text else missing(what)


def doubted(doubts: Iterable[Doubt]) -> str:
    """Return the marks for faults proven in the form, each with its cell; "" for none."""
    return "".join(doubt(f"{found.message.rstrip('。')}（见{found.cell}单元格）") for found in doubts)


def year(facts: Facts) -> str:
    """The year the money was spent in, without 年度."""
    return said(facts.year, "年度")


def project(facts: Facts) -> str:
    """The project as a sentence names it: “××”项目; of a department's own form, 部门整体支出."""
    name = project_name(facts)
    if facts.project_name is None or not facts.project_name.text:
        return name
    return _quoted(name) + ("" if name.endswith("项目") else "项目")


def project_name(facts: Facts) -> str:
    """The project's name alone, as a title needs it."""
    if facts.kind is Kind.DEPARTMENT and facts.project_name is None:
        return "部门整体支出"
    return said(facts.project_name, "项目名称")


def reporter(facts: Facts) -> str:
    """The unit that reports: the one that carries the project out, else its department."""
    for stated in (facts.unit, facts.department):
        if stated is not None and stated.text:
            return stated.text
    return missing("填报单位名称")


def who(facts: Facts) -> str:
    """Who is in charge of the project and who carries it out."""
    department, unit = said(facts.department, "主管部门"), said(facts.unit, "实施单位")
    if facts.unit is None and facts.department is not None:
        return f"{project(facts)}由{department}主管。"
    if facts.department is None and facts.unit is not None:
        return f"{project(facts)}由{unit}组织实施。"
    if department == unit:
        return f"{project(facts)}由{unit}主管并组织实施。"
    return f"{project(facts)}的主管部门为{department}，实施单位为{unit}。"


def budget(facts: Facts) -> str:
    """What the project was given for the year, source by source."""
    row = facts.total_fund
    if row is None:
        return missing("项目预算安排情况（自评表中没有读到资金总额）")
    parts = [
        f"{label}{said(stated, f'{row.label.text}的{label}数')}"
        for label, stated in (("年初预算", row.initial), ("全年预算", row.budget))
        if stated is not None
    ]
    sources = [
        f"{other.label.text}{other.budget.text}"
        for other in facts.funds
        if other is not row and other.budget is not None and other.budget.value
    ]
    if sources:
        parts.append(f"其中{'、'.join(sources)}")
    return f"{year(facts)}年度，项目{'，'.join(parts) or missing('预算数')}{_unit_unknown(facts)}。"


def spending(facts: Facts) -> str:
    """Budget, money spent and execution rate of the whole year."""
    row = facts.total_fund
    if row is None:
        return missing("项目资金的预算数、执行数和执行率（自评表中没有读到资金总额）")
    amounts = f"{_amounts(row)}{_unit_unknown(facts)}"
    return f"{year(facts)}年度，项目{amounts}，{_rate(row)}。{doubted(facts.fund_doubts)}"


def execution(row: FundFact) -> str:
    """The execution rate as an indicator of its own: budget, spending, rate."""
    return f"项目{_amounts(row)}，{_rate(row)}。"


def spending_by_source(facts: Facts) -> list[str]:
    """One paragraph for the fund rows below the total that hold amounts; none where there are none."""
    rows = [
        row
        for row in facts.funds
        if row is not facts.total_fund
        and any(stated and stated.text for stated in (row.budget, row.executed))
    ]
    if not rows:
        return []
    return [
        "按资金来源看，" + "；".join(f"{row.label.text}{_amounts(row, gaps=False)}" for row in rows) + "。"
    ]


def marks_and_score(
    weight: Stated | None, score: Stated | None, what: str, doubts: Iterable[Doubt] = ()
) -> str:
    """The full marks and the score of a group: "指标分值50分，得分50分。"; "" where the form has neither."""
    parts = []
    if weight is not None:
        parts.append(f"指标分值{_points(weight, f'{what}的分值')}")
    if score is not None:
        parts.append(f"得分{_points(score, f'{what}的得分')}")
    return ("，".join(parts) + "。" if parts else "") + doubted(doubts)


def indicator(row: IndicatorFact) -> str:
    """One indicator: what was aimed at, what was reached, whether that meets it, points, loss and reason."""
    name = _quoted(row.name.text)
    sentences = [_aim_and_result(name, row)]
    points = []
    if row.weight is not None:
        points.append(f"分值{_points(row.weight, f'{name}的分值')}")
    if row.score is not None:
        points.append(f"得分{_points(row.score, f'{name}的得分')}")
    if row.lost is not None:
        points.append(f"扣{row.lost.text}分")
    if points:
        # Where the form has neither target nor actual value, the name itself opens the sentence.
        sentences.append(("该指标" if sentences[0] else name) + "，".join(points) + "。")
    if row.reason is not None and row.reason.text:
        sentences.append(f"偏差原因及改进措施：{_closed(row.reason.text)}")
    return "".join(sentences) + doubted(row.doubts)


def attainment(facts: Facts) -> str:
    """How many of the third-level indicators met their target, as far as the form decides it."""
    counts = facts.counts
    opening = f"自评表设置三级指标{counts.level3}项"
    decided = [
        f"{number}项的实际完成值{verb}年度指标值"
        for number, verb in ((counts.met, "达到"), (counts.missed, "未达到"))
        if number
    ]
    if not decided:
        return f"{opening}，完成情况分述如下。"
    if counts.undecided:
        decided.append(f"其余{counts.undecided}项为定性指标或所填内容不能直接比较，按填报的完成情况分述")
    return f"{opening}，其中{'，'.join(decided)}。"


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
    return f"按自评表，{listed}，自评总得分{_points(facts.score, '自评总得分')}。"


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
        spread = "、".join(f"{name}{_points(weight, name)}" for name, weight in weights)
        text += f"，分值设置为{spread}"
    return text + "。"


def conclusion(facts: Facts) -> str:
    """The score with its full marks, and the grade."""
    full = (
        f"（满分{facts.weight.text}分）"
        if facts.weight is not None and facts.weight.value is not None
        else ""
    )
    score = _points(facts.score, "自评得分")
    grade = said(facts.grade, "评价等级（自评表未写明，按当地规定的等级标准填写）")
    result = f"绩效自评得分为{score}{full}，评价等级为{grade}。"
    return f"{project(facts)}{year(facts)}年度{result}{doubted(facts.doubts)}"


def problems(facts: Facts) -> list[str]:
    """The deviations that the form shows: money not spent, targets missed, points lost."""
    found = []
    row = facts.total_fund
    if row is not None and row.left is not None:
        cause = missing("资金未执行完毕的原因和改进措施")
        found.append(f"预算执行方面：{_rate(row)}，尚有{row.left.text}未执行。{cause}")
    found.extend(_problem(fact) for fact in facts.indicators if fact.deviates)
    return found


def paragraphs(stated: Stated | None, what: str) -> list[str]:
    """An officer's text paragraph by paragraph, each closed; the mark where there is none."""
    if stated is None or not stated.text:
        return [missing(what)]
    return [_closed(line) for line in stated.text.split("\n")]


def heading(group: Group) -> str:
    """The name under which a group stands in the report."""
    return group.name or "绩效指标"


def _amounts(row: FundFact, *, gaps: bool = True) -> str:
    """The amounts of a row. With `gaps`, those on which the rate rests are marked where they are missing."""
    named = (
        ("年初预算", row.initial, row.budget is None),
        ("全年预算", row.budget, True),
        ("资金到位", row.arrived, False),
        ("实际支出", row.executed, True),
    )
    return "，".join(
        f"{label}{said(stated, f'{row.label.text}的{label}数')}"
        for label, stated, needed in named
        if stated is not None and (stated.text or (gaps and needed))
    )


def _rate(row: FundFact) -> str:
    return f"预算执行率{said(row.rate, '预算执行率')}"


def _unit_unknown(facts: Facts) -> str:
    row = facts.total_fund
    amounts = (row.initial, row.budget, row.executed) if row is not None else ()
    if any(stated is not None and "元" in stated.text for stated in amounts):
        return ""
    return f"（{missing('金额单位，自评表中没有读到')}）"


def _points(stated: Stated | None, what: str) -> str:
    if stated is None or stated.value is None:
        return said(stated, what)
    return f"{stated.text}分"


def _aim_and_result(name: str, row: IndicatorFact) -> str:
    if row.target is None and row.actual is None:
        return ""
    verdict = {True: "达到年度指标值", False: "未达到年度指标值", None: ""}[row.met]
    target = said(row.target, f"{name}的年度指标值") if row.target is not None else ""
    actual = said(row.actual, f"{name}的实际完成值") if row.actual is not None else ""
    if all(_short(stated) for stated in (row.target, row.actual)):
        clauses = [
            f"年度指标值为{target}" if target else "",
            f"实际完成值为{actual}" if actual else "",
            verdict,
        ]
        return name + "，".join(clause for clause in clauses if clause) + "。"
    text = f"{name}的年度指标值：{_closed(target)}实际完成情况：" if target else f"{name}的实际完成情况："
    return text + _closed(actual) + (f"该指标{verdict}。" if verdict else "")


def _short(stated: Stated | None) -> bool:
    return stated is None or (len(stated.text) <= _SHORT and not any(sign in stated.text for sign in "。；"))


def _cause(row: IndicatorFact) -> str:
    if row.reason is not None and row.reason.text:
        return row.reason.text
    return missing(f"{_quoted(row.name.text)}产生偏差的原因和改进措施")


def _problem(row: IndicatorFact) -> str:
    parts = []
    if row.met is False and row.target is not None and row.actual is not None:
        parts.append(f"年度指标值为{row.target.text}，实际完成值为{row.actual.text}，未达到年度指标值")
    if row.lost is not None:
        parts.append(f"扣{row.lost.text}分")
    facts = "，".join(parts)
    cause = f"偏差原因及改进措施：{_closed(_cause(row))}"
    name = _quoted(row.name.text)
    return f"{name}{facts}。{cause}" if facts else f"{name}的{cause}"


def _closed(text: str) -> str:
    """A text with a full stop at its end, unless it has one."""
    return text if text.endswith(tuple(_ENDS)) else text + "。"


def _quoted(name: str) -> str:
    """A name in quotation marks; one that has such marks of its own stands without."""
    return name if "“" in name else f"“{name}”"
