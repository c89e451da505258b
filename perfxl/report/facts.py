"""Everything a report may state about a form, each figure with the cells it rests on.

Nothing is guessed: what the form lacks is None, a blank entry is a `Stated` without text, and whether a
target was met is None where the cells do not decide it. Where a printed figure and the form's own
arithmetic contradict each other, `Stated` holds the computed figure and, in `instead`, the printed one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from perfxl.form.figures import Figure, figure, of_text, plain
from perfxl.form.model import Column, Entry, Form, FundRow, FundSource, Indicator, Kind, one_line
from perfxl.report.shown import shown
from perfxl.rounding import round_half_up

GradeOf = Callable[[Decimal], str | None]
"""From a score out of 100 to the grade's name by the scale in force, or None where no scale is set."""

_LABEL_WEIGHT = re.compile(r"[（(](\d+(?:\.\d+)?)分?[）)]$")
_NUMBERED = re.compile(r"^指标\d+[:：、.]")
_AMONG = re.compile(r"^其中[:：]?")
_SIGN = re.compile(r"[≥≧≤≦＞＜＝><=]+|(?:大于|小于)(?:或?等于)?|等于|不[低少小]于|不超过|不[高多大]于")
_NO_UNIT = frozenset({"无", "/", "-", "—", "文字", "文字描述"})
_SENTENCE_END = "。；;，,、 "
_NOTHING = frozenset({"", "无", "/", "-", "—", "——", "……", "无偏差", "不适用"})


class Stated(NamedTuple):
    """One thing a report may state: its wording, its cells, its number if it is one.

    A percentage's `value` is its fraction. `instead` is what the form prints where `text` was computed
    and the two disagree; the first of `cells` is then the printed one.
    """

    text: str
    cells: tuple[str, ...]
    value: Decimal | None = None
    instead: str | None = None


@dataclass(frozen=True, slots=True)
class FundFact:
    """A row of the fund table. Amounts are worded with their unit; `left` is the budget not spent."""

    label: str
    source: FundSource
    initial: Stated | None
    budget: Stated | None
    arrived: Stated | None
    executed: Stated | None
    rate: Stated | None
    left: Stated | None
    weight: Stated | None
    score: Stated | None


@dataclass(frozen=True, slots=True)
class IndicatorFact:
    """A row of the indicator table. `met` is None where target and actual value do not decide it."""

    name: Stated
    target: Stated | None
    actual: Stated | None
    met: bool | None
    weight: Stated | None
    score: Stated | None
    lost: Stated | None
    reason: Stated | None

    @property
    def deviates(self) -> bool:
        """Whether the row belongs among the problems: target missed, points lost, or a reason given."""
        return self.met is False or self.lost is not None or bool(self.reason and self.reason.text)


@dataclass(frozen=True, slots=True)
class Group:
    """A first- or second-level group: its sums, its sub-groups (first level) or its rows (second level)."""

    name: str
    weight: Stated | None
    score: Stated | None
    parts: tuple[Group, ...] = ()
    indicators: tuple[IndicatorFact, ...] = ()


class Counts(NamedTuple):
    """How many indicators there are at each level, and how many third-level ones met their target."""

    level1: int
    level2: int
    level3: int
    met: int
    missed: int
    undecided: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What a report on one form may state."""

    kind: Kind
    title: str
    year: Stated | None
    project_name: Stated | None
    department: Stated | None
    unit: Stated | None
    money_unit: str | None
    funds: tuple[FundFact, ...]
    goal_target: Stated | None
    goal_actual: Stated | None
    groups: tuple[Group, ...]
    counts: Counts
    weight: Stated | None
    score: Stated | None
    grade: Stated | None

    @property
    def total_fund(self) -> FundFact | None:
        """The row of the whole year's money; the only row where the form has but one."""
        total = next((row for row in self.funds if row.source is FundSource.TOTAL), None)
        return total or (self.funds[0] if len(self.funds) == 1 else None)

    @property
    def indicators(self) -> tuple[IndicatorFact, ...]:
        """Every row of the indicator table, in order."""
        return tuple(row for group in self.groups for part in group.parts for row in part.indicators)

    def stated(self) -> Iterator[Stated]:
        """Everything stated, wherever it stands."""
        return _stated_within(self)


def facts(form: Form, grade_of: GradeOf | None = None) -> Facts:
    """Return what a report may state about `form`.

    The grade is the one the form prints; where it prints none, `grade_of` is asked with the score out of 100.
    """
    used = tuple(row for row in form.indicators if _in_use(row))
    rows = _indicators(used, form)
    groups = _groups(used, rows)
    funds = tuple(_fund(row, form) for row in form.funds)
    weight, score = _totals(form, rows)
    return Facts(
        kind=form.kind,
        title=one_line(form.title.text) if form.title else "",
        year=_year(form),
        project_name=_text(form.roles.get("project_name")),
        department=_text(form.roles.get("department")),
        unit=_text(form.roles.get("unit")),
        money_unit=form.money_unit,
        funds=funds,
        goal_target=_lines(form.goals.target),
        goal_actual=_lines(form.goals.actual),
        groups=groups,
        counts=_counts(groups, rows),
        weight=weight,
        score=score,
        grade=_grade(form, weight, score, grade_of),
    )


def _year(form: Form) -> Stated | None:
    if form.year is None:
        return None
    year = str(form.year)
    printed = (form.title, *form.header.values())
    cells = tuple(entry.address for entry in printed if entry is not None and year in entry.text)
    return Stated(year, cells, Decimal(form.year))


def _text(entry: Entry | None) -> Stated | None:
    """An officer's text as it goes into a sentence: one line, no closing punctuation."""
    if entry is None:
        return None
    lines = [" ".join(line.split()) for line in shown(entry).splitlines() if line.strip()]
    joined = "；".join(line.rstrip(_SENTENCE_END) for line in lines)
    return Stated(joined, (entry.address,))


def _lines(entry: Entry | None) -> Stated | None:
    """An officer's text of several paragraphs, their breaks kept."""
    if entry is None:
        return None
    lines = (" ".join(line.split()) for line in shown(entry).splitlines())
    return Stated("\n".join(line for line in lines if line), (entry.address,))


def _number(entry: Entry | None, *, in_percent: bool = False, unit: str = "") -> Stated | None:
    """A number in the precision in which it is written; text that is no number stays as it stands.

    `unit` follows a number that is written without one of its own.
    """
    found = figure(entry, in_percent=in_percent)
    if entry is None or found is None:
        return _text(entry)
    return _figure(found, (entry.address,), found.unit if "元" in found.unit else unit)


def _figure(found: Figure, cells: tuple[str, ...], unit: str = "") -> Stated:
    value = round_half_up(found.value, found.digits)
    return Stated(f"{plain(value * 100)}%" if found.percent else plain(value) + unit, cells, value)


def _percent_column(column: Column | None) -> bool:
    return column is not None and "%" in column.label.replace("％", "%")


def _fund(row: FundRow, form: Form) -> FundFact:
    unit = form.money_unit or ""
    printed = figure(row.rate, in_percent=_percent_column(form.fund_columns.get("rate")))
    # Where the form has a column for the budget as adjusted, only that one is A; its blank proves nothing.
    base = row.budget if row.budget is not None else row.initial
    return FundFact(
        label=_AMONG.sub("", row.subject).rstrip(":："),
        source=row.source,
        initial=_number(row.initial, unit=unit),
        budget=_number(row.budget, unit=unit),
        arrived=_number(row.arrived, unit=unit),
        executed=_number(row.executed, unit=unit),
        rate=_rate(row.rate, printed, base, row.executed),
        left=_left(base, row.executed, unit),
        weight=_number(row.weight),
        score=_number(row.score),
    )


def _rate(
    entry: Entry | None, printed: Figure | None, base: Entry | None, executed: Entry | None
) -> Stated | None:
    """B/A in percent with two decimals (half up) where the form has both, else the rate as printed."""
    a, b = figure(base), figure(executed)
    if base is None or executed is None or a is None or b is None or a.value <= 0 or a.unit != b.unit:
        return (
            _figure(printed, (entry.address,)) if entry is not None and printed is not None else _text(entry)
        )
    exact = b.value / a.value
    cells = (executed.address, base.address)
    text = f"{plain(round_half_up(exact * 100, 2))}%"
    value = round_half_up(exact, 4)
    if entry is None or printed is None:
        return Stated(text, cells, value)
    # "89.89" in a column of bare numbers means percent as surely as "89.89%".
    bare = Figure(printed.value / 100, printed.digits + 2, True)
    agrees = printed.agrees(exact) or (not printed.percent and bare.agrees(exact))
    return Stated(text, (entry.address, *cells), value, None if agrees else shown(entry))


def _left(base: Entry | None, executed: Entry | None, unit: str) -> Stated | None:
    a, b = figure(base), figure(executed)
    if base is None or executed is None or a is None or b is None or a.unit != b.unit or b.value >= a.value:
        return None
    left = Figure(a.value - b.value, max(a.digits, b.digits), False, a.unit)
    return _figure(left, (base.address, executed.address), left.unit if "元" in left.unit else unit)


def _in_use(row: Indicator) -> bool:
    """Whether a row says anything: forms print rows for groups that a project does not have."""
    return any(
        entry is not None and entry.text
        for entry in (row.level3, row.target, row.actual, row.weight, row.score)
    )


def _indicators(rows: Sequence[Indicator], form: Form) -> tuple[IndicatorFact, ...]:
    in_percent = _percent_column(form.indicator_columns.get("weight"))
    shared: set[tuple[str, str]] = set()
    return tuple(_indicator(row, in_percent, shared) for row in rows)


def _indicator(row: Indicator, in_percent: bool, shared: set[tuple[str, str]]) -> IndicatorFact:
    weight = _once("weight", _number(row.weight, in_percent=in_percent), shared)
    score = _once("score", _number(row.score), shared)
    named = row.level3 or row.level2 or row.level1
    return IndicatorFact(
        name=Stated(_LABEL_WEIGHT.sub("", _NUMBERED.sub("", row.subject)), (named.address,) if named else ()),
        target=_target(row),
        actual=_actual(row),
        met=_met(row),
        weight=weight,
        score=score,
        lost=_lost(weight, score) if not in_percent else None,
        reason=_reason(row.reason),
    )


def _once(column: str, stated: Stated | None, shared: set[tuple[str, str]]) -> Stated | None:
    """A figure in a cell merged over several rows belongs to the first of them: it is counted once."""
    if stated is None or (column, stated.cells[0]) in shared:
        return None
    shared.add((column, stated.cells[0]))
    return stated


def _target(row: Indicator) -> Stated | None:
    """The target with its sign and unit where they have columns of their own: ≥ | 98 | % -> ≥98%."""
    target = _text(row.target)
    if target is None or not target.text:
        return target
    sign = _text(row.operator)
    text, cells = _with_unit(target, row)
    if sign is not None and of_text(target.text) is not None and _SIGN.fullmatch(sign.text):
        return Stated(sign.text + text, (*cells, *sign.cells))
    return Stated(text, cells)


def _actual(row: Indicator) -> Stated | None:
    actual = _text(row.actual)
    if actual is None or not actual.text:
        return actual
    return Stated(*_with_unit(actual, row))


def _with_unit(stated: Stated, row: Indicator) -> tuple[str, tuple[str, ...]]:
    unit = _text(row.unit)
    found = of_text(stated.text)
    if unit is None or found is None or found.percent or found.unit:
        return stated.text, stated.cells
    word = re.sub(r"[（(].*", "", unit.text)
    if not word or word in _NO_UNIT:
        return stated.text, stated.cells
    return stated.text + word, (*stated.cells, *unit.cells)


def _met(row: Indicator) -> bool | None:
    return None


def _lost(weight: Stated | None, score: Stated | None) -> Stated | None:
    if weight is None or score is None or weight.value is None or score.value is None:
        return None
    lost = weight.value - score.value
    return Stated(plain(lost), (*weight.cells, *score.cells), lost) if lost > 0 else None


def _reason(entry: Entry | None) -> Stated | None:
    reason = _text(entry)
    if reason is not None and reason.text in _NOTHING:
        return Stated("", reason.cells)
    return reason


def _groups(rows: Sequence[Indicator], stated: Sequence[IndicatorFact]) -> tuple[Group, ...]:
    pairs = list(zip(rows, stated, strict=True))
    groups = []
    for _, in_group in groupby(pairs, key=lambda pair: _label(pair[0].level1).text):
        members = list(in_group)
        parts = []
        for _, in_part in groupby(members, key=lambda pair: _label(pair[0].level2).text):
            of_part = list(in_part)
            label = _label(of_part[0][0].level2)
            indicators = tuple(row for _, row in of_part)
            parts.append(Group(_name(label), *_sums(label, indicators), indicators=indicators))
        label = _label(members[0][0].level1)
        rows_of_group = tuple(row for _, row in members)
        groups.append(Group(_name(label), *_sums(label, rows_of_group), parts=tuple(parts)))
    return tuple(groups)


class _Label(NamedTuple):
    text: str
    cell: str


def _label(entry: Entry | None) -> _Label:
    return _Label(one_line(entry.text), entry.address) if entry is not None and entry.text else _Label("", "")


def _name(label: _Label) -> str:
    return _LABEL_WEIGHT.sub("", label.text)


def _sums(label: _Label, rows: tuple[IndicatorFact, ...]) -> tuple[Stated | None, Stated | None]:
    """(weight, score) of a group: the sums of its rows; its label's weight where the rows carry none."""
    weight = _sum(row.weight for row in rows)
    printed = _LABEL_WEIGHT.search(label.text)
    if printed is not None:
        said = Stated(plain(Decimal(printed[1])), (label.cell,), Decimal(printed[1]))
        if weight is None:
            weight = said
        elif weight.value != said.value:
            weight = Stated(weight.text, (label.cell, *weight.cells), weight.value, said.text)
    return weight, _sum(row.score for row in rows)


def _sum(column: Iterable[Stated | None]) -> Stated | None:
    """The sum of a column, or None where an entry is blank or no number. None entries are skipped."""
    entries = [entry for entry in column if entry is not None]
    values = [entry.value for entry in entries if entry.value is not None]
    if not entries or len(values) < len(entries):
        return None
    total = sum(values, Decimal(0))
    text = f"{plain(total * 100)}%" if all(entry.text.endswith("%") for entry in entries) else plain(total)
    return Stated(text, tuple(cell for entry in entries for cell in entry.cells), total)


def _counts(groups: tuple[Group, ...], rows: tuple[IndicatorFact, ...]) -> Counts:
    return Counts(
        level1=sum(1 for group in groups if group.name),
        level2=sum(1 for group in groups for part in group.parts if part.name),
        level3=len(rows),
        met=sum(1 for row in rows if row.met is True),
        missed=sum(1 for row in rows if row.met is False),
        undecided=sum(1 for row in rows if row.met is None),
    )


def _totals(form: Form, rows: Sequence[IndicatorFact]) -> tuple[Stated | None, Stated | None]:
    """(full marks, score). The printed score is doubted only where the weights prove how it adds up."""
    fund = form.total_fund
    of_fund = (_number(fund.weight), _number(fund.score)) if fund is not None else (None, None)
    weights = _sum((*(row.weight for row in rows), of_fund[0]))
    scores = _sum((*(row.score for row in rows), of_fund[1]))
    total = form.total
    weight = _number(total.weight) if total is not None else None
    if weight is None or weight.value is None:
        weight = weights
    elif weights is not None and weights.value != weight.value:
        # Full marks that are no sum of these weights: the scores need not be one of these scores either.
        weights = scores = None
    printed = [_number(entry) for entry in (form.roles.get("self_score"), total.score if total else None)]
    score = next((entry for entry in printed if entry is not None and entry.value is not None), None)
    if weights is None or scores is None or _weighs_twice(form):
        return weight, score or next((entry for entry in printed if entry is not None), None)
    wrong = next((entry for entry in printed if entry and entry.value not in (None, scores.value)), None)
    if wrong is not None:
        return weight, Stated(scores.text, (*wrong.cells, *scores.cells), scores.value, wrong.text)
    return weight, score or scores


def _weighs_twice(form: Form) -> bool:
    """Whether the form scores each row out of its own full marks and weights it afterwards (折算得分)."""
    return "weighted_score" in form.indicator_columns or any(row.weighted_score for row in form.indicators)


def _grade(
    form: Form, weight: Stated | None, score: Stated | None, grade_of: GradeOf | None
) -> Stated | None:
    for entry in (form.roles.get("grade"), form.total.grade if form.total is not None else None):
        if entry is not None and entry.text:
            return _text(entry)
    if grade_of is None or score is None or score.value is None or weight is None or not weight.value:
        return None
    name = grade_of(score.value / weight.value * 100)
    return Stated(name, score.cells) if name else None


def _stated_within(value: object) -> Iterator[Stated]:
    if isinstance(value, Stated):
        yield value
    elif isinstance(value, (Facts, FundFact, IndicatorFact, Group)):
        for item in fields(value):
            yield from _stated_within(getattr(value, item.name))
    elif isinstance(value, tuple):
        for member in value:
            yield from _stated_within(member)
