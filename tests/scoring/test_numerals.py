"""Numbers typed as text: what Excel is told to do with them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from perfxl.scoring.numerals import numeral


@pytest.mark.parametrize(
    ("text", "value", "formula"),
    [
        ("194.19", "194.19", "VALUE(C6)"),
        ("100%", "1", "VALUE(C6)"),
        ("89.89%", "0.8989", "VALUE(C6)"),
        ("-3", "-3", "VALUE(C6)"),
        ("10分", "10", 'VALUE(SUBSTITUTE(C6,"分",""))'),
        ("10 分", "10", 'VALUE(SUBSTITUTE(SUBSTITUTE(C6," ",""),"分",""))'),
        ("10\n分", "10", 'VALUE(SUBSTITUTE(CLEAN(C6),"分",""))'),
        ("10\u3000分", "10", 'VALUE(SUBSTITUTE(SUBSTITUTE(C6,"\u3000",""),"分",""))'),
        ("1,234.5万元", "1234.5", 'VALUE(SUBSTITUTE(SUBSTITUTE(C6,",",""),"万元",""))'),
        ("￥5", "5", 'VALUE(SUBSTITUTE(C6,"￥",""))'),
        ("１０％", "0.1", 'VALUE(SUBSTITUTE(SUBSTITUTE(SUBSTITUTE(C6,"１","1"),"０","0"),"％","%"))'),
        ("10（分）", "10", 'VALUE(SUBSTITUTE(C6,"（分）",""))'),
    ],
)
def test_text_that_is_a_number_to_a_reader(text: str, value: str, formula: str) -> None:
    found = numeral(text)
    assert found is not None
    assert (found.value, found.formula("C6")) == (Decimal(value), formula)


@pytest.mark.parametrize(
    "text", ["", "—", "达标", "≥90%", "10分/12分", "5‰", "2021年12月", "3个市州、6个县", "1.2.3"]
)
def test_text_that_is_none(text: str) -> None:
    assert numeral(text) is None
