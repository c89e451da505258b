"""Families 3 and 4: linear between two ends, and so much less for each step until nothing is left (扣完为止).

What is counted beyond the form ("一项不符合扣0.5分") gives the scores that are possible; whether the items
add up to the weight is held against the items the text or the indicator's description numbers.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from perfxl.form.figures import plain as number_text
from perfxl.scoring.standards.conditions import Case, Condition, cases, condition, counts_things, measure
from perfxl.scoring.standards.curve import Curve, Falling, Fixed, Interval, Line, Piece
from perfxl.scoring.standards.losses import Loss, losses
from perfxl.scoring.standards.standard import (
    Family,
    Measure,
    Measured,
    Misfit,
    Possible,
    Reading,
    Standard,
    Term,
    possible_of,
)
from perfxl.scoring.standards.wording import NUMBER, NUMBERING, harmless, periods, word

_NOTHING, _ALL, _TO = "0分?", "(?:满分|分值)", "(?:和|与|到|至|-|~)"
_BETWEEN = re.compile(
    rf"(?:,|则|均)?(?:在|于)?(?:{_NOTHING}{_TO}{_ALL}|{_ALL}{_TO}{_NOTHING})(?:之间|间)"
    r"(?:按?(?:线性|插值|直线)?(?:法|比例)?(?:内插)?(?:计算|计分)?(?:确定|得分|计分)?)?"
)
_WITHIN = re.compile(rf"[^,;。:]{{0,30}}?{NUMBER}%?[-~至到]{NUMBER}%?(?:之间|范围内|区间)的?")
_LINEAR = re.compile(r"按?(?:线性|直线|插值|内插)[^,;。]{0,8}(?:法|计算|计分|得分|确定)?")


_ATTAINED = re.compile(r"(?:已?达标|达到要求|完成目标|达到目标)的?,?得满分(?=[,;。]每(?:低|少|降|减|未达))")
"""Behind it stands what each step short of the target costs, so that the target is meant."""


def read(reading: Reading) -> Standard | None:
    """Read a standard that takes points off, or runs between two ends; None where it does neither."""
    text = reading.text
    between = _BETWEEN.search(text) is not None or _LINEAR.search(text) is not None
    text = _ATTAINED.sub("达到目标值得满分", _LINEAR.sub("", _BETWEEN.sub("", text)))
    found = losses(text)
    if not found.found and not between:
        return None
    measured = [loss for loss in found.found if loss.step is not None]
    if (len(found.found) == 1 and measured) or (between and not found.found):
        standard = _measured(measured[0] if measured else None, found.rest, between, reading)
        if standard is not None:
            return standard
    return None if between and not found.found else _counted(found.found, text, found.rest, reading)


# Measured ------------------------------------------------------------------------------------------------------------


class _Ends(NamedTuple):
    """The cases beside a loss: their pieces and measures, where full marks begin and where nothing is left."""

    pieces: list[Piece]
    measures: list[Measure]
    full: Interval | None
    zero: Interval | None


def _measured(loss: Loss | None, rest: str, between: bool, reading: Reading) -> Standard | None:
    found = cases(rest)
    tail = rest[found[-1].end :] if found else rest
    if not all(harmless(clause) for clause in re.split(r"[;。]", _WITHIN.sub("", tail))):
        return None
    ends = _ends(found, between, loss is not None and loss.upwards, reading)
    if ends is None or len({one.kind for one in ends.measures}) > 1:
        return None
    if ends.full is None:
        return _from_target(loss, ends.pieces, ends.measures, reading) if loss is not None else None
    return _from_full(loss, ends, ends.full, between, reading)


def _ends(found: tuple[Case, ...], between: bool, upwards: bool, reading: Reading) -> _Ends | None:
    pieces: list[Piece] = []
    measures: list[Measure] = []
    full: Interval | None = None
    zero: Interval | None = None
    for case in found:
        if not isinstance(case.award, Fixed):
            return None
        best = (case.award.of_weight and case.award.amount == 1) or case.award.amount == reading.weight
        said = condition(_WITHIN.sub("", case.words) if between else case.words) or condition(case.words)
        if said is None:
            undone = re.fullmatch(r"(?:完全)?(?:未|没有)(?:完成|开展|实施)的?", case.words)
            if (best and _meets_target(case.words)) or (case.award.amount == 0 and undone):
                continue
            return None
        stretch = said.stretch
        if best:
            full = stretch = _best_from(said, upwards) if said.equal else stretch
        elif case.award.amount == 0:
            zero = stretch
        measures.append(measure(said.label, said.unit, reading))
        pieces.append(Piece(stretch, case.award))
    return _Ends(pieces, measures, full, zero)


def _best_from(said: Condition, upwards: bool) -> Interval:
    """Full marks for one value stand for all that is better: 100%得满分, and 0 where more is worse."""
    value = said.stretch.low
    return Interval(high=value, high_rank=3) if upwards or not value else Interval(low=value, low_rank=3)


def _from_full(
    loss: Loss | None, ends: _Ends, full: Interval, between: bool, reading: Reading
) -> Standard | None:
    rising = full.low is not None
    start = full.low if rising else full.high
    stop = None if ends.zero is None else (ends.zero.high if rising else ends.zero.low)
    assert start is not None
    unit = "%" if any(one.unit == "%" for one in ends.measures) else ends.measures[0].unit
    if loss is not None and loss.step is not None:
        if not unit and not start:
            unit = loss.unit  # nought needs no unit of its own
        if loss.unit == "%" and unit != "%" and start > 0:
            loss = loss._replace(step=loss.step * start, unit=unit)  # 1% of 5300元
        if (loss.unit == "%") != (unit == "%"):
            return None
    run = _run(loss, start, stop, rising, between, reading)
    if run is None:
        return None
    integral = counts_things(unit) and (loss is None or loss.step is None or not loss.step % 1)
    curve = Curve((*ends.pieces, run), integral)
    term = Term(ends.measures[0]._replace(unit=unit), curve)
    misfits = _unbridged(loss, run, start, stop, reading) + tuple(
        Misfit(f"{_shown(gap, unit)} 之间怎样计分没有规定", "各档连续", _shown(gap, unit), proven=False)
        for gap in curve.gaps()
    )
    linear = between or isinstance(run.award, Line)
    return Standard(
        Family.LINEAR if linear else Family.DEDUCTION,
        reading.weight,
        possible_of((term,), reading.weight),
        (term,),
        misfits=misfits,
        others=_smooth(term, loss, reading),
    )


def _run(
    loss: Loss | None, start: Decimal, stop: Decimal | None, rising: bool, between: bool, reading: Reading
) -> Piece | None:
    """How the points run between full marks and nothing: a line, or so much less for each step.

    It is a line where the text says so (在0分和满分之间确定), or where shares of the weight for each step bridge
    the two ends exactly.
    """
    whole = reading.weight
    if stop is not None and start != stop and not (loss and loss.by_grade):
        lost = _lost(loss, start, stop, reading)
        if between or (loss is not None and loss.of_weight and lost == whole):
            line = Line(stop, Decimal(0), Decimal(1 if rising else -1), Decimal(1), True, abs(start - stop))
            return Piece(Interval(min(start, stop), max(start, stop), 1, 1), line)
    if loss is None or loss.step is None:
        return None
    base = loss.base if loss.base is not None and _beyond(loss.base, start, rising) else start
    most = Decimal(1) if loss.of_weight else whole
    falling = Falling(base, loss.step, loss.amount, most, not rising, loss.of_weight)
    return Piece(Interval(stop, base, 1, 1) if rising else Interval(base, stop, 1, 1), falling)


def _lost(loss: Loss | None, start: Decimal, stop: Decimal, reading: Reading) -> Decimal | None:
    """What the steps from full marks down to nothing take off altogether, in points."""
    if loss is None or loss.step is None:
        return None
    return abs(start - stop) / loss.step * loss.amount * (reading.weight if loss.of_weight else 1)


def _unbridged(
    loss: Loss | None, run: Piece, start: Decimal, stop: Decimal | None, reading: Reading
) -> tuple[Misfit, ...]:
    """A line whose steps, by the text's own figure, do not lead from full marks to nothing."""
    lost = _lost(loss, start, stop, reading) if stop is not None and isinstance(run.award, Line) else None
    return () if lost is None or lost == reading.weight else (_does_not_bridge(lost, reading),)


def _beyond(base: Decimal, start: Decimal, rising: bool) -> bool:
    return base <= start if rising else base >= start


def _meets_target(words: str) -> bool:
    return re.search(r"未|没|低于|不足|少于", words) is None and (
        not words
        or re.search(r"目标|指标|计划|任务|完成|达到|标准|按|规定|要求|符合|一致|相等|全部|超", words)
        is not None
    )


def _from_target(
    loss: Loss, pieces: list[Piece], measures: list[Measure], reading: Reading
) -> Standard | None:
    """Points lost for each step away from the target, whose figure stands in its own column."""
    if loss.base is not None:
        return _from_base(loss, pieces, measures, reading)
    if pieces:
        return None
    kind = Measured.EXCESS if loss.upwards else Measured.SHORTFALL
    whole = Decimal(1) if loss.of_weight else reading.weight
    assert loss.step is not None
    falling = Falling(Decimal(0), loss.step, loss.amount, whole, True, loss.of_weight)
    own = (
        Piece(Interval(high=Decimal(0), high_rank=3), Fixed(Decimal(1), True)),
        Piece(Interval(low=Decimal(0)), falling),
    )
    term = Term(Measure(kind, unit=loss.unit, label="与目标值之差"), Curve(own, counts_things(loss.unit)))
    possible = possible_of((term,), reading.weight)
    return Standard(Family.DEDUCTION, reading.weight, possible, (term,), others=_smooth(term, loss, reading))


def _from_base(loss: Loss, pieces: list[Piece], measures: list[Measure], reading: Reading) -> Standard | None:
    """Points lost for each step beyond a figure that the clause itself names: 低于95%的,每低1个百分点扣1分."""
    assert loss.step is not None and loss.base is not None
    whole = Decimal(1) if loss.of_weight else reading.weight
    falling = Falling(loss.base, loss.step, loss.amount, whole, loss.upwards, loss.of_weight)
    best = Fixed(Decimal(1), True)
    own = (
        [Piece(Interval(high=loss.base, high_rank=3), best), Piece(Interval(low=loss.base), falling)]
        if loss.upwards
        else [Piece(Interval(low=loss.base, low_rank=3), best), Piece(Interval(high=loss.base), falling)]
    )
    for piece in pieces:  # "低于60%不得分" beside it
        edge = piece.stretch.low if loss.upwards else piece.stretch.high
        if edge is None or not isinstance(piece.award, Fixed) or piece.award.amount:
            return None
        shut = Interval(loss.base, edge) if loss.upwards else Interval(edge, loss.base)
        own = [own[0], Piece(shut, falling), piece]
    measured = measures[0] if measures else measure("", loss.unit, reading)
    term = Term(measured, Curve(tuple(own), counts_things(loss.unit)))
    others = _smooth(term, loss, reading)
    return Standard(
        Family.DEDUCTION, reading.weight, possible_of((term,), reading.weight), (term,), others=others
    )


def _smooth(term: Term, loss: Loss | None, reading: Reading) -> tuple[Term, ...]:
    """The other reading of "每降低1个百分点扣…": a part of a step in proportion, or whole where the first is a line."""
    if loss is None or loss.step is None:
        return ()
    unit = Decimal(1) if loss.of_weight else reading.weight
    pieces: list[Piece] = []
    for piece in term.curve.pieces:
        award: Falling | Line
        if isinstance(piece.award, Falling):
            fall = piece.award
            rise = fall.loss * (-1 if fall.upwards else 1)
            award = Line(fall.at, fall.start, rise, fall.start, fall.of_weight, fall.step)
        elif isinstance(piece.award, Line):
            rising = piece.award.rise > 0
            start = piece.stretch.high if rising else piece.stretch.low
            assert start is not None
            award = Falling(start, loss.step, loss.amount, unit, not rising, loss.of_weight)
        else:
            pieces.append(piece)
            continue
        pieces.append(Piece(piece.stretch, award))
    return (Term(term.measure, Curve(tuple(pieces), term.curve.integral)),)


def _does_not_bridge(lost: Decimal, reading: Reading) -> Misfit:
    why = f"从满分线到零分线一共只能扣 {number_text(lost)} 分，分值是 {number_text(reading.weight)} 分"
    if lost > reading.weight:
        why = f"没到零分线就扣完了：两线之间按标准要扣 {number_text(lost)} 分，分值是 {number_text(reading.weight)} 分"
    return Misfit(why, number_text(reading.weight), number_text(lost))


def _shown(gap: Interval, unit: str) -> str:
    ends = [
        number_text(end * 100) + "%" if unit == "%" else number_text(end) + unit
        for end in (gap.low, gap.high)
        if end is not None
    ]
    return "—".join(ends)


# Counted -------------------------------------------------------------------------------------------------------------


def _counted(found: tuple[Loss, ...], text: str, rest: str, reading: Reading) -> Standard | None:
    """So much for each thing that a person counts: the possible scores, and whether the items fit the weight."""
    others = cases(rest)
    happenings = _of_happenings(found, rest, reading)
    if happenings is not None:
        return happenings
    for case in others:
        full = isinstance(case.award, Fixed) and (case.award.of_weight or case.award.amount == reading.weight)
        none = isinstance(case.award, Fixed) and case.award.amount == 0
        said = condition(case.words)
        if not (full or none) or (full and said is not None and not _none_at_all(said)):
            return None
    if any(loss.what == "" and loss.step is None for loss in found) and not reading.description:
        return None
    weight = reading.weight
    amounts = [loss.amount * (weight if loss.of_weight else 1) for loss in found]
    if any(amount <= 0 for amount in amounts):
        return None
    items = _items(text) or _items(reading.description)
    parts = periods(text)
    number = parts or items
    zero_too = any(isinstance(case.award, Fixed) and not case.award.amount for case in others)
    scores = _scores(weight, amounts, number if len(found) == 1 else 0)
    if zero_too:
        scores.add(Decimal(0))
    misfits: list[Misfit] = []
    until_nothing = re.search(word("deduction", "all"), reading.text) is not None
    if len(found) == 1 and number and re.search(r"[1一每]项|每?次|不符合|[1一]处", text):
        total = amounts[0] * number
        stated = f"{number} 项每项扣 {number_text(amounts[0])} 分，共 {number_text(total)} 分"
        if total > weight and not until_nothing:
            misfits.append(
                Misfit(
                    f"{stated}，超过分值 {number_text(weight)} 分", number_text(weight), number_text(total)
                )
            )
        elif total < weight and not zero_too:
            why = f"{stated}，扣不完分值 {number_text(weight)} 分：全部不符合还得 {number_text(weight - total)} 分"
            misfits.append(Misfit(why, number_text(weight), number_text(total), proven=False))
    for amount in amounts:
        if amount > weight:
            why = f"一次就扣 {number_text(amount)} 分，超过分值 {number_text(weight)} 分"
            misfits.append(Misfit(why, number_text(weight), number_text(amount)))
    possible = Possible(tuple((score, score) for score in sorted(scores)))
    family = Family.PERIODS if parts else Family.DEDUCTION
    return Standard(family, weight, possible, misfits=tuple(misfits), exact_set=False)


def _of_happenings(found: tuple[Loss, ...], rest: str, reading: Reading) -> Standard | None:
    """投诉为0得满分,每发生1起扣1分: the actual value is the number of what happened."""
    others = cases(rest)
    if (
        len(found) != 1
        or len(others) != 1
        or found[0].step is not None
        or not harmless(rest[others[0].end :])
    ):
        return None
    said = condition(others[0].words)
    happened = re.fullmatch(
        r"每?(?:发生|出现|发现|有|查出|增加|多)(?:1)?([起次例件人个项处])[^,;。\d]{0,8}", found[0].what
    )
    if said is None or not _none_at_all(said) or happened is None:
        return None
    whole = Decimal(1) if found[0].of_weight else reading.weight
    falling = Falling(Decimal(0), Decimal(1), found[0].amount, whole, True, found[0].of_weight)
    pieces = (
        Piece(Interval(high=Decimal(0), high_rank=3), Fixed(Decimal(1), True)),
        Piece(Interval(low=Decimal(0)), falling),
    )
    term = Term(measure(said.label, said.unit or happened[1], reading), Curve(pieces, True))
    return Standard(Family.DEDUCTION, reading.weight, possible_of((term,), reading.weight), (term,))


def _none_at_all(said: Condition) -> bool:
    """Whether a condition is that nothing of the kind happened: 投诉为0."""
    return said.equal and said.stretch.low == 0


def _scores(weight: Decimal, amounts: list[Decimal], number: int) -> set[Decimal]:
    """What is left after any number of losses; after at most `number` of them where that is known."""
    scores = {weight}
    if number and len(amounts) == 1:
        return {max(Decimal(0), weight - amounts[0] * times) for times in range(number + 1)}
    waiting = [weight]
    while waiting and len(scores) < 400:
        score = waiting.pop()
        for amount in amounts:
            left = max(Decimal(0), score - amount)
            if left not in scores:
                scores.add(left)
                waiting.append(left)
    return scores


def _items(text: str) -> int:
    """How many numbered items a text lists: 1. … 2. …; ①…②…; 0 where it lists none in order from 1."""
    marks = [match[0] for match in NUMBERING.finditer(text)]
    numbers = [_ordinal(mark) for mark in marks]
    expected = 1
    for number in numbers:
        if number == expected:
            expected += 1
    return expected - 1 if expected > 2 else 0


def _ordinal(mark: str) -> int:
    inner = mark.strip("().、是")
    if inner.isdigit() and inner.isascii():
        return int(inner)
    if len(inner) == 1 and "①" <= inner <= "⑳":
        return ord(inner) - ord("①") + 1
    return "一二三四五六七八九十".find(inner) + 1
