"""Questions about paths that have an answer for every name, one too long for the system or in a circle of links too.

pathlib raises for such a name; it is a name under which nothing stands, and whoever reads or writes it is told so.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

_LONGEST_NAME = 255
"""Of a file, with its ending: bytes, on Windows UTF-16 units."""
_SPARE = 5
"""For the number of a second and a third file of the name."""


def there(path: Path) -> bool:
    """Return whether something stands at a path."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def is_folder(path: Path) -> bool:
    """Return whether a folder stands at a path."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def resolved(path: Path) -> Path:
    """Return the path without links, or as it is where they lead nowhere."""
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError):
        return path.absolute()


def marked(path: Path, mark: str, ending: str | None = None) -> Path:
    """Return a name beside a file that says what it is: 原名（已计算）.xlsx.

    The ending is by default the file's own; a long 原名 is cut to make room for the mark.
    """
    stem, tail = path.stem, mark + (path.suffix if ending is None else ending)
    while len(stem) > 1 and _length(stem + tail) > _LONGEST_NAME - _SPARE:
        stem = stem[:-1]
    return path.with_name(stem + tail)


def _length(name: str) -> int:
    if sys.platform == "win32":
        return len(name.encode("utf-16-le", "surrogatepass")) // 2
    return len(os.fsencode(name))
