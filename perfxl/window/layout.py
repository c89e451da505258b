"""How wide and how high the columns and rows of a form must be for its texts to be read.

Files of old formats tell no widths, and those of new ones are made for paper; a form is therefore laid out by its
texts: short ones on one line, long ones wrapped. All sizes are in pixels.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from perfxl.workbook.grid import Area, Position

NARROWEST, WIDEST = 46, 230
PADDING_X, PADDING_Y = 14, 10
MOST_HEIGHT = 400
_PER_COLUMN = 110
"""What a merged text may claim of each of its columns."""


class Plan(NamedTuple):
    """Widths by column and heights by row, in the order of the columns and rows given."""

    widths: tuple[int, ...]
    heights: tuple[int, ...]


def plan(
    texts: Mapping[Position, tuple[Area, str]],
    rows: Sequence[int],
    columns: Sequence[int],
    width_of: Callable[[str], int],
    height_of: Callable[[str, int], int],
) -> Plan:
    """Return sizes for the texts of a sheet, each with the area it fills.

    `width_of` measures a text on one line, `height_of` one wrapped at a width.
    """
    widths = _widths(texts, columns, width_of)
    heights = dict.fromkeys(rows, height_of("字", 100) + PADDING_Y)
    spread: list[tuple[list[int], int]] = []
    for area, text in texts.values():
        room = sum(widths.get(column, 0) for column in range(area.left, area.right + 1)) - PADDING_X
        if room <= 0:
            continue
        needed = min(height_of(text, room) + PADDING_Y, MOST_HEIGHT)
        mine = [row for row in range(area.top, area.bottom + 1) if row in heights]
        if len(mine) == 1:
            heights[mine[0]] = max(heights[mine[0]], needed)
        elif mine:
            spread.append((mine, needed))
    for mine, needed in sorted(spread, key=lambda item: len(item[0])):
        lacking = needed - sum(heights[row] for row in mine)
        if lacking > 0:
            share, rest = divmod(lacking, len(mine))
            for number, row in enumerate(mine):
                heights[row] += share + (number < rest)
    return Plan(tuple(widths[column] for column in columns), tuple(heights[row] for row in rows))


def _widths(
    texts: Mapping[Position, tuple[Area, str]], columns: Sequence[int], width_of: Callable[[str], int]
) -> dict[int, int]:
    widths = dict.fromkeys(columns, NARROWEST)
    merged: list[tuple[list[int], int]] = []
    for area, text in texts.values():
        longest = max(map(width_of, text.split("\n"))) + PADDING_X
        mine = [column for column in range(area.left, area.right + 1) if column in widths]
        if len(mine) == 1:
            widths[mine[0]] = max(widths[mine[0]], min(longest, WIDEST))
        elif mine:
            merged.append((mine, min(longest, _PER_COLUMN * len(mine))))
    for mine, needed in sorted(merged, key=lambda item: len(item[0])):
        lacking = needed - sum(widths[column] for column in mine)
        if lacking > 0:
            share, rest = divmod(lacking, len(mine))
            for number, column in enumerate(mine):
                widths[column] += share + (number < rest)
    return widths
