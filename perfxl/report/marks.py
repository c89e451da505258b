"""Marks: what a draft cannot know or must not decide, said in its place and made visible.

A mark is plain text, 【待补充：…】 or 【请核对：…】, whether code writes it or an office types it into a
template. So what is highlighted, what is counted and what the reader sees are one and the same.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple

_MARK = re.compile(r"【(待补充|请核对)：([^【】]*)】")
_NO_BRACKETS = str.maketrans("【】", "〔〕")


class MarkKind(StrEnum):
    """Why a passage is marked."""

    MISSING = "待补充"  # only a person can write it, or the form lacks it
    DOUBT = "请核对"  # the form contradicts itself here


class Mark(NamedTuple):
    """A mark found in a text: from `start` to before `end`."""

    kind: MarkKind
    what: str
    start: int
    end: int


def missing(what: str) -> str:
    """Return the mark for what is to be written here: 【待补充：…】."""
    return f"【{MarkKind.MISSING}：{what.translate(_NO_BRACKETS)}】"


def doubt(what: str) -> str:
    """Return the mark for a contradiction that a person must settle: 【请核对：…】."""
    return f"【{MarkKind.DOUBT}：{what.translate(_NO_BRACKETS)}】"


def marks_in(text: str) -> list[Mark]:
    """Return the marks of a text, in order."""
    return [Mark(MarkKind(found[1]), found[2], found.start(), found.end()) for found in _MARK.finditer(text)]


def without_marks(text: str) -> str:
    """Return the text with its marks taken out."""
    return _MARK.sub("", text)
