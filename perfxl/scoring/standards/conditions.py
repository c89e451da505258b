"""The cases of a standard: "25家以上得满分", "80%≤A<90%得8分" as a stretch of values and what it earns."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from perfxl.scoring.standards.curve import Award, Fixed, Interval, Line, Unsaid
from perfxl.scoring.standards.standard import Measure, Measured, Reading
from perfxl.scoring.standards.wording import NUMBER, harmless, share, without_numbering, word

_UNIT = r"(?:%|‰|个?百分点|[^\d≥≤<>=(),;:。、~%\-至到以之或且及含*/]{0,4}?)"
_FIGURE = rf"({NUMBER})({_UNIT})(\((?:不?包?含)[^()]*\))?"
_LABEL = r"([^\d≥≤<>=]{0,30}?)"
_TAIL = r"(?:之间|范围内|区间内?|档|时|者|的|内|水平){0,6}(?:完成|办结|拨付|到位|支付)?的?时?"
_JOIN = r"(?:且|,|、|并且?|但|而|,且|,但|同时)?"

_SHAPES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("around", re.compile(rf"{_LABEL}{_FIGURE}([≤<>≥])([^\d≥≤<>=]{{0,20}})([≤<>≥]){_FIGURE}{_TAIL}")),
    ("signs", re.compile(rf"{_LABEL}([≤<>≥]){_FIGURE}{_JOIN}([^\d≥≤<>=]{{0,20}}?)([≤<>≥]){_FIGURE}{_TAIL}")),
    (
        "between",
        re.compile(rf"{_LABEL}\(?{_FIGURE}(?:-|~|至|到|与|和){_FIGURE}(\((?:不?含)[^()]*\))?\)?{_TAIL}"),
    ),
    ("brackets", re.compile(rf"{_LABEL}([\[(]){_FIGURE},{_FIGURE}([\])]){_TAIL}")),
    (
        "upto",
        re.compile(
            rf"{_LABEL}{_FIGURE}(?:及)?以上(\(不?含\))?(?:至|到|,|、|-|且|但|,但)?{_FIGURE}(?:及)?以[下内](\(不?含\))?{_TAIL}"
        ),
    ),
    (
        "short_of",
        re.compile(
            rf"{_LABEL}{_FIGURE}(?:及)?以上(\(不?含\))?(?:至|到|,|、|且|但|,但)?([<≤]){_FIGURE}{_TAIL}"
        ),
    ),
    ("left", re.compile(rf"{_FIGURE}([≤<])([^\d≥≤<>=]{{0,20}})")),
    ("sign", re.compile(rf"{_LABEL}([≤<>≥=]){_FIGURE}(?:\(?(?:及|含)?\)?以[上下内])?{_TAIL}")),
    (
        "beyond",
        re.compile(
            rf"{_LABEL}{_FIGURE}(及)?(以上|以下|以内|之内|以外|及以上|内)(\((?:不?含)[^()]*\))?{_TAIL}"
        ),
    ),
    ("equal", re.compile(rf"{_LABEL}(?:为|是|即)?{_FIGURE}{_TAIL}")),
)


class Condition(NamedTuple):
    """A stretch of values, the unit of its figures as written, and the label before them."""

    stretch: Interval
    unit: str
    label: str
    equal: bool = False


class Case(NamedTuple):
    """What a stretch of text says: its condition as text, and what it earns."""

    words: str
    award: Award
    start: int
    end: int


@cache
def award_pattern() -> re.Pattern[str]:
    """The regular expression of whatever a case can earn."""
    verb = word("award", "verb")
    of_weight = r"(?:该项|本项|指标|此项)?(?:分值|权重|满分|标准分|总分|权重分|分)"
    return re.compile(
        "(?P<full>" + word("award", "full") + r")"
        rf"|(?:{verb}分?(?:为)?)(?P<from>{NUMBER})分?[-~至到](?P<to>{NUMBER})分"
        rf"|{verb}分?(?:为)?(?P<points>{NUMBER})分(?:计算|计)?"
        rf"|(?:{verb}|按照?)?{of_weight}的?\*?(?P<share>{NUMBER}%|\d/\d+)(?:计算|给|计|得)?(?:得?分)?"
        rf"|{verb}(?P<share2>{NUMBER}%|\d/\d+)的?{of_weight}"
        rf"|{verb}(?P<part_from>{NUMBER})%?[-~至到](?P<part_to>{NUMBER})%(?:的?{of_weight})?"
        rf"|[计得给记](?P<share3>{NUMBER}%)(?=$|[,;。])"
        "|(?P<none>" + word("award", "none") + ")"
        "|(?P<ratio>" + word("award", "ratio") + ")"
    )


def cases(text: str) -> tuple[Case, ...]:
    """Return the cases of a text, each with the words before its award."""
    found: list[Case] = []
    start = 0
    for match in award_pattern().finditer(text):
        award = _award(match)
        if award is None:
            continue
        found.append(Case(without_numbering(text[start : match.start()]), award, start, match.end()))
        start = match.end()
    return tuple(found)


def _award(match: re.Match[str]) -> Award | None:
    if match["full"]:
        return Fixed(Decimal(1), of_weight=True)
    if match["none"]:
        return Fixed(Decimal(0))
    if match["ratio"]:
        return Line(Decimal(0), Decimal(0), Decimal(1), Decimal(1), of_weight=True)
    if match["from"]:
        low, high = sorted((Decimal(match["from"]), Decimal(match["to"])))
        return Unsaid(low, high)
    if match["part_from"]:
        low, high = sorted((Decimal(match["part_from"]) / 100, Decimal(match["part_to"]) / 100))
        return Unsaid(low, high, True)
    if match["points"]:
        return Fixed(Decimal(match["points"]))
    part = share(match["share"] or match["share2"] or match["share3"] or "")
    return None if part is None else Fixed(part, of_weight=True)


def condition(text: str) -> Condition | None:
    """Return the stretch of values a condition names, or None; a preamble without figures may stand before it."""
    rest = without_numbering(text)
    while True:
        found = _condition(rest)
        if found is not None:
            return found
        cut = re.search(r"[,:;。]", rest)
        if cut is None or not harmless(rest[: cut.start()]):
            return None
        rest = without_numbering(rest[cut.end() :])


def _condition(text: str) -> Condition | None:
    text = re.sub(r"^(?:当|若|如果?|凡|即|其中|在(?![职编岗]))", "", text)
    text = re.sub(r"(?<=[\d%)])的$|[,:的]+$", "", text)
    for shape, pattern in _SHAPES:
        match = pattern.fullmatch(text)
        if match is not None:
            found = _READERS[shape](match)
            if found is not None:
                return found._replace(label=re.split("[,:;。]", found.label)[-1])
    return None


class _End(NamedTuple):
    value: Decimal
    unit: str
    included: bool | None


def _end(number: str, unit: str, note: str | None) -> _End:
    included = None if not note else "不" not in note
    if unit in ("%", "‰") or unit.endswith("百分点"):
        scale = Decimal(1000 if unit == "‰" else 100)
        return _End(Decimal(number) / scale, "%", included)
    return _End(Decimal(number), unit, included)


def _ranged(low: _End, high: _End, label: str, low_rank: int, high_rank: int) -> Condition | None:
    low, high = _same_unit(low, high)
    if low.value > high.value or (low.unit and high.unit and low.unit != high.unit):
        return None
    low_rank = low_rank if low.included is None else 3 if low.included else 0
    high_rank = high_rank if high.included is None else 3 if high.included else 0
    return Condition(Interval(low.value, high.value, low_rank, high_rank), high.unit or low.unit, label)


def _same_unit(low: _End, high: _End) -> tuple[_End, _End]:
    """Give the lower end the percent sign that only the upper one carries: "80-90%"."""
    if not low.unit and high.unit == "%":
        low = low._replace(value=low.value / 100, unit="%")
    return low, high


def _around(match: re.Match[str]) -> Condition | None:
    label, n1, u1, i1, s1, middle, s2, n2, u2, i2 = match.groups()
    one, two = _end(n1, u1, i1), _end(n2, u2, i2)
    if s1 in "≤<" and s2 in "≤<":
        return _ranged(one, two, label or middle, 3 if s1 == "≤" else 0, 3 if s2 == "≤" else 0)
    if s1 in "≥>" and s2 in "≥>":
        return _ranged(two, one, label or middle, 3 if s2 == "≥" else 0, 3 if s1 == "≥" else 0)
    return None


def _signs(match: re.Match[str]) -> Condition | None:
    label, s1, n1, u1, i1, _, s2, n2, u2, i2 = match.groups()
    one, two = _end(n1, u1, i1), _end(n2, u2, i2)
    if s1 in "≥>" and s2 in "≤<":
        return _ranged(one, two, label, 3 if s1 == "≥" else 0, 3 if s2 == "≤" else 0)
    if s1 in "≤<" and s2 in "≥>":
        return _ranged(two, one, label, 3 if s2 == "≥" else 0, 3 if s1 == "≤" else 0)
    return None


def _between(match: re.Match[str]) -> Condition | None:
    label, n1, u1, i1, n2, u2, i2, note = match.groups()
    low, high = _end(n1, u1, i1), _end(n2, u2, i2)
    if note:
        named = re.search(NUMBER, note)
        out = "不" in note
        if named and Decimal(named[0]) == Decimal(n1):
            low = low._replace(included=not out)
        else:
            high = high._replace(included=not out)
    if high.value < low.value and low.unit == high.unit:
        low, high = high, low  # "90%-80%"
    elif high.value < low.value and high.unit == "%" and low.unit == "" and low.value / 100 > high.value:
        low, high = high, low._replace(value=low.value / 100, unit="%")
    return _ranged(low, high, label, 2, 1)


def _brackets(match: re.Match[str]) -> Condition | None:
    label, opening, n1, u1, i1, n2, u2, i2, closing = match.groups()
    return _ranged(
        _end(n1, u1, i1), _end(n2, u2, i2), label, 3 if opening == "[" else 2, 3 if closing == "]" else 1
    )


def _upto(match: re.Match[str]) -> Condition | None:
    label, n1, u1, i1, note1, n2, u2, i2, note2 = match.groups()
    return _ranged(_end(n1, u1, i1 or note1), _end(n2, u2, i2 or note2), label, 2, 1)


def _short_of(match: re.Match[str]) -> Condition | None:
    label, n1, u1, i1, note1, sign, n2, u2, i2 = match.groups()
    return _ranged(_end(n1, u1, i1 or note1), _end(n2, u2, i2), label, 2, 3 if sign == "≤" else 0)


def _left(match: re.Match[str]) -> Condition | None:
    number, unit, note, sign, label = match.groups()
    end = _end(number, unit, note)
    return Condition(Interval(low=end.value, low_rank=3 if sign == "≤" else 0), end.unit, label)


def _sign(match: re.Match[str]) -> Condition | None:
    label, sign, number, unit, note = match.groups()
    end = _end(number, unit, note)
    rank = 3 if end.included or (end.included is None and sign in "≥≤=") else 0
    if sign == "=":
        return Condition(Interval(end.value, end.value, 3, 3), end.unit, label, True)
    if sign in "≥>":
        return Condition(Interval(low=end.value, low_rank=rank), end.unit, label)
    return Condition(Interval(high=end.value, high_rank=rank), end.unit, label)


def _beyond(match: re.Match[str]) -> Condition | None:
    label, number, unit, note, joined, side, note2 = match.groups()
    end = _end(number, unit, note or note2)
    above = side.endswith(("以上", "以外"))
    rank = 2 if above else 1
    if joined or end.included:
        rank = 3
    if end.included is False or side == "以外":
        rank = 0
    if above:
        return Condition(Interval(low=end.value, low_rank=rank), end.unit, label)
    return Condition(Interval(high=end.value, high_rank=rank), end.unit, label)


def _equal(match: re.Match[str]) -> Condition | None:
    label, number, unit, note = match.groups()
    if re.search("[内前后]", unit) or "每" in label:
        return None  # a term, or so much for each
    end = _end(number, unit, note)
    return Condition(Interval(end.value, end.value, 3, 3), end.unit, label, True)


_READERS = {
    "around": _around,
    "signs": _signs,
    "between": _between,
    "brackets": _brackets,
    "upto": _upto,
    "short_of": _short_of,
    "left": _left,
    "sign": _sign,
    "beyond": _beyond,
    "equal": _equal,
}


def measure(label: str, unit: str, reading: Reading) -> Measure:
    """Return what a label before figures measures: the fund table, the completion, or the row's own actual value."""
    bare = re.sub(r"^(?:当|若|如果?|该|本|其|年度?|实际)|(?:在|为|是|达|达到)$|[“”\"(),:的]", "", label)
    if re.fullmatch(word("ratio", "execution"), bare) and (
        not reading.name or _names_execution(reading.name)
    ):
        return Measure(Measured.EXECUTION, unit=unit, label=label)
    if not bare and unit == "%" and _names_execution(reading.name):
        return Measure(Measured.EXECUTION, unit=unit, label=label)
    own = bool(bare) and bare in reading.name
    if unit == "%" and bare and not own and re.fullmatch(word("ratio", "completion"), bare):
        return Measure(Measured.COMPLETION, unit=unit, label=label)
    if re.search(r"偏差|误差|相差|差异|差额|差距", bare) and not own:
        return Measure(Measured.JUDGED, unit=unit, label=label)
    return Measure(Measured.ACTUAL, unit=unit, label=label)


def _names_execution(name: str) -> bool:
    return (
        re.fullmatch(rf"(?:总体|年度|整体|部门|单位)?{word('ratio', 'execution')}(?:\(.*\))?", name)
        is not None
    )


def counts_things(unit: str) -> bool:
    """Whether a unit counts whole things (家, 次, 人), so that nothing lies between two neighbouring numbers."""
    return (
        bool(unit)
        and unit not in ("%", "‰")
        and not re.search(r"元|吨|亩|米|公里|度|分|小时|升|万|亿|率", unit)
    )
