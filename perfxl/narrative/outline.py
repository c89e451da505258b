"""Headings of a report, and the sentences under each: what a sentence that says 该项指标 is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from perfxl.document.model import Document, Paragraph, Where
from perfxl.narrative.figures import Figure, figures_in
from perfxl.narrative.text import Sentence, sentences_of

_NUMERALS = "一二三四五六七八九十"
_MARKS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("chapter", re.compile(rf"第[{_NUMERALS}0-9]+[章部节](?:分)?")),
    ("一、", re.compile(rf"[{_NUMERALS}]{{1,3}}[、.](?!是)")),
    ("(一)", re.compile(rf"[(][{_NUMERALS}]{{1,3}}[)]、?")),
    ("1.", re.compile(r"[0-9]{1,2}(?:[、]|[.](?![0-9]))")),
    ("(1)", re.compile(r"[(][0-9]{1,2}[)]、?|[0-9]{1,2}[)]")),
    ("①", re.compile("[①-⑳]、?")),
)
_LONGEST_HEADING = 60
_ANNEX = re.compile(r"附件[0-9一二三四五六七八九十]{0,3}[:：.]?")
_REPORT = re.compile(r"报告(?:$|[（(])")
_MOST_FIGURES = 5_000
"""Figures of one report that are looked at: several times what the longest real one holds."""

_REMARK = re.compile(r"备?注[0-9]?[:：　.、]|填表说明|填报说明")
_LONGEST_ANNEX = 6
_TITLE_WITHIN = 6
_POINTS_BEHIND = re.compile(
    r"[,:;](?:[该此本]项|指标|自评|实际|综合|共|满分|标准|分值|权重|得分|得|扣分|扣|为|是|[0-9.]++分?|[,;:、])++。?$"
)
_STOP = re.compile(r"[。；;]")


class Heading(NamedTuple):
    """A heading: how it is numbered, its words without number and closing stop, and its sentence."""

    mark: str
    words: str
    sentence: Sentence


class Said(NamedTuple):
    """A sentence of the body with the headings above it, the highest first, and the figures in it."""

    sentence: Sentence
    path: tuple[Heading, ...]
    figures: tuple[Figure, ...]
    is_heading: bool = False

    @property
    def under(self) -> str:
        """The words of the nearest heading, "" for none."""
        return self.path[-1].words if self.path else ""


class Section(NamedTuple):
    """One report of a document: a document may hold several, each behind 附件 N."""

    said: tuple[Said, ...]

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure of the section in order."""
        return tuple(figure for said in self.said for figure in said.figures)


def sections_of(document: Document) -> tuple[Section, ...]:
    """Return the reports of a document in order, each sentence under its headings.

    What is annexed and no report itself (the form, its notes) is left out: it is not the report's own words.
    """
    parts: list[list[Paragraph]] = [[]]
    annexed = False
    for place, paragraph in enumerate(document.paragraphs):
        text = "".join(paragraph.text.split())
        if paragraph.where is Where.BODY and len(text) <= _LONGEST_ANNEX and _ANNEX.fullmatch(text):
            annexed = not _titles_report(document.paragraphs[place + 1 : place + _TITLE_WITHIN])
            if not annexed:
                parts.append([])
        if not annexed and not _REMARK.match(text):
            parts[-1].append(paragraph)
    sections = (Section(tuple(_said(part))) for part in parts)
    return tuple(section for section in sections if section.said)


def _titles_report(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether one of the paragraphs is the title of a report."""
    titles = ("".join(paragraph.text.split()) for paragraph in paragraphs)
    return any(_REPORT.search(title) for title in titles if len(title) <= _LONGEST_HEADING)


def _said(paragraphs: Iterable[Paragraph]) -> Iterator[Said]:
    path: list[Heading] = []
    figures_left = _MOST_FIGURES
    for paragraph in paragraphs:
        sentences = sentences_of(paragraph)
        for place, sentence in enumerate(sentences):
            heading = _heading(sentence) if place == 0 and paragraph.where is not Where.NOTE else None
            if heading is not None:
                _descend(path, heading)
            figures = figures_in(sentence)[:figures_left]
            figures_left -= len(figures)
            yield Said(sentence, tuple(path), figures, heading is not None)


def _descend(path: list[Heading], heading: Heading) -> None:
    """Put a heading into the path: below the last one of another kind, in the place of one of its own."""
    marks = [above.mark for above in path]
    if heading.mark in marks:
        del path[marks.index(heading.mark) :]
    path.append(heading)


def _heading(sentence: Sentence) -> Heading | None:
    """The heading that a paragraph's first sentence is, or None: numbered and short, or of a heading style."""
    plain = sentence.plain
    scored = _POINTS_BEHIND.search(plain)
    if scored is not None and not scored[0].startswith("。"):
        plain = plain[: scored.start()] + "。"  # (二)产出指标(40分),得34.8分。
    if len(plain) > _LONGEST_HEADING or (plain.endswith("。") and "," in plain):
        return None  # a numbered sentence
    level = sentence.paragraph.level
    for name, pattern in _MARKS:
        match = pattern.match(plain)
        if match is not None:
            words = plain[match.end() :].rstrip("。:;,")
            return Heading(name, words, sentence) if words and not _STOP.search(words) else None
    if level is not None:
        return Heading(f"style{level}", plain.rstrip("。:;,"), sentence)
    return None
