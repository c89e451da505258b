"""The parameters a rule or a method needs, for the year of a form.

They live in `national.toml`, each value with the year it holds from, its source and how sure that
source is. Nothing else in the program knows a line, a weight or a grade by number.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, Protocol


class Dated(Protocol):
    """Whatever belongs to a budget year: a form. None means that the year is not printed."""

    @property
    def year(self) -> int | None:
        """The budget year."""


class Source(NamedTuple):
    """Where a value comes from: document number, article, address, and the mark of certainty (V, S, C or G)."""

    number: str
    article: str
    address: str
    mark: str


class Step(NamedTuple):
    """One grade (等级) of a scale and the lowest score, in points, that has it."""

    word: str
    lowest: Decimal


@dataclass(frozen=True, slots=True)
class GradeScale:
    """A scale of grades from the best down."""

    name: str
    steps: tuple[Step, ...]
    source: Source

    def word(self, score: Decimal) -> str:
        """Return the grade of a score in points; a negative score has the lowest grade."""
        return next((step.word for step in self.steps if score >= step.lowest), self.steps[-1].word)


@dataclass(frozen=True, slots=True)
class Settings:
    """The parameters in force for one year. Marks and weights in points, lines as fractions of the target.

    `rate_digits` are the decimals of an execution rate as a fraction, `score_digits` those of a score.
    """

    full_marks: Decimal
    execution_weight: Decimal
    over_target_line: Decimal
    rate_digits: int
    score_digits: int
    grade_scales: tuple[GradeScale, ...]
    sources: Mapping[str, Source]


def settings_for(subject: Dated) -> Settings:
    """Return the parameters for a form's year; the newest ones for a form that prints no year."""
    return _settings(subject.year)


@lru_cache(maxsize=64)
def _settings(year: int | None) -> Settings:
    tables = _tables()
    chosen = {name: _in_force(values, year) for name, values in tables.items() if name != "grades"}
    return Settings(
        full_marks=Decimal(chosen["full_marks"]["value"]),
        execution_weight=Decimal(chosen["execution_weight"]["value"]),
        over_target_line=Decimal(chosen["over_target_line"]["value"]),
        rate_digits=int(chosen["rate_digits"]["value"]),
        score_digits=int(chosen["score_digits"]["value"]),
        grade_scales=tuple(_scale(values, year) for values in _by_scale(tables["grades"]).values()),
        sources={name: _source(entry) for name, entry in chosen.items()},
    )


@lru_cache(maxsize=1)
def _tables() -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads(Path(__file__).with_name("national.toml").read_text(encoding="utf-8"))


def _in_force(values: list[dict[str, Any]], year: int | None) -> dict[str, Any]:
    """The newest value that holds for the year; the oldest one for a year before all of them."""
    held = [entry for entry in values if year is None or entry["since"] <= year]
    return held[-1] if held else values[0]


def _by_scale(entries: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    scales: dict[str, list[dict[str, Any]]] = {}
    for entry in entries:
        scales.setdefault(entry["scale"], []).append(entry)
    return scales


def _scale(values: list[dict[str, Any]], year: int | None) -> GradeScale:
    entry = _in_force(values, year)
    steps = tuple(Step(word, Decimal(lowest)) for word, lowest in entry["steps"])
    return GradeScale(entry["scale"], steps, _source(entry))


def _source(entry: dict[str, Any]) -> Source:
    return Source(entry["number"], entry["article"], entry["address"], entry["mark"])
