"""Family 2, steps: "25家以上得满分,20-24家得1.5分,15-19家得1分,14家以下不得分"; and yes or no by a figure."""

from __future__ import annotations

import re
from decimal import Decimal

from perfxl.form.figures import plain as number_text
from perfxl.scoring.standards.conditions import Condition, cases, condition, counts_things, measure
from perfxl.scoring.standards.curve import Award, Curve, Fixed, Interval, Line, Piece
from perfxl.scoring.standards.standard import (
    Family,
    Measure,
    Measured,
    Misfit,
    Reading,
    Standard,
    Term,
    possible_of,
)
from perfxl.scoring.standards.wording import NUMBER, harmless, word

_AWARD_FIRST = re.compile(
    rf"(?:^|(?<=[;。,]))(?:得)?({NUMBER}分|满分)[::]([^:;。]+?)(?=[;。]|,?(?:得)?(?:{NUMBER}分|满分|0分|不得分):|$)"
)
_BARE_POINTS = re.compile(
    rf"(?<=[:,=])({NUMBER})分(?=[;,。、)]|$)|(?<=[%上下内家次个人天件项间])(?:\()({NUMBER})分(?:\))"
)
_DIFFERENCE = re.compile(r"相差|差距|偏差|误差|差异")


def read(reading: Reading) -> Standard | None:
    """Read cases of which each is a stretch of one measured value; None where a case is told in words."""
    text = _AWARD_FIRST.sub(lambda match: f"{match[2]}得{match[1]};", reading.text)
    text = _BARE_POINTS.sub(lambda match: f"得{match[1] or match[2]}分", text)
    found = cases(text)
    if not found or not harmless(text[found[-1].end :]) or not any(condition(case.words) for case in found):
        return None
    pieces: list[Piece] = []
    said: list[Condition] = []
    otherwise: Award | None = None
    last_words = ""
    completed = False
    for case in found:
        limits = condition(case.words)
        if limits is None and pieces and _none_of_these(case.words, case.award):
            otherwise = case.award
            last_words = case.words
            continue
        if limits is None and _whole(case.award, reading.weight) and _all_of_it(case.words) and not pieces:
            pieces.append(Piece(Interval(low=Decimal(1), low_rank=3), case.award))
            completed = True
            continue
        if limits is None and _no_difference(case.words) and _DIFFERENCE.search(text):
            pieces.append(Piece(Interval(high=Decimal(0), high_rank=3), case.award))
            continue
        if limits is None:
            return None
        said.append(limits)
        pieces.append(Piece(limits.stretch, case.award))
    if [piece.award for piece in pieces] == [Fixed(Decimal(0))] and otherwise is None:
        return None  # 发现1例违规,不得分: a fault, not a stretch of values
    measured = _one_measure(said, reading)
    if measured is None or (completed and measured.kind is not Measured.COMPLETION):
        return None
    pieces = _open_ended(pieces, said)
    if otherwise is not None and _done_nothing(last_words):
        edge = Interval(Decimal(0), Decimal(0), 3, 3)
        pieces, otherwise = [*pieces, Piece(edge, otherwise)], None
    curve = Curve(tuple(pieces), counts_things(measured.unit), otherwise)
    misfits = _misfits(curve, measured.unit, reading)
    term = Term(measured, curve)
    outcomes = [piece.award for piece in pieces] + ([otherwise] if otherwise is not None else [])
    family = Family.STEPS
    if any(isinstance(award, Line) for award in outcomes):
        family = Family.RATIO
    elif len(outcomes) == 2 and outcomes[-1] == Fixed(Decimal(0)) and _whole(outcomes[0], reading.weight):
        family = Family.YES_NO
    return Standard(family, reading.weight, possible_of((term,), reading.weight), (term,), misfits=misfits)


def _all_of_it(words: str) -> bool:
    return (
        re.search(r"未|没|不|基本|部分", words) is None
        and re.fullmatch(
            r"(?:全部|全面|按期|按时)?(?:完成|达到|实现|达成)(?:全部|年度|预期|绩效|计划|年初|设定|既定)*(?:目标|任务|指标|计划|工作)?(?:值|数)?(?:的)?",
            words,
        )
        is not None
    )


def _no_difference(words: str) -> bool:
    return re.search(r"相等|一致|超过|高于|达到|完成|持平|无差|没有", words) is not None


def _whole(award: Award, weight: Decimal) -> bool:
    return isinstance(award, Fixed) and (award.amount == 1 if award.of_weight else award.amount == weight)


def _none_of_these(words: str, award: Award) -> bool:
    return re.fullmatch(rf"(?:{word('choice', 'otherwise')}[的,]*)", words) is not None or (
        isinstance(award, Fixed) and award.amount == 0 and _done_nothing(words)
    )


def _done_nothing(words: str) -> bool:
    return re.fullmatch(
        r"(?:完全)?(?:未|没有|没|无)(?!达)[^,;。\d]{1,12}", words
    ) is not None and not re.search(r"达到|达标|完成", words)


def _one_measure(said: list[Condition], reading: Reading) -> Measure | None:
    """What all the stretches measure; None where their units or their labels differ in kind."""
    units = {limits.unit for limits in said if limits.unit}
    if len({"%" if unit == "%" else "" for unit in units}) > 1:
        return None
    unit = next(iter(units), "")
    labels = [limits.label for limits in said if limits.label]
    label = labels[0] if labels else ""
    if any(_DIFFERENCE.search(other) for other in labels):
        return Measure(Measured.JUDGED, unit=unit, label=label)
    kinds = {measure(other, unit, reading).kind for other in labels} or {measure("", unit, reading).kind}
    if len(kinds) > 1:
        return None
    return measure(label, unit, reading)


def _open_ended(pieces: list[Piece], said: list[Condition]) -> list[Piece]:
    """A single value at the best end stands for all beyond it: "100%得满分", "聘请1名得4分"."""
    ends = [end for limits in said for end in (limits.stretch.low, limits.stretch.high) if end is not None]
    first = said[0]
    opened = [_unbounded(piece, max(ends), said) for piece in pieces]
    if pieces[0].stretch != first.stretch:
        return opened
    if first.equal and first.stretch.low == max(ends) and first.stretch.low:
        opened[0] = Piece(Interval(low=first.stretch.low, low_rank=3), pieces[0].award)
    elif first.equal and first.stretch.high == 0 and len(said) > 1:
        opened[0] = Piece(Interval(high=Decimal(0), high_rank=3), pieces[0].award)
        if said[-1].equal and said[-1].stretch.low == max(ends) and pieces[-1].award == Fixed(Decimal(0)):
            opened[-1] = Piece(Interval(low=max(ends), low_rank=3), pieces[-1].award)
    return opened


def _unbounded(piece: Piece, end: Decimal, said: list[Condition]) -> Piece:
    """The best stretch up to 100 % goes on beyond it, the worst from nought on begins below: 90%-100%, 0-60%."""
    stretch = piece.stretch
    top = Decimal(1) if any(limits.unit == "%" for limits in said) else Decimal(100)
    if stretch.high == top == end and stretch.low not in (None, stretch.high):
        stretch = stretch._replace(high=None, high_rank=0)
    if stretch.low == 0 and stretch.high not in (None, stretch.low) and piece.award == Fixed(Decimal(0)):
        stretch = stretch._replace(low=None, low_rank=0)
    return piece._replace(stretch=stretch)


def _misfits(curve: Curve, unit: str, reading: Reading) -> tuple[Misfit, ...]:
    found: list[Misfit] = []
    fixed = [
        award.amount * (reading.weight if award.of_weight else 1)
        for award in (piece.award for piece in curve.pieces)
        if isinstance(award, Fixed)
    ]
    weight = reading.weight
    if fixed and max(fixed) != weight and not any(isinstance(piece.award, Line) for piece in curve.pieces):
        more = max(fixed) > weight
        why = f"最高一档得 {number_text(max(fixed))} 分，{'超过' if more else '达不到'}分值 {number_text(weight)} 分"
        found.append(Misfit(why, number_text(weight), number_text(max(fixed))))
    for gap in curve.gaps():
        shown = "—".join(_shown(end, unit) for end in (gap.low, gap.high) if end is not None)
        found.append(Misfit(f"{shown} 之间没有规定得分", "各档相接", shown, proven=False))
    for overlap in curve.overlaps():
        shown = "—".join(_shown(end, unit) for end in (overlap.low, overlap.high) if end is not None)
        found.append(Misfit(f"{shown} 落在两档里，得分不同", "各档不重叠", shown, proven=False))
    return tuple(found)


def _shown(end: Decimal, unit: str) -> str:
    return f"{number_text(end * 100)}%" if unit == "%" else f"{number_text(end)}{unit}"
