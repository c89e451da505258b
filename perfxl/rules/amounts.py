"""Amounts of the fund table: in one unit, with the budget a rate is measured against, and how rows nest.

Fund rows nest in more ways than labels tell ("其中：" under the total, under a part, sources under
财政拨款 or 地方资金, two breakdowns one after the other). A total is faulty only where no sensible reading fits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import islice
from typing import NamedTuple

from perfxl.form.execution import budget_of
from perfxl.form.figures import Figure, figure
from perfxl.form.labels import squeeze
from perfxl.form.model import Entry, Form, FundRow, FundSource
from perfxl.rules.reading import empty, rate_figure, shown
from perfxl.rules.remembered import per_form

AMOUNT_COLUMNS = {
    "initial": "年初预算数",
    "budget": "全年预算数",
    "arrived": "资金到位数",
    "executed": "全年执行数",
}
"""The columns of money and what messages call them where the form's own label is not at hand."""

TEN_THOUSAND = Decimal(10000)
_UNITS = {
    "元": Decimal(1),
    "千元": Decimal(1000),
    "万元": TEN_THOUSAND,
    "百万元": Decimal(10) ** 6,
    "亿元": Decimal(10) ** 8,
}
_LEAST_SLIP = Decimal(500)
_LEAST_SHARE, _MOST_SHARE = Decimal("0.01"), Decimal("1.2")
"""Rates at which an amount moved by a factor of 10,000 is believed; below, any figure may agree by chance."""
_MOST_READINGS = 400
_FIRST_NUMBER = re.compile(r"^(?:[一二三四五六七八九]、|\d{1,2}[.、])")
_SECOND_NUMBER = re.compile(r"^(?:其中[:：]?)?(?:[(（][一二三四五六七八九\d]+[)）]|[①-⑨])")


def unit_factor(unit: str | None) -> Decimal | None:
    """Return how many 元 a unit of money is ("万元" -> 10000), or None for no unit of money."""
    return _UNITS.get(unit or "")


def amount(form: Form, entry: Entry | None) -> Figure | None:
    """Return an amount in the form's unit; one that carries its own unit ("146万元") is converted."""
    found = figure(entry)
    if found is None or found.percent:
        return None
    own, printed = unit_factor(found.unit), unit_factor(form.money_unit)
    if own is None or printed is None or own == printed:
        return found
    return Figure(
        found.value * own / printed, found.digits + (4 if own < printed else 0), unit=form.money_unit or ""
    )


class Base(NamedTuple):
    """The budget a row's spending is measured against (A): 全年（调整）预算数, else 年初预算数, else 到位数."""

    entry: Entry
    amount: Figure
    role: str


def base(form: Form, row: FundRow) -> Base | None:
    """Return the A of B/A; None where the row has no readable budget."""
    entry = budget_of(form, row, empty)
    found = amount(form, entry)
    if entry is None or found is None:
        return None
    role = "budget" if entry is row.budget else "initial" if entry is row.initial else "arrived"
    return Base(entry, found, role)


def spent_share(form: Form, row: FundRow) -> Decimal | None:
    """Return B/A of a row as an exact fraction; None where it cannot be computed (A missing or zero)."""
    budget, spent = base(form, row), amount(form, row.executed)
    if budget is None or spent is None or budget.amount.value == 0:
        return None
    return spent.value / budget.amount.value


def column_label(form: Form, role: str) -> str:
    """What the form itself calls a column of money."""
    column = form.fund_columns.get(role)
    return squeeze(column.label) if column is not None else AMOUNT_COLUMNS[role]


# Totals and parts ---------------------------------------------------------------------------------


class Fault(NamedTuple):
    """A row that has parts beneath it and is not their sum: its place, theirs, and the sum."""

    place: int
    children: tuple[int, ...]
    together: Decimal


class Reading(NamedTuple):
    """One sensible way to nest the rows: the sum of the topmost ones, and the rows that are not the sum of theirs."""

    total: Decimal
    faults: tuple[Fault, ...]


class Parts(NamedTuple):
    """One column of the fund table: the total, its parts in order, and whether they may nest."""

    total: Entry
    total_amount: Figure
    rows: tuple[FundRow, ...]
    entries: tuple[Entry | None, ...]
    amounts: tuple[Figure | None, ...]
    exhaustive: bool

    @property
    def digits(self) -> int:
        """The finest decimals written in the column: the precision of all its figures."""
        return max(found.digits for found in (self.total_amount, *self.amounts) if found is not None)

    @property
    def slack(self) -> Decimal:
        """What rounding may add up to: half a step for the total and for each part that is not zero."""
        written = sum(1 for found in self.amounts if found is not None and found.value != 0)
        return Decimal(5).scaleb(-self.digits - 1) * (written + 1)

    @property
    def cells(self) -> tuple[Entry, ...]:
        """The total and every part, the blank ones too: they count as nothing."""
        return (self.total, *(entry for entry in self.entries if entry is not None))

    def readings(self) -> Iterator[Reading]:
        """Every sensible reading of the rows, with the sum it gives the total."""
        values = tuple(None if found is None else found.value for found in self.amounts)
        for depths in _nestings(self.rows):
            yield _reading(self.rows, values, depths, self.slack)
        by_source = [row.source is not FundSource.UNKNOWN for row in self.rows]
        tasks = [value for value, known in zip(values, by_source, strict=True) if value and not known]
        if any(by_source) and len(tasks) > 1:
            # The tasks of the year make up the total; beside them stands what one source gave to all of them.
            yield Reading(sum(tasks, Decimal(0)), ())

    def breakdowns_agree(self) -> bool:
        """Whether the rows are several breakdowns of the total, one after the other (by source, then by use)."""
        wanted, groups, running, written = self.total_amount.value, 0, Decimal(0), False
        for found in self.amounts:
            running += found.value if found is not None else 0
            written = written or (found is not None and found.value != 0)
            if written and abs(running - wanted) <= self.slack:
                groups, running, written = groups + 1, Decimal(0), False
        return groups >= 2 and not written

    def best_reading(self) -> Reading:
        """The reading that comes nearest to the total; of those that fit it, the one with the fewest faults beneath."""
        if self.breakdowns_agree():
            return Reading(self.total_amount.value, ())
        wanted = self.total_amount.value
        fits = [reading for reading in self.readings() if abs(wanted - reading.total) <= self.slack]
        if fits:
            return min(fits, key=lambda reading: (len(reading.faults), abs(wanted - reading.total)))
        sound = [reading for reading in self.readings() if not reading.faults]
        return min(sound, key=lambda reading: abs(wanted - reading.total))

    def gap(self) -> Decimal:
        """Total minus the sum of its parts by the best reading; zero where it fits exactly."""
        return self.total_amount.value - self.best_reading().total


def parts(form: Form, role: str) -> Parts | None:
    """Return a column's total and parts; None where nothing can be compared.

    That is so without a total or parts, with an unreadable amount among them, or with two total rows.
    """
    total_row = form.total_fund
    if total_row is None or sum(row.source is FundSource.TOTAL for row in form.funds) != 1:
        return None
    total_entry: Entry | None = getattr(total_row, role)
    total = amount(form, total_entry)
    rows = tuple(row for row in form.funds if row is not total_row)
    entries: tuple[Entry | None, ...] = tuple(getattr(row, role) for row in rows)
    if total is None or total_entry is None or any(_unreadable(form, entry) for entry in entries):
        return None
    amounts = tuple(amount(form, entry) for entry in entries)
    if all(found is None for found in amounts):
        return None
    exhaustive = any(row.source is FundSource.OTHER for row in rows) or not any(_among(row) for row in rows)
    return Parts(total_entry, total, rows, entries, amounts, exhaustive)


def _unreadable(form: Form, entry: Entry | None) -> bool:
    return entry is not None and not empty(entry) and amount(form, entry) is None


def _among(row: FundRow) -> bool:
    return squeeze(row.label.text).startswith("其中")


def _may_hold(parent: FundRow, child: FundRow, *, next_to: bool) -> bool:
    """Whether a row may stand under another one as its part."""
    if child.source in _HOLDS.get(parent.source, ()):
        return True
    if next_to and _among(child):
        return True
    label, under = squeeze(parent.label.text), squeeze(child.label.text)
    return bool(_FIRST_NUMBER.match(label) and _SECOND_NUMBER.match(under))


_LEVELS = frozenset({FundSource.PROVINCIAL, FundSource.MUNICIPAL, FundSource.COUNTY})
_HOLDS = {
    FundSource.FISCAL: _LEVELS | {FundSource.CENTRAL, FundSource.LOCAL},
    FundSource.LOCAL: _LEVELS,
    FundSource.CENTRAL: frozenset[FundSource](),
}


class _Open(NamedTuple):
    """A row under which later rows may still stand, and whether "其中" opened the group it belongs to."""

    place: int
    among: bool


def _nestings(rows: Sequence[FundRow]) -> Iterator[tuple[int, ...]]:
    """Every sensible nesting of the rows, as the depth of each: flat first, then with parts under parts."""

    def extend(depths: tuple[int, ...], path: tuple[_Open, ...]) -> Iterator[tuple[int, ...]]:
        index = len(depths)
        if index == len(rows):
            yield depths
            return
        for depth in range(len(path) + 1):
            among = _among(rows[index])
            if depth:
                holder = path[depth - 1].place
                beside = depth < len(path) and path[depth].among
                if not beside and not _may_hold(rows[holder], rows[index], next_to=holder == index - 1):
                    continue
                among = among or beside
            yield from extend((*depths, depth), (*path[:depth], _Open(index, among)))

    return islice(extend((), ()), _MOST_READINGS)


def _reading(
    rows: Sequence[FundRow], amounts: Sequence[Decimal | None], depths: Sequence[int], slack: Decimal
) -> Reading:
    faults: list[Fault] = []

    def value(index: int) -> Decimal | None:
        children: list[int] = []
        for later in range(index + 1, len(rows)):
            if depths[later] <= depths[index]:
                break
            if depths[later] == depths[index] + 1:
                children.append(later)
        beneath = [value(child) for child in children]
        known = [found for found in beneath if found is not None]
        own = amounts[index]
        if not known:
            return own
        together = sum(known, Decimal(0))
        if own is None:
            return together
        some_only = _among(rows[children[0]])
        if together > own + slack or (not some_only and together < own - slack):
            faults.append(Fault(index, tuple(children), together))
        return own

    tops = [value(index) for index in range(len(rows)) if depths[index] == 0]
    return Reading(sum((found for found in tops if found is not None), Decimal(0)), tuple(faults))


# Units --------------------------------------------------------------------------------------------


class Slip(NamedTuple):
    """An amount in another unit than its neighbours: where, the amount it should be, and what proves it."""

    entry: Entry
    subject: str
    written: Decimal
    meant: Decimal
    proof: tuple[Entry, ...]


@per_form
def slips(form: Form) -> tuple[Slip, ...]:
    """Return the amounts that are off by a factor of 10,000 (元 against 万元), as far as the table itself proves it."""
    found = {slip.entry.address: slip for slip in reversed(tuple(_slips_in_rows(form)))}
    for role in AMOUNT_COLUMNS:
        column = parts(form, role)
        # What a row proves explains its column as well.
        if column is not None and not any(entry.address in found for entry in column.cells):
            slip = _slip_in_column(form, column)
            if slip is not None:
                found[slip.entry.address] = slip
    return tuple(found.values())


@per_form
def slipped(form: Form) -> frozenset[str]:
    """The addresses of amounts in the wrong unit, and of those they are compared with: no other rule judges them."""
    return frozenset(
        address
        for slip in slips(form)
        for address in (slip.entry.address, *(entry.address for entry in slip.proof))
    )


def _slips_in_rows(form: Form) -> Iterator[Slip]:
    for row in form.funds:
        budget, spent, rate = base(form, row), amount(form, row.executed), rate_figure(form, row)
        if (
            budget is None
            or spent is None
            or row.executed is None
            or budget.amount.value <= 0
            or spent.value <= 0
        ):
            continue
        share = spent.value / budget.amount.value
        for factor in (TEN_THOUSAND, 1 / TEN_THOUSAND):
            converted = share / factor
            agrees = rate is not None and rate.agrees(converted) and not rate.agrees(share)
            confirmed = agrees and _LEAST_SHARE <= converted <= _MOST_SHARE
            plausible = factor > 1 and share >= _LEAST_SLIP and converted <= _MOST_SHARE
            if not (confirmed or (rate is None and (plausible or converted == 1))):
                continue
            proof = tuple(entry for entry in (budget.entry, row.executed, row.rate) if entry is not None)
            yield _slip(form, row, budget, (row.executed, spent), factor, proof)
            break
        yield from _slip_of_initial(form, row)


def _slip(
    form: Form,
    row: FundRow,
    budget: Base,
    spent: tuple[Entry, Figure],
    factor: Decimal,
    proof: tuple[Entry, ...],
) -> Slip:
    """The odd one out is the greater amount on a form in 万元, the lesser one on a form in 元."""
    if (factor > 1) == (form.money_unit != "元"):
        return Slip(spent[0], row.subject, shown(spent[1]), spent[1].value / factor, proof)
    return Slip(budget.entry, row.subject, shown(budget.amount), budget.amount.value * factor, proof)


def _slip_of_initial(form: Form, row: FundRow) -> Iterator[Slip]:
    initial, budget = amount(form, row.initial), amount(form, row.budget)
    if initial is None or budget is None or row.initial is None or row.budget is None:
        return
    greater, lesser = (row.initial, row.budget) if initial.value > budget.value else (row.budget, row.initial)
    high, low = max(initial.value, budget.value), min(initial.value, budget.value)
    if low > 0 and high == low * TEN_THOUSAND:
        if form.money_unit == "元":
            yield Slip(lesser, row.subject, low, high, (row.initial, row.budget))
        else:
            yield Slip(greater, row.subject, high, low, (row.initial, row.budget))


def _slip_in_column(form: Form, column: Parts) -> Slip | None:
    """The amount that closes the gap of a column when converted; of several, the one that its own row contradicts."""
    total_row = form.total_fund
    if total_row is None or abs(column.gap()) <= column.slack:
        return None
    candidates = [(column.total, total_row, column.total_amount, -1)]
    candidates += [
        (entry, row, found, index)
        for index, (row, entry, found) in enumerate(
            zip(column.rows, column.entries, column.amounts, strict=True)
        )
        if entry is not None and found is not None and found.value != 0
    ]
    slips_found: list[tuple[bool, Slip]] = []
    for entry, row, found, index in candidates:
        for factor in (TEN_THOUSAND, 1 / TEN_THOUSAND):
            meant = found.value / factor
            left = abs(_replaced(column, index, Figure(meant, found.digits)).gap())
            if left <= min(column.slack, abs(meant) / 100):
                slip = Slip(entry, row.subject, shown(found), meant, column.cells)
                slips_found.append((_fits_its_row(form, row, entry, found.value), slip))
                break
    return min(slips_found, key=lambda found: found[0])[1] if slips_found else None


_FAR = 100
"""So many times its row's other amounts, an amount is not of their unit."""


def _fits_its_row(form: Form, row: FundRow, entry: Entry, value: Decimal) -> bool:
    """Whether an amount is of the size of the other amounts of its row; False where there is none to tell."""
    others = [
        found.value
        for other in (row.initial, row.budget, row.arrived, row.executed)
        if other is not None
        and other.address != entry.address
        and (found := amount(form, other)) is not None
        and found.value > 0
    ]
    return any(value < other * _FAR and other < value * _FAR for other in others)


def _replaced(column: Parts, index: int, found: Figure) -> Parts:
    if index < 0:
        return Parts(column.total, found, column.rows, column.entries, column.amounts, column.exhaustive)
    amounts = (*column.amounts[:index], found, *column.amounts[index + 1 :])
    return Parts(column.total, column.total_amount, column.rows, column.entries, amounts, column.exhaustive)
