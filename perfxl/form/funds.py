"""Reading the fund table (项目资金): whose money, budgeted and spent, however the form lays it out.

Four layouts occur. Columns: 年初预算数 | 全年预算数 | 全年执行数 over rows of sources. Pairs: "预算数: | 139.5 |
执行数: | 114" in each row. Transposed: sources across, 预算数 and 执行数 down. Split columns: 全年预算数 over
合计 | 财政拨款 | 其他资金. All become the same rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple

from perfxl.form import labels
from perfxl.form.figures import of_text
from perfxl.form.model import Column, Entry, FundRow, FundSource
from perfxl.form.page import Block, Page
from perfxl.workbook.grid import Position

MEASURES = ("initial", "budget", "arrived", "executed", "rate", "weight", "score")
_CORE = frozenset({"initial", "budget", "arrived", "executed", "rate"})
_AMOUNTS = frozenset({"initial", "budget", "arrived", "executed"})
_POINTS = frozenset({"rate", "weight", "score"})
_DASHES = frozenset("—-–－―/\\")


class FundTable(NamedTuple):
    """The rows read, the labels of the columns, the positions of the cells used, and the sheet row it begins on."""

    rows: tuple[FundRow, ...] = ()
    columns: Mapping[str, Column] = MappingProxyType({})
    used: frozenset[Position] = frozenset()
    top: int = 0

    @property
    def bottom(self) -> int:
        """The last sheet row of which a cell was used; 0 for an empty table."""
        return max((row for row, _ in self.used), default=0)


class _Measure(NamedTuple):
    """A label that names an amount, a rate, a weight or a score, and the sheet columns it stands over."""

    role: str
    block: Block
    right: int

    @property
    def left(self) -> int:
        return self.block.area.left

    @property
    def column(self) -> Column:
        return Column(self.role, labels.key(self.block.text), self.block.cell)


def read_funds(page: Page, top: int, bottom: int) -> FundTable:
    """Read the fund table that stands between two rows of a page; an empty table where there is none."""
    for row in page.filled_rows(top, bottom):
        measures = _measures(page, row)
        if len({measure.role for measure in measures} & _CORE) < 2:
            continue
        if not {measure.role for measure in measures} & _AMOUNTS:
            continue
        table = _read_across(page, row, measures, bottom)
        if table.rows:
            return table
    return _read_downward(page, top, bottom)


def _read_across(page: Page, row: int, measures: Sequence[_Measure], bottom: int) -> FundTable:
    """Read the table whose head names these measures from left to right; an empty one if no amounts stand under it."""
    if _is_pairs(page, row, measures):
        return _read_pairs(page, row, bottom)
    if _has_split_columns(page, row, measures):
        return _read_split_columns(page, row, measures, bottom)
    lower = _with_lower_labels(page, row, measures)
    table = _read_columns(page, row, lower, bottom)
    above = _positions(measure.block for measure in measures if measure not in lower)
    return table._replace(used=table.used | above) if table.rows else table


def _with_lower_labels(page: Page, row: int, measures: Sequence[_Measure]) -> list[_Measure]:
    """The measures of a head of two rows: 预算数 over 年初 | 调整后, 执行情况 over 执行数 | 执行率 | 得分."""
    found: list[_Measure] = []
    for measure in measures:
        area = measure.block.area
        under = page.within(row + 1, area.left, area.right) if area.left < area.right else []
        lower = [(block, _lower_role(measure.block, block)) for block in under if block.area.top == row + 1]
        if lower and all(role in MEASURES for _, role in lower):
            found += [_Measure(str(role), block, block.area.right) for block, role in lower]
        else:
            found.append(measure)
    return found


def _lower_role(above: Block, block: Block) -> str | None:
    if not block.is_words or _is_value(block):
        return None
    own = labels.role("fund", block.text)
    if own in MEASURES:
        return own
    together = labels.role("fund", block.text + labels.core(above.text))
    return together if together in ("initial", "budget") else None


def is_fund_head(page: Page, row: int) -> bool:
    """Whether a row names amounts of money, budgeted and spent: the head of a fund table."""
    roles = {measure.role for measure in _measures(page, row)}
    return len(roles & _AMOUNTS) >= 2 and all(block.is_words for block in page.begun(row))


def _measures(page: Page, row: int) -> list[_Measure]:
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
    amounts = [index for index, (role, _) in enumerate(found) if role in _CORE]
    if not amounts:
        return []
    found = found[amounts[0] :]
    edges = [block.area.left - 1 for _, block in found[1:]] + [found[-1][1].area.right]
    return [
        _Measure(role, block, max(block.area.right, edge))
        for (role, block), edge in zip(found, edges, strict=True)
    ]


def _adjusts(page: Page, block: Block, following: Block) -> bool:
    """Whether two labels are heads of neighbouring columns of budgets, the second adjusted in the year."""
    beside = block.area.right + 1 == following.area.left and block.area.bottom == following.area.bottom
    below = page.below(block)
    return beside and labels.preferred("budget", following.text) and not below.blank and _is_value(below)


def _is_value(block: Block) -> bool:
    """Whether a block may hold an amount: a number, a dash, or nothing."""
    if not block.is_words:
        return True
    text = labels.squeeze(block.text)
    return of_text(block.text) is not None or not text.strip("".join(_DASHES))


def _is_pairs(page: Page, row: int, measures: Sequence[_Measure]) -> bool:
    if any(first.block.area.right + 1 == second.left for first, second in pairwise(measures)):
        return False
    beside = [page.right_of(measure.block) for measure in measures]
    if not all(block is not None and _carries(block) for block in beside):
        return False
    if not any(block is not None and _is_value(block) for block in beside):
        return False
    filled_beside = sum(1 for block in beside if block is not None and not block.blank)
    filled_below = sum(
        1
        for measure in measures
        if not page.below(measure.block).blank and _is_value(page.below(measure.block))
    )
    return filled_beside > filled_below or filled_beside == filled_below == 0


def _carries(block: Block) -> bool:
    """Whether a block may stand where an amount is due: one, or words that are no label of the form."""
    if _is_value(block):
        return True
    text = block.text
    return not any(labels.role(table, text) for table in ("fund", "source", "header", "indicator", "goal"))


def _source(text: str) -> FundSource:
    role = labels.role("source", text)
    return FundSource(role) if role else FundSource.UNKNOWN


def _row(label: Block, source: FundSource, values: Mapping[str, Block | None]) -> FundRow:
    entries = {role: block.entry for role, block in values.items() if block is not None}
    return FundRow(label.entry, source, **entries)


def _positions(blocks: Iterable[Block | None]) -> frozenset[Position]:
    return frozenset((block.area.top, block.area.left) for block in blocks if block is not None)


def _columns(measures: Iterable[_Measure]) -> dict[str, Column]:
    return {measure.role: measure.column for measure in measures}


# Columns -------------------------------------------------------------------------------------------------------------


def _read_columns(page: Page, row: int, measures: Sequence[_Measure], bottom: int) -> FundTable:
    head_bottom = max(measure.block.area.bottom for measure in measures)
    beside = [block for block in page.row(row) if block.area.right < measures[0].left]
    group = next((block for block in beside if block.area.bottom > head_bottom), None)
    corner = _corner(beside, head_bottom, measures[0].left)
    rows: list[FundRow] = []
    used: set[Position] = set(_positions([measure.block for measure in measures]))
    for line in range(head_bottom + 1, bottom + 1):
        in_group = group is not None and line <= group.area.bottom
        names, values = _line(page, line, measures, group)
        label = names[0] if names else None
        has_figure = any(block is not None and not block.blank for block in values.values())
        if label is None and has_figure and not rows:
            label = corner if corner is not None and _source(corner.text) is not FundSource.UNKNOWN else group
            label = label or measures[0].block
        nameless = label is not None and label == measures[0].block  # a line of amounts under their labels
        if label is None or not (in_group or _belongs(label, values) or (nameless and _has_number(values))):
            if in_group and label is None:
                continue
            break
        source = _source(label.text)
        if label in (group, measures[0].block):
            source = FundSource.TOTAL
        rows.append(_row(label, source, values))
        used |= _positions([label, *names, *values.values()])
    used |= _positions(block for block in (group, corner) if block is not None and rows)
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
        return all(map(_is_value, filled)) or any(of_text(block.text) is not None for block in filled)
    return bool(filled) and all(map(_is_value, filled))


def _line(
    page: Page, line: int, measures: Sequence[_Measure], group: Block | None
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
        if block.area.right < measures[0].left and block != group and not _is_value(block)
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


def _has_split_columns(page: Page, row: int, measures: Sequence[_Measure]) -> bool:
    for measure in measures:
        if measure.role not in _AMOUNTS or measure.block.area.right == measure.left:
            continue
        line = measure.block.area.bottom + 1
        under = page.within(line, measure.left, measure.block.area.right)
        if sum(1 for block in under if block.is_words and labels.role("source", block.text)) >= 2:
            return True
    return False


def _read_split_columns(page: Page, row: int, measures: Sequence[_Measure], bottom: int) -> FundTable:
    """Read amounts split by source. The rows may be tasks (年度主要任务) with a row 金额合计 under them."""
    used = set(_positions([measure.block for measure in measures]))
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
        used |= _positions(blocks)
    rows = list(_split_rows(page, row, line + 1, measures, bottom))
    if not rows:
        return FundTable()
    totals = [
        (label, at) for label, at in rows if label is not None and _source(label.text) is FundSource.TOTAL
    ]
    main_label, main = totals[-1] if totals else rows[0]
    by_source: dict[FundSource, dict[str, Block | None]] = {FundSource.TOTAL: {}}
    names: dict[FundSource, Block] = {}
    for measure in measures:
        for part in parts[measure.role]:
            names.setdefault(_source(part.text), part)
            by_source.setdefault(_source(part.text), {})[measure.role] = page.at(main, part.area.left)
        if not parts[measure.role]:
            by_source[FundSource.TOTAL][measure.role] = page.at(main, measure.left)
    if main_label is not None:
        names[FundSource.TOTAL] = main_label
    found = [
        _row(names.get(source, measures[0].block), source, values)
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
            found.append(_row(label, FundSource.UNKNOWN, values))
    for label, at in rows:
        used |= _positions([label, *page.within(at, measures[0].left, measures[-1].right)])
        used |= _positions(block for block in page.begun(at) if block.area.right < measures[0].left)
    used |= _positions(block for block in page.row(row) if block.area.right < measures[0].left)
    return FundTable(tuple(found), _columns(measures), frozenset(used), row)


def _mostly_values(blocks: Sequence[Block]) -> bool:
    """Whether a row holds amounts; one word among two amounts or more is a fault of the row (详见附件)."""
    words = [block for block in blocks if not _is_value(block)]
    numbers = [block for block in blocks if not block.blank and block not in words]
    return not words or (len(words) == 1 and len(numbers) > 1 and _carries(words[0]))


def _split_rows(
    page: Page, row: int, top: int, measures: Sequence[_Measure], bottom: int
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
        pairs = _pairs_of(page, line)
        own: dict[str, Block | None] = {}  # measures of the row's own source
        more: dict[str, Block | None] = {}  # further measures of the total: 执行率 on a line of its own
        names: list[Block] = []
        of_rate = {"rate", "weight", "score"} if line > row and _names_rate(pairs) else {"rate"}
        for label, value in pairs:
            column_role = by_column.get(label.area.left)
            role = labels.role("fund", label.text)
            if line > row and role in _CORE | of_rate and role != column_role:
                more[str(role)] = value
            elif line == row and role in MEASURES:
                own[str(role)] = value
                names.append(label)
            elif line > row and column_role and (role == column_role or labels.role("source", label.text)):
                own[column_role] = value
                names.append(label)
            else:
                continue
            used |= _positions([label, value])
        if rows and more:
            rows[0] = _with_values(rows[0], more)
        if names:
            source = FundSource.TOTAL if line == row else _source(names[0].text)
            rows.append(_row(names[0], source, own))
        elif not more:
            break
    return FundTable(tuple(rows), _columns(measures), frozenset(used), row)


def _names_rate(pairs: Sequence[tuple[Block, Block]]) -> bool:
    """Whether a line tells the execution rate, and then its points too: 执行率 | 96% | 分值 | 10 | 得分 | 9.6."""
    return any(labels.role("fund", label.text) == "rate" for label, _ in pairs)


def _pairs_of(page: Page, line: int) -> list[tuple[Block, Block]]:
    """The labels of a row with the value block beside each."""
    pairs: list[tuple[Block, Block]] = []
    for block in page.begun(line):
        beside = page.right_of(block) if block.is_words and block.area.bottom == line else None
        if beside is None:
            continue
        if _is_value(beside) or (labels.role("fund", block.text) in _AMOUNTS and _carries(beside)):
            pairs.append((block, beside))
    return pairs


def _with_values(row: FundRow, values: Mapping[str, Block | None]) -> FundRow:
    known = {role: getattr(row, role) for role in MEASURES if getattr(row, role) is not None}
    known |= {role: block.entry for role, block in values.items() if block is not None and role not in known}
    return FundRow(row.label, row.source, **known)


# Downward: one measure a row ----------------------------------------------------------------------------------------


def _read_downward(page: Page, top: int, bottom: int) -> FundTable:
    """Read measures that stand one a row: transposed tables, and lists of label and value."""
    found, in_cell = _measures_downward(page, top, bottom)
    if len(found.keys() & _AMOUNTS) < 2:
        return _from_cells(in_cell) if len(in_cell.keys() & _AMOUNTS) >= 2 else FundTable()
    sources = _sources_across(page, found, top)
    measures = {role: Column(role, labels.key(block.text), block.cell) for role, block in found.items()}
    used = set(_positions(found.values())) | set(_positions(sources))
    if sources:
        corner = [
            block for block in page.begun(sources[0].area.top) if block.area.left < sources[0].area.left
        ]
        used |= _positions(corner)
    rows: list[FundRow] = []
    own = [source for source in sources if labels.role("fund", source.text) not in _POINTS]
    points = _points_across(page, found, sources)
    measures |= {
        role: Column(role, labels.key(label.text), label.cell) for role, (label, _) in points.items()
    }
    used |= _positions(value for _, value in points.values())
    totals = [source for source in own if _source(source.text) is FundSource.TOTAL]
    for source in own:
        values = {role: page.at(block.area.top, source.area.left) for role, block in found.items()}
        if source is (totals or own)[0]:
            values |= {role: value for role, (_, value) in points.items()}
        rows.append(_row(source, _source(source.text), values))
        used |= _positions(values.values())
    if not sources:
        values = {role: page.at(block.area.top, block.area.right + 1) for role, block in found.items()}
        beside = _further_right(page, found)
        measures |= {
            role: Column(role, labels.key(label.text), label.cell)
            for role, (label, _) in beside.points.items()
        }
        values |= {role: value for role, (_, value) in beside.points.items() if role not in values}
        rows.append(_row(_group_beside(page, found), FundSource.TOTAL, values))
        rows += [_row(part, _source(part.text), amounts) for part, amounts in beside.parts.items()]
        used |= _positions(values.values()) | beside.used
    return FundTable(tuple(rows), measures, frozenset(used), min(block.area.top for block in found.values()))


def _points_across(
    page: Page, found: Mapping[str, Block], sources: Sequence[Block]
) -> dict[str, tuple[Block, Block]]:
    """Rate, weight and score that stand beside the sources, each over one value of the whole table."""
    first = min(block.area.top for block in found.values())
    named = [(labels.role("fund", block.text), block) for block in sources]
    return {
        role: (block, page.at(first, block.area.left))
        for role, block in named
        if role in _POINTS and role not in found
    }


def _group_beside(page: Page, found: Mapping[str, Block]) -> Block:
    """The label of a list of measures: the total that stands at the left of them all, else the first amount."""
    first = next(block for role, block in found.items() if role in _AMOUNTS)
    group = page.at(first.area.top, first.area.left - 1) if first.area.left > page.left else first
    spans = all(group.area.top <= block.area.top <= group.area.bottom for block in found.values())
    return group if spans and group.is_words and _source(group.text) is FundSource.TOTAL else first


class _Beside(NamedTuple):
    """What stands right of measures on their rows: the points of the total, parts with their amounts, all cells."""

    points: Mapping[str, tuple[Block, Block]]
    parts: Mapping[Block, Mapping[str, Block | None]]
    used: frozenset[Position]


def _further_right(page: Page, found: Mapping[str, Block]) -> _Beside:
    points: dict[str, tuple[Block, Block]] = {}
    parts: dict[Block, dict[str, Block | None]] = {}
    by_name: dict[str, Block] = {}
    used: frozenset[Position] = frozenset()
    for role, block in found.items():
        for label, value in _pairs_of(page, block.area.top):
            named = labels.role("fund", label.text)
            if label.area.left <= block.area.right:
                continue
            if named in ("weight", "score") and labels.role("header", label.text) is None:
                points[named] = (label, value)
            elif role in _AMOUNTS and _source(label.text) not in (FundSource.UNKNOWN, FundSource.TOTAL):
                part = by_name.setdefault(labels.core(label.text), label)
                parts.setdefault(part, {})[role] = value
            else:
                continue
            used |= _positions([label, value])
    return _Beside(points, parts, used)


def _measures_downward(
    page: Page, top: int, bottom: int
) -> tuple[dict[str, Block], dict[str, tuple[str, Entry]]]:
    """The measures by role, from the column that names most of them; and those that share a cell with their amount."""
    by_column: dict[int, dict[str, list[Block]]] = {}
    in_cell: dict[str, tuple[str, Entry]] = {}
    for row in page.filled_rows(top, bottom):
        for block in page.begun(row):
            if not block.is_words:
                continue
            role = labels.role("fund", block.text)
            beside = page.right_of(block)
            if role in MEASURES and beside is not None and _carries_values(page, beside):
                by_column.setdefault(block.area.left, {}).setdefault(role, []).append(block)
            pair = labels.in_cell_pair(block.text)
            inside = labels.role("fund", pair[0]) if pair and of_text(pair[1]) else None
            if pair and inside in _CORE:
                in_cell.setdefault(inside, (pair[0], Entry(pair[1], block.cell)))
    best: dict[str, list[Block]] = max(
        by_column.values(), key=lambda column: len(column.keys() & _CORE), default={}
    )
    if len(best.keys() & _AMOUNTS) >= 2:
        # "自评得分" further up in the same column is the header's score, not the fund table's.
        first = min(blocks[0].area.top for role, blocks in best.items() if role in _CORE)
        below = {
            role: [block for block in blocks if block.area.top >= first] for role, blocks in best.items()
        }
        return {role: blocks[0] for role, blocks in below.items() if blocks}, in_cell
    scattered: dict[str, Block] = {}
    for column in by_column.values():
        for role, blocks in column.items():
            if role in _CORE:
                scattered.setdefault(role, blocks[0])
    return scattered, in_cell


def _carries_values(page: Page, beside: Block) -> bool:
    """Whether values stand at the right of a measure: an amount, or words where one was due, amounts about them."""
    if _is_value(beside):
        return True
    following = page.right_of(beside)
    is_label = labels.role("fund", beside.text) or labels.role("source", beside.text)
    if is_label:
        return False
    behind = following is not None and of_text(following.text) is not None
    neighbours = [
        page.at(row, beside.area.left) for row in (beside.area.top - 1, beside.area.bottom + 1) if row
    ]
    return behind or any(of_text(neighbour.text) is not None for neighbour in neighbours)


def _sources_across(page: Page, found: Mapping[str, Block], top: int) -> list[Block]:
    """The labels of sources in a row above the measures, each over a column of values."""
    first = min(found.values(), key=lambda block: block.area.top)
    for row in range(first.area.top - 1, max(top, first.area.top - 3) - 1, -1):
        sources: list[Block] = []
        for block in page.begun(row):
            if not block.is_words or block.area.left <= first.area.right:
                continue
            adjoins = bool(sources) and sources[-1].area.right + 1 == block.area.left
            if adjoins or labels.role("source", block.text):
                sources.append(block)
        if sources:
            return sources
    return []


def _from_cells(in_cell: Mapping[str, tuple[str, Entry]]) -> FundTable:
    """A fund row whose labels and amounts share their cells ("全年预算数：100万元")."""
    label, first = next(iter(in_cell.values()))
    entries = {role: entry for role, (_, entry) in in_cell.items()}
    columns = {role: Column(role, labels.key(name), entry.cell) for role, (name, entry) in in_cell.items()}
    used = frozenset((entry.cell.row, entry.cell.column) for entry in entries.values())
    row = FundRow(Entry(label, first.cell), FundSource.TOTAL, **entries)
    return FundTable((row,), columns, used, first.cell.row)
