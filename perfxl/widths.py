"""How much room text takes, on a console and in a cell: Chinese characters are twice as wide as Latin ones."""

from __future__ import annotations

import math
import unicodedata

_WIDE = "WFA"
_LATIN = 1.05
"""Latin letters and digits of a proportional font are a little wider than half a Chinese character."""
_MARGINS = 1.5
"""What the margins of a cell take, in half-width characters."""


def width_of(text: str) -> int:
    """Return how many columns of a console a line of text takes."""
    return sum(2 if unicodedata.east_asian_width(sign) in _WIDE else 1 for sign in text)


def padded(text: str, width: int) -> str:
    """Return a line of text with blanks behind it, `width` columns of a console wide, or wider where the text is."""
    return text + " " * (width - width_of(text))


def lines_in_cell(text: str, width: float) -> int:
    """Return how many lines a text takes in a cell that is so many half-width characters wide; at least one."""
    room = max(1.0, width - _MARGINS)
    return sum(max(1, math.ceil(_in_cell(line) / room)) for line in text.split("\n"))


def _in_cell(line: str) -> float:
    return sum(2.0 if unicodedata.east_asian_width(sign) in _WIDE else _LATIN for sign in line)
