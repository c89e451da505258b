"""Declarations of targets (绩效目标申报表): what they have that self-evaluation forms do not.

An amount stands beside each source of money, and there is no table of columns. Many have goals and indicators twice,
for several years (中期、实施期) and for the year, beside each other; the year's are the right ones.
"""

from __future__ import annotations

from collections.abc import Iterator

from perfxl.form import labels
from perfxl.form.figures import figure, of_text
from perfxl.form.model import Entry, Form, FundSource, Goals
from perfxl.form.page import Block, Page
from perfxl.form.read import read_sheet
from perfxl.workbook.grid import Sheet

_SEVERAL_YEARS = ("中期", "实施期", "三年", "长期", "总投资")


def of_the_year(form: Form, sheet: Sheet) -> Form:
    """Return a form read anew without the columns of several years; the form itself where it has none."""
    page = Page(sheet)
    head_row = next((column.cell.row for column in form.indicator_columns.values()), None)
    if head_row is None:
        return form
    labelled = [block for block in page.row(head_row) if block.is_words]
    twice = _twice([labels.role("indicator", block.text) for block in labelled])
    if not twice:
        return form
    gone = {column for block in (labelled[index] for index in twice) for column in _columns(block)}
    cells = {
        place: cell for place, cell in sheet.cells.items() if place[0] < head_row or place[1] not in gone
    }
    merges = tuple(merge for merge in sheet.merges if merge.top < head_row or merge.left not in gone)
    anew = [other for other in read_sheet(sheet._replace(cells=cells, merges=merges)) if other.indicators]
    found = anew[0] if anew else form
    goal = _goal_of_the_year(page, form.area.top, head_row)
    return found._replace(goals=Goals(goal)) if goal is not None else found


def _twice(roles: list[str | None]) -> list[int]:
    """Which labels of a head are the earlier ones of a pair of targets: those up to the first target, levels first."""
    if roles.count("target") != 2 or roles.count("level3") != 2:
        return []
    last = roles.index("target")
    repeated = {role for role in roles[last + 1 :] if role is not None}
    return [index for index, role in enumerate(roles[: last + 1]) if role in repeated]


def _columns(block: Block) -> range:
    return range(block.area.left, block.area.right + 1)


def _goal_of_the_year(page: Page, top: int, bottom: int) -> Entry | None:
    for row in page.filled_rows(top, bottom):
        goals = [
            block
            for block in page.begun(row)
            if block.is_words and labels.role("goal", block.text) == "target"
        ]
        goals = [block for block in goals if not any(word in block.text for word in _SEVERAL_YEARS)]
        if goals and "年度" in goals[-1].text:
            below = page.below(goals[-1])
            return below.entry if not below.blank else None
    return None


def amounts_beside_labels(form: Form, sheet: Sheet) -> dict[FundSource, tuple[Entry, ...]]:
    """Return the year's amounts of each source of money above a form's indicators, by the labels beside them.

    Of several amounts under one label, which stand for several years and for this one, the last is this year's;
    amounts under different labels (一般公共预算, 政府性基金) come to the source together. Of totals the last counts.
    """
    page = Page(sheet)
    last = min((row.row for row in form.indicators), default=form.area.bottom)
    found: dict[FundSource, dict[str, Entry]] = {}
    for row in page.filled_rows(form.area.top, last):
        for label, entry in _pairs(page, row):
            role = labels.role("source", label)
            if role is not None and not any(word in label for word in _SEVERAL_YEARS):
                source = FundSource(role)
                key = "" if source is FundSource.TOTAL else labels.core(label)
                found.setdefault(source, {})[key] = entry
    return {source: tuple(entries.values()) for source, entries in found.items()}


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
