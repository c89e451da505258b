"""The console of the command line from which the windowed Windows executable was started.

Windows gives a program without a console no standard streams, unless they are redirected: then pipes and files arrive
as always and nothing here is needed. What is written to a missing stream goes to the console of whoever started the
program; the window writes nothing, so it stays apart from any console and outlives it. Started by a double click there
is no console, and what is written is dropped.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from typing import TextIO


class ConsoleStream(io.TextIOBase):
    """A text stream that opens its target at the first thing written to it."""

    encoding = "utf-8"
    errors = "replace"

    def __init__(self, open_target: Callable[[], TextIO]) -> None:
        """`open_target` is called at most once."""
        self._open_target = open_target
        self._target: TextIO | None = None

    def write(self, text: str) -> int:
        """Write text; returns the number of characters."""
        return self._opened().write(text)

    @property
    def buffer(self) -> io.BufferedIOBase:
        """The stream of UTF-8 bytes below."""
        buffer: io.BufferedIOBase = self._opened().buffer  # type: ignore[assignment]
        return buffer

    def flush(self) -> None:
        """Write out what is held back."""
        if self._target is not None:
            self._target.flush()

    def writable(self) -> bool:
        """A stream for output."""
        return True

    def _opened(self) -> TextIO:
        if self._target is None:
            self._target = self._open_target()
        return self._target


def provide_streams() -> None:
    """Replace missing standard streams; those that were redirected stay as they are."""
    if sys.stdout is None:
        sys.stdout = ConsoleStream(_open_console)
    if sys.stderr is None:
        sys.stderr = ConsoleStream(_open_console)


_attached: bool | None = None


def _open_console() -> TextIO:
    global _attached
    if _attached is None:
        _attached = os.name == "nt" and _attach()
        if _attached:
            # The shell has not waited: its prompt stands there already.
            with open("CONOUT$", "w", encoding="utf-8") as console:  # noqa: PTH123 - a device, no path
                console.write("\n")
    device = "CONOUT$" if _attached else os.devnull
    return open(device, "w", encoding="utf-8", errors="replace")  # noqa: PTH123 - a device, open to the end


def _attach() -> bool:
    """Attach to the console of the process that started the program; False if it has none."""
    import ctypes

    kernel = ctypes.WinDLL("kernel32")  # type: ignore[attr-defined]
    # The one-file executable starts itself a second time: there the console is the grandparent's.
    parent = os.getppid()
    return any(
        process is not None and kernel.AttachConsole(process) for process in (parent, _parent_of(parent))
    )


def _parent_of(process: int) -> int | None:
    """Return the number of the process that started a process."""
    import ctypes
    from ctypes import wintypes

    class Entry(ctypes.Structure):
        _fields_ = (
            ("dwSize", wintypes.DWORD),
            ("cntUsage", wintypes.DWORD),
            ("th32ProcessID", wintypes.DWORD),
            ("th32DefaultHeapID", ctypes.c_size_t),
            ("th32ModuleID", wintypes.DWORD),
            ("cntThreads", wintypes.DWORD),
            ("th32ParentProcessID", wintypes.DWORD),
            ("pcPriClassBase", wintypes.LONG),
            ("dwFlags", wintypes.DWORD),
            ("szExeFile", wintypes.WCHAR * 260),
        )

    kernel = ctypes.WinDLL("kernel32")  # type: ignore[attr-defined]
    kernel.CreateToolhelp32Snapshot.restype = wintypes.HANDLE
    for function in (kernel.Process32FirstW, kernel.Process32NextW):
        function.argtypes = (wintypes.HANDLE, ctypes.POINTER(Entry))
    kernel.CloseHandle.argtypes = (wintypes.HANDLE,)
    all_processes = 2
    snapshot = kernel.CreateToolhelp32Snapshot(all_processes, 0)
    entry = Entry(dwSize=ctypes.sizeof(Entry))
    try:
        more = kernel.Process32FirstW(snapshot, ctypes.byref(entry))
        while more:
            if entry.th32ProcessID == process:
                return int(entry.th32ParentProcessID)
            more = kernel.Process32NextW(snapshot, ctypes.byref(entry))
    finally:
        kernel.CloseHandle(snapshot)
    return None
