"""Running every rule on reports over the reports of a document, each held against the form that is its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from perfxl.form.labels import squeeze
from perfxl.form.model import Form, Kind
from perfxl.narrative.outline import Section
from perfxl.narrative.repeats import across
from perfxl.narrative.text import plain_text
from perfxl.rules.annexed import Annexed
from perfxl.rules.catalogue import Subject, rules_on
from perfxl.rules.finding import RULE_FAILED, Finding
from perfxl.rules.held import Held, hold

_SHORTEST_NAME = 4
_OPENING = 30
_TITLE = 6
_ENOUGH = 0.75
_UNSAID = 0.9
"""What a transfer's form counts for where the title does not call it one: less than another form of the project."""

_KINDS = (("转移支付", Kind.TRANSFER), ("整体支出", Kind.DEPARTMENT))


class Assigned(NamedTuple):
    """One report of a document: its first paragraph, and the form it was held against, None for none.

    `beside` are the project's other forms: its scoresheet beside its 自评表, which has the funds.
    """

    paragraph: int
    title: str
    form: Form | None
    beside: tuple[Form, ...] = ()


def check_report(
    sections: Sequence[Section], forms: Sequence[Form] = (), annexed: Sequence[Annexed] = ()
) -> tuple[tuple[Finding, ...], tuple[Assigned, ...]]:
    """Return every finding on the reports of a document by paragraph, and which form each was held against.

    `annexed` are the forms that the document's own tables hold.
    """
    assigned = assign(sections, forms)
    helds = [hold(section, each.form) for section, each in zip(sections, assigned, strict=True)]
    found: dict[tuple[str, int, str, str], Finding] = {}
    for held in helds:
        for finding in _findings(held):
            found.setdefault(_identity(finding), finding)
    for finding in (*_beside(helds, assigned), *_between(helds), *_annexed(helds, annexed)):
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


def _beside(helds: Sequence[Held], assigned: Sequence[Assigned]) -> list[Finding]:
    """What a project's other forms say otherwise than its report, of figures that its own form was not asked for."""
    found: list[Finding] = []
    for held, each in zip(helds, assigned, strict=True):
        asked = {(known.figure.sentence.number, str(known.figure)) for known in held.compared}
        for form in each.beside:
            other = hold(held.section, form)
            found += [
                finding
                for finding in _findings(other)
                if finding.cells and (finding.paragraph, finding.actual) not in asked
            ]
    return found


def _between(helds: Sequence[Held]) -> list[Finding]:
    """What the reports of one document say differently of the same thing."""
    if len(helds) < 2:
        return []
    from perfxl.rules.narrative.contradicts_itself import findings_of

    return list(findings_of(helds[0], across([held.book for held in helds])))


def _annexed(helds: Sequence[Held], annexed: Sequence[Annexed]) -> list[Finding]:
    """What the text of a report, and the workbook, say otherwise than the form it annexes."""
    if not annexed:
        return []
    from perfxl.rules.narrative.contradicts_itself import against_annex
    from perfxl.rules.narrative.differs_from_workbook import annex_against_workbook

    found: list[Finding] = []
    for held, own in zip(
        helds, assign([held.section for held in helds], [each.form for each in annexed]), strict=True
    ):
        if own.form is None:
            continue
        found += against_annex(held, hold(held.section, own.form))
        if held.form is not None:
            (after,) = {each.after for each in annexed if each.form is own.form}
            found += annex_against_workbook(own.form, held.form, after)
    return found


# Which form belongs to which report ---------------------------------------------------------------


def assign(sections: Sequence[Section], forms: Sequence[Form]) -> tuple[Assigned, ...]:
    """Return the form that each report is about.

    A single report and a single form belong together. Otherwise a form goes to the report whose first paragraphs
    name its project most fully, and a report that names no project of the workbook is held against no form.
    """
    usable = [form for form in forms if form.kind is not Kind.PROJECT_LIST] or list(forms)
    openings = [[said.sentence.plain for said in section.said[:_OPENING]] for section in sections]
    likeness = [[_likeness(form, opening) for form in usable] for opening in openings]
    found = []
    for place, section in enumerate(sections):
        first = section.said[0]
        form = _best(likeness, place, usable, "".join(openings[place][:_TITLE]))
        if form is None and len(sections) == 1:
            form = _only(usable, "".join(openings[0][:_TITLE]))
        others = zip(usable, likeness[place], strict=True)
        beside = tuple(
            other
            for other, like in others
            if form is not None and other.kind is not form.kind and like >= _ENOUGH and len(usable) > 1
        )
        found.append(Assigned(first.sentence.number, first.sentence.text[:40], form, beside))
    return tuple(found)


def _only(forms: Sequence[Form], title: str) -> Form | None:
    """The one form there is, or the only one of the kind that a report's title names."""
    if len(forms) == 1:
        return forms[0]
    wanted = next((kind for word, kind in _KINDS if word in title), None)
    fitting = [form for form in forms if form.kind is wanted]
    return fitting[0] if len(fitting) == 1 else None


def _best(likeness: Sequence[Sequence[float]], place: int, forms: Sequence[Form], title: str) -> Form | None:
    """The form that a report names most fully, of several years' that of the year in its title.

    Among reports, the form is its own only where none names it better.
    """
    row = likeness[place]
    if not row or max(row) < _ENOUGH:
        return None

    def fits(place: int) -> tuple[float, bool, bool]:
        form = forms[place]
        return row[place], f"{form.year}年" in title, form.kind is not Kind.SCORESHEET

    best = max(range(len(row)), key=fits)
    return forms[best] if row[best] >= max(other[best] for other in likeness) else None


def _likeness(form: Form, opening: Sequence[str]) -> float:
    """How much of a form's project the beginning of a report names, from 0 to 1, halved where their kinds differ.

    A report on a transfer need not say so in its title; one on a whole department does.
    """
    title = "".join(opening[:_TITLE])
    differ = any(word in title and form.kind is not kind for word, kind in _KINDS)
    unsaid = {kind for word, kind in _KINDS if word not in title}
    factor = 0.5 if differ or (form.kind is Kind.DEPARTMENT and form.kind in unsaid) else 1
    return _named(form, "".join(opening)) * (_UNSAID if factor == 1 and form.kind in unsaid else factor)


def _named(form: Form, opening: str) -> float:
    """How much of a form's project a text names, from 0 to 1; a department has no project."""
    entry = form.roles.get("project_name")
    name = re.sub(r"\([^()]*\)|项目$|[与和及]", "", plain_text(entry.text)) if entry is not None else ""
    if len(name) < _SHORTEST_NAME:
        name = (
            re.sub(r"^.*(?:自评打分表|自评表)|[()]|项目$|[与和及]", "", squeeze(form.title.text))
            if form.title is not None
            else ""
        )
        if len(name) < _SHORTEST_NAME:
            return float(form.kind is Kind.DEPARTMENT and "整体支出" in opening)
    text = re.sub("[与和及]", "", opening)
    mine = {name[at : at + 2] for at in range(len(name) - 1)}
    windows = (text[at : at + len(name) + 4] for at in range(max(1, len(text) - len(name))))
    return max(sum(pair in window for pair in mine) / len(mine) for window in windows)
