r"""Sheets drawn as text tables: what rule pages show and tests are written in.

One line a row, cells between bars; "<" is merged into the cell at its left, "^" into the cell above.
A bare number is a number cell, `%89.89` a number with percent format (0.8989 shown 89.89%), `"12"` the
text 12, `=SUM(A1:A2)` a formula without a value, `=A1/B1 -> 0.5` one with its cached value, `#DIV/0!` an error
value. Anything else is text; "\\n" in it is a line break. A line whose last cell is `~` is a hidden row. The first
line is row 1 unless `top` says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from perfxl.workbook.grid import Area, Cell, CellValue, Sheet, position

_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_ERROR = re.compile(r"#(?:DIV/0!|REF!|N/A|VALUE!|NAME\?|NUM!|NULL!)")
_HIDDEN = "~"


def sheet(drawing: str, *, name: str = "自评表", top: int = 1, left: int = 1) -> Sheet:
    """Return the sheet that a drawing shows; KeyError if a "<" or "^" has nothing to merge with."""
    rows = [_split(line) for line in drawing.strip().splitlines() if line.strip()]
    cells: dict[tuple[int, int], Cell] = {}
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    hidden = frozenset(row for row, texts in enumerate(rows, start=top) if texts[-1] == _HIDDEN)
    for row, texts in enumerate(rows, start=top):
        if row in hidden:
            texts.pop()
        for column, text in enumerate(texts, start=left):
            if text == "<":
                owner[row, column] = owner[row, column - 1]
            elif text == "^":
                owner[row, column] = owner[row - 1, column]
            else:
                owner[row, column] = (row, column)
                cell = _cell(row, column, text)
                if cell is not None:
                    cells[row, column] = cell
    merges = []
    for master in dict.fromkeys(owner.values()):
        covered = [place for place, its_owner in owner.items() if its_owner == master]
        if len(covered) > 1:
            merges.append(Area(*master, max(row for row, _ in covered), max(column for _, column in covered)))
    return Sheet(name=name, cells=cells, merges=tuple(merges), hidden_rows=hidden)


def altered(drawing: str, changes: Mapping[str, str]) -> str:
    """Return a drawing whose cells at the given addresses have other texts; IndexError if one lies outside."""
    lines = [line.strip().strip("|").split("|") for line in drawing.strip().splitlines()]
    for place, text in changes.items():
        row, column = position(place)
        lines[row - 1][column - 1] = text
    return "\n".join("|" + "|".join(line) + "|" for line in lines)


def _split(line: str) -> list[str]:
    return [part.strip() for part in line.strip().strip("|").split("|")]


def _cell(row: int, column: int, text: str) -> Cell | None:
    formula: str | None = None
    value: CellValue
    number_format = "General"
    if text.startswith("="):
        formula, _, cached = text[1:].partition("->")
        formula, text = formula.strip(), cached.strip()
    if not text:
        value = None
    elif _NUMBER.fullmatch(text):
        value = Decimal(text)
    elif text.startswith("%") and _NUMBER.fullmatch(text[1:]):
        value = Decimal(text[1:]) / 100
        decimals = len(text.partition(".")[2])
        number_format = "0." + "0" * decimals + "%" if decimals else "0%"
    elif text.startswith('"') and text.endswith('"') and len(text) > 1:
        value = text[1:-1]
    else:
        value = text.replace("\\n", "\n")
    if value is None and formula is None:
        return None
    error = isinstance(value, str) and _ERROR.fullmatch(value) is not None
    return Cell(row, column, value, formula, number_format, error)
