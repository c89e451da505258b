"""Rates of execution beside the amounts that make them, and what is left over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, product

from perfxl.narrative.relations import (
    Book,
    Kind,
    Relation,
    as_percent,
    by_aspect,
    follows,
    place_of,
    same_sentence,
)
from perfxl.narrative.statements import Statement

_MOST_COMBINATIONS = 400


def ratios(book: Book) -> Iterator[Relation]:
    """A rate of execution beside the amounts that make it: of one paragraph, else of the section."""
    aspects = by_aspect(book.statements)
    for rate in book.statements:
        if rate.aspect != "rate" or not rate.figure.exact:
            continue
        for scope in (same_sentence, _same_paragraph, _same_scope):
            spent = [s for s in aspects.get("executed", ()) if scope(s, rate)]
            given = [
                s
                for a in ("budget", "initial", "arrived", "planned")
                for s in aspects.get(a, ())
                if scope(s, rate)
            ]
            if spent and given:
                break
        else:
            continue
        yield from _rate_checked(book, rate, spent, given, proven=scope is not _same_scope)


def _rate_checked(
    book: Book, rate: Statement, spent: Sequence[Statement], given: Sequence[Statement], *, proven: bool
) -> Iterator[Relation]:
    pairs = list(islice(((b, a) for b, a in product(spent, given) if a.figure.base > 0), _MOST_COMBINATIONS))
    for b, a in pairs:
        if follows(rate.figure, b.figure, a.figure, book):
            yield Relation(Kind.RATIO, (rate.figure, b.figure, a.figure), True)
            return
    nearest = _nearest(rate, pairs)
    distinct_given = {a.figure.base for _, a in pairs if a.aspect in ("budget", "initial")} or {
        a.figure.base for _, a in pairs
    }
    distinct_spent = {b.figure.base for b, _ in pairs}
    if nearest is None or (not proven and (len(distinct_given) > 1 or len(distinct_spent) > 1)):
        return
    b, a = nearest
    expected = as_percent(b.figure.base, a.figure.base, rate.figure)
    yield Relation(
        Kind.RATIO,
        (rate.figure, b.figure, a.figure),
        False,
        expected,
        f"{b.figure} ÷ {a.figure} = {expected}，与所写的 {rate.figure} 不符",
        proven=proven and len(distinct_spent) == 1,
    )


def _nearest(
    rate: Statement, pairs: Sequence[tuple[Statement, Statement]]
) -> tuple[Statement, Statement] | None:
    """The amounts of the same subject that stand nearest before the rate."""
    fitting = [
        (b, a)
        for b, a in pairs
        if b.subject == rate.subject and (a.subject == rate.subject or a.said is not rate.said)
    ]
    if not fitting:
        return None

    def distance(pair: tuple[Statement, Statement]) -> tuple[int, int, int]:
        b, a = pair
        return (
            abs(rate.figure.sentence.number - b.figure.sentence.number)
            + abs(rate.figure.sentence.number - a.figure.sentence.number),
            0 if a.aspect == "budget" else 1,
            abs(place_of(rate.figure) - place_of(b.figure)) + abs(place_of(rate.figure) - place_of(a.figure)),
        )

    return min(fitting, key=distance)


def _same_paragraph(one: Statement, rate: Statement) -> bool:
    return (
        one.figure.sentence.number == rate.figure.sentence.number
        and one.period == rate.period
        and (one.source == rate.source or not rate.source)
        and not one.within
    )


def _same_scope(one: Statement, rate: Statement) -> bool:
    return rate.own and one.own and one.source == rate.source


def balances(book: Book) -> Iterator[Relation]:
    """An amount left over that is budget (or money in) less spending: such a relation only speaks for its figures."""
    aspects = by_aspect(statement for statement in book.statements if not statement.period)
    given = [s.figure for aspect in ("budget", "arrived", "initial") for s in aspects.get(aspect, ())]
    spent = [s.figure for s in aspects.get("executed", ())]
    for left in aspects.get("left", ()):
        for whole, part in islice(product(given, spent), _MOST_COMBINATIONS):
            if left.figure.base and left.figure.base == whole.base - part.base:
                yield Relation(Kind.BALANCE, (left.figure, whole, part), True)
                break
