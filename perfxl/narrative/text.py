"""Sentences of a paragraph, each with a plain form in which figures and names are looked for.

The plain form has half-width signs and no white space, so that 预算 194.19 万元 and 预算１９４．１９万元 read alike;
it knows which character of the paragraph each of its own came from.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from perfxl.document.model import Paragraph

# The bound keeps a text without any stop from costing the square of its length.
_ENDS = re.compile(r"[^。！？!?\n]{0,2000}(?:[。！？!?]+[”’」』）)]*|\n)?")
_QUOTES = str.maketrans(
    {"「": "“", "」": "”", "『": "“", "』": "”", "〝": "“", "〞": "”", "﹪": "%", "％": "%"}
)
_KEPT = frozenset("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳…")
_OPERATORS = {"≧": "≥", "⩾": "≥", "≦": "≤", "⩽": "≤", "﹥": ">", "﹤": "<", "−": "-", "–": "-", "—": "—"}


class Sentence(NamedTuple):
    """A sentence: `text` as printed, `plain` for reading, `spots` the paragraph's characters that `plain` shows."""

    paragraph: Paragraph
    text: str
    plain: str
    spots: tuple[int, ...]

    @property
    def number(self) -> int:
        """The number of its paragraph."""
        return self.paragraph.number

    @property
    def span(self) -> tuple[int, int]:
        """The characters of the paragraph that it covers."""
        return (self.spots[0], self.spots[-1] + 1) if self.spots else (0, 0)


def sentences_of(paragraph: Paragraph) -> tuple[Sentence, ...]:
    """Return the sentences of a paragraph in order; line breaks end a sentence too, blank ones are left out."""
    found = []
    for match in _ENDS.finditer(paragraph.text):
        plain, spots = _plain(match[0], match.start())
        if plain:
            found.append(Sentence(paragraph, match[0].strip(), plain, spots))
    return tuple(found)


@lru_cache(maxsize=4096)
def plain_text(text: str) -> str:
    """Return a text in the plain form."""
    return _plain(text, 0)[0]


def _plain(text: str, offset: int) -> tuple[str, tuple[int, ...]]:
    signs: list[str] = []
    spots: list[int] = []
    for place, sign in enumerate(text, start=offset):
        if sign.isspace() or unicodedata.category(sign) == "Cf":
            continue
        signs.append(_sign(sign))
        spots.append(place)
    return "".join(signs), tuple(spots)


def _sign(sign: str) -> str:
    if sign < "\x7f" or sign in _KEPT:
        return sign
    known = _OPERATORS.get(sign)
    if known is not None:
        return known
    turned = unicodedata.normalize("NFKC", sign).translate(_QUOTES)
    return turned if len(turned) == 1 else sign
