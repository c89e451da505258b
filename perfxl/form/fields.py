"""Reading labelled fields above and below the tables: 项目名称, 主管部门, 自评得分, 填表人, 注 …"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from perfxl.form import labels
from perfxl.form.figures import of_text
from perfxl.form.model import Entry
from perfxl.form.page import Block, Page
from perfxl.workbook.grid import Position

_SEVERAL_PAIRS = re.compile(r"([^\s:：]{2,16})\s*[:：]\s*(.*?)(?=\s{1,}[^\s:：]{2,16}\s*[:：]|$)", re.DOTALL)
_SENTENCE = re.compile(r"[,，。;；!！?？]")
_LONGEST_UNKNOWN = 16
_LONGEST_LINE_OF_PAIRS = 120


class Field(NamedTuple):
    """One labelled field: its key as the contract has it, what it is (or None), and its value."""

    key: str
    role: str | None
    entry: Entry


def read_fields(page: Page, top: int, bottom: int, used: Collection[Position], edge: int) -> list[Field]:
    """Read every labelled field between two rows, leaving alone the cells in `used`.

    Right of column `edge`, the form's own right border, a blank cell is no value.
    """
    fields: list[Field] = []
    below: set[Position] = set()
    for row in page.filled_rows(top, bottom):
        blocks = [
            block
            for block in page.within(row, page.left, page.right)
            if block.area.top == row
            and (row, block.area.left) not in used
            and (row, block.area.left) not in below
            and not (block.blank and block.area.left > edge)
        ]
        upright = _labels_over_values(page, blocks)
        if upright:
            for field in upright:
                below.add((field.entry.cell.row, field.entry.cell.column))
            fields += upright
        else:
            fields += _along(blocks, edge)
    return fields


def _known(text: str) -> str | None:
    return labels.role("header", text) or ("note" if labels.role("footer", text) else None)


def _labels_over_values(page: Page, blocks: list[Block]) -> list[Field]:
    """Fields whose labels stand in one row and their values in the next."""
    filled = [block for block in blocks if not block.blank]
    if len(filled) < 3 or not all(block.is_words and _known(block.text) for block in filled):
        return []
    values = [page.below(block) for block in filled]
    if any(value.blank or _known(value.text) or _is_another_field(value) for value in values):
        return []
    if len({value.area for value in values}) < len(values):
        return []  # a passage across the page under a line of labels
    return [
        Field(labels.key(block.text), _known(block.text), value.entry)
        for block, value in zip(filled, values, strict=True)
    ]


def _along(blocks: list[Block], edge: int) -> Iterator[Field]:
    """Fields of one row: label and value in one cell, or the value in the next."""
    index = 0
    while index < len(blocks):
        block = blocks[index]
        index += 1
        if not block.is_words:
            continue
        inside = list(_inside(block))
        if inside:
            yield from inside
            continue
        rest = blocks[index:]
        known = _known(block.text)
        if rest and block.area.bottom > block.area.top and (_is_label(rest[0]) or _groups(block, rest[0])):
            continue  # the label of a whole group of rows
        value = _value_of(block, known, rest)
        if value is not None and value.area.left > max(edge, block.area.right + 1):
            value = rest[0] if rest[0].area.left <= edge else None  # a remark beside the form
        if value is not None:
            yield Field(labels.key(block.text), known, value.entry)
            index += rest.index(value) + 1
        elif _ends_in_colon(block) and (known or _may_be_label(block.text)):
            # "单位负责人签字：" with no cell beside it: the value would be written into the label's own cell.
            yield Field(labels.key(block.text), known, Entry(None, block.cell))


def _groups(block: Block, beside: Block) -> bool:
    """Whether a label nobody knows spans rows of which the words at its right take only some."""
    return _known(block.text) is None and beside.is_words and beside.area.bottom < block.area.bottom


def _inside(block: Block) -> Iterator[Field]:
    pair = labels.in_cell_pair(block.text)
    if pair is None or not pair[1]:
        return
    several = list(_SEVERAL_PAIRS.finditer(block.text))
    one_passage = _known(pair[0]) == "note" or len(block.text) > _LONGEST_LINE_OF_PAIRS
    if len(several) > 1 and not one_passage and several[0].start() == 0:
        for match in several:
            yield Field(labels.key(match[1]), _known(match[1]), Entry(match[2].strip() or None, block.cell))
    elif _known(pair[0]) or _may_be_label(pair[0]):
        yield Field(labels.key(pair[0]), _known(pair[0]), Entry(pair[1], block.cell))


def _is_label(block: Block) -> bool:
    return block.is_words and _known(block.text) is not None


def _is_pair(block: Block) -> bool:
    """Whether a block holds a field of its own: label and value in one cell."""
    pair = labels.in_cell_pair(block.text) if block.is_words else None
    return pair is not None and _known(pair[0]) is not None


def _value_of(label: Block, known: str | None, rest: list[Block]) -> Block | None:
    """The block that holds a label's value, or None where this is no label."""
    ends_in_colon = _ends_in_colon(label)
    if not rest or not (known or ends_in_colon or _may_be_label(label.text)):
        return None
    first = rest[0]
    if _is_label(first) or (ends_in_colon and _is_pair(first)):
        return None
    if ends_in_colon and _is_another_field(first):
        return None  # "填报单位：" with nothing behind it, and "单位：万元" at the end of the line
    if not first.blank:
        return first
    if not (known or ends_in_colon):
        return None
    following = next((block for block in rest if not block.blank), None)
    if following is None or _is_label(following) or rest.index(following) > 3 or not known:
        return first
    pair = labels.in_cell_pair(following.text) if following.is_words else None
    return first if pair else following


def _is_another_field(block: Block) -> bool:
    pair = labels.in_cell_pair(block.text) if block.is_words else None
    return pair is not None and _known(pair[0]) is not None


def _ends_in_colon(block: Block) -> bool:
    return block.text.endswith((":", "："))


def _may_be_label(text: str) -> bool:
    squeezed = labels.squeeze(text)
    return len(squeezed) <= _LONGEST_UNKNOWN and not _SENTENCE.search(text) and of_text(text) is None
