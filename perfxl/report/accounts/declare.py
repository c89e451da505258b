"""The declaration of the input workbook (tables.toml) as values."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple


class Label(NamedTuple):
    """A row or column: its key, its label, other labels that are read; `text` holds words, not figures."""

    key: str
    label: str
    also: tuple[str, ...] = ()
    text: bool = False
    value: str = ""


class Table(NamedTuple):
    """One sheet. Without `rows` it is a list that the office fills, with room for `lines` in a blank workbook."""

    key: str
    sheet: str
    also: tuple[str, ...]
    columns: tuple[Label, ...]
    rows: tuple[Label, ...]
    lines: int
    note: str


class Declaration(NamedTuple):
    """The workbook: its title, where it comes from, and its tables in order."""

    title: str
    source: str
    tables: tuple[Table, ...]

    def table(self, key: str) -> Table:
        """Return the table of that key; KeyError if there is none."""
        return {table.key: table for table in self.tables}[key]


@cache
def declaration() -> Declaration:
    """Return the declaration."""
    with (Path(__file__).parent / "tables.toml").open("rb") as file:
        read = tomllib.load(file)
    return Declaration(read["title"], read["source"], tuple(_table(entry) for entry in read["table"]))


def _table(entry: dict[str, Any]) -> Table:
    return Table(
        entry["key"],
        entry["sheet"],
        tuple(entry.get("also", ())),
        tuple(_label(column) for column in entry["columns"]),
        tuple(_label(row) for row in entry.get("rows", ())),
        entry.get("lines", 0),
        entry["note"],
    )


def _label(entry: dict[str, Any]) -> Label:
    return Label(
        entry["key"],
        entry["label"],
        tuple(entry.get("also", ())),
        entry.get("text", False),
        entry.get("value", ""),
    )
