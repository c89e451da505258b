"""Rows inside an indicator table that are no indicators: subtotals of a group, and captions above one."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from perfxl.form import labels
from perfxl.form.figures import figure
from perfxl.form.heads import LEVELS, Head
from perfxl.form.model import Entry, Form, Indicator, Subtotal, Total
from perfxl.form.page import Block, Page

_GROUPS = ("level1", "level2")
_FIRST_VALUES = ("target", "actual", "weight", "score", "standard")


def label_limit(head: Head) -> int:
    """The last sheet column in which a row's own label may stand: the one before the first value column."""
    values = [head.columns[role].left for role in _FIRST_VALUES if role in head.columns]
    return max(min(values) - 1, head.left) if values else head.right


def subtotal_at(page: Page, head: Head, row: int, begun: list[Block]) -> Subtotal | None:
    """The subtotal that a row is, or the caption of the group that begins under it; None for any other row."""
    limit = label_limit(head)
    own = [block for block in begun if block.is_words and block.area.left <= limit]
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


class Summed(NamedTuple):
    """Which rows a subtotal may sum up, the usual choice first; `certain` where the form leaves no other."""

    choices: tuple[tuple[Indicator, ...], ...]
    certain: bool


def summed(form: Form, rows: Sequence[Indicator], subtotal: Subtotal) -> Summed:
    """Return which of these rows of a form a subtotal may sum up.

    They are the group that it names (产出小计), the one in whose column it stands, the rows since the subtotal before
    it, all so far, the first-level or the second-level group of the last row; under a caption the rows as far as the
    next one.
    """
    at = subtotal.label.cell.row
    if subtotal.leads:
        captions = [other.label.cell.row for other in form.subtotals if other.leads]
        end = min((row for row in captions if row > at), default=None)
        group = tuple(row for row in rows if row.row > at and (end is None or row.row < end))
        return Summed((group,) if group else (), certain=True)
    before = tuple(row for row in rows if row.row < at)
    if not before:
        return Summed((), certain=False)
    since = max((row for row in (other.label.cell.row for other in form.subtotals) if row < at), default=0)
    latest = tuple(row for row in before if row.row > since)
    groups = {level: _last_group(before, level) for level in _GROUPS}
    level = _group_level(form, before[-1], subtotal)
    usual = groups[level] if level is not None else latest
    ungrouped = not any(level in form.indicator_columns for level in _GROUPS)
    choices = dict.fromkeys((usual, latest, before, *groups.values()))
    return Summed(
        tuple(choice for choice in choices if choice),
        certain=bool(usual) and (level is not None or ungrouped or usual in groups.values()),
    )


def _group_level(form: Form, last: Indicator, subtotal: Subtotal) -> str | None:
    """Whose group a subtotal below a row sums up by its name, else by its column: "level1", "level2", or None."""
    named = (level for level in _GROUPS if _is_named(_group_name(last, level), subtotal))
    columns = {level: form.indicator_columns.get(level) for level in _GROUPS}
    place = subtotal.label.cell.column
    standing = (
        level for level, column in columns.items() if column is not None and column.cell.column == place
    )
    return next(named, None) or next(standing, None)


def _last_group(rows: Sequence[Indicator], level: str) -> tuple[Indicator, ...]:
    """The last rows that share a level with the very last."""
    last = _group_name(rows[-1], level)
    start = next(
        (index for index in range(len(rows) - 1, -1, -1) if _group_name(rows[index], level) != last), -1
    )
    return tuple(rows[start + 1 :])


def _group_name(row: Indicator, level: str) -> str:
    label: Entry | None = getattr(row, level)
    return labels.squeeze(label.text) if label is not None else ""


def _is_named(group: str, subtotal: Subtotal) -> bool:
    name = labels.core(group).removesuffix("指标")
    return bool(name) and name in labels.squeeze(subtotal.label.text)


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
