"""XML parsing for workbook parts: expat with document types refused, any encoding turned into UTF-8 first."""

from __future__ import annotations

import re
from contextlib import suppress
from xml.parsers import expat

from perfxl.workbook.errors import Unreadable, UnreadableWorkbook

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
"""How the parts that we write begin."""

_DECLARATION = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
_DECLARED = re.compile(r"^(\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"'])[A-Za-z0-9._-]+")
_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
)
# An allow-list: some of Python's codecs (punycode) take quadratic time on hostile input.
_CODECS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5",
    "iso-8859-1": "latin-1",
    "windows-1252": "cp1252",
}
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
# A carriage return is legal, but every parser turns a bare one into a line feed.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def as_utf8(part: bytes) -> bytes:
    """Return the part encoded in UTF-8, with its declaration saying so; the very bytes if it already is.

    Raises UnreadableWorkbook for an encoding that no spreadsheet program writes.
    """
    codec = next((name for mark, name in _MARKS if part.startswith(mark)), None)
    if codec is None:
        declared = _DECLARATION.match(part)
        name = declared.group(1).decode("ascii").lower() if declared else "utf-8"
        if name in ("utf-8", "us-ascii"):
            return part
        codec = _CODECS.get(name)
        if codec is None:
            raise UnreadableWorkbook(Unreadable.DAMAGED, f"encoding {name}")
    try:
        text = part.decode(codec)
    except UnicodeDecodeError as error:
        raise UnreadableWorkbook(Unreadable.DAMAGED, str(error)) from error
    return _DECLARED.sub(r"\g<1>UTF-8", text.removeprefix("\ufeff")).encode("utf-8", "surrogatepass")


def new_parser() -> expat.XMLParserType:
    """Return a parser for UTF-8 bytes that reports names as "namespace local" and refuses document types."""
    # The encoding given here outranks the declaration: a part that says UTF-16 may hold UTF-8 after `as_utf8`.
    parser = expat.ParserCreate("utf-8", " ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    return parser


def parse(parser: expat.XMLParserType, part: bytes) -> None:
    """Run the parser over a whole part; UnreadableWorkbook if it is not well-formed."""
    try:
        parser.Parse(part, True)
    except expat.ExpatError as error:
        raise UnreadableWorkbook(Unreadable.DAMAGED, str(error)) from error


def character_data(element: bytes) -> str:
    """Return the character data of one element cut out of a part."""
    heard: list[str] = []
    parser = expat.ParserCreate("utf-8")  # prefixes declared further up are none of its business
    parser.CharacterDataHandler = heard.append
    parse(parser, element)
    return "".join(heard)


class _RootSeen(Exception):
    """Raised to end a parse at the first element."""


def root_name(part: bytes) -> str:
    """Return the name of a part's root element, without its namespace."""
    found: list[str] = []

    def start(name: str, _: dict[str, str]) -> None:
        found.append(local_name(name))
        raise _RootSeen

    parser = new_parser()
    parser.StartElementHandler = start
    with suppress(_RootSeen):
        parse(parser, part)
    return found[0]


def _refuse_doctype(*_: object) -> None:
    raise UnreadableWorkbook(Unreadable.FORBIDDEN_MARKUP)


def local_name(name: str) -> str:
    """Return the name without its namespace: "http://… row" -> "row"."""
    return name.rpartition(" ")[2]


def unescape(text: str) -> str:
    """Undo the escape for characters XML cannot carry: "_x000D_" is a carriage return (ECMA-376 part 1, 22.9.2.19)."""
    if "_x" not in text:
        return text
    unescaped = _ESCAPE.sub(lambda match: chr(int(match.group(1), 16)), text)
    if _SURROGATE.search(unescaped):  # two halves are a sign; one is none that any file could hold
        unescaped = unescaped.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return unescaped


def is_writable(text: str) -> bool:
    """Return whether XML can carry a text as it is: it has no control characters, lone surrogates or the like."""
    return _NOT_IN_XML.search(text) is None


def escape(text: str) -> str:
    """Return a writable text as the content of an element, or of an attribute between double quotes."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def escape_text(text: str) -> str:
    """Return any text as the content of an element: what XML cannot carry, and what looks so, as _xHHHH_."""
    escaped = _LOOKS_ESCAPED.sub("_x005F_", text)
    return escape(_NOT_IN_XML.sub(lambda match: f"_x{ord(match.group()):04X}_", escaped))
