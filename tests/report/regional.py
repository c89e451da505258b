"""A rolled-up workbook drawn: the regional form, and the sheet that lists the units."""

from __future__ import annotations

from pathlib import Path

from docx import Document

from perfxl.form.read import read_forms
from perfxl.report.drafts import draft
from perfxl.report.units import read_units
from tests.report.drawn import PROJECT, Draft
from tests.tables import workbook

UNITS = """
| 单位汇总 | < | < | < | < | < | < | < |
| 序号 | 填报单位 | 预算 A（万元） | 支出 B（万元） | B/A | 自评总分 | 自评等次 | 汇总说明 |
| 1 | 甲县交通局 | 80 | 76.24 | %95.3 | 98 | 优 | 已计入 |
| 2 | 乙县交通局 | 40 | 30 | %75 | 88.5 | 良 | 已计入 |
| 3 | 丙县交通局 | 26 | 25 | %96.15 | 95 | 优 | 已计入 |
| 4 | 丁县交通局 | 30 | 25 | %83.33 | 90 | 优 | 与另一表重复 |
| 计入的各表合计 | < | 146 | 131.24 | %89.89 | | | |
"""


def drafted_region(folder: Path) -> Draft:
    """Draft the report on a rolled-up workbook."""
    book = workbook(PROJECT, UNITS)
    form = read_forms(book)[0]
    result = draft(form, book.sheets[0], folder / "汇总.docx", "regional", units=read_units(book))
    return Draft(result, Document(str(result.path)))
