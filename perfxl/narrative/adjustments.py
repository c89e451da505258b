"""A budget that was changed during the year: what it was at first, what was added or taken away, what it became."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from perfxl.form.figures import plain
from perfxl.form.value_types import EXACT
from perfxl.narrative.figures import Figure
from perfxl.narrative.relations import Book, Kind, Relation, explained

_FIRST = re.compile(r"年初[^,;。]{0,10}$")
_ADDED = re.compile(r"(?:追加|调增|增加|新增)(?:了|预算|资金|安排|经费|共|为|数|额)*$")
_TAKEN = re.compile(r"(?:调减|核减|压减|减少|收回|追减)(?:了|预算|资金|安排|经费|共|为|数|额)*$")
_BECAME = re.compile(
    r"(?:调整后|追加后|调减后|变更后|调整为|调整预算|(?:^|[,;])(?:全年|最终)(?:部门)?预算)[^,;。其]{0,12}$"
)


def adjustments(book: Book) -> Iterator[Relation]:
    """Yield every budget told as 年初预算…, 年中追加…, 调整后预算… in one paragraph."""
    for figures in book.by_paragraph.values():
        amounts = [figure for figure in figures if figure.money and figure.exact and figure.depth == 0]
        first: Figure | None = None
        changes: list[tuple[int, Figure]] = []
        for figure in amounts:
            if "其中" in figure.lead:
                continue
            if _BECAME.search(figure.lead) and first is not None and changes:
                yield _adjusted(book, first, changes, figure)
                first, changes = None, []
            elif _ADDED.search(figure.lead):
                changes.append((1, figure))
            elif _TAKEN.search(figure.lead):
                changes.append((-1, figure))
            elif _FIRST.search(figure.lead):
                first, changes = figure, []


def _adjusted(book: Book, first: Figure, changes: Sequence[tuple[int, Figure]], became: Figure) -> Relation:
    """The changed budget against the first one; of several changes one alone may be all (the rest are its parts)."""
    moved = sum((sign * change.base for sign, change in changes), Decimal(0))
    step = max(book.step(figure) for figure in (first, became, *(change for _, change in changes)))
    readings = (moved, *(sign * change.base for sign, change in changes))
    holds = any(abs(first.base + each - became.base) <= step for each in readings)
    expected = f"{plain(EXACT.divide(first.base + moved, became.unit.factor).normalize())}{became.unit.name}"
    added = "".join(f" {'+' if sign > 0 else '-'} {change}" for sign, change in changes)
    return Relation(
        Kind.BALANCE,
        (became, first, *(change for _, change in changes)),
        holds or explained(book, abs(first.base + moved - became.base)),
        expected,
        f"{first}{added} = {expected}，与所写的 {became} 不符",
        proven=len(changes) == 1,
    )
