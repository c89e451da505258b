"""What a form knows that a report may state: amounts, rates, points and counts, each with its cells and precision.

Money is in 元, rates are fractions. Where the form allows several readings of a word (预算 is 年初 or 全年), all are
given: a report is faulty only where none of them fits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from perfxl.form.figures import Figure, plain
from perfxl.form.labels import squeeze
from perfxl.form.model import Entry, Form, FundRow, FundSource, Indicator, Kind, distinct
from perfxl.rounding import round_half_up
from perfxl.rules.amounts import amount, base, spent_share, unit_factor
from perfxl.rules.marks import (
    fund_score,
    fund_weight,
    marks_of,
    points,
    printed_total,
    readable_total,
)
from perfxl.rules.reading import counted, number_within, percent_text, rate_figure
from perfxl.settings.parameters import Settings

ZERO = Decimal(0)
_OF_ASPECT = {
    "executed": ("executed",),
    "budget": ("budget", "initial"),
    "initial": ("initial", "budget"),
    "arrived": ("arrived", "budget", "initial"),
    "amount": ("budget", "initial", "arrived", "executed"),
}
_WHOLE = (FundSource.TOTAL,)


class Known(NamedTuple):
    """A figure of the form: its value in base units, the last digit written, its cells and how it reads."""

    value: Decimal
    step: Decimal
    cells: tuple[Entry, ...]
    text: str


def rows_of(form: Form, source: str) -> tuple[FundRow, ...]:
    """The fund rows that a source's name may mean: its own, or the whole where the form does not split its money."""
    if not source:
        total = form.total_fund or (form.funds[0] if len(form.funds) == 1 else None)
        return (total,) if total is not None else ()
    own = tuple(row for row in form.funds if row.source.value == source)
    if own:
        return own
    filled = [row for row in form.funds if row.source is not FundSource.TOTAL and any(_filled(form, row))]
    total = form.total_fund
    # One source alone is the whole: 中央补助 on a form with nothing but 年度资金总额 and 当年财政拨款.
    single = len({tuple(_filled(form, row)) for row in filled}) <= 1
    return (total,) if total is not None and single else ()


def _filled(form: Form, row: FundRow) -> Iterator[Decimal]:
    for entry in (row.initial, row.budget, row.arrived, row.executed):
        found = amount(form, entry)
        if found is not None and found.value:
            yield found.value


def money(form: Form, source: str, aspect: str) -> tuple[Known, ...]:
    """What the form knows of an amount of money, in 元; nothing where its unit or the amount is not to be read."""
    factor = unit_factor(form.money_unit)
    if factor is None:
        return ()
    found: list[Known] = []
    for row in rows_of(form, source):
        if aspect == "left":
            found += _left(form, row, factor)
        for column in _OF_ASPECT.get(aspect, ()):
            entry: Entry | None = getattr(row, column)
            read = amount(form, entry)
            if entry is not None and read is not None:
                found.append(_known(read, factor, (entry,), form))
    return tuple(found)


def _known(read: Figure, factor: Decimal, cells: tuple[Entry, ...], form: Form) -> Known:
    step = Decimal(1).scaleb(-read.digits) * factor
    return Known(
        read.value * factor, step, cells, f"{plain(round_half_up(read.value, read.digits))}{form.money_unit}"
    )


def _left(form: Form, row: FundRow, factor: Decimal) -> Iterator[Known]:
    spent = amount(form, row.executed)
    for entry in (row.budget, row.initial, row.arrived):
        given = amount(form, entry)
        if given is not None and spent is not None and entry is not None and row.executed is not None:
            left = Figure(given.value - spent.value, max(given.digits, spent.digits))
            yield _known(left, factor, (entry, row.executed), form)


def rates(form: Form, source: str, aspect: str) -> tuple[Known, ...]:
    """What the form knows of an execution rate (computed and printed) or of the rate of arrival, as fractions."""
    found: list[Known] = []
    for row in rows_of(form, source):
        if aspect == "arrival":
            found += _share(form, row.arrived, row.budget) + _share(form, row.arrived, row.initial)
            continue
        share, budget = spent_share(form, row), base(form, row)
        if share is not None and budget is not None and row.executed is not None:
            found.append(Known(share, ZERO, (row.executed, budget.entry), percent_text(share)))
            found += _share(form, row.executed, row.initial)
        printed = rate_figure(form, row)
        if printed is not None and row.rate is not None:
            found.append(Known(printed.value, Decimal(1).scaleb(-printed.digits), (row.rate,), str(printed)))
    return tuple(found)


def _share(form: Form, part: Entry | None, whole: Entry | None) -> list[Known]:
    mine, given = amount(form, part), amount(form, whole)
    if part is None or whole is None or mine is None or given is None or not given.value:
        return []
    share = mine.value / given.value
    return [Known(share, ZERO, (part, whole), percent_text(share))]


# Points -------------------------------------------------------------------------------------------


def _in_points(found: Figure, *cells: Entry) -> Known:
    return Known(found.value, Decimal(1).scaleb(-found.digits), cells, f"{plain(found.value)}分")


def total_score(form: Form, settings: Settings) -> tuple[Known, ...]:
    """The whole score: as printed in the total row and in the header, else the sum of the scores."""
    found: list[Known] = []
    printed = printed_total(form)
    if printed is not None:
        found.append(_in_points(printed[1], printed[0]))
    header = form.roles.get("self_score")
    given = number_within(header) if header is not None else None
    if header is not None and given is not None and not given.percent:
        found.append(_in_points(given, header))
    if not found:
        sums = readable_total(form, settings.full_marks)
        if sums is not None and not sums.blank:
            value = Figure(sums.readings[0], sums.digits)
            found.append(_in_points(value, *sums.entries))
    return tuple(found)


class GroupKnown(NamedTuple):
    """A first- or second-level group: the name it goes by, its weight and its score; None where not to be read."""

    name: str
    weight: Known | None
    score: Known | None
    rows: int


def groups(form: Form) -> tuple[GroupKnown, ...]:
    """The groups of the form by name; a name at several places (数量指标 under two groups) is left out."""
    found: dict[str, list[tuple[Indicator, ...]]] = {}
    rows = counted(form)
    for level in ("level1", "level2"):
        by_place: dict[tuple[str, str], list[Indicator]] = {}
        for row in rows:
            label: Entry | None = getattr(row, level)
            if label is not None and label.text:
                by_place.setdefault((_group_name(label.text), label.address), []).append(row)
        for (name, _), members in by_place.items():
            found.setdefault(name, []).append(tuple(members))
    return tuple(_group(form, name, places[0]) for name, places in found.items() if len(places) == 1 and name)


def _group_name(label: str) -> str:
    text = squeeze(label)
    return text.partition("(")[0].strip("0123456789.、:") if text else ""


def _group(form: Form, name: str, rows: Sequence[Indicator]) -> GroupKnown:
    return GroupKnown(name, _sum(form, rows, "weight"), _sum(form, rows, "score"), len(rows))


def _sum(form: Form, rows: Sequence[Indicator], role: str) -> Known | None:
    marks = marks_of(form, rows, role)
    others = {
        getattr(row, role).address
        for row in counted(form)
        if row not in rows and getattr(row, role) is not None
    }
    if not marks.read or not marks.complete or any(entry.address in others for entry in marks.entries):
        return None
    digits = max(found.digits for _, found in marks.read)
    return _in_points(Figure(marks.total, digits), *marks.entries)


def execution(form: Form) -> GroupKnown | None:
    """The group of the money: the weight and score of the whole year's row, None where the form scores none."""
    row = form.total_fund
    if row is None:
        return None
    weight, score = fund_weight(form, row), fund_score(form)
    if weight is None and score is None:
        return None
    return GroupKnown(
        "预算执行",
        _in_points(weight[1], weight[0]) if weight is not None else None,
        _in_points(score[1], score[0]) if score is not None else None,
        0,
    )


def row_known(form: Form, row: Indicator, role: str) -> Known | None:
    """The weight or score of a row; None where it is blank or shared with another row."""
    entry: Entry | None = getattr(row, role)
    found = points(entry, form.indicator_columns.get(role))
    if entry is None or found is None:
        return None
    shared = sum(
        1
        for other in form.indicators
        if getattr(other, role) is not None and getattr(other, role).address == entry.address
    )
    return _in_points(found, entry) if shared == 1 else None


# Counts -------------------------------------------------------------------------------------------


class Count(NamedTuple):
    """How many indicators there are under a name (三级指标, 产出指标), in each way to count, and the cells."""

    name: str
    numbers: tuple[int, ...]
    cells: tuple[Entry, ...]


def counts(form: Form) -> tuple[Count, ...]:
    """The numbers of indicators of the form: by level, and third-level ones by group; none of a list of projects."""
    if form.kind is Kind.PROJECT_LIST:
        return ()
    rows = counted(form)
    found = []
    for level, name in (("level1", "一级指标"), ("level2", "二级指标"), ("level3", "三级指标")):
        labels = [entry for row in rows if (entry := getattr(row, level)) is not None and entry.text]
        cells = distinct(labels)
        if cells:
            found.append(Count(name, (len(rows),) if level == "level3" else _groups_of(form, level), cells))
    found += [Count(group.name, (group.rows,), _labels(rows, group.name)) for group in groups(form)]
    return tuple(found)


def _groups_of(form: Form, level: str) -> tuple[int, ...]:
    """How many groups of a level there are, in each way to count: a name that comes again may be one group or two."""
    names = [
        (_text(row.level1) if level == "level2" else "", _text(getattr(row, level))) for row in counted(form)
    ]
    names = [(above, name) for above, name in names if name]
    runs = sum(1 for _ in groupby(names))
    return tuple(dict.fromkeys((len(set(names)), runs, len({name for _, name in names}))))


def _text(entry: Entry | None) -> str:
    return _group_name(entry.text) if entry is not None else ""


def _labels(rows: Iterable[Indicator], name: str) -> tuple[Entry, ...]:
    return distinct(
        entry
        for row in rows
        for entry in (row.level1, row.level2)
        if entry is not None and _group_name(entry.text) == name
    )
