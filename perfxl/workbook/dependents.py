"""Which formulas rest on a set of cells, directly or through other formulas, judged by their text alone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from perfxl.workbook.formulas import references
from perfxl.workbook.grid import Area, Position

Place = tuple[str, Position]
"""A cell of a workbook: sheet name and position."""

_INDEXED_CELLS = 64  # an area up to this size is entered cell by cell, a larger one is searched


class FormulaCell(NamedTuple):
    """A formula, and the further cells that it fills if it is an array formula."""

    place: Place
    text: str
    fills: tuple[Position, ...] = ()


def dependents(formulas: Iterable[FormulaCell], changed: Iterable[Place]) -> set[Place]:
    """Return the cells of all formulas that read a changed cell, directly or through one another.

    A formula whose reach the text does not show (a defined name, INDIRECT, OFFSET, a table's column, an empty
    text such as a data table's) counts as one that reads it. Sheet names are compared without regard to case.
    """
    waiting: list[Place] = [*changed]
    if not waiting:
        return set()
    index = _Index(formulas)
    found: set[Place] = set()
    reached = index.open_ended
    while True:
        for formula in reached:
            filled = {formula.place, *((formula.place[0], place) for place in formula.fills)}
            waiting += filled - found
            found |= filled
        if not waiting:
            return found
        reached = index.readers_of(waiting.pop())


class _Index:
    """The formulas by what they read."""

    def __init__(self, formulas: Iterable[FormulaCell]) -> None:
        self.open_ended: list[FormulaCell] = []
        self._by_cell: dict[Place, list[FormulaCell]] = {}
        self._by_area: dict[str, list[tuple[Area, FormulaCell]]] = {}
        for formula in formulas:
            self._enter(formula)

    def _enter(self, formula: FormulaCell) -> None:
        own_sheet = formula.place[0]
        read = references(formula.text)
        if read.open_ended or not formula.text:
            self.open_ended.append(formula)
            return
        for sheet, area in read.areas:
            name = (own_sheet if sheet is None else sheet).casefold()
            if (area.bottom - area.top + 1) * (area.right - area.left + 1) <= _INDEXED_CELLS:
                for place in area.positions():
                    self._by_cell.setdefault((name, place), []).append(formula)
            else:
                self._by_area.setdefault(name, []).append((area, formula))

    def readers_of(self, changed: Place) -> list[FormulaCell]:
        """Return the formulas that read a cell. A formula found in an area is not looked for there again."""
        sheet, place = changed[0].casefold(), changed[1]
        found = self._by_cell.pop((sheet, place), [])
        areas = self._by_area.get(sheet)
        if areas:
            found += [formula for area, formula in areas if area.covers(place)]
            self._by_area[sheet] = [(area, formula) for area, formula in areas if not area.covers(place)]
        return found
