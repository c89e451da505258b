"""Finding the heads of tables: the row or rows that name the columns of an indicator table or a project list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from perfxl.form import labels
from perfxl.form.model import Column, Entry
from perfxl.form.page import Block, Page
from perfxl.workbook.grid import Area

LEVELS = ("level1", "level2", "level3")
_VALUES = frozenset({"target", "actual", "weight", "score", "standard", "weighted_score"})
_NAMES = frozenset({*LEVELS, "name"})
_LIST_FIGURES = frozenset({"budget", "executed", "initial"})
_LIST_OTHERS = frozenset({"number", "score", "goal", "returned", "actual", "executed"})
_LIST_LEAST = 3
"""So many columns that mean different things tell a list of projects."""
_DEEPEST_HEAD = 4
_KINDS_OF_SPENDING = frozenset({"基本支出", "项目支出"})
_YEAR = re.compile(r"20\d\d年度?")
_LONGEST_SPAN = 12
_ROWS_LOOKED_AT = 8
_OPERATORS = frozenset(
    {"≥", "≤", "=", ">", "<", ">=", "<=", "≧", "≦", "大于等于", "小于等于", "等于", "定性"}
)


class HeadColumn(NamedTuple):
    """One named column of a table: its role, label, and the sheet columns it spans."""

    role: str
    label: Block
    left: int
    right: int

    @property
    def column(self) -> Column:
        """The head as the form model keeps it."""
        return Column(self.role, labels.key(self.label.text), self.label.cell)


class Head(NamedTuple):
    """The head of a table: its rows, the columns it spans, and its named columns by role."""

    table: str  # "indicator" or "list"
    top: int
    bottom: int
    left: int
    right: int
    columns: Mapping[str, HeadColumn]
    beside: Head | None = None
    """The head of the same table where it goes on at the right of itself."""

    def entry(self, page: Page, row: int, role: str) -> Entry | None:
        """The entry of a column on a row: the first filled block under its label, else the blank one."""
        column = self.columns.get(role)
        if column is None:
            return None
        blocks = page.within(row, column.left, column.right)
        filled = next((block for block in blocks if not block.blank), None)
        if filled is None and role == "target" and "initial_target" in self.columns:
            return self.entry(page, row, "initial_target")  # 调整指标值 is filled only where it was adjusted
        return (filled or blocks[0]).entry


def find_heads(page: Page) -> list[Head]:
    """Return every table head of a page, from top to bottom and left to right."""
    heads: list[Head] = []
    for row in page.filled_rows(1, page.bottom):
        if any(head.top <= row <= head.bottom for head in heads):
            continue
        for blocks in _side_by_side([block for block in page.row(row) if block.is_words]):
            head = _indicator_head(page, row, blocks) or _list_head(page, row, blocks)
            if head is not None:
                heads.append(head)
    return heads


def _side_by_side(blocks: Sequence[Block]) -> list[list[Block]]:
    """Cut a row of labels where a first-level label (or a list's number) comes again: tables beside each other."""
    groups: list[list[Block]] = [[]]
    seen: set[str] = set()
    for block in blocks:
        role = labels.role("indicator", block.text)
        if role in ("level1", "number") and role in seen:
            groups.append([])
            seen = set()
        if role is not None:
            seen.add(role)
        groups[-1].append(block)
    return groups


def _indicator_head(page: Page, row: int, blocks: Sequence[Block]) -> Head | None:
    named = [(block, labels.role("indicator", block.text)) for block in blocks]
    roles = {role for _, role in named if role is not None}
    levels = roles & set(LEVELS)
    if not levels and "name" not in roles:
        return None
    # "绩效指标" is a name column only where no levels are; beside levels it is the label of the whole table.
    if len(levels) >= 2:
        spanning = [block for block, role in named if role in LEVELS]
    elif len(roles & _VALUES) < 2 or _levels_follow(page, row) or _names_amounts(blocks, roles):
        return None
    else:
        spanning = [block for block, role in named if role in _NAMES]
        name_columns = [block for block, role in named if role == "name"]
        if len(name_columns) > 1:
            spanning.remove(name_columns[0])
    # What stands left of the first level is the label of the whole table ("绩效指标"), whatever it is called.
    left = min(block.area.left for block in spanning)
    named = [(block, role) for block, role in named if block.area.left >= left]
    top = min(block.area.top for block, role in named if role is not None)
    bottom = min(max(block.area.bottom for block, role in named if role is not None), row + _DEEPEST_HEAD)
    right = max(block.area.right for block in blocks)
    bottom = _with_rows_below(page, bottom, left, right, spanning)
    if _only_spans(page, top - 1, left, right):
        top -= 1
    columns = _indicator_columns(page, max(top, row - 1), row, bottom, left, right)
    if not columns.keys() & _VALUES or not columns.keys() & set(LEVELS):
        return None
    if "operator" not in columns:
        columns |= _operator_beside_target(page, bottom, columns.get("target"))
    return Head("indicator", top, bottom, left, right, columns)


def _names_amounts(blocks: Sequence[Block], roles: set[str]) -> bool:
    """Whether a row names budgets and spending, and neither targets nor results: the head of a fund table."""
    amounts = {labels.role("fund", block.text) for block in blocks} & {
        "initial",
        "budget",
        "arrived",
        "executed",
    }
    return len(amounts) >= 2 and not roles & {"target", "actual"}


def _levels_follow(page: Page, row: int) -> bool:
    """Whether the levels are named within the next rows: this row is then the upper one of a head of two."""
    for below in range(row + 1, row + _DEEPEST_HEAD):
        roles = {labels.role("indicator", block.text) for block in page.begun(below) if block.is_words}
        if len(roles & set(LEVELS)) >= 2:
            return True
    return False


def _only_spans(page: Page, row: int, left: int, right: int) -> bool:
    """Whether a row holds nothing but labels that each span several columns of the head under it."""
    above = [block for block in page.begun(row) if left <= block.area.left <= right]
    return any(labels.role("indicator", block.text) for block in above) and all(
        block.is_words
        and block.area.right > block.area.left
        and len(labels.squeeze(block.text)) <= _LONGEST_SPAN
        for block in above
    )


def _with_rows_below(page: Page, bottom: int, left: int, right: int, spanning: Iterable[Block]) -> int:
    """Return the head's last row: a further row belongs to it when it names columns only and no level stands in it.

    Under a level that spans several columns (一级指标 over 名称 | 权重) names of columns may stand.
    """
    names = [block.area for block in spanning]
    while True:
        below = [
            block
            for block in page.row(bottom + 1)
            if block.area.top == bottom + 1 and left <= block.area.left <= right
        ]
        if not below or any(
            area.left <= block.area.left <= area.right and not _splits(area, block)
            for block in below
            for area in names
        ):
            return bottom
        if not all(_is_column_label(block) or labels.core(block.text) == "名称" for block in below):
            return bottom
        bottom += 1


def _splits(level: Area, block: Block) -> bool:
    """Whether a block names one of the columns over which the label of a level spans."""
    if level.right == level.left or not block.is_words:
        return False
    return labels.core(block.text) == "名称" or labels.role("indicator", block.text) in ("name", "weight")


def _is_column_label(block: Block) -> bool:
    if not block.is_words:
        return False
    squeezed = labels.squeeze(block.text)
    in_brackets = squeezed.startswith("(") and squeezed.endswith(")")
    return in_brackets or labels.role("indicator", block.text) is not None


def _indicator_columns(
    page: Page, top: int, row: int, bottom: int, left: int, right: int
) -> dict[str, HeadColumn]:
    """Name the columns from their lowest label, or from it together with the label above."""
    found: list[tuple[str, HeadColumn]] = []
    for block, above in _columns_of(page, top, row, bottom, left, right):
        role = _column_role(block, above)
        if role is not None:
            found.append((role, HeadColumn(role, block, block.area.left, block.area.right)))
    return _settle(found)


def _columns_of(
    page: Page, top: int, row: int, bottom: int, left: int, right: int
) -> Iterable[tuple[Block, Block | None]]:
    """Every lowest label of the head from left to right, with the label that spans it above."""
    column = left
    while column <= right:
        stack: list[Block] = []
        for line in range(top, bottom + 1):
            block = page.at(line, column)
            if block.is_words and block not in stack:
                stack.append(block)
        lowest = next((block for block in reversed(stack) if not _only_brackets(block)), None)
        if lowest is None or lowest.area.bottom < row:
            column = page.at(bottom, column).area.right + 1
            continue
        above = next((block for block in reversed(stack) if _spans(block, lowest)), None)
        narrow = page.at(bottom, column).area
        if narrow.right < lowest.area.right and lowest.area.bottom < bottom:
            # The label spans more columns than the cell under it: take the column under it alone.
            lowest = Block(lowest.cell, lowest.area._replace(left=column, right=narrow.right))
        yield lowest, above
        column = max(column, lowest.area.right) + 1


def _spans(block: Block, lower: Block) -> bool:
    """Whether a label stands above another and is wider: the label of several columns."""
    return block.area.bottom < lower.area.top and (
        block.area.left < lower.area.left or block.area.right > lower.area.right
    )


def _only_brackets(block: Block) -> bool:
    squeezed = labels.squeeze(block.text)
    return squeezed.startswith("(") and squeezed.endswith(")")


def _column_role(block: Block, above: Block | None) -> str | None:
    role = labels.role("indicator", block.text)
    if above is None:
        return role
    upper = labels.role("indicator", above.text)
    if upper == "actual" and role in ("unit", "operator"):
        return None
    if role is None:
        return labels.role("indicator", above.text + block.text) or upper
    return role


def _settle(found: Sequence[tuple[str, HeadColumn]]) -> dict[str, HeadColumn]:
    """Give each role one column: the preferred label where two columns claim it."""
    columns: dict[str, HeadColumn] = {}
    for role, column in _of_own_year(_own_weights(found)):
        holder = columns.get(role)
        if holder is None:
            columns[role] = column
            continue
        wins = labels.preferred(role, column.label.text) and not labels.preferred(role, holder.label.text)
        loser = holder if wins else column
        if wins:
            columns[role] = column
        if role == "actual" and "completion" not in columns:
            columns["completion"] = loser
        if role == "target":
            columns.setdefault("initial_target", loser)
    if "operator" not in columns and "direction" in columns:
        columns["operator"] = columns.pop("direction")
    for substitute in ("name", "level4", "description"):
        if "level3" not in columns and substitute in columns:
            columns["level3"] = columns.pop(substitute)
    return columns


def _operator_beside_target(page: Page, bottom: int, target: HeadColumn | None) -> dict[str, HeadColumn]:
    """The columns of operator and value where one label (指标值) stands over both: ≥ | 24次."""
    if target is None or target.right == target.left:
        return {}
    rows = page.filled_rows(bottom + 1, bottom + _ROWS_LOOKED_AT)
    first = [page.at(row, target.left) for row in rows]
    own = [block for block in first if not block.blank and block.area.right < target.right]
    if not own or not all(labels.squeeze(block.text) in _OPERATORS for block in own):
        return {}
    edge = max(block.area.right for block in own)
    return {
        "operator": target._replace(role="operator", right=edge),
        "target": target._replace(left=edge + 1),
    }


def _own_weights(found: Sequence[tuple[str, HeadColumn]]) -> Sequence[tuple[str, HeadColumn]]:
    """Leave out the weights of groups (一级指标 | 分值 | 三级指标 | 分值): the own weight of a row stands last."""
    lowest = max((column.left for role, column in found if role in LEVELS), default=0)
    if not any(role == "weight" and column.left > lowest for role, column in found):
        return found
    return [(role, column) for role, column in found if role != "weight" or column.left > lowest]


def _names_sources(page: Page, name: Block) -> bool:
    """Whether the "projects" under a label are the rows of a fund table: a total with its parts."""
    below = range(name.area.bottom + 1, name.area.bottom + 4)
    names = [labels.squeeze(page.at(row, name.area.left).text) for row in below]
    first_is_total = (
        labels.role("source", names[0]) == "total"
        and not all(
            name and labels.role("source", name) is None  # a list may print its total above its projects
            for name in names[1:]
        )
    )
    return first_is_total or any(name.startswith("其中") or name in _KINDS_OF_SPENDING for name in names)


def _of_own_year(found: Sequence[tuple[str, HeadColumn]]) -> Iterable[tuple[str, HeadColumn]]:
    """Give columns whose labels name a year (2022年实际完成值) their role, where no other column has it.

    Of several years the latest is the form's own, the others are for comparison.
    """
    taken = {role for role, _ in found}
    own: dict[str, tuple[str, HeadColumn]] = {}
    for role, column in found:
        year = _YEAR.search(labels.core(column.label.text)) if role == "last_year" else None
        meant = labels.role("indicator", _YEAR.sub("", labels.core(column.label.text))) if year else None
        if year and meant and meant not in taken and year[0] > own.get(meant, ("", column))[0]:
            own[meant] = (year[0], column)
    for role, column in found:
        yield next((meant for meant, (_, chosen) in own.items() if chosen is column), role), column


def _lowest(page: Page, row: int, blocks: Sequence[Block]) -> list[Block]:
    """The labels of a list's head, those under a label that spans several columns in its place."""
    found: list[Block] = []
    deep = any(block.area.bottom > row for block in blocks)
    for block in blocks:
        wide = deep and block.area.bottom == row and block.area.right > block.area.left
        under = page.within(row + 1, block.area.left, block.area.right) if wide else []
        labelled = bool(under) and all(labels.role("list", lower.text) for lower in under if not lower.blank)
        found += [lower for lower in under if not lower.blank] if labelled else [block]
    return found


def _list_head(page: Page, row: int, blocks: Sequence[Block]) -> Head | None:
    named = [(block, labels.role("list", block.text)) for block in _lowest(page, row, blocks)]
    roles = {role for _, role in named if role is not None}
    if "name" not in roles or not roles & _LIST_FIGURES or not roles & _LIST_OTHERS:
        return None
    filled = len(page.row(row))
    if len(roles) < _LIST_LEAST or len([role for _, role in named if role]) < filled * 0.7:
        return None  # 项目, 本年决算数, 上年决算数 is a table of accounts
    if any(right.area.left - left.area.right > 3 for left, right in pairwise(blocks)):
        return None
    bottom = max(block.area.bottom for block, _ in named)
    while (below := list(page.begun(bottom + 1))) and all(_only_brackets(block) for block in below):
        bottom += 1
    columns: dict[str, HeadColumn] = {}
    for block, role in named:
        if role is not None and role not in columns:
            columns[role] = HeadColumn(role, block, block.area.left, block.area.right)
    if _names_sources(page, columns["name"].label):
        return None
    if "budget" not in columns and "initial" in columns:
        columns["budget"] = columns["initial"]
    left = min(block.area.left for block in blocks)
    right = max(block.area.right for block in blocks)
    return Head("list", min(block.area.top for block in blocks), bottom, left, right, columns)
