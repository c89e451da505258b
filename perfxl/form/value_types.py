"""What a target or an actual value can be: a closed set of immutable classes.

`str()` of each is its canonical Chinese form, which `values.parse` reads back as the same value.
"""

from __future__ import annotations

from decimal import Context, Decimal
from enum import IntEnum, StrEnum
from typing import NamedTuple, TypeVar

from perfxl.form.units import BARE, Unit

EXACT = Context(prec=100)
"""Wide enough that number times factor is never rounded: both are at most some forty digits long."""


Kind = TypeVar("Kind", bound=type)


def _distinct(kind: Kind) -> Kind:
    """Make values of a class equal only to values of that class: tuples of the same content are equal by nature."""

    def equal(one: tuple[object, ...], other: object) -> bool:
        return type(one) is type(other) and tuple.__eq__(one, other)

    def unequal(one: tuple[object, ...], other: object) -> bool:
        return not equal(one, other)

    def hashed(one: tuple[object, ...]) -> int:
        return hash((kind.__name__, *one))

    kind.__eq__, kind.__ne__, kind.__hash__ = equal, unequal, hashed  # type: ignore[assignment]
    return kind


class Operator(StrEnum):
    """The condition that stands with a figure. The value is the sign in which it is printed."""

    NONE = ""
    AT_LEAST = "≥"
    MORE = ">"
    AT_MOST = "≤"
    LESS = "<"
    EQUAL = "="
    ABOUT = "约"

    @property
    def floor(self) -> bool:
        """Whether it bounds from below (≥, >)."""
        return self in (Operator.AT_LEAST, Operator.MORE)

    @property
    def ceiling(self) -> bool:
        """Whether it bounds from above (≤, <)."""
        return self in (Operator.AT_MOST, Operator.LESS)

    @property
    def strict(self) -> bool:
        """Whether the figure itself lies outside (>, <)."""
        return self in (Operator.MORE, Operator.LESS)


class Trend(StrEnum):
    """Which way a word of degree or a comparison points."""

    UP = "up"  # 提高
    DOWN = "down"  # 减少
    STATE = "state"  # 良好, 持平: no movement


class Strength(IntEnum):
    """How much a word of degree promises."""

    UNSAID = 0  # 提升
    WEAK = 1  # 略有提升
    MEDIUM = 2  # 有所提升
    STRONG = 3  # 显著提升


@_distinct
class Blank(NamedTuple):
    """Nothing was written, or only a mark that stands for nothing: "—" (as "-"), "/", "……", "**", "≥**平方米"."""

    mark: str = ""

    @property
    def placeholder(self) -> bool:
        """Whether the mark is what a template leaves for the figure (……, **, XX), not a dash."""
        return any(sign in self.mark for sign in "*…×xX") or ".." in self.mark

    def __str__(self) -> str:
        return self.mark


@_distinct
class Quantity(NamedTuple):
    """A figure: ≥90%, 6715.75万人, 预算执行率89.89%, 0次(受疫情影响未开展).

    `number` is as written, its decimals kept (90.00% has two). `label` is what stands before the figure,
    `note` the free text behind it, with the sign that parts them.
    """

    number: Decimal
    unit: Unit = BARE
    operator: Operator = Operator.NONE
    label: str = ""
    note: str = ""

    @property
    def decimals(self) -> int:
        """The decimals printed."""
        return max(0, -int(self.number.as_tuple().exponent))

    @property
    def base(self) -> Decimal:
        """The number in the base unit of its dimension: 元, 人, the fraction of a percentage."""
        return EXACT.multiply(self.number, self.unit.factor)

    def __str__(self) -> str:
        return f"{self.label}{self.operator}{self.number:f}{self.unit}{self.note}"


@_distinct
class Range(NamedTuple):
    """Two ends, low before high, in one unit: 6-9个月, 90%-95%, 80%(不含)-100%."""

    low: Decimal
    high: Decimal
    unit: Unit = BARE
    includes_low: bool = True
    includes_high: bool = True
    label: str = ""
    note: str = ""

    @property
    def base_low(self) -> Decimal:
        """The lower end in the base unit."""
        return EXACT.multiply(self.low, self.unit.factor)

    @property
    def base_high(self) -> Decimal:
        """The upper end in the base unit."""
        return EXACT.multiply(self.high, self.unit.factor)

    def __str__(self) -> str:
        if self.low == -self.high and self.includes_low and self.includes_high:
            return f"{self.label}±{self.high:f}{self.unit}{self.note}"
        sign = self.unit.name if self.unit.family == "ratio" else ""
        low_end = "" if self.includes_low else "(不含)"
        high_end = "" if self.includes_high else "(不含)"
        return f"{self.label}{self.low:f}{sign}{low_end}-{self.high:f}{self.unit}{high_end}{self.note}"


Day = tuple[int, int, int]
"""(year, month, day); a month's last day is written 31 whatever the month, for comparing only."""


@_distinct
class Date(NamedTuple):
    """A day, month, part of a year or year, or the deadline it sets: 2020-12-31前, 9月前, 2021年底, 12月底前完成.

    `part` is a part of the period named: 初, 中, 底, 上旬, 中旬, 下旬, 上半年, 下半年, 第1季度 … 第4季度; `relation`
    is 前, 内, 后 or "". A missing `year` is the form's own.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    part: str = ""
    relation: str = ""
    note: str = ""

    def span(self, year: int | None = None) -> tuple[Day, Day] | None:
        """The first and last day it can mean, `relation` left aside; None where no year is known.

        `year` is taken where the date names none.
        """
        own = self.year if self.year is not None else year
        if own is None or (self.month is None and self.day is not None):
            return None
        if self.month is None:
            first, last = _MONTHS.get(self.part, (1, 12))
            return (own, first, 1), (own, last, 31)
        if self.day is not None:
            return (own, self.month, self.day), (own, self.month, self.day)
        first, last = _DAYS.get(self.part, (1, 31))
        return (own, self.month, first), (own, self.month, last)

    def __str__(self) -> str:
        year = "" if self.year is None else f"{self.year}年"
        month = "" if self.month is None else f"{self.month}月"
        day = "" if self.day is None else f"{self.day}日"
        part = "年" + self.part if self.part in ("初", "中", "底") and not (year or month) else self.part
        return f"{year}{month}{day}{part}{self.relation}{self.note}"


_MONTHS = {
    "初": (1, 3),
    "中": (5, 8),
    "底": (12, 12),
    "上半年": (1, 6),
    "下半年": (7, 12),
    "第1季度": (1, 3),
    "第2季度": (4, 6),
    "第3季度": (7, 9),
    "第4季度": (10, 12),
}
_DAYS = {"初": (1, 10), "上旬": (1, 10), "中": (11, 20), "中旬": (11, 20), "下旬": (21, 31), "底": (21, 31)}


@_distinct
class Period(NamedTuple):
    """From one date to another: 1月至12月, 2018年至2020年."""

    start: Date
    end: Date

    def __str__(self) -> str:
        return f"{self.start}至{self.end}"


@_distinct
class Several(NamedTuple):
    """Several figures in one cell: 医疗机构≥40%、病种≥70%、基金≥30%; 市州3个、县6个; 14篇、16条."""

    parts: tuple[Quantity | Range, ...]
    note: str = ""

    def __str__(self) -> str:
        return "、".join(map(str, self.parts)) + self.note


@_distinct
class Degree(NamedTuple):
    """A word of degree (定性): 显著提升, 有所提高, 效果明显. `subject` is what stands before it."""

    word: str
    trend: Trend
    strength: Strength
    subject: str = ""
    note: str = ""

    def __str__(self) -> str:
        return f"{self.subject}{self.word}{self.note}"


@_distinct
class Attainment(NamedTuple):
    """A word that says whether something was reached: 达标, 已完成, 达成预期指标, 未完成.

    `reached` is None for what was reached in part (基本完成, 部分完成).
    """

    word: str
    reached: bool | None
    subject: str = ""
    note: str = ""

    def __str__(self) -> str:
        return f"{self.subject}{self.word}{self.note}"


@_distinct
class Comparison(NamedTuple):
    """A value held against another year or standard: 不低于上年, 较上年减少, 逐年提高, 同比增长≥5%.

    `operator` is set where a condition compares (不低于 is ≥), `verb` and `trend` where a movement is told;
    `amount` is by how much. `base` is "" where none is named (增长5%).
    """

    base: str
    trend: Trend | None = None
    verb: str = ""
    operator: Operator = Operator.NONE
    amount: Quantity | None = None
    subject: str = ""
    note: str = ""

    @property
    def condition(self) -> bool:
        """Whether it states a bound (不低于上年, 增长≥5%) and no fact."""
        return self.operator is not Operator.NONE or (
            self.amount is not None and (self.amount.operator.floor or self.amount.operator.ceiling)
        )

    def __str__(self) -> str:
        amount = "" if self.amount is None else str(self.amount)
        if self.operator is not Operator.NONE:
            return f"{self.subject}{_CONDITION_WORDS[self.operator]}{self.base}{self.note}"
        against = f"较{self.base}" if self.base and self.base not in BASES_OF_THEIR_OWN else self.base
        return f"{self.subject}{against}{self.verb}{amount}{self.note}"


BASES_OF_THEIR_OWN = frozenset({"同比", "环比", "逐年", "年均", "每年", "连年"})
"""Bases that take no 较 before them."""

_CONDITION_WORDS = {
    Operator.AT_LEAST: "不低于",
    Operator.MORE: "高于",
    Operator.AT_MOST: "不超过",
    Operator.LESS: "低于",
}


@_distinct
class YesNo(NamedTuple):
    """A yes or no in one word: 是, 否, 有, 无, √, ×."""

    answer: bool
    word: str

    def __str__(self) -> str:
        return self.word


@_distinct
class Text(NamedTuple):
    """Anything else, with half-width signs and without the blanks of line breaks."""

    text: str

    def __str__(self) -> str:
        return self.text


Value = Blank | Quantity | Range | Date | Period | Several | Degree | Attainment | Comparison | YesNo | Text
