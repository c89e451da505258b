"""Faults of the program itself: written to a log in the user's own folder, told in one line."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path


def log_folder() -> Path:
    """Return the user's own folder for logs: perfxl in %LOCALAPPDATA% on Windows, in ~/.local/state elsewhere."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    else:
        base = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state")
    return base / "perfxl"


def write_log(arguments: Sequence[str]) -> str:
    """Append the exception being handled to the log; return where the log lies, or why there is none."""
    import platform
    import traceback

    from perfxl import __version__

    entry = (
        f"{time.strftime('%Y-%m-%d %H:%M:%S')} perfxl {__version__} {platform.platform()} {list(arguments)}\n"
        f"{traceback.format_exc()}\n"
    )
    path = log_folder() / "perfxl.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as log:
            log.write(entry)
    except OSError as error:
        return f"（日志无法写入：{error.strerror}）"
    return str(path)
