"""Old and binary formats (.xls, .et, .ods, .xlsb), read by python-calamine in a child process.

One cell at XFD1048576 makes that library abort its process, so it gets one of its own, with a memory cap and a
time limit. The child hands over plain values: formulas, number formats and hidden rows are not known here, merges
only for .xls, and an error value reads as an empty cell.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from perfxl.workbook.errors import Unreadable, UnreadableWorkbook
from perfxl.workbook.gate import Container
from perfxl.workbook.grid import Area, Cell, CellValue, Sheet, Workbook
from perfxl.workbook.limits import LIMITS, Limits
from perfxl.workbook.sheet import read_number


def read_legacy(data: bytes, name: str, container: Container, limits: Limits = LIMITS) -> Workbook:
    """Return the workbook in the bytes of an old or binary format; UnreadableWorkbook if the child cannot read it."""
    with tempfile.TemporaryDirectory(prefix="perfxl-", ignore_cleanup_errors=True) as folder:
        source, result = Path(folder, "workbook"), Path(folder, "cells.json")
        source.write_bytes(data)
        _run_child(source, result, limits)
        answer = json.loads(result.read_text(encoding="utf-8"), parse_float=read_number)
    if "refused" in answer:
        raise UnreadableWorkbook(Unreadable(answer["refused"]), answer.get("detail", ""))
    if not answer["sheets"]:
        raise UnreadableWorkbook(Unreadable.NO_SHEET)
    is_et = container is Container.BIFF and name.lower().endswith(".et")
    return Workbook(name, tuple(map(_sheet, answer["sheets"])), "et" if is_et else container.value)


def _run_child(source: Path, result: Path, limits: Limits) -> None:
    from perfxl.workbook import legacy_child

    if getattr(sys, "frozen", False):
        command = [sys.executable, legacy_child.CHILD_ARGUMENT]
    else:
        # By path and without its folder on the import path: the modules beside it must not shadow others.
        command = [sys.executable, "-P", "-X", "utf8", legacy_child.__file__]
    command += [str(source), str(result), str(limits.legacy_memory), str(limits.legacy_rectangle)]
    try:
        child = subprocess.run(  # noqa: S603 - our own program, and paths of our own making
            command,
            check=False,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=limits.legacy_seconds,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableWorkbook(Unreadable.TOO_LARGE, "time limit") from error
    except OSError as error:
        raise UnreadableWorkbook(Unreadable.READER_FAILED, str(error)) from error
    if child.returncode != 0 or not result.exists():
        last = child.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise UnreadableWorkbook(Unreadable.READER_FAILED, last or f"exit status {child.returncode}")


def _sheet(sheet: dict[str, Any]) -> Sheet:
    cells = {(row, column): Cell(row, column, _value(value)) for row, column, value in sheet["cells"]}
    return Sheet(sheet["name"], cells, tuple(Area(*merge) for merge in sheet["merges"]), sheet["hidden"])


def _value(value: Any) -> CellValue:
    if isinstance(value, int) and not isinstance(value, bool):
        return read_number(str(value))
    return value  # type: ignore[no-any-return]
