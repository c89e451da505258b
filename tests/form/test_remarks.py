"""The sheet 校验结果 read again: known by its heads, its rows, and what stands for the values of then."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfxl.form.remarks import Remark, is_result_sheet, proof, remarks
from perfxl.workbook.grid import Cell, CellValue, Sheet, Workbook
from tests.tables import sheet

LIST = """
| 校验结果：自评表.xlsx | < | < | < | < | < | < | < | < |
| 级别 | 工作表 | 单元格 | 对象 | 问题 | 说明 | 规则 | 校验码 | 原底色 |
| 错误 | 自评表 | G6 | 年度资金总额 | 执行率不对 | 有原因 | PX201 | "0123" | none|| |
| 提醒 | 自评表 | E16 | 满意度 | 照抄 | | PX405 | abcd | |
| | | | | 自己加的一行 | | | | |
"""


def book(**cells: CellValue) -> Workbook:
    """A workbook with a sheet 表 that holds values in row 1, by column letter."""
    found = {(1, ord(letter) - 64): Cell(1, ord(letter) - 64, value) for letter, value in cells.items()}
    return Workbook("a.xlsx", (Sheet("表", found), Sheet("它's", {(2, 1): Cell(2, 1, Decimal(7))})))


def test_rows_are_read_by_their_heads() -> None:
    drawn = sheet(LIST.replace("none||", "none"), name="随便什么名字")
    assert is_result_sheet(drawn)
    assert remarks(Workbook("a.xlsx", (drawn,))) == (
        Remark("PX201", "自评表", "G6", "年度资金总额", "执行率不对", "有原因", "0123", "none"),
        Remark("PX405", "自评表", "E16", "满意度", "照抄", "", "abcd", ""),
    )


@pytest.mark.parametrize("missing", ["规则", "单元格", "说明", "校验码", "原底色"])
def test_a_list_that_lacks_a_head_is_none_of_ours(missing: str) -> None:
    drawn = sheet(LIST.replace("none||", "none").replace(f"| {missing} |", "| 别的 |"))
    assert not is_result_sheet(drawn)
    assert remarks(Workbook("a.xlsx", (drawn,))) == ()


NUMBERS = st.decimals(-(10**6), 10**6, places=2)
WORDS = st.text("甲乙≥、", max_size=4)


@given(st.one_of(st.tuples(NUMBERS, NUMBERS), st.tuples(WORDS, WORDS), st.tuples(NUMBERS, WORDS)))
def test_property_another_value_gives_another_proof(pair: tuple[CellValue, CellValue]) -> None:
    first, second = (proof(book(A=value, B=Decimal(1)), "表", ("A1", "B1")) for value in pair)
    assert (first == second) == (pair[0] == pair[1])


def test_what_a_program_computes_anew_is_the_same() -> None:
    exact, double = Decimal(1) / 3, Decimal(repr(1 / 3))
    assert proof(book(A=exact), "表", ("A1",)) == proof(book(A=double), "表", ("A1",))
    assert proof(book(A=Decimal("-0.00")), "表", ("A1",)) == proof(book(A=Decimal(0)), "表", ("A1",))
    assert proof(book(A=Decimal("0.1")), "表", ("A1",)) != proof(book(A=Decimal("0.1000001")), "表", ("A1",))


def test_cells_of_other_sheets_count_and_those_of_other_workbooks_by_their_name() -> None:
    near, far = proof(book(), "表", ("'它''s'!A2",)), proof(book(), "表", ("'[b.xlsx]它''s'!A2",))
    assert near != proof(book(), "表", ("'它''s'!A3",))
    assert far != near
    assert proof(book(), "表", ("A1",), "甲") != proof(book(), "表", ("A1",), "乙")
