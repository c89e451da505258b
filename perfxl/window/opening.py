"""Handing files and folders to the programs of the office."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


def open_in_program(path: Path) -> bool:
    """Open a file or a folder in the program that the office uses for it; False if there is none."""
    if sys.platform == "win32":
        try:
            os.startfile(path)  # noqa: S606 - the officer's own file, by their own double click
        except OSError:
            return False
        return True
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def show_in_folder(path: Path) -> bool:
    """Open the folder of a file, with the file selected where the system can."""
    if sys.platform == "win32" and path.exists():
        import subprocess  # slow to load, and rarely needed

        subprocess.Popen(f'explorer /select,"{path}"')  # noqa: S603 - explorer reads its own quoting only
        return True
    return open_in_program(path.parent)
