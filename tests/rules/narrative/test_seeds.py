"""The reports of the seeds, every annex: what is found in them is what a person found right, no more and no less."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from perfxl.document.model import Document
from perfxl.document.open import read_document
from perfxl.form.model import Form
from perfxl.narrative.outline import sections_of
from perfxl.rules.reports import check_report
from perfxl.work.read import read_shown
from tests.document.build import docx, report

SAMPLES = Path(__file__).parents[3] / "samples"
PAIRS: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "verdicts.toml").read_text(encoding="utf-8")
)["pair"]
WHOLE = ["seed_004_statement", *(f"seed_004_annex{number}" for number in range(1, 9))]
"""The document of seed 004 as one report, as it was published."""


@cache
def document(name: str) -> Document:
    lines = [line for part in WHOLE for line in report(part)] if name == "whole" else report(name)
    return read_document(docx(lines), f"{name}.docx")


def forms(workbook: str) -> tuple[Form, ...]:
    return read_shown(SAMPLES / f"{workbook}.xlsx")[1] if workbook else ()


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair['report']} {pair['workbook'][:14]}")
def test_findings_are_those_a_person_found_right(pair: dict[str, Any]) -> None:
    found, _ = check_report(sections_of(document(pair["report"])), forms(pair["workbook"]))
    assert [
        [finding.code, finding.severity.value, finding.paragraph, finding.actual, finding.expected]
        for finding in found
    ] == [row[:5] for row in pair["findings"]]
    texts = {paragraph.number: paragraph.text for paragraph in document(pair["report"]).paragraphs}
    assert all(finding.text in texts[finding.paragraph or 0] for finding in found)


def test_every_verdict_says_why() -> None:
    assert all(len(row) == 6 and row[5] for pair in PAIRS for row in pair["findings"])
