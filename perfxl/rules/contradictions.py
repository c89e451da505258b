"""Targets whose operator another cell of the row contradicts, or the name's own meaning (≤90% for a satisfaction).

Such a target proves nothing: whether it is met rests on which of the two is right.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from perfxl.form.labels import core
from perfxl.form.model import Entry, Indicator
from perfxl.form.units import COUNT
from perfxl.form.values import Operator, Quantity, operator_in_name, parse
from perfxl.form.words import operator_named
from perfxl.rules.reading import empty, name_entry


class Contradiction(NamedTuple):
    """What contradicts a row's operator: the other entry, why in words, and the target as it stands."""

    other: Entry
    why: str
    target: Quantity


def contradiction(row: Indicator) -> Contradiction | None:
    """Return what contradicts the operator of a row's target, or None."""
    name = name_entry(row)
    if name is None or row.target is None or empty(row.target):
        return None
    target = _target(row)
    if target is None:
        return None
    found = _by_cells(row, name, target) or _by_name(name, target)
    return Contradiction(*found, target) if found is not None else None


def _by_cells(row: Indicator, name: Entry, own: Quantity) -> tuple[Entry, str] | None:
    """The cell whose operator is the opposite of the target's own, or of the one its column names."""
    others = [(name, operator_in_name(name.text), "名称里印的符号相反")]
    others += [
        (entry, operator_named(entry.text), f"指标性质却是“{entry.text}”")
        for entry in (row.operator, row.direction)
        if entry is not None
    ]
    return next(
        ((entry, why) for entry, operator, why in others if operator and _opposite(own.operator, operator)),
        None,
    )


def _by_name(name: Entry, target: Quantity) -> tuple[Entry, str] | None:
    """The name, where what it names can only be better the other way."""
    bare, words = core(name.text), _words()
    if (
        target.operator.ceiling
        and target.base < 1
        and target.unit.family == "ratio"
        and bare.endswith(words["more"])
    ):
        return name, "这个指标越高越好"
    counts = target.unit.family == COUNT and target.unit.known and not bare.endswith(words["less"])
    if target.operator.ceiling and counts and any(word in bare for word in words["quantities"]):
        return name, "这个指标越多越好"
    if target.operator.floor and bare.endswith(words["less"]):
        return name, "这个指标越少越好"
    return None


def _target(row: Indicator) -> Quantity | None:
    unit = row.unit.text if row.unit is not None and not empty(row.unit) else None
    operator = row.operator.text if row.operator is not None else None
    found = parse(row.target.value if row.target is not None else None, unit=unit, operator=operator)
    return found if isinstance(found, Quantity) else None


def _opposite(one: Operator, other: Operator) -> bool:
    return (one.floor and other.ceiling) or (one.ceiling and other.floor)


@lru_cache(maxsize=1)
def _words() -> dict[str, tuple[str, ...]]:
    table = tomllib.loads(Path(__file__).with_name("contradictions.toml").read_text(encoding="utf-8"))
    return {name: tuple(words) for name, words in table.items()}
