"""The annex: the form as a table, every text once, merges as in the sheet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from docx.enum.section import WD_ORIENTATION
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from perfxl.report.annex import LANDSCAPE, PORTRAIT, Annex, annex, widths
from perfxl.report.markup import Box
from perfxl.workbook.grid import Area, Cell
from tests.report.drawn import PROJECT, drafted, only

NARROW = """
| 项目支出绩效自评表 | < | < |
| 一级指标 | 三级指标 | 指标值 |
| 产出 | 里程 | 5 |
| ^ | 桥梁 | 6 |
"""


WIDE = """
| 项目支出绩效自评表 | < | < | < | < | < | < | < | < | < | < |
| 一级指标 | 二级指标 | 三级指标 | 指标说明 | 指标性质 | 指标值 | 度量单位 | 实际完成值 | 分值 | 自评得分 | 偏差原因 |
| 产出指标 | 数量指标 | 养护里程 | 全年养护 | 大于 | 120 | 公里 | 126 | 10 | 10 | 没有偏差 |
"""


def twips(element: Any) -> int:
    return int(element.get(qn("w:w")))


def annexed(drawing: str) -> Annex:
    found = annex(*only(drawing))
    assert found is not None
    return found


def texts(drawing: str) -> list[str]:
    return [box.text for box in annexed(drawing).boxes if box.text]


def test_every_text_of_the_table_stands_in_the_annex_once() -> None:
    _, sheet = only(PROJECT)
    _, *others = (str(cell.value) for cell in sheet.cells.values())
    expected = ["89.89%" if text == "0.8989" else text for text in others]
    assert sorted(texts(PROJECT)) == sorted(expected)


def test_the_head_of_the_indicators_begins_the_second_table() -> None:
    drawn = annexed(PROJECT)
    upper, lower = drawn.tables
    assert [box.text for box in lower if box.row < drawn.heads][:3] == ["一级指标", "二级指标", "三级指标"]
    assert {box.text for box in upper} >= {"项目名称", "年度资金总额", "预期目标"}


def test_a_range_over_head_and_body_speaks_in_the_body() -> None:
    beside = """
    | 项目支出绩效自评表 | < | < | < |
    | 绩效指标 | 一级指标 | 三级指标 | 指标值 |
    | ^ | 产出 | 里程 | 5 |
    | ^ | ^ | 桥梁 | 6 |
    """
    (table,) = annexed(beside).tables
    at_head, in_body = (box for box in table if box.column == 0)
    assert (at_head.text, at_head.open_below, in_body.text, in_body.open_above) == (
        "",
        True,
        "绩效指标",
        True,
    )
    assert (in_body.row, in_body.rows) == (1, 2)


def test_what_stands_outside_the_ruled_table_becomes_paragraphs() -> None:
    around = PROJECT.strip().splitlines()
    around.insert(1, "| （2023年度） | < | < | < | < | < | < | < |")
    around.append("| 填表人：某某 | < | < | 填报日期：2024年3月1日 | < | < | < | < |")
    drawn = annexed("\n".join(around))
    assert drawn.above == ("（2023年度）",)
    assert drawn.below == ("填表人：某某　　填报日期：2024年3月1日",)


def test_hidden_rows_and_columns_are_left_out() -> None:
    form, sheet = only(PROJECT)
    hidden = type(sheet)(
        sheet.name, sheet.cells, sheet.merges, hidden_rows=frozenset({7}), hidden_columns=frozenset({8})
    )
    drawn = annex(form, hidden)
    assert drawn is not None
    kept = [box.text for box in drawn.boxes]
    assert "其他资金" not in kept
    assert "雨季长，加强排水" not in kept
    assert "养护里程" in kept


def test_a_form_that_is_hidden_altogether_is_not_drawn() -> None:
    form, sheet = only(PROJECT)
    everything = frozenset(range(form.area.top, form.area.bottom + 1))
    assert annex(form, type(sheet)(sheet.name, sheet.cells, sheet.merges, hidden_rows=everything)) is None


def test_a_range_over_the_whole_form_forbids_the_cut() -> None:
    beside_all = """
    | 项目支出绩效自评表 | < | < | < | < |
    | 县交通局 | 项目名称 | 养护 | < | < |
    | ^ | 一级指标 | 三级指标 | 指标值 | 完成值 |
    | ^ | 产出 | 里程 | 5 | 6 |
    | ^ | ^ | 桥梁 | 6 | 6 |
    """
    drawn = annexed(beside_all)
    assert (len(drawn.tables), drawn.heads) == (1, 0)
    assert [(box.row, box.rows) for box in drawn.boxes if box.text == "县交通局"] == [(0, 4)]
    assert {"一级指标", "里程", "桥梁"} <= {box.text for box in drawn.boxes}


def test_a_formula_without_a_result_is_marked() -> None:
    computed = PROJECT.replace("| 96.94 |", "| =SUM(G11:G14) |")
    assert any("待补充" in text and "G15" in text for text in texts(computed))


def test_rows_do_not_break_and_heads_repeat(tmp_path: Path) -> None:
    tables = drafted(PROJECT, tmp_path).document.tables
    rows = [row for table in tables for row in table._tbl.iter(qn("w:tr"))]
    assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)
    heads = [
        row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        for row in tables[-1]._tbl.iter(qn("w:tr"))
    ]
    assert heads == [True] + [False] * (len(heads) - 1)


def test_cells_cover_the_grid_of_every_row(tmp_path: Path) -> None:
    tables = drafted(PROJECT, tmp_path).document.tables
    assert tables
    for table in tables:
        whole = sum(twips(column) for column in table._tbl.iter(qn("w:gridCol")))
        for row in table._tbl.iter(qn("w:tr")):
            assert sum(twips(cell) for cell in row.iter(qn("w:tcW"))) == whole


@pytest.mark.parametrize(
    ("drawing", "orientation"),
    [(WIDE, WD_ORIENTATION.LANDSCAPE), (NARROW, WD_ORIENTATION.PORTRAIT)],
)
def test_a_wide_table_turns_the_page(drawing: str, orientation: WD_ORIENTATION, tmp_path: Path) -> None:
    first, last = drafted(drawing, tmp_path).document.sections
    assert (first.orientation, last.orientation) == (WD_ORIENTATION.PORTRAIT, orientation)


@st.composite
def drawn_tables(draw: st.DrawFn) -> Annex:
    columns = draw(st.integers(1, 12))
    rows = draw(
        st.lists(
            st.lists(st.text("甲a1\n", max_size=60), min_size=columns, max_size=columns),
            min_size=1,
            max_size=4,
        )
    )
    boxes = tuple(Box(r, c, 1, 1, text) for r, row in enumerate(rows) for c, text in enumerate(row))
    return Annex((), (boxes,), 0, (), columns)


@given(drawn_tables(), st.sampled_from([PORTRAIT, LANDSCAPE]))
def test_widths_fill_the_page_and_none_vanishes(drawn: Annex, available: int) -> None:
    fitted = widths(drawn, available)
    assert len(fitted) == drawn.columns
    assert sum(fitted) == available
    assert min(fitted) > 0


def test_the_longest_text_gets_the_widest_column() -> None:
    drawn = annexed(PROJECT.replace("雨季长，加强排水", "雨季长，加强排水；" * 20))
    fitted = widths(drawn, PORTRAIT)
    assert fitted.index(max(fitted)) == 7


def test_a_stray_cell_in_the_last_corner_costs_nothing() -> None:
    form, sheet = only(NARROW)
    stray = (1_048_576, 16_384)
    far = sheet._replace(cells={**sheet.cells, stray: Cell(*stray, "x")})
    found = annex(form._replace(area=Area(1, 1, *stray)), far)
    assert found is not None
    assert found.columns == 4
    assert found.below == ("x",)
