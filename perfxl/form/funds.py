"""Reading the fund table (项目资金): whose money, budgeted and spent, however the form lays it out.

Four layouts occur. Columns: 年初预算数 | 全年预算数 | 全年执行数 over rows of sources. Pairs: "预算数: | 139.5 |
执行数: | 114" in each row. Transposed: sources across, 预算数 and 执行数 down. Split columns: 全年预算数 over
合计 | 财政拨款 | 其他资金. All become the same rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from perfxl.form import labels
from perfxl.form.figures import of_text
from perfxl.form.fund_cells import (
    AMOUNTS,
    CORE,
    MEASURES,
    FundTable,
    Measure,
    carries,
    is_value,
    pairs_of,
    positions,
    row_of,
    source_of,
)
from perfxl.form.model import Column, FundRow, FundSource
from perfxl.form.page import Block, Page
from perfxl.workbook.grid import Position


def read_funds(page: Page, top: int, bottom: int) -> FundTable:
    """Read the fund table that stands between two rows of a page; an empty table where there is none."""
    for row in page.filled_rows(top, bottom):
        measures = _measures(page, row)
        if len({measure.role for measure in measures} & CORE) < 2:
            continue
        if not {measure.role for measure in measures} & AMOUNTS:
            continue
        table = _read_across(page, row, measures, bottom)
        if table.rows:
            return table
    from perfxl.form.fund_list import read_downward

    return read_downward(page, top, bottom)


def _read_across(page: Page, row: int, measures: Sequence[Measure], bottom: int) -> FundTable:
    """Read the table whose head names these measures from left to right; an empty one if no amounts stand under it."""
    if _is_pairs(page, row, measures):
        return _read_pairs(page, row, bottom)
    if _has_split_columns(page, row, measures):
        return _read_split_columns(page, row, measures, bottom)
    lower = _with_lower_labels(page, row, measures)
    table = _read_columns(page, row, lower, bottom)
    above = positions(measure.block for measure in measures if measure not in lower)
    return table._replace(used=table.used | above) if table.rows else table


def _with_lower_labels(page: Page, row: int, measures: Sequence[Measure]) -> list[Measure]:
    """The measures of a head of two rows: 预算数 over 年初 | 调整后, 执行情况 over 执行数 | 执行率 | 得分."""
    found: list[Measure] = []
    for measure in measures:
        area = measure.block.area
        under = page.within(row + 1, area.left, area.right) if area.left < area.right else []
        lower = [(block, _lower_role(measure.block, block)) for block in under if block.area.top == row + 1]
        if lower and all(role in MEASURES for _, role in lower):
            found += [Measure(str(role), block, block.area.right) for block, role in lower]
        else:
            found.append(measure)
    return found


def _lower_role(above: Block, block: Block) -> str | None:
    if not block.is_words or is_value(block):
        return None
    own = labels.role("fund", block.text)
    if own in MEASURES:
        return own
    together = labels.role("fund", block.text + labels.core(above.text))
    return together if together in ("initial", "budget") else None


def is_fund_head(page: Page, row: int) -> bool:
    """Whether a row names amounts of money, budgeted and spent: the head of a fund table."""
    roles = {measure.role for measure in _measures(page, row)}
    return len(roles & AMOUNTS) >= 2 and all(block.is_words for block in page.begun(row))


def _measures(page: Page, row: int) -> list[Measure]:
    """The measure labels of a row. Of two with one role the first is the label of the whole table.

    But of two columns of budgets (预算数 | 调整预算数) the first is the one of the beginning of the year.
    """
    found: list[tuple[str, Block]] = []
    for block in page.begun(row):
        role = labels.role("fund", block.text) if block.is_words else None
        if role in MEASURES:
            if found and role == found[-1][0] == "budget" and _adjusts(page, found[-1][1], block):
                found[-1] = ("initial", found[-1][1])
            found = [
                (known, other) for known, other in found if known != role or known in ("weight", "score")
            ]
            found.append((role, block))
    amounts = [index for index, (role, _) in enumerate(found) if role in CORE]
    if not amounts:
        return []
    found = found[amounts[0] :]
    edges = [block.area.left - 1 for _, block in found[1:]] + [found[-1][1].area.right]
    return [
        Measure(role, block, max(block.area.right, edge))
        for (role, block), edge in zip(found, edges, strict=True)
    ]


def _adjusts(page: Page, block: Block, following: Block) -> bool:
    """Whether two labels are heads of neighbouring columns of budgets, the second adjusted in the year."""
    beside = block.area.right + 1 == following.area.left and block.area.bottom == following.area.bottom
    below = page.below(block)
    return beside and labels.preferred("budget", following.text) and not below.blank and is_value(below)


def _is_pairs(page: Page, row: int, measures: Sequence[Measure]) -> bool:
    if any(first.block.area.right + 1 == second.left for first, second in pairwise(measures)):
        return False
    beside = [page.right_of(measure.block) for measure in measures]
    if not all(block is not None and carries(block) for block in beside):
        return False
    if not any(block is not None and is_value(block) for block in beside):
        return False
    filled_beside = sum(1 for block in beside if block is not None and not block.blank)
    filled_below = sum(
        1
        for measure in measures
        if not page.below(measure.block).blank and is_value(page.below(measure.block))
    )
    return filled_beside > filled_below or filled_beside == filled_below == 0


def _columns(measures: Iterable[Measure]) -> dict[str, Column]:
    return {measure.role: measure.column for measure in measures}


# Columns -------------------------------------------------------------------------------------------------------------


def _read_columns(page: Page, row: int, measures: Sequence[Measure], bottom: int) -> FundTable:
    head_bottom = max(measure.block.area.bottom for measure in measures)
    beside = [block for block in page.row(row) if block.area.right < measures[0].left]
    group = next((block for block in beside if block.area.bottom > head_bottom), None)
    corner = _corner(beside, head_bottom, measures[0].left)
    rows: list[FundRow] = []
    used: set[Position] = set(positions([measure.block for measure in measures]))
    for line in range(head_bottom + 1, bottom + 1):
        in_group = group is not None and line <= group.area.bottom
        names, values = _line(page, line, measures, group)
        label = names[0] if names else None
        has_figure = any(block is not None and not block.blank for block in values.values())
        if label is None and has_figure and not rows:
            label = (
                corner if corner is not None and source_of(corner.text) is not FundSource.UNKNOWN else group
            )
            label = label or measures[0].block
        nameless = label is not None and label == measures[0].block  # a line of amounts under their labels
        if label is None or not (in_group or _belongs(label, values) or (nameless and _has_number(values))):
            if in_group and label is None:
                continue
            break
        source = source_of(label.text)
        if label in (group, measures[0].block):
            source = FundSource.TOTAL
        rows.append(row_of(label, source, values))
        used |= positions([label, *names, *values.values()])
    used |= positions(block for block in (group, corner) if block is not None and rows)
    used |= positions(block for block in page.begun(row) if block.area.left > measures[0].left)
    return FundTable(tuple(rows), _columns(measures), frozenset(used), row) if rows else FundTable()


def _corner(beside: Sequence[Block], head_bottom: int, left: int) -> Block | None:
    """The label above the rows' labels ("资金来源", "年度资金总额"), unless a field of the header stands there.

    `left` is the first column of the amounts. A field's label has its value, filled or blank, at its right.
    """
    inside = [block for block in beside if block.is_words and block.area.bottom <= head_bottom]
    if not inside or inside[-1] != beside[-1]:
        return None
    parted = inside if inside[-1].area.right + 1 < left else inside[:-1]
    return None if any(labels.role("header", block.text) for block in parted) else inside[-1]


def _has_number(values: Mapping[str, Block | None]) -> bool:
    filled = [block for block in values.values() if block is not None and not block.blank]
    return any(not block.is_words or of_text(block.text) is not None for block in filled)


def _belongs(label: Block, values: Mapping[str, Block | None]) -> bool:
    """Whether a row still belongs to the fund table: a known source of money, or any label with an amount beside it.

    Words among the amounts of a known source (详见附件) are a fault of the row; other rows with words are no funds.
    """
    filled = [block for block in values.values() if block is not None and not block.blank]
    if labels.role("source", label.text):
        return all(map(is_value, filled)) or any(of_text(block.text) is not None for block in filled)
    return bool(filled) and all(map(is_value, filled))


def _line(
    page: Page, line: int, measures: Sequence[Measure], group: Block | None
) -> tuple[list[Block], dict[str, Block | None]]:
    """The labels of a row, its own first, and the block under each measure; labels may stand among the values."""
    inside: list[Block] = []
    values: dict[str, Block | None] = {}
    for measure in measures:
        blocks = page.within(line, measure.left, measure.right)
        words = [block for block in blocks if block.is_words and _is_label(block.text)]
        inside += words
        places = [block for block in blocks if block not in words]
        values[measure.role] = next(
            (block for block in places if not block.blank), places[0] if places else None
        )
    before = [
        block
        for block in page.row(line)
        if block.area.right < measures[0].left and block != group and not is_value(block)
    ]
    named = [block for block in before if block.area.top == line] or before
    return [*reversed(named), *inside], values


def _is_label(text: str) -> bool:
    """Whether a text among the values is a label: a source of money, or one with its amount (基本支出：1200)."""
    if labels.role("source", text):
        return True
    pair = labels.in_cell_pair(text)
    return pair is not None and of_text(pair[0]) is None


# Split columns -------------------------------------------------------------------------------------------------------


def _has_split_columns(page: Page, row: int, measures: Sequence[Measure]) -> bool:
    for measure in measures:
        if measure.role not in AMOUNTS or measure.block.area.right == measure.left:
            continue
        line = measure.block.area.bottom + 1
        under = page.within(line, measure.left, measure.block.area.right)
        if sum(1 for block in under if block.is_words and labels.role("source", block.text)) >= 2:
            return True
    return False


def _read_split_columns(page: Page, row: int, measures: Sequence[Measure], bottom: int) -> FundTable:
    """Read amounts split by source. The rows may be tasks (年度主要任务) with a row 金额合计 under them."""
    used = set(positions([measure.block for measure in measures]))
    line = (
        max(measure.block.area.bottom for measure in measures if measure.block.area.right > measure.left) + 1
    )
    parts = {
        measure.role: [
            block
            for block in page.within(line, measure.left, measure.right)
            if block.is_words and labels.role("source", block.text)
        ]
        for measure in measures
    }
    for blocks in parts.values():
        used |= positions(blocks)
    rows = list(_split_rows(page, row, line + 1, measures, bottom))
    if not rows:
        return FundTable()
    totals = [
        (label, at) for label, at in rows if label is not None and source_of(label.text) is FundSource.TOTAL
    ]
    main_label, main = totals[-1] if totals else rows[0]
    by_source: dict[FundSource, dict[str, Block | None]] = {FundSource.TOTAL: {}}
    names: dict[FundSource, Block] = {}
    for measure in measures:
        for part in parts[measure.role]:
            names.setdefault(source_of(part.text), part)
            by_source.setdefault(source_of(part.text), {})[measure.role] = page.at(main, part.area.left)
        if not parts[measure.role]:
            by_source[FundSource.TOTAL][measure.role] = page.at(main, measure.left)
    if main_label is not None:
        names[FundSource.TOTAL] = main_label
    found = [
        row_of(names.get(source, measures[0].block), source, values)
        for source, values in by_source.items()
        if values
    ]
    for label, at in rows:
        if label is not None and at != main:
            values = {
                measure.role: page.at(
                    at, parts[measure.role][0].area.left if parts[measure.role] else measure.left
                )
                for measure in measures
            }
            found.append(row_of(label, FundSource.UNKNOWN, values))
    for label, at in rows:
        used |= positions([label, *page.within(at, measures[0].left, measures[-1].right)])
        used |= positions(block for block in page.begun(at) if block.area.right < measures[0].left)
    used |= positions(block for block in page.row(row) if block.area.right < measures[0].left)
    return FundTable(tuple(found), _columns(measures), frozenset(used), row)


def _mostly_values(blocks: Sequence[Block]) -> bool:
    """Whether a row holds amounts; one word among two amounts or more is a fault of the row (详见附件)."""
    words = [block for block in blocks if not is_value(block)]
    numbers = [block for block in blocks if not block.blank and block not in words]
    return not words or (len(words) == 1 and len(numbers) > 1 and carries(words[0]))


def _split_rows(
    page: Page, row: int, top: int, measures: Sequence[Measure], bottom: int
) -> Iterable[tuple[Block | None, int]]:
    """The rows of amounts under split columns, each with its label if it has one: down to the first without any."""
    first, last = measures[0].left, measures[-1].right
    for line in range(top, bottom + 1):
        values = page.within(line, first, last)
        if all(block.blank for block in values) or not _mostly_values(values):
            return
        before = [
            block
            for block in page.begun(line)
            if block.is_words and block.area.right < first and block.area.top > row
        ]
        yield (before[0] if before else None), line


# Pairs ---------------------------------------------------------------------------------------------------------------


def _read_pairs(page: Page, row: int, bottom: int) -> FundTable:
    measures = _measures(page, row)
    by_column = {measure.left: measure.role for measure in measures}
    rows: list[FundRow] = []
    used: set[Position] = set()
    for line in range(row, bottom + 1):
        pairs = pairs_of(page, line)
        own: dict[str, Block | None] = {}  # measures of the row's own source
        more: dict[str, Block | None] = {}  # further measures of the total: 执行率 on a line of its own
        names: list[Block] = []
        of_rate = {"rate", "weight", "score"} if line > row and _names_rate(pairs) else {"rate"}
        for label, value in pairs:
            column_role = by_column.get(label.area.left)
            role = labels.role("fund", label.text)
            if line > row and role in CORE | of_rate and role != column_role:
                more[str(role)] = value
            elif line == row and role in MEASURES:
                own[str(role)] = value
                names.append(label)
            elif line > row and column_role and (role == column_role or labels.role("source", label.text)):
                own[column_role] = value
                names.append(label)
            else:
                continue
            used |= positions([label, value])
        if rows and more:
            rows[0] = _with_values(rows[0], more)
        if names:
            source = FundSource.TOTAL if line == row else source_of(names[0].text)
            rows.append(row_of(names[0], source, own))
        elif not more:
            break
    return FundTable(tuple(rows), _columns(measures), frozenset(used), row)


def _names_rate(pairs: Sequence[tuple[Block, Block]]) -> bool:
    """Whether a line tells the execution rate, and then its points too: 执行率 | 96% | 分值 | 10 | 得分 | 9.6."""
    return any(labels.role("fund", label.text) == "rate" for label, _ in pairs)


def _with_values(row: FundRow, values: Mapping[str, Block | None]) -> FundRow:
    known = {role: getattr(row, role) for role in MEASURES if getattr(row, role) is not None}
    known |= {role: block.entry for role, block in values.items() if block is not None and role not in known}
    return FundRow(row.label, row.source, **known)
