"""Every figure of a form with its label: where an amount, a rate, a weight, a score or a value stands."""

from __future__ import annotations

from collections.abc import Iterator

from perfxl.form.labels import squeeze
from perfxl.form.model import Entry, Form, one_line


def figures(form: Form) -> Iterator[tuple[Entry, str]]:
    """Return the entries that hold figures, each with the label of its row: funds, indicators, total, projects."""
    for fund in form.funds:
        for entry in fund.entries:
            yield entry, fund.subject
    for row in form.indicators:
        for value in (row.target, row.actual, row.weight, row.score, row.weighted_score):
            if value is not None:
                yield value, row.subject
    if form.total is not None:
        for value in (form.total.weight, form.total.score, form.total.weighted_score):
            if value is not None:
                yield value, squeeze(form.total.label.text)
    for project in form.projects:
        name = one_line(project.name.text) if project.name is not None else ""
        for value in (project.budget, project.executed, project.returned, project.score):
            if value is not None:
                yield value, name


def computed(form: Form) -> Iterator[tuple[Entry, str]]:
    """Return those figures that forms add up or divide: amounts, rates, weights and scores."""
    values = {
        entry.address for row in form.indicators for entry in (row.target, row.actual) if entry is not None
    }
    return ((entry, subject) for entry, subject in figures(form) if entry.address not in values)
