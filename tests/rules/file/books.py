"""Workbooks for the tests of the rules on the file: drawn forms, with what is found about the file alone."""

from __future__ import annotations

from perfxl.form.read import read_forms
from perfxl.rules.check import findings_about_file
from perfxl.rules.finding import Finding, Severity
from perfxl.workbook.grid import Sheet, Workbook
from tests.rules.forms import NATIONAL, altered
from tests.tables import sheet


def drawn(**changes: str) -> Sheet:
    """The national form with cells changed by address."""
    return sheet(altered(NATIONAL, **changes))


def about(*sheets: Sheet, name: str = "自评表.xlsx", macros: bool = False) -> tuple[Finding, ...]:
    """What the rules on the file find in a workbook of these sheets."""
    book = Workbook(name, sheets, macros=macros)
    return findings_about_file(book, read_forms(book))


def at(code: str, *sheets: Sheet, name: str = "自评表.xlsx", macros: bool = False) -> dict[str, Severity]:
    """The cells at which one code stands, with its severity; a cell of a further sheet as 附表!A1."""
    return {
        finding.cell
        if finding.sheet == sheets[0].name
        else f"{finding.sheet}!{finding.cell}": finding.severity
        for finding in about(*sheets, name=name, macros=macros)
        if finding.code == code
    }
