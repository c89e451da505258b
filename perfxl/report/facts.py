"""Everything a report may state about a form, each figure with the cells it rests on.

Nothing is guessed: what the form lacks is None, a blank entry is a `Stated` without text, and whether a
target was met is None where the cells do not decide it. Figures are those of the form; a fault that the
rules prove in them goes along as a doubt, to be said where the figure is stated.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from decimal import Decimal

from perfxl.form.figures import plain
from perfxl.form.labels import squeeze
from perfxl.form.model import Entry, Form, FundSource, Kind, one_line
from perfxl.report.fund_facts import FundFact, fund_facts, held
from perfxl.report.groups import Counts, Group, counts_of, groups_of
from perfxl.report.indicator_facts import IndicatorFact, indicator_facts
from perfxl.report.stated import Doubt, Doubts, Stated, lines_of, text_of, total_of, worded
from perfxl.rounding import round_half_up
from perfxl.rules.amounts import unit_factor
from perfxl.rules.finding import Finding
from perfxl.rules.marks import fund_weight, points, printed_total, readable_total, weights
from perfxl.rules.reading import complete, counted, number_within
from perfxl.settings.parameters import GradeScale, settings_for

_REMARKS = ("偏差", "问题", "措施", "原因")
"""Words of a field below the tables that explains deviations and says what will be done."""

_LOCAL = re.compile(r"(地方|省级|市级|县级)主管部门")
_REGION = re.compile(r"[^\d（(年]{1,7}[省市县区州]")
_NOTE = re.compile(r"备注|说明|其他说明|.*需要说明的(?:问题|事项|情况)?")
"""Fields below the tables that say what else is to be known; not the instructions of the form (注, 填表说明)."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a report on one form may state. `doubts` are about the form as a whole: total, grade, header.

    `grade_scale` is the scale by which the grade was found where the form prints none. `remarks` is what the form
    says below its tables about deviations and remedies, `notes` what else it says there. `region` is the place that
    the title of a transfer form names; `lost` are the points lost by all rows together, `unscored` says how
    many rows have a weight and no score yet, so that a total is none.
    """

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
    grade_scale: GradeScale | None = None
    remarks: Stated | None = None
    notes: tuple[Stated, ...] = ()
    local_department: Stated | None = None
    region: str = ""
    lost: Stated | None = None
    unscored: int = 0

    @property
    def total_fund(self) -> FundFact | None:
        """The row of the whole year's money; the only row where the form has but one."""
        total = next((row for row in self.funds if row.source is FundSource.TOTAL), None)
        return total or (self.funds[0] if len(self.funds) == 1 else None)

    @property
    def sources(self) -> tuple[FundFact, ...]:
        """The rows below the total that hold amounts, by where the money comes from."""
        whole = self.total_fund
        return tuple(
            row
            for row in self.funds
            if row is not whole
            and any(stated is not None and stated.value for stated in (row.initial, row.budget, row.executed))
        )

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
    doubts = Doubts(findings)
    rows = tuple(counted(form))
    stated = indicator_facts(form, rows, doubts)
    groups = groups_of(rows, stated, doubts)
    fund_doubts = doubts.take(entry for row in form.funds for entry in (row.label, *row.entries))
    weight, score = _full_marks(form), _score(form)
    grade = _printed_grade(form)
    by_scale = scale if grade is None and _out_of(form, weight) else None
    return Facts(
        kind=form.kind,
        title=one_line(form.title.text) if form.title else "",
        year=_year(form),
        project_name=text_of(form.roles.get("project_name")),
        department=_unit_name(form.roles.get("department")),
        unit=_unit_name(form.roles.get("unit")),
        funds=fund_facts(form),
        fund_doubts=fund_doubts,
        goal_target=lines_of(form.goals.target),
        goal_actual=lines_of(form.goals.actual),
        groups=groups,
        counts=counts_of(groups, stated),
        weight=weight,
        score=score,
        grade=grade or _grade(score, by_scale),
        doubts=doubts.rest(),
        grade_scale=by_scale if score is not None and score.value is not None else None,
        remarks=_remarks(form),
        notes=tuple(_notes(form)),
        local_department=_local_department(form),
        region=_region(form),
        lost=total_of(row.lost for row in stated),
        unscored=sum(
            1
            for row in stated
            if row.weight is not None and row.weight.value and row.score is not None and not row.score.text
        ),
    )


def _year(form: Form) -> Stated | None:
    if form.year is None:
        return None
    year = str(form.year)
    printed = (form.title, *form.header.values())
    cells = tuple(entry.address for entry in printed if entry is not None and year in entry.text)
    return Stated(year, cells, Decimal(form.year))


def _unit_name(entry: Entry | None) -> Stated | None:
    """A unit's name without the code that the budget system prints before it: 347 四川省医疗保障局."""
    stated = text_of(entry)
    if stated is None:
        return None
    if unit_factor(stated.text) is not None:  # 单位：元 is no unit that spends it
        return None
    bare = stated.text.lstrip("0123456789-— 　[]（）()")
    return Stated(bare, stated.cells) if bare else stated


def _remarks(form: Form) -> Stated | None:
    for label, entry in form.footer.items():
        if any(word in squeeze(label) for word in _REMARKS) and entry.text:
            return lines_of(entry)
    return None


def _local_department(form: Form) -> Stated | None:
    """A transfer form names two departments: the central one, and the one of the place that reports."""
    for label, entry in form.header.items():
        if _LOCAL.search(squeeze(label)) and entry.text:
            return _unit_name(entry)
    return None


def _region(form: Form) -> str:
    title = one_line(form.title.text) if form.title is not None else ""
    before, found, _ = title.partition("转移支付")
    return before if found and _REGION.fullmatch(before) else ""


def _notes(form: Form) -> Iterator[Stated]:
    for label, entry in form.footer.items():
        stated = lines_of(entry)
        if _NOTE.fullmatch(squeeze(label)) and stated is not None and stated.text:
            yield stated


def _full_marks(form: Form) -> Stated | None:
    """The weight of the total row; where it prints none, the sum of the weights of a complete form."""
    total = form.total.weight if form.total is not None else None
    found = points(total)
    if total is not None and found is not None:
        return worded(found, (total.address,))
    read, fund = weights(form), form.total_fund
    if not read.read or not read.complete or not complete(form):
        return None
    of_fund = fund_weight(form, fund) if fund is not None else None
    entries = (*read.entries, *((of_fund[0],) if of_fund is not None else ()))
    value = read.total + (of_fund[1].value if of_fund is not None else 0)
    cells = tuple(entry.address for entry in entries)
    return Stated(plain(value), cells, value, "+".join(cells))


def _score(form: Form) -> Stated | None:
    """The score as printed, in the header or the total row; the sum of the scores where none is printed."""
    header = form.roles.get("self_score")
    given = number_within(header) if header is not None else None
    if header is not None and given is not None and not given.percent:
        return worded(given, (header.address,))
    printed = printed_total(form)
    if printed is not None:
        return held(printed)
    sums = readable_total(form, settings_for(form).full_marks)
    if sums is None or sums.blank or not complete(form):
        return None
    value = round_half_up(sums.readings[0], sums.digits)
    cells = tuple(entry.address for entry in sums.entries)
    return Stated(plain(value), cells, value, "+".join(cells))


def _printed_grade(form: Form) -> Stated | None:
    for entry in (form.roles.get("grade"), form.total.grade if form.total is not None else None):
        if entry is not None and entry.text:
            return text_of(entry)
    return None


def _out_of(form: Form, weight: Stated | None) -> bool:
    """Whether the score counts out of the full marks that a scale of grades is made for."""
    return weight is None or weight.value is None or weight.value == settings_for(form).full_marks


def _grade(score: Stated | None, scale: GradeScale | None) -> Stated | None:
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
