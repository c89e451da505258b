"""The parameters a rule or a method needs, for the year of a form and the place it comes from.

They live in TOML files of this folder, each value with the year it holds from, its source and how sure that
source is: `national.toml`, and one file for each jurisdiction with what differs there. Nothing else in the
program knows a line, a weight or a grade by number, or a place by name.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from perfxl.form.model import Form

NATIONAL = "national"


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


class GradeScale(NamedTuple):
    """A scale of grades from the best down."""

    name: str
    steps: tuple[Step, ...]
    source: Source

    def word(self, score: Decimal) -> str:
        """Return the grade of a score in points; a negative score has the lowest grade."""
        return next((step.word for step in self.steps if score >= step.lowest), self.steps[-1].word)


class Cap(NamedTuple):
    """The most points a form may have in all where the execution rate (a fraction) is below `rate`."""

    rate: Decimal
    most: Decimal


class Settings(NamedTuple):
    """The parameters in force for one year and place. Marks and weights in points, lines as fractions of the target.

    `rate_digits` are the decimals of an execution rate as a fraction, `score_digits` those of a score. `bands` are
    the lower ends of the upper qualitative bands as fractions of the weight; `execution_caps` begin with the lowest
    rate; `reverse_rule` is "ratio" or "linear". `jurisdiction` is the file's name for the place, "" for none.
    """

    full_marks: Decimal
    execution_weight: Decimal
    over_target_line: Decimal
    rate_digits: int
    score_digits: int
    grade_scales: tuple[GradeScale, ...]
    sources: Mapping[str, Source]
    reverse_rule: str
    bands: tuple[Decimal, ...]
    pass_mark: Decimal
    execution_caps: tuple[Cap, ...]
    jurisdiction: str = ""


def settings_for(subject: Dated, jurisdiction: str | None = None) -> Settings:
    """Return the parameters for a form's year and place; the newest ones for a form that prints no year.

    The place is the jurisdiction whose names occur in the form's title, header or footer, or the one named by
    `jurisdiction` (a name of `jurisdictions()`; KeyError for any other).
    """
    if jurisdiction is not None:
        return _settings(subject.year, {name: file for file, name in _names().items()}[jurisdiction])
    return _settings(subject.year, _place_of(subject) if isinstance(subject, Form) else "")


def jurisdictions() -> tuple[str, ...]:
    """Return the names of the places that have parameters of their own."""
    return tuple(_names().values())


@lru_cache(maxsize=64)
def _settings(year: int | None, place: str) -> Settings:
    tables = {**_tables(NATIONAL), **(_tables(place) if place else {})}
    chosen = {
        name: _in_force(values, year)
        for name, values in tables.items()
        if name not in ("grades", "jurisdiction")
    }
    return Settings(
        full_marks=Decimal(chosen["full_marks"]["value"]),
        execution_weight=Decimal(chosen["execution_weight"]["value"]),
        over_target_line=Decimal(chosen["over_target_line"]["value"]),
        rate_digits=int(chosen["rate_digits"]["value"]),
        score_digits=int(chosen["score_digits"]["value"]),
        grade_scales=tuple(_scale(values, year) for values in _by_scale(tables["grades"]).values()),
        sources={name: _source(entry) for name, entry in chosen.items()},
        reverse_rule=chosen["reverse_rule"]["value"],
        bands=tuple(map(Decimal, chosen["bands"]["value"])),
        pass_mark=Decimal(chosen["pass_mark"]["value"]),
        execution_caps=tuple(
            Cap(Decimal(rate), Decimal(most)) for rate, most in chosen["execution_caps"]["value"]
        ),
        jurisdiction=_names().get(place, ""),
    )


@lru_cache(maxsize=32)
def _tables(file: str) -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / f"{file}.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    """The jurisdictions: file name without its ending, and name."""
    files = sorted(path.stem for path in Path(__file__).parent.glob("*.toml"))
    return {file: _tables(file)["jurisdiction"]["name"] for file in files if file != NATIONAL}


def _place_of(form: Form) -> str:
    """The one jurisdiction that a form's title, header and footer name; of two, the one named by more letters."""
    text = "\n".join(_texts(form))
    found = [
        (max(map(len, matches)), file)
        for file in _names()
        if (matches := re.findall("|".join(_tables(file)["jurisdiction"]["matches"]), text))
    ]
    longest = max((length for length, _ in found), default=0)
    best = [file for length, file in found if length == longest]
    return best[0] if len(best) == 1 else ""


def _texts(form: Form) -> Iterator[str]:
    if form.title is not None:
        yield form.title.text
    for field in (*form.header.values(), *form.footer.values()):
        yield field.text


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
