"""The same quantity stated twice: in one report, and across the reports of one document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from perfxl.narrative.figures import Figure, agree
from perfxl.narrative.relations import Book, Kind, Relation, alike, explained, same_sentence
from perfxl.narrative.statements import NO_PROJECT, Statement

_MOST_REPETITIONS = 40
_BATCH = re.compile("第[一二三四五六七八九十]批")
_BOUGHT = re.compile("招标|采购")


_COMPARED = frozenset({"executed", "budget", "initial", "rate", "left"})
_BARE_SUBJECT = re.compile("基金|专户")


def repetitions(book: Book) -> Iterator[Relation]:
    """Statements on one topic against each other; two that stand in one sentence are told apart by its words."""
    by_topic: dict[tuple[str, str, str, str], list[Statement]] = {}
    for statement in book.statements:
        unsure = statement.carried and bool(statement.subject)
        if statement.aspect in _COMPARED and statement.figure.exact and not statement.within and not unsure:
            aspect, source, subject, period = statement.topic
            bare = _BARE_SUBJECT.sub("", subject) if aspect == "left" else subject
            by_topic.setdefault((aspect, source, bare, period), []).append(statement)
    for found in by_topic.values():
        statements = found[:_MOST_REPETITIONS]
        for place, one in enumerate(statements):
            for other in statements[place + 1 :]:
                if one.said.sentence != other.said.sentence:
                    yield from _compared(book, one, other)


def _compared(book: Book, one: Statement, other: Statement) -> Iterator[Relation]:
    figures = (other.figure, one.figure)
    first, second = one.figure, other.figure
    if agree(first, second.base, second.step):
        exact = first.money and abs(first.base - second.base) >= max(book.step(first), book.step(second)) > 0
        if not exact:
            yield Relation(Kind.TWICE, figures, True)
            return
    gap = abs(first.base - second.base)
    if explained(book, gap):
        return
    if not alike(first.base, second.base):
        return
    tail = gap <= 2 * max(book.step(first), book.step(second))
    yield Relation(
        Kind.TWICE,
        figures,
        False,
        str(first),
        f"第 {first.sentence.number} 段写的是 {first}，第 {second.sentence.number} 段写的是 {second}",
        proven=one.aspect == "rate",
        tail=tail,
    )


def across(books: Sequence[Book]) -> tuple[Relation, ...]:
    """Return what the reports of one document say differently of the same thing.

    These are rates of the same spending, and amounts of the same name that differ by the last digit.
    """
    return tuple(
        relation
        for place, one in enumerate(books)
        for other in books[place + 1 :]
        for relation in (
            *_rates_of_same_spending(one, other),
            *_same_names(one, other),
            *_same_batches(one, other),
        )
    )


def _same_batches(one: Book, other: Book) -> Iterator[Relation]:
    """Amounts of one batch of a purchase (第一批 … 招标) that differ a little."""
    mine = _batches(one)
    for batch, figure in _batches(other).items():
        former = mine.get(batch)
        if former is not None and former.base == figure.base:
            yield Relation(Kind.TWICE, (figure, former), True)
        elif former is not None and alike(former.base, figure.base):
            here, there = (f"第 {each.sentence.number} 段写 {each}" for each in (former, figure))
            words = f"{batch}采购在{here}，在{there}"
            yield Relation(Kind.TWICE, (figure, former), False, str(former), words, proven=False, tail=True)


def _batches(book: Book) -> dict[str, Figure]:
    found: dict[str, Figure] = {}
    for figure in book.figures:
        clause = figure.lead[max(map(figure.lead.rfind, ",;。")) + 1 :]
        match = _BATCH.search(clause) if figure.money and figure.exact else None
        if match is not None and _BOUGHT.search(clause + figure.behind[:12]):
            found.setdefault(match[0], figure)
    return found


def _rates_of_same_spending(one: Book, other: Book) -> Iterator[Relation]:
    for mine in _spending_with_rate(one):
        for theirs in _spending_with_rate(other):
            same = mine[0].base == theirs[0].base and mine[0].base > 0
            if same and not agree(mine[1], theirs[1].base, theirs[1].step):
                yield Relation(
                    Kind.TWICE,
                    (mine[1], theirs[1], mine[0], theirs[0]),
                    False,
                    str(theirs[1]),
                    f"同样支出 {mine[0]}，第 {mine[1].sentence.number} 段写完成预算 {mine[1]}，"
                    f"第 {theirs[1].sentence.number} 段写 {theirs[1]}",
                    proven=False,
                )


def _spending_with_rate(book: Book) -> Iterator[tuple[Figure, Figure]]:
    for rate in book.statements:
        if rate.aspect == "rate" and _of_unit(rate) and rate.figure.exact:
            for spent in book.statements:
                if spent.aspect == "executed" and _of_unit(spent) and same_sentence(spent, rate):
                    yield spent.figure, rate.figure


def _of_unit(statement: Statement) -> bool:
    """Whether a statement is about the unit or project itself, in a report on several projects about the unit."""
    return statement.subject in ("", NO_PROJECT) and not statement.period and not statement.within


def _same_names(one: Book, other: Book) -> Iterator[Relation]:
    named: dict[str, Statement] = {}
    for statement in one.statements:
        if statement.aspect == "executed" and len(statement.subject) >= _LONG_NAME and statement.figure.exact:
            named.setdefault(statement.subject.removesuffix("类"), statement)
    for statement in other.statements:
        same = named.get(statement.subject.removesuffix("类")) if statement.aspect == "executed" else None
        if same is None or not statement.figure.exact or same.period != statement.period:
            continue
        first, second = same.figure, statement.figure
        step = max(one.step(first), other.step(second))
        if 0 < abs(first.base - second.base) <= 2 * step:
            yield Relation(
                Kind.TWICE,
                (second, first),
                False,
                str(first),
                f"第 {first.sentence.number} 段写的是 {first}，第 {second.sentence.number} 段写的是 {second}",
                proven=False,
                tail=True,
            )


_LONG_NAME = 4
