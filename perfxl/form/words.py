"""Words of degree, attainment and comparison, read from `degree_words.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from perfxl.form.units import BARE, Unit
from perfxl.form.value_types import Attainment, Degree, Operator, Quantity, Strength, Trend
from perfxl.form.written import HAN, tidy

_NOTE = re.compile(r"[。,;:(]")
_LONGEST_SUBJECT = 20
_SUBJECT = rf"(?P<subject>(?:{HAN}|[A-Za-z\"&]|[“”·《》]){{0,{_LONGEST_SUBJECT}}}?)"
_LONGEST = 40
_ALL_THAT_SHOULD = re.compile(rf"(?:应{HAN}{{1,2}}尽{HAN}{{1,2}})+")  # 应保尽保


def any_of(words: Iterable[str]) -> str:
    """Return a regular expression for any of the words, longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@cache
def tables() -> dict[str, Any]:
    """The word file as loaded."""
    with (Path(__file__).parent / "degree_words.toml").open("rb") as file:
        return tomllib.load(file)


def split_note(text: str) -> tuple[str, str]:
    """Return what stands before the first punctuation or bracket, and the rest with that sign."""
    match = _NOTE.search(text)
    return (text, "") if match is None else (text[: match.start()].rstrip(), text[match.start() :])


def attainment(text: str) -> Attainment | None:
    """Return the attainment that a tidy text states before its first punctuation, or None."""
    head, note = split_note(text)
    if not head or len(head) > _LONGEST:
        return None
    grammar = _attainment()
    if _ALL_THAT_SHOULD.fullmatch(head):
        return Attainment(head, True, note=note)
    if head in grammar.whole:
        return Attainment(head, grammar.whole[head], note=note)
    match = grammar.pattern.fullmatch(head)
    if match is None:
        return None
    subject = match["subject"]
    turn, word = match["turn"], match["word"]
    if subject and grammar.no_subject.search(subject):
        return None
    reached = None if turn in grammar.partial else not turn
    if not turn and not (match["before"] or word in grammar.alone):
        return None  # 信息公开 names a task; 已公开 and 及时公开 say that it was done
    if reached and grammar.taken_back.search(note):
        return None
    return Attainment(head[len(subject) :], reached, subject, note)


def tells_attainment(text: str) -> bool:
    """Whether a text holds a word of attainment (完成, 及时, 足额, 全部), wherever it stands."""
    return _attainment().word.search(text) is not None


def degree(text: str) -> Degree | None:
    """Return the degree that a tidy text states before its first punctuation, or None."""
    head, note = split_note(text)
    if not head or len(head) > _LONGEST:
        return None
    grammar = _degree()
    if head in grammar.alone:
        return Degree(head, Trend.STATE, grammar.alone[head], note=note)
    match = grammar.pattern.fullmatch(head)
    if match is None:
        return None
    subject = match["subject"]
    word = head[len(subject) :]
    state = match["state"]
    if state is not None:
        return Degree(word, Trend.STATE, grammar.states[state], subject, note)
    verb = match["verb"] or match["led"]
    said = [
        grammar.adverbs[adverb]
        for adverb in grammar.adverb.findall(match["adverbs"] or match["behind"] or "")
    ]
    if not said and (subject or verb in grammar.with_adverb):
        return None
    return Degree(word, grammar.verbs[verb], max(said, default=Strength.UNSAID), subject, note)


def nothing(text: str) -> Quantity | None:
    """Return the nought that a tidy text writes in words: 零投诉, 无安全事故, 未发生事故, 零; else None."""
    match = _nothing().fullmatch(text)
    if match is None:
        return None
    noun = match["noun"]
    return Quantity(Decimal(0), Unit(noun, noun, known=False) if noun else BARE)


@cache
def _nothing() -> re.Pattern[str]:
    table = tables()["nothing"]
    return re.compile(
        rf"(?:{any_of(table['alone'])})|(?:{any_of(table['before'])})(?P<noun>{any_of(table['nouns'])})(?:{any_of(table['end'])})?"
    )


def operator_named(text: str) -> Operator | None:
    """Return the operator of an operator column (指标性质): "≧", "大于等于", "正向"; None for 定性 and blanks."""
    return _operators().get(tidy(text).replace(" ", ""))


@cache
def _operators() -> dict[str, Operator]:
    words = tables()["operators"]
    return {
        word: Operator(sign)
        for place in ("before", "column")
        for sign, names in words[place].items()
        for word in names
    }


class _AttainmentGrammar(NamedTuple):
    whole: dict[str, bool | None]
    pattern: re.Pattern[str]
    alone: frozenset[str]
    partial: frozenset[str]
    no_subject: re.Pattern[str]
    taken_back: re.Pattern[str]
    word: re.Pattern[str]


@cache
def _attainment() -> _AttainmentGrammar:
    words = tables()["attainment"]
    before = f"(?:{any_of(words['before'])})*"
    whole: dict[str, bool | None] = dict.fromkeys(words["whole"], True)
    whole |= dict.fromkeys(words["partial_whole"], None) | dict.fromkeys(words["failed_whole"], False)
    return _AttainmentGrammar(
        whole=whole,
        pattern=re.compile(
            f"{_SUBJECT}(?P<before>{before})(?P<turn>{any_of([*words['failed'], *words['partial']])})?{before}"
            f"(?P<word>{any_of([*words['alone'], *words['after']])})了?(?:{any_of(words['object'])})?"
        ),
        alone=frozenset(words["alone"]),
        partial=frozenset(words["partial"]),
        no_subject=re.compile(f"^(?:{any_of(words['no_start'])})|(?:{any_of(words['no_subject'])})$"),
        taken_back=re.compile(any_of(words["taken_back"])),
        word=re.compile(any_of([*words["alone"], *words["before"]])),
    )


class _DegreeGrammar(NamedTuple):
    alone: dict[str, Strength]
    states: dict[str, Strength]
    adverbs: dict[str, Strength]
    verbs: dict[str, Trend]
    with_adverb: frozenset[str]
    adverb: re.Pattern[str]
    pattern: re.Pattern[str]


@cache
def _degree() -> _DegreeGrammar:
    words = tables()["degree"]
    levels = {"weak": Strength.WEAK, "medium": Strength.MEDIUM, "strong": Strength.STRONG}
    adverbs = {word: level for name, level in levels.items() for word in words[name]}
    states = {word: level for name, level in levels.items() for word in words[f"state_{name}"]}
    verbs = {word: trend for trend in (Trend.UP, Trend.DOWN) for word in words[trend.value]}
    adverb, verb = any_of(adverbs), any_of(verbs)
    behind = any_of(word for word, level in adverbs.items() if level is Strength.STRONG)
    in_sentence = any_of(word for word in states if word not in words["alone"])
    return _DegreeGrammar(
        alone={word: states[word] for word in words["alone"]},
        states=states,
        adverbs=adverbs,
        verbs=verbs,
        with_adverb=frozenset(words["with_adverb"]),
        adverb=re.compile(adverb),
        pattern=re.compile(
            rf"{_SUBJECT}(?:(?P<adverbs>(?:{adverb})*)(?:的|地)?(?P<verb>{verb})"
            rf"|(?P<led>{verb})(?:效果|成效|程度)?(?P<behind>{behind})|(?P<state>{in_sentence}))"
        ),
    )
