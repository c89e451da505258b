"""Figures in a sentence: value, unit, precision as written, what bounds or blurs them, and the words before them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_FLOOR, Decimal
from typing import NamedTuple

from perfxl.form.units import BARE, Unit, take
from perfxl.form.value_types import EXACT, Operator
from perfxl.form.written import HAN
from perfxl.narrative.text import Sentence

_NUMBER = re.compile(
    r"(?<![0-9A-Za-z._/*×+第〔\[-])(?P<minus>-)?(?P<number>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)"
    r"(?![0-9])"
)
_NO_FIGURE_BEHIND = re.compile(
    r"年度?(?!内)|月(?!份?内)|日(?!均)|号|时(?!间)|季度|[〕\]]|[A-Za-z×*+/]|\.[0-9A-Za-z]|岁|级|类|期(?:工程|项目|建设|间|限|内|满|刊)|届|版"
)
_RANGE = re.compile(r"[-~至到](?=[0-9])|[—–]{1,2}(?=[0-9])")
_NUMBERING = re.compile(r"(?:[(](?=[0-9]{1,2}[)])|^)[0-9]{1,2}(?:[.、)]|(?=[)]))(?![0-9])")
_BOUNDS_BEFORE = {
    Operator.AT_LEAST: ("≥", "不低于", "不少于", "不小于", "大于等于", "大于或等于", "至少", ">="),
    Operator.AT_MOST: ("≤", "不超过", "不高于", "不大于", "不多于", "小于等于", "小于或等于", "<="),
    Operator.MORE: (">", "大于", "超过", "高于", "多于", "突破"),
    Operator.LESS: ("<", "小于", "低于", "少于", "不足", "不到"),
    Operator.ABOUT: ("约", "约为", "大约", "近", "将近", "接近", "左右"),
}
_BEFORE = tuple(
    sorted(
        ((word, sign) for sign, words in _BOUNDS_BEFORE.items() for word in words),
        key=lambda pair: -len(pair[0]),
    )
)
_AFTER = (
    ("(含)以上", Operator.AT_LEAST),
    ("及以上", Operator.AT_LEAST),
    ("以上", Operator.AT_LEAST),
    ("及以下", Operator.AT_MOST),
    ("以下", Operator.AT_MOST),
    ("以内", Operator.AT_MOST),
    ("左右", Operator.ABOUT),
    ("上下", Operator.ABOUT),
)
_BLURRED = re.compile(rf"[余多](?={HAN})")
_EACH = re.compile(
    r"每(?![年月季天日周])(?P<of>[^\W\d_]{1,4}?)(?:平均|财政|改造|建设|投入|投资|支出|造价|费用|补助资金|补助|补贴|奖补|奖励|平均|标准|成本|约|为|是|仅|达到?|不超过|不高于|低于|[≤<])*$"
)
_PART_OF_EACH = re.compile(r"[,(]?其中|[、,](?!共|合计|全|总)[^,;。]{1,10}$")
_LONGEST = 24


class Figure(NamedTuple):
    """A number in a sentence. `start` and `end` count the characters of the sentence's plain form, the unit included.

    `lead` is what stands between the figure before it (or the sentence's beginning) and this one. `depth` says how
    many brackets are open around it.
    """

    sentence: Sentence
    start: int
    end: int
    value: Decimal
    decimals: int
    unit: Unit
    operator: Operator
    lead: str
    depth: int
    ranged: bool = False

    @property
    def base(self) -> Decimal:
        """The value in the base unit of its dimension: 元, 人, the fraction of a percentage."""
        return EXACT.multiply(self.value, self.unit.factor)

    @property
    def step(self) -> Decimal:
        """The last digit written, in the base unit."""
        return EXACT.multiply(Decimal(1).scaleb(-self.decimals), self.unit.factor)

    @property
    def percent(self) -> bool:
        """Whether it is a percentage."""
        return self.unit.name in ("%", "‰")

    @property
    def money(self) -> bool:
        """Whether it is an amount of money, and not one for each of something (元/人)."""
        return self.unit.family == "money" and "/" not in self.unit.name

    @property
    def points(self) -> bool:
        """Whether it is points of a score (分)."""
        return self.unit.name == "分"

    @property
    def exact(self) -> bool:
        """Whether it is stated as a fact: neither bounded nor blurred."""
        return self.operator in (Operator.NONE, Operator.EQUAL) and not self.ranged

    @property
    def clause(self) -> str:
        """The clause it stands in, up to the figure itself."""
        text = self.sentence.plain[: self.start]
        return text[max(map(text.rfind, ",;。!?，；")) + 1 :]

    @property
    def behind(self) -> str:
        """What follows the figure in its sentence."""
        return self.sentence.plain[self.end :]

    def __str__(self) -> str:
        return self.sentence.plain[self.start : self.end]


def figures_in(sentence: Sentence) -> tuple[Figure, ...]:
    """Return the figures of a sentence in order; dates, numbering, document numbers and the like are none."""
    return tuple(_figures(sentence))


def _figures(sentence: Sentence) -> Iterator[Figure]:
    plain = sentence.plain
    numbering = {place for match in _NUMBERING.finditer(plain) for place in range(*match.span())}
    previous = stop = 0
    ranged = False
    shared: tuple[Unit, Unit] | None = None
    for match in _NUMBER.finditer(plain):
        start, end = match.start("number"), match.end()
        if start in numbering and plain[end : end + 1] in (".", "、", ")"):
            previous = max(previous, end + 1)
            continue
        if len(match["number"]) > _LONGEST or _NO_FIGURE_BEHIND.match(plain, end):
            continue
        if unit_less_year(match["number"], plain, end):
            continue
        continues = match["minus"] is not None and stop == match.start() > 0
        unit, stop, blurred = _unit(plain, end)
        lead, each = plain[previous:start], _for_each(unit, plain[previous:start])
        if each is not unit:
            shared = (unit, each)
        elif shared is not None and unit == shared[0] and _PART_OF_EACH.match(lead):
            each = shared[1]  # 每亩投入1500元，其中中央补助1000元、省级300元
        else:
            shared = None
        unit = each
        value = Decimal(match["number"].replace(",", ""))
        following = _RANGE.match(plain, stop) is not None or _RANGE.match(plain, end) is not None
        yield Figure(
            sentence,
            start,
            stop,
            -value if match["minus"] and not continues else value,
            max(0, -int(value.as_tuple().exponent)),
            unit,
            Operator.ABOUT if blurred else _operator(plain, start, stop),
            plain[previous : match.start()],
            plain.count("(", 0, start) - plain.count(")", 0, start),
            ranged or following or continues,
        )
        ranged = following
        previous = stop


def unit_less_year(number: str, plain: str, end: int) -> bool:
    """Whether a number is a year whose 年 was forgotten: 2020全省…."""
    return len(number) == 4 and number.startswith(("19", "20")) and take(plain[end : end + 4]) is None


def _unit(plain: str, end: int) -> tuple[Unit, int, bool]:
    """The unit behind a number, where it ends, and whether 余 or 多 blurs the number (130余条, 4.7万余家)."""
    text = plain[end : end + 20]
    taken = take(text)
    if taken is None:
        after = take(text[1:]) if _BLURRED.match(text) else None
        return (after[0], end + len(text) - len(after[1]), True) if after is not None else (BARE, end, False)
    unit, rest = taken
    if unit.bare and _BLURRED.match(rest):
        scaled = take(unit.name + rest[1:])
        if scaled is not None:
            return scaled[0], end + len(text) - len(scaled[1]), True
    return unit, end + len(text) - len(rest), False


def _for_each(unit: Unit, before: str) -> Unit:
    """The unit of an amount of money for each of something that the words before it name: 每公里11.6万元."""
    each = _EACH.search(before) if unit.family == "money" and "/" not in unit.name else None
    of = take(each["of"]) if each is not None else None
    if of is None or not of[0].known or of[1]:
        return unit
    taken = take(f"{unit.name}/{of[0].name}")
    return taken[0] if taken is not None else unit


def _operator(plain: str, start: int, stop: int) -> Operator:
    before = plain[:start].rstrip("“(")
    for word, sign in _BEFORE:
        if before.endswith(word):
            return sign
    for word, sign in _AFTER:
        if plain.startswith(word, stop):
            return sign
    return Operator.NONE


def agree(one: Figure, other: Decimal, step: Decimal = Decimal(0)) -> bool:
    """Whether a figure and an amount in its base unit are equal at the coarser of the two precisions.

    A figure that is only about (约, 余) agrees with whatever is within a twentieth of it, or rounds down to it.
    """
    if one.operator is Operator.ABOUT:
        return abs(one.base - other) <= max(abs(other) / 20, _last_digit(one))
    coarser = max(one.step, step)
    if not coarser:
        return one.base == other
    return _rounded(one.base, coarser) == _rounded(other, coarser)


def _last_digit(figure: Figure) -> Decimal:
    """What the last digit that is no trailing nought is worth: 1200余 may be up to 1299."""
    digits = figure.value.normalize()
    return EXACT.multiply(Decimal(1).scaleb(int(digits.as_tuple().exponent)), figure.unit.factor)


def _rounded(amount: Decimal, step: Decimal) -> Decimal:
    """An amount in whole steps, half up, away from nought for negative amounts."""
    shifted = EXACT.add(EXACT.divide(abs(amount), step), Decimal("0.5")).to_integral_value(ROUND_FLOOR)
    return shifted if amount >= 0 else -shifted
