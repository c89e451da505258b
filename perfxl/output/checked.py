"""The findings of a check, as the contract's JSON and as text for a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from perfxl.form.model import Form, Kind
from perfxl.rules.finding import Finding, Severity
from perfxl.workbook.grid import position

if TYPE_CHECKING:
    from perfxl.work.check import Checked

SEVERITY_WORDS = {Severity.ERROR: "错误", Severity.WARNING: "提醒", Severity.NOTE: "提示"}
KIND_WORDS = {
    Kind.PROJECT: "项目支出自评表",
    Kind.TRANSFER: "转移支付自评表",
    Kind.DEPARTMENT: "部门整体自评表",
    Kind.SCORESHEET: "自评打分表",
    Kind.PROJECT_LIST: "项目清单",
    Kind.UNKNOWN: "自评表",
}


def as_json(files: Iterable[Checked]) -> dict[str, Any]:
    """Return the JSON object of `check --format json`."""
    return {"files": [_file_as_json(checked) for checked in files]}


def _file_as_json(checked: Checked) -> dict[str, Any]:
    found: dict[str, Any] = {"file": checked.path.name, "status": checked.status}
    if checked.problem is not None:
        found["error"] = checked.problem
    found["forms"] = [
        {"sheet": form.sheet, "kind": form.kind.value, "title": form.title.text if form.title else ""}
        for form in checked.forms
    ]
    found["findings"] = [finding_as_json(finding) for finding in checked.findings]
    found["counts"] = counts(checked.findings)
    return found


def finding_as_json(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "sheet": finding.sheet,
        "cell": finding.cell,
        "cells": list(finding.cells),
        "subject": finding.subject,
        "message": finding.message,
        "expected": finding.expected,
        "actual": finding.actual,
        "fix": finding.fix,
    }


def counts(findings: Iterable[Finding]) -> dict[str, int]:
    """Return how many findings there are of each severity, the absent ones as 0."""
    found = Counter(finding.severity for finding in findings)
    return {severity.value: found[severity] for severity in Severity}


def as_text(files: Sequence[Checked]) -> str:
    """Return the findings as plain text: by file, by sheet, each with its cell, its row, and how to mend it."""
    return "\n".join(line for checked in files for line in _file_as_text(checked))


def _file_as_text(checked: Checked) -> Iterator[str]:
    yield f"■ {checked.path.name}"
    if checked.problem is not None:
        yield f"  无法检查：{checked.problem}"
        yield ""
        return
    for form in checked.forms:
        yield f"  【{form.sheet}】{_what(form)}"
        mine = [
            finding for finding in checked.findings if finding.sheet == form.sheet and _inside(finding, form)
        ]
        for finding in mine:
            yield from _finding_as_text(finding)
        if not mine:
            yield "    没有发现问题。"
    yield f"  {verdict(checked.findings)}"
    yield ""


def _inside(finding: Finding, form: Form) -> bool:
    return form.area.covers(position(finding.cell))


def _what(form: Form) -> str:
    title = form.title.text if form.title else "（无标题）"
    size = (
        f"{len(form.projects)} 个项目" if form.kind is Kind.PROJECT_LIST else f"{len(form.indicators)} 个指标"
    )
    return f"{title}（{KIND_WORDS[form.kind]}，{size}）"


def _finding_as_text(finding: Finding) -> Iterator[str]:
    subject = f"「{finding.subject}」" if finding.subject else ""
    yield f"    {SEVERITY_WORDS[finding.severity]} {finding.cell}{subject} {finding.message}〔{finding.code}〕"
    if finding.fix:
        yield f"         怎么改：{finding.fix}"


def verdict(findings: Sequence[Finding]) -> str:
    """Return one line that says what was found."""
    if not findings:
        return "检查完毕：没有发现错误，也没有需要留意的地方。"
    found = counts(findings)
    errors = f"{found['error']} 处错误" if found["error"] else "没有错误"
    rest = [
        f"{found[severity.value]} 处{SEVERITY_WORDS[severity]}"
        for severity in (Severity.WARNING, Severity.NOTE)
    ]
    return f"检查完毕：{errors}，{'，'.join(rest)}。"
