"""A draft against the form it was made from: nothing to find, before and after scoring."""

from __future__ import annotations

from pathlib import Path

import pytest

from perfxl.document.open import open_document
from perfxl.form.model import Kind
from perfxl.narrative.outline import sections_of
from perfxl.report.drafts import draft
from perfxl.rules.check import check_form
from perfxl.rules.finding import Severity
from perfxl.rules.reports import check_report
from perfxl.work.read import read_shown
from perfxl.work.score import score_file

SAMPLES = sorted((Path(__file__).parents[3] / "samples").glob("*.xlsx"))
_CONTRADICTORY = {"PX202", "PX304", "PX302", "PX301"}
"""Forms that contradict themselves: their drafts cannot help it."""


def contradictions(workbook: Path, folder: Path) -> list[tuple[str, int | None, str]]:
    """What compare finds in the drafts of a workbook's sound forms."""
    book, forms = read_shown(workbook)
    found = []
    for form in forms:
        faults = {each.code for each in check_form(form) if each.severity is Severity.ERROR}
        if form.kind is Kind.PROJECT_LIST or faults & _CONTRADICTORY:
            continue
        target = folder / "报告.docx"
        draft(form, book.sheet(form.sheet), target)
        findings, _ = check_report(sections_of(open_document(target)), [form])
        found += [(each.code, each.paragraph, each.message) for each in findings]
    return found


@pytest.mark.parametrize("workbook", SAMPLES, ids=lambda path: path.stem[:22])
def test_a_fresh_draft_says_what_its_form_says(workbook: Path, tmp_path: Path) -> None:
    assert contradictions(workbook, tmp_path) == []


@pytest.mark.parametrize("workbook", SAMPLES[3:6], ids=lambda path: path.stem[:22])
def test_so_does_one_of_the_scored_form(workbook: Path, tmp_path: Path) -> None:
    scored = tmp_path / "已计算.xlsx"
    score_file(workbook, scored)
    assert contradictions(scored, tmp_path) == []
