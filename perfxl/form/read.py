"""From the cells of a workbook to its forms: finding each form by what its labels say, never by address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from perfxl.form import labels
from perfxl.form.fields import Field, read_fields
from perfxl.form.funds import read_funds
from perfxl.form.goals import read_goals
from perfxl.form.halves import goes_on_beside, read_rows
from perfxl.form.heads import Head, find_heads
from perfxl.form.identity import MONEY_UNITS, find_kind, find_money_unit, find_year, find_year_line
from perfxl.form.model import Entry, Form, Kind
from perfxl.form.origin import origin_of
from perfxl.form.page import Block, Page
from perfxl.form.pagebreaks import continues, joined
from perfxl.form.projects import read_projects
from perfxl.form.remarks import is_result_sheet
from perfxl.form.titles import find_title, is_title, title_entry, title_positions, title_rows
from perfxl.workbook.grid import Area, Position, Sheet, Workbook

_OWNERS = frozenset({"project_name", "department", "unit"})


def read_forms(workbook: Workbook) -> tuple[Form, ...]:
    """Return every form of a workbook, sheet by sheet, from top to bottom and left to right.

    The sheet on which the program itself listed its findings is no form.
    """
    return tuple(
        form for sheet in workbook.sheets if not is_result_sheet(sheet) for form in read_sheet(sheet)
    )


def read_sheet(sheet: Sheet) -> tuple[Form, ...]:
    """Return every form of one sheet."""
    if not sheet.cells:
        return ()
    page = Page(sheet)
    strips = _strips(page)
    forms = tuple(form for strip, heads in strips for form in _read_strip(strip, heads))
    origin = origin_of(sheet)
    return tuple(form._replace(origin=origin) for form in forms) if origin else forms


def _read_strip(page: Page, heads: Sequence[Head]) -> list[Form]:
    """Read the forms that stand under each other, those without an indicator table between them included."""
    if not heads:
        return _forms_without_heads(page)
    forms: list[Form] = []
    ends = 0
    for head, following in zip(heads, [*heads[1:], None], strict=True):
        limit = _start_of_next(page, head, following) if following else page.bottom
        above = _without_tables(page, _without_captions(page, title_rows(page, ends + 1, head.top - 1), head))
        below = (
            [] if following else _without_tables(page, [*title_rows(page, head.bottom + 1, limit), limit + 1])
        )
        top = above[-1].area.bottom + 1 if above else ends + 1
        ends = limit
        form = _read_form(page, head, top, below[0].area.top - 1 if below else limit)
        forms += above
        if forms and continues(forms[-1], form):
            forms[-1] = joined(forms[-1], form)
        else:
            forms.append(form)
        forms += below
    return forms


# Where forms begin and end -------------------------------------------------------------------------------------------


def _strips(page: Page) -> list[tuple[Page, list[Head]]]:
    """Cut the page into strips of forms that stand beside each other, each with the heads of its tables.

    Empty columns part neighbours; where there is none, a head that begins again on the same row does. A
    part without any head (a remark beside a form, the rest of a form with an empty column) joins the one
    at its left.
    """
    strips: list[tuple[Page, list[Head]]] = []
    begins = page.left
    for _, right in _parts(page):
        part = page if (begins, right) == (page.left, page.right) else page.narrowed(begins, right)
        heads = find_heads(part)
        if heads:
            strips += _at_repeated_heads(part, heads)
        elif _forms_without_heads(part):
            strips.append((part, []))
        elif strips:
            before = strips[-1][0]
            wider = page.narrowed(before.left, right)
            strips[-1] = (wider, find_heads(wider))
        else:
            continue  # a label column that an empty one parts from its form
        begins = right + 1
    return strips


def _parts(page: Page) -> list[tuple[int, int]]:
    """The runs of columns that hold anything, the empty columns between them counted to the left one."""
    used = {column for _, column in page.sheet.cells}
    for merge in page.sheet.merges:
        if merge.top <= page.bottom and merge.right - merge.left <= page.right:
            used.update(range(merge.left, merge.right + 1))
    starts = [column for column in sorted(used) if column <= page.right and column - 1 not in used]
    if len(starts) < 2:
        return [(page.left, page.right)]
    edges = [page.left, *starts[1:], page.right + 1]
    return [(left, following - 1) for left, following in pairwise(edges)]


def _at_repeated_heads(page: Page, heads: list[Head]) -> list[tuple[Page, list[Head]]]:
    """Cut between heads that share rows: tables that touch each other."""
    lefts = sorted({head.left for head in heads for other in heads if _share_rows(head, other)})
    if len(lefts) < 2:
        return [(page, heads)]
    if len(heads) == 2 and goes_on_beside(page, heads):
        return [(page, [heads[0]._replace(beside=heads[1])])]
    edges = [page.left, *lefts[1:], page.right + 1]
    strips = [page.narrowed(left, following - 1) for left, following in pairwise(edges)]
    return [(strip, find_heads(strip)) for strip in strips]


def _share_rows(head: Head, other: Head) -> bool:
    return head.left != other.left and head.top <= other.bottom and other.top <= head.bottom


def _start_of_next(page: Page, head: Head, following: Head) -> int:
    """The last row of the form under `head`, given the head of the form that follows on the same strip."""
    between = page.filled_rows(head.bottom + 1, following.top - 1)
    for row in between:
        if any(is_title(page, block) for block in page.begun(row)):
            return row - 1
    for row in between:
        if any(
            labels.role("header", block.text) == "project_name" for block in page.begun(row) if block.is_words
        ):
            return row - 1
    return following.top - 1


# One form ------------------------------------------------------------------------------------------------------------


def _read_form(page: Page, head: Head, top: int, bottom: int) -> Form:
    title_block = find_title(page, top, head.top - 1)
    if head.table == "list":
        return _read_list(page, head, top, bottom, title_block)
    table = read_rows(page, head, bottom)
    funds = read_funds(page, top, head.top - 1)
    below = False
    if not funds.rows:
        funds = table.funds if table.funds.rows else read_funds(page, table.bottom + 1, bottom)
        below = bool(funds.rows)
    used: set[Position] = set(funds.used) | title_positions(page, top, head.top - 1, title_block)
    goals, goal_cells = read_goals(page, top, head.top - 1, used)
    used |= goal_cells
    header = read_fields(page, top, head.top - 1, used, head.right)
    taken = table.apart | (funds.used if below else frozenset())
    footer = read_fields(page, table.bottom + 1, bottom, taken, head.right)
    around = _Around(title_entry(page, title_block, head.top), header, footer)
    return _framed(page, head, top, _area(page, title_block, top, head, bottom), around)._replace(
        kind=find_kind(around.title, header, head, funds),
        funds=funds.rows,
        goals=goals,
        indicators=table.rows,
        subtotals=table.subtotals,
        total=table.total,
        fund_columns=funds.columns,
        money_unit=find_money_unit(page, top, head.top - 1, header)
        or (find_money_unit(page, funds.top - 1, funds.bottom, ()) if below else None),
    )


def _read_list(page: Page, head: Head, top: int, bottom: int, title_block: Block | None) -> Form:
    table = read_projects(page, head, bottom)
    used = title_positions(page, top, head.top - 1, title_block)
    header = read_fields(page, top, head.top - 1, used, head.right)
    footer = read_fields(page, table.bottom + 1, bottom, (), head.right)
    around = _Around(title_entry(page, title_block, head.top), header, footer)
    return _framed(page, head, top, _area(page, title_block, top, head, bottom), around)._replace(
        kind=Kind.PROJECT_LIST,
        total=table.total,
        projects=table.rows,
        money_unit=find_money_unit(page, top, head.bottom, header),
    )


class _Around(NamedTuple):
    """What stands around the tables of a form: its title, the fields above and below them."""

    title: Entry | None
    header: Sequence[Field]
    footer: Sequence[Field] = ()


def _framed(page: Page, head: Head, top: int, area: Area, around: _Around) -> Form:
    """Return a form with what stands around its tables; the tables are the caller's to put in."""
    return Form(
        sheet=page.sheet.name,
        kind=Kind.UNKNOWN,
        title=around.title,
        year=find_year(page, around.title, around.header, top, head),
        year_line=find_year_line(page, around.title, head.top),
        area=area,
        header=_by_key(around.header),
        footer=_by_key(around.footer),
        indicator_columns={role: column.column for role, column in head.columns.items()},
        roles=_by_role(
            field
            for field in [*around.header, *around.footer]
            if field.role == "money_unit" or field.entry.text not in MONEY_UNITS  # 单位：万元 names no unit
        ),
    )


def _without_tables(page: Page, edges: Sequence[int]) -> list[Form]:
    """Return the forms, from each row in `edges` to the row before the next, that lack an indicator table.

    Such a form has funds and says whose it is; other passages give none.
    """
    found = [_without_table(page, row, following - 1) for row, following in pairwise(edges)]
    return [form for form in found if form is not None]


def _without_captions(page: Page, titles: list[int], head: Head) -> list[int]:
    """Leave out the titles under which nothing but the head stands: captions of the table, not a form's own."""
    while len(titles) > 1 and not _says_whose(page, titles[-1], head.top - 1):
        titles = titles[:-1]
    return titles


def _says_whose(page: Page, top: int, bottom: int) -> bool:
    fields = read_fields(page, top, bottom, (), page.right)
    return bool(_by_role(fields).keys() & _OWNERS) or bool(read_funds(page, top, bottom).rows)


def _forms_without_heads(page: Page) -> list[Form]:
    return _without_tables(page, [*title_rows(page, 1, page.bottom), page.bottom + 1])


def _without_table(page: Page, top: int, bottom: int) -> Form | None:
    funds = read_funds(page, top, bottom)
    title_block = find_title(page, top, bottom)
    used: set[Position] = set(funds.used) | title_positions(page, top, bottom, title_block)
    goals, goal_cells = read_goals(page, top, bottom, used)
    header = read_fields(page, top, bottom, used | goal_cells, page.right)
    if not funds.rows or not _by_role(header).keys() & _OWNERS:
        return None
    head = Head("indicator", bottom + 1, bottom + 1, page.left, page.right, {})
    around = _Around(title_entry(page, title_block, bottom), header)
    return _framed(page, head, top, Area(top, page.left, bottom, page.right), around)._replace(
        kind=find_kind(around.title, header, head, funds),
        funds=funds.rows,
        goals=goals,
        fund_columns=funds.columns,
        money_unit=find_money_unit(page, top, bottom, header),
    )


def _area(page: Page, title: Block | None, top: int, head: Head, bottom: int) -> Area:
    first = title.area.top if title is not None else next(iter(page.filled_rows(top, head.top)), head.top)
    filled = page.filled_rows(head.bottom, bottom)
    return Area(first, page.left, filled[-1] if filled else head.bottom, max(head.right, page.left))


def _by_key(fields: Iterable[Field]) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for field in fields:
        if field.key not in found or found[field.key].blank:
            found[field.key] = field.entry
    return found


def _by_role(fields: Iterable[Field]) -> Mapping[str, Entry]:
    found: dict[str, Entry] = {}
    for field in fields:
        if field.role is not None and (field.role not in found or found[field.role].blank):
            found[field.role] = field.entry
    return found
