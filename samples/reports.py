"""Published reports as Word documents: one paragraph for each line that was transcribed."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from docx import Document
from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.styles.style import ParagraphStyle
from docx.text.run import Run

from perfxl.report.package import repacked

_FONT, _HEAD_FONT = "仿宋_GB2312", "黑体"
_SIZE, _TITLE_SIZE = Pt(16), Pt(22)
_HEADING = re.compile(r"[一二三四五六七八九十]+、")


def typeset(lines: Sequence[str], title_lines: int) -> bytes:
    """Return the .docx of a report, the same bytes for the same lines; its first `title_lines` are the title."""
    document = paragraphs(lines)
    normal = document.styles["Normal"]
    assert isinstance(normal, ParagraphStyle)
    _set_in(normal, _FONT, _SIZE)
    for number, paragraph in enumerate(document.paragraphs):
        if number < title_lines:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            _set_in(paragraph.runs[0], _HEAD_FONT, _TITLE_SIZE)
            continue
        paragraph.paragraph_format.first_line_indent = 2 * _SIZE
        if _HEADING.match(paragraph.text):
            _set_in(paragraph.runs[0], _HEAD_FONT, _SIZE)
    return repacked(packed(document))


def _set_in(what: Run | ParagraphStyle, font: str, size: Pt) -> None:
    what.font.name, what.font.size = font, size
    what.element.rPr.rFonts.set(qn("w:eastAsia"), font)


def paragraphs(lines: Iterable[str]) -> Docx:
    """Return a document of these lines, one paragraph each; neighbouring lines with tabs make one table."""
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
    return document


def packed(document: Docx) -> bytes:
    """Return the .docx of a document."""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()
