"""What the window has done beside its own thread: the jobs of `perfxl.work`, and what it needs to show a file."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from perfxl.errors import PerfxlError
from perfxl.form.model import Kind
from perfxl.work.check import Checked, check_file, check_files
from perfxl.work.everything import Done, do_all
from perfxl.workbook.grid import Sheet

if TYPE_CHECKING:
    from perfxl.work.new import Created

WORKBOOKS = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".et", ".ett", ".ods", ".xlsb")
"""Endings of files looked for in a folder; a file given by name is tried whatever it is called."""


_ATTEMPTS = 3
"""A file that is saved more often than that is told of by the watcher."""


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
    """One reading of a file: its state at that moment, the findings, and its sheets as Excel would show them.

    `scope` says line by line what was checked and what could not be. `done` is there where copy and draft were made.
    """

    path: Path
    stamp: Stamp | None
    checked: Checked
    sheets: tuple[Sheet, ...] = ()
    scope: tuple[str, ...] = ()
    done: Done | None = None


def look_at(path: Path, beside: Sequence[Path] = ()) -> Look:
    """Check a file and read its sheets, again where it was saved meanwhile: findings and sheets belong together.

    `beside` are the other files that lie with it: a scoresheet may need its project's form from one of them.
    """
    for _ in range(_ATTEMPTS):
        stamp = stamp_of(path)
        checked = check_file(path)
        if beside and any(form.kind is Kind.SCORESHEET for form in checked.forms):
            checked = check_files([path, *beside])[0]
        look = Look(path, stamp, checked, _sheets(checked), _scope(checked))
        if stamp_of(path) == stamp:
            break
    return look


def do_everything(path: Path, beside: Sequence[Path] = ()) -> Look:
    """Compute a file into a copy, draft its report, and check it."""
    done = do_all(path)
    return look_at(path, beside)._replace(done=done)


def _scope(checked: Checked) -> tuple[str, ...]:
    from perfxl.output.checked import scope_lines

    return tuple(scope_lines(checked)) if checked.problem is None else ()


def _sheets(checked: Checked) -> tuple[Sheet, ...]:
    """The sheets of a workbook, those of one without a form too; none where it cannot be read."""
    from perfxl.workbook.open import open_workbook

    if checked.workbook is not None:
        return checked.workbook.sheets
    with suppress(PerfxlError):
        return open_workbook(checked.path).sheets
    return ()


def workbooks_in(paths: Sequence[Path]) -> tuple[Path, ...]:
    """Return the files named and the workbooks in the folders named, at any depth, in order of their names.

    Left out are what Excel and WPS leave beside an open workbook (~$…) and hidden folders.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if not path.is_dir():
            found[path] = None
            continue
        for folder, folders, names in os.walk(path):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(names):
                if name.lower().endswith(WORKBOOKS) and not name.startswith(("~$", ".")):
                    found[Path(folder, name)] = None
    return tuple(found)


def make_forms(name: str, output: Path, source: Path | None, fields: Sequence[tuple[str, str]]) -> Created:
    """Make a form as a workbook; where the source has several projects, a folder of that name with one for each."""
    from perfxl.work.new import WrongSetting, new_form

    try:
        return new_form(name, output, source, fields)
    except WrongSetting as error:
        if source is None:
            raise
        try:
            return new_form(name, output.with_suffix(""), source, fields)
        except WrongSetting:
            raise error from None
