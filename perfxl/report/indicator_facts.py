"""What a report may state about one row of the indicator table: aim, result, whether that meets it, points, reason."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from perfxl.form.attainment import Direction, repeats_condition
from perfxl.form.execution import is_execution_rate
from perfxl.form.figures import of_text, plain
from perfxl.form.model import Entry, Form, Indicator, one_line
from perfxl.form.units import comparable
from perfxl.form.values import Quantity, suspicious_misread
from perfxl.report.stated import Doubt, Doubts, Stated, percentage, text_of, worded
from perfxl.rules.marks import points
from perfxl.rules.reading import dash
from perfxl.rules.results import Reason, Result, explained_elsewhere, points_lost, reason, result
from perfxl.settings.parameters import settings_for

_LABEL_WEIGHT = re.compile(r"[（(]\d+(?:\.\d+)?分?[）)]$")
_NUMBERED = re.compile(r"^指标\d+[:：、.]")
_UNIT_BRACKET = re.compile(r"[（(][^（）()]{1,6}[）)]$")
_SIGN = re.compile(r"[≥≧≤≦＞＜＝><=]+|(?:大于|小于)(?:或?等于)?|等于|不[低少小]于|不超过|不[高多大]于")
_EQUAL = frozenset({"=", "＝", "等于"})
"""Signs that a sentence leaves out: 指标值为100%."""

_NO_UNIT = frozenset({"无", "/", "-", "—", "文字", "文字描述"})
_NO_REASON = frozenset({"无", "无偏差", "不适用", "……"})


@dataclass(frozen=True, slots=True)
class IndicatorFact:
    """A row of the indicator table.

    `met` is None where target and actual value do not decide it; `copied` says that the actual value only repeats
    the target's condition, `surpassed` that it lies beyond the target, `judged` that both are words, which a person
    must have judged. `excess` is actual over target where it passes the line that asks for a reason; `execution`
    says that the row is the execution rate of the whole budget, `explained` that the actual value gives the cause.
    """

    name: Stated
    target: Stated | None
    actual: Stated | None
    met: bool | None
    weight: Stated | None
    score: Stated | None
    lost: Stated | None
    reason: Stated | None
    doubts: tuple[Doubt, ...]
    copied: bool = False
    surpassed: bool = False
    judged: bool = False
    less_is_better: bool = False
    excess: Stated | None = None
    description: Stated | None = None
    standard: Stated | None = None
    full: bool = False
    execution: bool = False
    explained: bool = False

    @property
    def deviates(self) -> bool:
        """Whether the row belongs among the problems: target missed, points lost, or a reason given."""
        return self.met is False or self.lost is not None or bool(self.reason and self.reason.text)

    @property
    def short_name(self) -> str:
        """The name without the unit in brackets that forms print behind it: 参保人数（人） -> 参保人数."""
        return _UNIT_BRACKET.sub("", self.name.text) or self.name.text


def indicator_facts(form: Form, rows: Sequence[Indicator], doubts: Doubts) -> tuple[IndicatorFact, ...]:
    """Return what may be stated about each row; a cell merged over several rows counts in the first of them."""
    shared: set[tuple[str, str]] = set()
    return tuple(_indicator(form, row, shared, doubts) for row in rows)


def without_weight(label: str) -> str:
    """A group's or indicator's label without the number and the weight printed around it."""
    return _LABEL_WEIGHT.sub("", _NUMBERED.sub("", label))


def _indicator(form: Form, row: Indicator, shared: set[tuple[str, str]], doubts: Doubts) -> IndicatorFact:
    weight = _once("weight", _points(form, "weight", row.weight), shared)
    score = _once("score", _points(form, "score", row.score), shared)
    named = row.level3 or row.level2 or row.level1
    own = [getattr(row, name) for name in row._fields if name not in ("row", "level1", "level2")]
    misplaced = row.target is not None and row.target.address in doubts.misplaced
    found = result(form, row) if not misplaced else None
    met = _met(form, row, found)
    lost = points_lost(form, row)
    return IndicatorFact(
        name=Stated(without_weight(row.subject), (named.address,) if named else ()),
        target=_target(row),
        actual=_actual(row),
        met=met,
        weight=weight,
        score=score,
        lost=_lost(lost, weight, score),
        reason=_reason(form, row),
        doubts=doubts.take(own),
        copied=found is not None and repeats_condition(found.target, found.actual),
        surpassed=met is True and found is not None and _beyond(found),
        judged=found is not None and met is None and not isinstance(found.target, Quantity),
        less_is_better=found is not None and _less_is_better(found),
        excess=_excess(form, found),
        description=text_of(row.description),
        standard=text_of(row.standard),
        full=weight is not None and score is not None and lost == 0,
        execution=is_execution_rate(row),
        explained=row.actual is not None and explained_elsewhere(form, row) is row.actual,
    )


def _points(form: Form, role: str, entry: Entry | None) -> Stated | None:
    """A weight or score of the indicator table in points."""
    found = points(entry, form.indicator_columns.get(role))
    if entry is None or found is None:
        return text_of(entry)
    return worded(found, (entry.address,))


def _once(column: str, stated: Stated | None, shared: set[tuple[str, str]]) -> Stated | None:
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
    target = text_of(row.target)
    if target is None or not target.text:
        return target
    sign = text_of(row.operator)
    text, cells = _with_unit(target, row)
    if sign is not None and of_text(target.text) is not None and _SIGN.fullmatch(sign.text):
        shown = "" if sign.text in _EQUAL else sign.text
        return Stated(shown + text, (*cells, *sign.cells))
    return Stated(text, cells)


def _actual(row: Indicator) -> Stated | None:
    actual = text_of(row.actual)
    if row.actual is None or actual is None or not actual.text:
        return actual
    return Stated(*_with_unit(actual, row)) if not dash(row.actual) else Stated("", actual.cells)


def _with_unit(stated: Stated, row: Indicator) -> tuple[str, tuple[str, ...]]:
    unit = text_of(row.unit)
    found = of_text(stated.text)
    if unit is None or found is None or found.percent or found.unit:
        return stated.text, stated.cells
    word = re.sub(r"[（(].*", "", unit.text)
    if not word or word in _NO_UNIT:
        return stated.text, stated.cells
    return stated.text + word, (*stated.cells, *unit.cells)


def _met(form: Form, row: Indicator, found: Result | None) -> bool | None:
    """Whether the target was met, as far as target and actual value decide it and neither looks misread.

    A target copied as the actual value proves nothing where the unit itself took points off.
    """
    if found is None or any(
        suspicious_misread(one, other) is not None
        for one, other in ((found.target, found.actual), (found.actual, found.target))
    ):
        return None
    copied = one_line(found.target_entry.text) == one_line(found.actual_entry.text)
    return None if copied and points_lost(form, row) else found.met


def _plain_pair(found: Result) -> tuple[Quantity, Quantity] | None:
    target, actual = found.target, found.actual
    if not (isinstance(target, Quantity) and isinstance(actual, Quantity)):
        return None
    bound = actual.operator.floor or actual.operator.ceiling
    return None if bound or not comparable(target.unit, actual.unit) else (target, actual)


def _beyond(found: Result) -> bool:
    """Whether the actual value is better than its target by the cells alone, not just equal to it."""
    pair = _plain_pair(found)
    if pair is None:
        return False
    target, actual = pair
    return actual.base < target.base if _less_is_better(found) else actual.base > target.base


def _less_is_better(found: Result) -> bool:
    target = found.target
    if not isinstance(target, Quantity) or target.operator.floor:
        return False
    return target.operator.ceiling or found.direction is Direction.REVERSE


def _excess(form: Form, found: Result | None) -> Stated | None:
    if found is None or found.completion is None or found.met is False:
        return None
    if found.completion <= settings_for(form).over_target_line:
        return None
    cells = (found.actual_entry.address, found.target_entry.address)
    return percentage(found.completion, cells, f"{cells[0]}/{cells[1]}")


def _lost(lost: Decimal | None, weight: Stated | None, score: Stated | None) -> Stated | None:
    if weight is None or score is None or lost is None or lost <= 0:
        return None
    # Where every row is scored out of a hundred, the weight is no measure of the loss.
    full = weight.cells[0] if weight.value is not None and score.value == weight.value - lost else "100"
    return Stated(plain(lost), (*weight.cells, *score.cells), lost, f"{full}-{score.cells[0]}")


def _reason(form: Form, row: Indicator) -> Stated | None:
    """The cause that the row gives; one that only repeats a figure of the row is as good as blank."""
    stated = text_of(row.reason)
    if stated is None or (reason(form, row) is Reason.GIVEN and stated.text not in _NO_REASON):
        return stated
    return Stated("", stated.cells)
