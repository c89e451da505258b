"""Reading a workbook and its forms, which every job begins with."""

from __future__ import annotations

from pathlib import Path

from perfxl.errors import NoForm
from perfxl.form.model import Form
from perfxl.form.read import read_forms
from perfxl.workbook.errors import Unreadable, UnreadableWorkbook
from perfxl.workbook.grid import Workbook
from perfxl.workbook.open import open_workbook

_NO_FORM = (
    "工作簿里没有找到绩效自评表：请确认表中有“一级指标、三级指标、指标值、完成值”等表头，"
    "或项目清单的“项目名称、预算数、执行数”表头；如果自评表在别的文件里，请改选那个文件。"
)
_ACCOUNTS = (
    "这是决算报告数据表，不是自评表，没有可以检查的：请用“起草报告”（perfxl report）写部门决算情况说明。"
)


def read_file(path: Path) -> tuple[Workbook, tuple[Form, ...]]:
    """Read a workbook and its forms; PerfxlError if it cannot be read, NoForm if it holds none."""
    workbook = open_workbook(path)
    forms = read_forms(workbook)
    if not forms:
        raise NoForm(_ACCOUNTS if _are_accounts(workbook) else _NO_FORM)
    return workbook, forms


def _are_accounts(workbook: Workbook) -> bool:
    from perfxl.report.accounts.read import read_accounts

    return read_accounts(workbook) is not None


def read_shown(path: Path) -> tuple[Workbook, tuple[Form, ...]]:
    """Read a workbook as Excel would show it: formulas whose results were never saved have them."""
    workbook, forms = read_file(path)
    shown = _shown(workbook)
    return (workbook, forms) if shown is workbook else (shown, read_forms(shown))


def read_source(path: Path) -> tuple[Workbook, tuple[Form, ...]]:
    """Read a workbook, or a table saved as text (csv), as Excel would show it; it may hold no form at all."""
    try:
        workbook = open_workbook(path)
    except UnreadableWorkbook as error:
        if error.reason is not Unreadable.TEXT:
            raise
        from perfxl.workbook.delimited import read_delimited

        workbook = read_delimited(path.read_bytes(), path.name)
    workbook = _shown(workbook)
    return workbook, read_forms(workbook)


def _shown(workbook: Workbook) -> Workbook:
    if not any(
        cell.formula and (workbook.recalculated or cell.value is None)
        for sheet in workbook.sheets
        for cell in sheet.cells.values()
    ):
        return workbook
    from perfxl.scoring.unsaved import with_results

    return with_results(workbook)


def as_seen_from_another(form: Form, path: Path) -> Form:
    """Return a form of the workbook at `path` with its sheet named as Excel names it elsewhere: [自评表.xlsx]Sheet1."""
    return form._replace(sheet=f"[{path.name}]{form.sheet}")
