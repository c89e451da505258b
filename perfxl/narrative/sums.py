"""Totals and their parts: behind 其中 or 按…分类, in brackets, and lists that end in their sum."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from perfxl.form.figures import plain
from perfxl.form.value_types import EXACT
from perfxl.narrative.figures import Figure
from perfxl.narrative.outline import Said
from perfxl.narrative.relations import Book, Kind, Relation, same_kind

_AMONG = re.compile(
    r"其中(?:包括)?[:,]?|按[^,;:。]{2,10}(?:分类|分|划分)[:,]|包括:|分别为:?|由[^,;。]{0,10}(?:组成|构成)[:,]?|其中$"
)
_CLOSES = re.compile(
    r"^[,、;]?(?:以上|各项|三项|两项|四项|五项|资金|指标)?(?:共计|合计|总计|累计|共|总额|总投资)(?:得分|得|为|是|:|人民币)*$"
)
_CLOSES_POINTS = re.compile(
    r"^[,、;](?:自评|综合|最终)?(?:共计得分|合计得分|总得分|总分|自评得|自评总得分|自评总分|得分合计|自评得分)(?:为|是|共|得|:|合计)*$"
)
_CONTAINS_ALL = (
    ("基本支出", "项目支出"),
    ("人员经费", "公用经费"),
    ("中央", "地方"),
    ("中央", "其他资金"),
    ("财政拨款", "其他资金"),
    ("财政资金", "其他资金"),
    ("财政", "自筹"),
    ("货物", "服务"),
)
_OTHER_MONEY = re.compile("其[他它]资金|社会|自筹|结转|捐赠")
_GIVEN = re.compile("(?:预算|到位|收入|下达|安排|总投资|总额)[^,;、]*$")
_NEAR = Decimal("0.05")
_MOST_GROUPS = 3


def sums(book: Book) -> Iterator[Relation]:
    """Yield every total of a report with its parts."""
    for said in book.section.said:
        yield from _parts_behind(book, said)
        for place, figure in enumerate(said.figures):
            if figure.exact and _countable(figure):
                yield from _parts_in_brackets(book, said, place)
                yield from _closing(book, said, place)


def _countable(figure: Figure) -> bool:
    return figure.money or figure.points or (figure.unit.family == "count" and not figure.unit.bare)


def _parts_behind(book: Book, said: Said) -> Iterator[Relation]:
    """Totals with their parts behind 其中, or with several divisions of one total behind 按…分类."""
    whole: Figure | None = None
    for place, figure in enumerate(said.figures):
        among = _AMONG.search(figure.lead)
        if among is None or place == 0:
            continue
        before = next(
            (f for f in reversed(said.figures[:place]) if f.depth <= figure.depth and not f.percent), None
        )
        total = whole if among[0].startswith("按") and whole is not None else before
        if total is None or not (total.exact and _countable(total)):
            continue
        whole = whole or total
        parts = _listed(said.figures[place:], total)
        if len(parts) >= 2:
            yield from _summed(book, total, parts, whole_list=False)


def _listed(figures: Sequence[Figure], total: Figure) -> list[Figure]:
    """The parts with which a list begins: amounts like the total, shares and remarks in brackets passed over."""
    parts: list[Figure] = []
    depth = figures[0].depth
    for place, figure in enumerate(figures):
        if figure.depth > depth or (figure.percent and place):
            continue
        begins_anew = place > 0 and (_AMONG.search(figure.lead) is not None or _another_whole(figure.lead))
        if begins_anew or figure.depth < depth or not same_kind(figure, total):
            break
        if not figure.exact:
            return []
        parts.append(figure)
    return parts


def _another_whole(lead: str) -> bool:
    """Whether the words before a figure begin something new, so that it is no part any more."""
    return (
        re.search(
            r"(?:合计|共计|总计|全年执行|实际支出|实际执行|执行数|预算数|支出决算数|年末结转|增加|减少)", lead
        )
        is not None
    )


def _parts_in_brackets(book: Book, said: Said, place: int) -> Iterator[Relation]:
    """A total with all its parts in the brackets behind it: 194288万元（一般公共预算170896万元，…）."""
    total = said.figures[place]
    if not total.behind.startswith("("):
        return
    parts = []
    for figure in said.figures[place + 1 :]:
        if figure.depth <= total.depth:
            break
        if not same_kind(figure, total) or not figure.exact or "含" in figure.lead:
            return
        parts.append(figure)
    if len(parts) >= 2:
        yield from _summed(book, total, parts, sure=False)


def _closing(book: Book, said: Said, place: int) -> Iterator[Relation]:
    """A list that ends in its sum: …得分10分，…得分50分，共计得分100分."""
    total = said.figures[place]
    closes = _CLOSES.match(total.lead) or (total.points and _CLOSES_POINTS.match(total.lead))
    if not closes:
        return
    parts: list[Figure] = []
    for figure in reversed(said.figures[:place]):
        if figure.depth > total.depth:
            continue
        if not same_kind(figure, total) or not figure.exact:
            break
        if total.points and _is_weight(figure):
            continue
        parts.insert(0, figure)
        if re.search(r"其中|分别", figure.lead):
            break
    scored = [part for part in parts if re.search("得分?(?:为)?$", part.lead)]
    if total.points and scored:  # 决策18分得18分: the weights beside the scores are no parts
        parts = scored
    while len(parts) > 2 and total.money and _GIVEN.search(parts[0].lead):
        parts = parts[1:]  # 预算480万元，师资费98万元、食宿费186万元，合计284万元
    if len(parts) == 2 and total.money and _GIVEN.search(parts[0].lead):
        return
    if len(parts) >= 2:
        yield from _summed(book, total, parts)


def _is_weight(figure: Figure) -> bool:
    return re.search(r"(?:分值|满分|权重)(?:为|是)?$", figure.lead) is not None or figure.depth > 0


def _summed(
    book: Book, total: Figure, parts: Sequence[Figure], *, sure: bool = True, whole_list: bool = True
) -> Iterator[Relation]:
    if not whole_list:
        # A sentence may go on with what is no part any more: the parts end where they make the total.
        for length in range(2, len(parts)):
            if sum((part.base for part in parts[:length]), Decimal(0)) == total.base:
                parts = parts[:length]
                break
    exact = sum((part.base for part in parts), Decimal(0))
    step = max(book.step(figure) for figure in (total, *parts))
    gap = exact - total.base
    tolerance = step * (len(parts) + 1) / 2 if total.money else Decimal(0)
    members = (total, *parts)
    if abs(gap) <= tolerance:
        yield Relation(Kind.SUM, members, True)
        return
    near = bool(total.base) and abs(gap) <= abs(total.base) * _NEAR
    over = gap > 0 and all(part.base >= 0 for part in parts)
    complete = _complete(total, parts)
    if not (near or complete or (over and sure)) or (gap < 0 and _names_others(book, total, parts)):
        return
    added = " + ".join(plain(part.value) for part in parts)
    result = plain(EXACT.divide(exact, total.unit.factor).normalize())
    yield Relation(
        Kind.SUM,
        members,
        False,
        f"{result}{total.unit.name}",
        f"{added} = {result}{total.unit.name}，与所写的 {total} 不符，相差 {_gap(gap, total)}",
        proven=sure and (complete or over or total.points),
    )


def _names_others(book: Book, total: Figure, parts: Sequence[Figure]) -> bool:
    """Whether the report tells of money that is neither the centre's nor the place's, so that these two are not all."""
    text = total.sentence.plain[parts[0].start - len(parts[0].lead) : parts[-1].start]
    if _OTHER_MONEY.search(text) or "中央" not in text or "地方" not in text:
        return False
    return any(_OTHER_MONEY.search(said.sentence.plain) for said in book.section.said)


def _complete(total: Figure, parts: Sequence[Figure]) -> bool:
    """Whether the parts are by their names all there are, or the last one is what is left (其他)."""
    text = total.sentence.plain[parts[0].start - len(parts[0].lead) : parts[-1].start]
    if total.points and (total.start > parts[-1].start or len(parts) >= _MOST_GROUPS):
        return True
    if re.search(r"其[他它余][^,;。]{0,8}$", parts[-1].lead):
        return True
    return any(all(word in text for word in words) for words in _CONTAINS_ALL)


def _gap(gap: Decimal, like: Figure) -> str:
    return f"{plain(EXACT.divide(abs(gap), like.unit.factor).normalize())}{like.unit.name}"
