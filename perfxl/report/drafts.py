"""Drafting the report on a form: its facts, those of the forms beside it, and the template of its kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from perfxl.form.model import Form, Kind
from perfxl.report.accounts.figures import Figures
from perfxl.report.accounts.read import Accounts
from perfxl.report.drawings import Drawing, drawings
from perfxl.report.facts import Facts, facts
from perfxl.report.kinds import NoReport, ReportKind, choose, named_kind
from perfxl.report.pairing import joined, other_form
from perfxl.report.passages import of_accounts, of_form, of_region
from perfxl.report.places import Attached, title_of
from perfxl.report.project_list import dated
from perfxl.report.render import Content, ReportResult, render
from perfxl.report.units import Units
from perfxl.rules.check import check_form
from perfxl.settings.parameters import GradeScale, Settings, settings_for
from perfxl.workbook.grid import Sheet

_ASK_FOR_FORM = "没有取到本项目的自评表，预算、支出和完成值要补写；可用 --with 一并给出那个工作簿。"
NO_UNITS = Units(())


def draft(
    form: Form,
    sheet: Sheet | None,
    target: Path,
    kind: str | None = None,
    *,
    beside: Sequence[Attached] = (),
    units: Units = NO_UNITS,
    scale: GradeScale | None = None,
    moment: datetime | None = None,
    template: Path | None = None,
    settings: Settings | None = None,
) -> ReportResult:
    """Draft the report on `form` into `target`, replacing a file that is there.

    `sheet` is the sheet the form was read from; without it the annex is left to the officer. `beside` are other
    forms at hand: a scoresheet takes money and results from its project's, a department its project list. `units`
    are those of a roll-up. `scale` gives the grade of a form that prints none, in place of the national one.
    `moment` goes into the document's properties (None: no date). `template` is used in place of the kind's.
    `settings` default to those of the form's year and place.
    Raises NoReport, BadTemplate, OutputNotWritten.
    """
    chosen, notes = choose(form, kind, settings)
    if chosen.family == "final_accounts":
        raise NoReport(f"“{chosen.title}”要用决算报告数据表起草，这个工作簿是自评表。")
    held = settings or settings_for(form)
    grades = scale or held.grade_scales[0]
    found = facts(form, check_form(form, held, [form, *(one.form for one in beside)]), grades)
    attached = [Attached(form, sheet)] if sheet is not None else []
    other = _project_form(form, beside)
    if other is not None:
        theirs = facts(other.form, check_form(other.form, held), grades)
        found = joined(found, form, theirs, other.form)
        attached.append(other)
    elif form.kind is Kind.SCORESHEET and not form.funds:
        notes = (*notes, _ASK_FOR_FORM)
    listed = _project_list(form, beside)
    if listed is not None:
        found = dated(found, listed)
        attached.append(listed)
    titles = [title_of(one.form) for one in attached[1:]]
    values, drawn = _filled(chosen, found, listed.form if listed is not None else None, titles, units)
    title = f"{form.year or ''}{'年度' if form.year else ''}{chosen.title}"
    return render(
        chosen, Content(title, values, drawn, attached), target, notes=notes, moment=moment, template=template
    )


def draft_accounts(
    accounts: Accounts, target: Path, *, moment: datetime | None = None, template: Path | None = None
) -> ReportResult:
    """Draft the final accounts statement on an input workbook into `target`; see `draft`."""
    chosen = named_kind("final_accounts")
    values, drawn = of_accounts.passages(Figures(accounts))
    title = f"{values['年度']}年度{chosen.title}"
    return render(chosen, Content(title, values, drawn), target, moment=moment, template=template)


def _filled(
    kind: ReportKind, found: Facts, listed: Form | None, titles: Sequence[str], units: Units
) -> tuple[Mapping[str, object], Mapping[str, Drawing]]:
    own = drawings(found)
    if kind.family == "regional":
        return of_region.passages(found, units), {**own, **of_region.drawings(units)}
    return of_form.passages(found, listed, titles), own


def _project_form(form: Form, beside: Sequence[Attached]) -> Attached | None:
    """The form from which a scoresheet takes money and results."""
    if form.kind is not Kind.SCORESHEET:
        return None
    other = other_form(form, [one.form for one in beside])
    return next((one for one in beside if one.form is other), None)


def _project_list(form: Form, beside: Sequence[Attached]) -> Attached | None:
    """The list of a department's projects, where there is just one at hand."""
    lists = [one for one in beside if one.form.kind is Kind.PROJECT_LIST]
    return lists[0] if form.kind is Kind.DEPARTMENT and len(lists) == 1 else None
