"""The program that reads old and binary formats, run as a process of its own: a hostile file may exhaust or abort it.

It is started by path, not imported, so that it needs nothing but the standard library and python-calamine.
In a frozen executable the entry point runs `main` when its first argument is `CHILD_ARGUMENT`.
"""

from __future__ import annotations

import datetime
import json
import math
import sys
from pathlib import Path
from typing import Any

CHILD_ARGUMENT = "--read-legacy-workbook"


def main(arguments: list[str]) -> int:
    """Read the workbook at the first path and write its cells as JSON to the second; the rest are caps.

    Arguments: source, result, bytes of memory, cells of a sheet's used rectangle, cells with content in all.
    Returns the exit status.
    """
    source, result, memory, rectangle, most_cells = arguments
    _cap_memory(int(memory))
    Path(result).write_text(json.dumps(_read(source, int(rectangle), int(most_cells))), encoding="utf-8")
    return 0


def _read(source: str, rectangle: int, most_cells: int) -> dict[str, Any]:
    import python_calamine

    try:
        with Path(source).open("rb") as file:
            book = python_calamine.CalamineWorkbook.from_filelike(file)
            sheets = []
            for index in _worksheets(book):
                sheets.append(_sheet(book, index, rectangle, most_cells))
                most_cells -= len(sheets[-1]["cells"])
            return {"sheets": sheets}
    except python_calamine.PasswordError:
        return {"refused": "encrypted"}
    except python_calamine.CalamineError as error:
        return {"refused": "damaged", "detail": str(error)}
    except OverflowError:
        return {"refused": "too-large"}


def _worksheets(book: Any) -> list[int]:
    return [
        index
        for index, sheet in enumerate(book.sheets_metadata)
        if str(sheet.typ) == "SheetTypeEnum.WorkSheet"
    ]


def _sheet(book: Any, index: int, rectangle: int, most_cells: int) -> dict[str, Any]:
    sheet = book.get_sheet_by_index(index)
    metadata = book.sheets_metadata[index]
    cells: list[list[Any]] = []
    if sheet.start is not None:
        top, left = sheet.start
        bottom, right = sheet.end
        if (bottom - top + 1) * (right - left + 1) > rectangle:
            raise OverflowError
        for row, values in enumerate(sheet.to_python(skip_empty_area=True), top + 1):
            for column, value in enumerate(values, left + 1):
                if value != "":
                    cells.append([row, column, _plain(value)])
            if len(cells) > most_cells:
                raise OverflowError
    return {
        "name": metadata.name,
        "hidden": str(metadata.visible) != "SheetVisibleEnum.Visible",
        "cells": cells,
        "merges": [
            [top + 1, left + 1, bottom + 1, right + 1]
            for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
        ],
    }


def _plain(value: Any) -> Any:
    """Return a value as JSON has it: dates and times as ISO text, a duration in days."""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ")
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, datetime.timedelta):
        return value / datetime.timedelta(days=1)
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value


def _cap_memory(size: int) -> None:
    if sys.platform == "win32":
        _cap_memory_on_windows(size)
        return
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (size, size))


def _cap_memory_on_windows(size: int) -> None:
    """Put this process into a job object whose processes may commit no more than that."""
    import ctypes
    from ctypes import wintypes

    class BasicLimits(ctypes.Structure):
        _fields_ = [
            ("PerProcessUserTimeLimit", wintypes.LARGE_INTEGER),
            ("PerJobUserTimeLimit", wintypes.LARGE_INTEGER),
            ("LimitFlags", wintypes.DWORD),
            ("MinimumWorkingSetSize", ctypes.c_size_t),
            ("MaximumWorkingSetSize", ctypes.c_size_t),
            ("ActiveProcessLimit", wintypes.DWORD),
            ("Affinity", ctypes.c_size_t),
            ("PriorityClass", wintypes.DWORD),
            ("SchedulingClass", wintypes.DWORD),
        ]

    class ExtendedLimits(ctypes.Structure):
        _fields_ = [
            ("BasicLimitInformation", BasicLimits),
            ("IoInfo", ctypes.c_ulonglong * 6),
            ("ProcessMemoryLimit", ctypes.c_size_t),
            ("JobMemoryLimit", ctypes.c_size_t),
            ("PeakProcessMemoryUsed", ctypes.c_size_t),
            ("PeakJobMemoryUsed", ctypes.c_size_t),
        ]

    process_memory, extended_limit_information = 0x100, 9
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined]
    kernel.CreateJobObjectW.restype = wintypes.HANDLE
    kernel.GetCurrentProcess.restype = wintypes.HANDLE
    kernel.SetInformationJobObject.argtypes = (wintypes.HANDLE, ctypes.c_int, ctypes.c_void_p, wintypes.DWORD)
    kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
    limits = ExtendedLimits()
    limits.BasicLimitInformation.LimitFlags = process_memory
    limits.ProcessMemoryLimit = size
    job = kernel.CreateJobObjectW(None, None)
    kernel.SetInformationJobObject(
        job, extended_limit_information, ctypes.byref(limits), ctypes.sizeof(limits)
    )
    kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
