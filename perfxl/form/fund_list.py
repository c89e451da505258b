"""Reading a fund table whose measures stand one a row: transposed tables, and lists of label and value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from perfxl.form import labels
from perfxl.form.figures import of_text
from perfxl.form.fund_cells import (
    AMOUNTS,
    CORE,
    MEASURES,
    POINTS,
    FundTable,
    is_value,
    pairs_of,
    positions,
    row_of,
    source_of,
)
from perfxl.form.model import Column, Entry, FundRow, FundSource
from perfxl.form.page import Block, Page
from perfxl.workbook.grid import Position


def read_downward(page: Page, top: int, bottom: int) -> FundTable:
    """Read measures that stand one a row: transposed tables, and lists of label and value."""
    found, in_cell = _measures_downward(page, top, bottom)
    if len(found.keys() & AMOUNTS) < 2:
        return _from_cells(in_cell) if len(in_cell.keys() & AMOUNTS) >= 2 else FundTable()
    sources = _sources_across(page, found, top)
    measures = {role: Column(role, labels.key(block.text), block.cell) for role, block in found.items()}
    used = set(positions(found.values())) | set(positions(sources))
    if sources:
        corner = [
            block for block in page.begun(sources[0].area.top) if block.area.left < sources[0].area.left
        ]
        used |= positions(corner)
    rows: list[FundRow] = []
    own = [source for source in sources if labels.role("fund", source.text) not in POINTS]
    points = _points_across(page, found, sources)
    measures |= {
        role: Column(role, labels.key(label.text), label.cell) for role, (label, _) in points.items()
    }
    used |= positions(value for _, value in points.values())
    totals = [source for source in own if source_of(source.text) is FundSource.TOTAL]
    for source in own:
        values = {role: page.at(block.area.top, source.area.left) for role, block in found.items()}
        if source is (totals or own)[0]:
            values |= {role: value for role, (_, value) in points.items()}
        rows.append(row_of(source, source_of(source.text), values))
        used |= positions(values.values())
    if not sources:
        values = {role: page.at(block.area.top, block.area.right + 1) for role, block in found.items()}
        beside = _further_right(page, found)
        measures |= {
            role: Column(role, labels.key(label.text), label.cell)
            for role, (label, _) in beside.points.items()
        }
        values |= {role: value for role, (_, value) in beside.points.items() if role not in values}
        rows.append(row_of(_group_beside(page, found), FundSource.TOTAL, values))
        rows += [row_of(part, source_of(part.text), amounts) for part, amounts in beside.parts.items()]
        used |= positions(values.values()) | beside.used
    return FundTable(tuple(rows), measures, frozenset(used), min(block.area.top for block in found.values()))


def _points_across(
    page: Page, found: Mapping[str, Block], sources: Sequence[Block]
) -> dict[str, tuple[Block, Block]]:
    """Rate, weight and score that stand beside the sources, each over one value of the whole table."""
    lines = sorted(block.area.top for block in found.values())
    named = [(labels.role("fund", block.text), block) for block in sources]

    def value(column: int) -> Block:
        values = [page.at(line, column) for line in lines]
        return next((block for block in values if not block.blank), values[0])

    return {
        role: (block, value(block.area.left)) for role, block in named if role in POINTS and role not in found
    }


def _group_beside(page: Page, found: Mapping[str, Block]) -> Block:
    """The label of a list of measures: the total that stands at the left of them all, else the first amount."""
    first = next(block for role, block in found.items() if role in AMOUNTS)
    group = page.at(first.area.top, first.area.left - 1) if first.area.left > page.left else first
    spans = all(group.area.top <= block.area.top <= group.area.bottom for block in found.values())
    return group if spans and group.is_words and source_of(group.text) is FundSource.TOTAL else first


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
        for label, value in pairs_of(page, block.area.top):
            named = labels.role("fund", label.text)
            if label.area.left <= block.area.right:
                continue
            if named in ("weight", "score") and labels.role("header", label.text) is None:
                points[named] = (label, value)
            elif role in AMOUNTS and source_of(label.text) not in (FundSource.UNKNOWN, FundSource.TOTAL):
                part = by_name.setdefault(labels.core(label.text), label)
                parts.setdefault(part, {})[role] = value
            else:
                continue
            used |= positions([label, value])
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
            if pair and inside in CORE:
                in_cell.setdefault(inside, (pair[0], Entry(pair[1], block.cell)))
    best: dict[str, list[Block]] = max(
        by_column.values(), key=lambda column: len(column.keys() & CORE), default={}
    )
    if len(best.keys() & AMOUNTS) >= 2:
        # "自评得分" further up in the same column is the header's score, not the fund table's.
        first = min(blocks[0].area.top for role, blocks in best.items() if role in CORE)
        below = {
            role: [block for block in blocks if block.area.top >= first] for role, blocks in best.items()
        }
        return {role: blocks[0] for role, blocks in below.items() if blocks}, in_cell
    scattered: dict[str, Block] = {}
    for column in by_column.values():
        for role, blocks in column.items():
            if role in CORE:
                scattered.setdefault(role, blocks[0])
    return scattered, in_cell


def _carries_values(page: Page, beside: Block) -> bool:
    """Whether values stand at the right of a measure: an amount, or words where one was due, amounts about them."""
    if is_value(beside):
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
        sources: list[Block] = _latest_year(page, row, first.area.right + 1)
        if sources:
            return sources
        for block in page.begun(row):
            if not block.is_words or block.area.left <= first.area.right:
                continue
            adjoins = bool(sources) and sources[-1].area.right + 1 == block.area.left
            if adjoins or labels.role("source", block.text):
                sources.append(block)
        if sources:
            return sources
    return []


def _latest_year(page: Page, row: int, left: int) -> list[Block]:
    """Of columns of amounts that are years (2021年 | 2022年 | 2023年) the last, with the points behind them."""
    blocks = [block for block in page.begun(row) if block.area.left >= left and block.is_words]
    years = {labels.squeeze(block.text)[:4]: block for block in blocks if _is_year(block.text)}
    if len(years) < 2:
        return []
    return [years[max(years)], *(block for block in blocks if labels.role("fund", block.text) in POINTS)]


def _is_year(text: str) -> bool:
    bare = labels.squeeze(text)
    return len(bare) in (5, 6) and bare[:4].isdecimal() and bare[:2] == "20" and bare[4:] in ("年", "年度")


def _from_cells(in_cell: Mapping[str, tuple[str, Entry]]) -> FundTable:
    """A fund row whose labels and amounts share their cells ("全年预算数：100万元")."""
    label, first = next(iter(in_cell.values()))
    entries = {role: entry for role, (_, entry) in in_cell.items()}
    columns = {role: Column(role, labels.key(name), entry.cell) for role, (name, entry) in in_cell.items()}
    used = frozenset((entry.cell.row, entry.cell.column) for entry in entries.values())
    row = FundRow(Entry(label, first.cell), FundSource.TOTAL, **entries)
    return FundTable((row,), columns, used, first.cell.row)
