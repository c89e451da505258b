"""Running every rule on reports over the reports of a document, each held against the form that is its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from perfxl.form.labels import squeeze
from perfxl.form.model import Form, Kind
from perfxl.narrative.outline import Section
from perfxl.narrative.relations import across
from perfxl.narrative.text import plain_text
from perfxl.rules.catalogue import Subject, rules_on
from perfxl.rules.finding import Finding, Rule, Severity
from perfxl.rules.held import Held, hold

RULE_FAILED = Rule("PX990", "一条检查规则没能运行", Severity.WARNING, "程序自身的故障，不是报告的问题")
_SHORTEST_NAME = 4


class Assigned(NamedTuple):
    """One report of a document: its first paragraph, and the form it was held against, None for none."""

    paragraph: int
    title: str
    form: Form | None


def check_report(
    sections: Sequence[Section], forms: Sequence[Form] = ()
) -> tuple[tuple[Finding, ...], tuple[Assigned, ...]]:
    """Return every finding on the reports of a document by paragraph, and which form each was held against."""
    assigned = assign(sections, forms)
    helds = [hold(section, each.form) for section, each in zip(sections, assigned, strict=True)]
    found: dict[tuple[str, int, str, str], Finding] = {}
    for held in helds:
        for finding in _findings(held):
            found.setdefault(_identity(finding), finding)
    for finding in _between(helds):
        found.setdefault(_identity(finding), finding)
    ordered = sorted(found.values(), key=lambda finding: (finding.paragraph or 0, finding.code))
    return tuple(ordered), assigned


def _identity(finding: Finding) -> tuple[str, int, str, str]:
    return finding.code, finding.paragraph or 0, finding.text + finding.subject, finding.actual


def _findings(held: Held) -> list[Finding]:
    found: list[Finding] = []
    for rule in rules_on(Subject.REPORT):
        try:
            found += rule.check(held, held.settings)
        except Exception as fault:  # a fault of one rule must not hide what the others find
            said = held.section.said[0]
            found.append(
                RULE_FAILED.in_report(
                    said.sentence.number,
                    said.sentence.text,
                    subject=rule.rule.code,
                    message=f"规则 {rule.rule.code}（{rule.rule.title}）没能运行，这一项没有检查。",
                    actual=f"{type(fault).__name__}: {fault}",
                    fix="请把这个文件和程序的日志发给维护人员；其他检查不受影响。",
                )
            )
    return found


def _between(helds: Sequence[Held]) -> list[Finding]:
    """What the reports of one document say differently of the same thing."""
    if len(helds) < 2:
        return []
    from perfxl.rules.narrative.contradicts_itself import findings_of

    return list(findings_of(helds[0], across([held.book for held in helds])))


# Which form belongs to which report ----------------------------------------------------------------------------------------


def assign(sections: Sequence[Section], forms: Sequence[Form]) -> tuple[Assigned, ...]:
    """Return the form that each report is about.

    One form and one report belong together. Of several, the form goes to the report whose first paragraphs name its
    project; reports that name none of the projects are held against no form.
    """
    usable = [form for form in forms if form.kind is not Kind.PROJECT_LIST] or list(forms)
    return tuple(_assigned(section, usable, alone=len(sections) == 1) for section in sections)


def _assigned(section: Section, forms: Sequence[Form], *, alone: bool) -> Assigned:
    first = section.said[0]
    title = first.sentence.text[:40]
    opening = "".join(said.sentence.plain for said in section.said[:30])
    best = max(forms, key=lambda form: _named(form, opening), default=None)
    if best is not None and _named(best, opening) == 0 and not (alone and len(forms) == 1):
        best = forms[0] if alone and forms else None
    if best is not None and len(forms) == 1 and not alone and _named(best, opening) < 1:
        best = None
    return Assigned(first.sentence.number, title, best)


def _named(form: Form, opening: str) -> int:
    """How far the beginning of a report names a form's project: 0 not at all, more for more of its name."""
    entry = form.roles.get("project_name")
    name = plain_text(entry.text) if entry is not None else ""
    if len(name) < _SHORTEST_NAME:
        title = squeeze(form.title.text) if form.title is not None else ""
        return 1 if form.kind is Kind.DEPARTMENT and "整体支出" in opening and "整体支出" in title else 0
    if name in opening:
        return 100 + len(name)
    longest = 0
    for start in range(len(name)):
        while start + longest + 1 <= len(name) and name[start : start + longest + 1] in opening:
            longest += 1
    return longest if longest * 2 >= len(name) else 0
