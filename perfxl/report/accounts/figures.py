"""The figures of a final accounts statement: amounts in 万元, changes, shares and rates, each with its cells.

Every figure that is said is recorded, so that a test, or an officer who doubts one, can follow it to the workbook.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from perfxl.form.figures import figure, plain
from perfxl.form.model import Entry
from perfxl.report.accounts.read import Accounts
from perfxl.report.marks import doubt
from perfxl.report.stated import Stated, percentage
from perfxl.rounding import round_half_up

_TEN_THOUSAND = Decimal(10000)
UNIT = "万元"


class Figures:
    """Figures of one workbook; `stated` is every one that was asked for, in order."""

    def __init__(self, accounts: Accounts) -> None:
        self.accounts = accounts
        self.stated: list[Stated] = []
        unit = accounts.entry("basics", "money_unit", "value")
        self._in_yuan = unit is not None and unit.text == "元"

    def text(self, table: str, row: str, column: str) -> str:
        """Return a text of the workbook, "" where there is none."""
        entry = self.accounts.entry(table, row, column)
        return " ".join(entry.text.split()).rstrip("。；;，,") if entry is not None else ""

    def amount(self, table: str, row: str, column: str = "final") -> Stated | None:
        """Return an amount in 万元 with at most two decimals; None where the cell is blank or no number."""
        return self.amount_of(table, self.accounts.entry(table, row, column))

    def amount_of(self, table: str, entry: Entry | None) -> Stated | None:
        """The same of an entry of a list."""
        found = figure(entry)
        if entry is None or found is None:
            return None
        cell = self._cell(table, entry)
        value = found.value / _TEN_THOUSAND if self._in_yuan else found.value
        how = f"{cell}/10000" if self._in_yuan else cell
        return self._said(Stated(f"{plain(round_half_up(value, 2))}{UNIT}", (cell,), value, how))

    def number(self, table: str, row: str, column: str = "value") -> Stated | None:
        """Return a count as it stands: vehicles, batches, persons."""
        entry = self.accounts.entry(table, row, column)
        found = figure(entry)
        if entry is None or found is None:
            return None
        cell = self._cell(table, entry)
        return self._said(Stated(plain(found.value), (cell,), found.value))

    def total(self, parts: list[Stated]) -> Stated:
        """Return the sum of amounts."""
        value = sum((part.value for part in parts if part.value is not None), Decimal(0))
        how = "+".join(part.how for part in parts)
        cells = tuple(cell for part in parts for cell in part.cells)
        return self._said(Stated(f"{plain(round_half_up(value, 2))}{UNIT}", cells, value, how))

    def unequal(self, printed: Stated | None, parts: Sequence[Stated], what: str) -> str:
        """Return the mark that a total is not the sum of its parts, or "" where it is or nothing can be said."""
        if printed is None or printed.value is None or not parts:
            return ""
        together = sum((part.value for part in parts if part.value is not None), Decimal(0))
        if round_half_up(together, 2) == round_half_up(printed.value, 2):
            return ""
        said = f"{plain(round_half_up(together, 2))}{UNIT}"
        return doubt(f"{what}填的是{printed.text}，各项合计是{said}（见{printed.cells[0]}单元格）")

    def share(self, part: Stated, whole: Stated) -> Stated | None:
        """Return a part of a whole in percent with two decimals; None where the whole is nought."""
        if part.value is None or not whole.value:
            return None
        cells = (*part.cells, *whole.cells)
        return self._said(percentage(part.value / whole.value, cells, f"({part.how})/({whole.how})"))

    def change(self, now: Stated, before: Stated, what: str = "") -> str:
        """Return how an amount changed: "增加1272.24万元，增长23.46%"; no rate where it was nought before."""
        if now.value is None or before.value is None:
            return ""
        # What a reader subtracts are the amounts as printed.
        difference = round_half_up(now.value, 2) - round_half_up(before.value, 2)
        if not difference:
            return f"{what}与上年持平"
        verb, direction = ("增加", "增长") if difference > 0 else ("减少", "下降")
        cells = (*now.cells, *before.cells)
        amount = self._said(
            Stated(f"{plain(abs(difference))}{UNIT}", cells, abs(difference), f"|({now.how})-({before.how})|")
        )
        if not before.value:
            return f"{what}{verb}{amount.text}"
        rate = percentage(
            abs(difference) / round_half_up(before.value, 2),
            cells,
            f"|(({now.how})-({before.how}))/({before.how})|",
        )
        return f"{what}{verb}{amount.text}，{direction}{self._said(rate).text}"

    def year(self) -> Stated | None:
        """Return the year of the accounts, and record the one before, with which it is compared."""
        entry = self.accounts.entry("basics", "year", "value")
        digits = "".join(sign for sign in entry.text if sign.isdigit())[:4] if entry is not None else ""
        if entry is None or len(digits) < 4:
            return None
        cell = self._cell("basics", entry)
        self._said(Stated(str(int(digits) - 1), (cell,), Decimal(int(digits) - 1), f"{cell}-1"))
        return self._said(Stated(digits, (cell,), Decimal(digits)))

    def _said(self, stated: Stated) -> Stated:
        self.stated.append(stated)
        return stated

    def _cell(self, table: str, entry: Entry) -> str:
        return f"{self.accounts.sheets[table]}!{entry.address}"
