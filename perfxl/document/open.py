"""The one door: a .docx becomes paragraphs and tables."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from pathlib import Path

from perfxl.document.body import BodyReader
from perfxl.document.errors import told_of_documents
from perfxl.document.gate import pass_gate
from perfxl.document.model import Document, Paragraph, Where
from perfxl.document.styles import heading_levels
from perfxl.workbook.errors import Unreadable, UnreadableWorkbook
from perfxl.workbook.limits import LIMITS, Limits
from perfxl.workbook.open import read_file
from perfxl.workbook.package import Package

_SIGNS_OF_DAMAGE = (ValueError, ArithmeticError, LookupError, zlib.error, struct.error, MemoryError)
_NOTES = ("footnotes", "endnotes")


def open_document(path: Path, limits: Limits = LIMITS) -> Document:
    """Return the document in a .docx file. Raises UnreadableDocument, and nothing else, for whatever stands there."""
    with told_of_documents():
        data = read_file(path, limits)
    return read_document(data, path.name, limits)


def read_document(data: bytes, name: str, limits: Limits = LIMITS) -> Document:
    """Return the document in a file's bytes; `name` is the file's name. Raises UnreadableDocument and nothing else."""
    with told_of_documents():
        try:
            package, main = pass_gate(data, name, limits)
            return _read(package, main, name)
        except _SIGNS_OF_DAMAGE as error:
            raise UnreadableWorkbook(Unreadable.DAMAGED, repr(error)) from error


def _read(package: Package, main: str, name: str) -> Document:
    links = {link.kind: link.target for link in package.relationships(main).values() if not link.external}
    styles = links.get("styles", "")
    levels = heading_levels(package.xml(styles)) if styles in package else {}
    body = BodyReader(package.xml(main), package.limits, levels)
    paragraphs = list(body.paragraphs)
    for kind in _NOTES:
        if body.references[kind] and links.get(kind, "") in package:
            notes = BodyReader(package.xml(links[kind]), package.limits, levels)
            paragraphs += _noted(notes.notes, body.references[kind])
    paragraphs.sort(key=lambda paragraph: paragraph.number)  # stable: a note comes after its paragraph
    return Document(name, tuple(paragraphs), tuple(body.tables))


def _noted(notes: Mapping[str, list[Paragraph]], references: Mapping[str, int]) -> list[Paragraph]:
    """The paragraphs of the notes that the body refers to, each under the number of the paragraph that does."""
    return [
        paragraph._replace(number=number, where=Where.NOTE, children=())
        for identifier, number in references.items()
        for paragraph in notes.get(identifier, ())
    ]
