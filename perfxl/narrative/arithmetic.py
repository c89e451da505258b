"""All that the figures of a report must satisfy among themselves."""

from __future__ import annotations

from perfxl.narrative.adjustments import adjustments
from perfxl.narrative.growth import growth
from perfxl.narrative.partitions import partitions
from perfxl.narrative.ratios import balances, ratios
from perfxl.narrative.relations import Book, Relation
from perfxl.narrative.repeats import repetitions
from perfxl.narrative.shares import shares
from perfxl.narrative.sums import sums


def relations_of(book: Book) -> tuple[Relation, ...]:
    """Return every relation among the figures of a section, those that hold included."""
    finders = (sums, shares, ratios, growth, repetitions, balances, adjustments, partitions)
    return tuple(relation for finder in finders for relation in finder(book))
