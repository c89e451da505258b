"""Reading a project list (分项绩效项目清单): one project a row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from perfxl.form import labels
from perfxl.form.heads import Head
from perfxl.form.model import Project, Total
from perfxl.form.page import Block, Page

_SUMMED = ("budget", "executed", "returned", "score")
_ROLES = ("number", "name", "budget", "executed", "returned", "score", "goal", "actual")


class ProjectTable(NamedTuple):
    """The projects in order, the total row if there is one, and the last sheet row of the list."""

    rows: tuple[Project, ...]
    total: Total | None
    bottom: int


def read_projects(page: Page, head: Head, bottom: int) -> ProjectTable:
    """Read the list under `head`, no further than row `bottom`."""
    rows: list[Project] = []
    total: Total | None = None
    last = head.bottom
    for row in page.filled_rows(head.bottom + 1, bottom):
        begun = list(page.begun(row))
        if not begun:
            continue
        if any(
            block.area.left <= head.columns["name"].right and labels.role("total", block.text)
            for block in begun
        ):
            label = next(block for block in begun if labels.role("total", block.text))
            figures = {role: head.entry(page, row, role) for role in _SUMMED}
            own = {role: entry for role, entry in figures.items() if entry and entry.cell != label.cell}
            total, last = Total(label.entry, **own), row
            if rows:
                break
            continue  # some lists print their total above the projects
        if _is_subtotal(head, begun):
            continue
        if len(begun) == 1 and begun[0].is_words:
            if _goes_on(page, head, row, bottom):
                continue  # the name of a group: 一、信息化类
            break
        if labels.role("list", begun[0].text) == "number":  # a page break printed the head again
            continue
        name = head.entry(page, row, "name")
        if name is not None and name.blank and _only_numbered(page, head, row):
            continue  # a line of the print that nobody used
        if name is None or (name.blank and not _has_figures(page, head, row)):
            break
        rows.append(Project(row, **{role: head.entry(page, row, role) for role in _ROLES}))
        last = row
    return ProjectTable(tuple(rows), total, last)


def _is_subtotal(head: Head, begun: Sequence[Block]) -> bool:
    right = head.columns["name"].right
    return any(
        block.area.left <= right and labels.role("subtotal", block.text) == "subtotal" for block in begun
    )


def _goes_on(page: Page, head: Head, row: int, bottom: int) -> bool:
    """Whether the next filled row is a project's: it has a name and an amount."""
    following = next(iter(page.filled_rows(row + 1, bottom)), None)
    if following is None:
        return False
    name = head.entry(page, following, "name")
    return name is not None and not name.blank and _has_figures(page, head, following)


def _only_numbered(page: Page, head: Head, row: int) -> bool:
    number = head.entry(page, row, "number")
    return (
        number is not None and not number.blank and len(list(page.begun(row))) == 1 and len(number.text) <= 3
    )


def _has_figures(page: Page, head: Head, row: int) -> bool:
    return any((entry := head.entry(page, row, role)) and not entry.blank for role in ("budget", "executed"))
