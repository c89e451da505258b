"""Reading a scoring standard: every family looks at the text, the first that understands all of it holds."""

from __future__ import annotations

import re
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
_CAPPED = re.compile(r"(?:最高|最多|上限)(?:不超过|≤|得|计|为)?(\d+(?:\.\d+)?)分(?:为止)?")
"""The points of the weight as a cap, as good as 满分."""
_EXEMPTION = re.compile(
    r"(?<=[。;])(?:没有|无|不涉及)[^,;。\d]{1,20}的(?:部门|单位|项目)?,?(?:按|得|计)满分(?:计算|计)?[。;]?"
)
"""Whom the rule does not concern: 没有楼堂馆所项目的部门按满分计算."""


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
    bare = _CAPPED.sub(
        lambda match: "最高不超过满分" if Decimal(match[1]) == weight else match[0], plain(text)
    )
    reading = Reading(_EXEMPTION.sub("", bare), weight, plain(name), plain(description), pass_share)
    for family in FAMILIES:
        found = family(reading)
        if found is not None:
            return found
    return None
