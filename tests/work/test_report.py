"""Drafting from several workbooks: what the second one proves is marked in the draft on the first."""

from __future__ import annotations

from pathlib import Path

from perfxl.form.read import read_forms
from perfxl.resources import resource_folder
from perfxl.work.check import check_file
from perfxl.work.report import blank_input, report_file
from perfxl.workbook.open import open_workbook


def sample(words: str) -> Path:
    (found,) = [path for path in resource_folder("samples").glob("*.xlsx") if words in path.stem]
    return found


def doubted(output: Path, *beside: Path) -> set[str]:
    """The cells of the scoresheet that its draft asks to be checked."""
    (result,) = report_file(sample("自评打分表2"), output=output, beside=beside)
    return {
        cell for cell in ("G9", "G23", "G24", "G26") if any(f"见{cell}" in doubt for doubt in result.doubts)
    }


def test_a_score_that_the_projects_form_proves_wrong(tmp_path: Path) -> None:
    assert doubted(tmp_path / "一.docx") == {"G23", "G24"}
    assert doubted(tmp_path / "二.docx", sample("项目支出绩效自评表2")) == {"G9", "G23", "G24", "G26"}


def test_final_accounts_are_no_list_of_projects(tmp_path: Path) -> None:
    accounts = blank_input(tmp_path / "决算数据.xlsx")
    assert read_forms(open_workbook(accounts)) == ()
    problem = check_file(accounts).problem
    assert problem is not None and "perfxl report" in problem
