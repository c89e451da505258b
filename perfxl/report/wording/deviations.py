"""Problems and remedies, gathered from what deviates: money not spent, targets missed, points lost, reasons given.

An officer writes cause and remedy into one cell. They are parted at the first clause that says what will be done,
where there is one; no word of the officer's is changed.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from perfxl.report.facts import Facts
from perfxl.report.indicator_facts import IndicatorFact
from perfxl.report.marks import missing
from perfxl.report.phrases import phrase, words
from perfxl.report.wording.common import closed, label_before, quoted, unlabelled, value
from perfxl.report.wording.indicators import short

_CLAUSE = re.compile(r"[^。；;，,！\n]*[。；;，,！\n]?")
_ASKED_ONE_BY_ONE = 4
"""Indicators without a remedy up to which each is asked for by itself."""
_NEARLY_ALL = Decimal("0.995")
"""A rate from which on the rest of the money is no problem to report."""


class Parted(NamedTuple):
    """An officer's text, parted into what went wrong and what will be done; either may be ""."""

    cause: str
    remedy: str


def part(text: str) -> Parted:
    """Part a text at the first clause that says what will be done."""
    cause: list[str] = []
    clauses = [clause for clause in _CLAUSE.findall(text) if clause]
    for number, clause in enumerate(clauses):
        # What opens a text may be its label ("下一步措施："), never half a sentence before a cause.
        if _opens_remedy(clause) and (number or label_before().match(clause)):
            return Parted(_bare("".join(cause)), _bare("".join(clauses[number:])))
        cause.append(clause)
    return Parted(_bare("".join(cause)), "")


def problems(facts: Facts) -> list[str]:
    """The deviations that the form shows, each with its cause where the form gives one."""
    found = [*_of_money(facts)]
    found.extend(_problem(row, place) for place, row in _deviating(facts))
    remarks = part(facts.remarks.text).cause if facts.remarks is not None else ""
    return ([closed(remarks)] if remarks else []) + found


def remedies(facts: Facts) -> list[str]:
    """What will be done about each deviation: the form's own words, or the mark that asks for them."""
    found = [closed(part(facts.remarks.text).remedy)] if facts.remarks is not None else []
    found = [text for text in found if text != "。"]
    if _of_money(facts):
        found.append(missing("加快预算执行的措施"))
    unsaid = []
    for place, row in _deviating(facts):
        name = quoted(row.short_name)
        remedy = part(row.reason.text).remedy if row.reason is not None and row.reason.text else ""
        if remedy:
            found.append(phrase("remedy.named", place, name=name, remedy=closed(remedy)))
        else:
            unsaid.append((place, name))
    if len(unsaid) > _ASKED_ONE_BY_ONE:
        names = "".join(name for _, name in unsaid)
        found.append(missing(f"针对{names}的改进措施、责任科室和完成时限"))
    else:
        found.extend(missing(phrase("remedy.asked", place, name=name)) for place, name in unsaid)
    return found


def numbered(lines: list[str]) -> list[str]:
    """Lines with their numbers, where there are several."""
    return [f"{number}. {line}" for number, line in enumerate(lines, start=1)] if len(lines) > 1 else lines


def _deviating(facts: Facts) -> list[tuple[int, IndicatorFact]]:
    """The indicators that deviate; the execution rate is spoken of with the money."""
    of_money = bool(_of_money(facts))
    rows = enumerate(facts.indicators)
    return [(place, row) for place, row in rows if row.deviates and not (of_money and row.execution)]


def _of_money(facts: Facts) -> list[str]:
    row = facts.total_fund
    if row is None or row.left is None or row.rate is None or row.rate.value is None:
        return []
    if row.rate.value >= _NEARLY_ALL:
        return []
    scored = next((one for one in facts.indicators if one.execution), None)
    lost = f"，扣{scored.lost.text}分" if scored is not None and scored.lost is not None else ""
    cause = part(scored.reason.text).cause if scored is not None and scored.reason is not None else ""
    asked = closed(cause) if cause else f"{missing('资金未执行完毕的原因')}。"
    text = phrase("problem.execution", 0, rate=row.rate.text, left=row.left.text)
    return [f"{text}{lost}。" + phrase("reason.cause", 0, reason=asked)]


def _problem(row: IndicatorFact, place: int) -> str:
    name = quoted(row.short_name)
    if row.met is False and row.target is not None and row.actual is not None:
        if short(row.target) and short(row.actual):
            target, actual = value(row.target.text), value(row.actual.text)
            text = phrase("problem.missed", place, name=name, target=target, actual=actual)
        else:
            text = phrase("problem.missed_long", place, name=name)
    else:
        text = phrase("problem.lost" if row.lost is not None else "problem.noted", place, name=name)
    lost = f"，扣{row.lost.text}分" if row.lost is not None else ""
    cause = part(row.reason.text).cause if row.reason is not None and row.reason.text else ""
    return f"{text}{lost}。" + (phrase("reason.cause", place, reason=closed(cause)) if cause else "")


def _opens_remedy(clause: str) -> bool:
    return clause.lstrip("一二三四五六七八九十是、（）()0123456789.① ").startswith(words("remedy_openings"))


def _bare(text: str) -> str:
    """A part without the label that stood before it ("存在问题：") and without a comma at its end."""
    return unlabelled(text).rstrip("，,；;")
