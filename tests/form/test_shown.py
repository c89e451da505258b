"""A value as its cell displays it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from perfxl.form.model import Entry
from perfxl.form.shown import shown
from perfxl.workbook.grid import Cell


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (Decimal("0.8989"), "0.00%", "89.89%"),
        (Decimal(1), "0%", "100%"),
        (Decimal("1234.5"), "#,##0.00", "1,234.50"),
        (Decimal("3.2749"), "0.00", "3.27"),
        (Decimal(4800), "#,##0.00####", "4,800.00"),
        (Decimal("4015.99995"), "#,##0.00####", "4,015.99995"),
        (Decimal("12.5"), "0.##", "12.5"),
        (Decimal(12), "0.##", "12"),
        (Decimal("41850.5"), 'General"平方米"', "41850.5平方米"),
        (Decimal("120"), '"约"0"人"', "约120人"),
        (Decimal("582.5699999999999"), "General", "582.57"),
        (Decimal(3545234), "General", "3545234"),
        (Decimal(44926), "yyyy-mm-dd", "2022年12月31日"),
        (" 已完成 ", "General", "已完成"),
        (None, "General", ""),
    ],
)
def test_value_in_its_format(value: Decimal | str | None, number_format: str, text: str) -> None:
    assert shown(Entry(value, Cell(1, 1, value, None, number_format))) == text


def test_an_error_value_shows_nothing() -> None:
    assert shown(Entry("#DIV/0!", Cell(1, 1, "#DIV/0!", "A2/A3", error=True))) == ""
