"""Comparisons with another year or standard: 不低于上年, 较上年减少, 逐年提高, 同比增长≥5%, 提高5个百分点."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from perfxl.form import words
from perfxl.form.amounts import DIGIT, LABEL_STOP, NOUN, quantity
from perfxl.form.value_types import BASES_OF_THEIR_OWN, Comparison, Operator, Quantity, Trend
from perfxl.form.written import HAN

_TURNED = ("不", "未", "没", "没有", "无")
"""A negation at the end of the subject turns the condition behind it."""


def comparison(text: str) -> Comparison | None:
    """Return the comparison that a tidy text states before its first punctuation, or None."""
    grammar = _grammar()
    if grammar.keyword.search(text) is None:
        return None
    return _condition(text, grammar) or _movement(text, grammar)


def _condition(text: str, grammar: _Grammar) -> Comparison | None:
    head, note = words.split_note(text)
    match = grammar.condition.fullmatch(head)
    if match is None or match["subject"].endswith(_TURNED):
        return None
    base = match["base"] or match["other"]
    if grammar.word.search(match["subject"]) or grammar.word.search(base):
        return None
    operator = Operator(grammar.conditions[match["word"]])
    return Comparison(base, operator=operator, subject=match["subject"], note=note)


def _movement(text: str, grammar: _Grammar) -> Comparison | None:
    match = grammar.movement.match(text)
    if match is None or (match["subject"] and LABEL_STOP.search(match["subject"])):
        return None
    base, verb = match["base"] or match["own"] or "", match["verb"]
    note = text[match.end() :].lstrip()
    amount: Quantity | None = None
    if DIGIT.search(words.split_note(note)[0]):
        amount = quantity(note)
        if amount is None or amount.label or amount.unit.bare or NOUN.fullmatch(amount.note):
            return None
        note, amount = amount.note, amount._replace(note="")
    elif not base and verb not in grammar.alone:
        return None
    trend = grammar.trends[verb]
    if words.split_note(note)[0] or (trend is Trend.STATE and amount is not None):
        return None
    return Comparison(
        base, trend, (match["manner"] or "") + verb, Operator.NONE, amount, match["subject"], note
    )


class _Grammar(NamedTuple):
    keyword: re.Pattern[str]
    word: re.Pattern[str]
    condition: re.Pattern[str]
    movement: re.Pattern[str]
    conditions: dict[str, str]
    trends: dict[str, Trend]
    alone: frozenset[str]


@cache
def _grammar() -> _Grammar:
    table = words.tables()["comparison"]
    trends = dict.fromkeys(table["up"], Trend.UP)
    trends |= dict.fromkeys(table["down"], Trend.DOWN) | dict.fromkeys(table["level"], Trend.STATE)
    bases, own = words.any_of(table["base"]), words.any_of(BASES_OF_THEIR_OWN)
    end, verbs = words.any_of(table["base_end"]), words.any_of(trends)
    conditions = words.any_of(table["conditions"])
    subject = rf"(?P<subject>(?:{HAN}|[A-Za-z\"]|[“”·]){{0,20}}?)"
    year = r"(?:19|20)[0-9]{2}年"
    return _Grammar(
        keyword=re.compile(f"{conditions}|{verbs}"),
        word=re.compile(conditions),
        condition=re.compile(
            rf"{subject}(?P<word>{conditions})(?:(?P<base>{bases}|{year})(?:{end})*|(?P<other>{HAN}{{2,12}}))"
        ),
        movement=re.compile(
            # What stands between base and verb (有所, 事故) belongs to the movement; an operator may follow the verb.
            rf"{subject}(?:(?:(?:与|较|比|同|和)(?P<base>{bases}|{year})(?:{end})*|(?P<own>{own})),?"
            rf"(?P<manner>{HAN}{{0,6}}?))?(?P<verb>{verbs})了?(?:幅度|比例)?"
            rf"(?:(?!{HAN})|(?=不|约|近|超|至|最|低|少|高|多|大|小))"
        ),
        conditions=dict(table["conditions"]),
        trends=trends,
        alone=frozenset(table["level_alone"]),
    )
