"""Two packages held against each other, part by part and cell by cell.

Deliberately built on other libraries (zipfile, lxml) than the code under test.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field

from lxml import etree


@dataclass
class Difference:
    """What distinguishes two packages. `cells` are by sheet part; `beyond_cells` lists sheet parts changed elsewhere."""

    added: set[str] = field(default_factory=set)
    removed: set[str] = field(default_factory=set)
    changed: set[str] = field(default_factory=set)
    repacked: set[str] = field(
        default_factory=set
    )  # same content, other name bytes, time stamp or compression
    reordered: bool = False
    cells: dict[str, set[str]] = field(default_factory=dict)
    beyond_cells: set[str] = field(default_factory=set)


def compare(before: bytes, after: bytes) -> Difference:
    """Return how two packages differ."""
    found = Difference()
    with zipfile.ZipFile(io.BytesIO(before)) as old, zipfile.ZipFile(io.BytesIO(after)) as new:
        assert new.testzip() is None
        old_infos = {info.orig_filename: info for info in old.infolist()}
        new_infos = {info.orig_filename: info for info in new.infolist()}
        found.added = set(new_infos) - set(old_infos)
        found.removed = set(old_infos) - set(new_infos)
        common = [name for name in old_infos if name in new_infos]
        found.reordered = common != [name for name in new_infos if name in old_infos]
        for name in common:
            one, other = old_infos[name], new_infos[name]
            was, now = old.read(one), new.read(other)
            if (one.date_time, one.compress_type, one.external_attr, one.comment) != (
                other.date_time,
                other.compress_type,
                other.external_attr,
                other.comment,
            ):
                found.repacked.add(name)
            if was == now:
                if one.compress_size != other.compress_size:
                    found.repacked.add(name)
                continue
            found.changed.add(name)
            if etree.QName(etree.fromstring(was)).localname == "worksheet":
                _compare_sheets(name, was, now, found)
    return found


def _compare_sheets(name: str, before: bytes, after: bytes, found: Difference) -> None:
    old_cells, old_rest = _taken_apart(before)
    new_cells, new_rest = _taken_apart(after)
    addresses = old_cells.keys() | new_cells.keys()
    found.cells[name] = {each for each in addresses if old_cells.get(each) != new_cells.get(each)}
    if old_rest != new_rest:
        found.beyond_cells.add(name)


def _taken_apart(part: bytes) -> tuple[dict[str, bytes], bytes]:
    """Return each cell's canonical XML by address, and the canonical rest, without the hints that may follow suit."""
    root = etree.fromstring(part)
    cells: dict[str, bytes] = {}
    row_number = 0
    for row in root.iter("{*}row"):
        row_number = int(row.get("r", row_number + 1))
        column = 0
        for cell in row.findall("{*}c"):
            address = cell.get("r")
            if address is None:
                column += 1
                address = f"{_letters(column)}{row_number}"
            else:
                column = _number(address)
            cell.tail = None
            cells[address] = etree.tostring(cell, method="c14n")
            row.remove(cell)
        row.attrib.pop("spans", "")
        # A row that holds nothing and says nothing is as good as none.
        parent = row.getparent()
        if parent is not None and len(row) == 0 and set(row.attrib) <= {"r"}:
            parent.remove(row)
    for dimension in root.findall("{*}dimension"):
        root.remove(dimension)
    return cells, etree.tostring(root, method="c14n")


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _number(address: str) -> int:
    number = 0
    for character in address:
        if character.isalpha():
            number = number * 26 + ord(character) - 64
    return number
