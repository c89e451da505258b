"""What a source fills into a declared form: a project list, a declaration of targets, last year's form, other forms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from perfxl.errors import PerfxlError
from perfxl.form import labels
from perfxl.form.model import Entry, Form, Indicator, Kind, Project
from perfxl.template.carried import NOT_BY_ROLE, amount, amounts_of, factor, header_of, indicator_rows
from perfxl.template.declaration import Declaration, role_of
from perfxl.template.filling import Filling, Given, TableRow, given
from perfxl.template.placing import placed
from perfxl.template.targets import amounts_beside_labels, of_the_year
from perfxl.workbook.grid import Sheet

_KEPT = ("weight", "standard", "description")
_OF_LISTS = ("returned", "score")
"""Columns of a list that no form takes: its score follows from its indicators."""


class Use(Enum):
    """What a source is to the form made from it."""

    PROJECT_LIST = "项目清单"
    TARGETS = "绩效目标申报表"
    LAST_YEAR = "上年的自评表"


class SourceForm(NamedTuple):
    """A form of a source, with the sheet and the file it stands in."""

    form: Form
    sheet: Sheet
    file: str


class Made(NamedTuple):
    """One form to be made: what it is filled with, the project's name, and what the source was to it.

    `left_out` says what the source holds and the form has no place for (Chinese).
    """

    filling: Filling
    name: str
    use: Use
    left_out: tuple[str, ...] = ()


class NotASource(PerfxlError):
    """The source holds nothing that the form could be filled with."""


def use_of(form: Form) -> Use:
    """What a form is good for: a list of projects, targets (nobody has filled in results yet), or last year's form."""
    if form.kind is Kind.PROJECT_LIST:
        return Use.PROJECT_LIST
    results = [entry for row in form.indicators for entry in (row.actual, row.score)]
    spent = [row.executed for row in form.funds]
    return Use.TARGETS if not any(map(given, (*results, *spent))) else Use.LAST_YEAR


def fillings(declaration: Declaration, sources: Sequence[SourceForm]) -> tuple[Made, ...]:
    """Return the forms to be made from a source, in its order; NotASource if there are none.

    A list gives one form for each project; every other form gives one. A declared list takes all forms together.
    """
    if declaration.is_list:
        return (_list(declaration, sources),)
    chosen = _chosen(declaration, sources)
    made = [one for source in chosen for one in _made(declaration, source)]
    if not made:
        raise NotASource(
            f"来源里没有可以填入“{declaration.form.title}”的内容：请用项目清单、绩效目标申报表或上年的自评表。"
        )
    return tuple(made)


def _chosen(declaration: Declaration, sources: Sequence[SourceForm]) -> Sequence[SourceForm]:
    """Of forms of several kinds those of the form's own, else the lists, else what there is."""
    for kind in (declaration.form.kind, Kind.PROJECT_LIST):
        own = [source for source in sources if source.form.kind is kind]
        if own:
            return own
    if declaration.form.kind is Kind.DEPARTMENT:
        return ()
    return [source for source in sources if source.form.kind is not Kind.DEPARTMENT]


def _made(declaration: Declaration, source: SourceForm) -> Iterator[Made]:
    use = use_of(source.form)
    if use is Use.PROJECT_LIST:
        if declaration.form.kind is Kind.DEPARTMENT:
            return
        for project in source.form.projects:
            filling = _of_project(declaration, project, source)
            entries, left_out = placed(declaration, filling.entries)
            words = (*left_out, *_columns_left_out(_OF_LISTS, source.form, [project]))
            yield Made(filling._replace(entries=entries), _project_name(project), use, words)
        return
    filling = (
        _of_targets(declaration, source) if use is Use.TARGETS else _of_last_year(declaration, source.form)
    )
    entries, left_out = placed(declaration, filling.entries)
    lacking = [role for role in (*_KEPT, "target") if role not in declaration.roles]
    name = source.form.roles.get("project_name")
    yield Made(
        filling._replace(entries=entries),
        name.text if name is not None else "",
        use,
        (*left_out, *_columns_left_out(lacking, source.form, source.form.indicators)),
    )


def _columns_left_out(roles: Iterable[str], form: Form, rows: Sequence[Indicator | Project]) -> list[str]:
    """Of columns that the form to be made has no place for, those that hold something, in words (Chinese)."""
    return [
        f"“{form.indicator_columns[role].label}”一栏"
        for role in roles
        if role in form.indicator_columns and any(given(getattr(row, role)) is not None for row in rows)
    ]


# A project of a list -------------------------------------------------------------------------------------------------


def _project_name(project: Project) -> str:
    return project.name.text if project.name is not None else ""


def _of_project(declaration: Declaration, project: Project, source: SourceForm) -> Filling:
    form = source.form
    times = factor(declaration, form.money_unit)
    entries = header_of(declaration, form) | _own_fields(declaration, project, source)
    held: dict[str, Given | None] = {
        _field(declaration, "project_name"): given(project.name),
        _budget_entry(declaration): amount(project.budget, times),
        _whole_amount(declaration): amount(project.budget, times),
        "total.executed": amount(project.executed, times),
        "goal.target": given(project.goal),
        "goal.actual": given(project.actual),
    }
    entries |= {name: value for name, value in held.items() if name and value is not None}
    return Filling(form.year, entries)


def _own_fields(declaration: Declaration, project: Project, source: SourceForm) -> dict[str, Given]:
    """Fields of the header that the list has columns for: 主管部门, 实施单位."""
    heads = {column.cell.row for column in source.form.indicator_columns.values()}
    found: dict[str, Given] = {}
    for (row, column), cell in source.sheet.cells.items():
        role = labels.role("header", cell.value) if row in heads and isinstance(cell.value, str) else None
        if role in ("department", "unit"):
            held = source.sheet.at(project.row, column)
            name = _field(declaration, role)
            if name and isinstance(held.value, str):
                found[name] = Given(held.value)
    return found


def _field(declaration: Declaration, role: str) -> str:
    """The declared field of a role, not that of the central department; "" for none."""
    fields = (name for name in declaration.fields if not name.startswith(NOT_BY_ROLE))
    return next((name for name in fields if role_of(name) == role), "")


def _whole_amount(declaration: Declaration) -> str:
    """The field for the whole amount of the year, which some forms have beside the table of funds; "" for none."""
    return next((name for name in declaration.fields if labels.role("source", name) == "total"), "")


def _budget_entry(declaration: Declaration) -> str:
    names = {cell.name for cell in declaration.head.cells}
    return "total.budget" if "total.budget" in names else "total.initial"


# Targets, and last year's form ---------------------------------------------------------------------------------------


def _of_targets(declaration: Declaration, source: SourceForm) -> Filling:
    form = of_the_year(source.form, source.sheet)
    times = factor(declaration, form.money_unit)
    names = {cell.name for cell in declaration.head.cells}
    entries = header_of(declaration, form)
    if form.funds:
        for row in form.funds:
            for name, value in amounts_of(row, times, {"initial": "initial", "budget": "budget"}):
                entries[name] = _together(entries.get(name), value)
    else:
        # What was asked for at the year's beginning is the initial budget, where the form tells the two apart.
        measure = "initial" if "total.initial" in names else "budget"
        for origin, found in amounts_beside_labels(form, source.sheet).items():
            name = f"{origin.value}.{measure}"
            for one in filter(None, (amount(entry, times) for entry in found)):
                entries[name] = _together(entries.get(name), one)
    whole = entries.get("total.initial") or entries.get("total.budget")
    if whole is not None and _whole_amount(declaration):
        entries[_whole_amount(declaration)] = whole
    goal = given(form.goals.target)
    if goal is not None:
        entries["goal.target"] = goal
    rows = indicator_rows(declaration, form, _KEPT, {}, blank_groups=True)
    return Filling(form.year, entries, rows or None)


def _together(before: Given | None, value: Given) -> Given:
    """Two amounts of one source of money as one."""
    if before is None or not isinstance(before.value, Decimal) or not isinstance(value.value, Decimal):
        return value
    return Given(before.value + value.value)


def _of_last_year(declaration: Declaration, form: Form) -> Filling:
    entries = header_of(declaration, form)
    goal = given(form.goals.target)
    if goal is not None:
        entries["goal.target"] = goal
    year = f"（{form.year}年）" if form.year is not None else ""
    hints = {
        "actual": f"上年{year}完成值：",
        "target": "这是上年的指标值，请按本年批复的绩效目标核对。上年的指标值：",
    }
    rows = indicator_rows(declaration, form, _KEPT, hints, blank_groups=False)
    return Filling(form.year + 1 if form.year is not None else None, entries, rows or None)


# A list of forms -----------------------------------------------------------------------------------------------------


def _list(declaration: Declaration, sources: Sequence[SourceForm]) -> Made:
    """A list with one row for each project: from filled forms, or from last year's list with its values cleared."""
    lists = [source for source in sources if source.form.kind is Kind.PROJECT_LIST]
    forms = [source for source in sources if source.form.kind in (Kind.PROJECT, Kind.TRANSFER, Kind.UNKNOWN)]
    if forms:
        rows = [
            _row_of_form(declaration, source.form, number) for number, source in enumerate(forms, start=1)
        ]
        years = {source.form.year for source in forms}
        year = years.pop() if len(years) == 1 else None
        header = _shared([header_of(declaration, source.form) for source in forms])
        return Made(Filling(year, header, tuple(rows)), "", Use.PROJECT_LIST)
    if not lists:
        raise NotASource("来源里没有项目的自评表，也没有项目清单：请选择装有各项目自评表的文件夹。")
    last = lists[0].form
    rows = [
        _row({"number": Given(Decimal(number)), "name": given(project.name), "goal": given(project.goal)})
        for number, project in enumerate(last.projects, start=1)
    ]
    year = last.year + 1 if last.year is not None else None
    return Made(Filling(year, header_of(declaration, last), tuple(rows)), "", Use.LAST_YEAR)


def _shared(headers: Sequence[Mapping[str, Given]]) -> dict[str, Given]:
    """What no form's header contradicts: the forms of several departments leave a list's department blank."""
    joint: dict[str, Given] = {}
    for header in headers:
        for name, value in header.items():
            joint.setdefault(name, value)
    return {
        name: value
        for name, value in joint.items()
        if all(name not in header or header[name].value == value.value for header in headers)
    }


def _row_of_form(declaration: Declaration, form: Form, number: int) -> TableRow:
    times = factor(declaration, form.money_unit)
    fund = form.total_fund or next(iter(form.funds), None)
    budget: Entry | None = None
    if fund is not None:
        budget = fund.budget if given(fund.budget) is not None else fund.initial
    score = (
        form.total.score
        if form.total is not None and given(form.total.score)
        else form.roles.get("self_score")
    )
    return _row(
        {
            "number": Given(Decimal(number)),
            "name": given(form.roles.get("project_name")),
            "budget": amount(budget, times),
            "executed": amount(fund.executed, times) if fund is not None else None,
            "score": given(score),
            "goal": given(form.goals.target),
            "actual": given(form.goals.actual),
        }
    )


def _row(values: dict[str, Given | None]) -> TableRow:
    return TableRow({role: value for role, value in values.items() if value is not None})
