"""The texts of a form that tell rather than state: goals, results, reasons, remarks; and the amounts in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from perfxl.form.labels import squeeze
from perfxl.form.model import Entry, Form
from perfxl.form.written import tidy
from perfxl.rules.amounts import unit_factor
from perfxl.rules.remembered import per_form

_SHORTEST = 3
"""Letters of the shortest text that can name an amount: 5万元."""


class Passage(NamedTuple):
    """One text of a form and what it is about, for messages."""

    entry: Entry
    subject: str


class Money(NamedTuple):
    """An amount of money named in a text: the number as written, its unit (元, 万元 …), where it begins and ends."""

    number: Decimal
    unit: str
    start: int
    end: int

    @property
    def yuan(self) -> Decimal:
        """The amount in 元."""
        return self.number * (unit_factor(self.unit) or 1)

    @property
    def digits(self) -> int:
        """The decimals written."""
        return max(0, -int(self.number.as_tuple().exponent))

    def __str__(self) -> str:
        return f"{self.number:f}{self.unit}"


def goals(form: Form) -> Iterator[Passage]:
    """The yearly goal and what became of it, where they hold text."""
    for entry, subject in ((form.goals.target, "年度总体目标"), (form.goals.actual, "总体目标实际完成情况")):
        if entry is not None and isinstance(entry.value, str) and entry.text:
            yield Passage(entry, subject)


@per_form
def passages(form: Form) -> tuple[Passage, ...]:
    """The goals, and the targets, actual values and reasons of indicators: every text an office writes itself."""
    return tuple(_passages(form))


def _passages(form: Form) -> Iterator[Passage]:
    yield from goals(form)
    seen: set[tuple[int, int]] = set()
    for row in form.indicators:
        for entry in (row.target, row.actual, row.reason):
            if entry is None or not isinstance(entry.value, str) or len(entry.value) < _SHORTEST:
                continue
            place = entry.cell.row, entry.cell.column
            if place not in seen:
                seen.add(place)
                yield Passage(entry, row.subject)
    for project in form.projects:
        name = squeeze(project.name.text) if project.name is not None else ""
        for entry in (project.goal, project.actual):
            if entry is not None and isinstance(entry.value, str):
                yield Passage(entry, name)


def plain_text(entry: Entry) -> str:
    """A text with half-width signs and without white space."""
    return tidy(entry.text).replace(" ", "")


def amounts_in(text: str) -> tuple[Money, ...]:
    """Every amount of money in a plain text; a price (30元/人) is none."""
    return tuple(
        Money(Decimal(match[1].replace(",", "")), match[2], match.start(), match.end())
        for match in _money().finditer(text)
    )


@cache
def _money() -> re.Pattern[str]:
    return re.compile(r"(?<![\d.,])(\d+(?:,\d{3})*(?:\.\d+)?)(亿元|百万元|万元|千元|元)(?![/每])")
