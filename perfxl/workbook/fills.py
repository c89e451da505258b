"""The fill of a cell: what it is painted with, as a value that can be read, kept as text, and written again."""

from __future__ import annotations

from typing import NamedTuple

from perfxl.workbook.markup import escape

Colour = tuple[tuple[str, str], ...]
"""A colour as its attributes: (("rgb", "FFDDEBF7"),), (("theme", "4"), ("tint", "0.8"))."""


class Fill(NamedTuple):
    """A pattern and its two colours; a solid fill shows the first. A gradient counts as no pattern."""

    pattern: str = "none"
    front: Colour = ()
    back: Colour = ()

    @property
    def rgb(self) -> str:
        """The colour of a solid fill that is written out, "FFDDEBF7"; "" for every other fill."""
        return dict(self.front).get("rgb", "").upper() if self.pattern == "solid" else ""

    def xml(self, prefix: bytes) -> bytes:
        """Return the fill element, for a styles part that uses the prefix."""
        own = prefix.decode("utf-8")
        colours = "".join(
            f"<{own}{name} {_attributes(colour)}/>"
            for name, colour in (("fgColor", self.front), ("bgColor", self.back))
            if colour
        )
        pattern = (
            f"<{own}patternFill {_attributes((('patternType', self.pattern),))}>{colours}</{own}patternFill>"
        )
        return f"<{own}fill>{pattern}</{own}fill>".encode()

    def as_text(self) -> str:
        """Return the fill in one line, which `fill_of_text` reads again."""
        return "|".join(
            (self.pattern, *(",".join(map("=".join, colour)) for colour in (self.front, self.back)))
        )


NO_FILL = Fill()


def solid(rgb: str) -> Fill:
    """Return a fill of one colour, given as "FFFFC7CE"."""
    return Fill("solid", (("rgb", rgb),), (("indexed", "64"),))


def fill_of_text(text: str) -> Fill:
    """Return the fill that `as_text` wrote; no fill for any other text."""
    parts = text.split("|")
    if len(parts) != 3 or not parts[0].isalnum():
        return NO_FILL
    return Fill(parts[0], _colour(parts[1]), _colour(parts[2]))


def _colour(text: str) -> Colour:
    pairs = (pair.partition("=") for pair in text.split(","))
    return tuple((key, value) for key, _, value in pairs if key.isalpha())


def _attributes(pairs: Colour) -> str:
    return " ".join(f'{name}="{escape(value)}"' for name, value in pairs)
