"""Running every rule over a form, and those about the file over its workbook.

One run finds everything; a rule that fails hides no other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from perfxl.form.model import Entry, Form
from perfxl.rules.catalogue import RuleModule, Subject, rules_on
from perfxl.rules.finding import RULE_FAILED, Finding, OnSheet, Place
from perfxl.rules.reading import whole
from perfxl.settings.parameters import Settings, SettingsFor, settings_for
from perfxl.workbook.grid import Cell, Workbook, position

if TYPE_CHECKING:
    from perfxl.rules.handed import Together


def check_form(
    form: Form, settings: Settings | None = None, others: Sequence[Form] = ()
) -> tuple[Finding, ...]:
    """Return every finding on a form in the order of its cells.

    `others` are forms checked with this one, which may belong to the same project; `settings` default to those
    of the form's year and place.
    """
    chosen = settings or settings_for(form)
    return _sorted(
        finding for rule in rules_on(Subject.FORM) for finding in _findings(rule, form, chosen, others)
    )


def check_workbook(
    forms: Sequence[Form], others: Sequence[Form] = (), settings: SettingsFor = settings_for
) -> tuple[Finding, ...]:
    """Return every finding on the forms of a workbook, form by form; `others` stand in files checked with it."""
    beside = (*forms, *others)
    return tuple(finding for form in forms for finding in check_form(form, settings(form), beside))


def check_together(handed: Together, settings: SettingsFor = settings_for) -> tuple[Finding, ...]:
    """Return every finding on forms of one project that several units handed in."""
    form = handed.members[0].form
    chosen = settings(form)
    return tuple(
        finding
        for rule in rules_on(Subject.TOGETHER)
        for finding in _guarded(rule, form, whole(form), partial(rule.check, handed, chosen))
    )


def findings_about_file(workbook: Workbook, forms: Sequence[Form]) -> tuple[Finding, ...]:
    """Return the findings about a workbook as a file (PX9xx), sheet by sheet; `forms` are those read from it."""
    if not workbook.sheets:
        return ()
    first = Place(workbook.sheets[0].name), Entry(None, Cell(1, 1))
    found = _sorted(
        finding
        for rule in rules_on(Subject.WORKBOOK)
        for finding in _guarded(rule, *first, partial(rule.check, workbook, forms))
    )
    order = {sheet.name: number for number, sheet in enumerate(workbook.sheets)}
    # Sorting is stable: within a sheet the order of the cells stays.
    return tuple(sorted(found, key=lambda finding: order.get(finding.sheet, len(order))))


def _findings(
    rule: RuleModule, form: Form, settings: Settings, others: Sequence[Form]
) -> tuple[Finding, ...]:
    at = whole(form)
    among = rule.check_among
    if among is not None:
        return _guarded(rule, form, at, partial(among, form, others, settings))
    return _guarded(rule, form, at, partial(rule.check, form, settings))


def _guarded(
    rule: RuleModule, where: OnSheet, at: Entry, check: Callable[[], Iterator[Finding]]
) -> tuple[Finding, ...]:
    try:
        return tuple(check())
    except Exception as fault:  # a fault of one rule must not hide what the others find
        return (_failed(rule, where, at, fault),)


def _failed(rule: RuleModule, where: OnSheet, at: Entry, fault: Exception) -> Finding:
    return RULE_FAILED.finding(
        where,
        at,
        subject=rule.rule.code,
        message=f"规则 {rule.rule.code}（{rule.rule.title}）没能运行，这一项没有检查。",
        actual=f"{type(fault).__name__}: {fault}",
        fix="请把这个文件和程序的日志发给维护人员；其他检查不受影响。",
    )


def _sorted(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings in the order of their cells, one for each code, cell and subject."""
    found: dict[tuple[str, str, str, str], Finding] = {}
    for finding in findings:
        found.setdefault((finding.code, finding.sheet, finding.cell, finding.subject), finding)
    return tuple(sorted(found.values(), key=_place))


def _place(finding: Finding) -> tuple[int, int, str]:
    row, column = position(finding.cell)
    return row, column, finding.code
