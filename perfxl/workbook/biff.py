"""What python-calamine leaves out of an .xls or .et workbook: number formats, error values, hidden rows and columns.

Only record headers and cell prefixes of BIFF8 are read ([MS-XLS]); values come from calamine.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from perfxl.workbook.grid import Position
from perfxl.workbook.limits import LIMITS
from perfxl.workbook.ole2 import Ole2
from perfxl.workbook.styles import BUILTIN_FORMATS, GENERAL

_BIFF8 = 0x0600
_BOF, _EOF, _ENCRYPTED = 0x0809, 0x000A, 0x002F
_FORMAT, _XF, _BOUND_SHEET = 0x041E, 0x00E0, 0x0085
_ROW, _COLUMNS = 0x0208, 0x007D
_FORMULA, _BOOLEAN_OR_ERROR, _MULTIPLE_NUMBERS = 0x0006, 0x0205, 0x00BD
# Cells of one value: NUMBER, LABEL, RSTRING, RK, LABELSST.
_SINGLE_CELLS = frozenset({0x0203, 0x0204, 0x00D6, 0x027E, 0x00FD, _FORMULA, _BOOLEAN_OR_ERROR})
_HIDDEN_ROW, _HIDDEN_COLUMN = 0x20, 0x01
_LAST_COLUMN = 0xFF
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}


@dataclass(slots=True)
class SheetDetails:
    """The details of one sheet, by position or number counted from 1."""

    formats: dict[Position, str] = field(default_factory=dict)
    errors: dict[Position, str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class BookDetails:
    """The details of a workbook's sheets by name. `encrypted` tells that nothing can be read without a password."""

    sheets: dict[str, SheetDetails]
    encrypted: bool = False


def read_details(data: bytes) -> BookDetails:
    """Return the details of a BIFF8 workbook; none for an older or a damaged one."""
    try:
        container = Ole2(data)
        # "Book" is the older name; what it holds is judged by its version.
        return _read_stream(container.stream("Workbook" if "Workbook" in container else "Book"))
    except (struct.error, LookupError, ValueError):
        return BookDetails({})


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Yield the records of one substream, those of charts within it left out."""
    depth = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<2H", stream, at)
        content = stream[at + 4 : at + 4 + size]
        at += 4 + size
        if kind == _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth == 0:
                return
        if depth == 1:
            yield kind, content


def _read_stream(stream: bytes) -> BookDetails:
    codes: dict[int, str] = {}
    styles: list[int] = []
    offsets: dict[str, int] = {}
    for kind, content in _records(stream, 0):
        if kind == _BOF and struct.unpack_from("<H", content)[0] != _BIFF8:
            return BookDetails({})
        if kind == _ENCRYPTED:
            return BookDetails({}, encrypted=True)
        if kind == _FORMAT:
            number, length, wide = struct.unpack_from("<2HB", content)
            codes[number] = _text(content[5:], length, wide)
        elif kind == _XF:
            styles.append(struct.unpack_from("<H", content, 2)[0])
        elif kind == _BOUND_SHEET:
            offset, length, wide = struct.unpack_from("<L2x2B", content)
            offsets[_text(content[8:], length, wide)] = offset
    formats = [codes.get(number) or BUILTIN_FORMATS.get(number, GENERAL) for number in styles]
    return BookDetails({name: _read_sheet(stream, offset, formats) for name, offset in offsets.items()})


def _text(content: bytes, length: int, wide: int) -> str:
    return content[: 2 * length].decode("utf-16-le") if wide & 1 else content[:length].decode("latin-1")


def _read_sheet(stream: bytes, offset: int, formats: list[str]) -> SheetDetails:
    details = SheetDetails()
    for kind, content in _records(stream, offset):
        if len(details.formats) > LIMITS.cells:
            raise ValueError("more cells than are read")
        if kind in _SINGLE_CELLS:
            row, column, style = struct.unpack_from("<3H", content)
            place = (row + 1, column + 1)
            details.formats[place] = formats[style]
            error = _error(kind, content)
            if error is not None:
                details.errors[place] = error
        elif kind == _MULTIPLE_NUMBERS:
            row, first = struct.unpack_from("<2H", content)
            for index in range((len(content) - 6) // 6):
                (style,) = struct.unpack_from("<H", content, 4 + 6 * index)
                details.formats[row + 1, first + index + 1] = formats[style]
        elif kind == _ROW:
            row, options = struct.unpack_from("<H10xH", content)
            if options & _HIDDEN_ROW:
                details.hidden_rows.add(row + 1)
        elif kind == _COLUMNS:
            first, last, options = struct.unpack_from("<2H4xH", content)
            if options & _HIDDEN_COLUMN:
                details.hidden_columns.update(range(first + 1, min(last, _LAST_COLUMN) + 2))
    return details


def _error(kind: int, content: bytes) -> str | None:
    """Return the error value that a cell record holds, None if it holds something else."""
    if kind == _BOOLEAN_OR_ERROR and content[7]:
        return _ERRORS.get(content[6])
    # A formula's result is a number unless its last two bytes are all ones; then the first byte tells the type.
    if kind == _FORMULA and content[12:14] == b"\xff\xff" and content[6] == 2:
        return _ERRORS.get(content[8])
    return None
