"""Where a row or cell element stands, whether it says so or leaves it to be counted."""

from __future__ import annotations

from collections.abc import Mapping

from perfxl.workbook.errors import Unreadable, UnreadableWorkbook
from perfxl.workbook.grid import position
from perfxl.workbook.limits import LIMITS, Limits


class Cursor:
    """Follows the row and cell elements of one sheet. `row` and `column` count from 1; 0 before the first."""

    def __init__(self, limits: Limits = LIMITS) -> None:
        self.row = 0
        self.column = 0
        self._limits = limits
        self._row_text = ""
        self._row_is_counted = False
        self._columns: dict[str, int] = {}  # by letters, as they occur

    def enter_row(self, attributes: Mapping[str, str]) -> None:
        """Move to the row that an element with these attributes stands for."""
        text = attributes.get("r")
        self._row_is_counted = text is None
        self._set_row(self.row + 1 if text is None else int(text))
        self.column = 0

    def enter_cell(self, reference: str | None) -> None:
        """Move to the cell that an element with this `r` attribute stands for, None where it has none."""
        if reference is None:
            self.column += 1
            if self.column > self._limits.columns:
                raise UnreadableWorkbook(Unreadable.DAMAGED, f"column {self.column}")
        else:
            letters = reference.removesuffix(self._row_text)
            self.column = self._columns.get(letters) or self._new_column(reference)

    def _new_column(self, reference: str) -> int:
        try:
            row, column = position(reference)
        except ValueError as error:
            raise UnreadableWorkbook(Unreadable.DAMAGED, str(error)) from error
        if self._row_is_counted and row > self.row and not self.column:
            self._set_row(row)  # some writers number the cells and not the rows
        if row != self.row or column > self._limits.columns:
            raise UnreadableWorkbook(Unreadable.DAMAGED, f"cell {reference} in row {self.row}")
        letters = reference.removesuffix(self._row_text)
        if letters.isalpha():
            self._columns[letters] = column
        return column

    def _set_row(self, row: int) -> None:
        if not 1 <= row <= self._limits.rows:
            raise UnreadableWorkbook(Unreadable.DAMAGED, f"row {row}")
        self.row = row
        self._row_text = str(row)
