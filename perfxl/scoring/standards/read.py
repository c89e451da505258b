"""Reading a scoring standard: every family looks at the text, the first that understands all of it holds."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache

from perfxl.scoring.standards import (
    checklist,
    choices,
    deductions,
    parts,
    ratio,
    steps,
    three_levels,
    weighted,
)
from perfxl.scoring.standards.standard import Reading, Standard
from perfxl.scoring.standards.wording import plain

FAMILIES: tuple[Callable[[Reading], Standard | None], ...] = (
    weighted.read,
    three_levels.read,
    parts.read,
    choices.read_bands,
    deductions.read,
    ratio.read,
    steps.read,
    checklist.read,
    choices.read,
)
"""In this order: a text with points in brackets is a list only if nothing in it is measured."""

_LONGEST = 2000


@lru_cache(maxsize=1024)
def read_standard(
    text: str, weight: Decimal, *, name: str = "", description: str = "", pass_share: Decimal = Decimal("0.6")
) -> Standard | None:
    """Return what a scoring standard says for a weight in points, or None where no family understands it.

    `name` is the indicator's own name and `description` its 指标说明, both as printed; `pass_share` the share of
    the weight that 合格 earns. Nothing is guessed: a text of which a part is not understood stays unread.
    """
    if weight <= 0 or not text.strip() or len(text) > _LONGEST:
        return None
    reading = Reading(plain(text), weight, plain(name), plain(description), pass_share)
    for family in FAMILIES:
        found = family(reading)
        if found is not None:
            return found
    return None
