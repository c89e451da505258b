"""Target and actual values that a report states for an indicator, held against its row.

Figures of a passage are told apart by the words before them. A value of the row that the passage states somewhere
is in order, whatever else the passage tells; one that it states differently is a contradiction only where a single
figure of that kind is left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from perfxl.form.execution import is_execution_rate
from perfxl.form.model import Entry, Form, Indicator
from perfxl.form.units import BARE
from perfxl.form.value_types import EXACT, Operator, Quantity, Range, Several, Text, Value
from perfxl.form.values import quantities_in
from perfxl.narrative.figures import Figure, agree
from perfxl.narrative.mentions import Passage
from perfxl.narrative.periods import period_before
from perfxl.narrative.relations import alike
from perfxl.narrative.vocabulary import found_at_end, pattern
from perfxl.rules.finding import Severity
from perfxl.rules.held import Compared, Held, under_plans
from perfxl.rules.known import Known
from perfxl.rules.reading import empty
from perfxl.rules.results import value_of

_TARGET = re.compile(
    r"(?:目标值?|指标值|预期值?|计划值?|任务数?|标准值|绩效目标|年度指标)[^,;。]{0,14}$|(?:应|须|需)(?:达到|完成|不低于|不少于)?[^,;。]{0,4}$"
)
_ACTUAL = re.compile(r"(?:实际(?:完成)?(?:值|情况)?|完成值|完成情况)[^,;。]{0,14}$")
_OTHER_TIME = re.compile(
    r"上年|去年|同比|较[0-9]{4}年|比[0-9]{4}年|增长|增加|提高|下降|减少|降低|[1-9][0-9]?月底"
)
_SHARE_OF_TARGET = re.compile(
    r"(?:目标|目标值|指标值|计划|任务数?)的$|完成率(?:为|达|达到)*$|(?:多|少|高出?|低|超出?|超额|相差)$"
    r"|[比较][^,;。]{1,10}(?:多|少|提前|推迟|延后|缩短|节约|节省)[^,;。0-9]{0,3}$"
)
_BEYOND = re.compile("超额?完成[^,;。0-9]*$")
_PLANNED = re.compile(r"(?:(?<![比较])计划|拟|预计|力争|确保|(?:目标|任务)[为是:])(?P<rest>[^。;]*)$")
_DONE = re.compile("实际|完成|达到|已|共|实现")
_TARGET_BEHIND = re.compile("的?(?:年度|控制|年初|预期|绩效)*(?:目标|指标值|标准(?!化)|上限|下限|计划)")
_DIRECTLY = re.compile(r'[”"]?(?:均|已)?(?:为|是|达到?|达到了|完成|[:≥≤><=])*(?:每[^\W\d_]{1,3})?')
_STANDARD = re.compile(r"标准(?:值)?(?:为|是|:)?“?(?:[≥≤><=]|不?低于|不?少于|不?超过|不?高于|大于|小于)*$")
_FORMER = re.compile("(?:由|从|原来?的?)$")
_MOVED_TO = re.compile("(?:到|至)$")
_TIMES = {"人", "人次", "次"}
_PART = re.compile(r"其中|包括|包含")


class _Said(NamedTuple):
    """A figure of a passage: the value it states ("target", "actual"), how surely, and where."""

    figure: Figure
    passage: Passage
    aspect: str
    plain: bool


def compared_indicators(held: Held, form: Form) -> Iterator[Compared]:
    """Every target and actual value that the report states of an indicator."""
    for place, passages in held.passages.items():
        row = held.rows[place]
        said = [
            each
            for passage in passages
            if not under_plans(passage.said)
            for each in _figures(passage, held.names.year)
        ]
        if is_execution_rate(row):  # what is said of the rate is held against the fund table
            said = [each for each in said if each.plain and each.aspect == "target"]
        for aspect, entry in (("target", row.target), ("actual", row.actual)):
            if entry is None or empty(entry):
                continue
            yield from _compared(row, entry, aspect, said)


def _figures(passage: Passage, year: int | None) -> Iterator[_Said]:
    sets_targets = any(pattern("target_sections").search(heading.words) for heading in passage.said.path)
    only_targets = sets_targets and any("目标" in heading.words for heading in passage.said.path)
    labelled = ""
    parts = False
    for figure in passage.figures:
        parts = parts or _PART.search(figure.lead) is not None
        if parts:  # what makes up a figure is told, not the figure
            continue
        if figure.points or (figure.unit.bare and found_at_end("marks", figure.lead) is not None):
            continue
        lead = figure.sentence.plain[max(passage.start, figure.start - len(figure.lead)) : figure.start]
        before = passage.text[: figure.start - passage.start]
        if not _MOVED_TO.search(lead) and period_before(figure.sentence.plain[: figure.start], year):
            continue
        if _SHARE_OF_TARGET.search(lead) or _FORMER.search(lead) or _BEYOND.search(figure.clause):
            continue
        if _OTHER_TIME.search(lead[-14:]) and not _MOVED_TO.search(lead):
            continue
        # A list behind one label: 目标为“医疗机构≥40% 病种≥70% 基金≥30%”.
        labelled = _label(lead, figure.behind) or (labelled if not re.search("[,;。]", lead) else "")
        if labelled:
            yield _Said(figure, passage, labelled, True)
        elif _planned(figure):
            yield _Said(figure, passage, "open", False)
        elif passage.first and _DIRECTLY.fullmatch(before):
            yield _Said(figure, passage, "open" if only_targets else "actual", True)
        elif pattern("claims", "missed").search(before) is None:
            yield _Said(figure, passage, "open" if sets_targets else "actual", False)


def _planned(figure: Figure) -> bool:
    """Whether the sentence tells what is to be done (计划新建驿站6个，新增床位180张), and not yet what was."""
    planned = _PLANNED.search(figure.sentence.plain[: figure.start])
    return planned is not None and _DONE.search(planned["rest"]) is None


def _label(lead: str, behind: str) -> str:
    """What the words around a figure call it: "target", "actual", or "" where they do not say."""
    if _TARGET_BEHIND.match(behind):
        return "target"
    if _STANDARD.search(lead) or (lead.rstrip("≥≤><=").endswith("按") and behind.startswith("的标准")):
        return "target"
    target, actual = _TARGET.search(lead), _ACTUAL.search(lead)
    if target is None or actual is None:
        return "target" if target is not None else "actual" if actual is not None else ""
    return "target" if target.start() > actual.start() else "actual"


def _compared(row: Indicator, entry: Entry, aspect: str, said: Sequence[_Said]) -> Iterator[Compared]:
    wanted = quantities(row, entry)
    if not wanted:
        return
    mine = [
        each for each in said if each.aspect in (aspect, "open") or (aspect == "target" and not each.plain)
    ]
    left = list(wanted)
    free: list[_Said] = []
    for each in mine:
        if aspect == "actual" and each.aspect == "open" and _is_target(row, each.figure):
            continue  # 目标为300场以上 says nothing of the 312 that were reached
        match = next((value for value in left if _same(each.figure, value, aspect)), None)
        again = match or next((value for value in wanted if _same(each.figure, value, aspect)), None)
        if again is None:
            free.append(each)
            continue
        if match is not None:
            left.remove(match)
        if each.aspect != "open" and each.aspect == aspect:
            yield _result(row, entry, aspect, each, again, agrees=True)
    own = [
        each
        for each in free
        if each.aspect == aspect and (not each.passage.short or not _is_target(row, each.figure))
    ]
    yield from _contradicting(row, entry, aspect, own, left, wanted)


def _is_target(row: Indicator, figure: Figure) -> bool:
    """Whether a figure is the row's target, which no word need call so: 加装电梯50台的任务."""
    target = row.target
    return target is not None and any(_same(figure, value, "target") for value in quantities(row, target))


def _contradicting(
    row: Indicator,
    entry: Entry,
    aspect: str,
    free: Sequence[_Said],
    left: Sequence[Quantity],
    wanted: Sequence[Quantity],
) -> Iterator[Compared]:
    """The figures that can only be meant for a value of the row and differ from it."""
    plainly = [
        each for each in free if each.plain and any(_comparable(each.figure, value) for value in wanted)
    ]
    if plainly and len(wanted) == 1:
        for each in plainly:
            yield _result(row, entry, aspect, each, wanted[0], agrees=False)
        return
    if not left:
        return
    fitting = [each for each in free if any(_comparable(each.figure, value) for value in left)]
    if len(left) != 1:
        if plainly and len(plainly) == len(left) == len(wanted):
            for each, value in zip(plainly, left, strict=True):
                yield _result(row, entry, aspect, each, value, agrees=False)
        return
    likely = [each for each in fitting if _same_unit(each.figure, left[0])] or fitting
    if aspect == "target" or len(likely) != 1:
        likely = [each for each in likely if each.plain]
    if len(likely) != 1:
        return
    if len(wanted) > 1 and not likely[0].plain and len(wanted) - len(left) < 1:
        return
    yield _result(row, entry, aspect, likely[0], left[0], agrees=False)


def _result(
    row: Indicator, entry: Entry, aspect: str, said: _Said, value: Quantity, *, agrees: bool
) -> Compared:
    known = (
        Known(value.base, Decimal(1).scaleb(-value.decimals) * value.unit.factor, (entry,), _shown(value)),
    )
    what = "年度指标值" if aspect == "target" else "实际完成值"
    return Compared(
        said.figure, said.passage.said, known, agrees, row.subject, what, _severity(said, value, aspect)
    )


def _severity(said: _Said, value: Quantity, aspect: str) -> Severity:
    figure = said.figure
    if _bounded(figure.operator) or _bounded(value.operator):
        same_number = agree(figure, value.base)
        if same_number:
            return Severity.NOTE
        return Severity.ERROR if aspect == "target" and said.plain else Severity.WARNING
    if said.plain or (said.passage.named and len(said.passage.figures) == 1):
        return Severity.ERROR
    return Severity.WARNING


def _shown(value: Quantity) -> str:
    return f"{value.operator}{value.number:f}{value.unit}"


def _bounded(operator: Operator) -> bool:
    return operator.floor or operator.ceiling


def quantities(row: Indicator, entry: Entry) -> tuple[Quantity, ...]:
    """The figures of a target or actual value; of a longer text only where it holds a single one."""
    operator = row.operator.text if row.operator is not None and entry is row.target else None
    value = value_of(row, entry, operator)
    if value is None:
        return ()
    return _of_value(value)


def _of_value(value: Value) -> tuple[Quantity, ...]:
    if isinstance(value, Quantity):
        return (value,)
    if isinstance(value, Several):
        return tuple(part for part in value.parts if isinstance(part, Quantity))
    if isinstance(value, Range):
        return ()
    if isinstance(value, Text):
        found = quantities_in(value.text)
        return tuple(each for each in found if not each.unit.bare)
    return ()


def _same(figure: Figure, value: Quantity, aspect: str) -> bool:
    """Whether a figure states a value: equal, or within what the other bounds (98%以上 and 98.5%).

    超过2次 for an actual value of ≥2次 says more than the form does; of targets nobody tells ≥ from > that finely.
    """
    if not _comparable(figure, value):
        return False
    one, other = _numbers(figure, value)
    step = Decimal(1).scaleb(-value.decimals) * (
        value.unit.factor if not value.unit.bare else figure.unit.factor
    )
    equal = figure._replace(unit=figure.unit if not figure.unit.bare else value.unit)
    if aspect == "target":
        return agree(equal, other, step)
    if agree(equal, other, step):
        if _bounded(figure.operator) and _bounded(value.operator):
            return value.operator.strict or not figure.operator.strict
        return not (figure.operator.strict or value.operator.strict)
    if _bounded(figure.operator) and not _bounded(value.operator):
        return other > one if figure.operator.floor else other < one
    if _bounded(value.operator) and not _bounded(figure.operator):
        return one > other if value.operator.floor else one < other
    return False


def _numbers(figure: Figure, value: Quantity) -> tuple[Decimal, Decimal]:
    """Both in base units; a bare number takes the other's unit."""
    if value.unit.bare and not figure.unit.bare:
        return figure.base, EXACT.multiply(value.base, figure.unit.factor)
    if figure.unit.bare and not value.unit.bare:
        return EXACT.multiply(figure.base, value.unit.factor), value.base
    return figure.base, value.base


def _comparable(figure: Figure, value: Quantity) -> bool:
    if value.unit is BARE or value.unit.bare or figure.unit.bare:
        return figure.percent is False or value.unit.bare
    if figure.unit.dimension == value.unit.dimension or _for_each(figure, value):
        return True
    # 万次 is as much as 万人次 where people count how often.
    return {figure.unit.dimension, value.unit.dimension} <= _TIMES and figure.unit.factor == value.unit.factor


def _for_each(figure: Figure, value: Quantity) -> bool:
    """Whether an amount is told without what it is for each of, which the name says: 人均成本755元 for 755元/人."""
    return (
        figure.money
        and value.unit.family == "money"
        and "/" in value.unit.name
        and alike(figure.base, value.base)
    )


def _same_unit(figure: Figure, value: Quantity) -> bool:
    return figure.unit.dimension == value.unit.dimension
