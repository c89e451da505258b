"""Running every rule over a form. One run finds everything; a rule that fails hides no other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from perfxl.form.model import Entry, Form
from perfxl.rules.catalogue import RuleModule, Subject, rules_on
from perfxl.rules.finding import Finding, Rule, Severity
from perfxl.settings.parameters import Settings, settings_for
from perfxl.workbook.grid import Cell, position

if TYPE_CHECKING:
    from perfxl.rules.handed import Together

RULE_FAILED = Rule("PX990", "一条检查规则没能运行", Severity.WARNING, "程序自身的故障，不是表的问题")


def check_form(
    form: Form, settings: Settings | None = None, others: Sequence[Form] = ()
) -> tuple[Finding, ...]:
    """Return every finding on a form in the order of its cells.

    `others` are forms checked with this one, which may belong to the same project; `settings` default to those
    of the form's year and place.
    """
    chosen = settings or settings_for(form)
    found: dict[tuple[str, str, str], Finding] = {}
    for rule in rules_on(Subject.FORM):
        for finding in _findings(rule, form, chosen, others):
            found.setdefault((finding.code, finding.cell, finding.subject), finding)
    return tuple(sorted(found.values(), key=_place))


def check_workbook(forms: Sequence[Form], others: Sequence[Form] = ()) -> tuple[Finding, ...]:
    """Return every finding on the forms of a workbook, form by form; `others` stand in files checked with it."""
    beside = (*forms, *others)
    return tuple(finding for form in forms for finding in check_form(form, others=beside))


def check_together(handed: Together) -> tuple[Finding, ...]:
    """Return every finding on forms of one project that several units handed in."""
    settings = settings_for(handed.members[0].form)
    found: list[Finding] = []
    for rule in rules_on(Subject.TOGETHER):
        try:
            found += rule.check(handed, settings)
        except Exception as fault:  # as above
            found.append(_failed(rule, handed.members[0].form, fault))
    return tuple(found)


def _findings(
    rule: RuleModule, form: Form, settings: Settings, others: Sequence[Form]
) -> tuple[Finding, ...]:
    try:
        if rule.check_among is not None:
            return tuple(rule.check_among(form, others, settings))
        return tuple(rule.check(form, settings))
    except Exception as fault:  # a fault of one rule must not hide what the others find
        return (_failed(rule, form, fault),)


def _failed(rule: RuleModule, form: Form, fault: Exception) -> Finding:
    at = form.title or next(iter(form.entries()), Entry(None, Cell(form.area.top, form.area.left)))
    return RULE_FAILED.finding(
        form,
        at,
        subject=rule.rule.code,
        message=f"规则 {rule.rule.code}（{rule.rule.title}）没能运行，这一项没有检查。",
        actual=f"{type(fault).__name__}: {fault}",
        fix="请把这个文件和程序的日志发给维护人员；其他检查不受影响。",
    )


def _place(finding: Finding) -> tuple[int, int, str]:
    row, column = position(finding.cell)
    return row, column, finding.code
