"""What a row of the indicator table shows: target and actual value read, the points lost, and the reason given."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from perfxl.form.attainment import Direction, completion, direction_of, meets
from perfxl.form.dates import of_serial
from perfxl.form.figures import figure
from perfxl.form.labels import squeeze
from perfxl.form.model import Entry, Form, Indicator
from perfxl.form.movements import as_figures
from perfxl.form.units import unit_in_name
from perfxl.form.values import Blank, Quantity, Value, parse
from perfxl.rounding import round_half_up
from perfxl.rules.contradictions import contradiction
from perfxl.rules.marks import row_points, scored_out_of_hundred
from perfxl.rules.reading import empty, name_entry
from perfxl.rules.remembered import per_form

_POINTER = re.compile(r"(?:详?见|参见|参照|同).{0,20}(?:报告|附件|说明|附表|上|材料|正文)\)?。?")
_CAUSE = re.compile(r"因|由于|影响|导致|受.+?(?:限制|制约)|延期|推迟|滞后|尚未|未能")
_COSTS = ("成本", "费", "投资", "价", "支出", "经费", "采购", "预算")
_SHORT = 4
_REMARKS = ("原因", "偏差", "改进", "整改")


class Reason(Enum):
    """What stands in the column for causes and remedies."""

    NO_COLUMN = "no column"
    BLANK = "blank"
    HOLLOW = "hollow"  # it only repeats a figure of the row, or points elsewhere
    GIVEN = "given"


class Result(NamedTuple):
    """A row with its target and actual value as values; `met` and `completion` (a fraction) are None where open.

    `certain` says that the cells alone prove `met`: a target with its operator, a range, a date. Whether 20 is
    missed by 22 rests on which way the indicator is better, and that only on words of its name.
    """

    row: Indicator
    target_entry: Entry
    actual_entry: Entry
    target: Value
    actual: Value
    direction: Direction | None
    met: bool | None
    certain: bool
    completion: Decimal | None


def result(form: Form, row: Indicator) -> Result | None:
    """Return what a row shows; None where target or actual value is missing, a dash or an error."""
    return _results(form)[_place(row)]


@per_form
def _results(form: Form) -> dict[tuple[int, str], Result | None]:
    """What every row shows, by its place: seven rules ask for each."""
    return {_place(row): _result(form, row) for row in form.indicators}


def _place(row: Indicator) -> tuple[int, str]:
    """A row of the sheet may hold two rows of a table that goes on at the right of itself."""
    return row.row, row.target.address if row.target is not None else ""


def _result(form: Form, row: Indicator) -> Result | None:
    if row.target is None or row.actual is None or empty(row.target) or empty(row.actual):
        return None
    operator = row.operator.text if row.operator is not None else None
    target = value_of(row, row.target, operator)
    actual = value_of(row, row.actual)
    if target is None or actual is None or isinstance(target, Blank) or isinstance(actual, Blank):
        return None
    name = name_entry(row)
    direction = direction_of(
        name.text if name is not None else "", row.level2.text if row.level2 is not None else ""
    )
    if name is not None:
        target, actual = as_figures(name.text, target, actual)
    met = meets(target, actual, direction, year=form.year)
    if met is False and contradiction(row) is not None:
        met = None
    plain = isinstance(target, Quantity) and not (target.operator.floor or target.operator.ceiling)
    saved = plain and _may_be_saved(row, target)
    if saved and met is False and not (name is not None and direction_of(name.text) is Direction.REVERSE):
        met = None  # less of a cost or a time is a success, unless its own name says that more is a failure
    certain = (
        not plain or direction is not Direction.REVERSE or (isinstance(target, Quantity) and not target.base)
    )
    share = None if saved else completion(target, actual, direction)
    return Result(row, row.target, row.actual, target, actual, direction, met, certain, share)


def _may_be_saved(row: Indicator, target: Value) -> bool:
    """Whether less than a plain target may be a success: time, or money that is a cost."""
    if not isinstance(target, Quantity) or target.unit.family not in ("time", "money"):
        return False
    names = "".join(entry.text for entry in (row.level1, row.level2, row.level3) if entry is not None)
    return target.unit.family == "time" or any(word in names for word in _COSTS)


def value_of(row: Indicator, entry: Entry, operator: str | None = None) -> Value | None:
    """Return what a row's target or actual value says; None for an error or a date as a number.

    `operator` is what stands in a column of its own; it belongs to the target alone.
    """
    unit = row.unit.text if row.unit is not None and not empty(row.unit) else None
    if unit is None:
        name = name_entry(row)
        unit = unit_in_name(name.text) if name is not None else None
    if entry.cell.error:
        return None
    if not isinstance(entry.value, Decimal):
        return parse(entry.value, unit=unit, operator=operator)
    # What the cell shows counts, not the digits behind it: 99.996% formatted 0.00% is 100.00%.
    found = figure(entry)
    if found is None:
        return of_serial(entry.value, entry.cell.number_format)
    shown = round_half_up(found.value, found.digits)
    return parse(shown, unit=unit, operator=operator, percent=found.percent)


def points_lost(form: Form, row: Indicator) -> Decimal | None:
    """The points a row lost; None where weight or score is missing or shared with other rows."""
    weight, score = row_points(form, row, "weight"), row_points(form, row, "score")
    if weight is None or score is None or _shared(form, row):
        return None
    full = Decimal(100) if scored_out_of_hundred(form) else weight.value
    return full - score.value


def _shared(form: Form, row: Indicator) -> bool:
    """Whether another row shares one of the two cells and not the other: weights and scores merged differently."""
    return row.row in _unevenly_merged(form)


@per_form
def _unevenly_merged(form: Form) -> frozenset[int]:
    """The rows whose weight stands for other rows than their score does."""
    by_weight: dict[str, set[int]] = {}
    by_score: dict[str, set[int]] = {}
    for row in form.indicators:
        if row.weight is not None and row.score is not None:
            by_weight.setdefault(row.weight.address, set()).add(row.row)
            by_score.setdefault(row.score.address, set()).add(row.row)
    return frozenset(
        row.row
        for row in form.indicators
        if row.weight is not None
        and row.score is not None
        and by_weight[row.weight.address] != by_score[row.score.address]
    )


def reason(form: Form, row: Indicator) -> Reason:
    """Say what stands in the row's column for causes and remedies."""
    if row.reason is None:
        return Reason.NO_COLUMN
    if row.reason.blank or empty(row.reason):
        return Reason.BLANK
    text = squeeze(row.reason.text).rstrip("。")
    repeated = {
        squeeze(entry.text).rstrip("。") for entry in (row.actual, row.target, row.score) if entry is not None
    }
    if text in repeated or _POINTER.fullmatch(text):
        return Reason.HOLLOW
    return Reason.GIVEN


def explained_elsewhere(form: Form, row: Indicator) -> Entry | None:
    """The entry that gives a cause outside the column: the actual value itself, or a field below the table."""
    if row.actual is not None and len(row.actual.text) > _SHORT and _CAUSE.search(row.actual.text):
        return row.actual
    for label, entry in form.footer.items():
        if any(word in label for word in _REMARKS) and len(entry.text) > _SHORT:
            return entry
    return None
