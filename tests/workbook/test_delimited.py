"""Tables saved as text: encodings, delimiters, numbers."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfxl.workbook.delimited import read_delimited
from perfxl.workbook.errors import UnreadableWorkbook
from perfxl.workbook.limits import LIMITS

TABLE = [["序号", "项目名称", "预算数"], ["1", "医疗救助，含“两病”", "336.5"]]


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_encodings_and_delimiters(codec: str, delimiter: str, end: str) -> None:
    data = end.join(delimiter.join(row) for row in TABLE).encode(codec)
    (sheet,) = read_delimited(data, "清单.csv").sheets
    assert [[sheet.at(row, column).value for column in (1, 2, 3)] for row in (1, 2)] == [
        TABLE[0],
        [Decimal(1), "医疗救助，含“两病”", Decimal("336.5")],
    ]


def test_a_quoted_value_keeps_commas_and_breaks() -> None:
    (sheet,) = read_delimited('"目标1，\n目标2",2\n'.encode(), "x.csv").sheets
    assert [sheet.at(1, 1).value, sheet.at(1, 2).value] == ["目标1，\n目标2", Decimal(2)]


@pytest.mark.parametrize(
    ("text", "value", "number_format"),
    [
        ("0", Decimal(0), "General"),
        ("-3.50", Decimal("-3.50"), "General"),
        ("98.5%", Decimal("0.985"), "0.0%"),
        ("100%", Decimal(1), "0%"),
        ("007", "007", "General"),
        ("1,234", "1,234", "General"),
        ("≥90%", "≥90%", "General"),
        ("12345678901234567", "12345678901234567", "General"),
    ],
)
def test_what_is_a_number(text: str, value: object, number_format: str) -> None:
    (sheet,) = read_delimited(f'"{text}"\n'.encode(), "x.csv").sheets
    cell = sheet.at(1, 1)
    assert (cell.value, cell.number_format) == (value, number_format)


def test_what_is_no_text_of_these_encodings_is_refused() -> None:
    with pytest.raises(UnreadableWorkbook):
        read_delimited(b"a,\xff\xff\xff\xff", "x.csv")


def test_a_table_too_large_is_refused() -> None:
    with pytest.raises(UnreadableWorkbook):
        read_delimited(b"1,2\n" * 40, "x.csv", LIMITS._replace(cells=30))


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        book = read_delimited(data, "x.csv")
    except UnreadableWorkbook:
        return
    assert len(book.sheets) == 1
