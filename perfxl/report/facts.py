"""Everything a report may state about a form, each figure with the cells it rests on.

Nothing is guessed: what the form lacks is None, a blank entry is a `Stated` without text, and whether a
target was met is None where the cells do not decide it. Figures are those of the form; a fault that the
rules prove in them goes along as a doubt, to be said where the figure is stated.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from perfxl.form.figures import Figure, figure, of_text, plain
from perfxl.form.model import Entry, Form, FundRow, FundSource, Indicator, Kind, one_line
from perfxl.form.shown import shown
from perfxl.form.values import suspicious_misread
from perfxl.rounding import round_half_up
from perfxl.rules.amounts import amount, base, spent_share
from perfxl.rules.finding import Finding, Severity
from perfxl.rules.marks import (
    Points,
    fund_weight,
    label_points,
    points,
    printed_total,
    readable_total,
    weights,
)
from perfxl.rules.reading import complete, counted, dash, number_within, percent_text
from perfxl.rules.results import Reason, points_lost, reason, result
from perfxl.settings.parameters import GradeScale, settings_for

_LABEL_WEIGHT = re.compile(r"[（(]\d+(?:\.\d+)?分?[）)]$")
_NUMBERED = re.compile(r"^指标\d+[:：、.]")
_AMONG = re.compile(r"^其中[:：]?")
_SIGN = re.compile(r"[≥≧≤≦＞＜＝><=]+|(?:大于|小于)(?:或?等于)?|等于|不[低少小]于|不超过|不[高多大]于")
_NO_UNIT = frozenset({"无", "/", "-", "—", "文字", "文字描述"})
_SENTENCE_END = "。；;，,、 "
_NO_REASON = frozenset({"无", "无偏差", "不适用", "……"})
_SAID_ANYWAY = frozenset({"PX101", "PX402"})
"""A blank entry or reason is no doubt about a figure: the draft marks it as missing where it needs it."""


class Stated(NamedTuple):
    """One thing a report may state: wording, cells, and the number if it is one (a percentage's fraction)."""

    text: str
    cells: tuple[str, ...]
    value: Decimal | None = None


class Doubt(NamedTuple):
    """A fault proven in the form: what is wrong, in one sentence, and the cell to look at first."""

    message: str
    cell: str


@dataclass(frozen=True, slots=True)
class FundFact:
    """A row of the fund table. Amounts are worded with their unit; `left` is the budget not spent."""

    label: Stated
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
    doubts: tuple[Doubt, ...]

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
    doubts: tuple[Doubt, ...]
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
    """What a report on one form may state. `doubts` are about the form as a whole: total, grade, header."""

    kind: Kind
    title: str
    year: Stated | None
    project_name: Stated | None
    department: Stated | None
    unit: Stated | None
    funds: tuple[FundFact, ...]
    fund_doubts: tuple[Doubt, ...]
    goal_target: Stated | None
    goal_actual: Stated | None
    groups: tuple[Group, ...]
    counts: Counts
    weight: Stated | None
    score: Stated | None
    grade: Stated | None
    doubts: tuple[Doubt, ...]

    @property
    def total_fund(self) -> FundFact | None:
        """The row of the whole year's money; the only row where the form has but one."""
        total = next((row for row in self.funds if row.source is FundSource.TOTAL), None)
        return total or (self.funds[0] if len(self.funds) == 1 else None)

    @property
    def indicators(self) -> tuple[IndicatorFact, ...]:
        """Every row of the indicator table that counts, in order."""
        return tuple(row for group in self.groups for part in group.parts for row in part.indicators)

    def stated(self) -> Iterator[Stated]:
        """Everything stated, wherever it stands."""
        return _stated_within(self)


def facts(form: Form, findings: Iterable[Finding] = (), scale: GradeScale | None = None) -> Facts:
    """Return what a report may state about `form`, with what `findings` prove against its figures.

    The grade is the one the form prints; where it prints none, that of `scale`, if one is given.
    """
    doubts = _Doubts(findings)
    rows = tuple(counted(form))
    stated = _indicators(form, rows, doubts)
    groups = _groups(rows, stated, doubts)
    fund_doubts = doubts.take(entry for row in form.funds for entry in (row.label, *row.entries))
    score = _score(form)
    return Facts(
        kind=form.kind,
        title=one_line(form.title.text) if form.title else "",
        year=_year(form),
        project_name=_text(form.roles.get("project_name")),
        department=_text(form.roles.get("department")),
        unit=_text(form.roles.get("unit")),
        funds=tuple(_fund(row, form) for row in form.funds),
        fund_doubts=fund_doubts,
        goal_target=_lines(form.goals.target),
        goal_actual=_lines(form.goals.actual),
        groups=groups,
        counts=_counts(groups, stated),
        weight=_full_marks(form),
        score=score,
        grade=_grade(form, score, scale),
        doubts=doubts.rest(),
    )


class _Doubts:
    """The proven faults of a form, given out once each: to whatever is stated from the faulty cell."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        proven = (
            found for found in findings if found.severity is Severity.ERROR and found.code not in _SAID_ANYWAY
        )
        self._left: list[Finding] = list(proven)

    def take(self, entries: Iterable[Entry | None]) -> tuple[Doubt, ...]:
        """The doubts that begin at one of these entries and were not given out before."""
        cells = {entry.address for entry in entries if entry is not None}
        taken = [found for found in self._left if found.cell in cells]
        self._left = [found for found in self._left if found.cell not in cells]
        return tuple(Doubt(found.message, found.cell) for found in taken)

    def rest(self) -> tuple[Doubt, ...]:
        """All that is left."""
        return tuple(Doubt(found.message, found.cell) for found in self._left)


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
    return Stated("；".join(line.rstrip(_SENTENCE_END) for line in lines), (entry.address,))


def _lines(entry: Entry | None) -> Stated | None:
    """An officer's text of several paragraphs, their breaks kept."""
    if entry is None:
        return None
    lines = (" ".join(line.split()) for line in shown(entry).splitlines())
    return Stated("\n".join(line for line in lines if line), (entry.address,))


def _worded(found: Figure, cells: tuple[str, ...], unit: str = "") -> Stated:
    """A figure in the precision in which it is written."""
    value = round_half_up(found.value, found.digits)
    return Stated(plain(value) + unit, cells, value)


def _money(form: Form, entry: Entry | None) -> Stated | None:
    """An amount with the unit written beside it, else the form's; text that is no amount stays as it is."""
    found = figure(entry)
    if entry is None or found is None or found.percent:
        return _text(entry)
    return _worded(found, (entry.address,), found.unit if "元" in found.unit else form.money_unit or "")


def _points(form: Form, role: str, entry: Entry | None) -> Stated | None:
    """A weight or score of the indicator table in points."""
    found = points(entry, form.indicator_columns.get(role))
    if entry is None or found is None:
        return _text(entry)
    return _worded(found, (entry.address,))


def _held(read: Points | None) -> Stated | None:
    return _worded(read[1], (read[0].address,)) if read is not None else None


def _fund(row: FundRow, form: Form) -> FundFact:
    label = _AMONG.sub("", row.subject).rstrip(":：")
    score = points(row.score, form.fund_columns.get("score"))
    return FundFact(
        label=Stated(label, (row.label.address,)),
        source=row.source,
        initial=_money(form, row.initial),
        budget=_money(form, row.budget),
        arrived=_money(form, row.arrived),
        executed=_money(form, row.executed),
        rate=_rate(form, row),
        left=_left(form, row),
        weight=_held(fund_weight(form, row)) or _text(row.weight),
        score=_held((row.score, score)) if row.score is not None and score is not None else _text(row.score),
    )


def _rate(form: Form, row: FundRow) -> Stated | None:
    """B/A in percent with two decimals (half up) where the form has both, else the rate as printed."""
    share, budget = spent_share(form, row), base(form, row)
    if share is None or budget is None or row.executed is None:
        return _text(row.rate)
    return Stated(percent_text(share), (row.executed.address, budget.entry.address), round_half_up(share, 4))


def _left(form: Form, row: FundRow) -> Stated | None:
    budget, spent = base(form, row), amount(form, row.executed)
    if budget is None or spent is None or row.executed is None or spent.value >= budget.amount.value:
        return None
    left = Figure(budget.amount.value - spent.value, max(budget.amount.digits, spent.digits))
    return _worded(left, (budget.entry.address, row.executed.address), form.money_unit or spent.unit)


def _indicators(form: Form, rows: Sequence[Indicator], doubts: _Doubts) -> tuple[IndicatorFact, ...]:
    shared: set[tuple[str, str]] = set()
    return tuple(_indicator(form, row, shared, doubts) for row in rows)


def _indicator(form: Form, row: Indicator, shared: set[tuple[str, str]], doubts: _Doubts) -> IndicatorFact:
    weight = _once("weight", _points(form, "weight", row.weight), shared)
    score = _once("score", _points(form, "score", row.score), shared)
    named = row.level3 or row.level2 or row.level1
    own = [getattr(row, name) for name in row._fields if name not in ("row", "level1", "level2")]
    return IndicatorFact(
        name=Stated(_LABEL_WEIGHT.sub("", _NUMBERED.sub("", row.subject)), (named.address,) if named else ()),
        target=_target(row),
        actual=_actual(row),
        met=_met(form, row),
        weight=weight,
        score=score,
        lost=_lost(form, row, weight, score),
        reason=_reason(form, row),
        doubts=doubts.take(own),
    )


def _once(column: str, stated: Stated | None, shared: set[tuple[str, str]]) -> Stated | None:
    """A figure in a cell merged over several rows belongs to the first of them: it is counted once."""
    if stated is None or (column, stated.cells[0]) in shared:
        return None
    shared.add((column, stated.cells[0]))
    return stated


def _target(row: Indicator) -> Stated | None:
    """The target with its sign and unit where they have columns of their own: ≥ | 98 | % -> ≥98%.

    A dash says that there is none to be named.
    """
    if row.target is None or dash(row.target):
        return None
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
    if row.actual is None or actual is None or not actual.text:
        return actual
    return Stated(*_with_unit(actual, row)) if not dash(row.actual) else Stated("", actual.cells)


def _with_unit(stated: Stated, row: Indicator) -> tuple[str, tuple[str, ...]]:
    unit = _text(row.unit)
    found = of_text(stated.text)
    if unit is None or found is None or found.percent or found.unit:
        return stated.text, stated.cells
    word = re.sub(r"[（(].*", "", unit.text)
    if not word or word in _NO_UNIT:
        return stated.text, stated.cells
    return stated.text + word, (*stated.cells, *unit.cells)


def _met(form: Form, row: Indicator) -> bool | None:
    """Whether the target was met, as far as target and actual value decide it and neither looks misread.

    A target copied as the actual value proves nothing where the unit itself took points off.
    """
    found = result(form, row)
    if found is None or any(
        suspicious_misread(one, other) is not None
        for one, other in ((found.target, found.actual), (found.actual, found.target))
    ):
        return None
    copied = one_line(found.target_entry.text) == one_line(found.actual_entry.text)
    return None if copied and points_lost(form, row) else found.met


def _lost(form: Form, row: Indicator, weight: Stated | None, score: Stated | None) -> Stated | None:
    lost = points_lost(form, row)
    if weight is None or score is None or lost is None or lost <= 0:
        return None
    return Stated(plain(lost), (*weight.cells, *score.cells), lost)


def _reason(form: Form, row: Indicator) -> Stated | None:
    """The cause that the row gives; one that only repeats a figure of the row is as good as blank."""
    stated = _text(row.reason)
    if stated is None or (reason(form, row) is Reason.GIVEN and stated.text not in _NO_REASON):
        return stated
    return Stated("", stated.cells)


def _groups(rows: Sequence[Indicator], stated: Sequence[IndicatorFact], doubts: _Doubts) -> tuple[Group, ...]:
    groups = []
    pairs = list(zip(rows, stated, strict=True))
    for _, in_group in groupby(pairs, key=lambda pair: _label(pair[0].level1)):
        members = list(in_group)
        parts = []
        for _, in_part in groupby(members, key=lambda pair: _label(pair[0].level2)):
            of_part = list(in_part)
            indicators = tuple(fact for _, fact in of_part)
            parts.append(
                _group([row.level2 for row, _ in of_part], indicators, doubts, indicators=indicators)
            )
        all_of_group = tuple(fact for _, fact in members)
        groups.append(_group([row.level1 for row, _ in members], all_of_group, doubts, parts=tuple(parts)))
    return tuple(groups)


def _group(
    labels: Sequence[Entry | None],
    rows: Sequence[IndicatorFact],
    doubts: _Doubts,
    *,
    parts: tuple[Group, ...] = (),
    indicators: tuple[IndicatorFact, ...] = (),
) -> Group:
    """A group with the sums of its rows; where these carry no weights, the label's ("产出指标(50分)")."""
    label = labels[0]
    printed = label_points(label.text) if label is not None else None
    weight = _sum(row.weight for row in rows)
    if weight is None and label is not None and printed is not None:
        weight = _worded(printed, (label.address,))
    name = _LABEL_WEIGHT.sub("", _label(label))
    return Group(name, weight, _sum(row.score for row in rows), doubts.take(labels), parts, indicators)


def _label(entry: Entry | None) -> str:
    return one_line(entry.text) if entry is not None else ""


def _sum(column: Iterable[Stated | None]) -> Stated | None:
    """The sum of a column, or None where an entry is blank or no number. None entries are skipped."""
    entries = [entry for entry in column if entry is not None]
    values = [entry.value for entry in entries if entry.value is not None]
    if not entries or len(values) < len(entries):
        return None
    total = sum(values, Decimal(0))
    return Stated(plain(total), tuple(cell for entry in entries for cell in entry.cells), total)


def _counts(groups: tuple[Group, ...], rows: tuple[IndicatorFact, ...]) -> Counts:
    return Counts(
        level1=sum(1 for group in groups if group.name),
        level2=sum(1 for group in groups for part in group.parts if part.name),
        level3=len(rows),
        met=sum(1 for row in rows if row.met is True),
        missed=sum(1 for row in rows if row.met is False),
        undecided=sum(1 for row in rows if row.met is None),
    )


def _full_marks(form: Form) -> Stated | None:
    """The weight of the total row; where it prints none, the sum of the weights of a complete form."""
    total = form.total.weight if form.total is not None else None
    found = points(total)
    if total is not None and found is not None:
        return _worded(found, (total.address,))
    read, fund = weights(form), form.total_fund
    if not read.read or not read.complete or not complete(form):
        return None
    of_fund = fund_weight(form, fund) if fund is not None else None
    entries = (*read.entries, *((of_fund[0],) if of_fund is not None else ()))
    value = read.total + (of_fund[1].value if of_fund is not None else 0)
    return Stated(plain(value), tuple(entry.address for entry in entries), value)


def _score(form: Form) -> Stated | None:
    """The score as printed, in the header or the total row; the sum of the scores where none is printed."""
    header = form.roles.get("self_score")
    given = number_within(header) if header is not None else None
    if header is not None and given is not None and not given.percent:
        return _worded(given, (header.address,))
    printed = printed_total(form)
    if printed is not None:
        return _held(printed)
    sums = readable_total(form, settings_for(form).full_marks)
    if sums is None or sums.blank or not complete(form):
        return None
    value = round_half_up(sums.readings[0], sums.digits)
    return Stated(plain(value), tuple(entry.address for entry in sums.entries), value)


def _grade(form: Form, score: Stated | None, scale: GradeScale | None) -> Stated | None:
    for entry in (form.roles.get("grade"), form.total.grade if form.total is not None else None):
        if entry is not None and entry.text:
            return _text(entry)
    if scale is None or score is None or score.value is None:
        return None
    return Stated(scale.word(score.value), score.cells)


def _stated_within(value: object) -> Iterator[Stated]:
    if isinstance(value, Stated):
        yield value
    elif isinstance(value, (Facts, FundFact, IndicatorFact, Group)):
        for item in fields(value):
            yield from _stated_within(getattr(value, item.name))
    elif isinstance(value, tuple):
        for member in value:
            yield from _stated_within(member)
