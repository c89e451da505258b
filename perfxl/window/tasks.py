"""What the window has done beside its own thread: the jobs of `perfxl.work`, and what it needs to show a file."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from perfxl.errors import PerfxlError
from perfxl.work.check import Checked, check_file
from perfxl.work.everything import Done, do_all
from perfxl.workbook.grid import Sheet

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

    `done` is there where copy and draft were made too.
    """

    path: Path
    stamp: Stamp | None
    checked: Checked
    sheets: tuple[Sheet, ...] = ()
    done: Done | None = None


def look_at(path: Path) -> Look:
    """Check a file and read its sheets, again where it was saved meanwhile: findings and sheets belong together."""
    for _ in range(_ATTEMPTS):
        stamp = stamp_of(path)
        look = Look(path, stamp, check_file(path), _sheets(path))
        if stamp_of(path) == stamp:
            break
    return look


def do_everything(path: Path) -> Look:
    """Compute a file into a copy, draft its report, and check it."""
    done = do_all(path)
    return look_at(path)._replace(done=done)


def _sheets(path: Path) -> tuple[Sheet, ...]:
    """The sheets of a workbook, those of one without a form too; none where it cannot be read."""
    from perfxl.scoring.unsaved import with_results
    from perfxl.workbook.open import open_workbook

    with suppress(PerfxlError):
        return with_results(open_workbook(path)).sheets
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
