"""Reading the yearly goal (年度总体目标) and what became of it (实际完成情况)."""

from __future__ import annotations

from collections.abc import Collection

from perfxl.form import labels
from perfxl.form.model import Goals
from perfxl.form.page import Block, Page
from perfxl.workbook.grid import Position


def read_goals(
    page: Page, top: int, bottom: int, used: Collection[Position]
) -> tuple[Goals, frozenset[Position]]:
    """Read the goals between two rows, leaving alone the cells in `used`; also return the positions read."""
    target: Block | None = None
    actual: Block | None = None
    taken: set[Position] = set()
    blank: dict[str, tuple[Block, Block]] = {}
    for row in page.filled_rows(top, bottom):
        named = [
            (block, labels.role("goal", block.text))
            for block in page.begun(row)
            if block.is_words and _position(block) not in used and _position(block) not in taken
        ]
        named = _without_group_label(page, named)
        actuals = [block for block, role in named if role == "actual"]
        targets = [block for block, role in named if role == "target"]
        actual_label = actuals[-1] if actuals else None
        before = [b for b in targets if actual_label is None or b.area.left < actual_label.area.left]
        target_label = before[-1] if before else None
        if actual_label is not None and target_label is not None:
            target, actual = _both(page, target_label, actual_label)
            taken |= {_position(b) for b in (target_label, actual_label, target, actual, *actuals, *targets)}
            break
        if target_label is not None and target is None and (found := _beside(page, target_label)):
            target = found
            taken |= {_position(target_label), _position(found)}
        if actual_label is not None and actual is None and (found := _beside(page, actual_label)):
            actual = found
            taken |= {_position(actual_label), _position(found)}
        for role, label in (("target", target_label), ("actual", actual_label)):
            beside = page.right_of(label) if label is not None else None
            if label is not None and beside is not None and beside.blank:
                blank.setdefault(role, (label, beside))
    # A label alone with a blank beside it is a goal left out only where the other goal is given.
    if target is not None and actual is None and "actual" in blank:
        label, actual = blank["actual"]
        taken |= {_position(label), _position(actual)}
    if actual is not None and target is None and "target" in blank:
        label, target = blank["target"]
        taken |= {_position(label), _position(target)}
    goals = Goals(target.entry if target else None, actual.entry if actual else None)
    return goals, frozenset(taken)


def _without_group_label(page: Page, named: list[tuple[Block, str | None]]) -> list[tuple[Block, str | None]]:
    """Drop the label of the whole block of goals ("年度总体目标完成情况"), which stands left of the two labels."""
    known: list[tuple[Block, str | None]] = [(block, role) for block, role in named if role is not None]
    if len(known) < 2:
        return known
    (first, role), (second, _) = known[0], known[1]
    beside = page.right_of(first)
    is_group = beside == second and (first.area.bottom > first.area.top or role == "actual")
    return known[1:] if is_group else known


def _position(block: Block) -> Position:
    return block.area.top, block.area.left


def _both(page: Page, target_label: Block, actual_label: Block) -> tuple[Block, Block]:
    """The two values: under their labels where these stand side by side, else at the right of each."""
    beside, beside_actual = page.right_of(target_label), page.right_of(actual_label)
    under, under_actual = page.below(target_label), page.below(actual_label)
    adjacent = target_label.area.right + 1 == actual_label.area.left
    if adjacent or beside is None or beside_actual is None:
        return under, under_actual
    if not _is_free(beside) or (
        beside.blank and beside_actual.blank and not (under.blank and under_actual.blank)
    ):
        return under, under_actual
    return beside, beside_actual


def _is_free(block: Block) -> bool:
    return labels.role("goal", block.text) is None


def _beside(page: Page, label: Block) -> Block | None:
    """The value at the right of a label that stands alone on its row, where there is one."""
    beside = page.right_of(label)
    if beside is None or beside.blank or not beside.is_words:
        return None
    return (
        beside
        if labels.role("fund", beside.text) is None and labels.role("header", beside.text) is None
        else None
    )
