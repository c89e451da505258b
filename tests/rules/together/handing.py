"""Findings on several drawn forms, each handed in as a file of its own: 1.xlsx, 2.xlsx, …"""

from __future__ import annotations

from perfxl.form.read import read_forms
from perfxl.rollup.gather import gather
from perfxl.rules.check import check_together
from tests.tables import workbook


def found(code: str, *drawings: str) -> list[tuple[str, str]]:
    """Return (sheet, cell) of every finding of a code on forms handed in together."""
    handed = [
        (f"{number}.xlsx", read_forms(workbook(drawing))) for number, drawing in enumerate(drawings, start=1)
    ]
    return [
        (finding.sheet, finding.cell)
        for project in gather(handed).projects
        for finding in check_together(project)
        if finding.code == code
    ]
