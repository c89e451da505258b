"""Reports for the tests of the rules on reports: lines of text held against a form drawn as a table."""

from __future__ import annotations

from collections.abc import Sequence

from perfxl.document.open import read_document
from perfxl.form.read import read_forms
from perfxl.narrative.outline import sections_of
from perfxl.rules.finding import Finding
from perfxl.rules.reports import check_report
from tests.document.build import docx
from tests.tables import workbook


def findings(lines: Sequence[str], *drawings: str) -> tuple[Finding, ...]:
    """Return what all rules find in a report, held against the forms of the drawings, if any are given."""
    forms = read_forms(workbook(*drawings)) if drawings else ()
    return check_report(sections_of(read_document(docx(lines), "report.docx")), forms)[0]


def places(lines: Sequence[str], *drawings: str) -> list[tuple[str, int | None]]:
    """Return the codes found, each with its paragraph."""
    return [(finding.code, finding.paragraph) for finding in findings(lines, *drawings)]
