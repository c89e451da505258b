"""The cells of a workbook as immutable values, each knowing its own address.

Everything above this floor reads a `Workbook`; only the modules of this package know
where its cells came from (xlsx, xls, et, ods).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cached_property, lru_cache
from operator import itemgetter
from types import MappingProxyType
from typing import NamedTuple

CellValue = str | Decimal | bool | None
"""What a cell holds: text as typed, a number (a percentage as its fraction), a truth value, or nothing."""

Position = tuple[int, int]
"""(row, column), both counted from 1."""


@lru_cache(maxsize=512)
def column_letters(column: int) -> str:
    """Return the letters of a column counted from 1: 1 -> "A", 27 -> "AA"."""
    letters = ""
    while column:
        column, remainder = divmod(column - 1, 26)
        letters = chr(65 + remainder) + letters
    return letters


def address(row: int, column: int) -> str:
    """Return the A1 address of a position: (6, 4) -> "D6"."""
    return f"{column_letters(column)}{row}"


def position(cell_address: str) -> Position:
    """Return (row, column) of an A1 address ("D6" or "$D$6"); ValueError if it is none."""
    text = cell_address.replace("$", "").upper()
    letters = text.rstrip("0123456789")
    digits = text[len(letters) :]
    if not digits or not letters.isascii() or not letters.isalpha() or len(letters) > 3:
        raise ValueError(f"not a cell address: {cell_address!r}")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(digits), column


def quoted(sheet: str) -> str:
    """Return a sheet's name as references write it: 'It''s'."""
    return "'" + sheet.replace("'", "''") + "'"


def unquoted(name: str) -> str:
    """Return the name of a sheet that a reference writes in quotes or plainly."""
    return name[1:-1].replace("''", "'") if len(name) > 1 and name[0] == name[-1] == "'" else name


class Cell(NamedTuple):
    """One cell. A formula stands without its leading "="; `error` marks an error value such as #DIV/0!."""

    row: int
    column: int
    value: CellValue = None
    formula: str | None = None
    number_format: str = "General"
    error: bool = False

    @property
    def address(self) -> str:
        """The A1 address, "D6"."""
        return address(self.row, self.column)


class Area(NamedTuple):
    """A rectangle of cells, all four edges included, counted from 1."""

    top: int
    left: int
    bottom: int
    right: int

    def covers(self, place: Position) -> bool:
        """Whether a position lies within the rectangle."""
        return self.top <= place[0] <= self.bottom and self.left <= place[1] <= self.right

    def positions(self) -> Iterator[Position]:
        """Every (row, column) of the rectangle, row by row."""
        for row in range(self.top, self.bottom + 1):
            for column in range(self.left, self.right + 1):
                yield row, column


class _SheetContent(NamedTuple):
    name: str
    cells: Mapping[Position, Cell]
    merges: tuple[Area, ...] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    texts: Mapping[str, str] = MappingProxyType({})
    """Names defined for this sheet that stand for a text: `="project 1"` is "project 1"."""
    arrays: tuple[Area, ...] = ()
    """Ranges that one array formula or data table fills, whose cells can only be changed together."""


class Sheet(_SheetContent):
    """One worksheet.

    `cells` holds only cells with a value or a formula, by position. A merged range has its
    content in its top-left cell alone; `at` and `area` answer for the covered cells.
    """

    @cached_property
    def _merge_of(self) -> dict[Position, Area]:
        # A merge may span a million rows in a hostile file: only the used rectangle is indexed.
        used = self.extent
        covered: dict[Position, Area] = {}
        for merge in self.merges:
            inside = Area(merge.top, merge.left, min(merge.bottom, used.bottom), min(merge.right, used.right))
            for place in inside.positions():
                covered[place] = merge
        return covered

    @cached_property
    def extent(self) -> Area:
        """The smallest rectangle from A1 that holds every cell with content, stretched over merges beginning in it."""
        content = self.cells
        last_row = max(content, default=(0, 0))[0]
        last_column = max(map(itemgetter(1), content), default=0)
        bottom, right = last_row, last_column
        for merge in self.merges:
            if (merge.top, merge.left) in content:
                bottom = max(bottom, min(merge.bottom, last_row + 200))
                right = max(right, min(merge.right, last_column + 50))
        return Area(1, 1, bottom, right)

    def area(self, row: int, column: int) -> Area:
        """The merged range that covers a position, or the single cell itself."""
        return self._merge_of.get((row, column)) or Area(row, column, row, column)

    def at(self, row: int, column: int) -> Cell:
        """The cell that speaks for a position: the top-left one of its merged range; a blank cell if there is none."""
        merge = self._merge_of.get((row, column))
        place = (merge.top, merge.left) if merge else (row, column)
        return self.cells.get(place) or Cell(*place)


class Workbook(NamedTuple):
    """A workbook as read: its sheets in order. `source_format` is "xlsx", "xls", "et", "ods" or "xlsb".

    `macros` says that the file carries program code (VBA), as far as its format was looked at: OOXML. `content`
    are the bytes it was read from, of the formats that can be written back.
    """

    name: str
    sheets: tuple[Sheet, ...]
    source_format: str = "xlsx"
    macros: bool = False
    recalculated: bool = False
    content: bytes = b""

    def sheet(self, name: str) -> Sheet:
        """The sheet of that name; KeyError if there is none."""
        for sheet in self.sheets:
            if sheet.name == name:
                return sheet
        raise KeyError(name)
