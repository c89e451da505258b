"""Forms handed in together by several units: what they have in common, row by row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from perfxl.form.figures import figure
from perfxl.form.labels import core, squeeze
from perfxl.form.model import Entry, Form, Indicator
from perfxl.form.units import BARE, Unit, comparable
from perfxl.form.value_types import Attainment, Operator, Quantity, Value
from perfxl.rules.reading import counted, empty, name_entry
from perfxl.rules.results import result, value_of


class Contribution(NamedTuple):
    """One form handed in: the file it stands in, and the unit that filled it."""

    file: str
    form: Form
    unit: str

    @property
    def place(self) -> str:
        """File and sheet as Excel names a sheet of another workbook: [甲县.xlsx]自评表."""
        return f"[{self.file}]{self.form.sheet}"


class Line(NamedTuple):
    """An indicator that forms have in common: for each of them its own row, or None."""

    level1: str
    level2: str
    level3: str
    rows: tuple[Indicator | None, ...]

    @property
    def subject(self) -> str:
        """Its name in one line."""
        return squeeze(self.level3 or self.level2 or self.level1)


class Together(NamedTuple):
    """Forms of one kind handed in together, which rules judge as a whole.

    `repeated` are forms that repeat another one (the second of each pair) and do not count; `single_project` says
    that the members speak of one project, each of its own part.
    """

    members: tuple[Contribution, ...]
    repeated: tuple[tuple[Contribution, Contribution], ...] = ()
    single_project: bool = True

    @property
    def lines(self) -> tuple[Line, ...]:
        """The indicators of all members."""
        return lines([member.form for member in self.members])


class Said(NamedTuple):
    """What a row says: target and actual value, None where blank, and whether the target is met (None: open)."""

    target: Value | None
    actual: Value | None
    met: bool | None

    @property
    def figure(self) -> Quantity | None:
        """The figure of the actual value; a condition ("≥2次") is none."""
        if not isinstance(self.actual, Quantity):
            return None
        return None if self.actual.operator.floor or self.actual.operator.ceiling else self.actual


def said(form: Form, row: Indicator) -> Said:
    """Return what a row says."""
    operator = row.operator.text if row.operator is not None else None
    target = value_of(row, row.target, operator) if row.target is not None and not empty(row.target) else None
    actual = value_of(row, row.actual) if row.actual is not None and not empty(row.actual) else None
    shown = result(form, row)
    met = shown.met if shown is not None else None
    if met is None and isinstance(actual, Attainment):
        met = actual.reached
    return Said(target, actual, met)


def joint_unit(values: Iterable[Said | None]) -> Unit | None:
    """Return the one unit in which all figures can be stated; None without figures, or where two do not compare.

    A bare figure has the unit of its own target, or the one that the others have.
    """
    units: Counter[Unit] = Counter()
    for one in values:
        found = one.figure if one is not None else None
        if one is None or found is None:
            continue
        unit = found.unit
        if unit.bare and isinstance(one.target, Quantity) and not one.target.unit.bare:
            unit = one.target.unit
        units[unit] += 1
    named = [unit for unit in units if not unit.bare]
    first = max(named, key=lambda unit: units[unit], default=BARE)
    return first if units and all(comparable(first, other) for other in units) else None


def as_written(row: Indicator) -> str:
    """A target as a person reads it: with the operator and unit that stand in columns of their own."""
    operator = _text(row.operator) if _text(row.operator) in set(Operator) else ""
    text = _shown(row.target)
    return text if not operator or text.startswith(operator) else f"{operator}{text}{_text(row.unit)}"


def lines(forms: Sequence[Form]) -> tuple[Line, ...]:
    """The indicators of several forms, group by group in the order in which they first appear.

    Rows are one where they have their name and first level in common; of several such rows in one form, the first
    goes with the first.
    """
    found: dict[tuple[str, str, int], tuple[Indicator, list[Indicator | None]]] = {}
    for place, form in enumerate(forms):
        seen: Counter[tuple[str, str]] = Counter()
        for row in counted(form):
            if not _named(row):
                continue
            name = (_core(row.level1), _core(row.level3) or row.subject)
            seen[name] += 1
            _, rows = found.setdefault((*name, seen[name]), (row, [None] * len(forms)))
            rows[place] = row
    made = [
        Line(_text(first.level1), _text(first.level2), _text(first.level3), tuple(rows))
        for first, rows in found.values()
    ]
    return tuple(_grouped(made))


def _named(row: Indicator) -> bool:
    name = name_entry(row)
    return name is not None and not empty(name)


def _grouped(made: Iterable[Line]) -> Iterable[Line]:
    """The same lines with those of a first- and second-level group together."""
    groups: dict[str, dict[str, list[Line]]] = {}
    for line in made:
        groups.setdefault(core(line.level1), {}).setdefault(core(line.level2), []).append(line)
    for seconds in groups.values():
        for thirds in seconds.values():
            yield from thirds


def _core(entry: Entry | None) -> str:
    return "" if entry is None else core(entry.text) or squeeze(entry.text)


def _text(entry: Entry | None) -> str:
    return "" if entry is None else squeeze(entry.text)


def _shown(entry: Entry | None) -> str:
    if entry is None or empty(entry):
        return ""
    return str(shown) if (shown := figure(entry)) is not None and shown.percent else entry.text
