"""Which part of a package holds what: the workbook, its sheets in order, strings, styles, the calculation chain."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from perfxl.workbook.errors import Unreadable, UnreadableWorkbook
from perfxl.workbook.markup import local_name, new_parser, parse, unescape
from perfxl.workbook.package import Package

_HIDDEN = frozenset({"hidden", "veryHidden"})
_LONGEST_TEXT = 255
"""Excel keeps no longer text behind a name."""


class SheetPart(NamedTuple):
    """One worksheet: its name as shown on the tab, and the part that holds its cells."""

    name: str
    part: str
    hidden: bool
    texts: Mapping[str, str] = MappingProxyType({})
    """Names defined for the sheet that stand for a text."""


class WorkbookParts(NamedTuple):
    """The parts a workbook consists of; None where it has no such part. Chart, dialog and macro sheets are left out."""

    workbook: str
    sheets: tuple[SheetPart, ...]
    shared_strings: str | None
    styles: str | None
    calculation_chain: str | None
    recalculated: bool = False
    """Whether Excel computes every formula anew when it opens the file (fullCalcOnLoad)."""


def main_part(package: Package) -> str | None:
    """Return the part the package is about (the workbook, or the document of another format), None if it names none."""
    for link in package.relationships("").values():
        if link.kind == "officeDocument" and not link.external and link.target in package:
            return link.target
    return "xl/workbook.xml" if "xl/workbook.xml" in package else None


def find_parts(package: Package, workbook: str) -> WorkbookParts:
    """Return the parts of the workbook whose main part is given; UnreadableWorkbook if it has no worksheet."""
    links = package.relationships(workbook)
    told = _Told(package.xml(workbook))
    if len(told.sheets) > package.limits.sheets:
        raise UnreadableWorkbook(Unreadable.TOO_LARGE, f"{len(told.sheets)} sheets")
    sheets = tuple(
        SheetPart(name, links[identifier].target, hidden, told.texts.get(str(number), MappingProxyType({})))
        for number, (name, identifier, hidden) in enumerate(told.sheets)
        if identifier in links and links[identifier].kind == "worksheet"
    )
    if not sheets:
        raise UnreadableWorkbook(Unreadable.NO_SHEET)
    if len({sheet.part for sheet in sheets}) < len(sheets):
        raise UnreadableWorkbook(Unreadable.DAMAGED, "two sheets in one part")
    first = {link.kind: link.target for link in reversed(links.values()) if not link.external}
    strings, styles, chain = (
        _present(package, first.get(kind)) for kind in ("sharedStrings", "styles", "calcChain")
    )
    return WorkbookParts(workbook, sheets, strings, styles, chain, told.recalculated)


class _Told:
    """What the main part tells: its sheets, the names that stand for a text, whether all is computed on opening."""

    def __init__(self, xml: bytes) -> None:
        self.sheets: list[tuple[str, str, bool]] = []  # name, relationship, whether it is hidden
        self.texts: dict[str, dict[str, str]] = {}  # by the number of the sheet for which a name is defined
        self.recalculated = False
        self._named: tuple[str, str] | None = None  # the name that is being read: sheet, name
        self._heard: list[str] = []
        parser = new_parser()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._hear
        parse(parser, xml)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        kind = local_name(tag)
        if kind == "calcPr":
            self.recalculated = attributes.get("fullCalcOnLoad") in ("1", "true")
        elif kind == "definedName" and "localSheetId" in attributes:
            self._named = attributes["localSheetId"], attributes.get("name", "")
            self._heard.clear()
        elif kind == "sheet":
            identifier = next((value for name, value in attributes.items() if name.endswith(" id")), "")
            hidden = attributes.get("state", "visible") in _HIDDEN
            self.sheets.append((unescape(attributes.get("name", "")), identifier, hidden))

    def _end(self, tag: str) -> None:
        if self._named is None or local_name(tag) != "definedName":
            return
        (sheet, name), self._named = self._named, None
        text = "".join(self._heard)
        if len(text) <= _LONGEST_TEXT + 2 and text[:1] == text[-1:] == '"' != text:
            self.texts.setdefault(sheet, {})[name] = unescape(text[1:-1].replace('""', '"'))

    def _hear(self, text: str) -> None:
        if self._named is not None:
            self._heard.append(text)


def _present(package: Package, name: str | None) -> str | None:
    return name if name is not None and name in package else None
