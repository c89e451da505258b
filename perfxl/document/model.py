"""A Word document as read: paragraphs with their numbers, and tables.

Paragraphs are numbered as people and python-docx count them: every paragraph that stands in the body itself,
from 1, empty ones too. What stands elsewhere is read as well and carries the number of the paragraph it belongs
to: a text box or footnote that of the paragraph it hangs on, a content control that of the paragraph before it.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from perfxl.workbook.grid import Area, Position
from perfxl.workbook.splice import Span


class Where(StrEnum):
    """Where a paragraph stands."""

    BODY = "body"
    CONTROL = "control"  # in a content control (w:sdt) or another wrapper around paragraphs
    TEXT_BOX = "text-box"
    NOTE = "note"  # footnote or endnote


class TextPart(NamedTuple):
    """The text of one w:t: characters [start, end) of its paragraph, its start tag and content in bytes of the part."""

    start: int
    end: int
    tag: Span
    content: Span


class Child(NamedTuple):
    """An element directly in a paragraph (run, hyperlink, insertion …) with the characters [start, end) it shows.

    `texts` are there only where it is a run, which can be cut.
    """

    start: int
    end: int
    span: Span
    texts: tuple[TextPart, ...] = ()
    properties: Span | None = None


class Paragraph(NamedTuple):
    """One paragraph: its number (see above), its text as it stands after accepting every tracked change.

    `level` is the outline level of its style, 0 for the highest, None for plain text.
    """

    number: int
    text: str
    where: Where = Where.BODY
    level: int | None = None
    children: tuple[Child, ...] = ()


class Table(NamedTuple):
    """A table: texts by (row, column) counted from 1, a merged range in its top-left cell.

    `after` is the number of the last paragraph before it, 0 for none.
    """

    texts: Mapping[Position, str]
    merges: tuple[Area, ...]
    after: int

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return max((row for row, _ in self.texts), default=0)


class Document(NamedTuple):
    """A document: paragraphs in reading order, tables in order."""

    name: str
    paragraphs: tuple[Paragraph, ...]
    tables: tuple[Table, ...] = ()
