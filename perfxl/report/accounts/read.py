"""Reading the input workbook: every figure by the labels of its row and its column, wherever they stand."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from perfxl.form.figures import figure
from perfxl.form.model import Entry
from perfxl.report.accounts.declare import Declaration, Label, Table, declaration
from perfxl.workbook.grid import Sheet, Workbook

_DEEPEST_HEAD = 8
_FEWEST_TABLES = 3
_WHOLE = ("合计", "总计")


class Line(NamedTuple):
    """One line of a list: its row on the sheet, and its entries by column key."""

    row: int
    entries: Mapping[str, Entry]


class Accounts(NamedTuple):
    """The workbook as read: entries by (table, row, column), the lines of lists by table, sheets by table."""

    entries: Mapping[tuple[str, str, str], Entry]
    lists: Mapping[str, tuple[Line, ...]]
    sheets: Mapping[str, str]

    def entry(self, table: str, row: str, column: str) -> Entry | None:
        """Return an entry, or None where the workbook lacks its sheet, row or column."""
        return self.entries.get((table, row, column))


def read_accounts(workbook: Workbook) -> Accounts | None:
    """Return the final accounts in a workbook, or None where it is no such workbook."""
    declared: Declaration = declaration()
    entries: dict[tuple[str, str, str], Entry] = {}
    lists: dict[str, tuple[Line, ...]] = {}
    sheets: dict[str, str] = {}
    for table in declared.tables:
        sheet = _sheet(workbook, table)
        if sheet is None:
            continue
        found = _entries(sheet, table) if table.rows else {}
        lines = tuple(_lines(sheet, table)) if not table.rows else ()
        if found or lines or not table.rows:
            sheets[table.key] = sheet.name
            entries.update({(table.key, row, column): entry for (row, column), entry in found.items()})
            if not table.rows:
                lists[table.key] = lines
    return Accounts(entries, lists, sheets) if len(sheets) >= _FEWEST_TABLES else None


def _sheet(workbook: Workbook, table: Table) -> Sheet | None:
    """The sheet of that name, else one whose name contains another name of it."""
    for sheet in workbook.sheets:
        if _key(sheet.name) == _key(table.sheet):
            return sheet
    names = [_key(name) for name in table.also]
    return next((sheet for sheet in workbook.sheets if any(name in _key(sheet.name) for name in names)), None)


def _entries(sheet: Sheet, table: Table) -> dict[tuple[str, str], Entry]:
    columns = _columns(sheet, table.columns)
    found: dict[tuple[str, str], Entry] = {}
    for row in table.rows:
        at = _row(sheet, row)
        if at is not None:
            for key, column in columns.items():
                cell = sheet.at(at, column)
                found[row.key, key] = Entry(cell.value, cell)
    return found or _turned(sheet, table)


def _turned(sheet: Sheet, table: Table) -> dict[tuple[str, str], Entry]:
    """The published tables have these rows as columns, and their sums in the row 合计."""
    heads = _columns(sheet, table.rows)
    whole = next(
        (
            cell.row
            for _, cell in sorted(sheet.cells.items())
            if isinstance(cell.value, str)
            and _key(cell.value) in _WHOLE
            and cell.column not in heads.values()
        ),
        None,
    )
    if whole is None:
        return {}
    column = table.columns[0].key
    cells = {key: sheet.at(whole, place) for key, place in heads.items()}
    return {(key, column): Entry(cell.value, cell) for key, cell in cells.items()}


def _columns(sheet: Sheet, labels: tuple[Label, ...]) -> dict[str, int]:
    """The columns under the labels, in the first row that has the most of them."""
    best: dict[str, int] = {}
    for row in range(1, min(_DEEPEST_HEAD, sheet.extent.bottom) + 1):
        found: dict[str, int] = {}
        for column in range(1, sheet.extent.right + 1):
            cell = sheet.cells.get((row, column))
            if cell is not None and isinstance(cell.value, str):
                key = next((label.key for label in labels if _is(label, cell.value)), None)
                if key is not None:
                    found.setdefault(key, column)
        if len(found) > len(best):
            best = found
    return best


def _row(sheet: Sheet, label: Label) -> int | None:
    return next(
        (
            cell.row
            for _, cell in sorted(sheet.cells.items())
            if isinstance(cell.value, str) and _is(label, cell.value)
        ),
        None,
    )


def _lines(sheet: Sheet, table: Table) -> Iterator[Line]:
    columns = _columns(sheet, table.columns)
    if len(columns) < len(table.columns) - 1:
        return
    first = next(column for column in columns.values())
    head = next(
        row
        for row in range(1, sheet.extent.bottom + 1)
        if isinstance(label := sheet.at(row, first).value, str)
        and any(_is(column, label) for column in table.columns)
    )
    for row in range(head + 1, sheet.extent.bottom + 1):
        cells = {key: sheet.at(row, column) for key, column in columns.items()}
        entries = {key: Entry(cell.value, cell) for key, cell in cells.items()}
        figures = [
            entries[column.key] for column in table.columns if not column.text and column.key in entries
        ]
        named = [entries[column.key] for column in table.columns if column.text and column.key in entries]
        if any(figure(entry) is not None for entry in figures) and any(entry.text for entry in named[:3]):
            yield Line(row, entries)


def _is(label: Label, text: str) -> bool:
    return _key(text) in {_key(label.label), *(_key(other) for other in label.also)}


def _key(text: str) -> str:
    """A label without blanks, width of signs, and what varies in print."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    return plain.removeprefix("其中:").replace("“", "").replace("”", "").rstrip(":")
