"""Every sound form of the tests, one figure changed at a time: the rule of that figure finds it in its cell.

Where `test_mutants` writes a form in many layouts, this takes the layouts of the drawn forms as they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import NamedTuple

import pytest

from perfxl.form.figures import figure
from perfxl.form.model import Entry, Form, Indicator, Project
from perfxl.form.read import read_forms
from perfxl.rules.check import check_form
from perfxl.rules.finding import Severity
from perfxl.workbook.grid import CellValue, Sheet, Workbook
from tests.rules.forms import SOUND
from tests.rules.test_drawn_forms import FILES, tables_of
from tests.tables import sheet


class Mutant(NamedTuple):
    """An entry, what is typed over it, the code that must say so, and where."""

    entry: Entry
    value: CellValue
    code: str
    at: Entry


@cache
def bases() -> dict[str, str]:
    """The drawings of one sound form each: no finding but notes."""
    drawn = {file.stem: tables_of(file) for file in FILES if not _faulty(file.read_text(encoding="utf-8"))}
    return SOUND | {name: tables[0] for name, tables in drawn.items() if len(tables) == 1}


def _faulty(text: str) -> bool:
    return " error " in text or " warning " in text


def mutants(form: Form) -> Iterator[Mutant]:
    """The single faults that figures of a form can have."""
    yield from _of_funds(form)
    if form.total is not None and form.total.score is not None and (total := figure(form.total.score)):
        yield Mutant(form.total.score, total.value - Decimal("1.3"), "PX304", form.total.score)
        yield Mutant(form.total.score, None, "PX101", form.total.score)
    for row in form.indicators:
        yield from _of_row(row)
    for project in form.projects:
        yield from _of_project(project)


def _of_funds(form: Form) -> Iterator[Mutant]:
    row = form.total_fund
    if row is None or row.executed is None or row.executed.blank:
        return
    yield Mutant(row.executed, "见附表", "PX102", row.executed)
    rate = figure(row.rate)
    if row.rate is not None and rate is not None:
        yield Mutant(row.rate, "87.65%", "PX201", row.rate)
    if row.score is not None and isinstance(row.score.value, Decimal) and row.score.value > 2:
        yield Mutant(row.score, row.score.value - Decimal("1.5"), "PX306", row.score)


def _of_row(row: Indicator) -> Iterator[Mutant]:
    weight, score = figure(row.weight), figure(row.score)
    converted = row.weighted_score is not None
    if row.score is None or score is None or weight is None or weight.value <= 1 or converted:
        return
    yield Mutant(row.score, weight.value + 1, "PX303", row.score)
    yield Mutant(row.score, "满", "PX102", row.score)
    yield Mutant(row.score, None, "PX101", row.score)
    if row.reason is not None and row.reason.blank:
        yield Mutant(row.score, weight.value - Decimal("0.5"), "PX402", row.reason)


def _of_project(project: Project) -> Iterator[Mutant]:
    for amount in (project.budget, project.executed):
        if amount is not None and not amount.blank:
            yield Mutant(amount, "见附表", "PX102", amount)
    if project.actual is not None and not project.actual.blank:
        yield Mutant(project.actual, None, "PX101", project.actual)


@pytest.mark.parametrize("name", sorted(bases()))
def test_one_changed_figure_is_found_in_its_cell(name: str) -> None:
    drawn = sheet(bases()[name])
    (form,) = _forms(drawn)
    tried = list(mutants(form))
    assert tried
    for mutant in tried:
        place = (mutant.entry.cell.row, mutant.entry.cell.column)
        changed = {**drawn.cells, place: mutant.entry.cell._replace(value=mutant.value, formula=None)}
        found = {
            (finding.code, finding.cell)
            for other in _forms(drawn._replace(cells=changed))
            for finding in check_form(other)
            if finding.severity is not Severity.NOTE
        }
        assert (mutant.code, mutant.at.address) in found, mutant


def _forms(drawn: Sheet) -> tuple[Form, ...]:
    return read_forms(Workbook("", (drawn,)))
