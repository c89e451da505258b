"""Reading the rows of an indicator table (绩效指标) under its head."""

from __future__ import annotations

from typing import NamedTuple

from perfxl.form import labels
from perfxl.form.fund_cells import FundTable
from perfxl.form.funds import is_fund_head, read_funds
from perfxl.form.heads import LEVELS, Head
from perfxl.form.model import Entry, Indicator, Subtotal, Total
from perfxl.form.page import Block, Page
from perfxl.form.subtotals import is_number, label_limit, last_of_groups, subtotal_at, subtotal_of
from perfxl.workbook.grid import Position

# In the order of the fields of `Indicator` after its levels.
VALUE_ROLES = (
    "target",
    "actual",
    "weight",
    "score",
    "reason",
    "standard",
    "operator",
    "unit",
    "description",
    "completion",
    "weighted_score",
    "direction",
)
_FARTHEST_TOTAL = 4
_GRADES = frozenset({"优", "良", "中", "差", "优秀", "良好", "合格", "基本合格", "不合格", "较差", "一般"})


class IndicatorTable(NamedTuple):
    """What was read: the rows in order, the total row, and the last row of the sheet that belongs to the table."""

    rows: tuple[Indicator, ...]
    total: Total | None
    bottom: int
    apart: frozenset[Position] = frozenset()
    """The cells of a total row that stands below the table's end."""
    funds: FundTable = FundTable()
    """A fund table that stands between the rows and the total."""
    subtotals: tuple[Subtotal, ...] = ()


def read_indicators(page: Page, head: Head, bottom: int) -> IndicatorTable:
    """Read the table under `head`, no further than row `bottom`."""
    rows: list[Indicator] = []
    total: Total | None = None
    below_rows = False  # some tables print their total above their rows
    last = head.bottom
    previous: Indicator | None = None
    funds = FundTable()
    subtotals: list[Subtotal] = []
    caption: Entry | None = None
    for row in page.filled_rows(head.bottom + 1, bottom):
        if row <= funds.bottom:
            continue
        begun = list(page.begun(row))
        if not begun or _repeats_head(begun):
            last = row
            continue
        found_total = _total(page, head, row, begun)
        subtotal = None if total is not None and below_rows else subtotal_at(page, head, row, begun)
        if found_total is not None and rows and _rows_go_on(page, head, row, bottom):
            subtotal = subtotal_of(found_total)
        if subtotal is not None:
            subtotals.append(subtotal)
            caption, last = subtotal.label if subtotal.leads else caption, row
            continue
        if found_total is not None:
            if group := last_of_groups(total, subtotals):
                subtotals, total = [*subtotals, group], None
            total, last, below_rows = _better(total, found_total), row, bool(rows)
            continue
        if total is None or not below_rows:
            across = _execution_across(page, head, row, begun)
            if across is not None:
                rows.append(across)
                previous, last = across, row
                continue
        if (total is not None and below_rows) or _ends_table(page, head, row, begun):
            break
        if is_fund_head(page, row) and (inside := read_funds(page, row, bottom)).rows:
            funds, last = inside, inside.bottom
            continue
        indicator = _indicator(page, head, row, begun, previous, caption)
        if indicator is not None:
            rows.append(indicator)
            previous = indicator
            caption = caption if indicator.level1 is caption else None
        last = row
    if total is None:
        total, apart = _total_further_down(page, head, last, bottom)
        return IndicatorTable(tuple(rows), total, last, apart, funds, tuple(subtotals))
    return IndicatorTable(tuple(rows), total, last, funds=funds, subtotals=tuple(subtotals))


def _total_further_down(
    page: Page, head: Head, last: int, bottom: int
) -> tuple[Total | None, frozenset[Position]]:
    """The total row where "其他需要说明的事项" stands between it and the table, with the cells it takes."""
    passed = last
    for row in page.filled_rows(last + 1, bottom):
        if row <= passed:
            continue
        if row > passed + _FARTHEST_TOTAL:
            break
        if is_fund_head(page, row):
            passed = max(read_funds(page, row, bottom).bottom, passed)
            continue
        begun = list(page.begun(row))
        found = _total(page, head, row, begun)
        if found is not None and any(entry and not entry.blank for entry in (found.weight, found.score)):
            return found, frozenset((block.area.top, block.area.left) for block in begun)
    return None, frozenset()


def _repeats_head(begun: list[Block]) -> bool:
    """Whether a page break printed the head again in the middle of the table."""
    levels = {labels.role("indicator", block.text) for block in begun if block.is_words} & set(LEVELS)
    return len(levels) >= 2


def _total(page: Page, head: Head, row: int, begun: list[Block]) -> Total | None:
    limit = label_limit(head)
    first = [block for block in begun if block.area.left <= limit]
    label = next((block for block in first if labels.role("total", block.text)), None)
    if label is not None:
        weight, score, weighted = (
            head.entry(page, row, role) for role in ("weight", "score", "weighted_score")
        )
        if weight is not None and score is not None and weight.cell == score.cell:
            weight = None
        return Total(
            label.entry, _own(weight, label), _own(score, label), _grade(begun), _own(weighted, label)
        )
    for block in first:
        pair = labels.in_cell_pair(block.text) if block.is_words else None
        if pair and pair[1] and labels.role("total", pair[0]):
            return Total(Entry(pair[0], block.cell), None, Entry(pair[1], block.cell), _grade(begun))
    return None


def _own(entry: Entry | None, label: Block) -> Entry | None:
    """A value of the total row, unless its place is taken by the label's own merged range."""
    return None if entry is not None and entry.cell == label.cell else entry


def _grade(begun: list[Block]) -> Entry | None:
    return next((block.entry for block in begun if labels.squeeze(block.text) in _GRADES), None)


def _better(total: Total | None, later: Total) -> Total:
    """Of two total rows that follow each other, the later one that has a score."""
    if total is None or (later.score is not None and not later.score.blank):
        return later
    return total


def _rows_go_on(page: Page, head: Head, row: int, bottom: int) -> bool:
    """Whether rows with a name and points, and another total, follow a total: it is that of a group."""
    lowest = next((head.columns[level] for level in reversed(LEVELS) if level in head.columns), None)
    rows = 0
    for below in page.filled_rows(row + 1, bottom):
        begun = list(page.begun(below))
        if _repeats_head(begun):
            return False
        if _total(page, head, below, begun) is not None:
            return rows > 0
        name = page.at(below, lowest.left) if lowest is not None else None
        marks = [head.entry(page, below, role) for role in ("weight", "score")]
        if name is not None and name.is_words and any(is_number(mark) for mark in marks):
            rows += 1
    return False


def _ends_table(page: Page, head: Head, row: int, begun: list[Block]) -> bool:
    """Whether a row stands below the table: a note, a signature line, a title, a passage across the columns."""
    first = begun[0]
    limit = label_limit(head)
    if any(block.area.left <= limit and block.area.right > limit + 1 and block.is_words for block in begun):
        return True
    lowest_level = next((head.columns[level] for level in reversed(LEVELS) if level in head.columns), None)
    if first.area.left > limit or not first.is_words:
        return False
    own_name = page.at(row, lowest_level.left) if lowest_level else first
    if own_name != first and not own_name.blank and own_name.area.right <= limit:
        return False
    pair = labels.in_cell_pair(first.text)
    label = pair[0] if pair else first.text
    if labels.role("footer", label) or labels.role("header", label) in (
        "person",
        "date",
        "grade",
        "self_score",
    ):
        return True
    return pair is not None and labels.squeeze(pair[0]) in ("注", "备注", "说明")


def _execution_across(page: Page, head: Head, row: int, begun: list[Block]) -> Indicator | None:
    """The row of the execution rate whose label spans the columns up to its weight and score, or None."""
    label = begun[0]
    if label.area.right <= label_limit(head) or labels.role("method", label.text) != "execution_rate":
        return None
    values = {role: head.entry(page, row, role) for role in VALUE_ROLES}
    own = {role: entry for role, entry in values.items() if entry and entry.cell != label.cell}
    if all(entry.blank for role, entry in own.items() if role in ("weight", "score")):
        return None
    levels = [label.entry if level in head.columns else None for level in LEVELS]
    return Indicator(row, *levels, **own)


def _indicator(
    page: Page,
    head: Head,
    row: int,
    begun: list[Block],
    previous: Indicator | None,
    caption: Entry | None = None,
) -> Indicator | None:
    columns = [column for role, column in head.columns.items() if role in LEVELS or role in VALUE_ROLES]
    if not any(
        column.left <= block.area.right and block.area.left <= column.right
        for block in begun
        for column in columns
    ):
        return None
    level1 = head.entry(page, row, "level1")
    level2 = head.entry(page, row, "level2")
    same_group = True
    if caption is not None and (level1 is None or level1.blank):
        level1 = caption
    if level1 is not None and previous is not None and previous.level1 is not None:
        if level1.blank:
            level1 = previous.level1
        same_group = labels.squeeze(level1.text) == labels.squeeze(previous.level1.text)
    if (
        level2 is not None
        and level2.blank
        and same_group
        and previous is not None
        and previous.level2 is not None
    ):
        level2 = previous.level2
    return Indicator(
        row,
        level1,
        level2,
        head.entry(page, row, "level3"),
        *(head.entry(page, row, role) for role in VALUE_ROLES),
    )
