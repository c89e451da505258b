"""Numbers that stand in a cell as text: how Excel is to read them.

SUM passes over text and "10分"*1 is #VALUE!, so a formula that rests on such a cell has to say how the
text becomes a number: VALUE(C6), VALUE(SUBSTITUTE(G6,"分","")). VALUE is given nothing but ASCII digits,
one point and a percent sign, which every language version of Excel, WPS and LibreOffice reads alike.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from perfxl.form.figures import of_text

_PLAIN = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)%?")


class Numeral(NamedTuple):
    """A text that is a number to a reader: its value (a percentage as its fraction) and what Excel must replace."""

    value: Decimal
    replacements: tuple[tuple[str, str], ...]
    control: bool
    """Whether line breaks stand in the text, which CLEAN takes out."""

    def formula(self, address: str) -> str:
        """Return the formula that reads the cell at `address` as a number."""
        text = f"CLEAN({address})" if self.control else address
        for old, new in self.replacements:
            text = f'SUBSTITUTE({text},"{_quoted(old)}","{_quoted(new)}")'
        return f"VALUE({text})"


@lru_cache(maxsize=4096)
def numeral(text: str) -> Numeral | None:
    """Return how Excel is to read a text as a number, or None where it is none to a reader."""
    figure = of_text(text)
    if figure is None:
        return None
    rest = "".join(sign for sign in text if ord(sign) >= 32)
    control = rest != text
    replacements: list[tuple[str, str]] = []

    def replace(old: str, new: str) -> None:
        nonlocal rest
        if old and old in rest:
            replacements.append((old, new))
            rest = rest.replace(old, new)

    for sign in dict.fromkeys(rest):
        replace_with = unicodedata.normalize("NFKC", sign)
        if sign.isspace() or sign in "¥￥":
            replace(sign, "")
        elif replace_with != sign and re.fullmatch(r"[\d.,%+-]", replace_with):
            replace(sign, "" if replace_with == "," else replace_with)
    replace(",", "")
    replace(rest.lstrip("+-.%0123456789"), "")
    if not _PLAIN.fullmatch(rest):
        return None
    value = Decimal(rest.rstrip("%"))
    if rest.endswith("%"):
        value = value.scaleb(-2)
    return Numeral(value, tuple(replacements), control) if value == figure.value else None


def _quoted(text: str) -> str:
    return text.replace('"', '""')
