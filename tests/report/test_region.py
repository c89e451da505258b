"""The report on a roll-up: a regional form and its units, read from the sheet that lists them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from perfxl.report.units import read_units
from perfxl.resources import resource_folder
from perfxl.work.report import report_file
from perfxl.work.rollup import rollup
from tests.report.regional import UNITS, drafted_region
from tests.report.samples import FILES
from tests.tables import workbook

TRANSFERS = [name for name in FILES if name.startswith("004_t")]


def test_units_are_those_that_were_counted() -> None:
    units = read_units(workbook(UNITS))
    assert units.money_unit == "万元"
    assert [(unit.name, unit.budget, unit.executed, unit.score, unit.grade) for unit in units.rows] == [
        ("甲县交通局", Decimal(80), Decimal("76.24"), Decimal(98), "优"),
        ("乙县交通局", Decimal(40), Decimal(30), Decimal("88.5"), "良"),
        ("丙县交通局", Decimal(26), Decimal(25), Decimal(95), "优"),
    ]


def test_of_several_projects_and_years_each_form_has_its_own_units() -> None:
    several = """
    | 单位汇总 | < | < | < | < | < |
    | 填报单位 | 所报项目 | 年度 | 预算 A（万元） | 支出 B（万元） | 汇总说明 |
    | 甲局 | 校舍改造补助 | 2023 | 80 | 76 | 已计入 |
    | 乙局 | 校舍改造补助 | 2023 | 40 | 30 | 已计入 |
    | 乙局 | 校舍改造补助 | 2022 | 40 | 30 | 已计入 |
    | 丙局 | 救助补助 | 2023 | 26 | 25 | 已计入 |
    """
    units = read_units(workbook(several))
    assert [unit.name for unit in units.of("校舍改造 补助", 2023).rows] == ["甲局", "乙局"]
    assert [unit.name for unit in units.of("救助补助", 2023).rows] == ["丙局"]
    assert len(units.of("2个项目（名单见“单位汇总”）", 2023).rows) == 4


def test_a_workbook_without_units_has_none() -> None:
    assert read_units(workbook("| 单位 | 预算数 | 执行数 |\n| 甲局 | 1 | 1 |")).rows == ()


@pytest.mark.parametrize("figure", ["3个单位", "75%", "96.15%", "88.5分", "98分", "146万元", "131.24万元"])
def test_the_draft_compares_the_units(figure: str, tmp_path: Path) -> None:
    assert figure in "".join(drafted_region(tmp_path).body)


def test_the_units_stand_in_a_table(tmp_path: Path) -> None:
    tables = drafted_region(tmp_path).document.tables
    (units,) = [table for table in tables if table.rows[0].cells[1].text == "单位"]
    assert [cell.text for cell in units.rows[2].cells] == ["2", "乙县交通局", "40", "30", "75%", "88.5"]


def test_a_real_roll_up_is_reported_on(tmp_path: Path) -> None:
    folder = resource_folder("samples")
    rolled = tmp_path / "汇总.xlsx"
    rollup([folder / f"{FILES[name]}.xlsx" for name in TRANSFERS], rolled)
    results = report_file(rolled, output=tmp_path / "汇总报告.docx")
    assert {result.kind for result in results} == {"regional"}
