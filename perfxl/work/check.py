"""Checking workbooks: what stands in them, and what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from perfxl.errors import PerfxlError
from perfxl.form.model import Form
from perfxl.rules.check import check_workbook, findings_about_file
from perfxl.rules.finding import Finding, Severity
from perfxl.settings.parameters import chosen_settings
from perfxl.work.read import read_shown


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


def check_file(path: Path, jurisdiction: str | None = None) -> Checked:
    """Check every form of a workbook; see `check_files`."""
    return check_files([path], jurisdiction)[0]


def check_files(paths: Sequence[Path], jurisdiction: str | None = None) -> tuple[Checked, ...]:
    """Check every form of several workbooks, which may belong together: a scoresheet and its project's form.

    A file that cannot be read is a result too, and keeps no other from being checked. `jurisdiction` names the place
    whose parameters hold; UnknownJurisdiction, BadParameters and BadPreferences are raised before anything is read.
    """
    settings = chosen_settings(jurisdiction)
    read: list[tuple[Path, tuple[Form, ...], tuple[Finding, ...], str | None]] = []
    for path in paths:
        try:
            workbook, forms = read_shown(path)
            read.append((path, forms, findings_about_file(workbook, forms), None))
        except PerfxlError as error:
            read.append((path, (), (), str(error)))
    results: list[Checked] = []
    for path, forms, about_file, problem in read:
        beside = [
            form._replace(sheet=f"[{other.name}]{form.sheet}")  # as Excel names a sheet of another workbook
            for other, theirs, _, _ in read
            if other is not path
            for form in theirs
        ]
        results.append(Checked(path, forms, (*check_workbook(forms, beside, settings), *about_file), problem))
    return tuple(results)


def worst_status(files: Iterable[Checked]) -> int:
    """The exit status of a check: 2 if any file was unreadable, else 1 if any has errors, else 0."""
    statuses = {checked.status for checked in files}
    return 2 if "unreadable" in statuses else 1 if "errors" in statuses else 0
