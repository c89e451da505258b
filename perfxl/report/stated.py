"""What a report may state: a wording, the cells it rests on, and how a figure was computed from them."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from perfxl.form.figures import Figure, figure, plain
from perfxl.form.model import Entry
from perfxl.form.shown import affixes, shown
from perfxl.rounding import round_half_up
from perfxl.rules.finding import Finding, Severity

_SENTENCE_END = "。；;，,、 "
_SAID_ANYWAY = frozenset({"PX101", "PX402"})
"""A blank entry or reason is no doubt about a figure: the draft marks it as missing where it needs it."""

_WEIGHTS = "PX407"


class Stated(NamedTuple):
    """One thing a report may state: wording, cells, and the number if it is one (a percentage's fraction).

    `how` is the computation behind a number that stands in no cell, written with cell addresses ("E6/D6",
    "F12+F13", "D6-E6"); "" says that the cell itself holds what is stated.
    """

    text: str
    cells: tuple[str, ...]
    value: Decimal | None = None
    how: str = ""


class Doubt(NamedTuple):
    """A fault proven in the form: what is wrong, in one sentence, and the cell to look at first."""

    message: str
    cell: str


class Doubts:
    """The proven faults of a form, given out once each: to whatever is stated from the faulty cell.

    `misplaced` are cells that hold weights where targets belong: nothing is met or missed by them.
    """

    def __init__(self, findings: Iterable[Finding]) -> None:
        proven = [
            found
            for found in findings
            if (found.severity is Severity.ERROR and found.code not in _SAID_ANYWAY) or found.code == _WEIGHTS
        ]
        self._left: list[Finding] = proven
        self.misplaced = frozenset(cell for found in proven if found.code == _WEIGHTS for cell in found.cells)

    def take(self, entries: Iterable[Entry | None]) -> tuple[Doubt, ...]:
        """The doubts that begin at one of these entries and were not given out before."""
        cells = {entry.address for entry in entries if entry is not None}
        taken = [found for found in self._left if found.cell in cells]
        self._left = [found for found in self._left if found.cell not in cells]
        return tuple(Doubt(found.message, found.cell) for found in taken)

    def rest(self) -> tuple[Doubt, ...]:
        """All that is left."""
        return tuple(Doubt(found.message, found.cell) for found in self._left)


def text_of(entry: Entry | None) -> Stated | None:
    """An officer's text as it goes into a sentence: one line, no closing punctuation."""
    if entry is None:
        return None
    found = figure(entry) if isinstance(entry.value, Decimal) else None
    if found is not None:  # a number is said without the zeros that its format adds: 100%, not 100.00%
        rounded = found._replace(value=round_half_up(found.value, found.digits))
        before, after = affixes(entry)
        return Stated(f"{before}{rounded}{after}", (entry.address,))
    lines = [" ".join(line.split()) for line in shown(entry).splitlines() if line.strip()]
    return Stated("；".join(line.rstrip(_SENTENCE_END) for line in lines), (entry.address,))


def lines_of(entry: Entry | None) -> Stated | None:
    """An officer's text of several paragraphs, their breaks kept."""
    if entry is None:
        return None
    lines = (" ".join(line.split()) for line in shown(entry).splitlines())
    return Stated("\n".join(line for line in lines if line), (entry.address,))


def worded(found: Figure, cells: tuple[str, ...], unit: str = "", how: str = "") -> Stated:
    """A figure in the precision in which it is written."""
    value = round_half_up(found.value, found.digits)
    return Stated(plain(value) + unit, cells, value, how)


def percentage(fraction: Decimal, cells: tuple[str, ...], how: str, decimals: int = 2) -> Stated:
    """A computed fraction in percent, rounded half up: 0.898904 -> "89.89%"."""
    shown_value = round_half_up(fraction, decimals + 2)
    return Stated(f"{plain(shown_value * 100)}%", cells, shown_value, how)


def total_of(column: Iterable[Stated | None]) -> Stated | None:
    """The sum of a column, or None where an entry is blank or no number. None entries are skipped."""
    entries = [entry for entry in column if entry is not None]
    values = [entry.value for entry in entries if entry.value is not None]
    if not entries or len(values) < len(entries):
        return None
    total = sum(values, Decimal(0))
    how = "+".join(entry.how or entry.cells[0] for entry in entries)
    return Stated(plain(total), tuple(cell for entry in entries for cell in entry.cells), total, how)
