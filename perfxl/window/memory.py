"""What the window remembers from one day to the next: recent files, its size, the size of type.

Nothing here is worth a message: what cannot be read is forgotten, what cannot be written is not remembered.
"""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from perfxl.errors import PerfxlError
from perfxl.settings.preferences import user_folder
from perfxl.workbook.save import write_whole

MOST_RECENT = 12


def remembered() -> dict[str, Any]:
    """Return everything remembered, by name."""
    try:
        found = json.loads(_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def remember(**values: object) -> None:
    """Keep these values; the others stay as they are."""
    content = json.dumps({**remembered(), **values}, ensure_ascii=False, indent=1)
    with suppress(OSError, PerfxlError):
        _file().parent.mkdir(parents=True, exist_ok=True)
        write_whole(_file(), content.encode("utf-8"))


def recent() -> list[Path]:
    """Return the files opened last, the newest first."""
    found = remembered().get("recent", [])
    return [Path(name) for name in found if isinstance(name, str)] if isinstance(found, list) else []


def add_recent(paths: list[Path]) -> None:
    """Put files at the head of the recent ones."""
    names = dict.fromkeys([*map(str, paths), *map(str, recent())])
    remember(recent=list(names)[:MOST_RECENT])


def _file() -> Path:
    return user_folder() / "window.json"
