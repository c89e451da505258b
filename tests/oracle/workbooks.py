"""Workbooks whose formulas carry a value that is wrong on purpose."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import xlsxwriter

SHEET = "自评表"
WRONG = -99
"""The value that every formula carries in the file; no formula here gives it."""


def write(path: Path, values: Mapping[str, float | str], formulas: Mapping[str, str]) -> Path:
    """Write `values` and `formulas`, both by address, to the sheet SHEET of a new workbook; return its path."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet(SHEET)
        for address, value in values.items():
            sheet.write(address, value)
        for address, formula in formulas.items():
            sheet.write_formula(address, f"={formula}", None, WRONG)
    return path
