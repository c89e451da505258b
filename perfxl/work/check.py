"""Checking workbooks: what stands in them, and what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from perfxl.errors import PerfxlError
from perfxl.form.model import Form
from perfxl.form.remarks import is_result_sheet, remarks
from perfxl.rules.check import check_workbook, findings_about_file
from perfxl.rules.explained import with_explanations
from perfxl.rules.finding import Finding, Severity
from perfxl.settings.parameters import chosen_settings
from perfxl.work.read import as_seen_from_another, read_shown
from perfxl.workbook.grid import Workbook

if TYPE_CHECKING:
    from perfxl.rules.scope import Scope


Stamp = tuple[int, int]
"""The state of a file on the disk: time of its last change in nanoseconds, size in bytes."""


class Checked(NamedTuple):
    """What became of checking one file: its forms and findings, or the `problem` that kept it from being read.

    `workbook` is the file as it was judged, `stamp` tells whether it still is what stands at the path.
    """

    path: Path
    forms: tuple[Form, ...] = ()
    findings: tuple[Finding, ...] = ()
    problem: str | None = None
    workbook: Workbook | None = None
    stamp: Stamp | None = None

    @property
    def current(self) -> bool:
        """Whether the file is unchanged since it was checked, as far as size and time of change tell."""
        return self.stamp == _stamp(self.path)

    @property
    def status(self) -> str:
        """The contract's word: "ok", "errors" or "unreadable". A finding that was explained is no error any more."""
        if self.problem is not None:
            return "unreadable"
        wrong = (finding.severity is Severity.ERROR and not finding.explanation for finding in self.findings)
        return "errors" if any(wrong) else "ok"

    @property
    def scope(self) -> tuple[Scope, ...]:
        """What was checked, form by form, and what could not be."""
        from perfxl.rules.scope import scope_of

        if self.workbook is None:
            return ()
        return tuple(scope_of(form, self.workbook.sheet(form.sheet)) for form in self.forms)

    @property
    def sheets_without_form(self) -> tuple[str, ...]:
        """The sheets on which something stands and no form was found."""
        if self.workbook is None:
            return ()
        with_form = {form.sheet for form in self.forms}
        return tuple(
            sheet.name
            for sheet in self.workbook.sheets
            if sheet.cells and sheet.name not in with_form and not is_result_sheet(sheet)
        )


def check_file(path: Path, jurisdiction: str | None = None) -> Checked:
    """Check every form of a workbook; see `check_files`."""
    return check_files([path], jurisdiction)[0]


def check_files(paths: Sequence[Path], jurisdiction: str | None = None) -> tuple[Checked, ...]:
    """Check every form of several workbooks, which may belong together: a scoresheet and its project's form.

    A file that cannot be read is a result too, and keeps no other from being checked. `jurisdiction` names the place
    whose parameters hold; UnknownJurisdiction, BadParameters and BadPreferences are raised before anything is read.
    """
    settings = chosen_settings(jurisdiction)
    read: list[Checked] = []
    for path in paths:
        stamp = _stamp(path)  # before reading: what changes meanwhile counts as changed
        try:
            workbook, forms = read_shown(path)
            read.append(Checked(path, forms, workbook=workbook, stamp=stamp))
        except PerfxlError as error:
            read.append(Checked(path, problem=str(error), stamp=stamp))
    results: list[Checked] = []
    for checked in read:
        if checked.workbook is None:
            results.append(checked)
            continue
        beside = [
            as_seen_from_another(form, other.path)
            for other in read
            if other is not checked
            for form in other.forms
        ]
        found = (
            *check_workbook(checked.forms, beside, settings),
            *findings_about_file(_without_results(checked.workbook), checked.forms),
        )
        explained = with_explanations(found, checked.workbook, remarks(checked.workbook))
        results.append(checked._replace(findings=explained))
    return tuple(results)


def _stamp(path: Path) -> Stamp | None:
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return found.st_mtime_ns, found.st_size


def _without_results(workbook: Workbook) -> Workbook:
    """The workbook as the officer's own: without the sheet on which the program listed its findings."""
    return workbook._replace(sheets=tuple(sheet for sheet in workbook.sheets if not is_result_sheet(sheet)))


def worst_status(files: Iterable[Checked]) -> int:
    """The exit status of a check: 2 if any file was unreadable, else 1 if any has errors, else 0."""
    statuses = {checked.status for checked in files}
    return 2 if "unreadable" in statuses else 1 if "errors" in statuses else 0
