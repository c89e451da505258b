"""What all layouts of the fund table share: the table as read, its labels and their values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from perfxl.form import labels
from perfxl.form.figures import of_text
from perfxl.form.model import Column, FundRow, FundSource
from perfxl.form.page import Block, Page
from perfxl.workbook.grid import Position

MEASURES = ("initial", "budget", "arrived", "executed", "rate", "weight", "score")
CORE = frozenset({"initial", "budget", "arrived", "executed", "rate"})
AMOUNTS = frozenset({"initial", "budget", "arrived", "executed"})
POINTS = frozenset({"rate", "weight", "score"})
_DASHES = frozenset("—-–－―/\\")


class FundTable(NamedTuple):
    """The rows read, the labels of the columns, the positions of the cells used, and the sheet row it begins on."""

    rows: tuple[FundRow, ...] = ()
    columns: Mapping[str, Column] = MappingProxyType({})
    used: frozenset[Position] = frozenset()
    top: int = 0

    @property
    def bottom(self) -> int:
        """The last sheet row of which a cell was used; 0 for an empty table."""
        return max((row for row, _ in self.used), default=0)


class Measure(NamedTuple):
    """A label that names an amount, a rate, a weight or a score, and the sheet columns it stands over."""

    role: str
    block: Block
    right: int

    @property
    def left(self) -> int:
        return self.block.area.left

    @property
    def column(self) -> Column:
        return Column(self.role, labels.key(self.block.text), self.block.cell)


def is_value(block: Block) -> bool:
    """Whether a block may hold an amount: a number, a dash, or nothing."""
    if not block.is_words:
        return True
    text = labels.squeeze(block.text)
    return of_text(block.text) is not None or not text.strip("".join(_DASHES))


def carries(block: Block) -> bool:
    """Whether a block may stand where an amount is due: one, or words that are no label of the form."""
    if is_value(block):
        return True
    text = block.text
    return not any(labels.role(table, text) for table in ("fund", "source", "header", "indicator", "goal"))


def source_of(text: str) -> FundSource:
    """Whose money a label names; UNKNOWN where it names none."""
    role = labels.role("source", text)
    return FundSource(role) if role else FundSource.UNKNOWN


def row_of(label: Block, source: FundSource, values: Mapping[str, Block | None]) -> FundRow:
    """A row of the table from its label and the blocks that hold its measures."""
    entries = {role: block.entry for role, block in values.items() if block is not None}
    return FundRow(label.entry, source, **entries)


def positions(blocks: Iterable[Block | None]) -> frozenset[Position]:
    """Where the blocks stand: their top left cells."""
    return frozenset((block.area.top, block.area.left) for block in blocks if block is not None)


def pairs_of(page: Page, line: int) -> list[tuple[Block, Block]]:
    """The labels of a row with the value block beside each."""
    pairs: list[tuple[Block, Block]] = []
    for block in page.begun(line):
        beside = page.right_of(block) if block.is_words and block.area.bottom == line else None
        if beside is None:
            continue
        if is_value(beside) or (labels.role("fund", block.text) in AMOUNTS and carries(beside)):
            pairs.append((block, beside))
    return pairs
