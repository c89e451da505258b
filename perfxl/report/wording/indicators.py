"""Sentences on indicators: what was aimed at, what was reached, whether that meets it, points, loss and reason."""

from __future__ import annotations

import re
from collections.abc import Iterable

from perfxl.report.indicator_facts import IndicatorFact
from perfxl.report.marks import missing
from perfxl.report.phrases import phrase
from perfxl.report.stated import Doubt, Stated
from perfxl.report.wording.common import closed, doubted, is_words, points, quoted, said, unlabelled, value

THIS = "该项指标"
"""What a sentence calls an indicator whose name stands in the heading above it."""

_DATE = re.compile(r"[0-9]{4}(?:年|[./-][0-9]{1,2}[./-])[0-9]|[0-9]{1,2}月(?:[0-9上中下]|[底末初])")
"""A date, which is no value that could be reached: 完成时间为2022年12月20日."""

_SHORT = 24
"""Characters up to which a value reads well inside a sentence; a longer one gets a sentence of its own."""


def indicator(row: IndicatorFact, place: int, when: str, *, named: bool = True) -> str:
    """One indicator in full. `place` is its place among all of them, from 0; `when` the year, or 全年.

    With `named` the sentence begins with the name; without, the name stands in a heading above.
    """
    name = quoted(row.short_name) if named else THIS
    opening = _judged(row, place) if _only_standard(row) else aim_and_result(row, name, place, when)
    marks = _points(row, place)
    if named and not opening:
        marks = f"{name}{marks.removeprefix('该指标').removeprefix('该项')}" if marks else ""
    elif _only_standard(row) and named:
        opening = f"{name}方面，{opening}"
    if opening and marks and not _only_standard(row) and _one_sentence(row):
        # In one breath, so that nobody takes the points for those of the group.
        opening = opening.removesuffix("。") + "；"
    return "".join([opening, marks, _excess(row, place), _reason(row, place)]) + doubted(row.doubts)


def marks_and_score(
    weight: Stated | None, score: Stated | None, what: str, doubts: Iterable[Doubt] = ()
) -> str:
    """The full marks and the score of a group: "指标分值50分，得分50分。"; "" where the form has neither."""
    parts = []
    if weight is not None:
        parts.append(f"指标分值{points(weight, f'{what}的分值')}")
    if score is not None:
        parts.append(f"得分{points(score, f'{what}的得分')}")
    return ("，".join(parts) + "。" if parts else "") + doubted(doubts)


def evidence(rows: Iterable[IndicatorFact]) -> str:
    """The mark that asks for what stands behind results of mere words in a group; "" where none do."""
    names = [quoted(row.short_name) for row in rows if _wants_evidence(row)]
    if not names:
        return ""
    return missing(f"{''.join(names)}的具体工作、数据和佐证材料")


def aim_and_result(row: IndicatorFact, name: str, place: int, when: str) -> str:
    """Target and actual value, and what the cells decide about the two; "" where the form has neither."""
    if row.target is None and row.actual is None:
        return ""
    called = row.short_name
    if row.actual is None:
        target = said(row.target, f"{quoted(called)}的年度指标值")
        key = "part.standard" if row.standard is not None else "part.target"
        return phrase(key, place, name=name, target=value(target))
    actual = said(row.actual, f"{quoted(called)}的实际完成值")
    if actual.startswith(called) and not is_words(actual.removeprefix(called)):
        actual = actual.removeprefix(called)  # 预算执行率89.89% of the indicator 预算执行率
    if row.target is not None and short(row.target) and short(row.actual):
        target = said(row.target, f"{quoted(called)}的年度指标值")
        slots = {"name": name, "target": value(target), "actual": value(actual), "when": when}
        if row.copied:
            ask = missing(f"{quoted(called)}实际完成的具体数值，自评表只照抄了指标值")
            return phrase("aim.open", place, **slots).rstrip("。") + f"，{ask}。"
        return phrase(f"aim.{_state(row)}", place, **slots)
    if row.target is None:
        if short(row.actual):
            return phrase("part.actual", place, name=name, actual=value(actual), when=when)
        return phrase("long.result", place, name=name, when=when) + closed(actual)
    target = said(row.target, f"{quoted(called)}的年度指标值")
    verdict = {True: "verdict.met", False: "verdict.missed"}
    return (
        phrase("long.aim", place, name=name, target=value(target), when=when)
        + closed(actual)
        + (phrase(verdict[row.met], place) if row.met is not None else "")
    )


def short(stated: Stated | None) -> bool:
    """Whether a value reads well inside a sentence."""
    return stated is None or (len(stated.text) <= _SHORT and not any(sign in stated.text for sign in "。；"))


def _one_sentence(row: IndicatorFact) -> bool:
    return short(row.target) and short(row.actual)


def _state(row: IndicatorFact) -> str:
    less = "_less" if row.less_is_better else ""
    if row.met is False:
        return "missed"
    if row.met is None:
        same = row.target is not None and row.actual is not None and row.target.text == row.actual.text != ""
        return "same" if same and row.lost is None else "open"
    if row.surpassed:
        return f"surpassed{less}"
    told = row.actual is not None and (is_words(row.actual.text) or _DATE.match(row.actual.text) is not None)
    return "met_words" if told else f"met{less}"


def _only_standard(row: IndicatorFact) -> bool:
    return (
        row.target is None
        and row.actual is None
        and row.description is not None
        and bool(row.description.text)
    )


def _judged(row: IndicatorFact, place: int) -> str:
    assert row.description is not None
    return phrase("judged.by", place, description=closed(row.description.text))


def _points(row: IndicatorFact, place: int) -> str:
    if row.weight is None and row.score is None:
        return ""
    if row.weight is not None and row.score is not None and None not in (row.weight.value, row.score.value):
        key = "points.lost" if row.lost is not None else "points.full"
        lost = row.lost.text if row.lost is not None else ""
        return phrase(key, place, weight=row.weight.text, score=row.score.text, lost=lost)
    name = quoted(row.short_name)
    parts = []
    if row.weight is not None:
        parts.append(f"分值{points(row.weight, f'{name}的分值')}")
    if row.score is not None:
        parts.append(f"得分{points(row.score, f'{name}的得分')}")
    return f"该指标{'，'.join(parts)}。"


def _excess(row: IndicatorFact, place: int) -> str:
    if row.excess is None:
        return ""
    given = row.reason is not None and row.reason.text
    ask = "" if given else missing(f"{quoted(row.short_name)}超出指标值较多的原因，以及指标值设定是否偏低")
    return phrase("reason.excess", place, excess=row.excess.text) + ask


def _reason(row: IndicatorFact, place: int) -> str:
    if row.reason is not None and row.reason.text:
        return phrase("reason.whole", place, reason=closed(unlabelled(row.reason.text)))
    if (row.met is False or row.lost is not None) and not row.explained:
        what = "未达标的原因" if row.met is False else "扣分的原因"
        return phrase("reason.cause", place, reason=missing(f"{quoted(row.short_name)}{what}")) + "。"
    return ""


def _wants_evidence(row: IndicatorFact) -> bool:
    """Whether a result is mere words that a reader would want to see borne out."""
    if row.actual is None or row.copied or row.met is not None:
        return row.actual is None and row.score is not None and not row.execution
    return bool(row.actual.text) and short(row.actual) and not any(sign.isdigit() for sign in row.actual.text)
