"""What stands at an output already is kept under another name before something new takes its place."""

from __future__ import annotations

from pathlib import Path

from perfxl.errors import PerfxlError
from perfxl.workbook.open import read_file
from perfxl.workbook.original import back_up
from perfxl.workbook.save import write_whole


def keep(target: Path) -> Path | None:
    """Copy a file that is there to a name not yet taken (原名.备份.xlsx); return that name.

    None where no file is there, or an empty one. Raises PerfxlError where it cannot be read or copied.
    """
    if not target.exists():
        return None
    data = read_file(target)
    return back_up(target, data) if data else None


def discard(backup: Path | None) -> None:
    """Remove a copy that `keep` made: what was to take the place of the original did not."""
    if backup is not None:
        backup.unlink(missing_ok=True)


def save_text(text: str, target: Path) -> Path | None:
    """Write a text as UTF-8, whole or not at all; return the copy of what stood there, if anything did.

    Raises PerfxlError, and what stood there stands as before.
    """
    backup = keep(target)
    try:
        write_whole(target, text.encode("utf-8", "backslashreplace"))
    except PerfxlError:
        discard(backup)
        raise
    return backup
