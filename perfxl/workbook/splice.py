"""Cutting and splicing of XML in bytes, at the offsets that the parser reports: the only way a part is changed.

A span is (first byte, byte after the last), counted from the beginning of the part in UTF-8.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from perfxl.workbook.errors import Unreadable, UnreadableWorkbook

Span = tuple[int, int]
Splice = tuple[Span, bytes]
"""The span that goes, and the bytes that come in its place; an empty span inserts."""

_START_TAG = re.compile(rb"<[^\s/>]+(?:\s+[^\s=]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*\s*/?>")
_NOT_MARKUP = re.compile(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>", re.DOTALL)
_AFTER_NAME = (b">", b" ", b"\t", b"\r", b"\n")


def splice(content: bytes, splices: Iterable[Splice]) -> bytes:
    """Return the content with all splices made, offsets counted in the original.

    Insertions at one offset stand in the order given. ValueError if two splices overlap.
    """
    pieces: list[bytes] = []
    at = 0
    for (start, end), replacement in sorted(splices, key=lambda item: item[0]):
        if start < at:
            raise ValueError(f"splices overlap at {start}")
        pieces += (content[at:start], replacement)
        at = end
    pieces.append(content[at:])
    return b"".join(pieces)


def start_tag(part: bytes, at: int) -> Span:
    """Return the span of the start tag, or empty element, that begins at an offset."""
    match = _START_TAG.match(part, at)
    if match is None:
        raise UnreadableWorkbook(Unreadable.DAMAGED, f"no tag at {at}")
    return match.span()


def is_empty_element(part: bytes, tag: Span) -> bool:
    """Return whether a start tag is an empty element, `<c/>`."""
    return part[tag[1] - 2 : tag[1]] == b"/>"


def element_end(part: bytes, at: int, name: bytes) -> int:
    """Return where an element ends, given its name as written and the parser's offset as its end is reported.

    That offset is its end tag, or, for an empty element, the byte after it: perhaps the end tag of its parent.
    """
    closing = b"</" + name
    if part.startswith(closing, at) and part.startswith(_AFTER_NAME, at + len(closing)):
        return part.index(b">", at) + 1
    return at


def only_markup(part: bytes) -> bytes:
    """Return the part with comments, CDATA sections and instructions blanked out, byte for byte: a tag is a tag."""
    return _NOT_MARKUP.sub(lambda match: b" " * len(match.group()), part)


def closing_end(part: bytes, name: bytes, at: int) -> int:
    """Return the byte after the first end tag of a name, as written, behind an offset.

    The part must hold no comment, CDATA section or instruction in which such a tag might stand.
    """
    mark = b"</" + name
    while True:
        at = part.find(mark, at)
        if at < 0:
            raise UnreadableWorkbook(Unreadable.DAMAGED, f"no end of {name.decode('utf-8', 'replace')}")
        at += len(mark)
        if part.startswith(_AFTER_NAME, at):
            return part.index(b">", at) + 1


def raw_name(part: bytes, tag: Span) -> bytes:
    """Return the name of a start tag as written, prefix included."""
    return re.split(rb"[\s/>]", part[tag[0] + 1 : tag[1]], maxsplit=1)[0]


def attribute_span(part: bytes, tag: Span, name: bytes) -> Span | None:
    """Return the span of an attribute of a start tag, the white space before it included; None if it has none."""
    pattern = rb"\s+" + re.escape(name) + rb"\s*=\s*(?:\"[^\"]*\"|'[^']*')"
    match = re.compile(pattern).search(part, *tag)
    return match.span() if match else None


def set_attribute(part: bytes, tag: Span, name: bytes, value: bytes) -> Splice:
    """Return the splice that sets an attribute of a start tag to a value that needs no escaping any more."""
    addition = b" " + name + b'="' + value + b'"'
    present = attribute_span(part, tag, name)
    if present is not None:
        return present, addition
    end = tag[1] - (2 if is_empty_element(part, tag) else 1)
    return (end, end), addition


def insert_last(part: bytes, element: Span, content: bytes) -> Splice:
    """Return the splice that puts content at the end of an element, opening it if it is an empty one."""
    tag = start_tag(part, element[0])
    if is_empty_element(part, tag):
        return (tag[1] - 2, tag[1]), b">" + content + b"</" + raw_name(part, tag) + b">"
    at = part.rindex(b"</", *element)
    return (at, at), content
