"""Styles added to a workbook: copies of a cell's style with another format or fill, and styles of our own."""

from __future__ import annotations

from typing import NamedTuple

from perfxl.workbook.fills import NO_FILL, Colour, Fill
from perfxl.workbook.markup import DECLARATION, escape, local_name, new_parser, parse
from perfxl.workbook.splice import (
    Span,
    Splice,
    attribute_span,
    element_end,
    insert_last,
    raw_name,
    set_attribute,
    splice,
    start_tag,
)
from perfxl.workbook.styles import BUILTIN_FORMATS, GENERAL, TEXT

_FIRST_OWN_FORMAT = 164
# Builtin numbers that mean the same in every language of Excel.
_UNIVERSAL_FORMATS = {BUILTIN_FORMATS[number]: number for number in (1, 2, 3, 4, 9, 10, 11, 12, 13, 49)}
# The tables of a styles part in the order of the schema (ECMA-376 part 1, 18.8.39), and what must stand in a new one.
_TABLES = {
    "numFmts": b"",
    "fonts": b"<{0}font/>",
    "fills": b'<{0}fill><{0}patternFill patternType="none"/></{0}fill>'
    b'<{0}fill><{0}patternFill patternType="gray125"/></{0}fill>',
    "borders": b"<{0}border/>",
    "cellStyleXfs": b'<{0}xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>',
    "cellXfs": b'<{0}xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>',
}
_FIRST = {"numFmts": 0, "fills": 2}

_EDGES = "".join(
    f'<{{0}}{edge} style="thin"><{{0}}color rgb="FFBFBFBF"/></{{0}}{edge}>'
    for edge in ("left", "right", "top", "bottom")
)
_BORDER = f"<{{0}}border>{_EDGES}<{{0}}diagonal/></{{0}}border>"


class Look(NamedTuple):
    """A style of our own: font (size in points), fill, thin borders, placing and protection of a cell."""

    bold: bool = False
    size: int = 10
    colour: str = ""  # of the letters, "FF1F4E79"
    underlined: bool = False
    fill: Fill = NO_FILL
    bordered: bool = False
    centred: bool = False
    locked: bool = True


class _Table:
    """One table of the part: where it stands, its elements, and what is to be added."""

    def __init__(self) -> None:
        self.span: Span | None = None
        self.elements: list[Span] = []
        self.new: list[bytes] = []
        self.indices: dict[bytes, int] = {}

    def add(self, element: bytes, first: int) -> int:
        """Add an element, once; return its index. A new table begins with `first` elements of its own."""
        if element not in self.indices:
            self.new.append(element)
            self.indices[element] = (len(self.elements) if self.span else first) + len(self.new) - 1
        return self.indices[element]


class StyleSheet:
    """The styles part of a workbook, to which styles can be added. Raises UnreadableWorkbook for a damaged part."""

    def __init__(self, part: bytes) -> None:
        self._part = part
        self._root_tag: Span = (0, 0)
        self._tables = {name: _Table() for name in _TABLES}
        self._codes: dict[int, str] = {}
        self._styles: list[tuple[int, int]] = []  # the numbers of format and fill of each cell style
        self._fills: list[Fill] = []
        self._trace()

    @property
    def changed(self) -> bool:
        """Whether a style was added."""
        return any(table.new for table in self._tables.values())

    def _trace(self) -> None:
        parser = new_parser()
        opened: list[tuple[str, int]] = []
        pattern: list[str] = []
        colours: dict[str, Colour] = {}

        def start(name: str, attributes: dict[str, str]) -> None:
            kind, at = local_name(name), parser.CurrentByteIndex
            if not opened:
                self._root_tag = start_tag(self._part, at)
            opened.append((kind, at))
            if len(opened) == 3 and opened[1][0] == "cellXfs":
                self._styles.append(
                    (int(attributes.get("numFmtId", "0")), int(attributes.get("fillId", "0")))
                )
            elif len(opened) == 3 and kind == "numFmt":
                self._codes[int(attributes.get("numFmtId", "0"))] = attributes.get("formatCode", GENERAL)
            elif len(opened) == 4 and kind == "patternFill" and opened[1][0] == "fills":
                pattern.append(attributes.get("patternType", "none"))
            elif len(opened) == 5 and pattern:
                colours[kind] = tuple(attributes.items())

        def end(name: str) -> None:
            kind, begin = opened.pop()
            if len(opened) not in (1, 2) or (opened[-1][0] if len(opened) == 2 else kind) not in self._tables:
                return
            raw = raw_name(self._part, start_tag(self._part, begin))
            span = (begin, element_end(self._part, parser.CurrentByteIndex, raw))
            if len(opened) == 2:
                self._tables[opened[1][0]].elements.append(span)
            else:
                self._tables[kind].span = span
            if len(opened) == 2 and opened[1][0] == "fills":
                front, back = colours.get("fgColor", ()), colours.get("bgColor", ())
                self._fills.append(Fill(pattern[0], front, back) if pattern else NO_FILL)
                pattern.clear()
                colours.clear()

        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parse(parser, self._part)

    # Copies of a cell's style

    def with_format(self, style: int, code: str) -> int:
        """Return a style like the given one but with that number format.

        The given one itself if it has a format of its own already (neither General nor text), or does not exist.
        """
        if not 0 <= style < len(self._styles):
            return style
        number = self._styles[style][0]
        if (self._codes.get(number) or BUILTIN_FORMATS.get(number, GENERAL)) not in (GENERAL, TEXT):
            return style
        element = self._with(style, numFmtId=self._format_number(code), applyNumberFormat=1)
        # "Begin with an apostrophe" would keep a figure a text.
        quoted = attribute_span(element, start_tag(element, 0), b"quotePrefix")
        return self._add("cellXfs", element if quoted is None else splice(element, [(quoted, b"")]))

    def with_fill(self, style: int, fill: Fill) -> int:
        """Return a style like the given one but with that fill; a style that does not exist counts as the plain one."""
        number = self._add("fills", fill.xml(self._prefix())) if fill != NO_FILL else 0
        return self._add("cellXfs", self._with(style, fillId=number, applyFill=1))

    def fill(self, style: int) -> Fill:
        """Return the fill of a style."""
        number = self._styles[style][1] if 0 <= style < len(self._styles) else 0
        return self._fills[number] if 0 <= number < len(self._fills) else NO_FILL

    def _with(self, style: int, **attributes: int) -> bytes:
        """Return the element of a style with attributes set."""
        cells = self._tables["cellXfs"].elements
        if 0 <= style < len(cells):
            element = self._part[slice(*cells[style])]
        else:
            element = _TABLES["cellXfs"].replace(b"{0}", self._prefix())
        tag = start_tag(element, 0)
        return splice(
            element,
            [set_attribute(element, tag, name.encode(), b"%d" % value) for name, value in attributes.items()],
        )

    def _format_number(self, code: str) -> int:
        if code in _UNIVERSAL_FORMATS:
            return _UNIVERSAL_FORMATS[code]
        for number, known in self._codes.items():
            if known == code:
                return number
        number = max(_FIRST_OWN_FORMAT, max(self._codes, default=0) + 1)
        self._codes[number] = code
        self._add("numFmts", self._own(f'<{{0}}numFmt numFmtId="{number}" formatCode="{escape(code)}"/>'))
        return number

    # Styles of our own

    def add(self, look: Look) -> int:
        """Return a style that looks so."""
        letters = "".join(
            (
                "<{0}b/>" if look.bold else "",
                "<{0}u/>" if look.underlined else "",
                f'<{{0}}sz val="{look.size}"/>',
                f'<{{0}}color rgb="{look.colour}"/>' if look.colour else "",
                '<{0}name val="宋体"/>',
            )
        )
        font = self._add("fonts", self._own(f"<{{0}}font>{letters}</{{0}}font>"))
        fill = self._add("fills", look.fill.xml(self._prefix())) if look.fill != NO_FILL else 0
        border = self._add("borders", self._own(_BORDER)) if look.bordered else 0
        across = ' horizontal="center"' if look.centred else ""
        placing = f'<{{0}}alignment{across} vertical="center" wrapText="1"/>'
        protection = "" if look.locked else '<{0}protection locked="0"/>'
        return self._add(
            "cellXfs",
            self._own(
                f'<{{0}}xf numFmtId="0" fontId="{font}" fillId="{fill}" borderId="{border}" xfId="0" '
                'applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1" applyProtection="1">'
                f"{placing}{protection}</{{0}}xf>"
            ),
        )

    def _own(self, text: str) -> bytes:
        return text.encode("utf-8").replace(b"{0}", self._prefix())

    def _add(self, table: str, element: bytes) -> int:
        return self._tables[table].add(element, _FIRST.get(table, 1))

    def _prefix(self) -> bytes:
        return raw_name(self._part, self._root_tag).removesuffix(b"styleSheet")

    def content(self) -> bytes:
        """Return the part with the added styles."""
        splices: list[Splice] = []
        at = self._root_tag[1]
        for name, table in self._tables.items():
            if table.span is not None:
                at = table.span[1]
                if table.new:
                    splices += self._appended(table.span, table)
            elif table.new:
                splices.append(((at, at), self._new_table(name, table)))
        return splice(self._part, splices)

    def _appended(self, parent: Span, table: _Table) -> list[Splice]:
        tag = start_tag(self._part, parent[0])
        count = len(table.elements) + len(table.new)
        return [
            set_attribute(self._part, tag, b"count", b"%d" % count),
            insert_last(self._part, parent, b"".join(table.new)),
        ]

    def _new_table(self, kind: str, table: _Table) -> bytes:
        prefix = self._prefix()
        name = prefix + kind.encode()
        count = _FIRST.get(kind, 1) + len(table.new)
        content = _TABLES[kind].replace(b"{0}", prefix) + b"".join(table.new)
        return b'<%s count="%d">%s</%s>' % (name, count, content, name)


def plain_styles(space: str) -> bytes:
    """Return the styles part of a workbook that has none, in the workbook's own namespace."""
    tables = "".join(
        f'<{name} count="{_FIRST.get(name, 1)}">{content.decode().replace("{0}", "")}</{name}>'
        for name, content in _TABLES.items()
        if content
    )
    return f'{DECLARATION}<styleSheet xmlns="{space}">{tables}</styleSheet>'.encode()
