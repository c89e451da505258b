"""The calculator gives Excel's results for the kinds of formula that forms hold and that the program writes."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import openpyxl
import pytest

from tests.oracle.calculator import Calculated, calculate
from tests.oracle.workbooks import SHEET, write

VALUES: dict[str, float | str] = {
    "A1": 194.19, "B1": 174.56, "C1": 0, "D1": "文字",
    "A2": 0.9, "B2": 12,
    "A3": 3, "A4": 4.5,
}  # fmt: skip

FORMULAS: list[tuple[str, Calculated]] = [
    ("ROUND(B1/A1,4)", 0.8989),
    ("ROUND(12345.675,-2)", 12300),
    ("MIN(10,ROUND(10*B1/A1,2))", 8.99),
    ("MAX(0,-1)", 0),
    ("ROUND(MIN(MAX((B1/A1-60%)/(100%-60%),0),1)*10,2)", 7.47),
    ("IF(A2>=90%,10,0)", 10),
    ("IF(A2<60%,0,IF(A2<95%,5,10))", 5),
    ('IF(C1="","空",C1)', 0),
    ('IF(Z9="","空",1)', "空"),
    ("IF(AND(A1>=B1,A2<>1),1,2)", 1),
    ("IF(OR(A1<B1,NOT(A2=0.9)),1,2)", 2),
    ('IFERROR(B1/C1,"")', ""),
    ("IFERROR(B1/C1,0)", 0),
    ("IFERROR(ROUND(B1/A1,4),0)", 0.8989),
    ("SUM(A3:A4)", 7.5),
    ("SUM($A$3:$A$4,A3,5)", 15.5),
    ("SUM(D1,A2)", 0.9),
    ("SUMPRODUCT(A3:A4,A3:A4)", 29.25),
    ("SUMPRODUCT((A2:A4>1)*A2:A4)", 7.5),
    ('SUMIF(A1:A4,">4")', 198.69),
    ('COUNTIF(A1:A4,">2")', 3),
    ("AVERAGE(A3:A4)", 3.75),
    ("A1*10%", 19.419),
    ("-A3^2", 9),
    ("A3+A4-A3*A4/2", 0.75),
    ("A3=3", True),
    ('A3&"万元"', "3万元"),
    ("自评表!A3+1", 4),
    ("'自评表'!A3*2", 6),
    ("VLOOKUP(3,A3:B4,1,FALSE)", 3),
    ('TEXT(0.8989,"0.00%")', "89.89%"),
    ("B1/C1", "#DIV/0!"),
    ("D1*2", "#VALUE!"),
]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook with every formula of the list in column F."""
    formulas = {f"F{row}": formula for row, (formula, _) in enumerate(FORMULAS, start=1)}
    return write(tmp_path_factory.mktemp("calculator") / "公式.xlsx", VALUES, formulas)


def test_calculator(path: Path) -> None:
    calculated = calculate(path)
    found = {formula: calculated[SHEET, f"F{row}"] for row, (formula, _) in enumerate(FORMULAS, start=1)}
    assert found == {formula: _near(value) for formula, value in FORMULAS}


def test_libreoffice_agrees(path: Path, tmp_path: Path, libreoffice: ModuleType) -> None:
    (result,) = libreoffice.recalculate([path], tmp_path)
    sheet = openpyxl.load_workbook(result, data_only=True)[SHEET]
    # LibreOffice writes an empty text as no value at all.
    found = {formula: sheet[f"F{row}"].value for row, (formula, _) in enumerate(FORMULAS, start=1)}
    assert found == {formula: None if value == "" else _near(value) for formula, value in FORMULAS}


def _near(value: Calculated) -> object:
    return pytest.approx(value, abs=1e-12) if isinstance(value, float) else value
