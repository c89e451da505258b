"""How labels are spelled and values typed: other blanks, signs, synonyms, cell types for the same words."""

from __future__ import annotations

import random
import re
from decimal import Decimal

from tests.layouts.draft import EMPTY, Typed
from tests.layouts.forms import labels
from tests.layouts.options import LayoutOptions

_NUMBER = re.compile(r"-?\d+(?:\.(\d+))?")
_PERCENT = re.compile(r"(-?\d+(?:\.(\d+))?)%")
_BETWEEN = re.compile(r"(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])")
_QUANTITY = re.compile(
    r"\s*(≥|≤|>|<|=|≧|不低于|不少于|不超过|少于|低于)?\s*(\d+(?:\.\d+)?)\s*([^\d\s,，、;；(（]{0,6})\s*"
)

_FULL = str.maketrans("():%,;", "（）：％，；")
_HALF = {"（": "(", "）": ")", "：": ":", "％": "%", "≥": ">=", "≤": "<=", "；": ";"}
_WIDE_DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")


class Typist:
    """Types one form; every choice comes from the options and one dice, so a seed gives the form again."""

    def __init__(self, options: LayoutOptions, dice: random.Random) -> None:
        self.options = options
        self.dice = dice

    def label(self, text: str, section: str = "", role: str = "") -> str:
        """Return a label as printed: perhaps a synonym of its role, then signs and blanks."""
        if role and self.options.synonyms:
            text = self.dice.choice(labels()[section][role].get("synonyms", [text]))
        return self._spell(self._signs(text))

    def heading(self, role: str) -> str:
        """Return the label of a block or of a group of columns."""
        choices = labels()["heading"][role]["synonyms"]
        text = self.dice.choice(choices) if self.options.synonyms else choices[0]
        return self._spell(self._signs(text))

    def field_label(self, text: str) -> str:
        """Return the label of a field of the head, perhaps with a colon."""
        colon = ""
        if self.options.colons and not text.endswith((":", "：")):
            colon = ":" if self.options.signs == "half" else "："
        return self._spell(self._signs(text)) + colon

    def group(self, text: str) -> Typed:
        """Return the name of an indicator group, spelled like a label."""
        return Typed(self._spell(self._signs(text))) if text else EMPTY

    def words(self, text: str) -> Typed:
        """Return free text."""
        if not text:
            return EMPTY
        text = self._signs(text)
        if self.options.signs == "full" and len(text) < 8 and self.dice.randrange(4) == 0:
            text = text.translate(_WIDE_DIGITS)
        if self.options.stray_blanks and self.dice.randrange(3) == 0:
            text = self.dice.choice((f"{text} ", f" {text}", f"{text}\n", f"　{text}"))
        return Typed(text)

    def amount(self, text: str) -> Typed:
        """Return an amount of money, as a number, as text, or as text with thousands grouped."""
        match = _NUMBER.fullmatch(text)
        if match is None:
            return self.words(text)
        if self.options.amounts == "text":
            return Typed(text)
        if self.options.amounts == "grouped_text":
            return Typed(f"{Decimal(text):,}")
        return Typed(Decimal(text), self.dice.choice(("General", "0.00", "#,##0.00")))

    def points(self, text: str) -> Typed:
        """Return a weight or a score."""
        if _NUMBER.fullmatch(text) is None:
            return self.words(text)
        if self.options.points == "text":
            return Typed(text)
        number = Decimal(text)
        return Typed(number.quantize(Decimal(1)) if number == number.to_integral() else number)

    def rate(self, text: str) -> Typed:
        """Return a rate: 0.8989 shown as 0.00%, or the text."""
        match = _PERCENT.fullmatch(text)
        if match is None:
            return self.points(text)
        return Typed(text) if self.options.percents == "text" else _fraction(match)

    def value(self, text: str) -> Typed:
        """Return a target or an actual value: a bare figure perhaps as a number, all else as text."""
        if self.options.typed_targets and _NUMBER.fullmatch(text):
            return Typed(Decimal(text))
        match = _PERCENT.fullmatch(text)
        if self.options.typed_targets and match is not None:
            return _fraction(match)
        return self.words(text)

    def quantity(self, text: str) -> tuple[Typed, Typed, Typed]:
        """Return a target as operator, value, unit; what is no simple quantity is 定性, its text, no unit."""
        match = _QUANTITY.fullmatch(text)
        if not text:
            return EMPTY, EMPTY, EMPTY
        if match is None:
            return Typed("定性"), self.words(text), EMPTY
        operator, number, unit = match.groups()
        return Typed(operator or "="), Typed(Decimal(number)), Typed(unit or None)

    def _signs(self, text: str) -> str:
        if self.options.signs == "full":
            return text.translate(_FULL)
        if self.options.signs == "half":
            return "".join(_HALF.get(sign, sign) for sign in text)
        return text

    def _spell(self, text: str) -> str:
        spelling = self.options.spelling
        if spelling == "mixed":
            spelling = self.dice.choice(("plain", "spaced", "broken"))
        gaps = [match.start() for match in _BETWEEN.finditer(text)]
        if spelling == "plain" or not gaps or "\n" in text:
            return text
        if spelling == "spaced":
            blank = self.dice.choice((" ", " ", "　"))
            chosen = set(gaps) if len(text) <= 6 and self.dice.randrange(2) else {self.dice.choice(gaps)}
        else:
            blank = "\n"
            chosen = {self.dice.choice(gaps)}
        return "".join((blank if place in chosen else "") + sign for place, sign in enumerate(text))


def _fraction(match: re.Match[str]) -> Typed:
    decimals = len(match[2] or "")
    return Typed(Decimal(match[1]) / 100, f"0.{'0' * decimals}%" if decimals else "0%")
