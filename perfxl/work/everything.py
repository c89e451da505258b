"""All that is done with a workbook dropped on the program: checked, computed into a copy, reported on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from perfxl.errors import PerfxlError
from perfxl.form.model import Form, Kind
from perfxl.report.render import ReportResult
from perfxl.work.check import Checked, check_files
from perfxl.work.report import report_file
from perfxl.work.score import Scored, score_file


class Made(NamedTuple):
    """What was made of one workbook: the computed copy and the drafts. `problems` are outputs that failed."""

    scored: Scored | None = None
    drafts: tuple[ReportResult, ...] = ()
    problems: tuple[str, ...] = ()


class Done(NamedTuple):
    """What became of one file that was checked, computed and reported on."""

    checked: Checked
    made: Made = Made()

    @property
    def status(self) -> int:
        """The exit status: 2 unreadable, 3 an output failed, 1 findings of severity error, 0 none."""
        if self.checked.problem is not None:
            return 2
        if self.made.problems:
            return 3
        return 1 if self.checked.status == "errors" else 0


def do_all_of(paths: Sequence[Path], jurisdiction: str | None = None) -> tuple[Done, ...]:
    """Do all with each of several workbooks, checked together as they may belong together; raises like `check_files`.

    Copies and drafts stand beside their workbooks. `jurisdiction` names the place whose parameters hold.
    """
    found = check_files(paths, jurisdiction)
    readable = {checked.path: checked.forms for checked in found if checked.problem is None}
    return tuple(
        Done(
            checked,
            make(
                checked.path,
                checked.forms,
                jurisdiction=jurisdiction,
                beside=beside_of(checked.path, readable),
            ),
        )
        if checked.path in readable
        else Done(checked)
        for checked in found
    )


def make(
    path: Path,
    forms: Sequence[Form],
    *,
    computed: Path | None = None,
    report: Path | None = None,
    jurisdiction: str | None = None,
    beside: Sequence[Path] = (),
) -> Made:
    """Compute a workbook with these forms into a copy and draft its report; one that fails does not stop the other.

    `computed` and `report` name the outputs; without them they stand beside the workbook. `jurisdiction` names the
    place whose parameters hold; `beside` are workbooks that the report may draw on.
    """
    scored: Scored | None = None
    drafts: tuple[ReportResult, ...] = ()
    problems: list[str] = []
    try:
        scored = score_file(path, computed, jurisdiction=jurisdiction)
    except PerfxlError as error:
        problems.append(f"计算结果没有写出：{error}")
    if any(form.indicators for form in forms):
        try:
            drafts = report_file(path, output=report, jurisdiction=jurisdiction, beside=beside)
        except PerfxlError as error:
            problems.append(f"报告草稿没有写出：{error}")
    return Made(scored, drafts, tuple(problems))


def beside_of(path: Path, workbooks: Mapping[Path, Sequence[Form]]) -> tuple[Path, ...]:
    """Return those workbooks, each with its forms, that a report on the one at `path` may draw on.

    Project lists are among them only where there is no doubt whose they are.
    """
    lists = _holding(Kind.PROJECT_LIST, workbooks)
    doubtful = [] if len(lists) == len(_holding(Kind.DEPARTMENT, workbooks)) == 1 else lists
    return tuple(other for other in workbooks if other != path and other not in doubtful)


def _holding(kind: Kind, workbooks: Mapping[Path, Sequence[Form]]) -> list[Path]:
    return [path for path, forms in workbooks.items() if any(form.kind is kind for form in forms)]
