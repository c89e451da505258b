"""Indicators counted as reached and as missed, which together cannot be more than there are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from perfxl.form.figures import plain
from perfxl.narrative.figures import Figure
from perfxl.narrative.outline import Said
from perfxl.narrative.relations import Book, Kind, Relation

_COUNTS = ("个", "项")
_ALL = re.compile(r"(?:绩效|[一二三]级|考核)*指标(?:中|里)?[,:]?")
_REACHED = re.compile(
    r"(?:指标)?(?:的)?(?:实际完成值)?(?P<no>未|没有)?(?:能)?(?:全部|均|已|如期|按期)?(?:达到|完成|达标|实现)"
)
_FROM_ALL = re.compile(
    r"^(?:[,;:]?(?:其中|有|共有|另有|还有|另外?|其余|其他|仅|只有|尚有){0,5}(?:[^\W\d_]{2}指标)?)$"
)


def partitions(book: Book) -> Iterator[Relation]:
    """Yield every count of all indicators with the counts of those reached and missed behind it."""
    for said in book.section.said:
        if "指标" in said.sentence.plain:
            yield from _of_sentence(said)


def _of_sentence(said: Said) -> Iterator[Relation]:
    whole: Figure | None = None
    reached: list[Figure] = []
    missed: list[Figure] = []
    for figure in said.figures:
        if figure.unit.name not in _COUNTS or not figure.exact:
            continue
        told = _REACHED.match(figure.behind)
        if told is not None and whole is not None:
            if _apart(figure):
                (missed if told["no"] else reached).append(figure)
        elif _ALL.match(figure.behind) or re.search(r"指标(?:共|共有|共计|有)?$", figure.lead):
            if reached or missed:
                break
            whole = figure
    if whole is None or len(reached) != 1 or len(missed) != 1:
        return
    total = reached[0].value + missed[0].value
    parts = (reached[0], missed[0])
    words = f"{parts[0]} + {parts[1]} = {plain(total)}，多于指标总数 {whole}"
    if total >= whole.value:  # fewer: those that cannot be judged are told apart, or left out
        expected = str(max(Decimal(0), whole.value - missed[0].value))
        yield Relation(Kind.SUM, (reached[0], whole, missed[0]), total == whole.value, expected, words)


def _apart(figure: Figure) -> bool:
    """Whether nothing but words that single out some of them stands before a count."""
    lead = re.sub(r"^.*指标(?=[中里]?[,:])[中里]?", "", figure.lead)
    lead = re.sub(r"^(?:[^,;]*)(?=[,;])", "", lead)
    return _FROM_ALL.match(lead) is not None
