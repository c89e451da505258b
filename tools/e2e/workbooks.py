"""What became of a workbook, seen without the program's own code: members byte by byte, cells by their XML."""

from __future__ import annotations

import posixpath
import zipfile
from pathlib import Path
from xml.etree import ElementTree

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

# Written anew when formulas change: the chain of calculation goes, and its mention with it; calculation is asked for.
_ABOUT_CALCULATION = {
    "xl/workbook.xml",
    "xl/calcChain.xml",
    "xl/_rels/workbook.xml.rels",
    "[Content_Types].xml",
}

Cell = tuple[str, str]
"""Sheet name and address."""


def members_changed(before: Path, after: Path) -> set[str]:
    """Return the names of members that differ, those about calculation left out; order is compared too."""
    one, other = _members(before), _members(after)
    names = [name for name in one if name not in _ABOUT_CALCULATION]
    if names != [name for name in other if name not in _ABOUT_CALCULATION]:
        raise AssertionError(f"members {list(other)} instead of {list(one)}")
    return {name for name in names if one[name] != other[name]}


def cells_changed(before: Path, after: Path) -> set[Cell]:
    """Return the cells whose XML differs in any way, or that are new or gone."""
    one, other = cells(before), cells(after)
    return {cell for cell in one.keys() | other.keys() if one.get(cell) != other.get(cell)}


def cells(path: Path) -> dict[Cell, str]:
    """Return every cell's XML by its place."""
    with zipfile.ZipFile(path) as book:
        return {
            (sheet, element.get("r", "")): ElementTree.tostring(element, "unicode").strip()
            for sheet, part in _sheets(book)
            for element in ElementTree.fromstring(book.read(part)).iter(f"{_MAIN}c")
        }


def formula(path: Path, cell: Cell) -> tuple[str | None, str | None]:
    """Return a cell's formula and its stored value."""
    element = ElementTree.fromstring(cells(path)[cell])
    found, value = element.find(f"{_MAIN}f"), element.find(f"{_MAIN}v")
    return (None if found is None else found.text, None if value is None else value.text)


def words(path: Path) -> str:
    """Return all the text of a Word document; it must be whole."""
    with zipfile.ZipFile(path) as document:
        bad = document.testzip()
        if bad is not None:
            raise AssertionError(f"{path.name}: {bad} is damaged")
        for name in document.namelist():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(document.read(name))
        return "".join(ElementTree.fromstring(document.read("word/document.xml")).itertext())


def _members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as book:
        return {name: book.read(name) for name in book.namelist()}


def _sheets(book: zipfile.ZipFile) -> list[tuple[str, str]]:
    targets = {
        relation.get("Id"): relation.get("Target", "")
        for relation in ElementTree.fromstring(book.read("xl/_rels/workbook.xml.rels"))
    }
    return [
        (
            sheet.get("name", ""),
            posixpath.normpath(posixpath.join("/xl", targets[sheet.get(_RELATION)])).lstrip("/"),
        )
        for sheet in ElementTree.fromstring(book.read("xl/workbook.xml")).iter(f"{_MAIN}sheet")
    ]
