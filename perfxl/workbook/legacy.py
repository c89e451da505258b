"""Old and binary formats (.xls, .et, .xlsb), read by python-calamine in a child process.

One cell at XFD1048576 makes that library abort its process, so it gets one of its own, with a memory cap and a
time limit. The child hands over plain values, and merges for .xls alone; for .xls number formats, error values and
hidden rows and columns are read besides. Formulas are not known here: a cell has the result that was stored.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from perfxl.workbook.biff import BookDetails, SheetDetails, read_details
from perfxl.workbook.errors import Unreadable, UnreadableWorkbook
from perfxl.workbook.gate import Container
from perfxl.workbook.grid import Area, Cell, CellValue, Sheet, Workbook
from perfxl.workbook.limits import LIMITS, Limits
from perfxl.workbook.sheet import read_number
from perfxl.workbook.styles import GENERAL


def read_legacy(data: bytes, name: str, container: Container, limits: Limits = LIMITS) -> Workbook:
    """Return the workbook in the bytes of an old or binary format; UnreadableWorkbook if the child cannot read it."""
    details = read_details(data) if container is Container.BIFF else BookDetails({})
    if details.encrypted:
        raise UnreadableWorkbook(Unreadable.ENCRYPTED)
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
    sheets = tuple(
        _sheet(sheet, details.sheets.get(sheet["name"], SheetDetails())) for sheet in answer["sheets"]
    )
    return Workbook(name, sheets, "et" if is_et else container.value)


def _run_child(source: Path, result: Path, limits: Limits) -> None:
    from perfxl.workbook import legacy_child

    if getattr(sys, "frozen", False):
        command = [sys.executable, legacy_child.CHILD_ARGUMENT]
    else:
        # By path and without its folder on the import path: the modules beside it must not shadow others.
        command = [sys.executable, "-P", "-X", "utf8", legacy_child.__file__]
    caps = (limits.legacy_memory, limits.legacy_rectangle, limits.cells)
    command += [str(source), str(result), *map(str, caps)]
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
    if result.exists() and result.stat().st_size > limits.file_size:
        raise UnreadableWorkbook(Unreadable.TOO_LARGE, "text")
    if child.returncode != 0 or not result.exists():
        last = child.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise UnreadableWorkbook(Unreadable.READER_FAILED, last or f"exit status {child.returncode}")


def _sheet(sheet: dict[str, Any], details: SheetDetails) -> Sheet:
    cells = {
        (row, column): Cell(
            row, column, _value(value), number_format=details.formats.get((row, column), GENERAL)
        )
        for row, column, value in sheet["cells"]
    }
    for place, error in details.errors.items():
        cells[place] = Cell(*place, error, None, details.formats.get(place, GENERAL), error=True)
    return Sheet(
        sheet["name"],
        dict(sorted(cells.items())),
        tuple(Area(*merge) for merge in sheet["merges"]),
        sheet["hidden"],
        frozenset(details.hidden_rows),
        frozenset(details.hidden_columns),
    )


def _value(value: Any) -> CellValue:
    if isinstance(value, int) and not isinstance(value, bool):
        return read_number(str(value))
    return value  # type: ignore[no-any-return]
