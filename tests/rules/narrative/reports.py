"""Reports for the tests of the rules on reports: lines of text held against a form drawn as a table."""

from __future__ import annotations

from collections.abc import Sequence

from perfxl.document.model import Document, Paragraph
from perfxl.form.read import read_forms
from perfxl.narrative.outline import sections_of
from perfxl.rules.finding import Finding
from perfxl.rules.reports import check_report
from tests.tables import workbook


def findings(lines: Sequence[str], *drawings: str) -> tuple[Finding, ...]:
    """Return what all rules find in a report, held against the forms of the drawings, if any are given."""
    forms = read_forms(workbook(*drawings)) if drawings else ()
    document = Document(
        "报告.docx", tuple(Paragraph(number, line) for number, line in enumerate(lines, start=1))
    )
    return check_report(sections_of(document), forms)[0]


def places(lines: Sequence[str], *drawings: str) -> list[tuple[str, int | None]]:
    """Return the codes found, each with its paragraph."""
    return [(finding.code, finding.paragraph) for finding in findings(lines, *drawings)]
