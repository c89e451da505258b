"""Which files are workbooks: those that a folder holds, and those that a pattern of the command line means."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from perfxl.paths import there

WORKBOOKS = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".et", ".ett", ".ods", ".xlsb")
"""Endings of files looked for in a folder; a file given by name is tried whatever it is called."""
SOURCES = (*WORKBOOKS, ".csv", ".tsv")
"""Endings of what blank forms are filled from."""

_NOT_MEANT = ("~$", ".")
"""What Excel, WPS and LibreOffice leave beside an open workbook (~$…, .~…) begins so, and so do hidden files."""


def in_folder(folder: Path, endings: tuple[str, ...] = WORKBOOKS) -> list[Path]:
    """Return the files of a folder itself that have one of the endings, by name."""
    return sorted(path for path in folder.iterdir() if path.is_file() and _meant(path.name, endings))


def below(folder: Path, step: Callable[[], None] = lambda: None) -> Iterator[Path]:
    """Yield the workbooks of a folder at any depth, by name; hidden folders are passed over.

    `step` is called for each folder and may raise.
    """
    for place, folders, names in os.walk(folder):
        step()
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(place, name) for name in sorted(names) if _meant(name, WORKBOOKS))


def named(paths: Iterable[Path]) -> list[Path]:
    """Return the paths, patterns (*.xlsx) spelled out: Windows leaves that to programs. One without a match stays."""
    found: list[Path] = []
    for path in paths:
        is_pattern = ("*" in path.name or "?" in path.name) and not there(path)
        matches = path.parent.glob(_pattern(path.name)) if is_pattern else ()
        found += sorted(match for match in matches if not match.name.startswith(_NOT_MEANT)) or [path]
    return found


def _pattern(name: str) -> str:
    """A name with * and ? as a pattern of pathlib's: nothing else in it has a meaning."""
    while "**" in name:
        name = name.replace("**", "*")
    return name.replace("[", "[[]")


def _meant(name: str, endings: tuple[str, ...]) -> bool:
    return name.lower().endswith(endings) and not name.startswith(_NOT_MEANT)
