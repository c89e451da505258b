r"""Forms drawn as text: one line a row, cells between bars.

"<" is merged into the cell at its left, "^" into the cell above; "\n" in a cell is a line break. A cell may begin with
a sign for its look, and may hold one entry in square brackets:

    | # 项目支出绩效自评表 | <          |     title
    | ## （[年度]年度）    | <          |     the line under it, with an entry in it
    | 项目名称             | [项目名称] |     a label, and an entry of that name
    | - 填表人：[填表人]   | [x=10]     |     without borders, the entry in the label's cell; an entry that holds 10
    | > 单位：万元         |            |     without borders, to the right; a blank cell

"-" is set in the text's size, "--" smaller, for notes.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple

_ENTRY = re.compile(r"(.*?)\[([^\[\]=]+)(?:=([^\[\]]*))?\](.*)", re.DOTALL)


class Look(StrEnum):
    """How a cell looks; the value is the sign that a drawing gives it."""

    TITLE = "#"
    SUBTITLE = "##"
    BARE = "-"
    NOTE = "--"
    RIGHT = ">"
    LABEL = ""
    TEXT = "text"  # what is printed in a table beside its labels
    ENTRY = "entry"
    MARK = "mark"  # the small print that names the form and its version


_SIGNS = ("##", "#", "--", "-", ">")


class Drawn(NamedTuple):
    """One cell of a drawing: rows and columns from 0, the range it covers, its look and printed text.

    `name` is that of the entry in it, "" where there is none; `given` is what the entry holds, `after` the text
    printed behind it.
    """

    row: int
    column: int
    rows: int
    columns: int
    look: Look
    text: str
    name: str = ""
    given: str = ""
    after: str = ""


class Drawing(NamedTuple):
    """A drawing's cells and its size."""

    cells: tuple[Drawn, ...] = ()
    rows: int = 0
    columns: int = 0


def parse(drawing: str) -> Drawing:
    """Return the cells of a drawing; ValueError (Chinese) where it is not a table or a range is no rectangle."""
    lines = [_split(line) for line in drawing.strip().splitlines() if line.strip()]
    if not lines:
        return Drawing()
    width = len(lines[0])
    for number, line in enumerate(lines, start=1):
        if len(line) != width:
            raise ValueError(f"第 {number} 行有 {len(line)} 格，第 1 行有 {width} 格")
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    for row, line in enumerate(lines):
        for column, text in enumerate(line):
            beside = {"<": (row, column - 1), "^": (row - 1, column)}.get(text)
            if beside is not None and beside not in owner:
                raise ValueError(f"第 {row + 1} 行第 {column + 1} 格的“{text}”旁边没有可以合并的格")
            owner[row, column] = (row, column) if beside is None else owner[beside]
    return Drawing(tuple(_cells(lines, owner)), len(lines), width)


def _cells(lines: list[list[str]], owner: dict[tuple[int, int], tuple[int, int]]) -> list[Drawn]:
    covered: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for place, master in owner.items():
        covered.setdefault(master, []).append(place)
    cells: list[Drawn] = []
    for (row, column), places in covered.items():
        rows = max(place[0] for place in places) - row + 1
        columns = max(place[1] for place in places) - column + 1
        if rows * columns != len(places):
            raise ValueError(f"第 {row + 1} 行第 {column + 1} 格合并的范围不是矩形")
        cells.append(_drawn(lines[row][column], row, column, rows, columns))
    return cells


def _drawn(text: str, row: int, column: int, rows: int, columns: int) -> Drawn:
    sign = next((sign for sign in _SIGNS if text.startswith(sign + " ") or text == sign), "")
    text = text.removeprefix(sign).strip().replace("\\n", "\n")
    look = Look(sign)
    match = _ENTRY.fullmatch(text)
    if match is None:
        return Drawn(row, column, rows, columns, look, text)
    if not sign:
        look = Look.ENTRY
    return Drawn(row, column, rows, columns, look, match[1], match[2].strip(), match[3] or "", match[4])


def _split(line: str) -> list[str]:
    return [part.strip() for part in line.strip().strip("|").split("|")]
