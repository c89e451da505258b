"""The text of a scoring standard made ready to be read, and the small pieces all families share.

Standards are typed by many hands: full-width and half-width signs, 大于等于 for ≥, numerals for digits,
breaks inside words. `plain` gives them one form; what the words are called stands in `words.toml`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from perfxl.form.written import chinese_number, tidy

NUMBER = r"\d+(?:\.\d+)?"
NUMBERING = re.compile(
    r"(?:\d{1,2}[.、](?!\d)|\(\d{1,2}\)|[①-⑳]|[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|[一二三四五六七八九十]是)"
)
_NUMERAL = "[零一二两三四五六七八九十百]+"
_FRACTION_WORDS = re.compile(rf"({_NUMERAL})分之({_NUMERAL})")
_HALF = re.compile(r"(?<=[扣得])(?:除)?(?:该项|本项)?(?:分值)?的?一半(?:分值)?|(?<=分值)的?一半")
_COUNTED = re.compile(
    rf"(?<![第〔十百])({_NUMERAL})(?=(?:个)?(?:百分点|%)|[个项次家人天处例件条日月份分户篇期档名起](?![一-龥]?法))"
)
_SIGNS = str.maketrans({"×": "*", "÷": "/", "✕": "*", "·": "*", "【": "(", "】": ")"})
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_COMPLETION = re.compile(r"(?<![A-Za-z])B/A(?:或者?A/B)?(?![A-Za-z])")
"""How the heads of the national form name it: 实际值(B) over 指标值(A)."""
_DEFINITION = re.compile(
    r"(?:^|(?<=[,;。:]))(?:[^,;。:=]{2,24}[率比度]=[^,;。:=]+/[^,;。:=]+?(?:\*100%)?|[^,;。:=]+/[^,;。:=]+\*100%)[,;。](?=.)"
)
"""What a rate is, told before how it is scored: 覆盖率=已覆盖数/应覆盖数*100%."""
_PER_CENT_WORDS = re.compile(r"百分之(\d+(?:\.\d+)?)")
_SAID_TWICE = re.compile(rf"(?<=≥)({NUMBER}%?)以上")
_BASE_APART = re.compile(rf"(以{NUMBER}%?为(?:标准|基准|基数))[。;](?=每)")
_ALL_DONE = re.compile(r"(?<![A-Za-z/])(?:A=B|B=A|B≥A|A≤B)(?![A-Za-z/])")
"""The whole of A was done, by the same heads."""
_AGAINST_TARGET = re.compile(
    r"实际(?:完成)?(?:值|数|数量)(?=[≥<>])([≥<>])(?:目标|指标|计划|标准|任务)(?:完成)?(?:值|数|数量)"
)


@cache
def words() -> dict[str, dict[str, Any]]:
    """The word file as loaded."""
    with (Path(__file__).parent / "words.toml").open("rb") as file:
        return tomllib.load(file)


def any_of(patterns: Iterable[str]) -> str:
    """Return one regular expression for several, longest first, in a group of its own."""
    return f"(?:{'|'.join(sorted(patterns, key=len, reverse=True))})"


@cache
def word(table: str, name: str) -> str:
    """Return the regular expression that the word file gives under a name."""
    entry = words()[table][name]
    return f"(?:{entry})" if isinstance(entry, str) else any_of(entry)


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Return a standard with one form of each sign, no white space, digits for numerals that count something."""
    bare = _THOUSANDS.sub("", "".join(tidy(text).split()).translate(_SIGNS))
    bare = _FRACTION_WORDS.sub(_fraction, bare)
    bare = _HALF.sub(lambda match: match[0].replace("一半", "1/2"), bare)
    bare = _COUNTED.sub(_digits, bare)
    bare = _PER_CENT_WORDS.sub(r"\1%", bare)
    bare = _ALL_DONE.sub("完成率≥100%", _compared(_COMPLETION.sub("完成率", bare)))
    bare = _BASE_APART.sub(r"\1,", _SAID_TWICE.sub(r"\1", bare))
    if "≥" in _AGAINST_TARGET.findall(bare):  # of a ceiling the completion is another quotient
        bare = _AGAINST_TARGET.sub(r"完成率\g<1>100%", bare)
    return _DEFINITION.sub("", bare)


def _fraction(match: re.Match[str]) -> str:
    below, above = chinese_number(match[1]), chinese_number(match[2])
    if match[1] == "百" and above is not None:
        return f"{above}%"
    return f"{above}/{below}" if below and above is not None else match[0]


def _digits(match: re.Match[str]) -> str:
    number = chinese_number(match[1])
    return match[0] if number is None else str(number)


@cache
def _comparisons() -> tuple[tuple[re.Pattern[str], str], ...]:
    table: dict[str, list[str]] = words()["comparison"]
    spoken = sorted(
        ((pattern, sign) for sign, patterns in table.items() for pattern in patterns),
        key=lambda pair: len(pair[0]),
        reverse=True,
    )
    return tuple((re.compile(f"{pattern}(?=[\\d.])"), sign) for pattern, sign in spoken)


def _compared(text: str) -> str:
    for pattern, sign in _comparisons():
        text = pattern.sub(sign, text)
    return text


def without_numbering(text: str) -> str:
    """Return a clause without separators and numbering at its ends."""
    before = None
    while before != text:
        before = text
        text = text.lstrip(",;。、:. ")
        match = NUMBERING.match(text)
        text = text[match.end() :] if match else text
    return text.rstrip(",;。、:. ")


def harmless(text: str) -> bool:
    """Whether a stretch of text beside the rule changes nothing in it: no figures, no points, or a known saying."""
    rest = re.sub(word("harmless", "clause"), "", without_numbering(text))
    return re.search(r"[\d%]|扣|得\D{0,6}分|加分", rest) is None


def share(text: str) -> Decimal | None:
    """Return a share of the weight as a fraction: "1/10" -> 0.1, "20%" -> 0.2; None where it is none."""
    if match := re.fullmatch(rf"({NUMBER})%", text):
        return Decimal(match[1]) / 100
    if match := re.fullmatch(r"(\d+)/(\d+)", text):
        return Decimal(match[1]) / Decimal(match[2]) if Decimal(match[2]) else None
    return None


def periods(text: str) -> int:
    """How many periods a standard judges one by one: the quarters it lists, all four, or twelve months."""
    listed = re.search(r"第?((?:\d|[一二三四])(?:[、,和及]第?(?:\d|[一二三四]))+)个?季度", text)
    if listed is not None:
        return len(re.findall(r"[\d一二三四]", listed[1]))
    if re.search(r"每个?季度|按季度?|各季度|4个季度", text):
        return 4
    if re.search(r"每个?月|按月|逐月|12个月", text):
        return 12
    return 0
