"""Marking places of a .docx as Word comments: spliced into a copy, everything else byte for byte as it was.

Comments that are there stay. Of the package, the document part, its relationships, the content types and the
part of comments change, or the last is added; all others are copied as they are packed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from perfxl.document.errors import told_of_documents
from perfxl.document.gate import pass_gate
from perfxl.document.model import Child, Paragraph, TextPart, Where
from perfxl.document.open import read_document
from perfxl.workbook.markup import escape, local_name, new_parser, parse
from perfxl.workbook.package import Package
from perfxl.workbook.repack import rewrite
from perfxl.workbook.splice import Splice, attribute_span, insert_last, raw_name, splice, start_tag

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_RELATIONSHIPS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
_CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_REFERENCE = re.compile(rb"&(?:#[0-9]+|#x[0-9A-Fa-f]+|[a-z]+);|\r\n|[^\x80-\xbf][\x80-\xbf]*")
_HEADER = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class Remark(NamedTuple):
    """A comment to be made: on characters [start, end) of a paragraph of the document as read."""

    paragraph: Paragraph
    start: int
    end: int
    text: str


def with_comments(
    data: bytes, remarks: Sequence[Remark], *, author: str, initials: str, moment: datetime | None = None
) -> bytes:
    """Return a .docx with remarks as comments; a remark on a note or text box stands at the paragraph it hangs on.

    `remarks` speak of the paragraphs that `read_document` returned for the same bytes. `moment` dates the comments.
    """
    with told_of_documents():
        package, main = pass_gate(data)
        document = package.xml(main)
        places = {
            paragraph.number: paragraph for paragraph in read_document(data, "").paragraphs if _own(paragraph)
        }
        part, known = _comments_part(package, main)
        first = max(known, default=-1) + 1
        prefix = _prefix(document)
        splices: list[Splice] = []
        made: list[bytes] = []
        for identifier, remark in enumerate(remarks, start=first):
            paragraph, start, end = _anchor(remark, places)
            if paragraph is None:
                continue
            splices += _marked(document, paragraph, start, end, identifier, prefix)
            made.append(_comment(identifier, remark.text, author, initials, moment))
        replaced = {main: splice(document, _joined(splices))}
        added = _into_package(package, main, part, made, replaced)
        return rewrite(package, replaced, added=added)


def _own(paragraph: Paragraph) -> bool:
    return paragraph.where is Where.BODY and bool(paragraph.children)


def _anchor(remark: Remark, places: dict[int, Paragraph]) -> tuple[Paragraph | None, int, int]:
    """The paragraph of the document part that takes the remark, and which of its characters."""
    paragraph = remark.paragraph
    if paragraph.where in (Where.BODY, Where.CONTROL) and paragraph.children:
        return paragraph, remark.start, remark.end
    host = places.get(paragraph.number)
    return (host, 0, len(host.text)) if host is not None else (None, 0, 0)


# The document part --------------------------------------------------------------------------------


def _marked(
    document: bytes, paragraph: Paragraph, start: int, end: int, identifier: int, prefix: bytes
) -> list[Splice]:
    number = str(identifier).encode()
    begins = b'<W:commentRangeStart W:id="%s"/>' % number
    ends = b'<W:commentRangeEnd W:id="%s"/><W:r><W:commentReference W:id="%s"/></W:r>' % (number, number)
    begins, ends = (mark.replace(b"W:", prefix) for mark in (begins, ends))
    opening = _at(document, paragraph, start, begins, before=True)
    closing = _at(document, paragraph, max(end, start + 1), ends, before=False)
    return [*opening, *closing]


def _at(document: bytes, paragraph: Paragraph, place: int, mark: bytes, *, before: bool) -> list[Splice]:
    """The splices that put a mark at a character: between two children, or into a run that is cut there."""
    child = _child_at(paragraph.children, place, before)
    edge = child.start if before else child.end
    if place == edge:
        return [_inserted(child.span[0] if before else child.span[1], mark)]
    cut = next((text for text in child.texts if text.start < place < text.end), None)
    if cut is None:
        return [_inserted(child.span[0] if before else child.span[1], mark)]
    return _cut(document, child, cut, place, mark)


def _child_at(children: Sequence[Child], place: int, before: bool) -> Child:
    """The child that shows the character behind the place, or, for an end, the one before it."""
    for child in children:
        if (child.start <= place < child.end) if before else (child.start < place <= child.end):
            return child
    return children[-1]


def _cut(document: bytes, child: Child, text: TextPart, place: int, mark: bytes) -> list[Splice]:
    """Cut a run in two at a character of its text, with the mark between the halves."""
    at = _byte_of(document, text, place - text.start)
    run = raw_name(document, start_tag(document, child.span[0]))
    name = raw_name(document, text.tag)
    properties = document[slice(*child.properties)] if child.properties is not None else b""
    middle = b'</%s></%s>%s<%s>%s<%s xml:space="preserve">' % (name, run, mark, run, properties, name)
    splices = [_inserted(at, middle)]
    if attribute_span(document, text.tag, b"xml:space") is None:
        splices.append(_inserted(text.tag[0] + 1 + len(name), b' xml:space="preserve"'))
    return splices


def _byte_of(document: bytes, text: TextPart, characters: int) -> int:
    """Where in the part a character of a text begins, references such as &amp; counting as one."""
    at = text.content[0]
    for match in _REFERENCE.finditer(document, *text.content):
        if characters <= 0:
            break
        # Beyond the basic plane Python counts one character, as do four bytes of UTF-8.
        characters -= 1
        at = match.end()
    return at


def _inserted(at: int, content: bytes) -> Splice:
    return (at, at), content


def _joined(splices: Iterable[Splice]) -> list[Splice]:
    """The splices without repetition: one text may be cut twice, but says only once that its blanks are kept."""
    return list(dict.fromkeys(splices))


def _prefix(document: bytes) -> bytes:
    """The prefix of the document's own elements, with its colon: b"w:"."""
    name = raw_name(document, start_tag(document, _root_at(document)))
    return name[: name.find(b":") + 1]


def _root_at(part: bytes) -> int:
    found: list[int] = []
    parser = new_parser()
    parser.StartElementHandler = lambda *_: found.append(parser.CurrentByteIndex) if not found else None
    parse(parser, part)
    return found[0]


# The part of comments, and the package around it --------------------------------------------------


def _comments_part(package: Package, main: str) -> tuple[str | None, list[int]]:
    """The part of comments that is there, and the identifiers taken."""
    links = package.relationships(main).values()
    part = next((link.target for link in links if link.kind == "comments" and link.target in package), None)
    known: list[int] = []
    if part is not None:

        def start(tag: str, attributes: dict[str, str]) -> None:
            if local_name(tag) == "comment":
                known.extend(
                    int(value)
                    for key, value in attributes.items()
                    if local_name(key) == "id" and value.lstrip("-").isdigit()
                )

        parser = new_parser()
        parser.StartElementHandler = start
        parse(parser, package.xml(part))
    return part, known


def _comment(identifier: int, text: str, author: str, initials: str, moment: datetime | None) -> bytes:
    date = f' w:date="{moment:%Y-%m-%dT%H:%M:%SZ}"' if moment is not None else ""
    paragraphs = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>' for line in text.split("\n")
    )
    return (
        f'<w:comment xmlns:w="{_TRANSITIONAL.decode()}" w:id="{identifier}" w:author="{escape(author)}"{date} '
        f'w:initials="{escape(initials)}">{paragraphs}</w:comment>'
    ).encode()


def _into_package(
    package: Package, main: str, part: str | None, made: Sequence[bytes], replaced: dict[str, bytes]
) -> dict[str, bytes]:
    """Put the comments into their part and link it; return the parts that are new."""
    strict = _STRICT in replaced[main]
    content = b"".join(made)
    if strict:
        content = content.replace(_TRANSITIONAL, _STRICT)
    if part is not None:
        old = package.xml(part)
        replaced[part] = splice(old, [insert_last(old, (_root_at(old), len(old)), content)])
        return {}
    namespace = _STRICT if strict else _TRANSITIONAL
    folder = main.rpartition("/")[0]
    part = _free_name(package, folder)
    added = {part: _HEADER + b'<w:comments xmlns:w="%s">%s</w:comments>' % (namespace, content)}
    types = package.xml("[Content_Types].xml")
    override = f'<Override xmlns="{_CONTENT_TYPES}" PartName="/{part}" ContentType="{_TYPE}"/>'.encode()
    replaced["[Content_Types].xml"] = splice(
        types, [insert_last(types, (_root_at(types), len(types)), override)]
    )
    kind = f"{_STRICT_RELATIONSHIPS if strict else _RELATIONSHIPS}/comments"
    identifier = _free_identifier(package, main)
    link = f'<Relationship xmlns="{_LINKS}" Id="{identifier}" Type="{kind}" Target="/{part}"/>'.encode()
    base = main.rpartition("/")[2]
    rels = f"{folder}/_rels/{base}.rels" if folder else f"_rels/{base}.rels"
    if rels in package:
        old = package.xml(rels)
        replaced[rels] = splice(old, [insert_last(old, (_root_at(old), len(old)), link)])
    else:
        added[rels] = _HEADER + b'<Relationships xmlns="%s">%s</Relationships>' % (_LINKS.encode(), link)
    return added


def _free_name(package: Package, folder: str) -> str:
    stem = f"{folder}/comments" if folder else "comments"
    return next(name for number in range(1000) if (name := f"{stem}{number or ''}.xml") not in package)


def _free_identifier(package: Package, main: str) -> str:
    taken = package.relationships(main)
    return next(name for number in range(1, 100_000) if (name := f"rIdPerfxl{number}") not in taken)
