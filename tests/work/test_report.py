"""Drafting from several workbooks: what the second one proves is marked in the draft on the first."""

from __future__ import annotations

from pathlib import Path

from perfxl.resources import resource_folder
from perfxl.work.report import report_file


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
