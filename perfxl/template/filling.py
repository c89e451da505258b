"""What is filled into a blank form: values by the names of its entries, and the rows of its table."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple

from perfxl.form.model import Entry
from perfxl.workbook.grid import CellValue

GENERAL = "General"


class Given(NamedTuple):
    """A value with the number format it is shown in."""

    value: CellValue
    number_format: str = GENERAL


class TableRow(NamedTuple):
    """A row of the table: values by the role of their column, and hints shown when a cell of a role is selected."""

    values: Mapping[str, Given]
    hints: Mapping[str, str] = MappingProxyType({})


class Filling(NamedTuple):
    """All that is filled in.

    `entries` go by name: "项目名称", "total.budget", "goal.target"; an entry that the form computes is given there only
    where another value shall stand. `rows` take the place of the declared ones; None leaves those as they are.
    """

    year: int | None = None
    entries: Mapping[str, Given] = MappingProxyType({})
    rows: tuple[TableRow, ...] | None = None


NOTHING = Filling()


def given(entry: Entry | None) -> Given | None:
    """Return an entry's value as it is to be filled in elsewhere; None for one that is absent or blank."""
    if entry is None or entry.blank or entry.cell.error or entry.value in (None, ""):
        return None
    if isinstance(entry.value, Decimal):
        return Given(entry.value, entry.cell.number_format)
    return Given(entry.value)


def declared_row(row: Mapping[str, str | Decimal]) -> TableRow:
    """Return a row of the table as it is declared; "" is a blank entry."""
    return TableRow({role: Given(value) for role, value in row.items() if value != ""})
