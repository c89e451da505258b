"""IronCalc, a calculator from PyPI: computes the formulas of a workbook where LibreOffice is absent.

Chosen by measurement, see README.md: it rounds ties as Excel does, gives Excel's error values, and reads
what Excel and WPS write. It does not read strict OOXML, sheets in UTF-16, or cells without an address.
"""

from __future__ import annotations

from pathlib import Path

import ironcalc

from perfxl.workbook.grid import address

Calculated = float | str | bool | None
"""What a formula gives: a number, a text, a truth value, an error as Excel writes it ("#DIV/0!"), or nothing."""


def calculate(path: Path) -> dict[tuple[str, str], Calculated]:
    """Return the value of every formula of a workbook, computed anew, by (sheet, address).

    The values that the file carries for its formulas are not looked at. Raises ironcalc.WorkbookError where
    the file cannot be read.
    """
    model = ironcalc.load_from_xlsx(str(path), "en", "UTC")
    model.evaluate()
    names = [sheet["name"] for sheet in model.get_worksheets_properties()]
    return {
        (names[sheet], address(row, column)): model.get_cell_value(sheet, row, column)
        for sheet, row, column in model.get_all_cells()
        if model.get_cell_formula(sheet, row, column) is not None
    }
