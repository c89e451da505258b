"""The jobs: one function each, used by the command line and by the window.

A job takes a path and returns a value that says what became of it. It raises `PerfxlError` (text for the
officer) where nothing could be done; `check_file` alone never does, since one bad file must not stop a folder.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from perfxl.errors import NoForm, PerfxlError
from perfxl.form.model import Form
from perfxl.form.read import read_forms
from perfxl.rules.check import check_workbook
from perfxl.rules.finding import Finding, Severity
from perfxl.workbook.grid import Workbook
from perfxl.workbook.open import open_workbook

if TYPE_CHECKING:
    from perfxl.report.render import ReportResult
    from perfxl.scoring.plan import Change, Kept, Open, Plan

_NO_FORM = (
    "工作簿里没有找到绩效自评表：请确认表中有“一级指标、三级指标、指标值、完成值”等表头，"
    "或项目清单的“项目名称、预算数、执行数”表头；如果自评表在别的文件里，请改选那个文件。"
)


class Checked(NamedTuple):
    """What became of checking one file: its forms and findings, or the `problem` that kept it from being read."""

    path: Path
    forms: tuple[Form, ...] = ()
    findings: tuple[Finding, ...] = ()
    problem: str | None = None

    @property
    def status(self) -> str:
        """The contract's word: "ok", "errors" or "unreadable"."""
        if self.problem is not None:
            return "unreadable"
        return "errors" if any(finding.severity is Severity.ERROR for finding in self.findings) else "ok"


class Scored(NamedTuple):
    """What became of computing one file, a plan for each form. `output` is None where nothing had to be written."""

    path: Path
    plans: tuple[Plan, ...]
    output: Path | None
    backup: Path | None = None
    signature_broken: bool = False

    @property
    def changes(self) -> list[Change]:
        """Every cell written, form by form."""
        return [change for plan in self.plans for change in plan.changes]

    @property
    def kept(self) -> list[Kept]:
        """Every cell left as a person had it although the computed figure differs."""
        return [kept for plan in self.plans for kept in plan.kept]

    @property
    def open(self) -> list[Open]:
        """Every cell that only a person can decide."""
        return [left for plan in self.plans for left in plan.open]


class Done(NamedTuple):
    """What became of one file that was checked, computed and reported on. `problems` are outputs that failed."""

    checked: Checked
    scored: Scored | None = None
    drafts: tuple[ReportResult, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def status(self) -> int:
        """The exit status: 2 unreadable, 3 an output failed, 1 findings of severity error, 0 none."""
        if self.checked.problem is not None:
            return 2
        if self.problems:
            return 3
        return 1 if self.checked.status == "errors" else 0


def read_file(path: Path) -> tuple[Workbook, tuple[Form, ...]]:
    """Read a workbook and its forms; PerfxlError if it cannot be read, NoForm if it holds none."""
    workbook = open_workbook(path)
    forms = read_forms(workbook)
    if not forms:
        raise NoForm(_NO_FORM)
    return workbook, forms


def read_shown(path: Path) -> tuple[Workbook, tuple[Form, ...]]:
    """Read a workbook as Excel would show it: formulas whose results were never saved have them."""
    workbook, forms = read_file(path)
    if not any(
        cell.formula and cell.value is None for sheet in workbook.sheets for cell in sheet.cells.values()
    ):
        return workbook, forms
    from perfxl.scoring.unsaved import with_results

    workbook = with_results(workbook)
    return workbook, read_forms(workbook)


def check_file(path: Path) -> Checked:
    """Check every form of a workbook; a file that cannot be read is a result too."""
    return check_files([path])[0]


def check_files(paths: Sequence[Path]) -> tuple[Checked, ...]:
    """Check every form of several workbooks, which may belong together: a scoresheet and its project's form.

    A file that cannot be read is a result too, and keeps no other from being checked.
    """
    read: list[tuple[Path, tuple[Form, ...], str | None]] = []
    for path in paths:
        try:
            read.append((path, read_shown(path)[1], None))
        except PerfxlError as error:
            read.append((path, (), str(error)))
    results: list[Checked] = []
    for path, forms, problem in read:
        beside = [
            form._replace(sheet=f"[{other.name}]{form.sheet}")  # as Excel names a sheet of another workbook
            for other, theirs, _ in read
            if other is not path
            for form in theirs
        ]
        results.append(Checked(path, forms, check_workbook(forms, beside), problem))
    return tuple(results)


def score_file(
    path: Path, output: Path | None = None, *, in_place: bool = False, overwrite: bool = False
) -> Scored:
    """Compute rates, scores and totals of a workbook and write them, with formulas, into a copy.

    Without `output` the copy is 原名（已计算）.xlsx beside the workbook, under a name not yet taken.
    `in_place` writes into the workbook itself and keeps a backup; `overwrite` replaces scores that a person
    typed. Raises PerfxlError where the file cannot be read or the output not written.
    """
    from perfxl.scoring.edits import edits
    from perfxl.scoring.plan import plan_workbook
    from perfxl.workbook.patch import patch_workbook

    workbook, forms = read_file(path)
    plans = plan_workbook(workbook, forms, overwrite=overwrite)
    if not any(plan.changes for plan in plans) and output is None:
        return Scored(path, plans, None)
    target = path if in_place else output or free_name(path.with_name(f"{path.stem}（已计算）{path.suffix}"))
    report = patch_workbook(path, [edit for plan in plans for edit in edits(plan)], target, in_place=in_place)
    return Scored(path, plans, target, report.backup, report.signature_broken)


def report_file(path: Path, kind: str | None = None, output: Path | None = None) -> tuple[ReportResult, ...]:
    """Draft the narrative report of every form of a workbook that can have one.

    Without `output` the draft is 原名（自评报告）.docx beside the workbook, under a name not yet taken; a second
    form's draft carries a number. Raises PerfxlError where nothing can be drafted or the output not written.
    """
    from perfxl.report.render import draft

    workbook, forms = read_shown(path)
    worth = [form for form in forms if form.indicators] or list(forms)
    first = output or free_name(path.with_name(f"{path.stem}（自评报告）.docx"))
    drafts: list[ReportResult] = []
    for number, form in enumerate(worth, start=1):
        target = (
            first if number == 1 else free_name(first.with_name(f"{first.stem}（{number}）{first.suffix}"))
        )
        drafts.append(draft(form, workbook.sheet(form.sheet), target, kind))
    return tuple(drafts)


def do_all(path: Path, *, computed: Path | None = None, report: Path | None = None) -> Done:
    """Check a workbook, compute into a copy, draft its report; one step that fails does not stop the next.

    `computed` and `report` name the outputs; without them they stand beside the workbook.
    """
    checked = check_file(path)
    if checked.problem is not None:
        return Done(checked)
    scored: Scored | None = None
    drafts: tuple[ReportResult, ...] = ()
    problems: list[str] = []
    try:
        scored = score_file(path, computed)
    except PerfxlError as error:
        problems.append(f"计算结果没有写出：{error}")
    if any(form.indicators for form in checked.forms):
        try:
            drafts = report_file(path, output=report)
        except PerfxlError as error:
            problems.append(f"报告草稿没有写出：{error}")
    return Done(checked, scored, drafts, tuple(problems))


def free_name(path: Path) -> Path:
    """Return the path itself, or with a number, so that no file of that name exists yet."""
    candidate, number = path, 2
    while candidate.exists():
        candidate = path.with_name(f"{path.stem}{number}{path.suffix}")
        number += 1
    return candidate


def worst_status(files: Iterable[Checked]) -> int:
    """The exit status of a check: 2 if any file was unreadable, else 1 if any has errors, else 0."""
    statuses = {checked.status for checked in files}
    return 2 if "unreadable" in statuses else 1 if "errors" in statuses else 0
