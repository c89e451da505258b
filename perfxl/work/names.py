"""Names of outputs: never one that is taken."""

from __future__ import annotations

from pathlib import Path


def free_name(path: Path) -> Path:
    """Return the path itself, or with a number, so that no file of that name exists yet."""
    candidate, number = path, 2
    while candidate.exists():
        candidate = path.with_name(f"{path.stem}{number}{path.suffix}")
        number += 1
    return candidate
