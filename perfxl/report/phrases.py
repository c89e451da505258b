"""The phrase book: several wordings of one statement, taken in turn (perfxl/report/phrases.toml)."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from zlib import crc32


def phrase(key: str, place: int, **slots: str) -> str:
    """Return a wording of `key` ("aim.met"), chosen by the place of what it speaks of, with its slots filled.

    The same key and place give the same wording. KeyError for a key or slot that the book does not have.
    """
    group, name = key.split(".")
    wordings = _book()[group][name]
    return wordings[(place + crc32(key.encode())) % len(wordings)].format(**slots)


def words(name: str) -> tuple[str, ...]:
    """Return a list of words that the genre uses ("remedy_openings")."""
    return tuple(_book()["words"][name])


def analysis_part(group: str) -> str:
    """Return under which part of a project's analysis a first-level group belongs; "" for none."""
    parts: dict[str, list[str]] = _book()["analysis"]
    return next((name for name, held in parts.items() if any(word in group for word in held)), "")


@cache
def _book() -> dict[str, dict[str, list[str]]]:
    with (Path(__file__).parent / "phrases.toml").open("rb") as file:
        return tomllib.load(file)
