"""Subtotals inside an indicator table (小计, and points beside a group's caption) against the rows that they sum up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from perfxl.form.figures import Figure
from perfxl.form.labels import squeeze
from perfxl.form.model import Entry, Form, Indicator, Subtotal
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

    It may sum up what stands since the subtotal before it, its first-level or its second-level group, or all rows
    so far, with or without the execution rate of the fund table. A group with an unread figure proves nothing.
    """
    for subtotal in form.subtotals:
        entry: Entry | None = getattr(subtotal, role)
        printed = _points(form, entry, role)
        if entry is None or printed is None:
            continue
        choices = [marks_of(form, rows, role) for rows in _choices(form, subtotal) if rows]
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


def _choices(form: Form, subtotal: Subtotal) -> Iterable[list[Indicator]]:
    rows, at = counted(form), subtotal.label.cell.row
    others = [other.label.cell.row for other in form.subtotals if other is not subtotal]
    if subtotal.leads:
        captions = [other.label.cell.row for other in form.subtotals if other.leads]
        end = min((row for row in captions if row > at), default=None)
        return [[row for row in rows if row.row > at and (end is None or row.row < end)]]
    before = [row for row in rows if row.row < at]
    since = max((row for row in others if row < at), default=0)
    choices = [[row for row in before if row.row > since], before]
    if before:
        choices += [_group(before, "level1"), _group(before, "level2")]
    return choices


def _group(rows: list[Indicator], level: str) -> list[Indicator]:
    """The last rows that share a level with the very last."""

    def name(row: Indicator) -> str:
        label: Entry | None = getattr(row, level)
        return squeeze(label.text) if label is not None else ""

    last = name(rows[-1])
    start = next((index for index in range(len(rows) - 1, -1, -1) if name(rows[index]) != last), -1)
    return rows[start + 1 :]
