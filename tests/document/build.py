"""Word documents for tests, built with python-docx from text: a line is a paragraph, lines with tabs are table rows."""

from __future__ import annotations

import io
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

from docx import Document

REPORTS = Path(__file__).parents[1] / "data" / "reports"


def docx(lines: Iterable[str]) -> bytes:
    """Return the .docx that holds the lines, one paragraph each; neighbouring lines with tabs make one table."""
    document = Document()
    for tabbed, group in groupby(lines, key=lambda line: "\t" in line):
        if not tabbed:
            for line in group:
                document.add_paragraph(line)
            continue
        rows = [line.split("\t") for line in group]
        table = document.add_table(len(rows), max(map(len, rows)))
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=False):
                cell.text = text
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def report(name: str) -> list[str]:
    """Return the paragraphs of a report of tests/data/reports."""
    return (REPORTS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
