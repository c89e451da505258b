"""A report held against its workbook as one HTML page: the findings, and the report with them marked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from importlib.resources import files as resources
from typing import TYPE_CHECKING, Any

from perfxl.document.model import Paragraph, Where
from perfxl.output import rule_pages
from perfxl.output.checked import verdict
from perfxl.output.compared import held_against
from perfxl.rules.catalogue import Subject, rules_on
from perfxl.rules.finding import SEVERITY_WORDS, Finding, Severity

if TYPE_CHECKING:
    from perfxl.work.compare import Compared

_GRAVEST = (Severity.NOTE, Severity.WARNING, Severity.ERROR)


def as_html(result: Compared, when: datetime) -> str:
    """Return the page on a report that was compared at a time; every finding leads to its paragraph and its rule."""
    from jinja2 import Environment, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    codes = {finding.code for finding in result.findings}
    pages = [rule for rule in rules_on(Subject.REPORT) if rule.rule.code in codes]
    known = {rule.rule.code for rule in pages}
    problem = f"无法核对：{result.problem}" if result.problem is not None else ""
    return environment.from_string(_resource("compared.html")).render(
        style=Markup(_resource("result.css")),  # noqa: S704  our own file
        name=result.path.name,
        when=f"{when:%Y-%m-%d %H:%M}",
        status=result.status,
        verdict=problem or verdict(result.findings),
        against=[] if problem else [line.strip() for line in held_against(result)],
        findings=[_finding(finding, known) for finding in result.findings],
        paragraphs=list(_paragraphs(result)),
        rules=[Markup(rule_pages.as_html(rule)) for rule in pages],  # noqa: S704  escaped
    )


def _resource(name: str) -> str:
    return resources("perfxl.output").joinpath(name).read_text(encoding="utf-8")


def _finding(finding: Finding, known: set[str]) -> dict[str, Any]:
    return {
        **finding._asdict(),
        "kind": finding.severity.value,
        "word": SEVERITY_WORDS[finding.severity],
        "page": finding.code in known,
    }


def _paragraphs(result: Compared) -> Iterator[dict[str, Any]]:
    """The report's own paragraphs, each in pieces of which some are marked."""
    by_number: dict[int, list[Finding]] = {}
    for finding in result.findings:
        by_number.setdefault(finding.paragraph or 0, []).append(finding)
    for paragraph in result.document.paragraphs if result.document is not None else ():
        if paragraph.where is Where.BODY and paragraph.text.strip():
            pieces = list(_pieces(paragraph, by_number.get(paragraph.number, [])))
            yield {"number": paragraph.number, "pieces": pieces}


def _pieces(paragraph: Paragraph, findings: list[Finding]) -> Iterator[dict[str, str]]:
    """A paragraph cut at the sentences that something was found in, each with the gravest kind."""
    kinds: dict[str, Severity] = {}
    for finding in findings:
        kinds[finding.text] = max(
            kinds.get(finding.text, Severity.NOTE), finding.severity, key=_GRAVEST.index
        )
    at = 0
    places = sorted((paragraph.text.find(text), text) for text in kinds)
    for start, text in places:
        if start < at:
            continue
        yield {"text": paragraph.text[at:start], "kind": ""}
        yield {"text": text, "kind": kinds[text].value}
        at = start + len(text)
    yield {"text": paragraph.text[at:], "kind": ""}
