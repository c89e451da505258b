"""What becomes of one cell: it is written, stays as a person left it, or is left for a person to decide."""

from __future__ import annotations

from decimal import Context, Decimal
from enum import Enum
from typing import NamedTuple

from perfxl.form.figures import figure, of_text, plain
from perfxl.form.model import Entry
from perfxl.rounding import round_half_up
from perfxl.scoring.cells import Cells, embedded
from perfxl.scoring.expression import Expression, FormulaError, ValueUnknown
from perfxl.scoring.method import Undecided, says_nothing
from perfxl.workbook.grid import CellValue

DOUBLE = Context(prec=17)
"""What a number cell can hold."""


class Change(NamedTuple):
    """A cell that receives a formula and its value. `number_format` is None where the cell's own one serves."""

    sheet: str
    cell: str
    before: CellValue
    after: Decimal
    formula: str
    why: str
    subject: str
    number_format: str | None = None


class Kept(NamedTuple):
    """A cell that stays as a person left it although the computed figure differs; `value` is None where unknown."""

    sheet: str
    cell: str
    value: CellValue
    computed: Decimal
    formula: str
    why: str
    subject: str


class Open(NamedTuple):
    """A cell whose figure only a person can decide, between `least` and `most` points where that is known."""

    sheet: str
    cell: str
    why: str
    subject: str
    least: Decimal | None = None
    most: Decimal | None = None


class Refreshed(NamedTuple):
    """A formula of the form's own that stays, with the result it has once the changes are made."""

    sheet: str
    cell: str
    value: Decimal
    formula: str


class Plan(NamedTuple):
    """What `score` does to one form. Formulas stand without their leading "="."""

    changes: tuple[Change, ...] = ()
    kept: tuple[Kept, ...] = ()
    open: tuple[Open, ...] = ()
    refreshed: tuple[Refreshed, ...] = ()


class Duty(Enum):
    """What happens to a figure that a person typed: a computed one replaces it, or it stays."""

    ALWAYS = "rates, the score for the rate, totals, the header's score"
    WHERE_BLANK = "indicator scores"


class Decisions:
    """The decisions on the cells of one form, gathered as they are made.

    What is written is put into `cells` at once, so that later figures rest on it. `short` is by how much the scores
    that people gave fall short of the computed ones, altogether.
    """

    def __init__(self, sheet: str, cells: Cells, *, overwrite: bool) -> None:
        self._sheet = sheet
        self._cells = cells
        self._overwrite = overwrite
        self._met: set[str] = set()
        self.changes: list[Change] = []
        self.kept: list[Kept] = []
        self.open: list[Open] = []
        self.short = Decimal(0)

    def begin(self, entry: Entry) -> bool:
        """Whether the cell is met for the first time; a merged cell speaks for several rows."""
        if entry.address in self._met:
            return False
        self._met.add(entry.address)
        return True

    def settle(
        self,
        entry: Entry,
        expression: Expression,
        why: str,
        subject: str,
        *,
        digits: int,
        duty: Duty = Duty.ALWAYS,
        number_format: str | None = None,
    ) -> None:
        """Decide what becomes of a cell whose figure is computed; own figures are compared at `digits` decimals."""
        after = self._value(entry, expression, subject)
        if after is None:
            return
        formula = expression.formula()
        own = self._cells.reference(entry).content
        has_formula = entry.cell.formula is not None
        if embedded(entry):
            self._settle_shared(entry, after, formula, subject)
        elif self._cells.in_array(entry.address):
            given = self._number_in(entry)
            if given is None or not _equal(given, after, digits):
                why = f"这里属于一个数组公式，不能单独改写，没有改动：请在 Excel/WPS 中改这个数组公式；{why}"
                self._keep(entry, after, formula, why, subject, given)
        elif has_formula and isinstance(own, Decimal) and _equal(own, after, digits):
            return
        elif has_formula and not self._overwrite and not (duty is Duty.ALWAYS and isinstance(own, Decimal)):
            self._keep(entry, after, formula, f"这里有原来的公式，没有改动；{why}", subject, own)
        elif duty is Duty.WHERE_BLANK and not says_nothing(entry) and not self._overwrite:
            given = self._number_in(entry)
            if given != after:
                self.short += after - (given or Decimal(0))
                self._keep(entry, after, formula, f"这里的得分是填表人给的，没有改动；{why}", subject)
        elif self._holds_words(entry) and not self._overwrite:
            self.leave(entry, f"这里写着文字，没有改动；计算结果是 {plain(after)}。", subject)
        elif self._cells.rests_on(expression, entry.address):
            self.leave(entry, f"写入公式会造成循环引用，没有改动；计算结果是 {plain(after)}。", subject)
        else:
            wish = _format(entry, number_format)
            before = entry.value
            change = Change(self._sheet, entry.address, before, after, formula, why, subject, wish)
            self.changes.append(change)
            self._cells.put(entry.address, after, formula)

    def leave(self, entry: Entry, why: str, subject: str, bounds: Undecided | None = None) -> None:
        """Leave a cell for a person to decide, for the reason told, between the `bounds` in points if there are any."""
        least, most = (bounds.least, bounds.most) if bounds is not None else (None, None)
        self.open.append(Open(self._sheet, entry.address, why, subject, least, most))

    def _value(self, entry: Entry, expression: Expression, subject: str) -> Decimal | None:
        """The computed figure; None, and the cell is left open, where it cannot be computed."""
        try:
            return expression.value()
        except FormulaError:
            self.leave(entry, "所依据的单元格里有错误值，算不出来：请先改正。", subject)
        except ValueUnknown:
            why = "所依据的公式没有保存结果，算不出来：请用 Excel 或 WPS 打开并保存一次，再来计算。"
            self.leave(entry, why, subject)
        return None

    def _settle_shared(self, entry: Entry, after: Decimal, formula: str, subject: str) -> None:
        """Label and figure share the cell: a formula would wipe the label out, so the cell is left to a person."""
        found = figure(entry)
        if found is None:
            self.leave(entry, f"标签和数值在同一个单元格里，没有改动：请填 {plain(after)}。", subject)
        elif not found.agrees(after):
            self._keep(entry, after, formula, "标签和数值在同一个单元格里，没有改动：请手工更正。", subject)

    def _number_in(self, entry: Entry) -> Decimal | None:
        reference = self._cells.reference(entry)
        try:
            return reference.value() if reference.counts else None
        except (FormulaError, ValueUnknown):
            return None

    def _holds_words(self, entry: Entry) -> bool:
        return not says_nothing(entry) and isinstance(entry.value, str) and of_text(entry.value) is None

    def _keep(
        self, entry: Entry, after: Decimal, formula: str, why: str, subject: str, own: object = None
    ) -> None:
        value = DOUBLE.plus(own) if isinstance(own, Decimal) else entry.value
        self.kept.append(Kept(self._sheet, entry.address, value, after, formula, why, subject))


def _equal(first: Decimal, second: Decimal, digits: int) -> bool:
    return round_half_up(first, digits) == round_half_up(second, digits)


def _format(entry: Entry, wish: str | None) -> str | None:
    """The number format a computed figure needs in a cell; None where the cell's own one shows it right.

    A unit typed behind a number ("10分") moves into the format, so that the cell still shows it.
    """
    typed = of_text(entry.value) if isinstance(entry.value, str) else None
    if typed is not None and typed.unit and not typed.percent:
        return f'General"{typed.unit}"'
    own = entry.cell.number_format
    if wish is None:
        return "General" if own == "@" else None
    if wish.endswith("%"):
        return None if "%" in own else wish
    return wish if own in ("General", "@", "") or "%" in own else None
