"""Drafting the narrative report of a workbook's forms."""

from __future__ import annotations

from pathlib import Path

from perfxl.report.render import ReportResult, draft
from perfxl.settings.parameters import chosen_settings
from perfxl.work.names import free_name
from perfxl.work.read import read_shown


def report_file(
    path: Path, kind: str | None = None, output: Path | None = None, jurisdiction: str | None = None
) -> tuple[ReportResult, ...]:
    """Draft the narrative report of every form of a workbook that can have one.

    Without `output` the draft is 原名（自评报告）.docx beside the workbook, under a name not yet taken; a second
    form's draft carries a number. `jurisdiction` names the place whose parameters hold. Raises PerfxlError where
    nothing can be drafted or the output not written.
    """
    settings = chosen_settings(jurisdiction)
    workbook, forms = read_shown(path)
    worth = [form for form in forms if form.indicators] or list(forms)
    first = output or free_name(path.with_name(f"{path.stem}（自评报告）.docx"))
    drafts: list[ReportResult] = []
    for number, form in enumerate(worth, start=1):
        target = (
            first if number == 1 else free_name(first.with_name(f"{first.stem}（{number}）{first.suffix}"))
        )
        drafts.append(draft(form, workbook.sheet(form.sheet), target, kind, settings=settings(form)))
    return tuple(drafts)
