"""An amount, by how much it grew, and the rate of growth."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from perfxl.form.value_types import EXACT
from perfxl.narrative.figures import Figure
from perfxl.narrative.relations import Book, Kind, Relation, as_percent, place_of

_GROWN = re.compile(r"(?:增加|减少|下降|降低|增长)(?:了)?(?:资金|金额|额|支出)?$")
_GREW_BY = re.compile(
    r"(?:增长|下降|降低|上升|减少|增加|增幅|降幅|增长率|下降率)(?:率|幅度)?(?:了|为|达|达到|约)*$"
)


def growth(book: Book) -> Iterator[Relation]:
    """An amount, by how much it grew, and the rate of growth: rate = change / (amount - change)."""
    found: list[Relation] = []
    for said in book.section.said:
        for place, rate in enumerate(said.figures):
            if not (rate.percent and rate.exact and _GREW_BY.search(rate.lead)) or place == 0:
                continue
            change = said.figures[place - 1]
            moved = _GROWN.search(change.lead)
            if not (change.money and change.exact and moved):
                continue
            sign = -1 if moved[0].startswith(("减", "下", "降")) else 1
            amounts = [
                other
                for other in book.by_paragraph.get(said.sentence.number, ())
                if other.money and other.exact and other != change and not _GROWN.search(other.lead)
            ]
            found += _growth_checked(book, rate, change, sign, amounts)
    yield from found
    yield from _grown_differently(found)


def _grown_differently(found: Sequence[Relation]) -> Iterator[Relation]:
    """Two changes to the same amount at the same rate that are not the same."""
    told = [relation.figures for relation in found if relation.holds]
    for place, (rate, change, amount) in enumerate(told):
        for other_rate, other_change, other_amount in told[place + 1 :]:
            same = amount.base == other_amount.base and rate.base == other_rate.base
            if same and change.base != other_change.base and change.sentence != other_change.sentence:
                words = f"同样是 {amount}、变动 {rate}，变动额一处写 {change}，一处写 {other_change}"
                yield Relation(
                    Kind.GROWTH, (other_change, change), False, str(change), words, proven=False, tail=True
                )


def _growth_checked(
    book: Book, rate: Figure, change: Figure, sign: int, amounts: Sequence[Figure]
) -> Iterator[Relation]:
    before = [other for other in amounts if place_of(other) < place_of(change)] or list(amounts)
    for other in before:
        former = other.base - sign * change.base
        for base in (former, other.base):  # the amount of the former year may be the one that is named
            if base > 0 and _grown(book, rate, change, other, base):
                yield Relation(Kind.GROWTH, (rate, change, other), True)
                return
    bases = {other.base for other in before}
    if len(bases) != 1:
        return
    other = before[-1]
    former = other.base - sign * change.base
    if former <= 0:
        return
    expected = as_percent(change.base, former, rate)
    yield Relation(
        Kind.GROWTH,
        (rate, change, other),
        False,
        expected,
        f"按 {other} 和变动额 {change} 推算，变动率应为 {expected}，所写的是 {rate}",
        proven=False,
    )


def _grown(book: Book, rate: Figure, change: Figure, amount: Figure, base: Decimal) -> bool:
    half = book.step(change) / 2
    wide = half + book.step(amount) / 2
    low, high = (
        EXACT.divide(change.base - half, base + wide),
        EXACT.divide(change.base + half, max(base - wide, half)),
    )
    return rate.base - rate.step / 2 <= high and low <= rate.base + rate.step / 2
