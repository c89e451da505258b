"""Arithmetic that a report's own figures must satisfy: sums, ratios, shares, growth, the same quantity twice.

Each relation says whether it holds; those that hold speak for their figures where another does not. A relation is
made only where the words leave no doubt of what belongs together; where several readings are possible, one that
holds is enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from itertools import islice, product
from typing import NamedTuple

from perfxl.form.figures import plain
from perfxl.form.value_types import EXACT
from perfxl.narrative.figures import Figure, agree
from perfxl.narrative.outline import Said, Section
from perfxl.narrative.statements import NO_PROJECT, Statement
from perfxl.rounding import round_half_up

_AMONG = re.compile(
    r"其中(?:包括)?[:,]?|按[^,;:。]{2,10}(?:分类|分|划分)[:,]|包括:|分别为:?|由[^,;。]{0,10}(?:组成|构成)[:,]?|其中$"
)
_CLOSES = re.compile(
    r"^[,、;]?(?:以上|各项|三项|两项|四项|五项|资金|指标)?(?:共计|合计|总计|累计|共|总额|总投资)(?:得分|得|为|是|:|人民币)*$"
)
_CLOSES_POINTS = re.compile(
    r"^[,、;](?:自评|综合|最终)?(?:共计得分|合计得分|总得分|总分|自评得|自评总得分|自评总分|得分合计|自评得分)(?:为|是|共|得|:|合计)*$"
)
_SHARE = re.compile(r"占(?P<base>[^,;:。]{0,24}?)(?:的)?(?:比[例重率]?)?(?:分别)?(?:为|是|达|达到|约|约为)?$")
_GROWN = re.compile(r"(?:增加|减少|下降|降低|增长)(?:了)?(?:资金|金额|额|支出)?$")
_GREW_BY = re.compile(
    r"(?:增长|下降|降低|上升|减少|增加|增幅|降幅|增长率|下降率)(?:率|幅度)?(?:了|为|达|达到|约)*$"
)
_LIST_SIGN = re.compile(r"[,;、和及与:(]")
_CONTAINS_ALL = (
    ("基本支出", "项目支出"),
    ("人员经费", "公用经费"),
    ("中央", "地方"),
    ("中央", "其他资金"),
    ("财政拨款", "其他资金"),
    ("财政资金", "其他资金"),
    ("货物", "服务"),
)
_NEAR = Decimal("0.05")
_MOST_COMBINATIONS = 400
_MOST_REPETITIONS = 40
_MOST_WHOLES = 40
_MOST_GROUPS = 3
_BATCH = re.compile("第[一二三四五六七八九十]批")
_BOUGHT = re.compile("招标|采购")


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


def relations_of(book: Book) -> tuple[Relation, ...]:
    """Return every relation among the figures of a section, those that hold included."""
    finders = (_sums, _shares, _ratios, _growth, _twice, _balances)
    return tuple(relation for finder in finders for relation in finder(book))


# Sums ---------------------------------------------------------------------------------------------


def _sums(book: Book) -> Iterator[Relation]:
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
        if begins_anew or figure.depth < depth or not _same_kind(figure, total):
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
        if not _same_kind(figure, total) or not figure.exact or "含" in figure.lead:
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
        if not _same_kind(figure, total) or not figure.exact:
            break
        if total.points and _is_weight(figure):
            continue
        parts.insert(0, figure)
        if re.search(r"其中|分别", figure.lead):
            break
    scored = [part for part in parts if re.search("得分?(?:为)?$", part.lead)]
    if total.points and scored:  # 决策18分得18分: the weights beside the scores are no parts
        parts = scored
    if len(parts) >= 2:
        yield from _summed(book, total, parts)


def _is_weight(figure: Figure) -> bool:
    return re.search(r"(?:分值|满分|权重)(?:为|是)?$", figure.lead) is not None or figure.depth > 0


def _same_kind(one: Figure, other: Figure) -> bool:
    return one.unit.dimension == other.unit.dimension and one.unit.family == other.unit.family


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
    if not (near or complete or (over and sure)):
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


# Ratios -------------------------------------------------------------------------------------------


def _ratios(book: Book) -> Iterator[Relation]:
    """A rate of execution beside the amounts that make it: of one paragraph, else of the section."""
    by_aspect = _by_aspect(book.statements)
    for rate in book.statements:
        if rate.aspect != "rate" or not rate.figure.exact:
            continue
        for scope in (_same_sentence, _same_paragraph, _same_scope):
            spent = [s for s in by_aspect.get("executed", ()) if scope(s, rate)]
            given = [
                s
                for a in ("budget", "initial", "arrived", "planned")
                for s in by_aspect.get(a, ())
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
    expected = _percent(b.figure.base, a.figure.base, rate.figure)
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
            abs(_place(rate.figure) - _place(b.figure)) + abs(_place(rate.figure) - _place(a.figure)),
        )

    return min(fitting, key=distance)


def _place(figure: Figure) -> int:
    return figure.sentence.spots[figure.start]


def _same_sentence(one: Statement, rate: Statement) -> bool:
    return (
        one.said.sentence == rate.said.sentence
        and one.period == rate.period
        and one.source == rate.source
        and not one.within
    )


def _same_paragraph(one: Statement, rate: Statement) -> bool:
    return (
        one.figure.sentence.number == rate.figure.sentence.number
        and one.period == rate.period
        and (one.source == rate.source or not rate.source)
        and not one.within
    )


def _same_scope(one: Statement, rate: Statement) -> bool:
    return rate.own and one.own and one.source == rate.source


def follows(rate: Figure, spent: Figure, given: Figure, book: Book) -> bool:
    """Whether a percentage can be the ratio of two amounts, each known to the precision in which it is written."""
    half_spent, half_given = book.step(spent) / 2, book.step(given) / 2
    if given.base - half_given <= 0:
        return False
    low = EXACT.divide(spent.base - half_spent, given.base + half_given)
    high = EXACT.divide(spent.base + half_spent, given.base - half_given)
    half = rate.step / 2
    return rate.base - half <= high and low <= rate.base + half


def _percent(part: Decimal, whole: Decimal, like: Figure) -> str:
    digits = like.decimals
    return f"{plain(round_half_up(EXACT.divide(part, whole) * 100, digits))}%"


def _by_aspect(statements: Iterable[Statement]) -> dict[str, list[Statement]]:
    found: dict[str, list[Statement]] = {}
    for statement in statements:
        if statement.figure.exact:
            found.setdefault(statement.aspect, []).append(statement)
    return found


# Shares -------------------------------------------------------------------------------------------


class _Share(NamedTuple):
    """A share, what it is a share of (its own amount), and the words that name the whole."""

    figure: Figure
    part: Figure
    base: str


def _shares(book: Book) -> Iterator[Relation]:
    for said in book.section.said:
        found = list(_shares_of(said))
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
        if _same_kind(figure, first) and figure.depth == 0 and figure.exact and _AMONG.search(first.lead):
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
        if _same_kind(other, part) and other != part
    ]
    named = [
        other
        for other in book.figures
        if key and _same_kind(other, part) and other != part and _names(other, key)
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
    expected = _percent(part.base, base.base, figure)
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
    elif total > 1 or re.search(r"其[他它余]", found[-1].part.lead):
        shown = f"{plain((total * 100).normalize())}%"
        added = " + ".join(map(str, figures))
        yield Relation(
            Kind.SHARES, figures, False, "100%", f"各项占比 {added} = {shown}，不等于 100%", proven=total > 1
        )


# Growth -------------------------------------------------------------------------------------------


def _growth(book: Book) -> Iterator[Relation]:
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
    before = [other for other in amounts if _place(other) < _place(change)] or list(amounts)
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
    expected = _percent(change.base, former, rate)
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


# The same quantity twice --------------------------------------------------------------------------

_COMPARED = frozenset({"executed", "budget", "initial", "rate", "left"})
_BARE_SUBJECT = re.compile("基金|专户")


def _twice(book: Book) -> Iterator[Relation]:
    """Statements on one topic against each other; two that stand in one sentence are told apart by its words."""
    by_topic: dict[tuple[str, str, str, str], list[Statement]] = {}
    for statement in book.statements:
        if statement.aspect in _COMPARED and statement.figure.exact and not statement.within:
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
                if spent.aspect == "executed" and _of_unit(spent) and _same_sentence(spent, rate):
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


# What is left -------------------------------------------------------------------------------------


def _balances(book: Book) -> Iterator[Relation]:
    """An amount left over that is budget (or money in) less spending: such a relation only speaks for its figures."""
    by_aspect = _by_aspect(statement for statement in book.statements if not statement.period)
    given = [s.figure for aspect in ("budget", "arrived", "initial") for s in by_aspect.get(aspect, ())]
    spent = [s.figure for s in by_aspect.get("executed", ())]
    for left in by_aspect.get("left", ()):
        for whole, part in islice(product(given, spent), _MOST_COMBINATIONS):
            if left.figure.base and left.figure.base == whole.base - part.base:
                yield Relation(Kind.BALANCE, (left.figure, whole, part), True)
                break
