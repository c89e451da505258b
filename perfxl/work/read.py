"""Reading a workbook and its forms, which every job begins with."""

from __future__ import annotations

from pathlib import Path

from perfxl.errors import NoForm
from perfxl.form.model import Form
from perfxl.form.read import read_forms
from perfxl.workbook.grid import Workbook
from perfxl.workbook.open import open_workbook

_NO_FORM = (
    "工作簿里没有找到绩效自评表：请确认表中有“一级指标、三级指标、指标值、完成值”等表头，"
    "或项目清单的“项目名称、预算数、执行数”表头；如果自评表在别的文件里，请改选那个文件。"
)


def read_file(path: Path) -> tuple[Workbook, tuple[Form, ...]]:
    """Read a workbook and its forms; PerfxlError if it cannot be read, NoForm if it holds none."""
    workbook = open_workbook(path)
    forms = read_forms(workbook)
    if not forms:
        raise NoForm(_NO_FORM)
    return workbook, forms


def read_shown(path: Path) -> tuple[Workbook, tuple[Form, ...]]:
    """Read a workbook as Excel would show it: formulas whose results were never saved have them."""
    workbook, forms = read_file(path)
    if not any(
        cell.formula and cell.value is None for sheet in workbook.sheets for cell in sheet.cells.values()
    ):
        return workbook, forms
    from perfxl.scoring.unsaved import with_results

    workbook = with_results(workbook)
    return workbook, read_forms(workbook)
