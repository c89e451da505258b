"""Sentences on money: what was given, what came in, what was spent, from which source, and what was left."""

from __future__ import annotations

from decimal import Decimal

from perfxl.form.model import FundSource
from perfxl.report.facts import Facts
from perfxl.report.fund_facts import FundFact
from perfxl.report.marks import missing
from perfxl.report.stated import Stated
from perfxl.report.wording.common import doubted, project, said, year

_ABOVE = frozenset({FundSource.CENTRAL, FundSource.PROVINCIAL, FundSource.MUNICIPAL})
_ROUNDING = Decimal("0.0005")
"""Shares in percent with two decimals may add up to a little more than the whole."""


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
    """What was given for the year, source by source with its share."""
    row = facts.total_fund
    if row is None:
        return missing("预算安排情况（自评表中没有读到资金总额）")
    parts = [
        f"{label}{said(stated, f'{row.label.text}的{label}数')}"
        for label, stated in (("年初预算", row.initial), ("全年预算", row.budget))
        if stated is not None and _worth(stated, row)
    ]
    parts.extend(_sources(facts))
    return (
        f"{year(facts)}年度，{_subject(facts)}{'，'.join(parts) or missing('预算数')}{_unit_unknown(facts)}。"
    )


def from_above(facts: Facts) -> str:
    """What came down from the centre or a higher level; the whole budget where the form does not part it."""
    rows = [
        (row, given) for row in facts.sources if row.source in _ABOVE and (given := _given(row)) is not None
    ]
    if not rows:
        return budget(facts)
    listed = "、".join(f"{row.label.text}{given.text}" for row, given in rows)
    return f"{year(facts)}年度，上级下达{project(facts)}预算{listed}{_unit_unknown(facts)}。"


def beside(facts: Facts) -> str:
    """What was put beside the money from above; "" where nothing was."""
    rows = [
        (row, given)
        for row in facts.sources
        if row.source not in _ABOVE and (given := _given(row)) is not None
    ]
    if not rows or len(rows) == len(facts.sources):
        return ""
    return f"除上级下达的资金外，另有{'、'.join(f'{row.label.text}{given.text}' for row, given in rows)}。"


def _given(row: FundFact) -> Stated | None:
    """What a source was to give: 全年预算, else 年初预算; None for nought."""
    return next((stated for stated in (row.budget, row.initial) if stated is not None and stated.value), None)


def arrival(facts: Facts) -> str:
    """What was raised for the year, from which sources, and how much of it came in."""
    row = facts.total_fund
    if row is None:
        return missing("资金到位情况（自评表中没有读到资金总额）")
    given = row.budget if row.budget is not None and row.budget.text else row.initial or row.budget
    parts = [f"{_subject(facts)}预算资金{said(given, '预算数')}", *_sources(facts)]
    text = f"{year(facts)}年度，{'，'.join(parts)}{_unit_unknown(facts)}。"
    if row.arrived is None:
        return text + missing("资金实际到位数、到位率和到位时间，自评表中没有此项")
    rate = f"，资金到位率{row.arrived_rate.text}" if row.arrived_rate is not None else ""
    return f"{text}实际到位资金{said(row.arrived, '资金到位数')}{rate}。"


def spending(facts: Facts) -> str:
    """Budget, money spent and execution rate of the whole year."""
    row = facts.total_fund
    if row is None:
        return missing("资金的预算数、执行数和执行率（自评表中没有读到资金总额）")
    left = f"，年末尚有{row.left.text}未执行" if row.left is not None and row.left.value else ""
    amounts = f"{_amounts(row)}{_unit_unknown(facts)}"
    return f"{year(facts)}年度，{_subject(facts)}{amounts}，{rate(row)}{left}。{doubted(facts.fund_doubts)}"


def execution(facts: Facts, row: FundFact) -> str:
    """The execution rate as an indicator of its own: budget, spending, rate."""
    return f"{_subject(facts)}{_amounts(row)}，{rate(row)}。"


def spending_by_source(facts: Facts) -> list[str]:
    """One paragraph for the fund rows below the total that hold amounts; none where there are none."""
    rows, whole = facts.sources, facts.total_fund
    if not rows or (len(rows) == 1 and whole is not None and _amounts(rows[0]) == _amounts(whole)):
        return []
    described = "；".join(f"{row.label.text}{_amounts(row, gaps=False)}{_own_rate(row)}" for row in rows)
    by = "支出类型" if all(row.label.text.endswith("支出") for row in rows) else "资金来源"
    return [f"按{by}看，{described}。"]


def spent_by(facts: Facts) -> str:
    """What was given and spent by the end of the year: budget, spending, rate; for a report on one project."""
    row = facts.total_fund
    if row is None:
        return missing("项目的预算数、支出数和预算执行率")
    given = row.budget if row.budget is not None and row.budget.text else row.initial or row.budget
    by = f"截至{facts.year.text}年12月31日" if facts.year is not None and facts.year.text else "截至年末"
    spent = f"{by}支出{said(row.executed, '全年执行数')}，预算执行率为{said(row.rate, '预算执行率')}"
    return f"{year(facts)}年，{project(facts)}预算{said(given, '全年预算数')}，{spent}。"


def rate(row: FundFact) -> str:
    """The execution rate of a row."""
    return f"预算执行率{said(row.rate, '预算执行率')}"


def _subject(facts: Facts) -> str:
    return "部门整体支出" if facts.project_name is None and facts.kind == "department" else "项目"


def _worth(stated: Stated, row: FundFact) -> bool:
    """Whether an amount is to be said or asked for: a blank beside the other budget column is neither."""
    others = [other for other in (row.initial, row.budget) if other is not None and other is not stated]
    return bool(stated.text) or not any(other.text for other in others) or stated is row.budget


def _sources(facts: Facts) -> list[str]:
    """The sources with amounts, and their shares where these add up to no more than the whole."""
    held = [(row, given) for row in facts.sources if (given := _given(row)) is not None]
    shares = [row.share.value for row, _ in held if row.share is not None and row.share.value is not None]
    sound = 1 < len(shares) == len(held) and sum(shares) <= 1 + _ROUNDING * len(shares)
    listed = [
        f"{row.label.text}{given.text}" + (f"，占{row.share.text}" if sound and row.share is not None else "")
        for row, given in held
    ]
    if not listed:
        return []
    # Parts that are proven not to make up the whole are not said to be parts of it.
    among = "按来源列有" if facts.fund_doubts else "其中：" if sound else "其中"
    return [f"{among}{('；' if sound else '、').join(listed)}"]


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


def _own_rate(row: FundFact) -> str:
    """The rate of one source, where it is a figure."""
    return f"，执行率{row.rate.text}" if row.rate is not None and row.rate.value is not None else ""


def _unit_unknown(facts: Facts) -> str:
    row = facts.total_fund
    amounts = (row.initial, row.budget, row.executed) if row is not None else ()
    texts = [stated.text for stated in amounts if stated is not None and stated.text]
    if not texts or any("元" in text for text in texts):
        return ""
    return f"（{missing('金额单位，自评表中没有读到')}）"
