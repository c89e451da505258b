"""Holding a finished report against its workbook and against itself."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from perfxl.document.model import Document
from perfxl.document.open import open_document
from perfxl.errors import PerfxlError
from perfxl.form.model import Form
from perfxl.narrative.outline import sections_of
from perfxl.rules.annexed import annexed_forms
from perfxl.rules.finding import Finding, Severity
from perfxl.rules.reports import Assigned, check_report
from perfxl.work.read import read_shown

_NO_TEXT = "报告里没有文字，多半是图片或扫描件，无法核对：请选择可以编辑的 Word 原稿。"


class Compared(NamedTuple):
    """What became of one report: the forms it was held against, the findings, or the `problem` that prevented it.

    `assigned` says which form each report of the document was held against, and why; `document` is what was read.
    """

    path: Path
    workbook: Path | None = None
    forms: tuple[Form, ...] = ()
    findings: tuple[Finding, ...] = ()
    assigned: tuple[Assigned, ...] = ()
    problem: str | None = None
    document: Document | None = None

    @property
    def status(self) -> str:
        """The contract's word: "ok", "errors" or "unreadable"."""
        if self.problem is not None:
            return "unreadable"
        return "errors" if any(finding.severity is Severity.ERROR for finding in self.findings) else "ok"

    @property
    def exit_status(self) -> int:
        """The exit status of the contract: 2 unreadable, 1 with errors, else 0."""
        return {"unreadable": 2, "errors": 1, "ok": 0}[self.status]


def compare_files(report: Path, workbook: Path | None = None) -> Compared:
    """Hold a report (.docx) against a workbook, or only against itself; what cannot be read is a result too."""
    try:
        document = open_document(report)
    except PerfxlError as error:
        return Compared(report, workbook, problem=str(error))
    if not any(paragraph.text.strip() for paragraph in document.paragraphs):
        return Compared(report, workbook, problem=_NO_TEXT, document=document)
    forms: Sequence[Form] = ()
    if workbook is not None:
        try:
            forms = read_shown(workbook)[1]
        except PerfxlError as error:
            return Compared(report, workbook, problem=f"{workbook.name}：{error}", document=document)
    findings, assigned = check_report(sections_of(document), forms, annexed_forms(document))
    used = tuple(form for form in forms if any(form in (each.form, *each.beside) for each in assigned))
    return Compared(report, workbook, used, findings, assigned, document=document)
