"""The oracle itself: it computes anew, and it says when it failed."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import openpyxl
import pytest

from tests.oracle.workbooks import SHEET, WRONG, write


def values(path: Path) -> dict[str, object]:
    """Every value of the sheet as the file carries it."""
    sheet = openpyxl.load_workbook(path, data_only=True)[SHEET]
    return {
        cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None
    }


def test_wrong_values_carried_by_the_file_come_back_right(tmp_path: Path, libreoffice: ModuleType) -> None:
    folder = tmp_path / "目录 with space"
    folder.mkdir()
    rate = write(folder / "执行率.xlsx", {"D6": 194.19, "E6": 174.56}, {"F6": "ROUND(E6/D6,4)"})
    total = write(folder / "合计.xlsx", {"A1": 50, "A2": 40.5}, {"A3": "SUM(A1:A2)", "A4": "A3+1"})
    assert values(rate)["F6"] == WRONG

    new_rate, new_total = libreoffice.recalculate([rate, total], tmp_path / "算后")

    assert new_rate == tmp_path / "算后" / "执行率.xlsx"
    assert values(new_rate) == {"D6": 194.19, "E6": 174.56, "F6": 0.8989}
    assert values(new_total) == {"A1": 50, "A2": 40.5, "A3": 90.5, "A4": 91.5}


@pytest.mark.poppler
def test_pdf_shows_the_values_computed_anew(tmp_path: Path, libreoffice: ModuleType) -> None:
    import subprocess

    path = write(tmp_path / "合计.xlsx", {"A1": 50, "A2": 40.5}, {"A3": "SUM(A1:A2)"})
    (pdf,) = libreoffice.to_pdf([path], tmp_path / "out")
    printed = subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, check=True, text=True).stdout
    assert {"50", "40.5", "90.5"} <= set(printed.split())


def test_two_files_of_one_name_are_refused(tmp_path: Path, libreoffice: ModuleType) -> None:
    paths = [tmp_path / "a" / "表.xlsx", tmp_path / "b" / "表.xls"]
    with pytest.raises(ValueError, match=r"表\.xlsx"):
        libreoffice.recalculate(paths, tmp_path / "out")


def test_a_file_from_an_earlier_run_is_not_taken_for_a_result(
    tmp_path: Path, libreoffice: ModuleType
) -> None:
    path = write(tmp_path / "表.xlsx", {"A1": 1}, {})
    with pytest.raises(ValueError, match=r"表\.xlsx"):
        libreoffice.recalculate([path], tmp_path)


def test_a_file_that_is_no_workbook_is_an_error(tmp_path: Path, libreoffice: ModuleType) -> None:
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(b"PK\x03\x04 not a zip")
    with pytest.raises(RuntimeError):
        libreoffice.recalculate([broken], tmp_path / "out")
