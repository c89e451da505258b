"""The fund rows that the forms of a group have in common, and their amounts in one unit."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import NamedTuple

from perfxl.form.labels import core, squeeze
from perfxl.form.model import Entry, Form, FundRow, FundSource
from perfxl.rollup.gather import Group
from perfxl.rules.amounts import amount, base, unit_factor

USUAL_UNIT = "万元"
COLUMNS = ("initial", "budget", "executed")


class FundLine(NamedTuple):
    """A fund row of the regional form: for each member of the group its own row, or None."""

    label: str
    source: FundSource
    rows: tuple[FundRow | None, ...]


def money_unit(group: Group) -> str:
    """The unit the regional form is in: the one most forms print, 万元 where none does."""
    printed = Counter(
        member.form.money_unit for member in group.members if unit_factor(member.form.money_unit)
    )
    return (printed.most_common(1)[0][0] if printed else None) or USUAL_UNIT


def in_unit(form: Form, entry: Entry | None, unit: str) -> Decimal | None:
    """An amount of a form in the regional form's unit; None where there is none. A form without a unit has that one."""
    found = amount(form, entry)
    if found is None:
        return None
    own, wanted = unit_factor(form.money_unit), unit_factor(unit)
    return found.value if own is None or wanted is None else found.value * own / wanted


def weight_of(form: Form, unit: str) -> Decimal | None:
    """The money a form's shares count with (资金额度): its total budget A, in the regional form's unit."""
    row = form.total_fund or next(iter(form.funds), None)
    found = base(form, row) if row is not None else None
    return in_unit(form, found.entry, unit) if found is not None else None


def fund_lines(group: Group) -> tuple[FundLine, ...]:
    """The fund rows of all forms, the total first; rows are one where their source is, or, without one, their label."""
    found: dict[tuple[object, int], tuple[str, list[FundRow | None]]] = {}
    for place, member in enumerate(group.members):
        seen: Counter[object] = Counter()
        for row in member.form.funds:
            name: object = squeeze(core(row.label.text)) if row.source is FundSource.UNKNOWN else row.source
            seen[name] += 1
            _, rows = found.setdefault((name, seen[name]), (row.subject, [None] * len(group.members)))
            rows[place] = row
    lines = [
        FundLine(label, next(row.source for row in rows if row is not None), tuple(rows))
        for label, rows in found.values()
    ]
    return tuple(sorted(lines, key=lambda line: line.source is not FundSource.TOTAL))
