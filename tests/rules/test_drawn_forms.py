"""Forms of many provinces and years, drawn as they are laid out, each with the findings that a person judged right.

A file of tests/data/drawn holds one line that says what the form is, the form as a text table (two tables are two
sheets), and one line for each finding: code, severity, cell. "公开" in the first line: transcribed from a published
form, names left out. Nothing else may be found, and nothing less.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from perfxl.form.read import read_forms
from perfxl.rules.check import check_workbook
from tests.tables import workbook

FILES = sorted((Path(__file__).parents[1] / "data" / "drawn").glob("*.txt"))
_FINDING = re.compile(r"PX\d{3} (?:error|warning|note) \S+")


def test_there_are_forms_of_many_kinds() -> None:
    assert len(FILES) >= 25


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_findings_are_those_that_were_judged(file: Path) -> None:
    caption, *lines = file.read_text(encoding="utf-8").splitlines()
    assert caption and not caption.startswith("|")
    tables = tables_of(file)
    expected = [line for line in lines if line and not line.startswith("|")]
    assert all(_FINDING.fullmatch(line) for line in expected)
    found = check_workbook(read_forms(workbook(*tables)))
    assert sorted(
        _line(finding.sheet, finding.cell, finding.code, finding.severity) for finding in found
    ) == sorted(expected)


def tables_of(file: Path) -> list[str]:
    """The text tables of a file, one for each sheet."""
    lines = file.read_text(encoding="utf-8").splitlines()
    drawn = "\n".join(line if line.startswith("|") else "" for line in lines)
    return [table for table in re.split(r"\n{2,}", drawn) if table.strip()]


def _line(sheet: str, cell: str, code: str, severity: str) -> str:
    place = cell if sheet == "自评表" else f"{sheet}!{cell}"
    return f"{code} {severity} {place}"
