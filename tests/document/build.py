"""Word documents for tests, built with python-docx from text: a line is a paragraph, lines with tabs are table rows."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from samples.reports import packed, paragraphs

DATA = Path(__file__).parents[1] / "data" / "reports"
_FOLDERS = (DATA, Path(__file__).parents[2] / "samples" / "data")


def docx(lines: Iterable[str]) -> bytes:
    """Return the .docx that holds the lines, one paragraph each; neighbouring lines with tabs make one table."""
    return packed(paragraphs(lines))


def report(name: str) -> list[str]:
    """Return the paragraphs of a transcribed report, of the tests or of the samples."""
    (path,) = (path for folder in _FOLDERS if (path := folder / f"{name}.txt").exists())
    return path.read_text(encoding="utf-8").splitlines()
