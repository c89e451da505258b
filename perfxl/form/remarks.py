"""The sheet 校验结果 of an annotated workbook, read again: what the officer wrote beside each finding (说明).

It is known by its heads, not by its name, and is never a form. A row's 校验码 holds the values that the judgement
rested on, so that a remark counts only as long as these are what they were.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from perfxl.workbook.grid import CellValue, Sheet, Workbook, position, unquoted

RESULT_SHEET = "校验结果"
"""The name that the sheet gets where no other has it."""

CODE, SHEET, CELL, SUBJECT, PROBLEM, REMARK, PROOF, FILL = (
    "规则", "工作表", "单元格", "对象", "问题", "说明", "校验码", "原底色",
)  # fmt: skip
"""The heads by which the sheet is known and read."""

_HEADS = frozenset({CODE, SHEET, CELL, SUBJECT, PROBLEM, REMARK, PROOF, FILL})
_LAST_ROW_OF_HEADS = 12


class Remark(NamedTuple):
    """One row of the sheet. `text` is the officer's 说明, `proof` stands for the values of then.

    `fill` is what the cell was painted with before it was marked, as `Fill.as_text` writes it.
    """

    code: str
    sheet: str
    cell: str
    subject: str
    problem: str
    text: str
    proof: str
    fill: str


def is_result_sheet(sheet: Sheet) -> bool:
    """Whether a sheet is a 校验结果 of ours."""
    return _heads(sheet) is not None


def remarks(workbook: Workbook) -> tuple[Remark, ...]:
    """Return every row of the workbook's 校验结果, also those without a 说明."""
    return tuple(remark for sheet in workbook.sheets for remark in _read(sheet))


def _heads(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    """The row of the heads and the column of each; people may put in columns of their own."""
    rows: dict[int, dict[str, int]] = {}
    for (row, column), cell in sheet.cells.items():
        if row > _LAST_ROW_OF_HEADS:
            break  # rows follow each other; a long list is not gone through for this
        if isinstance(cell.value, str) and cell.value.strip() in _HEADS:
            rows.setdefault(row, {}).setdefault(cell.value.strip(), column)
    return next((item for item in rows.items() if item[1].keys() == _HEADS), None)


def _read(sheet: Sheet) -> Iterable[Remark]:
    heads = _heads(sheet)
    if heads is None:
        return
    top, columns = heads
    for row in range(top + 1, sheet.extent.bottom + 1):
        texts = {name: _text(sheet.at(row, column).value) for name, column in columns.items()}
        if texts[CODE] and texts[CELL]:
            yield Remark(
                texts[CODE], texts[SHEET], texts[CELL], texts[SUBJECT], texts[PROBLEM], texts[REMARK],
                texts[PROOF], texts[FILL],
            )  # fmt: skip


def proof(workbook: Workbook, sheet: str, cells: Sequence[str], *further: str) -> str:
    """Return what stands for the values of the cells, and for further texts; another value gives another proof.

    A cell may be named with its sheet ("'打分表'!D6"); of one in another workbook only the address counts.
    """
    import hashlib

    held = [f"{cell}={_canonical(_value(workbook, sheet, cell))}" for cell in cells]
    return hashlib.sha256("\n".join([*held, *further]).encode("utf-8", "replace")).hexdigest()[:16]


def _value(workbook: Workbook, sheet: str, cell: str) -> CellValue:
    name, _, place = cell.rpartition("!")
    name = unquoted(name) or sheet
    found = next((one for one in workbook.sheets if one.name == name), None)
    return found.at(*position(place)).value if found is not None else None


def _canonical(value: CellValue) -> str:
    # Twelve digits: what a program that computes the formula anew may change lies behind them.
    # Adding nothing makes a zero of a negative one.
    return f"{float(value) + 0.0:.12g}" if isinstance(value, Decimal) else _text(value)


def _text(value: CellValue) -> str:
    return "" if value is None else str(value).strip()
