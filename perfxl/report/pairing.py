"""A scoresheet's report rests on two forms: the scoresheet has the points, the project's own form money and results."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from perfxl.form.attainment import meets
from perfxl.form.model import Form
from perfxl.form.values import Quantity, parse
from perfxl.report.facts import Facts
from perfxl.report.fund_facts import FundFact
from perfxl.report.groups import Group
from perfxl.report.indicator_facts import IndicatorFact
from perfxl.report.stated import Doubt, Stated
from perfxl.rules.reading import counted
from perfxl.scoring.cells import Printed
from perfxl.scoring.companions import Seat, companion, row_like

_Value = TypeVar("_Value")
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_OTHER_SCALE = 1000
_ADDRESS = re.compile(r"[A-Z]{1,3}\d+")


def other_form(form: Form, others: Iterable[Form]) -> Form | None:
    """Return the form with the money and the results of a scoresheet's project, or None."""
    seat = companion(form, (Seat(other, Printed()) for other in others))
    return seat.form if seat is not None else None


def joined(facts: Facts, form: Form, theirs: Facts, other: Form) -> Facts:
    """Return a scoresheet's facts with what the project's own form adds; its cells are named with their sheet."""
    abroad = _abroad(theirs, other.sheet)
    by_row = dict(zip((row.row for row in counted(other)), abroad.indicators, strict=True))
    results = {}
    for row, own in zip(counted(form), facts.indicators, strict=True):
        like = row_like(row, other.indicators)
        if like is not None and like.row in by_row:
            results[own.name.cells] = by_row[like.row]
    return replace(
        facts,
        year=facts.year or abroad.year,
        project_name=facts.project_name or abroad.project_name,
        department=facts.department or abroad.department,
        unit=facts.unit or abroad.unit,
        # The points of the project's form are on another scale: those of the scoresheet add up without them.
        funds=facts.funds or tuple(replace(fund, weight=None, score=None) for fund in abroad.funds),
        fund_doubts=facts.fund_doubts or abroad.fund_doubts,
        goal_target=facts.goal_target or abroad.goal_target,
        goal_actual=facts.goal_actual or abroad.goal_actual,
        remarks=facts.remarks or abroad.remarks,
        groups=tuple(_group(group, results) for group in facts.groups),
    )


def rated(row: IndicatorFact, fund: FundFact) -> IndicatorFact:
    """The execution rate as an indicator, with the rate of the fund table as its actual value."""
    if fund.rate is None or fund.rate.value is None:
        return row
    if row.target is None or not row.target.text:
        return replace(row, target=None, actual=None)
    met = meets(parse(row.target.text), parse(fund.rate.text))
    return replace(row, actual=fund.rate, met=met)


def _group(group: Group, results: dict[tuple[str, ...], IndicatorFact]) -> Group:
    return replace(
        group,
        parts=tuple(_group(part, results) for part in group.parts),
        indicators=tuple(_row(row, results.get(row.name.cells)) for row in group.indicators),
    )


def _row(row: IndicatorFact, theirs: IndicatorFact | None) -> IndicatorFact:
    """A row of the scoresheet with aim and result of the project's form; points stay the scoresheet's."""
    if theirs is None or row.actual is not None:
        return row
    if row.target is not None and theirs.target is not None and _differ(row.target.text, theirs.target.text):
        message = f"这里的标准值与项目自评表（{theirs.target.cells[0]}）的指标值不一致"
        met = meets(parse(row.target.text), parse(theirs.actual.text)) if theirs.actual is not None else None
        aim = replace(theirs, target=row.target, met=met, surpassed=False, excess=None)
        return _row(replace(row, doubts=(*row.doubts, Doubt(message, row.target.cells[0]))), aim)
    return replace(
        theirs,
        name=row.name,
        weight=row.weight,
        score=row.score,
        lost=row.lost,
        full=row.full,
        execution=row.execution,
        standard=row.standard,
        doubts=row.doubts,
    )


def _differ(one: str, other: str) -> bool:
    """Whether two targets of one indicator name different figures, or the same in 万 here and 亿 there."""
    figures = [_FIGURE.findall(text.replace(",", "")) for text in (one, other)]
    if not all(figures):
        return False
    read = [value for value in (parse(one), parse(other)) if isinstance(value, Quantity)]
    scales = [value.unit.factor for value in read if value.unit.factor >= 1]
    return figures[0] != figures[1] or (len(scales) > 1 and max(scales) >= min(scales) * _OTHER_SCALE)


def _abroad(value: _Value, sheet: str) -> _Value:
    """The same facts with the sheet's name before every cell."""
    found: Any = value
    if isinstance(found, Stated):
        cells = tuple(f"{sheet}!{cell}" for cell in found.cells)
        found = found._replace(cells=cells, how=_ADDRESS.sub(lambda match: f"{sheet}!{match[0]}", found.how))
    elif isinstance(found, tuple) and not hasattr(found, "_fields"):
        found = tuple(_abroad(member, sheet) for member in found)
    elif is_dataclass(found) and not isinstance(found, type):
        found = replace(
            found, **{item.name: _abroad(getattr(found, item.name), sheet) for item in fields(found)}
        )
    return found  # type: ignore[no-any-return]
