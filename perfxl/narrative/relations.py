"""Arithmetic that a report's own figures must satisfy: sums, ratios, shares, growth, the same quantity twice.

Each relation says whether it holds; those that hold speak for their figures where another does not. A relation is
made only where the words leave no doubt of what belongs together; where several readings are possible, one that
holds is enough.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from perfxl.form.figures import plain
from perfxl.form.value_types import EXACT
from perfxl.narrative.figures import Figure
from perfxl.narrative.outline import Section
from perfxl.narrative.statements import Statement
from perfxl.rounding import round_half_up


class Kind(StrEnum):
    """What a relation is."""

    SUM = "sum"
    RATIO = "ratio"
    SHARE = "share"
    SHARES = "shares"
    GROWTH = "growth"
    TWICE = "twice"
    BALANCE = "balance"
    DECLARED = "declared"


class Relation(NamedTuple):
    """One relation: its figures, the one it is about first, and what that one should be by the others.

    `proven` says that the words leave nothing open; `tail` that the figures differ by the last digit only.
    """

    kind: Kind
    figures: tuple[Figure, ...]
    holds: bool
    expected: str = ""
    words: str = ""
    proven: bool = True
    tail: bool = False


class Book(NamedTuple):
    """A section with what was made of it: its statements, and the finest step written for each unit of money."""

    section: Section
    statements: tuple[Statement, ...]
    finest: Mapping[str, Decimal]
    figures: tuple[Figure, ...]
    by_paragraph: Mapping[int, Sequence[Figure]]
    amounts: frozenset[Decimal]
    """Every amount of money that occurs, in 元, without its sign."""

    def step(self, figure: Figure) -> Decimal:
        """The precision of a figure: for money that of the section, since a trailing nought is not written."""
        return min(figure.step, self.finest.get(figure.unit.name, figure.step))


def book_of(section: Section, statements: tuple[Statement, ...]) -> Book:
    """Return a section with the precision of its amounts."""
    finest: dict[str, Decimal] = {}
    by_paragraph: dict[int, list[Figure]] = {}
    figures = section.figures
    for figure in figures:
        by_paragraph.setdefault(figure.sentence.number, []).append(figure)
        if figure.money and figure.exact:
            finest[figure.unit.name] = min(figure.step, finest.get(figure.unit.name, figure.step))
    amounts = frozenset(abs(figure.base) for figure in figures if figure.money)
    return Book(section, statements, finest, figures, by_paragraph, amounts)


def same_kind(one: Figure, other: Figure) -> bool:
    """Whether two figures measure the same, so that they can be added up."""
    return one.unit.dimension == other.unit.dimension and one.unit.family == other.unit.family


def place_of(figure: Figure) -> int:
    """The character of its paragraph at which a figure begins."""
    return figure.sentence.spots[figure.start]


def same_sentence(one: Statement, rate: Statement) -> bool:
    """Whether a statement stands in the sentence of a rate, for the same period and source."""
    return (
        one.said.sentence == rate.said.sentence
        and one.period == rate.period
        and one.source == rate.source
        and not one.within
    )


def follows(rate: Figure, spent: Figure, given: Figure, book: Book) -> bool:
    """Whether a percentage can be the ratio of two amounts, each known to the precision in which it is written."""
    half_spent, half_given = book.step(spent) / 2, book.step(given) / 2
    if given.base - half_given <= 0:
        return False
    low = EXACT.divide(spent.base - half_spent, given.base + half_given)
    high = EXACT.divide(spent.base + half_spent, given.base - half_given)
    half = rate.step / 2
    return rate.base - half <= high and low <= rate.base + half


def as_percent(part: Decimal, whole: Decimal, like: Figure) -> str:
    """A share as a percentage with as many decimals as a figure has."""
    digits = like.decimals
    return f"{plain(round_half_up(EXACT.divide(part, whole) * 100, digits))}%"


def by_aspect(statements: Iterable[Statement]) -> dict[str, list[Statement]]:
    """The statements of exact figures by what they are about."""
    found: dict[str, list[Statement]] = {}
    for statement in statements:
        if statement.figure.exact:
            found.setdefault(statement.aspect, []).append(statement)
    return found


def alike(one: Decimal, other: Decimal) -> bool:
    """Whether two amounts can be meant for the same: at most a fifth apart, or by ten thousand times."""
    low, high = sorted((abs(one), abs(other)))
    if not low:
        return False
    quotient = EXACT.divide(high, low)
    return (
        quotient <= Decimal("1.2")
        or any(
            abs(quotient / scale - 1) < Decimal("0.0001") for scale in (10, 100, 1000, 10_000, 100_000_000)
        )
        or _transposed(one, other)
    )


def _transposed(one: Decimal, other: Decimal) -> bool:
    """Whether two amounts have the same digits in another order, or differ in a single one."""
    first, second = (f"{abs(amount).normalize():f}".replace(".", "") for amount in (one, other))
    if len(first) != len(second) or len(first) < 3:
        return False
    return sorted(first) == sorted(second) or sum(a != b for a, b in zip(first, second, strict=True)) == 1


def explained(book: Book, gap: Decimal) -> bool:
    """Whether another amount of the report is just what two amounts differ by: 15808 and 8400 by 7408."""
    return gap in book.amounts
