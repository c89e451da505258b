r"""Labels of a form: normalising what is printed, and asking the vocabulary what it is.

A printed label may be split by spaces or line breaks, use full-width signs, and carry marks in
brackets ("全年预算数（A）", "产出指标\\n(50分)"). `core` takes all that off; `role` looks the rest
up in `vocabulary.toml`.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import lru_cache
from pathlib import Path

_SPACE = re.compile(r"\s+")
_BRACKETS = re.compile(r"\([^()]*\)|《[^《》]*》|〈[^〈〉]*〉|\[[^\[\]]*\]|【[^【】]*】")
_NUMBERING = re.compile(
    r"^(?:[一二三四五六七八九十]+、|\d{1,2}[.、:)](?!\d)|[①-⑳]|[(][一二三四五六七八九十\d]+[)])+"
)
_BRACKET = re.compile(r"(?<!\\)\((?!\?)")
_SENTENCE = re.compile(r"[,。;!?]")
_AMONG = re.compile(r"^其中(?:[:,、]|$)?")
_PAIR = re.compile(r"\s*([^:：]{1,24}?)\s*[:：]\s*(.*)", re.DOTALL)
_LEVEL_IN_BRACKETS = re.compile(r"(?:绩效|评价)?指标(?:名称)?[(]([一二三])级(?:指标)?[)]")
_LEVELS = {"一": "level1", "二": "level2", "三": "level3"}
_LONGEST_LABEL = 40


@lru_cache(maxsize=8192)
def squeeze(text: str) -> str:
    """Return a text with full-width signs made half-width and all white space removed."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", text))


@lru_cache(maxsize=8192)
def core(text: str) -> str:
    """Return the bare label: no white space, numbering, brackets, "其中:" or closing colon; "" for a long text."""
    # NFKC would turn ① into 1, so the numbering goes first.
    bare = _SPACE.sub("", text)
    if len(bare) > _LONGEST_LABEL + 20:
        return ""
    bare = unicodedata.normalize("NFKC", _NUMBERING.sub("", bare)).strip(":;,.*※·-—_")
    bare = _NUMBERING.sub("", bare)
    without = _BRACKETS.sub("", bare).rstrip("=/+")  # 执行率(5)=(4)/(3)
    bare = without or bare.strip("()《》[]【】")
    bare = _AMONG.sub("", bare).strip(':;,.*※·-—_、"“”')
    if _SENTENCE.search(bare):
        return ""
    return bare if len(bare) <= _LONGEST_LABEL else ""


def key(text: str) -> str:
    """Return a label as a key of the contract's JSON: as printed, white space and the closing colon removed."""
    return _SPACE.sub("", text).rstrip(":：")


@lru_cache(maxsize=8192)
def role(table: str, text: str) -> str | None:
    """Return what a label is in a table of the vocabulary ("indicator", "fund", …), or None."""
    bare = core(text)
    if not bare:
        return None
    if table == "indicator" and (level := _LEVEL_IN_BRACKETS.fullmatch(squeeze(text))):
        return _LEVELS[level[1]]
    match = _pattern(table).fullmatch(bare)
    return match.lastgroup if match else None


def search(table: str, text: str) -> str | None:
    """Return the first entry of a table that is found anywhere in a text (titles), or None."""
    return next(
        (name for name, entries in _tables()[table].items() if re.search("|".join(entries), text)), None
    )


def squeeze_only(text: str) -> str:
    """Return a text with its white space removed, its signs as printed."""
    return _SPACE.sub("", text)


def preferred(role_name: str, label: str) -> bool:
    """Whether, of two columns with the same role, one with this label is the one to take."""
    entries = _tables()["prefer"].get(role_name)
    return entries is not None and re.search("|".join(entries), core(label)) is not None


def in_cell_pair(text: str) -> tuple[str, str] | None:
    """Return (label, value) of a cell that holds both ("单位：万元"), or None; the value may be empty."""
    match = _PAIR.fullmatch(text)
    return (match[1], match[2].strip()) if match else None


@lru_cache(maxsize=1)
def _tables() -> dict[str, dict[str, list[str]]]:
    with (Path(__file__).parent / "vocabulary.toml").open("rb") as file:
        return tomllib.load(file)


@lru_cache(maxsize=32)
def _pattern(table: str) -> re.Pattern[str]:
    roles = _tables()[table]
    return re.compile(
        "|".join(f"(?P<{name}>{_grouping('|'.join(entries))})" for name, entries in roles.items())
    )


def _grouping(pattern: str) -> str:
    """Return a pattern whose brackets only group: the vocabulary stays readable, and the role is the only group."""
    return _BRACKET.sub("(?:", pattern)
