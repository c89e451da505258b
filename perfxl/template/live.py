"""What a laid-out form computes by itself, and where its cells turn red."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from perfxl.template import alarms, formulas
from perfxl.template.alarms import Alarm, Rows
from perfxl.template.declaration import Declaration, role_of
from perfxl.template.filling import Filling
from perfxl.template.formulas import Budget, Formula, Operand
from perfxl.template.page import LEVELS, Placed, columns_of, format_of
from perfxl.template.points import points_in
from perfxl.workbook.grid import address, column_letters

_AMOUNTS = ("initial", "budget", "arrived", "executed", "returned")
_FULL_MARKS = "100"


class Live:
    """The placed cells by name, on which formulas and alarms rest."""

    def __init__(
        self, declaration: Declaration, cells: Sequence[Placed], first: int, last: int, filling: Filling
    ) -> None:
        self._declaration = declaration
        self._cells = cells
        self._first, self._last = first, last
        self._filling = filling
        self._columns = columns_of(declaration)
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
                yield cell._replace(value=formula, number_format=format_of(cell.kind))

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
        if weight is not None and self._scored:
            condition = alarms.not_full_marks(
                weight.address, _FULL_MARKS, self._rows(self._first, self._last)
            )
            yield Alarm(weight.address, condition)
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
        if not self._scored:
            return
        for cell in self._cells:
            if not any(self._in_column(cell, level) for level in LEVELS) or not isinstance(cell.value, str):
                continue
            points = points_in(cell.value)
            if points is not None:
                rows = self._rows(cell.row, cell.row + cell.rows - 1)
                yield Alarm(cell.address, alarms.not_the_group(points, rows))

    @property
    def _scored(self) -> bool:
        """Whether the rows have names, weights and scores."""
        return {"level3", "weight", "score"} <= self._columns.keys()

    def _rows(self, top: int, bottom: int) -> Rows:
        return Rows(*(self._reference(role, top, bottom) for role in ("level3", "weight", "score")))

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
