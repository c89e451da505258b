"""A laid-out form: what stands in which cell, before it is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from perfxl.template.alarms import Alarm
from perfxl.template.declaration import Declaration, EntryKind
from perfxl.template.drawing import Look
from perfxl.template.formulas import Formula
from perfxl.workbook.grid import CellValue, address

_PLAIN = EntryKind()
LEVELS = ("level1", "level2")
"""The columns whose cells are shared by the rows of a group."""


class Placed(NamedTuple):
    """A cell or merged range of the sheet, rows and columns from 1. `name` is its entry's, `kind` what may stand there.

    `value` is what it holds: printed text, an entry's value, or a formula. `hint` comes before the kind's own.
    """

    row: int
    column: int
    rows: int
    columns: int
    look: Look
    value: CellValue | Formula
    name: str = ""
    kind: EntryKind = _PLAIN
    number_format: str = "General"
    hint: str = ""

    @property
    def address(self) -> str:
        """The A1 address of its first cell."""
        return address(self.row, self.column)

    @property
    def is_input(self) -> bool:
        """Whether a person fills it in."""
        return bool(self.name) and not isinstance(self.value, Formula)


class Page(NamedTuple):
    """A sheet ready to be written. `head_rows` are the rows of the table's head, repeated on every printed page."""

    declaration: Declaration
    cells: tuple[Placed, ...]
    alarms: tuple[Alarm, ...]
    head_rows: tuple[int, int]
    last_row: int


def columns_of(declaration: Declaration) -> Mapping[str, tuple[int, int]]:
    """Each role's first column (from 1) and how many columns it spans, as the head of the table does."""
    spans = {cell.column: cell.columns for cell in declaration.table.cells}
    return {
        role: (index + 1, spans.get(index, 1))
        for index, role in enumerate(declaration.roles)
        if role not in ("", "<")
    }


def format_of(kind: EntryKind) -> str:
    """The number format of an entry that nobody gave another one."""
    return "0.00%" if kind.type == "rate" else "General"
