"""Workbooks drawn as text tables, in the notation of `perfxl.workbook.drawing`."""

from __future__ import annotations

from perfxl.workbook.drawing import sheet
from perfxl.workbook.grid import Workbook

__all__ = ["sheet", "workbook"]


def workbook(*drawings: str) -> Workbook:
    """Return a workbook with one sheet for each drawing: 自评表, 自评表2, …"""
    sheets = tuple(
        sheet(drawing, name="自评表" if number == 1 else f"自评表{number}")
        for number, drawing in enumerate(drawings, start=1)
    )
    return Workbook(name="test.xlsx", sheets=sheets)
