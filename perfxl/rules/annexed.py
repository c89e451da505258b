"""The form that a report annexes as a table: a second source, held against the report's text and the workbook."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from perfxl.document.model import Document
from perfxl.document.tables import as_sheet
from perfxl.form.figures import figure
from perfxl.form.labels import squeeze
from perfxl.form.model import Entry, Form, Kind
from perfxl.form.read import read_forms
from perfxl.rules.reading import empty, name_entry
from perfxl.workbook.grid import Workbook

SHEET = "报告附表"
_KINDS = (Kind.PROJECT, Kind.TRANSFER, Kind.DEPARTMENT, Kind.SCORESHEET)
"""A table that is none of these, such as a summary of the scores, is no form."""
_FUNDS = {"initial": "年初预算数", "budget": "全年预算数", "arrived": "到位数", "executed": "全年执行数"}
_INDICATORS = {"target": "指标值", "actual": "完成值", "weight": "分值", "score": "得分"}


class Annexed(NamedTuple):
    """A form read from the tables of a document, and the last paragraph before them."""

    form: Form
    after: int


def annexed_forms(document: Document) -> tuple[Annexed, ...]:
    """Return the forms that a document's tables are; tables that are none, or cannot be read as one, are left out."""
    if not document.tables:
        return ()
    sheet = as_sheet(document, document.tables, SHEET)
    forms = read_forms(Workbook(document.name, (sheet,)))
    after = max(document.tables[0].after, 1)
    return tuple(Annexed(form, after) for form in forms if form.kind in _KINDS and form.indicators)


class Difference(NamedTuple):
    """A cell of the annexed form that is not what the workbook has: row, column, and both entries."""

    subject: str
    what: str
    annexed: Entry
    workbook: Entry


def differences(annexed: Form, form: Form) -> Iterator[Difference]:
    """Yield the figures in which an annexed form differs from the workbook's, row by row of the same name."""
    for row in annexed.funds:
        others = [other for other in form.funds if other.source is row.source]
        mine = [other for other in annexed.funds if other.source is row.source]
        if len(others) == len(mine) == 1:
            for column, what in _FUNDS.items():
                yield from _different(row.subject, what, getattr(row, column), getattr(others[0], column))
    by_name = {}
    for indicator in form.indicators:
        name = name_entry(indicator)
        key = squeeze(name.text) if name is not None else ""
        by_name[key] = None if key in by_name else indicator
    for indicator in annexed.indicators:
        name = name_entry(indicator)
        other = by_name.get(squeeze(name.text)) if name is not None else None
        if other is not None:
            for column, what in _INDICATORS.items():
                yield from _different(
                    indicator.subject, what, getattr(indicator, column), getattr(other, column)
                )
    if annexed.total is not None and form.total is not None:
        yield from _different("总分", "得分", annexed.total.score, form.total.score)


def _different(subject: str, what: str, mine: Entry | None, other: Entry | None) -> Iterator[Difference]:
    """A difference of two entries that both hold a figure; texts are not compared."""
    if mine is None or other is None or empty(mine) or empty(other):
        return
    one, two = figure(mine), figure(other)
    if one is None or two is None or one.percent is not two.percent:
        return
    if not one.agrees(two.value) and not two.agrees(one.value):
        yield Difference(subject, what, mine, other)
