"""The year that a report tells of, held against its form's.

Figures of another year are compared with nothing, so a report that names the wrong year would pass unread.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from perfxl.form.model import Entry, Form
from perfxl.narrative.outline import Said
from perfxl.narrative.statements import RATES
from perfxl.rules.held import Held, fits
from perfxl.rules.known import Known, money, rates

_TITLE_WITHIN = 6
_LONGEST_TITLE = 60
_YEAR_OF_TITLE = re.compile(r"(20[0-9]{2})年度")
_YEAR = re.compile(r"(20[0-9]{2})年")
_ENOUGH = 2
"""Figures of the form that a sentence must state before the year beside them is taken for wrong."""


class YearTold(NamedTuple):
    """A year that is not the form's: where it is said, and the cells that show it."""

    said: Said
    year: int
    cells: tuple[Entry, ...]


def wrong_years(held: Held, form: Form) -> Iterator[YearTold]:
    """Yield the year of the title that is not the form's; else the sentences that put the form's money into another."""
    if form.year is None:
        return
    titles = [
        said
        for said in held.section.said[:_TITLE_WITHIN]
        if not said.path
        and len(said.sentence.plain) <= _LONGEST_TITLE
        and not said.sentence.plain.endswith("。")
    ]
    told = [(said, int(year)) for said in titles for year in _YEAR_OF_TITLE.findall(said.sentence.plain)]
    if told and form.year not in {year for _, year in told}:
        said, year = told[0]
        yield YearTold(said, year, (form.title,) if form.title is not None else ())
        return
    for said in held.section.said:
        years = {int(year) for year in _YEAR.findall(said.sentence.plain)}
        if len(years) != 1 or form.year in years:
            continue
        known = list(_stated(held, form, said))
        if len(known) >= _ENOUGH:
            yield YearTold(said, years.pop(), tuple(entry for each in known for entry in each.cells))


def _stated(held: Held, form: Form, said: Said) -> Iterator[Known]:
    """The form's budget, spending and rate where a sentence states just these for another year."""
    met: set[str] = set()
    for statement in held.book.statements:
        if statement.said is not said or statement.period != "other" or statement.subject or statement.within:
            continue
        read = rates if statement.aspect in RATES else money
        for each in read(form, statement.source, statement.aspect):
            if statement.aspect not in met and each.value not in (0, 1) and fits(statement.figure, (each,)):
                met.add(statement.aspect)
                yield each
