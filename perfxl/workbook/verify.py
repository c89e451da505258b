"""The proof that a new package holds the edits where they belong and everything else as it was.

It rests on none of the offsets the splices were made at: the new parts are parsed anew, the cells are counted
through, and what was written is read by the reader that opens workbooks.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from itertools import groupby
from types import MappingProxyType

from perfxl.workbook.edit import Edit
from perfxl.workbook.errors import UnreadableWorkbook
from perfxl.workbook.grid import Position
from perfxl.workbook.markup import new_parser, parse
from perfxl.workbook.outline import Outline
from perfxl.workbook.package import Package
from perfxl.workbook.save import unverified
from perfxl.workbook.sheet import read_sheet
from perfxl.workbook.splice import only_markup, start_tag

WrittenCells = Mapping[Position, bytes]
"""The element that was put at each edited place, in the order of the sheet."""


def verify_package(
    before: Package,
    after: bytes,
    changed: Mapping[str, bytes],
    dropped: Collection[str],
    added: Mapping[str, bytes] = MappingProxyType({}),
) -> None:
    """Raise OutputNotWritten unless the new package has every member as it was, packed bytes and all.

    Those `changed` must unpack to what they were changed to and be well-formed, those `dropped` be gone, those
    `added` stand at the end.
    """
    contents = {name.lower(): content for name, content in {**changed, **added}.items()}
    gone = {name.lower() for name in dropped}
    try:
        written = Package(after)
        names = [member.name for member in before.members if member.name.lower() not in gone]
        names += added
        if [member.name for member in written.members] != names:
            raise unverified("目录")
        for name in names:
            content = contents.get(name.lower())
            if content is None:
                if not name.endswith("/") and written.packed(name) != before.packed(name):
                    raise unverified(name)
                continue
            if written.part(name) != content:
                raise unverified(name)
            parse(new_parser(), content)
    except UnreadableWorkbook as error:
        raise unverified(error.detail or error.message) from error


def verify_sheet(
    sheet: str, before: Outline, after: bytes, edits: Mapping[Position, Edit], written: WrittenCells
) -> None:
    """Raise OutputNotWritten unless the new part has the cells of the old one, the edited ones as they were written.

    What was written must read as the values and formulas of the edits.
    """
    added = edits.keys() - before.cells.keys()
    places = sorted({*before.cells, *added}) if added else list(before.cells)  # which are in order
    starts = _cell_starts(after, before.prefix)
    if len(starts) != len(places):
        raise unverified(sheet)
    for place, at in zip(places, starts, strict=True):
        element = written.get(place)
        if element is not None and not after.startswith(element, at):
            raise unverified(f"{sheet}!{edits[place].cell}")
    found = iter(_read(after, before.prefix, written))
    for place in written:
        wanted = (edits[place].stored_value, edits[place].formula_text)
        if wanted != (None, None) and wanted != next(found, None):
            raise unverified(f"{sheet}!{edits[place].cell}")
    if next(found, None) is not None:
        raise unverified(sheet)


def _cell_starts(part: bytes, prefix: bytes) -> list[int]:
    """The offsets at which the cells of a well-formed part begin: there a "<" outside of comments begins a tag."""
    cell = re.compile(b"<" + re.escape(prefix) + rb"c[\s/>]")
    return [match.start() for match in cell.finditer(only_markup(part))]


def _read(part: bytes, prefix: bytes, written: WrittenCells) -> list[tuple[object, object]]:
    """Value and formula of every cell written that is not empty, as the reader sees them in a sheet of nothing else."""
    root = part.index(b"<" + prefix + b"worksheet")
    names = {b"p": prefix, b"root": part[slice(*start_tag(part, root))]}
    rows = (
        b'<%(p)brow r="%(row)d">' % {**names, b"row": row} + b"".join(written[place] for place in places)
        for row, places in groupby(written, key=lambda place: place[0])
    )
    closed = b"</%(p)brow>" % names
    sheet = b"%(root)b<%(p)bsheetData>" % names + closed.join([*rows, b""])
    sheet += b"</%(p)bsheetData></%(p)bworksheet>" % names
    return [(cell.value, cell.formula) for cell in read_sheet(sheet, "").cells.values()]
