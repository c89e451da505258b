"""Shares (占比) of the whole that a sentence names, and what they come to together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from perfxl.form.figures import plain
from perfxl.form.value_types import EXACT
from perfxl.narrative.figures import Figure, agree
from perfxl.narrative.outline import Said
from perfxl.narrative.relations import Book, Kind, Relation, as_percent, follows, same_kind

_AMONG = re.compile(
    r"其中(?:包括)?[:,]?|按[^,;:。]{2,10}(?:分类|分|划分)[:,]|包括:|分别为:?|由[^,;。]{0,10}(?:组成|构成)[:,]?|其中$"
)
_SHARE = re.compile(r"占(?P<base>[^,;:。]{0,24}?)(?:的)?(?:比[例重率]?)?(?:分别)?(?:为|是|达|达到|约|约为)?$")
_OWN_WHOLE = re.compile("任务|目标|计划|指标|应|定额|核定|编制")
"""Wholes of which each thing has one of its own: 占任务的97%，占任务的105% are no shares of one whole."""

_BUDGETED = re.compile("预算|批复|下达|到位")
_FEWEST_SHARES = 2
_MOST_WHOLES = 40


class _Share(NamedTuple):
    """A share, what it is a share of (its own amount), and the words that name the whole."""

    figure: Figure
    part: Figure
    base: str


def shares(book: Book) -> Iterator[Relation]:
    """Yield every share with its amount and its whole, and the shares of one whole together."""
    for said in book.section.said:
        yield from _bare_shares(said)
        found = [share for share in _shares_of(said) if not _OWN_WHOLE.search(share.base)]
        if not found:
            continue
        whole = _whole(said, found)
        for share in found:
            yield from _share_checked(book, said, share, whole, found)
        if len(found) >= 2:
            yield from _shares_total(book, found)


def _shares_of(said: Said) -> Iterator[_Share]:
    for place, figure in enumerate(said.figures):
        match = _SHARE.search(figure.lead) if figure.percent and figure.exact else None
        if match is None:
            continue
        for part in reversed(said.figures[:place]):
            if part.depth > figure.depth:
                continue
            if not part.percent and part.exact and not part.unit.bare and _directly(part, figure):
                yield _Share(figure, part, match["base"])
            break


def _bare_shares(said: Said) -> Iterator[Relation]:
    """Shares told without their amounts behind 其中, which cannot come to more than the whole: 中央占60%，地方占40%."""
    run: list[Figure] = []
    for figure in (*said.figures, None):
        opens = figure is not None and re.search(r"其中:?[^,;。:占0-9]{2,12}占$", figure.lead) is not None
        goes_on = figure is not None and re.fullmatch(r"[,、;][^,;。:占0-9]{2,12}占", figure.lead) is not None
        if figure is not None and figure.percent and figure.exact and (opens or (run and goes_on)):
            run = [figure] if opens else [*run, figure]
            continue
        if len(run) >= _FEWEST_SHARES:
            total = sum((each.base for each in run), Decimal(0))
            slack = max(each.step for each in run) * len(run) / 2
            if total - 1 > slack or (1 - total > slack and re.search("其[他它余]", run[-1].lead)):
                yield _off(run, total)
        run = []


def _off(figures: Sequence[Figure], total: Decimal) -> Relation:
    added = " + ".join(map(str, figures))
    words = f"各项占比 {added} = {plain((total * 100).normalize())}%，不等于 100%"
    return Relation(Kind.SHARES, tuple(figures), False, "100%", words, proven=total > 1)


def _directly(part: Figure, share: Figure) -> bool:
    """Whether nothing but words of the share stands between an amount and its share, remarks in brackets aside."""
    between = re.sub(r"\([^()]*\)", "", part.sentence.plain[part.end : share.start])
    return re.match(r"[,、;(]?占|[,、(]?(?:同比)?占", between) is not None or between.startswith(
        (",占", "占", "(占")
    )


def _whole(said: Said, found: Sequence[_Share]) -> Figure | None:
    """The total that the sentence names before its list of parts."""
    first = found[0].part
    for figure in said.figures:
        if figure.start >= first.start:
            return None
        if same_kind(figure, first) and figure.depth == 0 and figure.exact and _AMONG.search(first.lead):
            return figure
    return None


def _share_checked(
    book: Book, said: Said, share: _Share, whole: Figure | None, found: Sequence[_Share]
) -> Iterator[Relation]:
    figure, part = share.figure, share.part
    key = _key(share.base)
    nearby = [
        other
        for other in book.by_paragraph.get(said.sentence.number, ())
        if same_kind(other, part) and other != part
    ]
    named = [
        other
        for other in book.figures
        if key and same_kind(other, part) and other != part and _names(other, key)
    ]
    candidates = (*nearby[:_MOST_WHOLES], *named[:_MOST_WHOLES], *([whole] if whole else []))
    wholes = [other for other in candidates if other.base > 0]
    for other in wholes:
        if follows(figure, part, other, book):
            yield Relation(Kind.SHARE, (figure, part, other), True)
            return
    parts_sum = sum((each.part.base for each in found), Decimal(0))
    if parts_sum and agree(figure, EXACT.divide(part.base, parts_sum)):
        yield Relation(Kind.SHARE, (figure, part), True)
        return
    sure = whole if whole is not None and _may_be(key, whole) else None
    distinct = {other.base for other in named}
    base = sure or (named[0] if len(distinct) == 1 else None)
    if base is None:
        return
    expected = as_percent(part.base, base.base, figure)
    yield Relation(
        Kind.SHARE,
        (figure, part, base),
        False,
        expected,
        f"{part} ÷ {base} = {expected}，与所写的 {figure} 不符",
        proven=sure is not None,
    )


def _key(base: str) -> str:
    """The word by which a share names its whole: 筹资额 and 筹集总额 are both 筹."""
    if "筹" in base:
        return "筹"
    bare = re.sub(r"全年|年度|当年|本年|总额|总数|资金|合计|总|额|的|[0-9]{4}年度?|比[例重]", "", base)
    return bare if len(bare) >= 2 else ""


def _names(figure: Figure, key: str) -> bool:
    return key in figure.lead and _SHARE.search(figure.lead) is None and figure.exact


def _may_be(key: str, whole: Figure) -> bool:
    return not key or key in whole.lead or key in whole.sentence.plain[: whole.start]


def _shares_total(book: Book, found: Sequence[_Share]) -> Iterator[Relation]:
    """Shares of one whole, which cannot come to more than 100 %, nor to less where the last is what is left."""
    if len({share.base for share in found}) > 1 and any(share.base for share in found):
        keys = {_key(share.base) for share in found if share.base}
        if len(keys) > 1:
            return
    figures = tuple(share.figure for share in found)
    total = sum((figure.base for figure in figures), Decimal(0))
    tolerance = max(figure.step for figure in figures) * len(figures) / 2
    if abs(total - 1) <= tolerance:
        yield Relation(Kind.SHARES, figures, True)
    elif any(_BUDGETED.search(share.base) for share in found):
        return  # 中央支出占预算的94%，地方支出占预算的89%: each of its own
    elif total > 1 or re.search(r"其[他它余]", found[-1].part.lead):
        shown = f"{plain((total * 100).normalize())}%"
        added = " + ".join(map(str, figures))
        yield Relation(
            Kind.SHARES, figures, False, "100%", f"各项占比 {added} = {shown}，不等于 100%", proven=total > 1
        )
