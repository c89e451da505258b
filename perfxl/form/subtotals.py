"""Rows inside an indicator table that are no indicators: subtotals of a group, and captions above one."""

from __future__ import annotations

from decimal import Decimal

from perfxl.form import labels
from perfxl.form.figures import figure
from perfxl.form.heads import LEVELS, Head
from perfxl.form.model import Entry, Subtotal, Total
from perfxl.form.page import Block, Page

_FIRST_VALUES = ("target", "actual", "weight", "score", "standard")


def label_limit(head: Head) -> int:
    """The last sheet column in which a row's own label may stand: the one before the first value column."""
    values = [head.columns[role].left for role in _FIRST_VALUES if role in head.columns]
    return max(min(values) - 1, head.left) if values else head.right


def subtotal_at(page: Page, head: Head, row: int, begun: list[Block]) -> Subtotal | None:
    """The subtotal that a row is, or the caption of the group that begins under it; None for any other row."""
    own = [block for block in begun if block.is_words and block.area.left <= label_limit(head)]
    label = next((block for block in own if labels.role("subtotal", block.text) == "subtotal"), None)
    if label is not None and label.area.top == row:
        return _subtotal(page, head, row, label, leads=False)
    if _is_caption(page, head, row, begun):
        return _subtotal(page, head, row, begun[0], leads=True)
    return None


def subtotal_of(total: Total) -> Subtotal:
    """A total row that turned out to sum up a group alone."""
    return Subtotal(total.label, total.weight, total.score)


def last_of_groups(total: Total | None, subtotals: list[Subtotal]) -> Subtotal | None:
    """The total before the form's own as a subtotal, where it is called what the subtotals above it are called."""
    if total is None or not subtotals:
        return None
    same = labels.squeeze(total.label.text) == labels.squeeze(subtotals[-1].label.text)
    return subtotal_of(total) if same else None


def is_number(entry: Entry | None) -> bool:
    """Whether an entry holds a figure."""
    return entry is not None and (isinstance(entry.value, Decimal) or figure(entry) is not None)


def _subtotal(page: Page, head: Head, row: int, label: Block, *, leads: bool) -> Subtotal:
    weight, score = (head.entry(page, row, role) for role in ("weight", "score"))
    if weight is not None and score is not None and weight.cell == score.cell:
        weight = None
    return Subtotal(label.entry, _own(weight, label), _own(score, label), leads)


def _own(entry: Entry | None, label: Block) -> Entry | None:
    return None if entry is not None and entry.cell == label.cell else entry


def _is_caption(page: Page, head: Head, row: int, begun: list[Block]) -> bool:
    """Whether a row names a group and nothing else but its points, and rows without a group of their own follow.

    The name of the group (产出指标（50分）) stands across the columns, or alone in the first one.
    """
    first = begun[0]
    if labels.role("subtotal", first.text) != "group_caption" or first.area.bottom > row:
        return False
    if first.area.left > label_limit(head):
        return False
    points = {
        entry.cell for role in ("weight", "score") if (entry := head.entry(page, row, role)) is not None
    }
    if any(block.cell not in points for block in page.row(row)[1:] if not block.blank):
        return False
    level1 = head.columns.get("level1")
    following = next(iter(page.filled_rows(row + 1, row + 2)), None)
    if following is None:
        return False
    beside = page.at(following, level1.left) if level1 is not None else None
    lowest = next(head.columns[level] for level in reversed(LEVELS) if level in head.columns)
    named = page.at(following, lowest.left)
    return (beside is None or beside.blank) and named.is_words and named.area.top == following
