"""The indicator table as a report goes through it: groups of the first and second level, their sums, and counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from perfxl.form.model import Entry, Indicator, one_line
from perfxl.report.indicator_facts import IndicatorFact, without_weight
from perfxl.report.stated import Doubt, Doubts, Stated, total_of, worded
from perfxl.rules.marks import label_points


@dataclass(frozen=True, slots=True)
class Group:
    """A first- or second-level group: its sums, its sub-groups (first level) or its rows (second level)."""

    name: str
    weight: Stated | None
    score: Stated | None
    doubts: tuple[Doubt, ...]
    parts: tuple[Group, ...] = ()
    indicators: tuple[IndicatorFact, ...] = ()


class Counts(NamedTuple):
    """How many indicators there are at each level, and how many third-level ones met their target."""

    level1: int
    level2: int
    level3: int
    met: int
    missed: int
    undecided: int


def groups_of(
    rows: Sequence[Indicator], stated: Sequence[IndicatorFact], doubts: Doubts
) -> tuple[Group, ...]:
    """Return the groups of the rows, in order."""
    groups = []
    pairs = list(zip(rows, stated, strict=True))
    for _, in_group in groupby(pairs, key=lambda pair: _label(pair[0].level1)):
        members = list(in_group)
        parts = []
        for _, in_part in groupby(members, key=lambda pair: _label(pair[0].level2)):
            of_part = list(in_part)
            indicators = tuple(fact for _, fact in of_part)
            parts.append(
                _group([row.level2 for row, _ in of_part], indicators, doubts, indicators=indicators)
            )
        all_of_group = tuple(fact for _, fact in members)
        groups.append(_group([row.level1 for row, _ in members], all_of_group, doubts, parts=tuple(parts)))
    return tuple(groups)


def _group(
    labels: Sequence[Entry | None],
    rows: Sequence[IndicatorFact],
    doubts: Doubts,
    *,
    parts: tuple[Group, ...] = (),
    indicators: tuple[IndicatorFact, ...] = (),
) -> Group:
    """A group with the sums of its rows; where these carry no weights, the label's ("产出指标(50分)")."""
    label = labels[0]
    printed = label_points(label.text) if label is not None else None
    weight = total_of(row.weight for row in rows)
    if weight is None and label is not None and printed is not None:
        weight = worded(printed, (label.address,))
    name = without_weight(_label(label))
    return Group(name, weight, total_of(row.score for row in rows), doubts.take(labels), parts, indicators)


def _label(entry: Entry | None) -> str:
    return one_line(entry.text) if entry is not None else ""


def counts_of(groups: tuple[Group, ...], rows: tuple[IndicatorFact, ...]) -> Counts:
    """Return how many there are at each level, and how many met their target."""
    return Counts(
        level1=sum(1 for group in groups if group.name),
        level2=sum(1 for group in groups for part in group.parts if part.name),
        level3=len(rows),
        met=sum(1 for row in rows if row.met is True),
        missed=sum(1 for row in rows if row.met is False),
        undecided=sum(1 for row in rows if row.met is None),
    )
