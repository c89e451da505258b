"""A report held against its workbook: the contract's JSON, and text for a person."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from perfxl.output.checked import counts, finding_as_json, verdict
from perfxl.rules.finding import SEVERITY_WORDS, Finding

if TYPE_CHECKING:
    from perfxl.work.compare import Compared

_LONGEST_QUOTED = 80


def as_json(result: Compared) -> dict[str, Any]:
    """Return the JSON object of `compare --format json`: the shape of a check, with the report as its one file."""
    found: dict[str, Any] = {"file": result.path.name, "status": result.status}
    if result.workbook is not None:
        found["workbook"] = result.workbook.name
    if result.problem is not None:
        found["error"] = result.problem
    found["forms"] = [
        {"sheet": form.sheet, "kind": form.kind.value, "title": form.title.text if form.title else ""}
        for form in result.forms
    ]
    found["findings"] = [_finding(finding) for finding in result.findings]
    found["counts"] = counts(result.findings)
    return {"files": [found]}


def _finding(finding: Finding) -> dict[str, Any]:
    return {**finding_as_json(finding), "paragraph": finding.paragraph, "text": finding.text}


def as_text(result: Compared) -> str:
    """Return the findings as plain text, paragraph by paragraph, each with its sentence and how to mend it."""
    return "\n".join(_lines(result))


def _lines(result: Compared) -> Iterator[str]:
    yield f"■ {result.path.name}"
    if result.problem is not None:
        yield f"  无法核对：{result.problem}"
        return
    yield from held_against(result)
    for finding in result.findings:
        head = f"{SEVERITY_WORDS[finding.severity]} 第 {finding.paragraph} 段「{finding.subject}」"
        yield f"    {head}{finding.message}〔{finding.code}〕"
        yield f"         原句：{_quoted(finding.text)}"
        if finding.fix:
            yield f"         怎么改：{finding.fix}"
    yield f"  核对完毕：{verdict(result.findings)}"


def held_against(result: Compared) -> Iterator[str]:
    """Yield, line by line, which form each report of the document was held against."""
    if result.workbook is None:
        yield "  没有给自评表，只核对报告自身的数。"
        return
    for each in result.assigned:
        if each.form is not None:
            title = each.form.title.text if each.form.title is not None else "（无标题）"
            yield f"  第 {each.paragraph} 段起（{each.title}）对照：{result.workbook.name}【{each.form.sheet}】{title}"
            for other in each.beside:
                yield f"    并对照【{other.sheet}】{other.title.text if other.title is not None else '（无标题）'}"
        elif len(result.assigned) > 1:
            yield f"  第 {each.paragraph} 段起（{each.title}）：工作簿里没有它的自评表，只核对自身的数。"
    if not any(each.form is not None for each in result.assigned):
        yield f"  {result.workbook.name} 里没有找到这份报告的自评表（项目名称对不上），只核对报告自身的数。"


def _quoted(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_QUOTED else line[:_LONGEST_QUOTED] + "…"
