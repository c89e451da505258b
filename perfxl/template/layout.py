"""A declared form with its filling, put on a sheet: what stands in which cell, what is computed, what turns red."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from perfxl.form import labels
from perfxl.form.origin import printed
from perfxl.template import alarms, formulas
from perfxl.template.alarms import Alarm
from perfxl.template.declaration import Declaration, EntryKind, role_of
from perfxl.template.drawing import Drawing, Drawn, Look
from perfxl.template.filling import NOTHING, Filling, Given, TableRow, declared_row
from perfxl.template.formulas import Budget, Formula, Operand
from perfxl.template.points import points_in
from perfxl.workbook.grid import CellValue, address, column_letters

_BLANK_YEAR = "　　　"
_AMOUNTS = ("initial", "budget", "arrived", "executed", "returned")
_LEVELS = ("level1", "level2")
_FULL_MARKS = "100"
_PLAIN = EntryKind()


class Placed(NamedTuple):
    """A cell or merged range of the sheet, rows and columns from 1. `name` is its entry's, `kind` what may stand there.

    `value` is what it holds: printed text, an entry's value, or a formula. `hint` comes before the kind's own.
    """

    row: int
    column: int
    rows: int
    columns: int
    look: Look
    value: CellValue | Formula
    name: str = ""
    kind: EntryKind = _PLAIN
    number_format: str = "General"
    hint: str = ""

    @property
    def address(self) -> str:
        """The A1 address of its first cell."""
        return address(self.row, self.column)

    @property
    def is_input(self) -> bool:
        """Whether a person fills it in."""
        return bool(self.name) and not isinstance(self.value, Formula)


class Page(NamedTuple):
    """A sheet ready to be written. `head_rows` are the rows of the table's head, repeated on every printed page."""

    declaration: Declaration
    cells: tuple[Placed, ...]
    alarms: tuple[Alarm, ...]
    head_rows: tuple[int, int]
    last_row: int


def lay_out(declaration: Declaration, filling: Filling = NOTHING) -> Page:
    """Return the sheet of a form with what is filled in; entries the form lacks are left aside."""
    rows = filling.rows if filling.rows is not None else tuple(map(declared_row, declaration.rows))
    head_top = declaration.head.rows + 1
    first = head_top + declaration.table.rows
    last = first + max(len(rows), 1) - 1
    bottom = last + declaration.foot.rows + 1
    cells = [
        *_drawn(declaration, declaration.head, 1, filling),
        *_table_head(declaration, head_top, last, filling),
        *_table(declaration, first, rows),
        *_drawn(declaration, declaration.foot, last + 1, filling),
        Placed(bottom, 1, 1, len(declaration.widths), Look.MARK, printed(declaration.form.origin)),
    ]
    sheet = _Sheet(declaration, cells, first, last, filling)
    return Page(
        declaration,
        tuple(sheet.computed()),
        tuple(sheet.alarms()),
        (head_top, first - 1),
        bottom,
    )


# Placing -------------------------------------------------------------------------------------------------------------


def _drawn(declaration: Declaration, drawing: Drawing, top: int, filling: Filling) -> Iterator[Placed]:
    for cell in drawing.cells:
        yield _placed(declaration, cell, (top + cell.row, cell.column + 1, cell.rows, cell.columns), filling)


def _placed(
    declaration: Declaration, cell: Drawn, place: tuple[int, int, int, int], filling: Filling
) -> Placed:
    """A drawn cell at a place: (row, column, rows, columns)."""
    if not cell.name:
        return Placed(*place, cell.look, cell.text or None)
    kind = declaration.kind(cell.name)
    held = filling.entries.get(cell.name)
    if role_of(cell.name) == "year" and held is None and filling.year is not None:
        held = Given(str(filling.year))
    value, number_format = _entry_value(cell, held, kind)
    if cell.text or cell.after:
        kind = kind._replace(type="text", options=())  # the cell holds its label too
    return Placed(*place, cell.look, value, cell.name, kind, number_format)


def _entry_value(cell: Drawn, held: Given | None, kind: EntryKind) -> tuple[CellValue, str]:
    if held is None and cell.given:
        held = Given(_typed(cell.given, kind))
    if not cell.text and not cell.after:
        return (held.value, held.number_format) if held else (None, _format_of(kind))
    inside = str(held.value) if held else (_BLANK_YEAR if cell.after else "")
    return f"{cell.text}{inside}{cell.after}", "General"


def _table_head(declaration: Declaration, top: int, last: int, filling: Filling) -> Iterator[Placed]:
    """The labels of the columns; one over a column without a role reaches down beside the whole table."""
    for cell in declaration.table.cells:
        bottom = top + cell.row + cell.rows - 1
        beside = not declaration.roles[cell.column] and cell.row + cell.rows == declaration.table.rows
        rows = (last if beside else bottom) - (top + cell.row) + 1
        place = (top + cell.row, cell.column + 1, rows, cell.columns)
        yield _placed(declaration, cell._replace(look=Look.LABEL), place, filling)


def _table(declaration: Declaration, first: int, rows: Sequence[TableRow]) -> Iterator[Placed]:
    columns = _columns(declaration)
    for role, (column, width) in columns.items():
        for start, count in _runs(role, rows):
            yield _table_cell(declaration, role, first + start, column, count, width, rows[start])


def _columns(declaration: Declaration) -> Mapping[str, tuple[int, int]]:
    """Each role's first column (from 1) and how many columns it spans, as the head of the table does."""
    spans = {cell.column: cell.columns for cell in declaration.table.cells}
    return {
        role: (index + 1, spans.get(index, 1))
        for index, role in enumerate(declaration.roles)
        if role not in ("", "<")
    }


def _runs(role: str, rows: Sequence[TableRow]) -> Iterator[tuple[int, int]]:
    """The rows that share a cell of a column: those of one group in the columns of levels, else each its own."""
    if role not in _LEVELS:
        yield from ((index, 1) for index in range(len(rows)))
        return
    depth = _LEVELS.index(role) + 1
    groups = groupby(range(len(rows)), key=lambda index: _group(rows[index], depth))
    for _, members in groups:
        indexes = list(members)
        yield indexes[0], len(indexes)


def _group(row: TableRow, depth: int) -> tuple[str, ...]:
    held = (row.values.get(level) for level in _LEVELS[:depth])
    return tuple(
        labels.squeeze(str(value.value)) if value and value.value is not None else "" for value in held
    )


def _table_cell(
    declaration: Declaration, role: str, row: int, column: int, rows: int, columns: int, source: TableRow
) -> Placed:
    held, kind = source.values.get(role), declaration.kind(role)
    is_input = role in declaration.inputs
    return Placed(
        row,
        column,
        rows,
        columns,
        Look.ENTRY if is_input else Look.TEXT,
        held.value if held else None,
        f"table.{role}" if is_input else "",
        kind,
        held.number_format if held else _format_of(kind),
        source.hints.get(role, ""),
    )


def _typed(text: str, kind: EntryKind) -> CellValue:
    return Decimal(text) if kind.type in ("amount", "points", "score", "count") else text


def _format_of(kind: EntryKind) -> str:
    return "0.00%" if kind.type == "rate" else "General"


# Computing -----------------------------------------------------------------------------------------------------------


class _Sheet:
    """The placed cells by name, on which formulas and alarms rest."""

    def __init__(
        self, declaration: Declaration, cells: Sequence[Placed], first: int, last: int, filling: Filling
    ) -> None:
        self._declaration = declaration
        self._cells = cells
        self._first, self._last = first, last
        self._filling = filling
        self._columns = _columns(declaration)
        self._named = {cell.name: cell for cell in cells if cell.name and not cell.name.startswith("table.")}
        self._formulas: dict[str, Formula] = {}
        self._compute()

    def computed(self) -> Iterator[Placed]:
        """The cells, formulas where the form computes them."""
        for cell in self._cells:
            formula = self._formulas.get(cell.name)
            if formula is None or self._replaced(cell.name, formula):
                yield cell
            else:
                yield cell._replace(value=formula, number_format=_format_of(cell.kind))

    def _replaced(self, name: str, formula: Formula) -> bool:
        """Whether another value than the formula's is to stand in a cell."""
        held = self._filling.entries.get(name)
        return held is not None and held.value != formula.value

    def _compute(self) -> None:
        """Add the formulas in the order in which they rest on each other."""
        for measure in _AMOUNTS:
            parts = self._parts(measure)
            if f"total.{measure}" in self._named and parts:
                self._formulas[f"total.{measure}"] = formulas.total([self._operand(part) for part in parts])
        for name in self._named:
            source, _, measure = name.partition(".")
            if measure in ("rate", "score") and source != "sum":
                self._compute_execution(name, source, measure)
        for role in (*_AMOUNTS, "weight", "score"):
            if f"sum.{role}" in self._named:
                column = self._range(role)
                extra = [
                    name
                    for name in (f"total.{role}",)
                    if name in self._named and not self._declaration.is_list
                ]
                self._formulas[f"sum.{role}"] = formulas.total(
                    [*map(self._operand, extra), column], deciding=column
                )
        header = self._header_score()
        if header is not None and "sum.score" in self._named:
            self._formulas[header] = formulas.same(self._operand("sum.score"))

    def _compute_execution(self, name: str, source: str, measure: str) -> None:
        budget, executed = self._budget(source), f"{source}.executed"
        if budget is None or executed not in self._named:
            return
        initial = f"{source}.initial"
        stands_in = self._operand(initial) if initial in self._named and initial != budget else None
        amounts = Budget(self._operand(budget), stands_in), self._operand(executed)
        if measure == "rate":
            self._formulas[name] = formulas.rate(*amounts)
        elif f"{source}.weight" in self._named:
            self._formulas[name] = formulas.execution_score(self._operand(f"{source}.weight"), *amounts)

    def _budget(self, source: str) -> str | None:
        return next((name for name in (f"{source}.budget", f"{source}.initial") if name in self._named), None)

    def _parts(self, measure: str) -> list[str]:
        """The amounts of one measure that make up its total."""
        return [
            name
            for name in self._named
            if name.endswith(f".{measure}") and name.partition(".")[0] not in ("total", "sum", "goal")
        ]

    def _header_score(self) -> str | None:
        return next((name for name in self._named if role_of(name) == "self_score"), None)

    def _operand(self, name: str) -> Operand:
        cell = self._named[name]
        formula = self._formulas.get(name)
        value = cell.value if formula is None or self._replaced(name, formula) else formula.value
        return Operand(cell.address, (value,) if isinstance(value, Decimal) else ())

    def _range(self, role: str) -> Operand:
        """The whole column of the table, as one operand."""
        numbers = tuple(
            cell.value
            for cell in self._cells
            if self._in_column(cell, role) and isinstance(cell.value, Decimal)
        )
        return Operand(self._reference(role, self._first, self._last), numbers)

    def _in_column(self, cell: Placed, role: str) -> bool:
        return (
            role in self._columns
            and self._first <= cell.row <= self._last
            and cell.column == self._columns[role][0]
        )

    def _reference(self, role: str, top: int, bottom: int) -> str:
        letters = column_letters(self._columns[role][0])
        return f"{letters}{top}:{letters}{bottom}"

    # What turns red

    def alarms(self) -> Iterator[Alarm]:
        """Every condition that the form's cells allow, each with the range it colours."""
        yield from self._fund_alarms()
        yield from self._total_alarms()
        if not self._declaration.is_list:
            yield from self._group_alarms()
        yield from self._row_alarms()

    def _fund_alarms(self) -> Iterator[Alarm]:
        for name, cell in self._named.items():
            source, _, measure = name.partition(".")
            budget = self._budget(source) if source != "sum" else None
            if measure == "executed" and budget is not None:
                condition = alarms.spent_above_budget(self._named[budget].address, cell.address)
                yield Alarm(cell.address, condition)
            if measure == "rate" and budget is not None and f"{source}.executed" in self._named:
                spent = self._named[f"{source}.executed"].address
                yield Alarm(
                    cell.address, alarms.not_the_rate(cell.address, self._named[budget].address, spent)
                )
            if source == "total" and measure in _AMOUNTS and (parts := self._parts(measure)):
                among = ",".join(self._named[part].address for part in parts)
                yield Alarm(cell.address, alarms.not_the_sum(cell.address, among))

    def _total_alarms(self) -> Iterator[Alarm]:
        weight, score = self._named.get("sum.weight"), self._named.get("sum.score")
        if weight is not None and "score" in self._columns:
            scores = self._reference("score", self._first, self._last)
            yield Alarm(weight.address, alarms.not_full_marks(weight.address, _FULL_MARKS, scores))
        if score is not None and "score" in self._columns:
            among = self._reference("score", self._first, self._last)
            if "total.score" in self._named:
                among = f"{self._named['total.score'].address},{among}"
            yield Alarm(score.address, alarms.not_the_sum(score.address, among, 2))
        header = self._header_score()
        if header is not None and score is not None:
            yield Alarm(
                self._named[header].address, alarms.differs(self._named[header].address, score.address)
            )

    def _group_alarms(self) -> Iterator[Alarm]:
        if "weight" not in self._columns:
            return
        for cell in self._cells:
            if not any(self._in_column(cell, level) for level in _LEVELS) or not isinstance(cell.value, str):
                continue
            points = points_in(cell.value)
            if points is not None:
                weights = self._reference("weight", cell.row, cell.row + cell.rows - 1)
                yield Alarm(cell.address, alarms.not_the_group(weights, points))

    def _row_alarms(self) -> Iterator[Alarm]:
        """Conditions of single rows, written for the first row and coloured down the whole column."""
        place = {role: address(self._first, column) for role, (column, _) in self._columns.items()}
        if self._declaration.is_list:
            if place.keys() >= {"budget", "executed"}:
                yield self._down("executed", alarms.spent_above_budget(place["budget"], place["executed"]))
            return
        targets = place.keys() >= {"target", "actual"} and "operator" not in place
        if place.keys() >= {"weight", "score"}:
            weight, score = f"${place['weight']}", f"${place['score']}"
            yield self._down("score", alarms.outside_weight(score, weight))
            if targets:
                condition = alarms.missed_with_full_score(place["target"], place["actual"], weight, score)
                yield self._down("score", condition)
        if targets and "reason" in place:
            condition = alarms.no_reason(
                place["reason"],
                place["target"],
                place["actual"],
                place.get("weight", ""),
                place.get("score", ""),
            )
            yield self._down("reason", condition)

    def _down(self, role: str, condition: str) -> Alarm:
        return Alarm(self._reference(role, self._first, self._last), condition)
