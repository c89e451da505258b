"""Subtotals inside an indicator table (小计, and points beside a group's caption) against the rows that they sum up."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from perfxl.form.figures import Figure
from perfxl.form.labels import squeeze
from perfxl.form.model import Entry, Form
from perfxl.form.subtotals import summed
from perfxl.rules.marks import Marks, fund_score, fund_weight, marks_of, points, scored_fund, weight_scale
from perfxl.rules.reading import counted


class WrongSubtotal(NamedTuple):
    """A subtotal that no sensible choice of rows adds up to; `marks` are those of the usual choice."""

    label: Entry
    at: Entry
    printed: Figure
    marks: Marks

    @property
    def name(self) -> str:
        """The row's label in one line."""
        return squeeze(self.label.text)


def wrong_subtotals(form: Form, role: str) -> Iterator[WrongSubtotal]:
    """Every subtotal of a column ("weight", "score") that the cells prove wrong.

    It may sum up whatever `summed` says, with or without the execution rate of the fund table. A group with an unread
    figure proves nothing.
    """
    for subtotal in form.subtotals:
        entry: Entry | None = getattr(subtotal, role)
        printed = _points(form, entry, role)
        if entry is None or printed is None:
            continue
        choices = [marks_of(form, rows, role) for rows in summed(form, counted(form), subtotal).choices]
        if not choices or not all(marks.complete and marks.read for marks in choices):
            continue
        extra = _of_execution(form, role)
        if any(_fits(marks, printed, extra) for marks in choices):
            continue
        yield WrongSubtotal(subtotal.label, entry, printed, choices[0])


def _fits(marks: Marks, printed: Figure, extra: Decimal) -> bool:
    step = Decimal(5).scaleb(-printed.digits - 1) if printed.digits else Decimal(0)
    allowed = marks.tolerance + step
    return any(abs(total - printed.value) <= allowed for total in (marks.total, marks.total + extra))


def _points(form: Form, entry: Entry | None, role: str) -> Figure | None:
    found = points(entry, form.indicator_columns.get(role))
    scale = weight_scale(form) if role == "weight" else 1
    return found if found is None or scale == 1 else Figure(found.value * scale, max(found.digits - 2, 0))


def _of_execution(form: Form, role: str) -> Decimal:
    row = scored_fund(form)
    found = fund_score(form) if role == "score" else fund_weight(form, row) if row is not None else None
    return found[1].value if found is not None else Decimal(0)
