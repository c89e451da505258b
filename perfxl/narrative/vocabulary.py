"""The words of reports, read from `vocabulary.toml` and ready for use as patterns."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_BRACKET = re.compile(r"(?<!\\)\((?!\?)")


@cache
def table(name: str) -> dict[str, list[str]]:
    """Return a table of the vocabulary."""
    found: dict[str, list[str]] = _tables()[name]
    return found


@cache
def pattern(name: str, entry: str = "words") -> re.Pattern[str]:
    """Return the pattern that matches any word of an entry."""
    return re.compile(_any(table(name)[entry]))


@cache
def at_end(name: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return, for each entry of a table, the pattern of its words at the end of a text, joints behind them allowed."""
    joints = f"(?:{_any(_tables()['joints']['words'])})*"
    return tuple(
        (entry, re.compile(f"(?P<word>{_any(words)}){joints}$")) for entry, words in table(name).items()
    )


def found_at_end(name: str, text: str) -> tuple[str, int] | None:
    """Return which entry's word ends a text and where it begins; the longest wins, None if none does."""
    best: tuple[int, int, str] | None = None
    for entry, ending in at_end(name):
        match = ending.search(text)
        if match is not None:
            candidate = (match.start("word"), -match.end("word"), entry)
            best = candidate if best is None or candidate < best else best
    return (best[2], best[0]) if best is not None else None


@cache
def _tables() -> dict[str, Any]:
    with (Path(__file__).parent / "vocabulary.toml").open("rb") as file:
        return tomllib.load(file)


def _any(words: list[str]) -> str:
    return "|".join(f"(?:{_BRACKET.sub('(?:', word)})" for word in words)
