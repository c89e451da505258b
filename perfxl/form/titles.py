"""The title of a form: what a form calls itself, alone on its row."""

from __future__ import annotations

import re

from perfxl.form import labels
from perfxl.form.identity import year_in
from perfxl.form.model import Entry
from perfxl.form.page import Block, Page
from perfxl.workbook.grid import Position

_IN_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")


def is_title(page: Page, block: Block) -> bool:
    """Whether a block is a form's title: it says so and stands alone on its row."""
    if not block.is_words or not labels.role("title", block.text):
        return False
    others = [other for other in page.row(block.area.top) if other != block]
    return not others or block.area.right - block.area.left >= (page.right - page.left) // 2


def title_rows(page: Page, top: int, bottom: int) -> list[int]:
    return [
        row
        for row in page.filled_rows(top, bottom)
        if any(is_title(page, block) for block in page.begun(row))
    ]


def find_title(page: Page, top: int, bottom: int) -> Block | None:
    titles = [
        block for row in page.filled_rows(top, bottom) for block in page.begun(row) if is_title(page, block)
    ]
    return next(
        (block for block in titles if "表" in block.text or "清单" in block.text),
        titles[0] if titles else None,
    )


def title_entry(page: Page, block: Block | None, before: int) -> Entry | None:
    """The title, with a second line in brackets that names the project ("…打分表" over "(机房托管费)")."""
    if block is None:
        return None
    text = labels.squeeze_only(block.text)
    second = next(page.begun(block.area.bottom + 1), None) if block.area.bottom + 1 < before else None
    if second is not None and second.is_words:
        line = labels.squeeze_only(second.text)
        says_nothing = line.strip("()（）") in ("", "年度", "年")  # as a blank form leaves it
        if _IN_BRACKETS.fullmatch(line) and not (says_nothing or year_in(line) or labels.in_cell_pair(line)):
            text += line
    return Entry(text, block.cell)


def title_positions(page: Page, top: int, bottom: int, title: Block | None) -> set[Position]:
    """The cells of the title, of what stands above it, and of a line in brackets under it: no fields."""
    if title is None:
        return set()
    rows = page.filled_rows(top, min(title.area.bottom + 1, bottom))
    lines = [block for row in rows for block in page.begun(row)]
    return {
        (block.area.top, block.area.left)
        for block in lines
        if block == title
        or _IN_BRACKETS.fullmatch(labels.squeeze(block.text))
        or is_title(page, block)
        or (block.area.bottom < title.area.top and not _is_field(block))
    }


def _is_field(block: Block) -> bool:
    """Whether a block above a title is a field of the header: "附件1：" is none."""
    pair = labels.in_cell_pair(block.text) if block.is_words else None
    return pair is not None and (bool(pair[1]) or labels.role("header", pair[0]) is not None)
