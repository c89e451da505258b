"""Tables saved as text: comma, semicolon or tab between values, in UTF-8, UTF-16 or GB18030."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from decimal import Decimal

from perfxl.workbook.errors import Unreadable, UnreadableWorkbook
from perfxl.workbook.grid import Cell, CellValue, Position, Sheet, Workbook
from perfxl.workbook.limits import LIMITS, Limits

_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,12})?")
_PERCENT = re.compile(r"-?\d{1,9}(?:\.(\d{1,9}))?%")
_DELIMITERS = "\t,;"
_LINES_LOOKED_AT = 50


def read_delimited(data: bytes, name: str, limits: Limits = LIMITS) -> Workbook:
    """Return the table in a text file as a workbook of one sheet; `name` is the file's name.

    What is written as a plain number is one, "98.5%" is a percentage; "007" and everything else stay text.
    Raises UnreadableWorkbook for text in another encoding and for a table that is too large.
    """
    import csv

    if len(data) > limits.file_size:
        raise UnreadableWorkbook(Unreadable.TOO_LARGE, f"{len(data)} bytes")
    text = _decoded(data)
    lines = text.splitlines(keepends=True)
    cells: dict[Position, Cell] = {}
    try:
        for row, values in enumerate(csv.reader(lines, delimiter=_delimiter(lines)), start=1):
            for column, value in enumerate(values, start=1):
                cell = _cell(row, column, value)
                if cell is not None:
                    cells[row, column] = cell
            if len(cells) > limits.cells or row > limits.rows:
                raise UnreadableWorkbook(Unreadable.TOO_LARGE, f"{len(cells)} cells")
    except csv.Error as error:
        raise UnreadableWorkbook(Unreadable.DAMAGED, str(error)) from error
    return Workbook(name, (Sheet("Sheet1", cells),), "csv")


def _decoded(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    for codec in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(codec)
        except UnicodeDecodeError:
            continue
    raise UnreadableWorkbook(Unreadable.TEXT, "neither UTF-8 nor GB18030")


def _delimiter(lines: Sequence[str]) -> str:
    """The sign that stands in most of the first lines."""
    head = lines[:_LINES_LOOKED_AT]
    return max(_DELIMITERS, key=lambda sign: (sum(sign in line for line in head), "".join(head).count(sign)))


def _cell(row: int, column: int, text: str) -> Cell | None:
    text = text.strip()
    if not text:
        return None
    value: CellValue = text
    number_format = "General"
    if _NUMBER.fullmatch(text):
        value = Decimal(text)
    elif match := _PERCENT.fullmatch(text):
        value = Decimal(text[:-1]) / 100
        number_format = f"0.{'0' * len(match[1])}%" if match[1] else "0%"
    return Cell(row, column, value, None, number_format)
