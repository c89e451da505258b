"""What a department's report may state about its project list (分项绩效项目清单): number, money, scores."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from perfxl.form.figures import figure, plain
from perfxl.form.model import Entry, Form, Project
from perfxl.report.facts import Facts
from perfxl.report.marks import missing
from perfxl.report.places import Attached
from perfxl.report.stated import Stated, percentage
from perfxl.rounding import round_half_up

_YEAR = re.compile(r"(20\d\d)年")
_PER_UNIT = {"元": Decimal(10000)}


def list_passages(listed: Form | None) -> list[str]:
    """Return the paragraphs on a project list; the mark that asks for them where there is no list."""
    if listed is None:
        return [missing("分项绩效项目的数量、预算和执行情况（没有取到分项绩效项目清单）")]
    return [stated.text for stated in list_statements(listed)]


def list_statements(listed: Form) -> list[Stated]:
    """Return the statements on a project list with the cells and sums they rest on."""
    projects = [project for project in listed.projects if project.name is not None and project.name.text]
    found = [Stated(f"纳入自评的项目共{len(projects)}个，具体情况见分项绩效项目清单。", ())]
    budget, spent = _sum(listed, [p.budget for p in projects]), _sum(listed, [p.executed for p in projects])
    if budget is not None and spent is not None and budget.value and spent.value is not None:
        rate = percentage(
            spent.value / budget.value, (*spent.cells, *budget.cells), f"({spent.how})/({budget.how})"
        )
        text = f"清单所列项目预算合计{budget.text}，执行合计{spent.text}，执行率{rate.text}。"
        found.append(Stated(text, rate.cells, how=rate.how))
    found.extend(_scores(projects))
    return found


def dated(facts: Facts, listed: Attached) -> Facts:
    """The facts of a department whose form prints no year, with that of its list's head: 执行数（至2021年底）."""
    first = min((project.row for project in listed.form.projects), default=0)
    above = [cell for cell in listed.sheet.cells.values() if cell.row < first and isinstance(cell.value, str)]
    years = {found[1]: cell.address for cell in above if (found := _YEAR.search(str(cell.value)))}
    if facts.year is not None or len(years) != 1:
        return facts
    ((year, cell),) = years.items()
    return replace(facts, year=Stated(year, (f"{listed.sheet.name}!{cell}",), Decimal(year)))


def _sum(listed: Form, column: Sequence[Entry | None]) -> Stated | None:
    entries = [entry for entry in column if entry is not None and figure(entry) is not None]
    if not entries or len(entries) < len(column):
        return None
    unit = listed.money_unit or ""
    total = sum((held.value for entry in entries if (held := figure(entry)) is not None), Decimal(0))
    cells = tuple(entry.address for entry in entries)
    if unit in _PER_UNIT:
        total, unit = total / _PER_UNIT[unit], "万元"
    return Stated(f"{plain(round_half_up(total, 2))}{unit}", cells, total, "+".join(cells))


def _scores(projects: Sequence[Project]) -> list[Stated]:
    """The span of the scores, and which projects have the lowest one."""
    scored = [
        (project, held.value)
        for project in projects
        if project.score is not None and (held := figure(project.score)) is not None
    ]
    if len(scored) < 2 or len(scored) < len(projects):
        return []
    best, worst = max(value for _, value in scored), min(value for _, value in scored)
    cells = tuple(project.score.address for project, _ in scored if project.score is not None)
    if best == worst:
        return [Stated(f"各项目自评得分均为{plain(best)}分。", cells)]
    lowest = [project.name.text for project, value in scored if value == worst and project.name is not None]
    named = "、".join(f"“{name}”" for name in lowest[:3])
    return [Stated(f"项目自评得分在{plain(worst)}分至{plain(best)}分之间，得分最低的是{named}。", cells)]
