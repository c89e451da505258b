"""From the cells of a workbook to its forms: finding each form by what its labels say, never by address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from perfxl.form import labels
from perfxl.form.fields import Field, read_fields
from perfxl.form.funds import FundTable, read_funds
from perfxl.form.goals import read_goals
from perfxl.form.heads import Head, find_heads
from perfxl.form.indicators import read_indicators
from perfxl.form.model import Entry, Form, Indicator, Kind
from perfxl.form.page import Block, Page
from perfxl.form.projects import read_projects
from perfxl.workbook.grid import Area, Position, Sheet, Workbook

_YEAR = re.compile(r"(20\d\d)\s*(?:年度|年(?!\d{1,2}月)|$)")
_CHINESE_YEAR = re.compile(r"二[〇○零]([〇○零一二三四五六七八九])([〇○零一二三四五六七八九])年")
_CHINESE_DIGITS = {digit: str(index) for index, digit in enumerate("〇一二三四五六七八九")} | {"○": "0", "零": "0"}
_MONEY_UNIT = re.compile(r"(万元|亿元|千元|元)\)?$")
_IN_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")


def read_forms(workbook: Workbook) -> tuple[Form, ...]:
    """Return every form of a workbook, sheet by sheet, from top to bottom and left to right."""
    return tuple(form for sheet in workbook.sheets for form in read_sheet(sheet))


def read_sheet(sheet: Sheet) -> tuple[Form, ...]:
    """Return every form of one sheet."""
    if not sheet.cells:
        return ()
    page = Page(sheet)
    strips = _strips(page)
    return tuple(form for strip, heads in strips for form in _read_strip(strip, heads))


def _read_strip(page: Page, heads: Sequence[Head]) -> list[Form]:
    """Read the forms that stand under each other, those without an indicator table between them included."""
    if not heads:
        return _forms_without_heads(page)
    forms: list[Form] = []
    ends = 0
    for head, following in zip(heads, [*heads[1:], None], strict=True):
        limit = _start_of_next(page, head, following) if following else page.bottom
        above = _without_tables(page, _title_rows(page, ends + 1, head.top - 1))
        below = [] if following else _without_tables(page, [*_title_rows(page, head.bottom + 1, limit), limit + 1])
        top = above[-1].area.bottom + 1 if above else ends + 1
        ends = limit
        form = _read_form(page, head, top, below[0].area.top - 1 if below else limit)
        forms += above
        if forms and _continues(forms[-1], form):
            forms[-1] = _joined(forms[-1], form)
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
    for left, right in _parts(page):
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
    edges = [page.left, *lefts[1:], page.right + 1]
    strips = [page.narrowed(left, following - 1) for left, following in pairwise(edges)]
    return [(strip, find_heads(strip)) for strip in strips]


def _share_rows(head: Head, other: Head) -> bool:
    return head.left != other.left and head.top <= other.bottom and other.top <= head.bottom


def _start_of_next(page: Page, head: Head, following: Head) -> int:
    """The last row of the form under `head`, given the head of the form that follows on the same strip."""
    between = page.filled_rows(head.bottom + 1, following.top - 1)
    for row in between:
        if any(_is_title(page, block) for block in page.begun(row)):
            return row - 1
    for row in between:
        if any(labels.role("header", block.text) == "project_name" for block in page.begun(row) if block.is_words):
            return row - 1
    return following.top - 1


def _is_title(page: Page, block: Block) -> bool:
    """Whether a block is a form's title: it says so and stands alone on its row."""
    if not block.is_words or not labels.role("title", block.text):
        return False
    others = [other for other in page.row(block.area.top) if other != block]
    return not others or block.area.right - block.area.left >= (page.right - page.left) // 2


def _continues(before: Form, after: Form) -> bool:
    """Whether a table goes on after a page break that printed its head (and perhaps its title) again."""
    if before.sheet != after.sheet or before.total is not None or not before.indicators or not after.indicators:
        return False
    if set(after.indicator_columns) != set(before.indicator_columns) or before.area.left != after.area.left:
        return False
    name, again = before.roles.get("project_name"), after.roles.get("project_name")
    if again is None:
        return after.title is None and not after.header and not after.funds
    return name is not None and labels.squeeze(name.text) == labels.squeeze(again.text) and bool(name.text)


def _joined(before: Form, after: Form) -> Form:
    rows = before.indicators + _carried(before.indicators[-1], after.indicators)
    return replace(
        before,
        area=Area(before.area.top, before.area.left, after.area.bottom, max(before.area.right, after.area.right)),
        indicators=rows,
        total=after.total,
        footer={**before.footer, **after.footer},
    )


def _carried(last: Indicator, rows: tuple[Indicator, ...]) -> tuple[Indicator, ...]:
    """Rows after a page break whose group stands before it."""
    carried: list[Indicator] = []
    for row in rows:
        if row.level1 is None or not row.level1.blank:
            break
        level2 = last.level2 if row.level2 is not None and row.level2.blank else row.level2
        carried.append(replace(row, level1=last.level1, level2=level2))
        last = carried[-1]
    return (*carried, *rows[len(carried) :])


# One form ------------------------------------------------------------------------------------------------------------


def _read_form(page: Page, head: Head, top: int, bottom: int) -> Form:
    title_block = _title(page, top, head.top - 1)
    if head.table == "list":
        return _read_list(page, head, top, bottom, title_block)
    table = read_indicators(page, head, bottom)
    funds = read_funds(page, top, head.top - 1)
    below = False
    if not funds.rows:
        funds = read_funds(page, table.bottom + 1, bottom)
        below = bool(funds.rows)
    used: set[Position] = set(funds.used) | _title_positions(page, top, head.top - 1, title_block)
    goals, goal_cells = read_goals(page, top, head.top - 1, used)
    used |= goal_cells
    header = read_fields(page, top, head.top - 1, used, head.right)
    footer = read_fields(page, table.bottom + 1, bottom, funds.used if below else (), head.right)
    title = _title_entry(page, title_block, head.top)
    return Form(
        sheet=page.sheet.name,
        kind=_kind(title, header, head, funds),
        title=title,
        year=_year(page, title, header, top, head),
        area=_area(page, title_block, top, head, bottom),
        header=_by_key(header),
        funds=funds.rows,
        goals=goals,
        indicators=table.rows,
        total=table.total,
        footer=_by_key(footer),
        fund_columns=funds.columns,
        indicator_columns={role: column.column for role, column in head.columns.items()},
        money_unit=_money_unit(page, top, head.top - 1, header),
        roles=_by_role([*header, *footer]),
    )


def _read_list(page: Page, head: Head, top: int, bottom: int, title_block: Block | None) -> Form:
    table = read_projects(page, head, bottom)
    used = _title_positions(page, top, head.top - 1, title_block)
    header = read_fields(page, top, head.top - 1, used, head.right)
    footer = read_fields(page, table.bottom + 1, bottom, (), head.right)
    title = _title_entry(page, title_block, head.top)
    return Form(
        sheet=page.sheet.name,
        kind=Kind.PROJECT_LIST,
        title=title,
        year=_year(page, title, header, top, head),
        area=_area(page, title_block, top, head, bottom),
        header=_by_key(header),
        total=table.total,
        footer=_by_key(footer),
        projects=table.rows,
        indicator_columns={role: column.column for role, column in head.columns.items()},
        money_unit=_money_unit(page, top, head.bottom, header),
        roles=_by_role([*header, *footer]),
    )


def _title_rows(page: Page, top: int, bottom: int) -> list[int]:
    return [row for row in page.filled_rows(top, bottom) if any(_is_title(page, block) for block in page.begun(row))]


def _without_tables(page: Page, edges: Sequence[int]) -> list[Form]:
    """Return the forms, from each row in `edges` to the row before the next, that lack an indicator table.

    Such a form has funds and says whose it is; other passages give none.
    """
    found = [_without_table(page, row, following - 1) for row, following in pairwise(edges)]
    return [form for form in found if form is not None]


def _forms_without_heads(page: Page) -> list[Form]:
    return _without_tables(page, [*_title_rows(page, 1, page.bottom), page.bottom + 1])


def _without_table(page: Page, top: int, bottom: int) -> Form | None:
    funds = read_funds(page, top, bottom)
    title_block = _title(page, top, bottom)
    used: set[Position] = set(funds.used) | _title_positions(page, top, bottom, title_block)
    goals, goal_cells = read_goals(page, top, bottom, used)
    header = read_fields(page, top, bottom, used | goal_cells, page.right)
    roles = _by_role(header)
    if not funds.rows or not roles.keys() & {"project_name", "department", "unit"}:
        return None
    title = _title_entry(page, title_block, bottom)
    head = Head("indicator", bottom + 1, bottom + 1, page.left, page.right, {})
    return Form(
        sheet=page.sheet.name,
        kind=_kind(title, header, head, funds),
        title=title,
        year=_year(page, title, header, top, head),
        area=Area(top, page.left, bottom, page.right),
        header=_by_key(header),
        funds=funds.rows,
        goals=goals,
        fund_columns=funds.columns,
        money_unit=_money_unit(page, top, bottom, header),
        roles=roles,
    )


# Title, year, kind, unit ---------------------------------------------------------------------------------------------


def _title(page: Page, top: int, bottom: int) -> Block | None:
    titles = [block for row in page.filled_rows(top, bottom) for block in page.begun(row) if _is_title(page, block)]
    return next((block for block in titles if "表" in block.text or "清单" in block.text), titles[0] if titles else None)


def _title_entry(page: Page, block: Block | None, before: int) -> Entry | None:
    """The title, with a second line in brackets that names the project ("…打分表" over "(机房托管费)")."""
    if block is None:
        return None
    text = labels.squeeze_only(block.text)
    second = next(page.begun(block.area.bottom + 1), None) if block.area.bottom + 1 < before else None
    if second is not None and second.is_words:
        line = labels.squeeze_only(second.text)
        if _IN_BRACKETS.fullmatch(line) and not _year_in(line):
            text += line
    return Entry(text, block.cell)


def _title_positions(page: Page, top: int, bottom: int, title: Block | None) -> set[Position]:
    """The cells of the title, of what stands above it, and of a line in brackets under it: no fields."""
    if title is None:
        return set()
    rows = page.filled_rows(top, min(title.area.bottom + 1, bottom))
    lines = [block for row in rows for block in page.begun(row)]
    return {
        (block.area.top, block.area.left)
        for block in lines
        if block == title
        or _IN_BRACKETS.fullmatch(labels.squeeze(block.text))
        or _is_title(page, block)
        or (block.area.bottom < title.area.top and not (block.is_words and labels.in_cell_pair(block.text)))
    }


def _year_in(text: str) -> int | None:
    squeezed = labels.squeeze(text)
    match = _YEAR.search(squeezed)
    if match:
        return int(match[1])
    spelled = _CHINESE_YEAR.search(squeezed)
    return int("20" + "".join(_CHINESE_DIGITS[digit] for digit in spelled.groups())) if spelled else None


def _year(page: Page, title: Entry | None, header: Iterable[Field], top: int, head: Head) -> int | None:
    """The year the form is about: by its title, the lines around it, a field 年度, the tab's name, or the score's label."""
    if title is not None and (year := _year_in(title.text)):
        return year
    for field in header:
        if field.role == "year" and (year := _year_in(field.entry.text) or _bare_year(field.entry.text)):
            return year
    first = title.cell.row if title is not None else top
    for row in page.filled_rows(top, min(first + 4, head.top - 1)):
        for block in page.begun(row):
            if len(block.text) <= 16 and (year := _year_in(block.text.strip("()（）"))):
                return year
    for column in head.columns.values():
        if column.role in ("score", "actual", "target") and (year := _year_in(column.label.text)):
            return year
    return None


def _bare_year(text: str) -> int | None:
    return int(text) if re.fullmatch(r"20\d\d", text) else None


def _kind(title: Entry | None, header: Iterable[Field], head: Head, funds: FundTable) -> Kind:
    name = labels.squeeze(title.text) if title is not None else ""
    by_labels = [Kind(role) for field in header if (role := labels.search("kind_by_label", labels.squeeze(field.key)))]
    if Kind.TRANSFER in by_labels:
        return Kind.TRANSFER
    by_title = labels.search("kind_by_title", name)
    if by_title and by_title != Kind.PROJECT_LIST:
        return Kind(by_title)
    if "standard" in head.columns and "actual" not in head.columns and not funds.rows:
        return Kind.SCORESHEET
    return next((kind for kind in by_labels if kind is Kind.PROJECT), by_labels[0] if by_labels else Kind.UNKNOWN)


def _money_unit(page: Page, top: int, bottom: int, header: Iterable[Field]) -> str | None:
    """The unit of the amounts, from a field 金额单位 or from brackets after a label ("项目资金（万元）")."""
    for field in header:
        if field.role in ("money_unit", "unit", "department") and field.entry.text in ("万元", "元", "亿元", "千元"):
            return field.entry.text
    for row in page.filled_rows(top, bottom):
        for block in page.begun(row):
            if not block.is_words or len(block.text) > 40:
                continue
            brackets = _IN_BRACKETS.findall(labels.squeeze(block.text)) or _IN_BRACKETS.findall(block.text)
            for inside in brackets:
                if match := _MONEY_UNIT.search(labels.squeeze(inside)):
                    return match[1]
    return None


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
