"""How high a row must be to show its text: Excel does not adapt rows to merged cells, nor rows of a locked sheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from perfxl.widths import lines_in_cell

HIGHEST_ROW = 400.0
"""Excel shows no row above 409 points."""
_SIZE_OF_WIDTHS = 10.5
_LINE = 1.42
_PADDING = 5.0


class Block(NamedTuple):
    """A text in a range of rows and columns (from 1), in a size of type in points; `least` is what it takes anyhow."""

    row: int
    column: int
    rows: int
    columns: int
    text: str
    size: float
    least: float = 20.0


def row_heights(blocks: Iterable[Block], widths: Sequence[float]) -> Mapping[int, float]:
    """Return a height in points for each row; a text over several rows shares its need among them."""
    needed: dict[int, float] = {}

    def need(block: Block) -> float:
        width = (
            sum(widths[block.column - 1 : block.column - 1 + block.columns]) * _SIZE_OF_WIDTHS / block.size
        )
        return max(block.least, lines_in_cell(block.text, width) * block.size * _LINE + _PADDING)

    blocks = list(blocks)
    for block in blocks:
        if block.rows == 1:
            needed[block.row] = max(needed.get(block.row, 0.0), need(block))
    for block in blocks:
        if block.rows > 1:
            covered = range(block.row, block.row + block.rows)
            missing = need(block) - sum(needed.get(row, 20.0) for row in covered)
            for row in covered:
                needed[row] = needed.get(row, 20.0) + max(0.0, missing) / block.rows
    return {row: min(HIGHEST_ROW, round(points, 1)) for row, points in sorted(needed.items())}
