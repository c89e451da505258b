"""Text as written, made comparable: full-width signs, kinds of blanks and dashes, numerals.

Printed forms mix full-width and half-width signs, several characters for one operator, and blanks that
a line break left behind. `tidy` gives them one form and changes nothing else: ①, ㎡ and “ ” stay.
"""

from __future__ import annotations

import re
from functools import lru_cache

_SIGNS: dict[int, int | str] = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}  # full-width ASCII
_SIGNS |= {
    ord(variant): plain
    for plain, variants in {
        "≥": "≧⩾⪰≽≮",
        "≤": "≦⩽⪯≼≯",
        "=": "═﹦〓",
        ">": "﹥",
        "<": "﹤",
        "%": "﹪٪",
        "-": "﹣−‐‑‒–—―─━",
        "~": "〜∼∽",
        "*": "﹡∗",
        "+": "﹢",
        ":": "∶︰",
        "(": "﹙",
        ")": "﹚",
        "·": "•・∙⋅",
        "√": "✓✔☑",
        "×": "✗✘☒✕",
        "¥": "￥",
        "": "\u200b\u200c\u200d\ufeff\u00ad\u2060",
    }.items()
    for variant in variants
}
HAN = r"[^\W0-9A-Za-z_]"
"""A Chinese character in a regular expression: a letter that is not ASCII. A range of code points would say it more
plainly, but costs a table of 65536 entries each time one is compiled."""

_MARKS = "[“”‘’、。〈〉《》「」『』【】〔〕]"
_BREAK_IN_WORD = re.compile(rf"(?:(?<={HAN})|(?<={_MARKS})) (?={HAN}|{_MARKS})")
_CLOSING = "。;,、 "

_DIGITS = {
    "零": 0,
    "〇": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_POWERS = {"十": 10, "百": 100, "千": 1000}


@lru_cache(maxsize=8192)
def tidy(text: str) -> str:
    """Return a text with half-width signs, one form of each operator, single spaces, no closing punctuation."""
    plain = " ".join(text.translate(_SIGNS).split()).rstrip(_CLOSING)
    while plain.endswith(".") and not plain.endswith(".."):
        plain = plain[:-1].rstrip(_CLOSING)
    return plain


def joined(text: str) -> str:
    """Return a tidy text without the blanks between two Chinese characters, which line breaks leave behind."""
    return _BREAK_IN_WORD.sub("", text)


def chinese_number(text: str) -> int | None:
    """Return the number that Chinese numerals below ten thousand write ("一百二十" -> 120), or None.

    Only the regular form counts: "十四五" and "一一" are no numbers.
    """
    if text in ("零", "〇"):
        return 0
    total, digit, last_power = 0, 0, 10_000
    after_zero = False
    for sign in text:
        if sign in _POWERS:
            power = _POWERS[sign]
            if power >= last_power or (digit == 0 and not (power == 10 and total == 0 and not after_zero)):
                return None
            total += max(digit, 1) * power
            digit, last_power, after_zero = 0, power, False
        elif sign in _DIGITS:
            value = _DIGITS[sign]
            if digit or (value == 0 and (after_zero or not total)):
                return None
            digit, after_zero = value, value == 0 or after_zero
        else:
            return None
    if not text or (after_zero and not digit):
        return None
    # 一百二 is a hundred and twenty in speech; in a form it is too unsure to read.
    if digit and last_power in (100, 1000) and not after_zero:
        return None
    return total + digit
