"""Drawings: cells, merged ranges, looks and entries; and what is refused."""

from __future__ import annotations

import pytest

from perfxl.template.drawing import Drawn, Look, parse


def test_cells_and_merged_ranges() -> None:
    drawing = parse("| 甲 | < | 乙 |\n| ^ | ^ | |")
    assert (drawing.rows, drawing.columns) == (2, 3)
    assert drawing.cells == (
        Drawn(0, 0, 2, 2, Look.LABEL, "甲"),
        Drawn(0, 2, 1, 1, Look.LABEL, "乙"),
        Drawn(1, 2, 1, 1, Look.LABEL, ""),
    )


@pytest.mark.parametrize(
    ("text", "look", "printed", "name", "given", "after"),
    [
        ("# 自评表", Look.TITLE, "自评表", "", "", ""),
        ("## （[年度]年度）", Look.SUBTITLE, "（", "年度", "", "年度）"),
        ("- 填表人：[填表人]", Look.BARE, "填表人：", "填表人", "", ""),
        ("-- 注：一", Look.NOTE, "注：一", "", "", ""),
        ("> 单位：万元", Look.RIGHT, "单位：万元", "", "", ""),
        ("[total.weight=10]", Look.ENTRY, "", "total.weight", "10", ""),
        (r"全年预算数\n（A）", Look.LABEL, "全年预算数\n（A）", "", "", ""),
        ("—", Look.LABEL, "—", "", "", ""),
    ],
)
def test_a_cell(text: str, look: Look, printed: str, name: str, given: str, after: str) -> None:
    (cell,) = parse(f"| {text} |").cells
    assert (cell.look, cell.text, cell.name, cell.given, cell.after) == (look, printed, name, given, after)


@pytest.mark.parametrize(
    "drawing", ["| a | b |\n| c |", "| < | a |", "| ^ |", "| a | b |\n| ^ | c |\n| ^ | < |\n| < | x |"]
)
def test_what_is_no_table_of_rectangles_is_refused(drawing: str) -> None:
    with pytest.raises(ValueError, match="第"):
        parse(drawing)


def test_nothing_is_an_empty_drawing() -> None:
    assert parse("\n \n").cells == ()
