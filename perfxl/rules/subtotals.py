"""Subtotals inside an indicator table (小计, and points beside a group's caption) against the rows that they sum up."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from perfxl.form.figures import Figure, plain
from perfxl.form.labels import squeeze
from perfxl.form.model import Entry, Form
from perfxl.form.subtotals import summed
from perfxl.rules.finding import Finding, Rule
from perfxl.rules.marks import Marks, entry_points, fund_score, fund_weight, marks_of, scored_fund
from perfxl.rules.reading import counted

_COLUMNS = {"weight": "分值", "score": "得分"}


def wrong_subtotals(rule: Rule, form: Form, role: str) -> Iterator[Finding]:
    """A finding of the rule on every subtotal of a column ("weight", "score") that the cells prove wrong.

    It may sum up whatever `summed` says, with or without the execution rate of the fund table. A group with an unread
    figure proves nothing.
    """
    for subtotal in form.subtotals:
        entry: Entry | None = getattr(subtotal, role)
        printed = entry_points(form, entry, role)
        if entry is None or printed is None:
            continue
        choices = [marks_of(form, rows, role) for rows in summed(form, counted(form), subtotal).choices]
        if not choices or not all(marks.complete and marks.read for marks in choices):
            continue
        extra = _of_execution(form, role)
        if any(_fits(marks, printed, extra) for marks in choices):
            continue
        name, word, usual = squeeze(subtotal.label.text), _COLUMNS[role], choices[0]
        expected = plain(usual.total)
        yield rule.finding(
            form,
            entry,
            usual.entries,
            subject=name,
            message=f"“{name}”的{word}填的是 {plain(printed.value)}，各行合计 {expected}。",
            expected=expected,
            actual=plain(printed.value),
            fix=f"核对各行{word}；没有错的，把 {entry.address} 改为 {expected}。",
        )


def _fits(marks: Marks, printed: Figure, extra: Decimal) -> bool:
    step = Decimal(5).scaleb(-printed.digits - 1) if printed.digits else Decimal(0)
    allowed = marks.tolerance + step
    return any(abs(total - printed.value) <= allowed for total in (marks.total, marks.total + extra))


def _of_execution(form: Form, role: str) -> Decimal:
    row = scored_fund(form)
    found = fund_score(form) if role == "score" else fund_weight(form, row) if row is not None else None
    return found[1].value if found is not None else Decimal(0)
