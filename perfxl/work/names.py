"""Names of outputs: never one that is taken, and always one that Windows takes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from perfxl.errors import PerfxlError
from perfxl.paths import there
from perfxl.workbook.errors import NotWritten, WriteFailed
from perfxl.workbook.original import is_same_file

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\ufeff]')
_RESERVED = frozenset(
    {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"}
    | {f"{device}{number}" for device in ("COM", "LPT") for number in "0123456789¹²³"}
)
"""Names of devices, which Windows takes for no file, whatever ending follows."""
_NOT_PLAIN = frozenset({".xlsm", ".xltx", ".xltm"})
"""Endings of workbooks that Excel opens under no other ending: with macros, templates."""

_LONGEST_STEM = 80
"""Signs of a name; with a folder of usual length the path stays below the 260 that Windows programs take."""


class UnsuitedName(PerfxlError):
    """An output's name does not end as what is written into it asks."""


def suit(output: Path, ending: str, *read: Path) -> None:
    """Raise UnsuitedName where an output's name does not end so, WriteFailed where it is a file just `read`."""
    if output.suffix.lower() != ending.lower():
        raise UnsuitedName(f"输出的文件名要以 {ending} 结尾，现在写的是“{output}”。")
    if any(is_same_file(path, output) for path in read):
        raise WriteFailed(
            NotWritten.SAME_FILE, f"输出文件与原文件“{output.name}”是同一个：请另给一个文件名。"
        )


def suit_copy(output: Path, original: Path) -> None:
    """Raise UnsuitedName where a copy that is of its original's format is to go under another format's name."""
    plain = original.suffix.lower() not in _NOT_PLAIN
    if output.suffix.lower() not in {original.suffix.lower(), ".xlsx" if plain else ""}:
        raise UnsuitedName(
            f"副本与原文件格式相同：请把输出文件名“{output.name}”的结尾改成 {original.suffix}。"
        )


def free_name(path: Path) -> Path:
    """Return the path itself, or with a number, so that no file of that name exists yet."""
    candidate, number = path, 2
    while there(candidate):
        candidate = path.with_name(f"{path.stem}{number}{path.suffix}")
        number += 1
    return candidate


def safe_stems(names: Iterable[str]) -> list[str]:
    """Return a name for a file, without ending, for each text: one that Windows takes, and no two alike.

    Forbidden signs become "_", reserved names get one behind them, a text too long is cut, an empty one becomes 未命名;
    of names that differ in capitals alone, the later ones carry a number.
    """
    taken: set[str] = set()
    stems: list[str] = []
    for name in names:
        stem = _safe(name)
        candidate, number = stem, 2
        while candidate.casefold() in taken:
            candidate, number = f"{stem[: _LONGEST_STEM - 5]}（{number}）", number + 1
        taken.add(candidate.casefold())
        stems.append(candidate)
    return stems


def _safe(name: str) -> str:
    stem = _FORBIDDEN.sub("_", " ".join(unicodedata.normalize("NFC", name).split()))
    stem = stem[:_LONGEST_STEM].rstrip(". ")
    if stem.partition(".")[0].rstrip().upper() in _RESERVED:
        stem = f"{stem.partition('.')[0].rstrip()}_{stem[len(stem.partition('.')[0]) :]}"
    return stem or "未命名"
