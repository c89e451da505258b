"""Which forms belong together: those of one project, kind and year are a group, each form counted once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from perfxl.form.labels import squeeze
from perfxl.form.model import Entry, Form, Kind
from perfxl.rules.handed import Contribution, Together
from perfxl.scoring.companions import same_project

_AGGREGATED = (Kind.TRANSFER, Kind.PROJECT, Kind.DEPARTMENT, Kind.UNKNOWN)
UNITS_LISTED = "名单见“单位汇总”"
"""What a roll-up writes for its units; the file's name then tells one region from another."""
_WHY_NOT = {
    Kind.SCORESHEET: "打分表不参加汇总，汇总的是它对应的自评表",
    Kind.PROJECT_LIST: "项目清单不参加汇总，汇总的是各项目的自评表",
}


class LeftOut(NamedTuple):
    """A form that is not counted, and why; `twin` is the form it repeats, if that is the reason."""

    contribution: Contribution
    why: str
    twin: Contribution | None = None


class Group(NamedTuple):
    """The forms of one project, kind and year. `single_project` is False where several projects stand together."""

    kind: Kind
    year: int | None
    members: tuple[Contribution, ...]
    single_project: bool


class Gathered(NamedTuple):
    """Every form of the files handed in: those that are counted, by group, and those that are not.

    `projects` are the same forms as rules judge them: those of one project together, whatever their year.
    """

    groups: tuple[Group, ...]
    projects: tuple[Together, ...]
    left_out: tuple[LeftOut, ...]


def gather(files: Iterable[tuple[str, Sequence[Form]]]) -> Gathered:
    """Sort the forms of several files into groups.

    Two forms with the same unit, project, amounts, targets and actual values are one form handed in twice (a
    copy, or the computed copy beside its original): the fuller one counts. Projects that stand alone in their
    kind and year go into one group together, so that the money of a department adds up.
    """
    counted: list[Contribution] = []
    left_out: list[LeftOut] = []
    for file, forms in files:
        for form in forms:
            contribution = Contribution(file, form, _unit(form, file))
            if form.kind not in _AGGREGATED:
                left_out.append(LeftOut(contribution, _WHY_NOT[form.kind]))
                continue
            twin = next((other for other in counted if _same_form(other, contribution)), None)
            if twin is None:
                counted.append(contribution)
            elif _rank(contribution) > _rank(twin):
                counted[counted.index(twin)] = contribution
                left_out.append(LeftOut(twin, _repeats(contribution), contribution))
            else:
                left_out.append(LeftOut(contribution, _repeats(twin), twin))
    projects = tuple(_projects(counted, left_out))
    return Gathered(tuple(_groups(projects)), projects, tuple(left_out))


def _repeats(twin: Contribution) -> str:
    return f"与 {twin.place} 内容相同，只计一次"


def _projects(counted: Sequence[Contribution], left_out: Sequence[LeftOut]) -> Iterable[Together]:
    by_kind: dict[Kind, list[Contribution]] = {}
    for contribution in counted:
        by_kind.setdefault(contribution.form.kind, []).append(contribution)
    for kind, members in by_kind.items():
        single = kind is not Kind.DEPARTMENT
        for project in _by_project(members) if single else [members]:
            repeated = tuple(
                (one.contribution, one.twin) for one in left_out if one.twin in project and one.twin
            )
            yield Together(tuple(project), repeated, single)


def _groups(projects: Sequence[Together]) -> Iterable[Group]:
    alone: dict[tuple[Kind, int | None], list[Contribution]] = {}
    for project in projects:
        by_year: dict[int | None, list[Contribution]] = {}
        for member in project.members:
            by_year.setdefault(member.form.year, []).append(member)
        for year, members in by_year.items():
            kind = members[0].form.kind
            if len(members) > 1:
                yield Group(kind, year, tuple(members), project.single_project)
            else:
                alone.setdefault((kind, year), []).append(members[0])
    for (kind, year), members in alone.items():
        yield Group(kind, year, tuple(members), len(members) == 1 and kind is not Kind.DEPARTMENT)


def _by_project(members: Sequence[Contribution]) -> list[list[Contribution]]:
    projects: list[list[Contribution]] = []
    for member in members:
        home = next((project for project in projects if same_project(project[0].form, member.form)), None)
        if home is None:
            projects.append([member])
        else:
            home.append(member)
    return projects


def _unit(form: Form, file: str) -> str:
    """Who filled the form: 实施单位, else 主管部门 or 部门名称; of a roll-up, or without either, the file's name."""
    for role in ("unit", "department"):
        entry = form.roles.get(role)
        if entry is not None and UNITS_LISTED in entry.text:
            break
        if entry is not None and entry.text:
            return squeeze(entry.text)
    return file.rpartition("/")[2].rpartition(".")[0]


def _same_form(one: Contribution, other: Contribution) -> bool:
    return _content(one.form) == _content(other.form) and one.unit == other.unit


def _content(form: Form) -> tuple[object, ...]:
    """What a unit reports, without what can be computed from it: scores, rates, totals."""
    name = form.roles.get("project_name")
    funds = [(row.subject, *map(_said, (row.initial, row.budget, row.executed))) for row in form.funds]
    rows = [(row.subject, _said(row.target), _said(row.actual)) for row in form.indicators]
    return form.kind, form.year, _said(name), funds, rows


def _said(entry: Entry | None) -> object:
    return None if entry is None or entry.blank else entry.value


def _rank(contribution: Contribution) -> tuple[int, int]:
    """Which of two like forms counts: the fuller one; of equally full ones, the one whose name has no addition."""
    return sum(not entry.blank for entry in contribution.form.entries()), -len(contribution.file)
