"""A sheet as a person sees it: blocks (single cells or merged ranges) in rows, asked by position."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from perfxl.form.model import Entry
from perfxl.workbook.grid import Area, Cell, Sheet


class Block(NamedTuple):
    """What stands at a place: the cell that speaks for it and the area it covers."""

    cell: Cell
    area: Area

    @property
    def text(self) -> str:
        """The content as text; "" for a blank block."""
        value = self.cell.value
        return "" if value is None else str(value).strip()

    @property
    def blank(self) -> bool:
        """Whether nothing but white space stands here, and no formula."""
        return not self.text and self.cell.formula is None

    @property
    def is_words(self) -> bool:
        """Whether text stands here (a number stored as text counts as text)."""
        return isinstance(self.cell.value, str) and bool(self.cell.value.strip()) and not self.cell.error

    @property
    def entry(self) -> Entry:
        """The block's content as an entry of a form."""
        return Entry(self.cell.value, self.cell)


class Page:
    """A sheet indexed by rows, perhaps only some of its columns (forms side by side)."""

    def __init__(self, sheet: Sheet, left: int = 1, right: int | None = None) -> None:
        self.sheet = sheet
        self.left = left
        self.right = sheet.extent.right if right is None else right
        self.bottom = sheet.extent.bottom
        self._rows: dict[int, list[Block]] = {}
        for (row, column), cell in sheet.cells.items():
            if not left <= column <= self.right:
                continue
            if cell.formula is None and (cell.value is None or not str(cell.value).strip()):
                continue
            area = sheet.area(row, column)
            for covered in range(row, min(area.bottom, self.bottom) + 1):
                self._rows.setdefault(covered, []).append(Block(cell, area))
        for blocks in self._rows.values():
            blocks.sort(key=_left_edge)
        self._filled = sorted(self._rows)

    def narrowed(self, left: int, right: int) -> Page:
        """The same sheet seen only from column `left` to column `right`."""
        return Page(self.sheet, left, right)

    def row(self, row: int) -> Sequence[Block]:
        """The filled blocks of a row from left to right, those that reach into it from above included."""
        return self._rows.get(row, ())

    def begun(self, row: int) -> Iterator[Block]:
        """The filled blocks whose first row this is."""
        return (block for block in self.row(row) if block.area.top == row)

    def at(self, row: int, column: int) -> Block:
        """The block at a position, filled or blank."""
        area = self.sheet.area(row, column)
        return Block(self.sheet.cells.get((area.top, area.left)) or Cell(area.top, area.left), area)

    def right_of(self, block: Block, row: int | None = None) -> Block | None:
        """The next block to the right on the same row, filled or blank; None at the page's edge."""
        column = block.area.right + 1
        return self.at(row or block.area.top, column) if column <= self.right else None

    def below(self, block: Block) -> Block:
        """The block under the left edge of this one, filled or blank."""
        return self.at(block.area.bottom + 1, block.area.left)

    def within(self, row: int, left: int, right: int) -> list[Block]:
        """Every block of a row, filled or blank, that begins or reaches into the given columns."""
        found: list[Block] = []
        column = left
        while column <= right:
            block = self.at(row, column)
            found.append(block)
            column = block.area.right + 1
        return found

    def filled_rows(self, top: int, bottom: int) -> list[int]:
        """The rows from `top` to `bottom` in which something stands, in order."""
        return self._filled[bisect_left(self._filled, top) : bisect_right(self._filled, bottom)]


def _left_edge(block: Block) -> int:
    return block.area.left
