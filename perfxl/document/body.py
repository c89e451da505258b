"""Reading a part of a Word document: expat over its bytes, each paragraph's pieces with the bytes they stand in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from perfxl.document.model import Child, Paragraph, Table, TextPart, Where
from perfxl.document.tables import OpenTable
from perfxl.workbook.errors import Unreadable, UnreadableWorkbook
from perfxl.workbook.limits import Limits
from perfxl.workbook.markup import new_parser, parse
from perfxl.workbook.splice import Span, element_end, raw_name, start_tag

_WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_MATH = (
    "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "http://purl.oclc.org/ooxml/officeDocument/math",
)
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
# Deleted or moved away by a tracked change, instructions of fields, reading aids above characters, old properties.
_UNSHOWN = frozenset(
    {"del", "moveFrom", "instrText", "delInstrText", "delText", "rt", "pPrChange", "rPrChange", "tblPrChange"}
)
_MARKS = ("del", "moveFrom")
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
_ON = ("1", "true", "on", "")


class _OpenChild:
    """An element directly in a paragraph, while it is read."""

    def __init__(self, at: int, depth: int, start: int, is_run: bool) -> None:
        self.at, self.depth, self.start, self.is_run = at, depth, start, is_run
        self.texts: list[TextPart] = []
        self.properties: Span | None = None


class _OpenParagraph:
    """A paragraph, while it is read."""

    def __init__(self, number: int, where: Where | None, depth: int) -> None:
        self.number, self.where, self.depth = number, where, depth
        self.pieces: list[str] = []
        self.length = 0
        self.level: int | None = None
        self.children: list[Child] = []
        self.child: _OpenChild | None = None

    def add(self, text: str) -> None:
        """Take in what the paragraph shows next."""
        self.pieces.append(text)
        self.length += len(text)


class _Text(NamedTuple):
    """A w:t, while it is read."""

    tag: Span
    start: int


class BodyReader:
    """Reads a part at once; afterwards `paragraphs`, `tables`, `references` (to notes) and `notes` are there.

    `references` gives, for "footnotes" and "endnotes", the number of the paragraph that refers to each note.
    Raises UnreadableWorkbook for a part that is damaged or beyond the limits.
    """

    def __init__(self, part: bytes, limits: Limits, levels: Mapping[str, int]) -> None:
        self.paragraphs: list[Paragraph] = []
        self.tables: list[Table] = []
        self.references: dict[str, dict[str, int]] = {"footnotes": {}, "endnotes": {}}
        self.notes: dict[str, list[Paragraph]] = {}
        self._part, self._limits, self._levels = part, limits, levels
        self._path: list[str] = []
        self._counted = 0
        self._elements = 0
        self._characters = 0
        self._unshown = 0
        self._open: list[_OpenParagraph] = []
        self._open_tables: list[OpenTable] = []
        self._text: _Text | None = None
        self._run: list[bool] = []  # for each open run: whether it is hidden
        self._note = ""
        self._parser = new_parser()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters_of
        parse(self._parser, part)

    # What begins ---------------------------------------------------------------------------------------------------

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        namespace, _, local = tag.rpartition(" ")
        word = namespace in _WORD
        name = local if word else f"m:{local}" if namespace in _MATH else f"?{local}"
        self._path.append(name)
        self._elements += 1
        if self._elements > self._limits.elements:
            raise UnreadableWorkbook(Unreadable.TOO_LARGE, "elements")
        if self._unshown or self._hides(namespace, local, word):
            self._unshown += 1
            return
        if self._open:
            self._within_paragraph(name)
        if word:
            self._start_word(local, {key.rpartition(" ")[2]: value for key, value in attributes.items()})
        elif name == "m:t" and self._open:
            self._begin_text()

    def _hides(self, namespace: str, local: str, word: bool) -> bool:
        if word:
            # <w:del/> in the properties of a paragraph mark is no content.
            return local in _UNSHOWN and not (local in _MARKS and "rPr" in self._path[:-1])
        return namespace == _COMPATIBILITY and local == "Fallback"

    def _within_paragraph(self, name: str) -> None:
        paragraph, at = self._open[-1], self._parser.CurrentByteIndex
        if len(self._path) == paragraph.depth + 1 and name != "pPr":
            paragraph.child = _OpenChild(at, len(self._path), paragraph.length, name == "r")
        elif name == "rPr" and paragraph.child is not None and len(self._path) == paragraph.child.depth + 1:
            paragraph.child.properties = (at, at)

    def _start_word(self, local: str, values: Mapping[str, str]) -> None:
        if local == "p":
            self._begin_paragraph()
        elif local == "tbl":
            self._open_tables.append(OpenTable(self._counted))
        elif local in ("footnote", "endnote") and not self._open:
            self._note = values.get("id", "")
        elif self._open_tables and not self._open and self._open_tables[-1].takes(local, values):
            return
        elif self._open:
            self._start_in_paragraph(local, values)

    def _start_in_paragraph(self, local: str, values: Mapping[str, str]) -> None:
        paragraph = self._open[-1]
        if local == "r":
            self._run.append(False)
        elif local == "vanish" and self._run and values.get("val", "") in _ON and self._path[-2] == "rPr":
            self._run[-1] = True
        elif local == "t":
            self._begin_text()
        elif local in _SIGNS and self._path[-2] == "r" and values.get("type") not in ("page", "column"):
            self._show(_SIGNS[local])
        elif local in ("footnoteReference", "endnoteReference"):
            notes = self.references["footnotes" if local.startswith("foot") else "endnotes"]
            notes.setdefault(values.get("id", ""), max(paragraph.number, 1))
        elif local == "pStyle":
            paragraph.level = self._levels.get(values.get("val", ""), paragraph.level)
        elif local == "outlineLvl" and values.get("val", "").isdigit() and int(values["val"]) < 9:
            paragraph.level = int(values["val"])

    def _begin_paragraph(self) -> None:
        parent = self._path[-2] if len(self._path) > 1 else ""
        where: Where | None = Where.CONTROL
        if self._open and "txbxContent" in self._path:
            where = Where.TEXT_BOX
        elif self._open_tables:
            where = None  # its text goes into the cell
        elif self._note:
            where = Where.NOTE
        elif parent == "body":
            where = Where.BODY
            self._counted += 1
        number = self._open[0].number if self._open else max(self._counted, 1)
        self._open.append(_OpenParagraph(number, where, len(self._path)))

    def _begin_text(self) -> None:
        tag = start_tag(self._part, self._parser.CurrentByteIndex)
        self._text = _Text(tag, self._open[-1].length)

    def _characters_of(self, text: str) -> None:
        if self._text is not None and not self._unshown and self._open:
            self._show(text)

    def _show(self, text: str) -> None:
        if self._run and self._run[-1]:
            return
        self._characters += len(text)
        if self._characters > self._limits.text:
            raise UnreadableWorkbook(Unreadable.TOO_LARGE, "text")
        self._open[-1].add(text)

    # What ends -----------------------------------------------------------------------------------------------------

    def _end(self, _: str) -> None:
        name = self._path.pop()
        if self._unshown:
            self._unshown -= 1
            return
        if name in ("t", "m:t") and self._text is not None:
            self._end_text()
        elif name == "r" and self._run and self._open:
            self._run.pop()
        elif name == "rPr" and self._open:
            self._end_run_properties()
        if self._open and self._open[-1].child is not None:
            self._end_child()
        if name == "p" and self._open and len(self._path) == self._open[-1].depth - 1:
            self._end_paragraph()
        elif name == "tbl" and self._open_tables:
            self._end_table()
        elif name in ("footnote", "endnote"):
            self._note = ""
        elif self._open_tables and not self._open:
            self._open_tables[-1].ends(name)

    def _end_text(self) -> None:
        assert self._text is not None
        paragraph, child = self._open[-1], self._open[-1].child
        content = self._text.tag[1], self._parser.CurrentByteIndex
        shown = child is not None and child.is_run and paragraph.length > self._text.start
        # Reading character references one by one is possible, markup within the text is not.
        if child is not None and shown and b"<" not in self._part[slice(*content)]:
            child.texts.append(TextPart(self._text.start, paragraph.length, self._text.tag, content))
        self._text = None

    def _end_run_properties(self) -> None:
        child = self._open[-1].child
        if child is not None and child.properties is not None and len(self._path) == child.depth:
            start = child.properties[0]
            name = raw_name(self._part, start_tag(self._part, start))
            child.properties = (start, element_end(self._part, self._parser.CurrentByteIndex, name))

    def _end_child(self) -> None:
        paragraph = self._open[-1]
        child = paragraph.child
        assert child is not None
        if len(self._path) != child.depth - 1:
            return
        name = raw_name(self._part, start_tag(self._part, child.at))
        end = element_end(self._part, self._parser.CurrentByteIndex, name)
        paragraph.children.append(
            Child(child.start, paragraph.length, (child.at, end), tuple(child.texts), child.properties)
        )
        paragraph.child = None

    def _end_paragraph(self) -> None:
        ended = self._open.pop()
        text = "".join(ended.pieces)
        if ended.where is None:
            self._open_tables[-1].add_text(text)
            return
        done = Paragraph(ended.number, text, ended.where, ended.level, tuple(ended.children))
        if ended.where is Where.NOTE:
            self.notes.setdefault(self._note, []).append(done)
        else:
            self.paragraphs.append(done)

    def _end_table(self) -> None:
        done = self._open_tables.pop()
        if self._open_tables:  # a table within a cell: what it says belongs to the cell
            self._open_tables[-1].add_text("\n".join(done.texts.values()))
        else:
            self.tables.append(done.closed(self._limits))
