"""A declared form with its filling, put on a sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from perfxl.form import labels
from perfxl.form.origin import printed
from perfxl.template.declaration import Declaration, EntryKind, role_of
from perfxl.template.drawing import Drawing, Drawn, Look
from perfxl.template.filling import NOTHING, Filling, Given, TableRow, declared_row
from perfxl.template.live import Live
from perfxl.template.page import LEVELS, Page, Placed, columns_of, format_of
from perfxl.template.soundness import NUMERIC
from perfxl.workbook.grid import CellValue

_BLANK_YEAR = "　　　"


def lay_out(declaration: Declaration, filling: Filling = NOTHING) -> Page:
    """Return the sheet of a form with what is filled in; entries the form lacks are left aside."""
    rows = filling.rows if filling.rows is not None else tuple(map(declared_row, declaration.rows))
    head_top = declaration.head.rows + 1
    first = head_top + declaration.table.rows
    last = first + max(len(rows), 1) - 1
    bottom = last + declaration.foot.rows + 1
    cells = [
        *_drawn(declaration, declaration.head, 1, filling),
        *_table_head(declaration, head_top, last, filling),
        *_table(declaration, first, rows),
        *_drawn(declaration, declaration.foot, last + 1, filling),
        Placed(bottom, 1, 1, len(declaration.widths), Look.MARK, printed(declaration.form.origin)),
    ]
    sheet = Live(declaration, cells, first, last, filling)
    return Page(
        declaration,
        tuple(sheet.computed()),
        tuple(sheet.alarms()),
        (head_top, first - 1),
        bottom,
    )


# Placing -------------------------------------------------------------------------------------------------------------


def _drawn(declaration: Declaration, drawing: Drawing, top: int, filling: Filling) -> Iterator[Placed]:
    for cell in drawing.cells:
        yield _placed(declaration, cell, (top + cell.row, cell.column + 1, cell.rows, cell.columns), filling)


def _placed(
    declaration: Declaration, cell: Drawn, place: tuple[int, int, int, int], filling: Filling
) -> Placed:
    """A drawn cell at a place: (row, column, rows, columns)."""
    if not cell.name:
        return Placed(*place, cell.look, cell.text or None)
    kind = declaration.kind(cell.name)
    held = filling.entries.get(cell.name)
    if role_of(cell.name) == "year" and held is None and filling.year is not None:
        held = Given(str(filling.year))
    value, number_format = _entry_value(cell, held, kind)
    if cell.text or cell.after:
        kind = kind._replace(type="text", options=())  # the cell holds its label too
    return Placed(*place, cell.look, value, cell.name, kind, number_format)


def _entry_value(cell: Drawn, held: Given | None, kind: EntryKind) -> tuple[CellValue, str]:
    if held is None and cell.given:
        held = Given(_typed(cell.given, kind))
    if not cell.text and not cell.after:
        return (held.value, held.number_format) if held else (None, format_of(kind))
    inside = str(held.value) if held else (_BLANK_YEAR if cell.after else "")
    return f"{cell.text}{inside}{cell.after}", "General"


def _table_head(declaration: Declaration, top: int, last: int, filling: Filling) -> Iterator[Placed]:
    """The labels of the columns; one over a column without a role reaches down beside the whole table."""
    for cell in declaration.table.cells:
        bottom = top + cell.row + cell.rows - 1
        beside = not declaration.roles[cell.column] and cell.row + cell.rows == declaration.table.rows
        rows = (last if beside else bottom) - (top + cell.row) + 1
        place = (top + cell.row, cell.column + 1, rows, cell.columns)
        yield _placed(declaration, cell._replace(look=Look.LABEL), place, filling)


def _table(declaration: Declaration, first: int, rows: Sequence[TableRow]) -> Iterator[Placed]:
    columns = columns_of(declaration)
    for role, (column, width) in columns.items():
        for start, count in _runs(role, rows):
            yield _table_cell(declaration, role, first + start, column, count, width, rows[start])


def _runs(role: str, rows: Sequence[TableRow]) -> Iterator[tuple[int, int]]:
    """The rows that share a cell of a column: those of one group in the columns of levels, else each its own."""
    if role not in LEVELS:
        yield from ((index, 1) for index in range(len(rows)))
        return
    depth = LEVELS.index(role) + 1
    groups = groupby(range(len(rows)), key=lambda index: _group(rows[index], depth))
    for _, members in groups:
        indexes = list(members)
        yield indexes[0], len(indexes)


def _group(row: TableRow, depth: int) -> tuple[str, ...]:
    held = (row.values.get(level) for level in LEVELS[:depth])
    return tuple(
        labels.squeeze(str(value.value)) if value and value.value is not None else "" for value in held
    )


def _table_cell(
    declaration: Declaration, role: str, row: int, column: int, rows: int, columns: int, source: TableRow
) -> Placed:
    held, kind = source.values.get(role), declaration.kind(role)
    is_input = role in declaration.inputs
    return Placed(
        row,
        column,
        rows,
        columns,
        Look.ENTRY if is_input else Look.TEXT,
        held.value if held else None,
        f"table.{role}" if is_input else "",
        kind,
        held.number_format if held else format_of(kind),
        source.hints.get(role, ""),
    )


def _typed(text: str, kind: EntryKind) -> CellValue:
    return Decimal(text) if kind.type in NUMERIC else text
