"""Number formats for edited cells: a copy of the cell's style with another format, everything else kept."""

from __future__ import annotations

from perfxl.workbook.markup import escape, local_name, new_parser, parse
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


class StyleSheet:
    """The styles part of a workbook, to which styles can be added. Raises UnreadableWorkbook for a damaged part."""

    def __init__(self, part: bytes) -> None:
        self._part = part
        self._root_tag: Span = (0, 0)
        self._formats: Span | None = None
        self._codes: dict[int, str] = {}
        self._cell_styles: Span | None = None
        self._styles: list[tuple[Span, int]] = []  # the element and its format's number
        self._new_styles: dict[tuple[int, str], int] = {}
        self._style_elements: list[bytes] = []
        self._format_elements: list[bytes] = []
        self._trace()

    @property
    def changed(self) -> bool:
        """Whether a style was added."""
        return bool(self._style_elements)

    def _trace(self) -> None:
        parser = new_parser()
        starts: list[int] = []
        in_cell_styles = False

        def start(name: str, attributes: dict[str, str]) -> None:
            nonlocal in_cell_styles
            kind = local_name(name)
            if not starts:
                self._root_tag = start_tag(self._part, parser.CurrentByteIndex)
            starts.append(parser.CurrentByteIndex)
            if kind == "cellXfs":
                in_cell_styles = True
            elif kind == "xf" and in_cell_styles:
                self._styles.append(((starts[-1], 0), int(attributes.get("numFmtId", "0"))))
            elif kind == "numFmt":
                self._codes[int(attributes.get("numFmtId", "0"))] = attributes.get("formatCode", GENERAL)

        def end(name: str) -> None:
            nonlocal in_cell_styles
            kind = local_name(name)
            begin = starts.pop()
            if kind not in ("cellXfs", "xf", "numFmts"):
                return
            raw = raw_name(self._part, start_tag(self._part, begin))
            span = (begin, element_end(self._part, parser.CurrentByteIndex, raw))
            if kind == "cellXfs":
                in_cell_styles = False
                self._cell_styles = span
            elif kind == "numFmts" and len(starts) == 1:
                self._formats = span
            elif kind == "xf" and in_cell_styles:
                self._styles[-1] = (span, self._styles[-1][1])

        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parse(parser, self._part)

    def with_format(self, style: int, code: str) -> int:
        """Return a style like the given one but with that number format.

        The given one itself if it has a format of its own already (neither General nor text), or does not exist.
        """
        if not 0 <= style < len(self._styles) or self._cell_styles is None:
            return style
        span, number = self._styles[style]
        if (self._codes.get(number) or BUILTIN_FORMATS.get(number, GENERAL)) not in (GENERAL, TEXT):
            return style
        wanted = (style, code)
        if wanted not in self._new_styles:
            self._style_elements.append(self._copy(span, self._format_number(code)))
            self._new_styles[wanted] = len(self._styles) + len(self._style_elements) - 1
        return self._new_styles[wanted]

    def _format_number(self, code: str) -> int:
        if code in _UNIVERSAL_FORMATS:
            return _UNIVERSAL_FORMATS[code]
        for number, known in self._codes.items():
            if known == code:
                return number
        number = max(_FIRST_OWN_FORMAT, max(self._codes, default=0) + 1)
        self._codes[number] = code
        name = self._prefix() + b"numFmt"
        self._format_elements.append(
            b'<%s numFmtId="%d" formatCode="%s"/>' % (name, number, escape(code).encode())
        )
        return number

    def _prefix(self) -> bytes:
        return raw_name(self._part, self._root_tag).removesuffix(b"styleSheet")

    def _copy(self, span: Span, number: int) -> bytes:
        element = self._part[slice(*span)]
        tag = start_tag(element, 0)
        splices = [set_attribute(element, tag, b"numFmtId", b"%d" % number)]
        splices.append(set_attribute(element, tag, b"applyNumberFormat", b"1"))
        # "Begin with an apostrophe" would keep a figure a text.
        quoted = attribute_span(element, tag, b"quotePrefix")
        if quoted is not None:
            splices.append((quoted, b""))
        return splice(element, splices)

    def content(self) -> bytes:
        """Return the part with the added styles."""
        splices: list[Splice] = []
        if self._style_elements and self._cell_styles is not None:
            splices += self._appended(
                self._cell_styles, self._style_elements, len(self._styles) + len(self._style_elements)
            )
        if self._format_elements and self._formats is not None:
            splices += self._appended(self._formats, self._format_elements, len(self._codes))
        elif self._format_elements:
            name = self._prefix() + b"numFmts"
            block = b'<%s count="%d">%s</%s>' % (
                name,
                len(self._format_elements),
                b"".join(self._format_elements),
                name,
            )
            splices.append(((self._root_tag[1], self._root_tag[1]), block))
        return splice(self._part, splices)

    def _appended(self, parent: Span, elements: list[bytes], count: int) -> list[Splice]:
        tag = start_tag(self._part, parent[0])
        return [
            set_attribute(self._part, tag, b"count", b"%d" % count),
            insert_last(self._part, parent, b"".join(elements)),
        ]
