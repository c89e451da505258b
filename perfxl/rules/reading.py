"""How rules read a form: which rows count, which cell says a thing twice, how figures are worded in messages."""

from __future__ import annotations

import re
from decimal import Decimal

from perfxl.form.figures import Figure, figure, of_text, plain
from perfxl.form.labels import squeeze
from perfxl.form.model import Column, Entry, Form, FundRow, Indicator, Kind
from perfxl.rounding import round_half_up
from perfxl.rules.remembered import per_form
from perfxl.workbook.grid import Cell

_DASHES = re.compile(r"[-—–―－─/\\]+|n/?a|无|不适用", re.IGNORECASE)
_ELLIPSIS = re.compile(r"(?:…|\.{3,}+|。{3,}+|·{3,}+|⋯)+")  # possessive: thousands of dots have one reading
_BARE_ORDINAL = re.compile(r"(?:三级)?(?:指标|目标)[一二三四五六七八九十\d]*[:：、.]?")
_LONGEST_QUOTED = 30
_NUMBERS = re.compile(r"\d+(?:\.\d+)?")
SUBTOTALS = frozenset({"小计", "合计", "总计", "总分", "小计分"})


def dash(entry: Entry) -> bool:
    """Whether a dash or "无" stands where a figure might: the form's way of saying "not applicable"."""
    return _DASHES.fullmatch(squeeze(entry.text)) is not None


def empty(entry: Entry | None) -> bool:
    """Whether an entry says nothing: no such column, a blank cell, or a dash."""
    return entry is None or entry.blank or dash(entry)


def ellipsis(text: str) -> bool:
    """Whether a text is nothing but the dots of a template ("……")."""
    return _ELLIPSIS.fullmatch(squeeze(text)) is not None


def bare_ordinal(text: str) -> bool:
    """Whether a text is the template's numbering without a name ("指标1：", "目标2："), perhaps with dots after it."""
    bare = _ELLIPSIS.sub("", squeeze(text))
    return _BARE_ORDINAL.fullmatch(bare) is not None and any(
        sign in bare for sign in ":：、.0123456789一二三四五六七八九十"
    )


def values(row: Indicator) -> tuple[Entry, ...]:
    """The entries by which an indicator row is more than a name."""
    found = (row.target, row.actual, row.weight, row.score)
    return tuple(entry for entry in found if entry is not None)


def name_entry(row: Indicator) -> Entry | None:
    """The entry that names an indicator row: the lowest level the form has."""
    return next((level for level in (row.level3, row.level2, row.level1) if level is not None), None)


def named(row: Indicator) -> bool:
    """Whether an indicator row has a name of its own, and not only what the template printed there."""
    name = name_entry(row)
    return name is not None and not empty(name) and not ellipsis(name.text) and not bare_ordinal(name.text)


@per_form
def counted(form: Form) -> tuple[Indicator, ...]:
    """The indicator rows that count: neither subtotals nor unused lines of the template."""
    return tuple(row for row in form.indicators if _counts(row))


def _counts(row: Indicator) -> bool:
    name = name_entry(row)
    if name is not None and squeeze(name.text) in SUBTOTALS:
        return False
    return named(row) or any(not empty(entry) for entry in values(row))


def groups_begin_with_their_labels(form: Form) -> bool:
    """Whether the first row names its group; else labels stand in the middle of theirs, and where those end is open."""
    first = next(iter(counted(form)), None)
    return first is None or first.level1 is None or not first.level1.blank


def unfilled(form: Form) -> bool:
    """Whether the form is a template that nobody filled: no amount, no actual value, no score anywhere."""
    amounts = [entry for row in form.funds for entry in (row.initial, row.budget, row.arrived, row.executed)]
    results = [entry for row in form.indicators for entry in (row.actual, row.score)]
    projects = [entry for row in form.projects for entry in (row.name, row.budget, row.executed, row.goal)]
    asked = [entry for entry in (*amounts, *results, *projects) if entry is not None]
    if form.kind is Kind.PROJECT_LIST and not form.projects:
        return True
    return bool(asked) and all(
        empty(entry) or ellipsis(entry.text) or figure_is_zero(entry) for entry in asked
    )


def figure_is_zero(entry: Entry) -> bool:
    """Whether a computed zero stands in the cell, as a template's own sums leave it."""
    return entry.cell.formula is not None and entry.value == 0


def in_percent(column: Column | None) -> bool:
    """Whether a column's label carries the percent sign, so that a bare number in it is a percentage."""
    return column is not None and ("%" in column.label or "％" in column.label)


def rate_figure(form: Form, row: FundRow) -> Figure | None:
    """The execution rate as printed in a fund row, as a fraction; None where there is none to read.

    A bare fraction (0.9, 1) is held to whole percents: its trailing zeros do not show.
    """
    found = figure(row.rate, in_percent=in_percent(form.fund_columns.get("rate")))
    return found if found is None or found.percent else found._replace(digits=max(found.digits, 2))


def number_within(entry: Entry) -> Figure | None:
    """The one number an entry speaks of ("98", "98分（优）"); None where it holds none or several."""
    found = figure(entry)
    if found is not None or entry.cell.error:
        return found
    numbers = _NUMBERS.findall(squeeze(entry.text))
    return of_text(numbers[0]) if len(numbers) == 1 else None


def head(column: Column) -> Entry:
    """The label of a column as an entry, for findings that concern a whole column."""
    return Entry(column.label, column.cell)


def shown(found: Figure) -> Decimal:
    """The value as a person sees it: rounded to the decimals written."""
    return round_half_up(found.value, found.digits)


def percent_text(fraction: Decimal, decimals: int = 2) -> str:
    """A fraction as a percentage with at most the given decimals: 0.898904 -> "89.89%"."""
    return f"{plain(round_half_up(fraction * 100, decimals))}%"


def brief(text: str) -> str:
    """A text short enough for a message: in one line, cut after thirty characters."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_QUOTED else line[:_LONGEST_QUOTED] + "…"


def complete(form: Form) -> bool:
    """Whether the form's end was read: a total row, or what stands below the tables.

    Sums that fall short prove nothing on a form whose tail is missing.
    """
    return form.total is not None or bool(form.footer)


def whole(form: Form) -> Entry:
    """Where to look for what concerns a whole form: its title, else its first entry, else its first cell."""
    return form.title or next(iter(form.entries()), Entry(None, Cell(form.area.top, form.area.left)))
