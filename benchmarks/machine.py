"""The machine and the versions behind a measurement; nothing that names the machine or its owner."""

from __future__ import annotations

import os
import platform
import sys
from importlib.metadata import version
from pathlib import Path


def machine() -> str:
    """Return one line: processor, cores, memory, system, Python, openpyxl."""
    return f"{system()}, openpyxl {version('openpyxl')}"


def system() -> str:
    """Return one line: processor, cores, memory, system, Python."""
    parts = [
        _processor(),
        f"{os.cpu_count()} cores",
        _memory(),
        f"{platform.system()} {platform.machine()}{_wine()}",
        f"Python {platform.python_version()}",
    ]
    return ", ".join(part for part in parts if part)


def _wine() -> str:
    """The version of Wine, where Windows is only imitated."""
    if sys.platform != "win32":
        return ""
    import ctypes

    ask = getattr(ctypes.WinDLL("ntdll"), "wine_get_version", None)
    if ask is None:
        return ""
    ask.restype = ctypes.c_char_p
    return f" (Wine {ask().decode('ascii')})"


def _processor() -> str:
    return _field(Path("/proc/cpuinfo"), "model name") or platform.processor()


def _memory() -> str:
    kilobytes = _field(Path("/proc/meminfo"), "MemTotal").removesuffix("kB").strip()
    return f"{int(kilobytes) / 2**20:.0f} GiB" if kilobytes else ""


def _field(file: Path, name: str) -> str:
    """The first value of a field in one of Linux's tables of the machine, or nothing on another system."""
    if not file.exists():
        return ""
    lines = file.read_text(encoding="utf-8").splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(name)), "")
