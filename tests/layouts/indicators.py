"""The indicator table and the project list."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, NamedTuple

from tests.layouts.draft import EMPTY, Draft, Entry, Span, Typed
from tests.layouts.forms import Table
from tests.layouts.typist import Typist

_LEVELS = ("level1", "level2", "level3")
_CONTRACT_ROLES = (*_LEVELS, "target", "actual", "weight", "score", "reason", "standard", "operator", "unit")
_EXPLANATIONS = ("考核工作完成的数量", "反映工作质量", "反映完成的及时程度", "反映服务对象的评价")


class Slot(NamedTuple):
    """One column of the table: its role, its printed label, the label above it in a head of two rows."""

    role: str
    label: str
    above: str = ""


def slots(typist: Typist, table: Table) -> list[Slot]:
    """Return the table's columns from left to right, as the options wish them and the form allows."""
    options = typist.options
    printed = dict(table.columns)
    order = [role for role in table.roles if not (options.without_reason and role == "reason")]
    if options.weight_after_names and "weight" in order and "level3" in order:
        order.remove("weight")
        order.insert(order.index("level3") + 1, "weight")
    if options.score_before_weight and {"score", "weight"} <= set(order):
        order.remove("score")
        order.insert(order.index("weight"), "score")
    if splits(typist, table):
        place = order.index("target")
        order[place : place + 1] = ["operator", "target", "unit"]
    if "description" in options.extra_columns and "description" not in order:
        order.insert(order.index("level3") + 1, "description")
    if "number" in options.extra_columns:
        order.insert(typist.dice.choice((0, order.index("level3"))), "number")
    if "note" in options.extra_columns:
        order.append("note")
    extra = {
        "operator": "指标性质",
        "unit": "度量单位",
        "description": "指标解释",
        "number": "序号",
        "note": "备注",
    }
    fixed = ("completion", "weighted_score")
    above = _heads_above(typist, order) if options.two_row_head else {}
    result = []
    for role in order:
        label = printed.get(role) or extra[role]
        label = typist.label(label, "indicator", "" if role in fixed else role)
        result.append(Slot(role, label, above.get(role, "")))
    return result


def splits(typist: Typist, table: Table) -> bool:
    """Whether the target is to be split into operator, value and unit."""
    return typist.options.split_target and "target" in table.roles and "operator" not in table.roles


def _heads_above(typist: Typist, order: list[str]) -> dict[str, str]:
    """Return the upper head of each column that shares one with its neighbours."""
    above: dict[str, str] = {}
    for heading, roles in (
        ("levels", _LEVELS),
        ("values", ("operator", "target", "unit", "actual")),
        ("points", ("weight", "score")),
    ):
        present = [role for role in order if role in roles]
        places = [order.index(role) for role in present]
        together = len(places) > 1 and places[-1] - places[0] == len(places) - 1
        if together and (heading == "levels" or typist.dice.randrange(2)):
            above.update(dict.fromkeys(present, typist.heading(heading)))
    return above


def spans(typist: Typist, columns: list[Slot], left: int, least: int) -> list[Span]:
    """Return the columns of the sheet that each column of the table covers, `least` of them at least."""
    widths = [1] * len(columns)
    if typist.options.wide_columns:
        for number in range(len(widths)):
            widths[number] += typist.dice.choice((0, 0, 1, 1, 2))
    wordy = [
        number
        for number, slot in enumerate(columns)
        if slot.role in ("level3", "standard", "actual", "reason", "goal")
    ]
    while sum(widths) < least:
        widths[typist.dice.choice(wordy or list(range(len(widths))))] += 1
    result = []
    for width in widths:
        result.append(Span(left, left + width - 1))
        left += width
    return result


def head(draft: Draft, columns: list[Slot], places: list[Span], row: int) -> int:
    """Draw the head of the table, of two rows where columns have a label above; return the next free row."""
    if not any(slot.above for slot in columns):
        for slot, span in zip(columns, places, strict=True):
            draft.put(row, span, slot.label)
        return row + 1
    number = 0
    while number < len(columns):
        slot = columns[number]
        last = number
        if slot.above:
            while last + 1 < len(columns) and columns[last + 1].above == slot.above:
                last += 1
            draft.put(row, Span(places[number].left, places[last].right), slot.above)
            for below in range(number, last + 1):
                draft.put(row + 1, places[below], columns[below].label)
        else:
            draft.put(row, places[number], slot.label, rows=2)
        number = last + 1
    return row + 2


def body(
    draft: Draft, typist: Typist, table: Table, columns: list[Slot], places: list[Span], row: int
) -> tuple[int, list[dict[str, Any]]]:
    """Draw the rows; return the next free row and the indicator entries."""
    dice, options = typist.dice, typist.options
    count = len(table.rows)
    break_before = dice.randrange(2, count - 1) if options.page_break and count > 4 else count
    full = _with_groups(table)
    group_ends = {
        number for number in range(count) if number + 1 == count or table.rows[number + 1].get("level1")
    }
    subtotals = options.subtotals and {"weight", "score", "level1"} <= {slot.role for slot in columns}
    place = dict(zip((slot.role for slot in columns), places, strict=True))

    sheet_row: list[int] = []
    for number in range(count):
        if number == break_before:
            row = head(draft, columns, places, row)
        sheet_row.append(row)
        row += 1
        if subtotals and number in group_ends:
            _subtotal(draft, typist, table, full, place, number, row)
            row += 1

    entries: list[dict[str, Any]] = [{} for _ in range(count)]
    for level in ("level1", "level2"):
        if level in place:
            style = options.groups
            if style == "mixed":
                style = "merged" if level == "level1" else "repeated"
            _groups(draft, typist, table, level, place[level], sheet_row, style, break_before, entries)
    as_written = {role for role in table.roles if role not in ("level1", "level2")}
    for number, texts in enumerate(table.rows):
        typed = {role: _typed(typist, role, texts[role]) for role in as_written if role in place}
        if splits(typist, table):
            typed["operator"], typed["target"], typed["unit"] = typist.quantity(texts["target"])
        if "reason" in typed and typed["reason"].value is None and options.blank_reason:
            typed["reason"] = Typed(options.blank_reason)
        if "number" in place and "number" not in typed:
            typed["number"] = Typed(Decimal(number + 1))
        if "description" in place and "description" not in typed:
            typed["description"] = typist.words(dice.choice(_EXPLANATIONS))
        for role, value in typed.items():
            entries[number][role] = draft.put(sheet_row[number], place[role], value)
        if "note" in place:
            draft.put(sheet_row[number], place["note"], EMPTY)
    found = [{role: made[role] for role in _CONTRACT_ROLES if role in made} for made in entries]
    return row, found


def _typed(typist: Typist, role: str, text: str) -> Typed:
    if role in ("weight", "score", "weighted_score"):
        return typist.points(text)
    if role in ("target", "actual"):
        return typist.value(text)
    return typist.words(text)


def _with_groups(table: Table) -> list[tuple[str, str]]:
    """Return the (level1, level2) of each row, carried down; a new level1 forgets the level2 above it."""
    carried: list[tuple[str, str]] = []
    first = second = ""
    for row in table.rows:
        if row.get("level1"):
            first, second = row["level1"], ""
        second = row.get("level2") or second
        carried.append((first, second))
    return carried


def _groups(
    draft: Draft,
    typist: Typist,
    table: Table,
    level: str,
    span: Span,
    sheet_row: list[int],
    style: str,
    break_before: int,
    entries: list[dict[str, Any]],
) -> None:
    """Draw the cells of one level and tell each row its group's cell."""
    named = ("level1",) if level == "level1" else ("level1", "level2")
    starts = [n for n, row in enumerate(table.rows) if n == 0 or any(row.get(name) for name in named)]
    for start, end in zip(starts, [*starts[1:], len(table.rows)], strict=True):
        name = typist.group(table.rows[start].get(level, ""))
        if style == "repeated":
            for number in range(start, end):
                entries[number][level] = draft.put(sheet_row[number], span, name)
            continue
        speaker: Entry | None = None
        for first, last in _runs(sheet_row, start, end):
            again = typist.options.groups_named_again and first == break_before
            typed = name if speaker is None or again else EMPTY
            if style == "merged":
                drawn = draft.put(sheet_row[first], span, typed, rows=last - first + 1)
            else:
                drawn = draft.put(sheet_row[first], span, typed)
                for number in range(first + 1, last + 1):
                    draft.put(sheet_row[number], span, EMPTY)
            if speaker is None or again:
                speaker = drawn
            for number in range(first, last + 1):
                entries[number][level] = speaker


def _runs(sheet_row: list[int], start: int, end: int) -> list[tuple[int, int]]:
    """Cut rows `start` to `end` where something was printed between them."""
    runs: list[tuple[int, int]] = []
    first = start
    for number in range(start + 1, end + 1):
        if number == end or sheet_row[number] != sheet_row[number - 1] + 1:
            runs.append((first, number - 1))
            first = number
    return runs


def _subtotal(
    draft: Draft,
    typist: Typist,
    table: Table,
    full: list[tuple[str, str]],
    place: dict[str, Span],
    last: int,
    row: int,
) -> None:
    group = [number for number in range(len(full)) if full[number][0] == full[last][0] and number <= last]
    labels = [place[role] for role in _LEVELS if role in place]
    draft.put(row, labels[0], typist.dice.choice(("小计", "小 计")))
    for role in ("weight", "score"):
        figures = [table.rows[number][role] for number in group]
        draft.put(row, place[role], Typed(sum((Decimal(text or "0") for text in figures), Decimal(0))))


def total_row(
    draft: Draft,
    typist: Typist,
    table: Table,
    columns: list[Slot],
    places: list[Span],
    row: int,
    rows: list[dict[str, Any]],
) -> tuple[int, dict[str, Entry]]:
    """Draw the total row where the form has a total; return the next free row and its entries."""
    place = dict(zip((slot.role for slot in columns), places, strict=True))
    wanted = [role for role in ("weight", "score") if role in place]
    if not table.total or not wanted or not typist.options.total_row:
        return row, {}
    first = min(place[role].left for role in wanted)
    label_span = Span(places[0].left, first - 1) if typist.dice.randrange(4) else places[0]
    draft.put(row, label_span, typist.heading("total"))
    entries: dict[str, Entry] = {}
    for role in wanted:
        typed = _summed(typist, table, role, rows, typist.points(table.total.get(role, "")))
        entries[role] = draft.put(row, place[role], typed)
    return row + 1, entries


def _summed(typist: Typist, table: Table, role: str, rows: list[dict[str, Any]], typed: Typed) -> Typed:
    """Return the total as the formula of its sum where the sum of the rows alone gives it."""
    values = [row[role]["value"] for row in rows]
    if not typist.options.formulas or not isinstance(typed.value, Decimal):
        return typed
    if not all(isinstance(value, float) for value in values) or round(sum(values), 6) != float(typed.value):
        return typed
    return typed._replace(formula=f"SUM({','.join(row[role]['cell'] for row in rows)})")


def list_slots(typist: Typist, table: Table) -> list[Slot]:
    """Return the columns of a project list."""
    return [Slot(role, typist.label(label, "list", role)) for role, label in table.columns]


def list_body(
    draft: Draft, typist: Typist, table: Table, columns: list[Slot], places: list[Span], row: int
) -> tuple[int, list[dict[str, Entry]]]:
    """Draw the projects; return the next free row and their entries."""
    projects = []
    for texts in table.rows:
        project: dict[str, Entry] = {}
        for slot, span in zip(columns, places, strict=True):
            text = texts[slot.role]
            if slot.role in ("budget", "executed", "returned"):
                typed = typist.amount(text)
            elif slot.role in ("number", "score"):
                typed = typist.points(text)
            else:
                typed = typist.words(text)
            project[slot.role] = draft.put(row, span, typed)
        projects.append(project)
        row += 1
    return row, projects
