"""Amounts in a declaration of targets (绩效目标申报表), which has one for each source of money: no table of columns."""

from __future__ import annotations

from collections.abc import Iterator

from perfxl.form import labels
from perfxl.form.figures import figure, of_text
from perfxl.form.model import Entry, Form, FundSource
from perfxl.form.page import Block, Page
from perfxl.workbook.grid import Sheet

_LATER_YEARS = ("中期", "实施期", "三年", "长期", "总投资")


def amounts_beside_labels(form: Form, sheet: Sheet) -> dict[FundSource, Entry]:
    """Return the year's amount of each source of money above a form's indicators, by the labels beside them.

    Of several amounts of one source, which stand for several years and for this one, the last is this year's.
    """
    page = Page(sheet)
    last = min((row.row for row in form.indicators), default=form.area.bottom)
    found: dict[FundSource, Entry] = {}
    for row in page.filled_rows(form.area.top, last):
        for label, entry in _pairs(page, row):
            source = labels.role("source", label)
            if source is not None and not any(word in label for word in _LATER_YEARS):
                found[FundSource(source)] = entry
    return found


def _pairs(page: Page, row: int) -> Iterator[tuple[str, Entry]]:
    for block in page.begun(row):
        if not block.is_words:
            continue
        pair = labels.in_cell_pair(block.text)
        if pair is not None and of_text(pair[1]) is not None:
            yield pair[0], Entry(pair[1], block.cell)
            continue
        value = page.right_of(block)
        if value is not None and _is_amount(value):
            yield block.text, value.entry


def _is_amount(block: Block) -> bool:
    found = figure(block.entry)
    return found is not None and not found.percent
