"""A cell as its reader sees it: the value in the cell's number format."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal

from perfxl.form.figures import figure, plain
from perfxl.form.model import Entry
from perfxl.rounding import round_half_up

_EPOCH = datetime.date(1899, 12, 30)
"""Day 0 of the 1900 date system, shifted for Excel's 29 February 1900; right from March 1900 on."""
_LITERAL = re.compile(r'"[^"]*"')
_AFFIXES = re.compile(r'(?:\[[^\]]*\])*(?P<before>(?:"[^"]*")*)[^"]*(?P<after>(?:"[^"]*")*)(?:_.)*')
_LAST_DAY = 2_958_465  # 31 December 9999


def shown(entry: Entry) -> str:
    """Return what the cell displays: 0.8989 in 0.00% as "89.89%", 1234.5 in #,##0.00 as "1,234.50".

    A date is written 2022年12月31日; an error value, or a formula whose result is not stored, is "".
    """
    if entry.cell.error or entry.value is None:
        return ""
    if isinstance(entry.value, bool):
        return "TRUE" if entry.value else "FALSE"
    if not isinstance(entry.value, Decimal):
        return entry.value.strip()
    found = figure(entry)
    if found is None:
        return _date(entry.value)
    if found.percent:
        return f"{round_half_up(found.value * 100, max(0, found.digits - 2)):f}%"
    rounded = round_half_up(found.value, found.digits)
    number_format = entry.cell.number_format
    if number_format in ("General", "@", ""):
        return plain(rounded)
    before, after = affixes(entry)
    return f"{before}{_digits(rounded, number_format)}{after}"


def affixes(entry: Entry) -> tuple[str, str]:
    """Return the words that a cell's number format puts before and behind its number: General"万元" → "", "万元"."""
    match = _AFFIXES.fullmatch(entry.cell.number_format.split(";")[0])
    if match is None or not isinstance(entry.value, Decimal):
        return "", ""
    return match["before"].replace('"', ""), match["after"].replace('"', "")


def _digits(rounded: Decimal, number_format: str) -> str:
    """The digits of a number, without the noughts that the format leaves out (#) and with the commas it has."""
    code = _LITERAL.sub("", number_format.split(";")[0])
    if code.strip().lower() in ("", "general"):
        return plain(rounded)
    text = f"{rounded:,f}" if "," in code else f"{rounded:f}"
    whole, point, decimals = text.partition(".")
    kept = code.partition(".")[2].count("0")
    decimals = decimals[:kept] + decimals[kept:].rstrip("0")
    return whole + (point + decimals if decimals else "")


def _date(serial: Decimal) -> str:
    if not 0 < serial <= _LAST_DAY:
        return f"{serial:f}"
    day = _EPOCH + datetime.timedelta(days=int(serial))
    return f"{day.year}年{day.month}月{day.day}日"
