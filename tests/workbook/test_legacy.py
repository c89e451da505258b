"""Old formats: the two files in data/ are `source()` converted by LibreOffice."""

from __future__ import annotations

import datetime
import struct
import sys
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfxl.workbook import legacy_child
from perfxl.workbook.biff import BookDetails, read_details
from perfxl.workbook.errors import Unreadable, UnreadableWorkbook
from perfxl.workbook.grid import Area, Workbook
from perfxl.workbook.limits import Limits
from perfxl.workbook.ole2 import Ole2
from perfxl.workbook.open import open_workbook, read_workbook
from tests.workbook.minimal import ole2

DATA = Path(__file__).parent / "data"
XLS, ODS = DATA / "legacy.xls", DATA / "legacy.ods"


def source() -> openpyxl.Workbook:
    """The workbook that was converted."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "自评表"
    sheet["B2"] = "2022年度项目支出绩效自评表"
    sheet.merge_cells("B2:D2")
    sheet["B3"], sheet["B3"].number_format = 0.8989, "0.00%"
    sheet["C3"] = datetime.date(2022, 3, 1)
    sheet["D3"] = datetime.datetime(2022, 3, 1, 12, 30)
    sheet["E3"] = True
    sheet["F3"] = "=1/0"
    sheet["G3"], sheet["G3"].number_format = "=B3*2", "0%"
    sheet["H3"] = datetime.time(9, 5)
    sheet["B4"] = "  空格 "
    sheet["C4"] = "#N/A文字"
    sheet["D4"] = "#N/A"
    sheet["E4"] = '=B4&"x"'
    sheet["F4"] = '=""'
    for column in range(2, 9):
        sheet.cell(5, column, column * 10)
    for row in range(6, 60):
        sheet.cell(row, 2, f"第{row}行的指标名称及其说明")
    sheet.row_dimensions[4].hidden = True
    sheet.column_dimensions["H"].hidden = True
    other = book.create_sheet("隐藏")
    other["A1"] = 194.19
    other.sheet_state = "hidden"
    return book


VALUES = {
    "B2": "2022年度项目支出绩效自评表",
    "B3": Decimal("0.8989"),
    "C3": "2022-03-01",
    "D3": "2022-03-01 12:30:00",
    "G3": Decimal("1.7978"),
    "H3": "09:05:00",
    "B4": "  空格 ",
    "C4": "#N/A文字",
    "E4": "  空格 x",
    **{f"{letter}5": Decimal(column * 10) for column, letter in enumerate("BCDEFGH", 2)},
    **{f"B{row}": f"第{row}行的指标名称及其说明" for row in range(6, 60)},
}


def values(book: Workbook) -> dict[str, object]:
    return {cell.address: cell.value for cell in book.sheets[0].cells.values()}


@pytest.mark.parametrize(("name", "kind"), [("旧表.xls", "xls"), ("旧表.ET", "et"), ("旧表.xlsx", "xls")])
def test_an_xls_is_read_whatever_it_is_called(name: str, kind: str) -> None:
    book = read_workbook(XLS.read_bytes(), name)
    assert book.source_format == kind
    assert values(book) == VALUES | {"E3": True, "F3": "#DIV/0!", "D4": "#N/A"}
    sheet = book.sheets[0]
    assert [cell.address for cell in sheet.cells.values() if cell.error] == ["F3", "D4"]
    assert (sheet.at(3, 2).number_format, sheet.at(3, 7).number_format) == ("0.00%", "0%")
    assert sheet.at(5, 5).number_format == "General"
    assert sheet.merges == (Area(2, 2, 2, 4),)
    assert sheet.hidden_rows == {4}
    assert sheet.hidden_columns == {8}
    assert [(sheet.name, sheet.hidden) for sheet in book.sheets] == [("自评表", False), ("隐藏", True)]
    assert book.sheets[1].at(1, 1).value == Decimal("194.19")


def test_an_ods_is_read() -> None:
    book = open_workbook(ODS)
    assert book.source_format == "ods"
    # LibreOffice wrote the truth value as the formula TRUE(), whose result is the number 1.
    assert values(book) == VALUES | {"E3": Decimal(1), "F3": "#DIV/0!", "D4": "#N/A"}
    sheet = book.sheets[0]
    assert [cell.address for cell in sheet.cells.values() if cell.error] == ["F3", "D4"]
    assert (sheet.at(3, 2).number_format, sheet.at(3, 7).number_format) == ("0.00%", "0%")
    assert sheet.merges == (Area(2, 2, 2, 4),)
    assert sheet.hidden_rows == {4}
    assert sheet.hidden_columns == {8}
    assert [(sheet.name, sheet.hidden) for sheet in book.sheets] == [("自评表", False), ("隐藏", True)]


def reason(data: bytes, limits: Limits | None = None) -> Unreadable:
    with pytest.raises(UnreadableWorkbook) as caught:
        read_workbook(data, "旧表.xls", limits or Limits())
    return caught.value.reason


def test_a_damaged_one_is_refused() -> None:
    assert reason(ole2("Workbook")) is Unreadable.DAMAGED
    assert reason(XLS.read_bytes()[:3000]) is Unreadable.DAMAGED


def test_too_much_is_refused() -> None:
    data = XLS.read_bytes()
    assert reason(data, Limits(legacy_rectangle=100)) is Unreadable.TOO_LARGE
    assert reason(data, Limits(cells=40)) is Unreadable.TOO_LARGE


def test_a_child_without_memory_or_time_is_a_refusal() -> None:
    data = XLS.read_bytes()
    assert reason(data, Limits(legacy_memory=1 << 20)) is Unreadable.READER_FAILED
    assert reason(data, Limits(legacy_seconds=0)) is Unreadable.TOO_LARGE


def test_the_child_serves_from_a_frozen_executable_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a bundle the executable itself is called, with an argument that its entry point hands to the child."""
    entry = tmp_path / "entry.py"
    entry.write_text(
        "import runpy, sys\n"
        f"assert sys.argv.pop(1) == {legacy_child.CHILD_ARGUMENT!r}\n"
        f"runpy.run_path({legacy_child.__file__!r}, run_name='__main__')\n",
        encoding="utf-8",
    )
    launcher = tmp_path / "perfxl"
    # Not Python in the first line: a path with a space cannot stand there.
    launcher.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{entry}" "$@"\n', encoding="utf-8")
    launcher.chmod(0o755)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(launcher))
    assert values(open_workbook(XLS))["B3"] == Decimal("0.8989")


def filepass(data: bytes) -> bytes:
    """Turn the second record of the workbook stream into the mark of encryption."""
    at = data.index(struct.pack("<3H", 0x0809, 16, 0x0600)) + 20
    return data[:at] + struct.pack("<H", 0x002F) + data[at + 2 :]


def test_a_password_is_named() -> None:
    assert read_details(filepass(XLS.read_bytes())) == BookDetails({}, encrypted=True)
    assert reason(filepass(XLS.read_bytes())) is Unreadable.ENCRYPTED


@settings(max_examples=300)
@given(
    st.lists(
        st.tuples(st.floats(0, 1, exclude_max=True), st.binary(min_size=1, max_size=8)),
        min_size=1,
        max_size=6,
    )
)
def test_details_of_a_damaged_file_are_details_or_none(wounds: list[tuple[float, bytes]]) -> None:
    data = XLS.read_bytes()
    for place, bytes_ in wounds:
        at = int(place * len(data))
        data = data[:at] + bytes_ + data[at + len(bytes_) :]
    assert isinstance(read_details(data), BookDetails)


def test_streams_of_both_sizes() -> None:
    container = Ole2(XLS.read_bytes())
    assert container.stream("workbook")[:4] == struct.pack("<2H", 0x0809, 16)
    small = container.stream("\x05SummaryInformation")
    assert small[:4] == b"\xfe\xff\x00\x00"
    with pytest.raises(KeyError):
        container.stream("无")
