"""Figures: the number an entry holds, at the precision in which it is written.

"Written" is what a person sees: 0.8989 in a cell formatted 0.00% is written 89.89 %, with a step of
0.01 %; 3.48 in a General cell has two decimals; "10分" is a ten with the unit 分. Two figures agree
when they are equal at the coarser step, so a rate printed 90% is no fault where B/A is 89.89 %.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from perfxl.form.model import Entry
from perfxl.rounding import round_half_up

_NUMBER = re.compile(r"[¥￥]?([+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|[+-]?\.\d+)(%|‰)?([^\d.,%‰]{0,8})")
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_NOISE_DIGITS = 12
"""Decimals beyond which a computed double is noise, not precision (194.19 * 3 stores 582.5699999999999)."""

_MOST_DIGITS = 40
"""Digits beyond which a text is no figure that anybody means, and no cell could hold its number."""


class Figure(NamedTuple):
    """A number as written. `value` is exact (a percentage as its fraction), `digits` the decimals of the fraction."""

    value: Decimal
    digits: int
    percent: bool = False
    unit: str = ""

    def agrees(self, exact: Decimal) -> bool:
        """Whether this figure is `exact` rounded (half up) to the precision in which the figure is written."""
        return round_half_up(exact, self.digits) == round_half_up(self.value, self.digits)

    def __str__(self) -> str:
        """The figure as people write it: 89.89%, 3545234, 3.27."""
        if self.percent:
            return f"{plain(self.value * 100)}%"
        return plain(self.value)


def plain(number: Decimal) -> str:
    """Return a number without exponent and without trailing zeros: Decimal("1E+2") -> "100", 3.270 -> "3.27"."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def figure(entry: Entry | None, *, in_percent: bool = False) -> Figure | None:
    """Return the figure an entry holds, or None where it is blank, no number, or a date.

    `in_percent` says that the column's label carries the percent sign ("执行进度(%)"), so that a bare
    100.00 means 100 %. Text is read when it is a number with at most a short unit ("10分", "1,234.5万元");
    a condition ("≥90%") or a sentence is none.
    """
    if entry is None or entry.value is None or isinstance(entry.value, bool) or entry.cell.error:
        return None
    if isinstance(entry.value, Decimal):
        found = _of_number(entry.value, entry.cell.number_format)
    else:
        found = of_text(entry.value)
    if found is not None and in_percent and not found.percent:
        return Figure(found.value / 100, found.digits + 2, True, found.unit)
    return found


@lru_cache(maxsize=4096)
def of_text(text: str) -> Figure | None:
    """Return the figure a text is, or None; see `figure`."""
    plain_text = "".join(unicodedata.normalize("NFKC", text).split())
    match = _NUMBER.fullmatch(plain_text)
    if match is None:
        return None
    digits_text, sign, unit = match.groups()
    if len(digits_text) > _MOST_DIGITS:
        return None
    number = Decimal(digits_text.replace(",", ""))
    decimals = max(0, -int(number.as_tuple().exponent))
    if sign:
        shift = 2 if sign == "%" else 3
        return Figure(number.scaleb(-shift), decimals + shift, True, unit)
    return Figure(number, decimals, False, unit)


@lru_cache(maxsize=4096)
def _of_number(value: Decimal, number_format: str) -> Figure | None:
    decimals, percent, date = _format_facts(number_format)
    if date:
        return None
    if decimals is None:
        own = -int(value.normalize().as_tuple().exponent)
        decimals = max(0, min(own, _NOISE_DIGITS))
    return Figure(value, decimals, percent)


@lru_cache(maxsize=256)
def _format_facts(number_format: str) -> tuple[int | None, bool, bool]:
    """Return (decimals shown or None for General, percent, date) of an Excel number format."""
    code = _QUOTED.sub("", number_format.split(";")[0])
    if not code or code.lower() == "general" or code == "@":
        return None, False, False
    if any(letter in code.lower() for letter in "ymdhs") or "年" in number_format or "月" in number_format:
        return None, False, True
    percent = "%" in code
    _, _, after = code.partition(".")
    decimals = sum(1 for sign in after if sign in "0#?") + (2 if percent else 0)
    return decimals, percent, False
