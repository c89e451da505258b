"""What names the parts of a workbook, with one more part named: content types, relationships, the list of sheets.

Each function takes a part (UTF-8) and returns it spliced; prefixes and namespaces are those it has.
"""

from __future__ import annotations

from collections.abc import Mapping

from perfxl.workbook.errors import Unreadable, UnreadableWorkbook
from perfxl.workbook.markup import escape, local_name, new_parser, parse, unescape
from perfxl.workbook.splice import (
    Span,
    Splice,
    element_end,
    insert_last,
    raw_name,
    splice,
    start_tag,
)

# What may come before definedNames within the workbook element (ECMA-376 part 1, 18.2.27).
_BEFORE_NAMES = frozenset({"sheets", "functionGroups", "externalReferences"})


def with_content_type(part: bytes, name: str, content_type: str) -> bytes:
    """Return [Content_Types].xml with the type of one more part."""
    return _with_last(part, "Types", "Override", {"PartName": f"/{name}", "ContentType": content_type})


def with_relationship(part: bytes, identifier: str, kind: str, target: str) -> bytes:
    """Return a relationships part with one more relationship; `kind` is the whole address of its type."""
    return _with_last(
        part, "Relationships", "Relationship", {"Id": identifier, "Type": kind, "Target": target}
    )


def relationship_type(part: bytes, kind: str) -> str | None:
    """Return the whole address of a type of relationship, given its last word, as the part writes it."""
    found: list[str] = []

    def start(_: str, attributes: dict[str, str]) -> None:
        if attributes.get("Type", "").rpartition("/")[2] == kind:
            found.append(attributes["Type"])

    parser = new_parser()
    parser.StartElementHandler = start
    parse(parser, part)
    return found[0] if found else None


def _with_last(part: bytes, root: str, element: str, attributes: Mapping[str, str]) -> bytes:
    """Return a part with one more element at the end of its root, whose name is known."""
    begins: list[int] = []

    def start(_: str, __: dict[str, str]) -> None:
        if not begins:
            begins.append(parser.CurrentByteIndex)

    parser = new_parser()
    parser.StartElementHandler = start
    parse(parser, part)
    prefix = raw_name(part, start_tag(part, begins[0])).removesuffix(root.encode())
    texts = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
    end = part.rindex(b">") + 1
    return splice(
        part, [insert_last(part, (begins[0], end), b"<%s%s%s/>" % (prefix, element.encode(), texts.encode()))]
    )


class SheetList:
    """The workbook part: its sheets and defined names, to which one sheet's can be added."""

    def __init__(self, part: bytes) -> None:
        self._part = part
        self.space = ""
        self.names: list[str] = []
        self._prefix = b""
        self._identifiers = [0]
        self._links = ""  # the namespace of relationships
        self._sheets: Span | None = None
        self._defined: Span | None = None
        self._own: list[tuple[str, str, Span]] = []  # name, number of the sheet, element
        self._after = 0
        self._trace()

    def _trace(self) -> None:
        part, parser = self._part, new_parser()
        opened: list[tuple[str, int, dict[str, str]]] = []

        def start(name: str, attributes: dict[str, str]) -> None:
            at = parser.CurrentByteIndex
            if not opened:
                self.space = name.rpartition(" ")[0]
                self._prefix = raw_name(part, start_tag(part, at)).removesuffix(b"workbook")
            opened.append((local_name(name), at, attributes))
            if local_name(name) == "sheet" and len(opened) == 3:
                self.names.append(unescape(attributes.get("name", "")))
                self._identifiers.append(int(attributes.get("sheetId", "0")))
                spaces = (key.removesuffix(" id") for key in attributes if key.endswith(" id"))
                self._links = next(spaces, self._links)

        def end(_: str) -> None:
            kind, begin, attributes = opened.pop()
            if len(opened) not in (1, 2):
                return
            span = (
                begin,
                element_end(part, parser.CurrentByteIndex, raw_name(part, start_tag(part, begin))),
            )
            if len(opened) == 1 and kind in _BEFORE_NAMES:
                self._after = span[1]
            if len(opened) == 1 and kind == "sheets":
                self._sheets = span
            elif len(opened) == 1 and kind == "definedNames":
                self._defined = span
            elif kind == "definedName" and "localSheetId" in attributes:
                self._own.append((attributes.get("name", ""), attributes["localSheetId"], span))

        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parse(parser, part)

    def with_sheet(self, name: str, link: str | None, defined: Mapping[str, str]) -> bytes:
        """Return the part with a sheet's entry and its defined names.

        `link` identifies the relationship of a new sheet; None where a sheet of that name is listed already, whose
        defined names of the same kind give way.
        """
        splices: list[Splice] = []
        if self._sheets is None or (link is not None and not self._links):
            raise UnreadableWorkbook(Unreadable.DAMAGED, "workbook part without sheets")
        if link is not None:
            # The prefix is declared here: some writers declare theirs in each sheet's own element.
            entry = (
                f'<{{0}}sheet name="{escape(name)}" sheetId="{max(self._identifiers) + 1}" '
                f'xmlns:r="{self._links}" r:id="{link}"/>'
            )
            splices.append(insert_last(self._part, self._sheets, self._prefixed(entry)))
        number = str(self.names.index(name) if link is None else len(self.names))
        splices += [(span, b"") for kind, own, span in self._own if own == number and kind in defined]
        hidden = {"_xlnm._FilterDatabase": ' hidden="1"'}
        entries = "".join(
            f'<{{0}}definedName name="{kind}" localSheetId="{number}"{hidden.get(kind, "")}>'
            f"{escape(text)}</{{0}}definedName>"
            for kind, text in defined.items()
        )
        content = self._prefixed(entries)
        if self._defined is not None:
            splices.append(insert_last(self._part, self._defined, content))
        else:
            block = self._prefix + b"definedNames"
            splices.append(((self._after, self._after), b"<%s>%s</%s>" % (block, content, block)))
        return splice(self._part, splices)

    def _prefixed(self, text: str) -> bytes:
        return text.encode("utf-8").replace(b"{0}", self._prefix)
