"""All that is done with a workbook dropped on the program: checked, computed into a copy, reported on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from perfxl.errors import PerfxlError
from perfxl.form.model import Kind
from perfxl.report.render import ReportResult
from perfxl.work.check import Checked, check_file, check_files
from perfxl.work.report import report_file
from perfxl.work.score import Scored, score_file


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


def do_all(
    path: Path,
    *,
    computed: Path | None = None,
    report: Path | None = None,
    jurisdiction: str | None = None,
    beside: Sequence[Path] = (),
) -> Done:
    """Check a workbook, compute into a copy, draft its report; one step that fails does not stop the next.

    `computed` and `report` name the outputs; without them they stand beside the workbook. `jurisdiction` names the
    place whose parameters hold; `beside` are workbooks that the report may draw on. Raises like `check_files`.
    """
    return _done(check_file(path, jurisdiction), computed, report, jurisdiction, beside)


def do_all_of(paths: Sequence[Path], jurisdiction: str | None = None) -> tuple[Done, ...]:
    """Do all with each of several workbooks, checked together as they may belong together; raises like `do_all`."""
    found = check_files(paths, jurisdiction)
    return tuple(_done(checked, None, None, jurisdiction, beside_of(checked, found)) for checked in found)


def beside_of(own: Checked, found: Sequence[Checked]) -> tuple[Path, ...]:
    """Return the other files that a report may draw on; a project list only where there is no doubt whose it is."""
    lists = [checked for checked in found if _holds(checked, Kind.PROJECT_LIST)]
    departments = [checked for checked in found if _holds(checked, Kind.DEPARTMENT)]
    doubtful = () if len(lists) == len(departments) == 1 else tuple(lists)
    others = (checked for checked in found if checked is not own and checked not in doubtful)
    return tuple(checked.path for checked in others if checked.problem is None)


def _holds(checked: Checked, kind: Kind) -> bool:
    return any(form.kind is kind for form in checked.forms)


def _done(
    checked: Checked,
    computed: Path | None,
    report: Path | None,
    jurisdiction: str | None,
    beside: Sequence[Path] = (),
) -> Done:
    path = checked.path
    if checked.problem is not None:
        return Done(checked)
    scored: Scored | None = None
    drafts: tuple[ReportResult, ...] = ()
    problems: list[str] = []
    try:
        scored = score_file(path, computed, jurisdiction=jurisdiction)
    except PerfxlError as error:
        problems.append(f"计算结果没有写出：{error}")
    if any(form.indicators for form in checked.forms):
        try:
            drafts = report_file(path, output=report, jurisdiction=jurisdiction, beside=beside)
        except PerfxlError as error:
            problems.append(f"报告草稿没有写出：{error}")
    return Done(checked, scored, drafts, tuple(problems))
