"""A sheet under construction: values by position, merges, and what a reader must say of each value."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from perfxl.workbook.grid import Area, Position, address

Entry = dict[str, Any]
"""{"value": …, "cell": "C3"} as the contract's extract has it."""


class Typed(NamedTuple):
    """What was typed into a cell; None is an empty cell. `formula` stands without its leading "="."""

    value: str | Decimal | None
    number_format: str = "General"
    formula: str | None = None


EMPTY = Typed(None)


class Span(NamedTuple):
    """Columns of the sheet, both ends included, counted from 1."""

    left: int
    right: int


@dataclass
class Draft:
    """The cells of one sheet. `framed` are the areas with borders, for the written file only."""

    name: str
    cells: dict[Position, Typed] = field(default_factory=dict)
    merges: list[Area] = field(default_factory=list)
    framed: list[Area] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)

    def put(self, row: int, span: Span, typed: Typed | str, *, rows: int = 1) -> Entry:
        """Place a value over an area, merged where it is more than one cell; return its entry."""
        if isinstance(typed, str):
            typed = Typed(typed or None)
        area = Area(row, span.left, row + rows - 1, span.right)
        if (area.top, area.left) != (area.bottom, area.right):
            self.merges.append(area)
        if typed.value is not None:
            self.cells[row, span.left] = typed
        return entry(typed, row, span.left)

    @property
    def bottom(self) -> int:
        """The lowest row with a value or under a merge."""
        return max([row for row, _ in self.cells] + [merge.bottom for merge in self.merges], default=0)

    @property
    def right(self) -> int:
        """The rightmost column with a value or under a merge."""
        return max([column for _, column in self.cells] + [merge.right for merge in self.merges], default=0)


def entry(typed: Typed, row: int, column: int) -> Entry:
    """Return value and cell as JSON has them: a number is a float, a blank is None."""
    value = float(typed.value) if isinstance(typed.value, Decimal) else typed.value
    return {"value": value, "cell": address(row, column)}


def divide(span: Span, weights: Iterable[int]) -> list[Span]:
    """Cut a span into a part for each weight, of at least one column each; the last takes the rest."""
    shares = list(weights)
    spare = span.right - span.left + 1 - len(shares)
    if spare < 0:
        raise ValueError(f"{len(shares)} parts do not fit {span}")
    parts = []
    left = span.left
    for number, weight in enumerate(shares):
        extra = spare if number == len(shares) - 1 else min(spare, weight - 1)
        parts.append(Span(left, left + extra))
        spare -= extra
        left += extra + 1
    return parts


def spread(span: Span, count: int, dice: random.Random) -> list[Span]:
    """Cut a span into `count` parts of widths drawn by the dice."""
    inner = sorted(dice.sample(range(span.left + 1, span.right + 1), count - 1))
    starts = [span.left, *inner]
    return [Span(start, end - 1) for start, end in zip(starts, [*inner, span.right + 1], strict=True)]
