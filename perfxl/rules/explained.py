"""Findings that an officer has explained in the annotated workbook: shown, counted apart, no longer an error."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from perfxl.form.remarks import Remark, proof
from perfxl.rules.finding import Finding
from perfxl.workbook.grid import Workbook


def with_explanations(
    findings: Sequence[Finding], workbook: Workbook, listed: Iterable[Remark]
) -> tuple[Finding, ...]:
    """Return the findings on a workbook, each with the 说明 that stands beside it in a 校验结果.

    A 说明 belongs to a finding of the same rule, sheet, cell and subject, as long as the values that the judgement
    rests on are those that it was written for: it must not cover a new fault.
    """
    written = {
        (remark.code, remark.sheet, remark.cell, remark.subject, remark.proof): remark.text
        for remark in listed
        if remark.text
    }
    if not written:
        return tuple(findings)
    return tuple(
        finding._replace(explanation=written.get((*place_of(finding), proof_of(finding, workbook)), ""))
        for finding in findings
    )


def place_of(finding: Finding) -> tuple[str, str, str, str]:
    """What a finding is known by in 校验结果: rule, sheet, cell, subject."""
    return finding.code, finding.sheet, finding.cell, finding.subject.strip()


def proof_of(finding: Finding, workbook: Workbook) -> str:
    """Return what stands for the values that a finding rests on."""
    # What is expected follows from them, and from cells of other workbooks checked with this one.
    return proof(workbook, finding.sheet, finding.cells, finding.expected)
