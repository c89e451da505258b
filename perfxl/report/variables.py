"""What a report template may name: each variable with its meaning and its shape, for the linter and for the guide.

The names are Chinese because the people who edit a template in Word or WPS are officers, not programmers.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Text(NamedTuple):
    """A variable that prints as text: {{ 年度 }}."""

    meaning: str


class Lines(NamedTuple):
    """Several paragraphs, for a loop: {%p for 段落 in 资金情况 %}."""

    meaning: str


class Records(NamedTuple):
    """Several entries with fields of their own, for a loop: {{ 分组.名称 }}."""

    meaning: str
    fields: Mapping[str, Variable]


class Place(NamedTuple):
    """Where a table or a chart is drawn; stands alone in its paragraph."""

    meaning: str


Variable = Text | Lines | Records | Place

PLACE_MARK = "\uf8f0{}\uf8f0"
"""What a place prints until the drawing takes its paragraph: signs for private use, which no officer types."""


def place(name: str) -> str:
    """Return what a place variable holds: the mark whose paragraph the drawing takes, or leaves where there is none."""
    return PLACE_MARK.format(name)
