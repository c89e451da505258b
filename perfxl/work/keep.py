"""What stands at an output already is kept under another name before something new takes its place."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from perfxl.errors import PerfxlError
from perfxl.paths import there
from perfxl.workbook.open import read_file
from perfxl.workbook.original import back_up
from perfxl.workbook.save import write_whole


def keep(target: Path) -> Path | None:
    """Copy a file that is there to a name not yet taken (原名.备份.xlsx); return that name.

    None where no file is there, or an empty one. Raises PerfxlError where it cannot be read or copied.
    """
    if not there(target):
        return None
    data = read_file(target)
    return back_up(target, data) if data else None


@contextmanager
def keeping(target: Path | None) -> Iterator[Path | None]:
    """Keep what stands at a target while something new is written there; yields the copy's path, if one was made.

    Where the writing fails (PerfxlError) what stood there stands as before, and the copy goes.
    """
    backup = keep(target) if target is not None else None
    try:
        yield backup
    except PerfxlError:
        if backup is not None:
            backup.unlink(missing_ok=True)
        raise


def told(target: Path, backup: Path) -> str:
    """Return the sentence on a file that made room for an output."""
    return f"原来的 {target.name} 已另存为 {backup.name}"


def save_text(text: str, target: Path) -> Path | None:
    """Write a text as UTF-8, whole or not at all; return the copy of what stood there, if anything did.

    Raises PerfxlError, and what stood there stands as before.
    """
    with keeping(target) as backup:
        write_whole(target, text.encode("utf-8", "backslashreplace"))
    return backup
