"""What the cells of a sheet hold while a plan grows: first what was found, then what the plan puts there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Protocol

from perfxl.form.model import Entry
from perfxl.scoring.expression import (
    Expression,
    FormulaError,
    Reference,
    Trouble,
    ValueUnknown,
    Words,
    branch_taken,
)
from perfxl.scoring.formulas import Unreadable, read_formula
from perfxl.workbook.dependents import FormulaCell, dependents
from perfxl.workbook.formulas import references
from perfxl.workbook.grid import Area, Cell, CellValue, Position, Sheet, address, position

Content = Decimal | str | Trouble | None
"""What a formula finds in a cell."""


_MOST_STALE = 2000


class References(Protocol):
    """Whatever turns an entry of a form into a reference to its cell."""

    def reference(self, entry: Entry) -> Reference:
        """Return the reference to an entry's cell with what it holds."""


class Abroad:
    """The cells of another sheet, as a formula refers to them from elsewhere."""

    def __init__(self, cells: References, sheet: str) -> None:
        self._cells = cells
        self._sheet = sheet

    def reference(self, entry: Entry) -> Reference:
        """Return the reference to an entry's cell with the name of its sheet."""
        return self._cells.reference(entry)._replace(sheet=self._sheet)


class Printed:
    """The cells of a form as they stand in the file: a formula counts with the result stored with it."""

    def reference(self, entry: Entry) -> Reference:
        """Return the reference to an entry's cell; its number is unknown where label and value share it."""
        if embedded(entry) or (
            entry.cell.formula is not None and entry.cell.value is None and not entry.cell.error
        ):
            return Reference(entry.address, Trouble.UNKNOWN)
        return Reference(entry.address, _stored(entry.cell))


class Cells:
    """The cells of one sheet, with the values planned so far in place of those found."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._formulas = {
            place: cell.formula for place, cell in sheet.cells.items() if cell.formula is not None
        }
        self._planned: dict[Position, Decimal] = {}
        self._results: dict[Position, Content] = {}
        self._used: set[Position] = set()
        self._open: set[Position] = set()

    def put(self, cell_address: str, value: Decimal, formula: str) -> None:
        """Set the value and the formula that the plan writes into a cell."""
        self._planned[position(cell_address)] = value
        self._formulas[position(cell_address)] = formula
        self._results.clear()

    def reference(self, entry: Entry) -> Reference:
        """Return the reference to an entry's cell. Where label and value share the cell, its number is unknown."""
        if embedded(entry):
            return Reference(entry.address, Trouble.UNKNOWN)
        return Reference(entry.address, self._content((entry.cell.row, entry.cell.column)))

    def at(self, cell_address: str) -> Reference:
        """Return the reference to a cell by its address."""
        return Reference(cell_address, self._content(position(cell_address)))

    def silent(self, addresses: Iterable[str]) -> frozenset[str]:
        """Return the cells that merged ranges beginning at these addresses cover: they hold nothing."""
        covered: set[str] = set()
        for place in map(position, addresses):
            area = self._sheet.area(*place)
            covered.update(address(row, place[1]) for row in range(area.top + 1, area.bottom + 1))
        return frozenset(covered)

    def in_array(self, cell_address: str) -> bool:
        """Whether a cell is one of several that one formula fills, and cannot be written alone."""
        place = position(cell_address)
        return any(area.covers(place) for area in self._sheet.arrays)

    def rests_on(self, expression: Expression, cell_address: str) -> bool:
        """Whether an expression rests on a cell, directly or through formulas: put there it would turn in a circle."""
        target = position(cell_address)
        waiting = [position(reference) for reference in expression.references()]
        seen: set[Position] = set()
        while waiting:
            place = waiting.pop()
            if place == target:
                return True
            if place in seen or place not in self._formulas:
                continue
            seen.add(place)
            for sheet, area in references(self._formulas[place]).areas:
                if sheet in (None, self._sheet.name):
                    waiting += [other for other in (target, *self._formulas) if _inside(other, area)]
        return False

    def stale(self) -> Iterator[tuple[Cell, Decimal]]:
        """Yield the formula cells whose stored result is not what the formula gives, each with its result.

        Looked at are those that the plan overtakes, and those it made use of. Of very many none is yielded:
        their results are renewed when the workbook is opened.
        """
        places = self._overtaken() | (self._used - self._planned.keys())
        if len(places) > _MOST_STALE:
            return
        for place in sorted(places):
            cell = self._sheet.cells[place]
            content = self._content(place)
            if isinstance(content, Decimal) and not _same(content, cell.value):
                yield cell, content

    def _content(self, place: Position) -> Content:
        if place in self._planned:
            return self._planned[place]
        cell = self._sheet.cells.get(place)
        if cell is None:
            return None
        if cell.formula is None:
            return _stored(cell)
        self._used.add(place)
        if place not in self._results:
            self._results[place] = self._result(place, cell)
        return self._results[place]

    def _result(self, place: Position, cell: Cell) -> Content:
        """What a formula gives; where it cannot be read here, the result stored with it.

        A stored result may be overtaken by the plan, and a program that wrote the file may have stored 0 or nothing.
        """
        if place in self._open:  # the formula rests on itself
            return Trouble.UNKNOWN
        self._open.add(place)
        try:
            tree = read_formula(cell.formula or "", self.at)
            branch = branch_taken(tree)
            return branch.text if isinstance(branch, Words) else tree.value()
        except FormulaError:
            return Trouble.ERROR
        except (
            Unreadable,
            ValueUnknown,
            RecursionError,
        ):  # RecursionError: nested beyond what any form needs
            return _stored(cell) if cell.value is not None or cell.error else Trouble.UNKNOWN
        finally:
            self._open.discard(place)

    def _overtaken(self) -> set[Position]:
        """The formulas that rest, directly or through others, on a cell that the plan writes."""
        name = self._sheet.name
        formulas = [
            FormulaCell((name, place), formula)
            for place, formula in self._formulas.items()
            if place not in self._planned
        ]
        return {place for _, place in dependents(formulas, [(name, place) for place in self._planned])}


def embedded(entry: Entry) -> bool:
    """Whether the entry is only a part of its cell's text ("自评得分：95"), so that the cell is no number."""
    return entry.cell.formula is None and entry.value != entry.cell.value


def _inside(place: Position, area: Area) -> bool:
    return area.top <= place[0] <= area.bottom and area.left <= place[1] <= area.right


def _same(result: Decimal, stored: CellValue) -> bool:
    """Whether a stored result differs by no more than what doubles lose."""
    return isinstance(stored, Decimal) and abs(result - stored) <= Decimal("1e-9") * max(
        Decimal(1), abs(result)
    )


def _stored(cell: Cell) -> Content:
    if cell.error:
        return Trouble.ERROR
    if isinstance(cell.value, bool):
        return Trouble.UNKNOWN
    return cell.value
