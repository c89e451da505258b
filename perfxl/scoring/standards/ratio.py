"""Family 1, ratio (完成比率法): "全年执行数/全年预算数*4分(执行率≥90%,按4分计算)", "得分=覆盖率*分值"; and progress."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from perfxl.form.figures import plain as number_text
from perfxl.scoring.standards.conditions import Case, Condition, cases, condition, measure
from perfxl.scoring.standards.curve import Curve, Fixed, Interval, Line, Piece
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
from perfxl.scoring.standards.wording import NUMBER, harmless, without_numbering, word

_WEIGHT = r"(?:该项|本项|本指标|该指标|指标)?(?:总|满|标准)?(?:分值|满分|权重分?|标准分|总分|赋分)"
_STOP = r"(?=$|[,;。()])"
_POINTS = rf"(?:(?P<points>{NUMBER})(?:分|{_STOP})|{_WEIGHT}(?:\((?P<named>{NUMBER})分\))?|分{_STOP})"
_POINTS_BEFORE = rf"(?:(?P<points>{NUMBER})分?|{_WEIGHT}(?:\((?P<named>{NUMBER})分\))?)"
_PREFIX = r"(?:(?:本项|该项|自评|指标)?得分(?:为|=)|计算公式(?:为)?[:=]?|=)?"
_TEXT = r"[^,;。:=*/()\d≥≤<>%]"
_OVER = rf"(?P<over>(?![.、]){_TEXT}{{2,40}})"
_UNDER = rf"(?P<under>{NUMBER}(?P<unit>{_TEXT}{{0,4}}?)|{_TEXT}{{2,30}})"
_QUOTIENT = rf"{_OVER}/{_UNDER}(?:\*100%)?"
_SIMPLE_BRACKETS = re.compile(r"\(([^()]+/[^()*]+(?:\*100%)?)\)")
_INNER_RATE = r"[^,;。:=*/()\d≥≤<>%]{0,20}?(?:率|比例|比率|(?<!年)度|比重|比)"


class Formula(NamedTuple):
    """A quotient or rate times points: what is measured, the points (None: the weight), where it stands."""

    measured: Measure
    points: Decimal | None
    start: int
    end: int
    whole: Decimal
    """The value, as a fraction, that earns all the points: 0.95 of "执行率/95%*分值"."""


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], ...], tuple[re.Pattern[str], ...]]:
    """Quotients times points and rates times points, the points behind or before."""
    quotients = (
        re.compile(rf"{_PREFIX}{_QUOTIENT}\*{_POINTS}"),
        re.compile(rf"{_PREFIX}{_POINTS_BEFORE}\*\(?{_QUOTIENT}\)?{_STOP}"),
    )
    rates = (
        re.compile(
            rf"{_PREFIX}(?P<rate>{_INNER_RATE})(?:\(%\))?(?:/(?P<whole>{NUMBER})%)?\*(?:100%?\*)?{_POINTS}"
        ),
        re.compile(rf"{_PREFIX}{_POINTS_BEFORE}\*(?P<rate>{_INNER_RATE}){_STOP}"),
        # The sign between rate and weight is forgotten now and then: 得分=政府采购执行率分值.
        re.compile(rf"得分=(?P<rate>{_INNER_RATE})(?P<points>(?!))?(?P<named>(?!))?分值"),
    )
    return quotients, rates


def formulas(reading: Reading) -> tuple[Formula, ...]:
    """Return every quotient times points in a text, or, where there is none, every rate times points."""
    quotients, rates = _patterns()
    for pattern in (*quotients, *rates):
        found = [
            Formula(
                _of_quotient(without_numbering(match["over"]), match["under"], match["unit"] or "")
                if pattern in quotients
                else _of_rate(match["rate"], reading),
                _points(match),
                match.start(),
                match.end(),
                Decimal(match.groupdict().get("whole") or 100) / 100,
            )
            for match in pattern.finditer(reading.text)
        ]
        if found:
            return tuple(found)
    return ()


def _points(match: re.Match[str]) -> Decimal | None:
    text = match["points"] or match["named"]
    return Decimal(text) if text else None


def _of_quotient(over: str, under: str, unit: str) -> Measure:
    number = under.removesuffix(unit)
    if re.fullmatch(NUMBER, number) and Decimal(number):
        return Measure(Measured.ACTUAL, Decimal(number), unit, over)
    if re.fullmatch(word("ratio", "budget"), under) and re.fullmatch(word("ratio", "spent"), over):
        return Measure(Measured.EXECUTION, unit="%", label="执行率")
    done = re.fullmatch(word("ratio", "done"), over) or "实际" in over or "完成" in over
    if done and re.fullmatch(word("ratio", "planned"), under):
        return Measure(Measured.COMPLETION, unit="%", label="完成率")
    return Measure(Measured.ACTUAL, unit="%", label=f"{over}/{under}")


def _of_rate(rate: str, reading: Reading) -> Measure:
    bare = re.sub(r"^(?:按照?|以|根据|实际)", "", without_numbering(rate))
    if re.search("完成(?:比率|率|比例)法", reading.text) and bare not in reading.name:
        return Measure(Measured.COMPLETION, unit="%", label="完成率")
    found = measure(bare, "%", reading)
    return found if found.kind is not Measured.JUDGED else Measure(Measured.ACTUAL, unit="%", label=bare)


def read(reading: Reading) -> Standard | None:
    """Read a quotient or rate times points, or "按完成比例得分" in words; None where the text is neither."""
    text = _SIMPLE_BRACKETS.sub(r"\1", reading.text)
    unwrapped = reading._replace(text=text)
    found = formulas(unwrapped)
    if len(found) == 1:
        return _of_formula(found[0], unwrapped)
    return None if found else _in_words(unwrapped)


def _of_formula(formula: Formula, reading: Reading) -> Standard | None:
    before, limits = _limits_before(reading.text[: formula.start])
    rest = before + ";" + reading.text[formula.end :]
    points = formula.points
    cap = Decimal(1) if points is None else points
    line = Line(
        Decimal(0),
        Decimal(0),
        cap,
        cap if points is None else min(cap, reading.weight),
        points is None,
        formula.whole,
    )
    pieces = _extras(rest.replace("(", ";").replace(")", ";"), formula.measured, reading)
    if pieces is None:
        return None
    curve = Curve(tuple(pieces), otherwise=line if limits is None else None)
    if limits is not None:
        curve = Curve((*pieces, Piece(limits.stretch, line)))
    elif not pieces:
        curve = Curve((Piece(Interval(), line),))
    term = Term(formula.measured, curve)
    misfits = _misfits(points, pieces, reading)
    progress = re.search(word("ratio", "progress") + "$", formula.measured.label) is not None
    return Standard(
        Family.PROGRESS if progress else Family.RATIO,
        reading.weight,
        possible_of((term,), reading.weight),
        (term,),
        misfits=misfits,
    )


def _limits_before(text: str) -> tuple[str, Condition | None]:
    """Take the condition off the end of what stands before a formula: 完成率<100%,得分=完成率*分值."""
    told = cases(text)
    start = max(told[-1].end if told else 0, text.rfind(";") + 1, text.rfind("。") + 1)
    limits = condition(re.sub("的?按?$", "", text[start:])) if start < len(text) else None
    return (text, None) if limits is None else (text[:start], limits)


def _extras(text: str, measured: Measure, reading: Reading) -> list[Piece] | None:
    """The cases beside the formula: where full marks begin, where nothing is earned; None where one is unclear."""
    pieces: list[Piece] = []
    found = cases(text)
    end = 0
    for case in found:
        end = case.end
        said = condition(case.words)
        if said is None:
            if harmless(case.words) and (isinstance(case.award, Line) or _same_in_words(case)):
                continue
            return None
        scale = measured.divisor if measured.divisor is not None and said.unit != "%" else Decimal(1)
        low, high = said.stretch.low, said.stretch.high
        stretch = Interval(
            None if low is None else low / scale,
            None if high is None else high / scale,
            said.stretch.low_rank,
            said.stretch.high_rank,
        )
        if said.equal and stretch.low == 1:
            stretch = Interval(low=stretch.low, low_rank=3)
        pieces.append(Piece(stretch, case.award))
    return pieces if harmless(text[end:]) else None


def _same_in_words(case: Case) -> bool:
    """Whether a case without figures says what the ratio gives anyway: all of it done, nothing of it done."""
    if not isinstance(case.award, Fixed):
        return False
    if case.award.amount == 0:
        return re.fullmatch(r"(?:完全)?(?:未|没有|没)(?:完成|开展|实施|启动|执行)的?", case.words) is not None
    return re.search(r"完成|达到|达标|实现|超额|超过|超出|全部", case.words) is not None and not re.search(
        r"未|没|不", case.words
    )


def _misfits(points: Decimal | None, pieces: Sequence[Piece], reading: Reading) -> tuple[Misfit, ...]:
    if points is not None and points != reading.weight:
        why = f"标准按 {number_text(points)} 分计算，分值是 {number_text(reading.weight)} 分"
        return (Misfit(why, number_text(reading.weight), number_text(points)),)
    for piece in pieces:
        award = piece.award
        if isinstance(award, Fixed) and not award.of_weight and award.amount > reading.weight:
            why = f"标准给 {number_text(award.amount)} 分，超过分值 {number_text(reading.weight)} 分"
            return (Misfit(why, number_text(reading.weight), number_text(award.amount)),)
    return ()


# In words ------------------------------------------------------------------------------------------------------------


def _in_words(reading: Reading) -> Standard | None:
    text = reading.text
    if _named_method(text):
        return _standard(Measure(Measured.COMPLETION, unit="%", label="完成率"), (), reading)
    found = cases(text)
    ratios = [case for case in found if isinstance(case.award, Line)]
    if len(ratios) != 1 or not harmless(text[found[-1].end :]):
        return None
    measured = _measured_by(text[ratios[0].start : ratios[0].end], found, reading)
    pieces: list[Piece] = []
    for case in found:
        piece = _piece(case, measured, reading)
        if piece is None:
            return None
        pieces += piece
    return _standard(measured, tuple(pieces), reading)


def _piece(case: Case, measured: Measure, reading: Reading) -> list[Piece] | None:
    """The stretch that a case beside or of the ratio adds: none where it says what the ratio gives; None if unclear."""
    limits = condition(case.words)
    if isinstance(case.award, Line):
        if limits is not None:
            return [Piece(limits.stretch, case.award)]
        return [] if _leads_to_ratio(case.words) else None
    if not isinstance(case.award, Fixed):
        return None
    full = (case.award.of_weight and case.award.amount == 1) or case.award.amount == reading.weight
    if limits is not None:
        if limits.unit != "%" and (measured.kind is Measured.COMPLETION or (case.award.amount and not full)):
            return None
        best = limits.equal and full
        return [Piece(Interval(low=limits.stretch.low, low_rank=3) if best else limits.stretch, case.award)]
    if full and _reached(case.words):
        return [Piece(Interval(low=Decimal(1), low_rank=3), case.award)]
    return [] if case.award.amount == 0 and _same_in_words(case) else None


def _standard(measured: Measure, pieces: tuple[Piece, ...], reading: Reading) -> Standard:
    """The ratio with its cases; where they leave open how it runs between them, the other ways are named too."""
    line = Line(Decimal(0), Decimal(0), Decimal(1), Decimal(1), of_weight=True)
    top = next(
        (p.stretch.low for p in pieces if isinstance(p.award, Fixed) and p.award.amount and p.stretch.low),
        None,
    )
    bottom = _bottom(pieces)
    lines = [line]
    if top not in (None, Decimal(1)) or bottom:
        end = top or Decimal(1)
        lines.append(Line(Decimal(0), Decimal(0), Decimal(1), Decimal(1), True, end))
        if bottom and bottom < end:
            lines.append(Line(bottom, Decimal(0), Decimal(1), Decimal(1), True, end - bottom))
            if top not in (None, Decimal(1)):
                lines.reverse()  # both ends are named and full marks do not begin at 100 %: it runs between them
    terms = [
        Term(
            measured,
            Curve(
                tuple(Piece(p.stretch, one if p.award == line else p.award) for p in pieces), otherwise=one
            ),
        )
        for one in lines
    ]
    if not pieces:
        terms = [Term(measured, Curve((Piece(Interval(), line),)))]
    family = Family.PROGRESS if "进度" in measured.label else Family.RATIO
    possible = possible_of(terms[:1], reading.weight)
    return Standard(family, reading.weight, possible, (terms[0],), others=tuple(terms[1:]))


def _named_method(text: str) -> bool:
    """Whether the text is no more than the name of the method: 完成比例, 采用完成比率法计分."""
    bare = re.sub(r"^(?:采用|按照?|以|根据)|(?:计分|得分|计算|评分|打分)$", "", without_numbering(text))
    return re.fullmatch(word("ratio", "completion"), bare) is not None and bare != "完成情况"


def _bottom(pieces: Sequence[Piece]) -> Decimal | None:
    """Where nothing is earned any more, if the cases say so."""
    return next(
        (p.stretch.high for p in pieces if p.award == Fixed(Decimal(0)) and p.stretch.low is None), None
    )


def _measured_by(said: str, found: Sequence[Case], reading: Reading) -> Measure:
    """What "按…比例得分" is a ratio of."""
    label = re.search(r"按照?(?:实际|其)?([^,;。]{0,12}?)(?:比例|比率|进度|率|百分比|完成度|程度|情况)", said)
    inner = label[1] if label else ""
    if "进度" in said:
        return Measure(Measured.ACTUAL, unit="%", label="进度")
    if re.search(word("ratio", "execution"), said):
        return measure("执行率", "%", reading)
    for case in found:
        limits = condition(case.words)
        if limits is not None and limits.unit == "%" and limits.label:
            return measure(limits.label, "%", reading)
        if limits is not None and limits.unit == "%" and not inner:
            return measure("", "%", reading)
    if not inner or re.search(r"完成|实现|达成|目标|任务|实际|相应", inner):
        return Measure(Measured.COMPLETION, unit="%", label="完成率")
    return Measure(Measured.ACTUAL, unit="%", label=inner + "比例")


def _leads_to_ratio(words: str) -> bool:
    """Whether the words before "按比例得分" name the cases that are not full: 未完成, 否则, or nothing."""
    return (
        not words
        or re.search(r"未|没|不|否则|反之|其他|低于|实际|完成|部分|根据|结合|情况|率|数", words) is not None
    )


def _reached(words: str) -> bool:
    return (
        re.search(r"未|没有|不足|低于|不达", words) is None
        and re.search(r"完成|达到|达标|实现|达成|全部|目标|指标值|全覆盖|到位|全额|足额|及时|超", words)
        is not None
    )
