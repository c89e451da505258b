"""How wide and how high the columns and rows of a form must be for its texts to be read.

Files of old formats tell no widths, and those of new ones are made for paper; a form is therefore laid out by its
texts: short ones on one line, long ones wrapped, the whole of it as wide as the window where it can be. All sizes
are in pixels.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from perfxl.workbook.grid import Area, Position

PADDING_X, PADDING_Y = 14, 10
MOST_HEIGHT = 600
_NARROWEST, _UNBROKEN, _WIDEST = 2.2, 7, 20
"""Widths in characters: of an empty column; up to which a text is kept on one line; beyond which none needs more."""

_SQUEEZED = 1.2
"""A form that is wider by no more than this factor breaks a few short texts rather than be scrolled sideways."""


class Measure(NamedTuple):
    """A typeface: the width of a text on one line, and the height of one wrapped at a width."""

    width: Callable[[str], int]
    height: Callable[[str, int], int]


Texts = Mapping[Position, tuple[Area, str]]
"""Texts of a sheet by their place, each with the area that it fills."""


def widths(texts: Texts, columns: Sequence[int], measure: Measure, available: int) -> dict[int, int]:
    """Return the width of each column, all together as wide as there is room where that can be."""
    return _fitted(_wanted(texts, columns, measure), available)


def heights(texts: Texts, rows: Sequence[int], across: Mapping[int, int], measure: Measure) -> dict[int, int]:
    """Return the height of each row that its texts need, the columns being so wide."""
    found = dict.fromkeys(rows, measure.height("字", 100) + PADDING_Y)
    needs: list[tuple[list[int], int]] = []
    for area, text in texts.values():
        room = sum(across.get(column, 0) for column in range(area.left, area.right + 1)) - PADDING_X
        mine = [row for row in range(area.top, area.bottom + 1) if row in found]
        if room > 0 and mine:
            needs.append((mine, min(measure.height(text, room) + PADDING_Y, MOST_HEIGHT)))
    _grow(found, needs)
    return found


class _Width(NamedTuple):
    least: int
    wanted: int


def _wanted(texts: Texts, columns: Sequence[int], measure: Measure) -> dict[int, _Width]:
    em = measure.width("字")
    narrowest = round(_NARROWEST * em)
    least, wanted = dict.fromkeys(columns, narrowest), dict.fromkeys(columns, narrowest)
    least_merged: list[tuple[list[int], int]] = []
    wanted_merged: list[tuple[list[int], int]] = []
    for area, text in texts.values():
        mine = [column for column in range(area.left, area.right + 1) if column in wanted]
        longest = max(map(measure.width, text.split("\n"))) + PADDING_X
        unbroken = min(longest, _UNBROKEN * em + PADDING_X)
        if len(mine) == 1:
            wanted[mine[0]] = max(wanted[mine[0]], min(longest, _WIDEST * em))
            least[mine[0]] = max(least[mine[0]], unbroken)
        elif mine:
            wanted_merged.append((mine, min(longest, _UNBROKEN * em * len(mine))))
            least_merged.append((mine, unbroken))
    _grow(least, least_merged)
    _grow(wanted, wanted_merged)
    return {column: _Width(least[column], max(least[column], wanted[column])) for column in columns}


def _fitted(widths: Mapping[int, _Width], available: int) -> dict[int, int]:
    """Widths that together are `available`: wide columns give way down to their least, and take what is left over."""
    wanted = sum(width.wanted for width in widths.values())
    least = sum(width.least for width in widths.values())
    slack = wanted - least
    if available < least <= available * _SQUEEZED:
        return {column: int(width.least * available / least) for column, width in widths.items()}
    if wanted > available and slack:
        part = min(1.0, (wanted - available) / slack)
        return {
            column: round(width.wanted - (width.wanted - width.least) * part)
            for column, width in widths.items()
        }
    part = max(1.0, available / max(wanted, 1))
    return {column: int(width.wanted * part) for column, width in widths.items()}


def _grow(sizes: dict[int, int], needs: list[tuple[list[int], int]]) -> None:
    """Make sizes large enough for what must fit into several of them together, the smallest groups first."""
    for members, needed in sorted(needs, key=lambda need: len(need[0])):
        lacking = needed - sum(sizes[member] for member in members)
        if lacking > 0:
            share, rest = divmod(lacking, len(members))
            for number, member in enumerate(members):
                sizes[member] += share + (number < rest)
