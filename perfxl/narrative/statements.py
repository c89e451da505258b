"""What the figures of a report are about: money, rates and points, each with whose, from which source and when.

A figure is placed by the words just before it. What is left of them after taking off all that says nothing
(years, 项目, 我局 …) is its subject: "" is the project or unit that the report is about. A figure whose words
are not understood is no statement, and nothing is concluded from it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from perfxl.narrative.figures import Figure
from perfxl.narrative.outline import Said, Section
from perfxl.narrative.periods import opening_period, period_of, without_comparisons
from perfxl.narrative.text import plain_text
from perfxl.narrative.vocabulary import found_at_end, pattern, table

RATES = frozenset({"rate", "arrival"})
_SHORTEST_SHARED = 4
_SEVERAL = 3
_LONGEST_LEAD = 400
_BETWEEN = re.compile(r"[,;。]")
NO_PROJECT = "（未指明项目）"
_SEVERAL_PROJECTS = re.compile(
    r"项目(?:共|共计|有|合计)?(?:[2-9]|[1-9][0-9]+)[个项]|(?:[2-9]|[1-9][0-9]+)[个项](?:子|分)?项目"
)
_CONTRACT = re.compile("合同|中标|质保|尾款")
_SUMS_UP = re.compile("[,、;](?:共计|合计|总计|共)(?:为)?")
_MONEY = re.compile("资金|经费|拨款")
_UNSPENT = re.compile("(?:资金|预算)?(?:未|结余|结转|没有)")
_QUOTED_PROJECT = re.compile(r"“([^“”]{3,40})”(?=项目|建设项目)|“([^“”]{3,40}项目)”")
_TITLES = re.compile(r"《[^《》]*》|[(][^()]*号[)]|〔[0-9]{4}〕[0-9]+号")
_BESIDE_NAME = re.compile(r"(?<![^\n\a])[^\n\a]{1,2}\a|\a[^\n\a]{1,2}(?![^\n\a])")


class Statement(NamedTuple):
    """A figure and what it is about.

    `aspect` is an entry of the vocabulary's tables `aspects` or `marks`, `source` one of `sources` or "";
    `subject` is "" for the report's own project or unit, `period` "" for its own year. `within` says that it
    stands in brackets, as a remark on something else, `carried` that its source (of a rate its subject too) was
    named by the statement before.
    """

    figure: Figure
    said: Said
    aspect: str
    source: str = ""
    subject: str = ""
    period: str = ""
    within: bool = False
    carried: bool = False

    @property
    def own(self) -> bool:
        """Whether it speaks of the report's own project or unit, its whole and its year."""
        return not self.subject and not self.period and not self.within

    @property
    def topic(self) -> tuple[str, str, str, str]:
        """What makes two statements speak of the same thing."""
        return self.aspect, self.source, self.subject, self.period


class Names(NamedTuple):
    """What the report's own project and unit are called: all run together, and the names proper; the report's year."""

    text: str
    year: int | None
    short: tuple[str, ...] = ()
    several: bool = False
    """Whether the report tells of several projects, so that a paragraph that names none is about none of them."""


def statements_of(section: Section, names: Names) -> tuple[Statement, ...]:
    """Return the statements on money and rates of a section in order."""
    return tuple(statement for said in section.said for statement in _of_sentence(said, names))


def _of_sentence(said: Said, names: Names) -> Iterator[Statement]:
    subject = _scope_of_headings(said) or _other_project(said, names)
    opening = opening_period(said.sentence.plain, names.year)
    before: Statement | None = None
    named: set[str] = set()
    for previous, (lead, figure) in zip((None, *said.figures), _with_leads(said.figures), strict=False):
        found = found_at_end("aspects", lead) if figure.money or figure.percent else None
        if found is None:  # 春节期间接待游客62万人次，支出20万元: the period holds for what follows
            named_here = period_of(without_comparisons(lead), names.year)
            opening = opening if named_here is None else named_here
        if not (figure.money or figure.percent) or figure.unit.dimension == "":
            continue
        if found is None:
            # Behind parts that are no statements (设备费900万元、安装费486万元，合计…) it is the sum of who knows what.
            told = before is not None and before.figure is previous
            if told and before is not None and figure.money and _SUMS_UP.fullmatch(lead):
                # 甲支出5万元，乙支出3万元，共计8万元: the sum is spending too, of the whole.
                before = Statement(figure, said, before.aspect, "", subject, before.period, figure.depth > 0)
                yield before
            continue
        aspect, at = found
        prefix = lead[:at]
        if lead[at:].startswith("尚有") and not _UNSPENT.match(figure.behind):
            continue
        if figure.percent is not (aspect in RATES) or pattern("changes", "moved").search(prefix[-2:]):
            continue
        if aspect == "left" and _source(lead)[0] == "carryover":
            aspect = (
                "amount"  # what was carried over from last year is a source, not what is left of this one
            )
        money = _MONEY.match(lead, at)  # 自筹资金支出: the word belongs to both
        source, bare = _source(lead if aspect == "amount" else lead[: money.end()] if money else prefix)
        aspect = _by_verb(aspect, lead)
        if aspect == "amount" and before is not None and before.aspect == "left" and source:
            aspect = "left"  # 结余68万元，其中财政资金60万元
        own_period = period_of(lead, names.year)
        part = _part_of_spending(lead, said, names)
        if part and before is not None and aspect == "executed" and before.aspect not in RATES:
            aspect = before.aspect  # of a planned total the parts are planned too
        rest = part or residual(bare, names)
        rest = rest or _other_scope(said.sentence.plain[: figure.start], aspect)
        within = figure.depth > 0
        carried = False
        named = set() if ";" in lead else named
        goes_on = before is not None and (
            not _starts_anew(lead, names) or _next_column(lead, aspect, before, named)
        )
        if not rest and before is not None and goes_on:
            # 其中：中央100万元，地方50万元，实际支出120万元: what follows a list of sources is of the whole.
            alone = before.aspect != "amount" or len(named) == 1
            carried = not source and bool(before.source) and alone
            source = before.source if carried else source
            subject_here = before.subject
            # 基本支出…，项目支出…，预算执行率97%: the rate of the last of them, or of the whole.
            carried = carried or (aspect in RATES and bool(subject_here))
            period_here = own_period if own_period is not None else before.period
        else:
            subject_here = rest or subject
            period_here = own_period if own_period is not None else opening
        statement = Statement(figure, said, aspect, source, subject_here, period_here, within, carried)
        yield statement
        named |= {source} - {""}
        if not within:
            before = statement


def _with_leads(figures: Sequence[Figure]) -> Iterator[tuple[str, Figure]]:
    """Each figure with the words before it; a list behind 分别为 gives each of its figures its own name."""
    for place, figure in enumerate(figures):
        named = _respectively(figures, place)
        yield named if named is not None else figure.lead[-_LONGEST_LEAD:], figure


def _respectively(figures: Sequence[Figure], place: int) -> str | None:
    """The name that belongs to a figure of a list: 预算数、执行数分别为A万元、B万元."""
    first = place
    while first > 0 and re.fullmatch(r"[,、和及与]", figures[first].lead):
        first -= 1
    head = re.search(r"([^,;:。]+)分别(?:为|是|达|达到|:)?$", figures[first].lead)
    if head is None:
        return None
    labels = re.split(r"[、和及与]", head[1])
    run = [first]
    while run[-1] + 1 < len(figures) and re.fullmatch(r"[,、和及与]", figures[run[-1] + 1].lead):
        run.append(run[-1] + 1)
    return labels[place - first] if len(run) == len(labels) and place in run else None


def _part_of_spending(lead: str, said: Said, names: Names) -> str:
    """基本支出 or 项目支出 where a unit's whole spending is told in these two; "" elsewhere."""
    unit = "整体支出" in names.text or "基本支出" in said.sentence.plain
    match = re.search(r"(?<![该本])(基本支出|项目支出)[^,;]{0,8}$", lead)
    return match[1] if match is not None and unit else ""


def _by_verb(aspect: str, lead: str) -> str:
    """What a sum called only 资金 is, by the last verb before it."""
    if aspect != "amount":
        return aspect
    clause = _BETWEEN.split(lead)[-1]
    places = {
        verb: max((match.end() for match in pattern("verbs", verb).finditer(clause)), default=-1)
        for verb in table("verbs")
    }
    best = max(places, key=lambda verb: places[verb])
    return best if places[best] >= 0 else aspect


def sources_named(text: str) -> frozenset[str]:
    """Return the sources of money that a text names."""
    return frozenset(source for source in table("sources") if pattern("sources", source).search(text))


def _source(text: str) -> tuple[str, str]:
    """The source that a text names last, by its whole name (中央财政资金), and the text without it; "" for none."""
    best: tuple[int, int, str] | None = None
    begins = len(text) - len(_last_clause(text))
    for source in table("sources"):
        for match in pattern("sources", source).finditer(text, begins):
            if best is None or (match.end(), -match.start()) >= (best[1], -best[0]):
                best = (match.start(), match.end(), source)
    if best is None:
        return "", text
    return best[2], text[: best[0]] + text[best[1] :]


def residual(text: str, names: Names) -> str:
    """What a text says beyond words that say nothing and the names of the report's own project and unit.

    Only its last clause counts, titles of documents left out; a word of one character, or one of two beside a piece
    of a name (城乡 of 城乡医疗救助资金), says nothing either.
    """
    whole = _TITLES.sub("", text)
    clause = _last_clause(whole)
    earlier = pattern("parts").search(whole[: len(whole) - len(clause)])
    for name in names.short:
        clause = _without_abbreviated(clause, name)
    for chunk in _shared(clause, names.text):
        clause = clause.replace(chunk, "\a")
    clause = _BESIDE_NAME.sub("\a", pattern("fillers").sub("\n", clause))
    rest = "".join(piece for piece in re.split("[\n\a]", clause) if len(piece) > 1)
    return rest or (earlier[0] if earlier is not None else "")


def _last_clause(text: str) -> str:
    """The text behind its last stop; an open bracket's owner, the words before it, belongs to it."""
    start = max(text.rfind(stop) for stop in ",;。") + 1
    return text[start:]


def _without_abbreviated(text: str, name: str) -> str:
    """The text without a place that writes a name at more length: 城乡居民基本医疗保险补助 for 城乡居民医保补助."""
    place = 0
    start = -1
    for at, sign in enumerate(text):
        if sign == name[place]:
            start = at if place == 0 else start
            place += 1
            if place == len(name):
                short_enough = at + 1 - start <= 2 * len(name) + 4
                return text[:start] + "\a" + text[at + 1 :] if short_enough else text
    return text


def _shared(text: str, names: str) -> Iterator[str]:
    """The pieces of a text that stand in the names too, the longest first."""
    left = text
    while True:
        best = ""
        for start in range(len(left)):
            length = max(len(best) + 1, _SHORTEST_SHARED)
            while start + length <= len(left) and left[start : start + length] in names:
                best = left[start : start + length]
                length += 1
        if not best:
            return
        yield best
        left = left.replace(best, "\n")


def _next_column(lead: str, aspect: str, before: Statement, named: Collection[str]) -> bool:
    """Whether 全年预算 only names the next column of one source: 财政拨款年初预算100万元，全年预算108万元，…."""
    column = re.match("[,、]全年(?:预算|执行|支出)", lead) is not None
    whose = before.source or before.subject
    return column and bool(whose) and len(named) <= 1 and before.aspect not in ("amount", aspect)


def _starts_anew(lead: str, names: Names) -> bool:
    """Whether the words before a figure name the project or unit itself, so that nothing is carried over."""
    if re.search(r"其中|该(?:项目|资金)|本(?:项目|部门|单位|年)|我(?:局|单位|部门)|(?<!占)全年|当年", lead):
        return True
    return any(True for _ in _shared(lead, names.text))


def _other_project(said: Said, names: Names) -> str:
    """The project that the paragraph quotes, where it is not the report's own; "" elsewhere."""
    name = _quoted_project(said)
    if not name:
        return NO_PROJECT if names.several else ""
    return name if residual(name, names) else ""


def _other_scope(before: str, aspect: str) -> str:
    """What a figure is about where its sentence counts projects (项目6个) or settles a contract; "" elsewhere."""
    several = _SEVERAL_PROJECTS.search(before)
    if several is not None:
        return several[0]
    contract = _CONTRACT.search(before) if aspect == "left" else None
    return contract[0] if contract is not None else ""


def _quoted_project(said: Said) -> str:
    """The first project that the sentence's paragraph quotes, or ""."""
    match = _QUOTED_PROJECT.search(plain_text(said.sentence.paragraph.text))
    return (match[1] or match[2]) if match is not None else ""


def _scope_of_headings(said: Said) -> str:
    """The part of the budget that the headings above speak of, "" where they speak of the whole."""
    for heading in reversed(said.path):
        if said.is_heading and heading is said.path[-1]:
            continue
        match = pattern("parts").search(heading.words)
        if match is not None:
            return match[0]
    return ""


def names_of(section: Section, known: Iterable[str], year: int | None) -> Names:
    """Return what the report's project and unit are called: by its form (`known`), and by its own title."""
    titles = [
        said.sentence.plain
        for said in section.said[:12]
        if not said.path and len(said.sentence.plain) <= 60 and not said.sentence.plain.endswith(("。", ":"))
    ]
    quoted = _quoted_often(section)
    own = [plain_text(name) for name in known]
    text = "\n".join([*own, *titles, *quoted])
    found = [int(match) for match in re.findall(r"((?:19|20)[0-9]{2})年", " ".join(titles))]
    short = tuple(dict.fromkeys(name for name in (*own, *quoted) if len(name) >= _SHORTEST_SHARED))
    names = Names(text, year or (found[0] if found else _usual_year(section)), short)
    others = {name for said in section.said if (name := _quoted_project(said)) and residual(name, names)}
    return names._replace(several=len(others) >= _SEVERAL)


def _usual_year(section: Section) -> int | None:
    counts: dict[int, int] = {}
    for said in section.said:
        for match in re.findall(r"((?:19|20)[0-9]{2})年", said.sentence.plain):
            counts[int(match)] = counts.get(int(match), 0) + 1
    return max(counts, key=lambda year: counts[year]) if counts else None


def _quoted_often(section: Section) -> list[str]:
    """The project's name as the text quotes it: the one quotation in front of 项目 in most sentences."""
    counts: dict[str, int] = {}
    for said in section.said:
        for name in re.findall(r"“([^“”]{4,40})”(?=项目|预算|资金)", said.sentence.plain):
            counts[name] = counts.get(name, 0) + 1
        for name in re.findall(r"“([^“”]{4,40}项目)”", said.sentence.plain):
            counts[name] = counts.get(name, 0) + 1
    if not counts:
        return []
    best = max(counts, key=lambda name: counts[name])
    return [best] if counts[best] > 1 and counts[best] * 2 > sum(counts.values()) else []
