"""One look at a file: what it is, what is wrong with it, what there is to show. Done beside the window's own thread.

Nothing of the checking is loaded before the first look, so that the window comes up at once.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from perfxl.form.model import Form
    from perfxl.report.render import ReportResult
    from perfxl.rules.finding import Finding
    from perfxl.work.annotate import Annotated
    from perfxl.work.check import Checked
    from perfxl.work.compare import Compared
    from perfxl.work.everything import Made
    from perfxl.workbook.grid import Sheet

_ATTEMPTS = 3
"""A file that is saved more often than that while it is looked at is told of by the watcher."""


class Stamp(NamedTuple):
    """What tells one state of a file from another."""

    changed: int
    size: int
    identity: int


def stamp_of(path: Path) -> Stamp | None:
    """Return the present state of a file; None if there is none."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return Stamp(found.st_mtime_ns, found.st_size, found.st_ino)


class Look(NamedTuple):
    """What was seen of a file. `stamps` are the states of all files that it rests on, at that moment.

    `problem` is the sentence on a file that cannot be read. `sheets` are those to show: of a report, those of the
    workbook it was held against. `scope` says line by line what was checked and what could not be. `made` are copy and
    drafts, where those were wanted too.
    """

    stamps: Mapping[Path, Stamp | None] = MappingProxyType({})
    forms: tuple[Form, ...] = ()
    findings: tuple[Finding, ...] = ()
    problem: str | None = None
    sheets: tuple[Sheet, ...] = ()
    scope: tuple[str, ...] = ()
    made: Made | None = None


def prepare() -> None:
    """Load what the first look will need."""
    from perfxl.rules.catalogue import rules

    importlib.import_module("perfxl.work.check")
    rules()


def look_at(path: Path, beside: Sequence[Path] = ()) -> Look:
    """Check a workbook.

    `beside` are the other workbooks that lie with it: a scoresheet may need its project's form from one of them.
    """
    for _ in range(_ATTEMPTS):
        checked, stamps = _checked(path, beside)
        look = Look(
            stamps, checked.forms, checked.findings, checked.problem, _sheets(checked), _scope(checked)
        )
        # Findings and sheets belong together, and to what lies on the disk.
        if _stamps(stamps) == stamps:
            break
    return look


def annotate(path: Path, beside: Sequence[Path] = ()) -> Annotated:
    """Write the annotated copy of a workbook, with the findings that a look at it shows."""
    from perfxl.work.annotate import annotate_checked

    return annotate_checked(_checked(path, beside)[0])


def _checked(path: Path, beside: Sequence[Path]) -> tuple[Checked, dict[Path, Stamp | None]]:
    """Check a workbook together with those that it needs; with the states of all of them before that."""
    from perfxl.work.check import check_file, check_files

    stamps = _stamps([path])
    checked = check_file(path)
    needed = _companions(checked.forms, beside)
    if needed:
        stamps = _stamps([path, *needed])
        checked = check_files([path, *needed])[0]
    return checked, stamps


def _companions(forms: Sequence[Form], beside: Sequence[Path]) -> tuple[Path, ...]:
    """Those of the other workbooks that hold the project form of a scoresheet among the forms."""
    from perfxl.form.model import Kind

    sheets = [form for form in forms if form.kind is Kind.SCORESHEET]
    if not sheets or not beside:
        return ()
    from perfxl.scoring.cells import Printed
    from perfxl.scoring.companions import Seat, companion

    homes = {form: path for path in beside for form in _forms_at(path, stamp_of(path)) or ()}
    seats = [Seat(form, Printed()) for form in homes]
    found = [companion(sheet, seats) for sheet in sheets]
    return tuple(dict.fromkeys(homes[seat.form] for seat in found if seat is not None))


@lru_cache(maxsize=256)
def _forms_at(path: Path, stamp: Stamp | None) -> tuple[Form, ...] | None:
    """The forms of a workbook in one of its states; None where it cannot be read."""
    from perfxl.errors import PerfxlError
    from perfxl.work.read import read_shown

    if stamp is None:
        return None
    with suppress(PerfxlError):
        return read_shown(path)[1]
    return None


class Together:
    """Workbooks that may serve each other. They are read once, when that is first asked for, and not in the window."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._paths = tuple(paths)

    @cached_property
    def forms(self) -> dict[Path, tuple[Form, ...]]:
        """What stands in each of them that can be read."""
        found = {path: _forms_at(path, stamp_of(path)) for path in self._paths}
        return {path: forms for path, forms in found.items() if forms is not None}

    def serving(self, path: Path) -> tuple[Path, ...]:
        """Return those that a report on one of them may draw on."""
        from perfxl.work.everything import beside_of

        return beside_of(path, self.forms)


def do_everything(path: Path, beside: Sequence[Path], together: Together) -> Look:
    """Compute a workbook into a copy, draft its report from it and what was given with it, and check it."""
    from perfxl.work.everything import make

    forms = together.forms.get(path)
    made = None if forms is None else make(path, forms, beside=together.serving(path))
    return look_at(path, beside)._replace(made=made)


def draft_report(path: Path, together: Together) -> tuple[ReportResult, ...]:
    """Draft the reports of a workbook from it and what lies with it."""
    from perfxl.work.report import report_file

    return report_file(path, beside=together.serving(path))


def hold_against(report: Path, workbook: Path | None) -> Look:
    """Hold a report against a workbook, or only against itself."""
    from perfxl.errors import PerfxlError
    from perfxl.work.compare import compare_files
    from perfxl.workbook.open import open_workbook

    stamps = _stamps([report] if workbook is None else [report, workbook])
    compared = compare_files(report, workbook)
    sheets: tuple[Sheet, ...] = ()
    if workbook is not None:
        with suppress(PerfxlError):
            sheets = open_workbook(workbook).sheets
    return Look(stamps, compared.forms, compared.findings, compared.problem, sheets, _held(compared))


def _stamps(paths: Mapping[Path, object] | Sequence[Path]) -> dict[Path, Stamp | None]:
    return {path: stamp_of(path) for path in paths}


def _scope(checked: Checked) -> tuple[str, ...]:
    from perfxl.output.checked import scope_lines

    return tuple(scope_lines(checked)) if checked.problem is None else ()


def _held(compared: Compared) -> tuple[str, ...]:
    if compared.problem is not None:
        return ()
    if compared.workbook is None:
        return ("没有对照自评表，只核对了报告自身的数。",)
    if not any(each.form is not None for each in compared.assigned):
        return (f"在“{compared.workbook.name}”里没有找到这份报告的自评表，只核对了报告自身的数。",)
    return (f"与“{compared.workbook.name}”逐数核对。",)


def _sheets(checked: Checked) -> tuple[Sheet, ...]:
    """The sheets of a workbook, those of one without a form too; none where it cannot be read."""
    from perfxl.errors import PerfxlError
    from perfxl.workbook.open import open_workbook

    if checked.workbook is not None:
        return checked.workbook.sheets
    with suppress(PerfxlError):
        return open_workbook(checked.path).sheets
    return ()
