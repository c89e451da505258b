"""A piece of a sheet drawn in text and Markdown."""

from __future__ import annotations

from perfxl.output import grids
from perfxl.workbook.grid import Area
from tests.tables import sheet

DRAWN = sheet("| 甲 | 乙 | < |\n| ^ | %12.50 | a*b |\n| 丙 | | 3 |")


def test_blocks_are_cells_and_merged_ranges() -> None:
    rows = dict(grids.blocks(DRAWN, grids.used_area(DRAWN)))
    assert [(block.address, block.text, block.rows, block.columns) for block in rows[1]] == [
        ("A1", "甲", 2, 1),
        ("B1", "乙", 1, 2),
    ]
    assert [block.text for block in rows[2]] == ["12.50%", "a*b"]


def test_a_merged_range_that_reaches_out_is_cut() -> None:
    rows = dict(grids.blocks(DRAWN, Area(2, 1, 3, 2)))
    assert [(block.address, block.rows) for block in rows[2]] == [("A1", 1), ("B2", 1)]


def test_hidden_lines_are_left_out_unless_marked() -> None:
    hidden = DRAWN._replace(hidden_rows=frozenset({3}), hidden_columns=frozenset({2}))
    area = grids.used_area(hidden)
    assert [row for row, _ in grids.blocks(hidden, area)] == [1, 2]
    assert grids.columns_shown(hidden, area) == [1, 3]
    assert [row for row, _ in grids.blocks(hidden, area, ["B3"])] == [1, 2, 3]
    assert grids.columns_shown(hidden, area, ["B3"]) == [1, 2, 3]


def test_markdown_has_as_many_cells_in_every_row() -> None:
    lines = grids.as_markdown(DRAWN, grids.used_area(DRAWN), ["B3"]).splitlines()
    assert {line.replace("\\|", "").count("|") for line in lines} == {5}
    assert "a\\*b" in lines[3] and "**" in lines[4]


def test_text_keeps_its_columns() -> None:
    lines = grids.as_text(DRAWN, grids.used_area(DRAWN), ["C3"]).splitlines()
    assert len(lines) == 4
    assert "【3】" in lines[3]


def test_of_a_long_sheet_the_rows_around_marks_are_shown() -> None:
    long = sheet("\n".join(f"| {row} | 行 |" for row in range(1, 501)))
    rows = [row for row, _ in grids.blocks(long, grids.used_area(long), ["A300"])]
    assert rows[0] == 1 and {298, 299, 300, 301, 302} <= set(rows)
    assert len(rows) < 30
    assert grids.as_html(long, grids.used_area(long), {"A300": "error"}).count('class="gap"') == 1
