"""The findings of a check, as the contract's JSON and as text for a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from perfxl.form.model import Form, Kind
from perfxl.rules.finding import RULE_FAILED, SEVERITY_WORDS, Finding, Severity
from perfxl.workbook.grid import position

if TYPE_CHECKING:
    from perfxl.work.check import Checked

EXPLAINED = "已说明"
KIND_WORDS = {
    Kind.PROJECT: "项目支出自评表",
    Kind.TRANSFER: "转移支付自评表",
    Kind.DEPARTMENT: "部门整体自评表",
    Kind.SCORESHEET: "自评打分表",
    Kind.PROJECT_LIST: "项目清单",
    Kind.UNKNOWN: "自评表",
}
_ALIKE = 4
"""So many warnings or notes of one rule are printed in full; of more, the first three and the cells of the rest."""


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
    if checked.problem is None:
        found["scope"] = {
            "forms": [scope._asdict() for scope in checked.scope],
            "sheets_without_form": list(checked.sheets_without_form),
        }
    return found


def finding_as_json(finding: Finding) -> dict[str, Any]:
    found = {
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
        "page": page_of(finding),
        "explained": bool(finding.explanation),
    }
    if finding.explanation:
        found["explanation"] = finding.explanation
    return found


def page_of(finding: Finding) -> str:
    """Return where the page of a finding's rule is read without a network: the command that prints it.

    "" for the finding that a rule could not run, which is none of the catalogue's.
    """
    return f"perfxl explain {finding.code}" if finding.code != RULE_FAILED.code else ""


def counts(findings: Iterable[Finding]) -> dict[str, int]:
    """Return how many findings there are of each severity, and how many were explained, which count nowhere else."""
    found = Counter(None if finding.explanation else finding.severity for finding in findings)
    return {severity.value: found[severity] for severity in Severity} | {"explained": found[None]}


def label(finding: Finding) -> str:
    """Return the row's own label in brackets, "" where the message names it anyway."""
    return f"「{finding.subject}」" if finding.subject and finding.subject not in finding.message else ""


def groups(findings: Iterable[Finding]) -> list[tuple[str, list[Finding]]]:
    """Return the findings as people want them: errors, then warnings, notes, and what was explained; none empty."""
    by_word: dict[str, list[Finding]] = {word: [] for word in (*SEVERITY_WORDS.values(), EXPLAINED)}
    for finding in findings:
        by_word[word_for(finding)].append(finding)
    return [(word, found) for word, found in by_word.items() if found]


def word_for(finding: Finding) -> str:
    """Return the word by which a finding is listed: 错误, 提醒, 提示, or 已说明."""
    return EXPLAINED if finding.explanation else SEVERITY_WORDS[finding.severity]


class Placed(NamedTuple):
    """Findings by where they stand: in each of the forms, in their order, and beside them, by sheet."""

    in_forms: tuple[tuple[Form, list[Finding]], ...]
    beside: dict[str, list[Finding]]


def placed(findings: Iterable[Finding], forms: Sequence[Form]) -> Placed:
    """Return every finding once: in the first form that holds its cell, or beside the forms, as one about the file."""
    found = Placed(tuple((form, []) for form in forms), {})
    for finding in findings:
        place = position(finding.cell)
        for form, mine in found.in_forms:
            if finding.sheet == form.sheet and form.area.covers(place):
                mine.append(finding)
                break
        else:
            found.beside.setdefault(finding.sheet, []).append(finding)
    return found


# Text ----------------------------------------------------------------------------------------------------------------


def as_text(files: Sequence[Checked]) -> str:
    """Return the findings as plain text: by file, sheet and form, gravest first, each with its row and its remedy."""
    lines = [line for checked in files for line in _file_as_text(checked)]
    if len(files) > 1:
        lines += _together(files)
    if any(checked.findings for checked in files):
        lines.append("每条末尾〔〕里是规则编号，用 perfxl explain 编号 查看依据、例子和改法。")
    return "\n".join(lines)


def _file_as_text(checked: Checked) -> Iterator[str]:
    yield f"■ {checked.path.name}"
    if checked.problem is not None:
        yield f"  无法检查：{checked.problem}"
        yield ""
        return
    yield f"  {verdict(checked.findings)}"
    yield from (f"  {line}" for line in scope_lines(checked))
    found = placed(checked.findings, checked.forms)
    for form, mine in found.in_forms:
        yield f"  【{form.sheet}】{described(form)}：{tally(mine) or '没有发现问题'}"
        yield from _groups_as_text(mine)
    for sheet, mine in found.beside.items():
        yield f"  【{sheet}】表外：{tally(mine)}"
        yield from _groups_as_text(mine)
    yield ""


def _groups_as_text(found: Sequence[Finding]) -> Iterator[str]:
    for word, those in groups(found):
        yield from _group_as_text(word, those)


def described(form: Form) -> str:
    """Return a form in words: its title, what it is, how many rows it has."""
    title = form.title.text if form.title else "（无标题）"
    size = (
        f"{len(form.projects)} 个项目" if form.kind is Kind.PROJECT_LIST else f"{len(form.indicators)} 个指标"
    )
    return f"{title}（{KIND_WORDS[form.kind]}，{size}）"


def _group_as_text(word: str, found: list[Finding]) -> Iterator[str]:
    shown, rest = (found, {}) if word == SEVERITY_WORDS[Severity.ERROR] else first_of_each(found)
    for finding in shown:
        yield f"    {word} {finding.cell}{label(finding)} {finding.message}〔{finding.code}〕"
        if finding.explanation:
            yield f"         说明：{finding.explanation}"
        elif finding.fix:
            yield f"         怎么改：{finding.fix}"
    for code, others in rest.items():
        cells = "、".join(finding.cell for finding in others)
        yield f"    {word} 同样的问题还有 {len(others)} 处：{cells}〔{code}〕"


def first_of_each(found: Sequence[Finding]) -> tuple[list[Finding], dict[str, list[Finding]]]:
    """Return the findings to be printed in full, and by rule those that are only counted, so that none is drowned."""
    by_code: dict[str, list[Finding]] = {}
    for finding in found:
        by_code.setdefault(finding.code, []).append(finding)
    rest = {code: each[_ALIKE - 1 :] for code, each in by_code.items() if len(each) > _ALIKE}
    return [finding for finding in found if finding not in rest.get(finding.code, ())], rest


def tally(findings: Iterable[Finding]) -> str:
    """Return the counts in words, those that are not none: "3 处错误，1 处提醒"; "" for no finding."""
    return "，".join(f"{len(found)} 处{word}" for word, found in groups(findings))


def verdict(findings: Sequence[Finding]) -> str:
    """Return one line that says what was found, and in so many words if nothing was."""
    if not findings:
        return "没有错误，也没有需要留意的地方。"
    errors = counts(findings)["error"]
    return f"{tally(findings)}。" if errors else f"没有错误；{tally(findings)}。"


def scope_lines(checked: Checked) -> list[str]:
    """Return what was checked and what could not be, line by line."""
    scopes = checked.scope
    numbers = [
        (sum(scope.cells for scope in scopes), "填写的单元格 {} 个"),
        (sum(scope.indicators for scope in scopes), "指标 {} 个"),
        (sum(scope.projects for scope in scopes), "项目 {} 个"),
        (max((scope.rules for scope in scopes), default=0), "检查规则 {} 条"),
    ]
    told = "，".join(words.format(number) for number, words in numbers if number)
    lines = [f"检查了 {len(scopes)} 张表：{told}。"]
    several = len(scopes) > 1
    left = [
        f"【{scope.sheet}】{sentence}" if several else sentence
        for scope in scopes
        for sentence in scope.unchecked
    ]
    left += [f"工作表“{name}”上没有找到自评表，没有检查。" for name in checked.sheets_without_form]
    return lines + [f"没能检查：{sentence}" for sentence in left]


def _together(files: Sequence[Checked]) -> Iterator[str]:
    unreadable = sum(checked.problem is not None for checked in files)
    wrong = sum(checked.status == "errors" for checked in files)
    unread = f"，{unreadable} 个读不了" if unreadable else ""
    yield f"共 {len(files)} 个文件：{wrong} 个有错误，{len(files) - wrong - unreadable} 个没有错误{unread}。"
