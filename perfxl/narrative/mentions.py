"""Where a report speaks of an indicator: under a heading that names it, or from its name to the next one's.

A name is looked for as printed, brackets and quotation marks aside. A heading may write it otherwise
(异地就医联网医院新接入量 for 异地就医联网医院新接入达到): it is taken only where each is the other's nearest.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from perfxl.narrative.figures import Figure
from perfxl.narrative.outline import Heading, Said, Section
from perfxl.narrative.text import plain_text
from perfxl.narrative.vocabulary import pattern

_UNREAD = frozenset("“”\"'‘’《》、,·()[]:;-—")
_NUMBERED = re.compile(r"^(?:指标[0-9]+[:：、.]|[0-9]{1,2}[.、]|[(][0-9]{1,2}[)]|[①-⑳])")
HEADING_TAIL = re.compile(r"(?:的)?(?:指标)?(?:完成|得分|评价|分析|实现|自评)*(?:情况)?(?:分析|说明)?$")
"""What headings add to the name of a group."""

_BRACKETS = re.compile(r"\([^()]*\)")
_ENDS_OF_OTHERS = (
    "指标",
    "方面",
    "其中",
    "一是",
    "二是",
    "三是",
    "四是",
    "中",
    "了",
    "使",
    "确保",
    "实现",
    "和",
    "及",
)
_BULLET = re.compile(r"^(?:[^\w\s()《》“”]|[①-⑳])+")
_COUNTING_ENDS = (
    *(
        "数",
        "总数",
        "数量",
        "个数",
        "人数",
        "人次",
        "人次数",
        "场次",
        "场次数",
        "次数",
        "期数",
        "户数",
        "台数",
    ),
    *("套数", "件数", "里程", "长度", "面积", "规模"),
)
"""What a name adds to the thing itself: 送戏下乡场次 is told as 送戏下乡186场."""

_FIGURE_BEHIND = re.compile(r"(?:共计?|约|达到?|为)?[0-9]")
_MOST_HEADINGS = 2_000
_SHORTEST = 4
_NEAREST = 0.55
_AHEAD = 0.08


class Passage(NamedTuple):
    """A stretch of a sentence that speaks of one indicator: characters [start, end) of its plain form.

    `named` says that the indicator's own name stands in the paragraph or heading, not only one like it; `first`
    that the stretch begins behind the name itself, in the same sentence; `short` that only what it counts is named.
    """

    said: Said
    start: int
    end: int
    named: bool
    first: bool = False
    short: bool = False

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figures in the stretch."""
        return tuple(figure for figure in self.said.figures if self.start <= figure.start < self.end)

    @property
    def text(self) -> str:
        """The stretch itself."""
        return self.said.sentence.plain[self.start : self.end]


def passages_of(
    section: Section, names: Sequence[str], groups: Mapping[str, int] = MappingProxyType({})
) -> dict[int, list[Passage]]:
    """Return the passages about each name, by the name's place in `names`.

    `groups` are names of groups (数量指标) that have one indicator only: a heading of that name is the indicator's.
    """
    spelled = [_spellings(name) for name in names]
    stems = _stems(spelled)
    headings = _paired_headings(section, spelled, groups)
    found: dict[int, list[Passage]] = {}
    carried: tuple[int, int, bool] | None = None  # paragraph, name, as printed
    for said in section.said:
        number = said.sentence.number
        if carried is not None and carried[0] != number:
            carried = None
        marks = _occurrences(said, spelled, stems)
        of_heading = _heading_of(said, headings)
        if said.is_heading and of_heading is not None and said.path[-1] is of_heading[0]:
            # What stands in the heading itself names, and tells nothing.
            if len(said.sentence.plain) == len(plain_text(said.sentence.paragraph.text)):
                continue
            carried = (number, of_heading[1], of_heading[2])
            continue
        here: list[tuple[int, int, bool, bool, bool]] = []
        if carried is not None:
            here.append((0, carried[1], carried[2], False, False))
        elif of_heading is not None:
            here.append((0, of_heading[1], of_heading[2], False, False))
        for start, end, name, whole in marks:
            alone = _stands_alone(said.sentence.plain[:start])
            under_its_own = bool(here) and here[0][:2] == (0, name)
            here.append((end, name, alone, alone and whole, not (whole or under_its_own)))
        stops = [*(start for start, _, _, _ in marks), len(said.sentence.plain)]
        begins = 0 if len(here) == len(marks) else -1
        for place, (start, name, *how) in enumerate(here):
            end = stops[place + 1 + begins] if place + 1 + begins < len(stops) else len(said.sentence.plain)
            if start < end:
                found.setdefault(name, []).append(Passage(said, start, end, *how))
        if marks and marks[-1][3] and not said.is_heading:
            carried = (number, marks[-1][2], True)
    return found


def _stands_alone(before: str) -> bool:
    """Whether a name is no part of a longer one: 参保人数 of 基本医保参保人数 is another number."""
    clause = before[max(before.rfind(stop) for stop in ",;。:、") + 1 :].rstrip('“‘"')
    rest = pattern("fillers").sub("", _BULLET.sub("", clause))
    return not rest or rest.endswith(_ENDS_OF_OTHERS)


def _spellings(name: str) -> tuple[str, ...]:
    """The forms in which a name is looked for: without what its brackets hold, and with it."""
    plain = _NUMBERED.sub("", plain_text(name))
    forms = (_bare(_BRACKETS.sub("", plain)), _bare(plain))
    return tuple(dict.fromkeys(form for form in forms if len(form) >= _SHORTEST))


def _bare(text: str) -> str:
    return "".join(sign for sign in text if sign not in _UNREAD)


def _occurrences(
    said: Said, spelled: Sequence[tuple[str, ...]], stems: Mapping[str, int]
) -> list[tuple[int, int, int, bool]]:
    """Where names stand in a sentence, as (start, end, name, whole name); of names that overlap the longest."""
    plain = said.sentence.plain
    kept = [place for place, sign in enumerate(plain) if sign not in _UNREAD]
    bare = "".join(plain[place] for place in kept)
    found: list[tuple[int, int, int]] = []
    for name, forms in enumerate(spelled):
        for form in forms:
            at = bare.find(form)
            while at >= 0:
                found.append((at, at + len(form), name))
                at = bare.find(form, at + 1)
    shorter = _told_shorter(bare, stems)
    chosen: list[tuple[int, int, int]] = []
    for start, end, name in sorted([*found, *shorter], key=lambda item: (item[0] - item[1], item[0])):
        if all(end <= other[0] or start >= other[1] for other in chosen):
            chosen.append((start, end, name))
    return [
        (kept[start], kept[end - 1] + 1, name, (start, end, name) in found)
        for start, end, name in sorted(chosen)
    ]


def _stems(spelled: Sequence[tuple[str, ...]]) -> dict[str, int]:
    """What the names count, each with the place of its name; none that several names have in common."""
    short: dict[str, list[int]] = {}
    for name, forms in enumerate(spelled):
        for form in forms[:1]:
            for end in _COUNTING_ENDS:
                stem = form.removesuffix(end)
                if stem != form and len(stem) >= _SHORTEST:
                    short.setdefault(stem, []).append(name)
    return {stem: names[0] for stem, names in short.items() if len(names) == 1}


def _told_shorter(bare: str, stems: Mapping[str, int]) -> list[tuple[int, int, int]]:
    """Where a sentence tells what a name counts, with its figure directly behind."""
    return [
        (match.start(), match.end(), name)
        for stem, name in stems.items()
        for match in re.finditer(re.escape(stem), bare)
        if _FIGURE_BEHIND.match(bare, match.end())
    ]


def _heading_of(
    said: Said, headings: dict[int, tuple[Heading, int, bool]]
) -> tuple[Heading, int, bool] | None:
    """The nearest heading above that is an indicator's, None if another group begins in between."""
    for heading in reversed(said.path):
        if id(heading) in headings:
            return headings[id(heading)]
    return None


def _paired_headings(
    section: Section, spelled: Sequence[tuple[str, ...]], groups: Mapping[str, int]
) -> dict[int, tuple[Heading, int, bool]]:
    """The headings that name an indicator, each with it, and whether they name it as printed."""
    unlike = {id(said.path[-1]): said.path[-1] for said in section.said if said.is_heading}
    headings = list(unlike.values())[:_MOST_HEADINGS]
    words = [_bare(_BRACKETS.sub("", heading.words)) for heading in headings]
    likeness = [[_like(word, forms) for forms in spelled] for word in words]
    nearest = [sorted((row[name] for row in likeness), reverse=True)[:2] for name in range(len(spelled))]
    found: dict[int, tuple[Heading, int, bool]] = {}
    for place, heading in enumerate(headings):
        row = likeness[place]
        if not row:
            continue
        only = groups.get(HEADING_TAIL.sub("", words[place]))
        if only is not None:
            found[id(heading)] = (heading, only, False)
            continue
        name = max(range(len(row)), key=row.__getitem__)
        best = row[name]
        rivals = [value for other, value in enumerate(row) if other != name]
        if best < _NEAREST or best < max(rivals, default=0.0) + (0 if best == 1 else _AHEAD):
            continue
        if best < nearest[name][0]:
            continue
        found[id(heading)] = (heading, name, best == 1)
    return found


def _like(words: str, forms: tuple[str, ...]) -> float:
    """How alike a heading and a name are: 1 where they are the same, else by the pairs of characters they share."""
    if not words:
        return 0.0
    return max((_shared_pairs(words, form) for form in forms), default=0.0)


def _shared_pairs(one: str, other: str) -> float:
    if one == other:
        return 1.0
    mine = {one[at : at + 2] for at in range(len(one) - 1)}
    theirs = {other[at : at + 2] for at in range(len(other) - 1)}
    if not mine or not theirs:
        return 0.0
    return min(0.99, 2 * len(mine & theirs) / (len(mine) + len(theirs)))
