"""Drafting the narrative report of a workbook's forms."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from perfxl.form.model import Form, Kind
from perfxl.paths import marked
from perfxl.report.accounts.blank import blank_workbook
from perfxl.report.accounts.declare import declaration
from perfxl.report.accounts.read import Accounts, read_accounts
from perfxl.report.drafts import draft, draft_accounts
from perfxl.report.kinds import NoReport, named_kind, report_kinds
from perfxl.report.lint import Fault, lint
from perfxl.report.places import Attached
from perfxl.report.render import ReportResult
from perfxl.report.units import Units, read_units
from perfxl.settings.parameters import chosen_settings
from perfxl.work.keep import keeping, told
from perfxl.work.names import free_name, suit
from perfxl.work.read import as_seen_from_another, read_shown
from perfxl.workbook.open import open_workbook
from perfxl.workbook.save import write_whole

_ROLLED_UP = "regional"
_ACCOUNTS = "final_accounts"
_DRAWS_ON_OTHERS = (Kind.SCORESHEET, Kind.DEPARTMENT)
"""Forms whose report takes figures from others."""
_USUAL_FAMILY = "form"


def report_file(
    path: Path,
    kind: str | None = None,
    output: Path | None = None,
    jurisdiction: str | None = None,
    beside: Sequence[Path] = (),
) -> tuple[ReportResult, ...]:
    """Draft the narrative report of every form of a workbook that can have one.

    `jurisdiction` names the place whose parameters hold. `beside` are workbooks that belong to the first one: the
    form of a scoresheet's project, a department's project list.
    Without `output` the draft is 原名（自评报告）.docx beside the workbook, under a name not yet taken; a second
    form's draft carries a number. What stands at `output` already is kept under another name. Raises PerfxlError
    where nothing can be drafted or the output not written.
    """
    if output is not None:
        suit(output, ".docx", path, *beside)
    with keeping(output) as replaced:
        first, *more = _drafts(path, kind, output, jurisdiction, beside)
    if output is not None and replaced is not None:
        first = first._replace(notes=(*first.notes, f"{told(output, replaced)}。"))
    return first, *more


def _drafts(
    path: Path, kind: str | None, output: Path | None, jurisdiction: str | None, beside: Sequence[Path]
) -> tuple[ReportResult, ...]:
    settings = chosen_settings(jurisdiction)
    accounts = _accounts(path, kind)
    if accounts is not None:
        target = output or free_name(marked(path, "（情况说明）", ".docx"))
        return (draft_accounts(accounts, target),)
    workbook, forms = read_shown(path)
    worth = [form for form in forms if form.indicators] or list(forms)
    units = read_units(workbook)
    if kind is None and units.rows:
        kind = _ROLLED_UP
    others = [Attached(form, workbook.sheet(form.sheet)) for form in forms]
    for other in beside if any(form.kind in _DRAWS_ON_OTHERS for form in worth) else ():
        book, theirs = read_shown(other)
        others.extend(Attached(as_seen_from_another(form, other), book.sheet(form.sheet)) for form in theirs)
    first = output or free_name(marked(path, "（自评报告）", ".docx"))
    drafts: list[ReportResult] = []
    for number, form in enumerate(worth, start=1):
        target = first if number == 1 else free_name(marked(first, f"（{number}）"))
        sheet = workbook.sheet(form.sheet)
        drafts.append(
            draft(form, sheet, target, kind, beside=others, units=_own(units, form), settings=settings(form))
        )
    return tuple(drafts)


def _own(units: Units, form: Form) -> Units:
    """Of the units behind a roll-up of several projects or years those of one regional form."""
    name = form.roles.get("project_name")
    return units.of(name.text if name is not None else "", form.year)


def lint_template(template: Path, kind: str | None) -> list[Fault]:
    """Return the faults of a report template of a kind, by default the one whose template or title it is named after.

    Raises PerfxlError for a kind that does not exist and for a file that is no template.
    """
    if kind is not None:
        return lint(template, named_kind(kind).family)
    named = (
        one for one in report_kinds().values() if template.stem in (one.name, one.title, one.template.stem)
    )
    return lint(template, next((one.family for one in named), _USUAL_FAMILY))


def blank_input(output: Path | None) -> Path:
    """Write the blank workbook of a final accounts statement under a name not yet taken; raises PerfxlError."""
    wanted = output or Path(f"{declaration().title}.xlsx")
    suit(wanted, ".xlsx")
    target = free_name(wanted)
    write_whole(target, blank_workbook())
    return target


def _accounts(path: Path, kind: str | None) -> Accounts | None:
    """The final accounts in a workbook, unless another kind of report is asked for; NoReport where it has none."""
    asked = named_kind(kind) if kind is not None else None
    if asked is not None and asked.family != _ACCOUNTS:
        return None
    found = read_accounts(open_workbook(path))
    if found is None and asked is not None:
        raise NoReport("工作簿不是决算报告数据表：请用 perfxl report --blank 生成空白表，填好后再起草。")
    return found
