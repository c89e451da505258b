"""The parameters a rule or a method needs, for the year of a form and the place it comes from.

They live in TOML files (see `places`), each value with the year it holds from, its source and how sure that source
is: `national.toml`, and one file for each jurisdiction with what differs there. Nothing else in the program knows a
line, a weight or a grade by number, or a place by name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import partial
from typing import Any, NamedTuple, Protocol

from perfxl.form.model import Form
from perfxl.settings.places import Place, place_named, places
from perfxl.settings.preferences import preferences


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
    rate; `reverse_rule` is "ratio" or "linear". `jurisdiction` is the name of the place.
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
    jurisdiction: str


class SettingsFor(Protocol):
    """What gives a form its parameters: `settings_for`, perhaps with a place that the user named."""

    def __call__(self, subject: Form, /) -> Settings:
        """Return the parameters for a form."""


def settings_for(subject: Dated, jurisdiction: str | None = None) -> Settings:
    """Return the parameters for a form's year and place; the newest ones for a form that prints no year.

    The place is the one named by `jurisdiction` (see `jurisdictions`), else the one in the user's preferences, else
    the one whose words occur in the form's title, header or footer. Raises UnknownJurisdiction, and BadParameters or
    BadPreferences for what an office has set for itself.
    """
    chosen = jurisdiction or preferences().jurisdiction
    if chosen:
        place = place_named(chosen)
    else:
        place = _place_of(subject) if isinstance(subject, Form) else places()[0]
    return _settings(subject.year, place)


def chosen_settings(jurisdiction: str | None) -> SettingsFor:
    """Return what gives each form its parameters where the user named that place, or none.

    Raises UnknownJurisdiction, BadParameters and BadPreferences at once, not first for a form.
    """
    chosen = jurisdiction or preferences().jurisdiction
    if chosen:
        place_named(chosen)
    else:
        places()
    return partial(settings_for, jurisdiction=chosen)


def jurisdictions() -> tuple[str, ...]:
    """Return the names of the places that have parameters, the whole country first."""
    return tuple(place.name for place in places())


def _settings(year: int | None, place: Place) -> Settings:
    tables = {name: values for layer in place.layers for name, values in layer.items()}
    chosen = {name: _in_force(values, year) for name, values in tables.items() if name != "grades"}
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
        jurisdiction=place.name,
    )


def _place_of(form: Form) -> Place:
    """The one place that a form's title, header and footer name; of two, the one named by more letters."""
    text = "\n".join(_texts(form))
    country, *others = places()
    found = [(max((len(word) for word in place.words if word in text), default=0), place) for place in others]
    longest = max((length for length, _ in found), default=0)
    best = [place for length, place in found if length == longest]
    return best[0] if longest and len(best) == 1 else country


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
