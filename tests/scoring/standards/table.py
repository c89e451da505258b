"""The tables of standards: texts with what they are read as."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from perfxl.scoring.standards.read import read_standard
from perfxl.scoring.standards.standard import Standard

HERE = Path(__file__).parent


class Row(NamedTuple):
    """A standard's text and all that is expected of it."""

    text: str
    weight: Decimal
    name: str
    description: str
    family: str
    expected: dict[str, Any]

    def standard(self) -> Standard | None:
        """What the program reads."""
        return read_standard(self.text, self.weight, name=self.name, description=self.description)


@cache
def table(name: str) -> tuple[Row, ...]:
    """The rows of one table."""
    rows = tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))["standard"]
    return tuple(
        Row(
            row["text"],
            Decimal(row["weight"]),
            row.get("name", ""),
            row.get("description", ""),
            row["family"],
            row,
        )
        for row in rows
    )


def every() -> tuple[Row, ...]:
    """The rows of all tables."""
    return (*table("seeds"), *table("variants"))


def measured() -> tuple[Row, ...]:
    """The rows whose standard measures one value."""
    return tuple(row for row in every() if "measure" in row.expected)
