"""The windowed executable started from a Windows console, nothing redirected: its words must appear there."""

from __future__ import annotations

import subprocess
import sys

from tools.e2e.desk import Desk, expect

# Runs in a console of its own: starts the executable as a shell does, then reads what stands on the screen.
_IN_A_CONSOLE = r"""
import ctypes, pathlib, subprocess, sys
from ctypes import wintypes
kernel = ctypes.WinDLL("kernel32", use_last_error=True)
kernel.CreateFileW.restype = wintypes.HANDLE
kernel.CreateFileW.argtypes = (wintypes.LPCWSTR, wintypes.DWORD, wintypes.DWORD, wintypes.LPVOID, wintypes.DWORD,
                               wintypes.DWORD, wintypes.HANDLE)
kernel.ReadConsoleOutputCharacterW.argtypes = (wintypes.HANDLE, wintypes.LPWSTR, wintypes.DWORD, wintypes._COORD,
                                               ctypes.POINTER(wintypes.DWORD))
target, executable, *arguments = sys.argv[1:]
status = subprocess.run([executable, *arguments]).returncode
screen = kernel.CreateFileW("CONOUT$", 0xC0000000, 3, None, 3, 0, None)
seen, size, length = [], 4000, wintypes.DWORD()
line = ctypes.create_unicode_buffer(size + 1)
kernel.ReadConsoleOutputCharacterW(screen, line, size, wintypes._COORD(0, 0), ctypes.byref(length))
pathlib.Path(target).write_text(f"{status}\n{line.value}", encoding="utf-8")
"""


def attached_console(desk: Desk) -> None:
    """The words appear on the console it was started from, Chinese ones too."""
    form = desk.sample("种子004 转移支付绩效目标自评表1", "控制台.xlsx")
    seen = desk.work / "屏幕.txt"
    subprocess.run(
        [sys.executable, "-c", _IN_A_CONSOLE, str(seen), str(desk.executable), "check", str(form)],
        cwd=desk.work,
        env=desk.environment,
        creationflags=getattr(subprocess, "CREATE_NEW_CONSOLE", 0),
        timeout=180,
        check=True,
    )
    text = seen.read_text(encoding="utf-8")
    expect(text.startswith("1\n"), text)
    # A wide sign takes two cells, which consoles hand back differently.
    expect("PX202" in text and all(sign in text for sign in "年度资金总额"), text)
