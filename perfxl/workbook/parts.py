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
    listed: list[tuple[str, str, bool]] = []
    texts: dict[str, dict[str, str]] = {}
    naming: list[tuple[str, str]] = []
    heard: list[str] = []
    on_load: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        kind = local_name(tag)
        if kind == "calcPr":
            on_load.append(attributes.get("fullCalcOnLoad", "0"))
        if kind == "definedName" and "localSheetId" in attributes:
            naming[:] = [(attributes["localSheetId"], attributes.get("name", ""))]
            heard.clear()
        if kind != "sheet":
            return
        identifier = next((value for name, value in attributes.items() if name.endswith(" id")), "")
        listed.append(
            (unescape(attributes.get("name", "")), identifier, attributes.get("state", "visible") in _HIDDEN)
        )

    def end(tag: str) -> None:
        if naming and local_name(tag) == "definedName":
            sheet, name = naming.pop()
            text = "".join(heard)
            if len(text) <= _LONGEST_TEXT + 2 and text[:1] == text[-1:] == '"' != text:
                texts.setdefault(sheet, {})[name] = unescape(text[1:-1].replace('""', '"'))

    def hear(text: str) -> None:
        if naming:
            heard.append(text)

    parser = new_parser()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = hear
    parse(parser, package.xml(workbook))
    if len(listed) > package.limits.sheets:
        raise UnreadableWorkbook(Unreadable.TOO_LARGE, f"{len(listed)} sheets")
    sheets = tuple(
        SheetPart(name, links[identifier].target, hidden, texts.get(str(number), MappingProxyType({})))
        for number, (name, identifier, hidden) in enumerate(listed)
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
    return WorkbookParts(workbook, sheets, strings, styles, chain, on_load[:1] in (["1"], ["true"]))


def _present(package: Package, name: str | None) -> str | None:
    return name if name is not None and name in package else None
