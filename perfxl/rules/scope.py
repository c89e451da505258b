"""What of a form was checked and what could not be: "no errors" means no more than this."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from perfxl.form.labels import squeeze
from perfxl.form.model import Entry, Form, Indicator, Kind, distinct
from perfxl.form.values import Quantity
from perfxl.rules.catalogue import Subject, rules_on
from perfxl.rules.reading import SUBTOTALS, counted, empty, name_entry
from perfxl.rules.results import Result, result
from perfxl.settings.parameters import Settings, settings_for
from perfxl.workbook.grid import Sheet

_COLUMNS = ("target", "actual", "weight", "score", "standard", "reason")
_NAMED = 3
"""Rows named in a sentence; of more, the number is told."""


class Scope(NamedTuple):
    """What was checked in a form: entries with something in them, rows, rules; and sentences on what was not."""

    sheet: str
    title: str
    cells: int
    indicators: int
    projects: int
    rules: int
    unchecked: tuple[str, ...]


def scope_of(form: Form, sheet: Sheet) -> Scope:
    """Return what was checked of a form that stands on the sheet."""
    filled = distinct(entry for entry in form.entries() if not entry.blank)
    return Scope(
        form.sheet,
        form.title.text if form.title is not None else "",
        len(filled),
        len(counted(form)),
        sum(project.name is not None and not project.name.blank for project in form.projects),
        len(rules_on(Subject.FORM)),
        tuple(_unchecked(form, sheet)),
    )


def _unchecked(form: Form, sheet: Sheet) -> Iterator[str]:
    if form.kind is not Kind.PROJECT_LIST:
        if not form.funds and form.kind is not Kind.SCORESHEET:
            yield "没有读到项目资金表，资金没有检查。"
        if not form.indicators:
            yield "没有读到指标表，指标没有检查。"
    yield from _blank_columns(form)
    yield from _unread_standards(form, settings_for(form))
    yield from _undecided(form)
    yield from _rows_not_read(form, sheet)


def _blank_columns(form: Form) -> Iterator[str]:
    rows = counted(form)
    for role in _COLUMNS:
        column = form.indicator_columns.get(role)
        entries = [entry for entry in (getattr(row, role) for row in rows) if entry is not None]
        if column is not None and entries and all(empty(entry) for entry in entries) and role != "reason":
            yield f"“{column.label}”一列（{column.cell.address}）整列空着，没有内容可查。"


def _unread_standards(form: Form, settings: Settings) -> Iterator[str]:
    if all(empty(row.standard) for row in form.indicators):
        return
    from perfxl.scoring.by_standard import standard_of
    from perfxl.scoring.cells import Printed
    from perfxl.scoring.inputs import Row

    cells = Printed()
    unread = [
        row
        for row in counted(form)
        if not empty(row.standard) and standard_of(Row(form, row, cells, settings)) is None
    ]
    if unread:
        yield f"{len(unread)} 个指标的评分标准程序没有读懂，得分没有按标准核对：{_listed(unread)}。"


def _undecided(form: Form) -> Iterator[str]:
    """Rows with target and actual value of which the program cannot tell whether the target was met."""
    open_rows = []
    for row in counted(form):
        if empty(row.target) or empty(row.actual):
            continue
        found = result(form, row)
        if found is None or (found.met is None and not _less_is_no_fault(found)):
            open_rows.append(row)
    if open_rows:
        yield (
            f"{len(open_rows)} 个指标的指标值与完成值不能直接比较（多是文字，或照抄了条件），是否完成要由人判断："
            f"{_listed(open_rows)}。"
        )


def _less_is_no_fault(found: Result) -> bool:
    """Whether both values are plain amounts of one kind, where less than the target may be a saving."""
    target, actual = found.target, found.actual
    if not isinstance(target, Quantity) or not isinstance(actual, Quantity):
        return False
    bound = actual.operator.floor or actual.operator.ceiling
    return not bound and target.unit.family == actual.unit.family


def _rows_not_read(form: Form, sheet: Sheet) -> Iterator[str]:
    """Rows between the head of the table and its end that hold something and were not read as rows of it."""
    read = {row.row for row in form.indicators} | {project.row for project in form.projects}
    if not read:
        return
    merged = {
        line
        for row in form.indicators
        for entry in row.entries
        for line in _lines(sheet, entry)
        if entry in (row.level3, row.target, row.actual)
    }
    filled = {row for row, column in sheet.cells if form.area.left <= column <= form.area.right}
    total = {form.total.label.cell.row} if form.total is not None else set()
    between = sorted((set(range(min(read), max(read) + 1)) & filled) - read - merged - total)
    heads = {row for row in between if _repeats_head(form, sheet, row)}
    # After a page break the title may stand above the head again.
    broken = heads | {row for row in between if row + 1 in heads or row + 2 in heads}
    checked = {subtotal.label.cell.row for subtotal in form.subtotals}
    sums = [row for row in between if row not in checked and _is_subtotal(sheet, row)]
    missed = [row for row in between if row not in broken and row not in sums and row not in checked]
    if sums:
        yield f"{_rows(sums)}是小计，没有核对。"
    if missed:
        yield f"{_rows(missed)}程序没有读懂，没有检查。"


def _rows(rows: list[int]) -> str:
    names = "、".join(map(str, rows[:_NAMED]))
    return f"第 {names} 行" if len(rows) <= _NAMED else f"第 {names} 等 {len(rows)} 行"


def _is_subtotal(sheet: Sheet, row: int) -> bool:
    """Whether the first text of a row calls it a subtotal."""
    texts = (cell.value for (line, _), cell in sorted(sheet.cells.items()) if line == row)
    first = next((text for text in texts if isinstance(text, str) and text.strip()), "")
    return squeeze(first) in SUBTOTALS


def _repeats_head(form: Form, sheet: Sheet, row: int) -> bool:
    """Whether a row prints the head again, as after a page break."""
    labels = {column.label for column in form.indicator_columns.values()}
    texts = (sheet.cells[row, column].value for line, column in sheet.cells if line == row)
    return sum("".join(str(text).split()) in labels for text in texts) > 1


def _lines(sheet: Sheet, entry: Entry) -> Iterable[int]:
    area = sheet.area(entry.cell.row, entry.cell.column)
    return range(area.top, area.bottom + 1)


def _listed(rows: list[Indicator]) -> str:
    names = [f"{row.subject}（{_address(row)}）" for row in rows[:_NAMED]]
    return "、".join(names) + ("等" if len(rows) > _NAMED else "")


def _address(row: Indicator) -> str:
    name = name_entry(row)
    return name.address if name is not None else f"第 {row.row} 行"
