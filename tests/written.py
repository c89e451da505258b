"""Workbooks drawn as text tables, written as files by openpyxl."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl

from perfxl.workbook.grid import address
from tests.tables import workbook


def write(path: Path, *drawings: str) -> Path:
    """Write a workbook with one sheet for each drawing (自评表, 自评表2, …); return its path."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for drawn in workbook(*drawings).sheets:
        sheet = book.create_sheet(drawn.name)
        for cell in drawn.cells.values():
            value = f"={cell.formula}" if cell.formula is not None else cell.value
            target = sheet.cell(cell.row, cell.column, float(value) if isinstance(value, Decimal) else value)
            target.number_format = cell.number_format
        for area in drawn.merges:
            sheet.merge_cells(f"{address(area.top, area.left)}:{address(area.bottom, area.right)}")
    book.save(path)
    return path
