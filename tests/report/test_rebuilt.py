"""The seeds' own reports, rebuilt from their workbooks: what can be derived is there, and what is not cannot be."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from perfxl.form.model import Entry
from perfxl.form.shown import shown
from perfxl.report.marks import without_marks
from perfxl.workbook.grid import Sheet
from tests.report.accounts import accounts_workbook, drafted_accounts
from tests.report.drawn import Draft, drafted
from tests.report.samples import drafted_sample, sample

TABLE = tomllib.loads((Path(__file__).parent / "rebuilt.toml").read_text(encoding="utf-8"))
REPORTS: list[dict[str, Any]] = TABLE["report"]
BY_CHANCE = "表内同一个数说的是别的事"
_NUMBER = re.compile(r"\d+(?:\.\d+)?%?")


def figures(text: str) -> set[str]:
    """The figures of a text, blanks and thousands separators taken out, without zeros that say nothing."""
    return {_plain(found) for found in _NUMBER.findall(re.sub(r"[\s,]", "", text))}


def _plain(figure: str) -> str:
    number, percent = figure.rstrip("%"), "%" if figure.endswith("%") else ""
    return (number.rstrip("0").rstrip(".") if "." in number else number) + percent


def rebuilt(report: dict[str, Any], folder: Path) -> Draft:
    if report["kind"] == "final_accounts":
        return drafted_accounts(folder)
    return drafted_sample(report["sample"], folder, report["kind"])


def sheets(report: dict[str, Any]) -> list[Sheet]:
    if report["kind"] == "final_accounts":
        return list(accounts_workbook().sheets)
    one = sample(report["sample"])
    return [one.own.sheet, *(other.sheet for other in one.beside)]


def body(draft: Draft) -> str:
    texts = draft.paragraphs
    end = next((number for number, text in enumerate(texts) if text in ("附件", "附件1")), len(texts))
    return "\n".join(without_marks(text) for text in texts[:end])


@pytest.mark.parametrize("report", REPORTS, ids=[report["name"] for report in REPORTS])
def test_what_can_be_derived_is_there(report: dict[str, Any], tmp_path: Path) -> None:
    there = figures(body(rebuilt(report, tmp_path)))
    lacking = [
        (part["part"], figure)
        for part in report["section"]
        for figure in part["derived"]
        if figure not in there
    ]
    assert lacking == []


@pytest.mark.parametrize("report", REPORTS, ids=[report["name"] for report in REPORTS])
def test_what_is_not_there_stands_in_no_cell(report: dict[str, Any]) -> None:
    cells = [cell for sheet in sheets(report) for cell in sheet.cells.values()]
    held = {found for cell in cells for found in figures(f"{cell.value} {shown(Entry(cell.value, cell))}")}
    open_figures = {
        figure
        for part in report["section"]
        for why, listed in part.get("open", {}).items()
        if why != BY_CHANCE
        for figure in listed
    }
    # Percentages are looked for with their sign: 80% of a text is not the 80 of another.
    assert sorted(open_figures & held) == []


ANNEX_1 = """
| 四川省医疗保障局2020年部门整体支出绩效自评表 | < | < | < | < |
| 部门名称 | 四川省医疗保障局 | < | < | < |
| 资金 | 全年预算数（万元） | 全年执行数（万元） | 执行率 | 得分 |
| 年度资金总额 | 23191.16 | 6696.34 | %28.87 | |
| 一级指标 | 二级指标 | 三级指标 | 分值 | 得分 |
| 部门预算管理 | 预算编制 | 目标制定 | 4 | 4 |
| ^ | ^ | 目标实现 | 4 | 4 |
| ^ | ^ | 编制准确 | 2 | 1.86 |
| ^ | 预算执行 | 支出控制 | 4 | 4 |
| ^ | ^ | 动态调整 | 4 | 0 |
| ^ | ^ | 执行进度 | 4 | 2.7 |
| ^ | 完成结果 | 预算完成 | 4 | 1.16 |
| ^ | ^ | 违规记录 | 4 | 4 |
| 绩效结果应用 | 信息公开 | 信息公开 | 2 | 2 |
| ^ | 整改反馈 | 结果整改 | 4 | 4 |
| ^ | ^ | 应用反馈 | 4 | 4 |
| 总分 | < | < | 40 | 31.72 |
"""
"""Annex 1 of seed 004 has no table of its own in the seed; its scores are those of its headings."""


@pytest.mark.parametrize(
    "heading",
    [
        "（一）部门预算管理（21.72分）",
        "1. 预算编制（9.86分）",
        "（3）编制准确（1.86分）",
        "2. 预算执行（6.7分）",
        "（2）动态调整（0分）",
        "3. 完成结果（5.16分）",
        "（二）绩效结果应用（10分）",
        "2. 整改反馈（8分）",
    ],
)
def test_the_headings_of_annex_1(heading: str, tmp_path: Path) -> None:
    draft = drafted(ANNEX_1, tmp_path)
    assert draft.result.kind == "department_sichuan"
    assert heading in draft.paragraphs
    assert {"23191.16", "6696.34", "28.87%"} <= figures(body(draft))
