"""Weights and scores of a form in points, merged cells counted once, however the form writes them.

A weight may be a number, "10分", "10%", or a bare 25.00 under "权重占比(%)"; all are points of 100.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import ROUND_FLOOR, Decimal
from typing import NamedTuple

from perfxl.form.execution import is_execution_rate
from perfxl.form.figures import Figure, figure
from perfxl.form.labels import squeeze
from perfxl.form.model import Column, Entry, Form, FundRow, Indicator, distinct
from perfxl.rounding import round_half_up
from perfxl.rules.amounts import spent_share
from perfxl.rules.reading import counted, empty, in_percent
from perfxl.rules.remembered import per_form

_LABEL_WEIGHT = re.compile(
    r"[(\[【](?:权重|分值|满分|标准分|共|共计|计|合计|总分)?[:：为]?(\d+(?:\.\d+)?)(?:(分|%)[^()\[\]【】\d]*)?[)\]】]"
)
_BARE_LABEL_WEIGHT = re.compile(r".*[^\d.≥≤<>=](\d+(?:\.\d+)?)(分)")
"""Points behind a name without brackets: 产出指标50分."""


Points = tuple[Entry, Figure]
"""An entry and the points it holds."""


class Marks(NamedTuple):
    """A column of points: the entries that hold a figure, their sum, and whether every row that counts has one."""

    read: tuple[Points, ...]
    complete: bool

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The entries the sum rests on."""
        return tuple(entry for entry, _ in self.read)

    @property
    def total(self) -> Decimal:
        """The sum in points."""
        return sum((found.value for _, found in self.read), Decimal(0))

    @property
    def tolerance(self) -> Decimal:
        """How far rounding may carry the sum: half a step for each figure that is no whole number."""
        fractional = [found.digits for _, found in self.read if found.digits > 0]
        return sum((Decimal(5).scaleb(-digits - 1) for digits in fractional), Decimal(0))


def points(entry: Entry | None, column: Column | None = None) -> Figure | None:
    """Return a weight or score in points, or None where no figure stands there.

    A percentage counts as points of 100. A negative number is read; a condition or a sentence is not.
    """
    found = figure(entry, in_percent=in_percent(column))
    if found is None or not found.percent:
        return found
    return Figure(found.value * 100, max(found.digits - 2, 0), unit=found.unit)


def row_points(form: Form, row: Indicator, role: str) -> Figure | None:
    """The points of an indicator row in one column: "weight", "score" or "weighted_score"."""
    return entry_points(form, getattr(row, role), role)


def entry_points(form: Form, entry: Entry | None, role: str) -> Figure | None:
    """The points of an entry in one of those columns, whatever row of the indicator table it stands in."""
    return _points_of(form, entry, role, weight_scale(form) if role == "weight" else 1)


def _points_of(form: Form, entry: Entry | None, role: str, scale: int) -> Figure | None:
    found = points(entry, form.indicator_columns.get(role))
    return found if found is None or scale == 1 else Figure(found.value * scale, max(found.digits - 2, 0))


@per_form
def weight_scale(form: Form) -> int:
    """By what the weights are to be multiplied to be points: 100 on a form that writes them as fractions of 1."""
    column = form.indicator_columns.get("weight")
    entries = distinct(row.weight for row in counted(form))
    found = [
        number for entry in entries if (number := figure(entry, in_percent=in_percent(column))) is not None
    ]
    fractions = all(not number.percent and 0 <= number.value < 1 for number in found)
    return (
        100 if len(found) > 1 and fractions and sum(number.value for number in found) > Decimal("0.5") else 1
    )


def label_points(label: str, *, bare: bool = False) -> Figure | None:
    """Return the points a label carries in brackets ("产出指标（50分）", "投入 (20)"), or None.

    `bare` reads them behind a name without brackets too ("产出指标50分"): in the name of a group, not of an indicator.
    """
    text = squeeze(label)
    match = _LABEL_WEIGHT.search(text) or (_BARE_LABEL_WEIGHT.fullmatch(text) if bare else None)
    if match is None:
        return None
    number = Decimal(match[1])
    return Figure(number, max(0, -int(number.as_tuple().exponent)), unit=match[2] or "")


@per_form
def weights(form: Form) -> Marks:
    """The weights of the indicator rows."""
    return marks_of(form, counted(form), "weight")


@per_form
def scores(form: Form) -> Marks:
    """The scores of the indicator rows."""
    return marks_of(form, counted(form), "score")


def marks_of(form: Form, rows: Iterable[Indicator], role: str) -> Marks:
    """The points of one column in some rows: "weight", "score" or "weighted_score"."""
    entries = distinct(getattr(row, role) for row in rows)
    scale = weight_scale(form) if role == "weight" else 1
    read = [
        (entry, found) for entry in entries if (found := _points_of(form, entry, role, scale)) is not None
    ]
    known = {entry.address for entry, _ in read}
    whole = all(entry.address in known or (not entry.blank and empty(entry)) for entry in entries)
    return Marks(tuple(read), whole)


def fund_weight(form: Form, row: FundRow) -> Points | None:
    """The weight of a fund row: its own, else what the column label says ("得分(20分*执行率)"); None if neither."""
    column = form.fund_columns.get("weight")
    own = points(row.weight, column)
    if own is not None and row.weight is not None:
        scale = weight_scale(form) if 0 < own.value < 1 else 1
        return row.weight, Figure(own.value * scale, max(own.digits - 2, 0)) if scale != 1 else own
    if row.weight is not None and not row.weight.blank:
        return None
    for role in ("weight", "score"):
        labelled = form.fund_columns.get(role)
        found = label_points(labelled.label) if labelled is not None else None
        if labelled is not None and found is not None:
            return Entry(labelled.label, labelled.cell), found
    return None


@per_form
def scored_fund(form: Form) -> FundRow | None:
    """The fund row whose points count: the whole year's money, on a form without it the only row that has points."""
    if form.total_fund is not None:
        return form.total_fund
    scored = [row for row in form.funds if points(row.score) is not None or points(row.weight) is not None]
    return scored[0] if len(scored) == 1 else None


@per_form
def fund_score(form: Form) -> Points | None:
    """The score of the whole year's money, which counts towards the total; child rows never do."""
    row = scored_fund(form)
    if row is None or row.score is None:
        return None
    found = points(row.score, form.fund_columns.get("score"))
    return (row.score, found) if found is not None else None


@per_form
def printed_total(form: Form) -> Points | None:
    """The total score as printed: in the score column, else in that of the converted scores; None where none is."""
    if form.total is None:
        return None
    for entry in (form.total.score, form.total.weighted_score):
        found = points(entry)
        if entry is not None and found is not None:
            return entry, found
    return None


@per_form
def total_weight(form: Form) -> Points | None:
    """The total of the weights as printed, in points; a 1 where the weights are fractions is 100."""
    entry = form.total.weight if form.total is not None else None
    found = points(entry)
    if entry is None or found is None:
        return None
    return entry, Figure(found.value * 100, 0) if found.value == 1 and weight_scale(form) != 1 else found


@per_form
def counts_execution_twice(form: Form) -> bool:
    """Whether an indicator row repeats the execution rate that the fund table already scores."""
    return any(is_execution_rate(row) and points(row.weight) is not None for row in form.indicators)


class TotalSums(NamedTuple):
    """What the scores add up to, by every sensible reading, the usual one first; the cells; the scores left blank."""

    readings: tuple[Decimal, ...]
    entries: tuple[Entry, ...]
    blank: tuple[Entry, ...]
    digits: int


def readable_total(form: Form, full_marks: Decimal) -> TotalSums | None:
    """Add up the scores; None where there are none or where one of them is text that cannot be read.

    A blank score counts as nothing. The fund row's score counts, unless the indicators repeat it or already have
    all the marks; a form with converted scores may mean those.
    """
    own, fund = scores(form), fund_score(form)
    rows = list(counted(form))
    asked = distinct(row.score for row in rows if not empty(row.weight) or row.weight is None)
    blank = tuple(entry for entry in asked if entry.blank)
    unreadable = [e for e in distinct(row.score for row in rows) if not empty(e) and points(e) is None]
    if not own.read or unreadable:
        return None
    extra = fund[1].value if fund is not None else Decimal(0)
    rounded = sum((round_half_up(found.value, found.digits) for _, found in own.read), Decimal(0))
    readings = [own.total + extra, rounded + extra]
    if fund is not None and (counts_execution_twice(form) or weights(form).total == full_marks):
        readings.append(own.total)
    implied = implied_execution(form, full_marks)
    if implied is not None:
        readings.append(own.total + implied)
    converted = marks_of(form, rows, "weighted_score")
    added = own.entries
    if converted.read and scored_out_of_hundred(form):
        readings, added = [converted.total + extra, converted.total], converted.entries
    elif converted.read:
        readings += [converted.total + extra, converted.total]
    elif scored_out_of_hundred(form):
        readings.append(_converted_total(form) + extra)
    entries = distinct([*added, *blank, fund[0] if fund is not None else None])
    return TotalSums(tuple(dict.fromkeys(readings)), entries, blank, finest(found for _, found in own.read))


def implied_execution(form: Form, full_marks: Decimal) -> Decimal | None:
    """The points for the execution rate that a printed total counts in, on a form that shows none for it; else None.

    So it is where the fund table has neither weights nor scores, the indicators lack some marks of the full ones,
    and the total is their scores and the rate's share of what they lack.
    """
    row, printed, own = form.total_fund, printed_total(form), scores(form)
    if row is None or printed is None or row.weight is not None or row.score is not None:
        return None
    share, lacking = spent_share(form, row), full_marks - weights(form).total
    if share is None or not 0 < lacking < full_marks / 2 or any(map(is_execution_rate, form.indicators)):
        return None
    exact = lacking * min(max(share, Decimal(0)), Decimal(1))
    rounded = (round_half_up(exact, digits) for digits in (2, 1, 0))
    return next((part for part in rounded if printed[1].agrees(own.total + part)), None)


class ConvertedRow(NamedTuple):
    """A row with weight, score and converted score (折算得分), all in points."""

    weight: Points
    score: Points
    weighted: Points


@per_form
def weights_applied_twice(form: Form) -> tuple[ConvertedRow, ...]:
    """The rows that show scores already weighted and weighted once more; empty where that is not proven."""
    rows = _converted_rows(form)
    full = [row for row in rows if row.score[1].value == row.weight[1].value < 100]
    within = all(row.score[1].value <= row.weight[1].value for row in rows)
    again = all(row.weighted[1].agrees(row.score[1].value * row.weight[1].value / 100) for row in rows)
    return rows if len(full) >= 2 and within and again else ()


@per_form
def scored_out_of_hundred(form: Form) -> bool:
    """Whether every row is scored out of 100 and its weight applied afterwards, so that scores may exceed weights."""
    if weights_applied_twice(form):
        return False
    rows = _converted_rows(form)
    if rows:
        fits = [row for row in rows if row.weighted[1].agrees(row.score[1].value * row.weight[1].value / 100)]
        return len(fits) * 2 > len(rows) and any(row.score[1].value > row.weight[1].value for row in rows)
    printed = printed_total(form)
    if printed is None or printed[1].agrees(scores(form).total):
        return False
    if not any(_exceeds_weight(form, row) for row in counted(form)):
        return False
    fund = fund_score(form)
    converted = _converted_total(form)
    extras = (Decimal(0), fund[1].value if fund is not None else Decimal(0))
    return any(printed[1].agrees(converted + extra) for extra in extras)


@per_form
def _converted_rows(form: Form) -> tuple[ConvertedRow, ...]:
    found: list[ConvertedRow] = []
    scales = {"weight": weight_scale(form)}
    for row in counted(form):
        triple = [
            (entry, value)
            for role in ("weight", "score", "weighted_score")
            if (entry := getattr(row, role)) is not None
            and (value := _points_of(form, entry, role, scales.get(role, 1))) is not None
        ]
        if len(triple) == 3:
            found.append(ConvertedRow(*triple))
    return tuple(found)


def _exceeds_weight(form: Form, row: Indicator) -> bool:
    weight, score = row_points(form, row, "weight"), row_points(form, row, "score")
    return weight is not None and score is not None and score.value > weight.value


def _converted_total(form: Form) -> Decimal:
    """Scores out of 100, each times its weight."""
    total = Decimal(0)
    for row in counted(form):
        weight, score = row_points(form, row, "weight"), row_points(form, row, "score")
        if weight is not None and score is not None:
            total += score.value * weight.value / 100
    return total


_MOST_DECIMALS = 2


def rounded_as_usual(form: Form, score: Figure, exact: Decimal, *, cut: bool = False) -> bool:
    """Whether a score is the exact one rounded as the form rounds; `cut` allows decimals to be cut off as well.

    A whole number may be rounded to whole points only where every score of the form is whole: beside 1.9
    and 28.5 a 9 stands for 9.0.
    """
    funds = [found for row in form.funds if (found := points(row.score)) is not None]
    usual = min(finest([*(found for _, found in scores(form).read), *funds]), _MOST_DECIMALS)
    for digits in range(max(score.digits, 1 if usual else 0), max(usual, score.digits) + 1):
        if round_half_up(exact, digits) == score.value:
            return True
        step = Decimal(1).scaleb(-digits)
        if cut and digits and (exact / step).to_integral_value(ROUND_FLOOR) * step == score.value:
            return True
    return False


def finest(figures: Iterable[Figure]) -> int:
    """The most decimals any of the figures is written with."""
    return max((found.digits for found in figures), default=0)
