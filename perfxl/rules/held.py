"""A report held against its form: every figure that both state, with what the form has for it.

What the words of the report do not settle is not compared; where they allow several readings, one that fits is enough.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from perfxl.form.execution import is_execution_rate
from perfxl.form.labels import squeeze
from perfxl.form.model import Entry, Form, Indicator
from perfxl.form.value_types import EXACT, Operator
from perfxl.narrative.figures import Figure, agree
from perfxl.narrative.mentions import Passage, passages_of
from perfxl.narrative.outline import Said, Section
from perfxl.narrative.points import PointsSaid, points_said
from perfxl.narrative.relations import Book, alike, book_of, explained
from perfxl.narrative.statements import RATES, Names, Statement, names_of, sources_named, statements_of
from perfxl.rules.finding import Severity
from perfxl.rules.known import Known, money, rates
from perfxl.rules.reading import counted, name_entry
from perfxl.settings.parameters import Settings, settings_for

ASPECTS = {
    "executed": "执行数",
    "budget": "预算数",
    "initial": "年初预算数",
    "arrived": "到位资金",
    "left": "结余",
    "amount": "资金",
    "rate": "执行率",
    "arrival": "到位率",
}
_SURE = frozenset({"executed", "budget", "initial", "rate"})
_ALSO_STATES = re.compile("原因|问题|偏离|偏差|到位|使用|执行|完成|落实|实施")
_PLANS = ("下一步", "改进", "建议", "打算", "计划", "评价方法", "评价等次", "评价标准")


class Compared(NamedTuple):
    """A figure of the report and what the form has for it; `subject` is the form's own label."""

    figure: Figure
    said: Said
    known: tuple[Known, ...]
    agrees: bool
    subject: str
    what: str
    severity: Severity = Severity.ERROR

    @property
    def cells(self) -> tuple[Entry, ...]:
        """Every cell that the judgement rests on."""
        return tuple({entry.address: entry for known in self.known for entry in known.cells}.values())


class Held(NamedTuple):
    """One report of a document with its form, if it has one, and all that was compared."""

    book: Book
    names: Names
    points: tuple[PointsSaid, ...]
    form: Form | None
    settings: Settings
    rows: tuple[Indicator, ...] = ()
    passages: dict[int, list[Passage]] = {}  # noqa: RUF012 - a named tuple's default, never written to
    compared: tuple[Compared, ...] = ()

    @property
    def section(self) -> Section:
        """The report's sentences."""
        return self.book.section


def hold(section: Section, form: Form | None, settings: Settings | None = None) -> Held:
    """Return a report with everything that it and its form both state."""
    chosen = settings or settings_for(form if form is not None else _NoYear())
    names = names_of(section, _names_in(form), form.year if form is not None else None)
    book = book_of(section, statements_of(section, names))
    held = Held(book, names, points_said(section), form, chosen)
    if form is None:
        return held
    from perfxl.rules.held_attainment import compared_attainment
    from perfxl.rules.held_indicators import compared_indicators
    from perfxl.rules.held_points import compared_counts, compared_points

    rows = counted(form)
    spelled = [entry.text if (entry := name_entry(row)) is not None else "" for row in rows]
    held = held._replace(rows=rows, passages=passages_of(section, spelled, _single_groups(rows)))
    found = (
        *_compared_funds(held, form),
        *compared_points(held, form),
        *compared_counts(held, form),
        *compared_indicators(held, form),
        *compared_attainment(held),
    )
    once: dict[tuple[int, int, int], Compared] = {}
    for each in found:
        key = (each.figure.sentence.number, each.figure.sentence.span[0], each.figure.start)
        if key not in once or (once[key].agrees is False and each.agrees):
            once[key] = each
    return held._replace(compared=tuple(once.values()))


def _single_groups(rows: Sequence[Indicator]) -> dict[str, int]:
    """The second-level groups that hold one row only, by their name without 指标."""
    members: dict[str, list[int]] = {}
    for place, row in enumerate(rows):
        if row.level2 is not None and row.level2.text:
            name = squeeze(row.level2.text).partition("(")[0].removesuffix("指标")
            members.setdefault(name, []).append(place)
    return {name: places[0] for name, places in members.items() if len(places) == 1}


class _NoYear(NamedTuple):
    """The year of a report without a form: the newest parameters hold."""

    year: int | None = None


def _names_in(form: Form | None) -> list[str]:
    if form is None:
        return []
    entries = [form.roles.get(role) for role in ("project_name", "department", "unit")]
    return [entry.text for entry in entries if entry is not None and entry.text]


def under_plans(said: Said) -> bool:
    """Whether a sentence stands under a heading about what is to be done, or how was judged, and nothing else."""
    return any(
        word in heading.words and not _ALSO_STATES.search(heading.words)
        for heading in said.path
        for word in _PLANS
    )


def _compared_funds(held: Held, form: Form) -> Iterator[Compared]:
    told = {statement.source for statement in held.book.statements if statement.own} - {""}
    rows = {row.source.value for row in form.funds}
    for statement in held.book.statements:
        figure = statement.figure
        if len(told) > 1 and statement.source and statement.source not in rows:
            continue  # of several sources none is the whole, of which alone the form tells
        if not statement.own or figure.ranged or under_plans(statement.said) or _of_indicator(held, figure):
            continue
        if figure.operator not in (Operator.NONE, Operator.EQUAL, Operator.ABOUT):
            continue
        read = rates if statement.aspect in RATES else money
        known = read(form, statement.source, statement.aspect)
        if statement.carried:  # 中央补助100万元，实际支出120万元: the spending may be that of the whole
            known += read(form, "", statement.aspect)
        if not known:
            continue
        subject = _fund_subject(known)
        what = ASPECTS[statement.aspect]
        if fits(figure, known):
            yield Compared(figure, statement.said, known, True, subject, what)
            continue
        if figure.money and _explained_by_form(held.book, figure, known):
            continue
        if not statement.source and fits(figure, _of_sources(form, statement, read)):
            continue
        if statement.aspect == "initial" and (form.total_fund is None or form.total_fund.initial is None):
            continue
        close = any(alike(figure.base, each.value) for each in known)
        sure = (
            (statement.aspect in _SURE or bool(statement.source))
            and (close or figure.percent)
            and figure.exact
        )
        severity = Severity.ERROR if sure else Severity.WARNING
        yield Compared(figure, statement.said, known, False, subject, what, severity)


def _of_indicator(held: Held, figure: Figure) -> bool:
    """Whether the name of an indicator stands directly before a figure, so that it is that indicator's."""
    return any(
        passage.first
        and passage.said.sentence == figure.sentence
        and passage.start <= figure.start < passage.end
        and not set(",;") & set(figure.sentence.plain[passage.start : figure.start])
        for place, passages in held.passages.items()
        if not is_execution_rate(held.rows[place])
        for passage in passages
    )


def _of_sources(
    form: Form, statement: Statement, read: Callable[..., tuple[Known, ...]]
) -> tuple[Known, ...]:
    """What the form knows of the sources that the sentence names before a figure: 其他资金…，当年仅使用…."""
    before = statement.said.sentence.plain[: statement.figure.start]
    return tuple(known for source in sources_named(before) for known in read(form, source, statement.aspect))


def fits(figure: Figure, known: Iterable[Known]) -> bool:
    """Whether a figure is one of those the form has, at the coarser precision of the two."""
    return any(agree(figure, each.value, each.step) for each in known)


def _explained_by_form(book: Book, figure: Figure, known: Iterable[Known]) -> bool:
    """Whether another amount of the report makes up the difference: 8400 of this year and 7408 carried over."""
    return any(explained(book, abs(each.value - figure.base)) for each in known)


def _fund_subject(known: Iterable[Known]) -> str:
    first = next(iter(known))
    return first.text and ""


def written(figure: Figure) -> str:
    """A figure with the sign of what bounds or blurs it: 超过2次 is ">2次"."""
    return f"{figure.operator}{figure}"


def shown(value: Decimal, like: Figure) -> str:
    """A value in base units as the report would write it, in the unit of one of its figures."""
    from perfxl.form.figures import plain

    return f"{plain(EXACT.divide(value, like.unit.factor).normalize())}{like.unit.name}"
