"""What an office has set for itself: a small TOML file in the user's own folder, and a folder of its own templates.

An office's folder holds `xlsx/` (declarations of forms), `docx/` (report templates) and `settings/` (parameters of
its place). It is the folder named in the preferences, else 本单位模板 beside the executable. What lies there comes
before what the program brings.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import NamedTuple

from perfxl.errors import PerfxlError
from perfxl.workbook.save import not_written, write_whole

OFFICE_FOLDER = "本单位模板"
_FILE = "preferences.toml"


class Preferences(NamedTuple):
    """`jurisdiction` is a name of `settings.jurisdictions()`, None to let each form's own words decide."""

    jurisdiction: str | None = None
    office_folder: Path | None = None


class BadPreferences(PerfxlError):
    """The preferences file cannot be read."""


def user_folder() -> Path:
    """Return the user's own folder for settings: perfxl in %APPDATA% on Windows, in ~/.config elsewhere."""
    if sys.platform == "win32":
        base = Path(os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming")
    else:
        base = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    return base / "perfxl"


def preferences() -> Preferences:
    """Return what the user has set; BadPreferences if the file is damaged."""
    path = user_folder() / _FILE
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return Preferences()
    except (OSError, UnicodeDecodeError) as error:
        raise BadPreferences(f"设置文件“{path}”读不出来（{error}）：请删除它，程序会用默认设置。") from error
    import tomllib

    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadPreferences(f"设置文件“{path}”的写法不对（{error}）：请改正或删除它。") from error
    jurisdiction, folder = found.get("jurisdiction"), found.get("office_folder")
    if not all(value is None or isinstance(value, str) for value in (jurisdiction, folder)):
        raise BadPreferences(f"设置文件“{path}”里的值要写成带引号的文字：请改正或删除它。")
    return Preferences(jurisdiction or None, Path(folder) if folder else None)


def save_preferences(chosen: Preferences) -> None:
    """Write the preferences; OutputNotWritten if that fails."""
    import json

    path = user_folder() / _FILE
    values = {"jurisdiction": chosen.jurisdiction, "office_folder": chosen.office_folder}
    # A JSON string is a TOML string as well.
    lines = [
        f"{name} = {json.dumps(str(value), ensure_ascii=False)}\n"
        for name, value in values.items()
        if value is not None
    ]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise not_written(path, error) from error
    write_whole(path, "".join(lines).encode("utf-8"))


def office_folders(kind: str) -> tuple[Path, ...]:
    """Return the office's own folders of a kind ("xlsx", "docx", "settings") that exist, the first to be preferred."""
    places = [preferences().office_folder]
    if getattr(sys, "frozen", False):
        places.append(Path(sys.executable).parent / OFFICE_FOLDER)
    return tuple(place / kind for place in places if place is not None and (place / kind).is_dir())
