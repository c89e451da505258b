"""Families 5 and 8: yes or no, and qualitative bands. Which case holds a person says, unless a cell says it."""

from __future__ import annotations

import re
from decimal import Decimal

from perfxl.form.figures import plain as number_text
from perfxl.scoring.standards.conditions import Case, cases, condition
from perfxl.scoring.standards.curve import Fixed, Interval, Line, Span, Unsaid
from perfxl.scoring.standards.standard import Choice, Family, Misfit, Possible, Reading, Standard
from perfxl.scoring.standards.wording import NUMBER, NUMBERING, harmless, without_numbering, word

_BAND = re.compile(r"(\d{1,3})%?(?:\(?不?含?\)?)?[-~至到](\d{1,3})%?")
_GRADE_POINTS = re.compile(
    rf"(优秀?|良好?|中等?|一般|较好|较差|差|好|合格|不合格|基本合格|很好|[^,;。、:()\d]{{1,8}})[::,]?(?:\(({NUMBER})分\)|({NUMBER})分)"
)
_NONE = re.compile("(?<=,)不得分")
_IN_TURN = re.compile(rf"分别(?:可?得|计|给|记|为|按)?((?:{NUMBER}分[、,和]?){{2,}})")
_GRADE_RANGES = re.compile(
    rf"([^,;。、:()\d扣]{{1,10}})[::]?(?:得|计|给)?\(?({NUMBER})分?(?:[-~至到]({NUMBER}))?分\)?"
)
_GRADE = re.compile(r"优秀?|良好?|中等?|一般|较?好|较?差|不?合格|基本合格|很好|好|差")
_AWARD_LEFT = re.compile(r"[计得给记按]\d|\d分")
_FAULT_ALONE = re.compile(r"发现|存在|出现|未|不|违反|违规|逾期|超|凡")


def read(reading: Reading) -> Standard | None:
    """Read cases told in words; None where they are not cases of one question."""
    return _graded(reading) or _cases(reading)


def read_bands(reading: Reading) -> Standard | None:
    """三档: 100%-80%、80%-60%、60%-0% of the weight, whichever a person finds fit."""
    text = reading.text
    if re.fullmatch(r"(?:采用)?定性(?:指标|评价|分析|法|分档)*(?:计分|得分|打分)?", without_numbering(text)):
        return _between(((Decimal(0), reading.weight),), reading)
    bands = [sorted((Decimal(low), Decimal(high))) for low, high in _BAND.findall(text)]
    signs = re.search(word("bands", "signs"), text) is not None
    if len(bands) < 2 or not signs or max(high for _, high in bands) != 100:
        return None
    if any(isinstance(case.award, Fixed) for case in cases(text)):
        return None
    if not re.search(r"分值|得分|计分|分数|权重|给分|打分", text):
        return None
    spans = tuple((low * reading.weight / 100, high * reading.weight / 100) for low, high in bands)
    return _between(spans, reading)


def _between(spans: tuple[Span, ...], reading: Reading) -> Standard:
    return Standard(Family.BANDS, reading.weight, Possible(spans))


def _graded(reading: Reading) -> Standard | None:
    """优(10分)、良(8分)、中(6分)、差(0分): one of several grades, though they are written like items."""
    ranged = _ranged_grades(reading) or _in_turn(reading)
    if ranged is not None:
        return ranged
    text = _NONE.sub("0分", reading.text)
    written = _GRADE_POINTS.findall(text)
    found = [(without_numbering(name), Decimal(inside or bare)) for name, inside, bare in written]
    if len(found) < 2 or not harmless(_GRADE_POINTS.sub("", text)):
        return None
    if any(name.endswith(("得", "计", "给", "记", "按")) for name, _ in found):
        return None  # cases in words, which say more than grades do
    points = [score for _, score in found]
    # With the whole weight for one of them they cannot be items to be added up.
    whole = max(points) == reading.weight and NUMBERING.match(reading.text) is None
    exclusive = whole or (all(inside for _, inside, _ in written) and 0 in points)
    if not exclusive and not all(_GRADE.fullmatch(name) for name, _ in found):
        return None
    two = len(found) == 2 and 0 in points
    choices = [Choice(name, score) for name, score in found]
    return _standard(choices, Family.YES_NO if two else Family.BANDS, reading)


def _ranged_grades(reading: Reading) -> Standard | None:
    """优秀:9-10分;良好:7-8分;合格:6分;不合格:0-5分."""
    found = _GRADE_RANGES.findall(reading.text)
    if len(found) < 2 or not any(high for _, _, high in found):
        return None
    if not harmless(_GRADE_RANGES.sub("", reading.text)):
        return None
    spans = [sorted((Decimal(one), Decimal(other or one))) for _, one, other in found]
    most = max(high for _, high in spans)
    possible = Possible(tuple((low, high) for low, high in spans))
    return Standard(Family.BANDS, reading.weight, possible, misfits=_top_misfit(most, reading))


def _in_turn(reading: Reading) -> Standard | None:
    """A、B、C、D四档,分别得10分、8分、6分、0分."""
    match = _IN_TURN.search(reading.text)
    if match is None:
        return None
    rest = reading.text[: match.start()] + reading.text[match.end() :]
    if not harmless(re.sub(r"\d(?=个?[档级等])", "", rest)):
        return None
    points = [Decimal(text) for text in re.findall(NUMBER, match[1])]
    if points != sorted(points, reverse=True) or points[0] != reading.weight:
        return None
    return _between(tuple((score, score) for score in points), reading)


def _cases(reading: Reading) -> Standard | None:
    found = cases(reading.text)
    if not found or not harmless(reading.text[found[-1].end :]) or _listed(found, reading):
        return None
    if any(isinstance(case.award, Unsaid) for case in found):
        return _ranges(found, reading)
    if _in_part(found, reading):
        return _between(((Decimal(0), reading.weight),), reading)
    choices: list[Choice] = []
    for case in found:
        if (
            not isinstance(case.award, Fixed)
            or (not case.words and not choices)
            or _AWARD_LEFT.search(case.words)
        ):
            return None
        points = case.award.amount * (reading.weight if case.award.of_weight else 1)
        choices.append(Choice("" if choices and _otherwise(case.words) else case.words, points))
    if len(choices) == 1:
        only = choices[0]
        if only.points == 0 and _FAULT_ALONE.search(only.words):
            choices.append(Choice("", reading.weight))
        else:
            return None
    if len({choice.points for choice in choices}) < 2:
        return None
    two = len(choices) == 2 and min(choice.points for choice in choices) == 0
    return _standard(choices, Family.YES_NO if two else Family.BANDS, reading)


def _in_part(found: tuple[Case, ...], reading: Reading) -> bool:
    """达到预期目标得满分,部分达到按比例得分,未达到不得分: how much of it was reached is for a person to say."""
    if len(found) != 3 or not isinstance(found[1].award, Line) or "部分" not in found[1].words:
        return False
    ends = (found[0].award, found[2].award)
    full = Fixed(reading.weight), Fixed(Decimal(1), of_weight=True)
    return (
        ends[0] in full and ends[1] == Fixed(Decimal(0)) and not any(condition(case.words) for case in found)
    )


def _ranges(found: tuple[Case, ...], reading: Reading) -> Standard | None:
    """显著提升得8-10分,有所提升得5-7分,无提升得0-4分."""
    spans: list[Span] = []
    for case in found:
        if isinstance(case.award, Unsaid):
            spans += case.award.spans(Interval(), reading.weight)
        elif isinstance(case.award, Fixed):
            points = case.award.amount * (reading.weight if case.award.of_weight else 1)
            spans.append((points, points))
        else:
            return None
    most = max(high for _, high in spans)
    misfits = _top_misfit(most, reading)
    return Standard(Family.BANDS, reading.weight, Possible(tuple(spans)), misfits=misfits)


def _listed(found: tuple[Case, ...], reading: Reading) -> bool:
    """Whether the cases are rather items to be added up: numbered, each with points, together the weight."""
    points = [
        case.award.amount for case in found if isinstance(case.award, Fixed) and not case.award.of_weight
    ]
    return (
        len(found) > 1
        and len(points) == len(found)
        and 0 not in points
        and NUMBERING.match(reading.text) is not None
        and max(points) != reading.weight
    )


def _otherwise(words: str) -> bool:
    return re.fullmatch(rf"{word('choice', 'otherwise')}[的,]*", words) is not None or not words


def _standard(choices: list[Choice], family: Family, reading: Reading) -> Standard:
    spans = [(choice.points, choice.points) for choice in choices]
    least = min(choice.points for choice in choices)
    if least > 0 and all(choice.words for choice in choices):
        spans.append((Decimal(0), least))  # of what is worse than the worst case nothing is said
    possible = Possible(tuple(spans))
    misfits = _top_misfit(max(choice.points for choice in choices), reading)
    return Standard(family, reading.weight, possible, choices=tuple(choices), misfits=misfits)


def _top_misfit(most: Decimal, reading: Reading) -> tuple[Misfit, ...]:
    if most == reading.weight:
        return ()
    more = most > reading.weight
    why = f"最高一档得 {number_text(most)} 分，{'超过' if more else '达不到'}分值 {number_text(reading.weight)} 分"
    return (Misfit(why, number_text(reading.weight), number_text(most)),)
