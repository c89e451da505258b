"""The files on the desk and what is done with them: no widget, only rows, jobs and the watch over the disk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from perfxl.errors import PerfxlError
from perfxl.window.jobs import Jobs
from perfxl.window.looking import (
    Look,
    Together,
    annotate,
    do_everything,
    draft_report,
    hold_against,
    look_at,
    prepare,
)
from perfxl.window.memory import add_recent
from perfxl.window.outcomes import (
    Outcome,
    of_annotated,
    of_commented,
    of_draft,
    of_made,
    of_rollup,
    of_scored,
)
from perfxl.window.rows import Row, State
from perfxl.window.tasks import REPORT, Found, comment, copy_samples, gather
from perfxl.window.watcher import Watcher

_MOST_BESIDE = 200
"""A file belongs to a few others; among more than this, a department's forms for a year, they are not looked for."""


class Desk(QObject):
    """Keeps each file's row true.

    `added` carries the new rows and the one to show; `updated` a row of which something else holds now; `refused`
    the sentence on something that could not be done; `fault` an exception of the program itself.
    """

    added = Signal(object, object)
    updated = Signal(object)
    refused = Signal(str)
    fault = Signal(object)

    def __init__(self, jobs: Jobs, watcher: Watcher, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.jobs = jobs
        self._watcher = watcher
        self.rows: list[Row] = []
        watcher.changed.connect(self._on_changed)

    def open(self, paths: Sequence[Path], *, everything: bool = False) -> None:
        """Put files, and the workbooks of folders, on the desk; with `everything`, compute and report as well."""
        # A user's folder may lie on a network as well as the files may.
        self.jobs.submit("", add_recent, list(paths), done=lambda _: None, failed=self._refuse)
        self.jobs.submit(
            "查找工作簿",
            gather,
            tuple(paths),
            self.jobs.step,
            done=partial(self._place, everything),
            failed=self._refuse,
        )

    def prepare(self) -> None:
        """Load what the first look at a file will need, while the user chooses one."""
        self.jobs.submit("", prepare, done=lambda _: None, failed=self._refuse)

    def check(self, row: Row, *, make_from: Together | None = None) -> None:
        """Look at a file anew; what was known of it is no longer shown.

        With `make_from`, copy and draft are made too, the draft from these workbooks.
        """
        if row.job is not None:
            self.jobs.call_off(row.job)
        self._watcher.forget(row)
        row.state = State.CHANGED if row.state is State.SHOWN else State.WAITING
        row.look, row.why = None, ""
        if row.is_report:
            task = partial(hold_against, row.path, row.against)
        else:
            task = partial(self._look, row, make_from)
        row.job = self.jobs.submit(
            f"正在处理 {row.path.name}",
            task,
            done=partial(self._looked, row),
            failed=partial(self._failed, row),
        )
        self.updated.emit(row)

    def hold(self, report: Path, workbook: Path | None) -> None:
        """Put a report on the desk, to be held against a workbook or only against itself."""
        self._place(False, (Found(report, workbook),))

    def remove(self, rows: Iterable[Row]) -> None:
        """Take files off the desk. On disk they stay."""
        for row in rows:
            if row.job is not None:
                self.jobs.call_off(row.job)
            self._watcher.forget(row)
            self.rows.remove(row)

    def cancel(self) -> None:
        """Call off all that is not finished."""
        self.jobs.cancel()
        for row in self.rows:
            if row.job is not None:
                row.job, row.state = None, State.CALLED_OFF
                self.updated.emit(row)

    def score(self, row: Row, *, in_place: bool = False, overwrite: bool = False) -> None:
        """Compute a file and write the figures; the choices are those of `score_file`."""
        from perfxl.work.score import score_file

        def made(scored: Any) -> list[Outcome]:
            return [of_scored(scored)]

        self._make(
            row, "正在计算", partial(score_file, row.path, in_place=in_place, overwrite=overwrite), made
        )

    def report(self, row: Row) -> None:
        """Draft the reports of a file, which may draw on those that lie with it."""

        def made(drafts: Any) -> list[Outcome]:
            return [of_draft(draft) for draft in drafts]

        self._make(row, "正在起草报告", partial(draft_report, row.path, Together(self._near(row))), made)

    def annotate(self, row: Row) -> None:
        """Write the annotated copy of a workbook, or a copy of a report with comments."""

        def made(annotated: Any) -> list[Outcome]:
            return [of_commented(annotated) if row.is_report else of_annotated(annotated)]

        task = (
            partial(comment, row.path, row.against)
            if row.is_report
            else partial(annotate, row.path, self._near(row)[1:])
        )
        self._make(row, "正在批注", task, made)

    def new(
        self,
        name: str,
        output: Path,
        source: Path | None,
        fields: Sequence[tuple[str, str]],
        made: Callable[[Any], None],
    ) -> None:
        """Make a blank form, or forms filled from a source; `made` is told of them."""
        from perfxl.work.new import new_form

        self.jobs.submit("正在新建", new_form, name, output, source, fields, done=made, failed=self._refuse)

    def samples(self, folder: Path) -> None:
        """Copy the bundled samples into a folder and put them on the desk."""
        self.jobs.submit(
            "正在复制样例", copy_samples, folder, done=lambda made: self.open([made]), failed=self._refuse
        )

    def rollup(self, sources: Sequence[Path], output: Path) -> None:
        """Roll up files and folders into a workbook, which then lies on the desk itself."""
        from perfxl.work.rollup import rollup

        self.jobs.submit(
            "正在汇总",
            partial(rollup, step=self.jobs.step),
            tuple(sources),
            output,
            done=lambda result: self._show_made(result.output, of_rollup(result)),
            failed=self._refuse,
        )

    def _show_made(self, path: Path, outcome: Outcome) -> None:
        """Put a workbook that was made on the desk, with what there is to say of it."""
        self._place(False, (Found(path),))
        row = next(row for row in self.rows if row.path == path)
        row.outcomes.append(outcome)
        self.updated.emit(row)

    def _make(
        self, row: Row, what: str, task: Callable[[], Any], outcomes: Callable[[Any], list[Outcome]]
    ) -> None:
        def done(result: Any) -> None:
            row.outcomes += outcomes(result)
            self.updated.emit(row)

        def failed(fault: BaseException) -> None:
            self._note(row, fault)

        self.jobs.submit(f"{what} {row.path.name}", task, done=done, failed=failed)

    def _place(self, everything: bool, found: tuple[Found, ...]) -> None:
        if not found:
            self.refused.emit("文件夹里没有找到工作簿（.xlsx、.xls、.et、.ods 等）。")
            return
        known = {row.path: row for row in self.rows}
        rows: list[Row] = []
        books = [path for path, _ in found if path.suffix.lower() != REPORT]
        given_with = frozenset(books)
        for path, against in found:
            row = known.get(path) or Row(path)
            row.against = against or row.against
            row.given_with |= given_with
            rows.append(row)
        new = [row for row in rows if row.path not in known]
        self.rows += new
        self.added.emit(new, rows[0])
        make_from = Together(books) if everything else None
        for row in rows:
            self.check(row, make_from=make_from)
        come = {row.path for row in new}
        for row in known.values():
            if row not in rows and row.needs_others and not come.isdisjoint(self._near(row)):
                self.check(row)

    def _look(self, row: Row, make_from: Together | None) -> Look:
        """Look at a workbook, and at those that lie with it where it needs them. Runs as a job."""
        beside = self._near(row)[1:]
        return look_at(row.path, beside) if make_from is None else do_everything(row.path, beside, make_from)

    def _near(self, row: Row) -> tuple[Path, ...]:
        """A workbook and those on the desk that may belong to it: of the same folder, or given together with it."""
        near = [
            other.path
            for other in list(self.rows)
            if not other.is_report and (other.path.parent == row.path.parent or other.path in row.given_with)
        ]
        return tuple(dict.fromkeys([row.path, *near[:_MOST_BESIDE]]))

    def _looked(self, row: Row, look: Look) -> None:
        row.job, row.look, row.state = None, look, State.SHOWN
        if look.made is not None:
            row.outcomes += of_made(look.made)
        self._watcher.watch(row, look.stamps)
        self.updated.emit(row)

    def _failed(self, row: Row, fault: BaseException) -> None:
        """Settings that cannot be used are the officer's to mend; anything else is a fault of the program."""
        row.job, row.state = None, State.FAILED
        row.why = str(fault) if isinstance(fault, PerfxlError) else ""
        self.updated.emit(row)
        if not row.why:
            self.fault.emit(fault)

    def _note(self, row: Row, fault: BaseException) -> None:
        if isinstance(fault, PerfxlError):
            row.outcomes.append(Outcome(str(fault), failed=True))
            self.updated.emit(row)
        else:
            self.fault.emit(fault)

    def _refuse(self, fault: BaseException) -> None:
        if isinstance(fault, (PerfxlError, OSError)):
            self.refused.emit(str(fault))
        else:
            self.fault.emit(fault)

    def _on_changed(self, row: Row, gone: set[Path]) -> None:
        if row not in self.rows:
            return
        if row.path in gone:
            row.look, row.state = None, State.GONE
            self._watcher.watch(row, {row.path: None})  # it may come back: saving by renaming looks like this
            self.updated.emit(row)
        else:
            self.check(row)
