"""One form, many layouts: `generate` for one form on a sheet, `generate_together` for several."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Literal

from perfxl.workbook.grid import Area
from tests.layouts import blocks, indicators
from tests.layouts.draft import Draft, Span, Typed
from tests.layouts.forms import Table, table_of
from tests.layouts.options import LayoutOptions
from tests.layouts.typist import Typist

Arrangement = Literal["stacked", "beside", "sheets"]

_INSTRUCTIONS = (
    "填报说明",
    "一、本表由项目实施单位填报，主管部门审核。",
    "二、项目名称、主管部门、实施单位按预算批复填写。",
    "三、一级指标包括产出指标、效益指标、满意度指标；年度指标值、实际完成值应当可以衡量。",
    "四、预算执行率=全年执行数（B）/全年预算数（A）×100%，得分=执行率×分值，合计不超过100分。",
)


@dataclass(frozen=True)
class Generated:
    """Sheets by name, in order, and what a reader must find: {"forms": […]} in the contract's shape."""

    sheets: dict[str, Draft]
    expected: dict[str, Any]


def generate(form: dict[str, Any], seed: int, options: LayoutOptions | None = None) -> Generated:
    """Return one layout of a transcribed form. Without options they are drawn from the seed."""
    options = options or LayoutOptions.drawn(seed)
    sheets: dict[str, Draft] = {}
    if options.instruction_sheet:
        sheets["填报说明"] = _instruction_sheet()
    draft = Draft(options.sheet_name)
    expected = _draw(draft, table_of(form), options, random.Random(f"form {seed}"))
    sheets[draft.name] = draft
    return Generated(sheets, {"forms": [expected]})


def generate_together(
    forms: Sequence[dict[str, Any]],
    seed: int,
    arrangement: Arrangement,
    options: Sequence[LayoutOptions] | None = None,
) -> Generated:
    """Return several forms in one workbook: below each other, side by side, or on a sheet each."""
    dice = random.Random(f"together {seed}")
    chosen = list(options or [LayoutOptions.drawn(seed * 100 + number) for number in range(len(forms))])
    sheets: dict[str, Draft] = {}
    expected = []
    draft = Draft("自评表")
    first = chosen[0]
    for number, (form, wanted) in enumerate(zip(forms, chosen, strict=True)):
        top, left = wanted.top, wanted.left
        if arrangement == "sheets":
            draft = Draft(f"表{number + 1}")
        elif arrangement == "stacked" and number:
            top, left = draft.bottom + 1 + dice.choice((1, 1, 2, 3)), first.left
        elif arrangement == "beside" and number:
            top, left = first.top, draft.right + 1 + dice.choice((1, 1, 2))
        placed = _placed(wanted, top, left, alone=arrangement == "sheets")
        expected.append(_draw(draft, table_of(form), placed, random.Random(f"form {seed} {number}")))
        sheets[draft.name] = draft
    return Generated(sheets, {"forms": expected})


def _placed(options: LayoutOptions, top: int, left: int, *, alone: bool) -> LayoutOptions:
    """Return the options for a form at that place; what would reach into a neighbour is left out."""
    if alone:
        return replace(options, top=top, left=left)
    return replace(
        options, top=top, left=left, hide_columns=False, hide_rows=False, stray_remark=False, trailing_rows=0
    )


def _draw(draft: Draft, table: Table, options: LayoutOptions, dice: random.Random) -> dict[str, Any]:
    """Draw a form at its place and return what a reader must find."""
    typist = Typist(options, dice)
    is_list = table.kind == "project_list"
    columns = indicators.list_slots(typist, table) if is_list else indicators.slots(typist, table)
    side = options.side_labels and not is_list and bool(table.rows)
    table_left = options.left + 1 if side else options.left
    # The fund table needs a label and its columns, the head two pairs.
    least = max(4, len(table.fund_columns) + 2) - (1 if side else 0)
    places = indicators.spans(typist, columns, table_left, least)
    frame = Span(options.left, places[-1].right)

    row, title = blocks.title(draft, typist, table, frame, options.top)
    style = blocks.fund_style(typist, table, frame)
    beside = style == "beside_header"
    row, header, free = blocks.header(draft, typist, table, frame, row, keep_last_alone=beside)
    if beside and (free is None or free.right - free.left + 1 < len(table.fund_columns)):
        style = "columns"
        row += free is not None
        free = None
    funds: list[dict[str, Any]] = []
    if style is not None:
        row, funds = blocks.funds(draft, typist, table, frame, row, style, free)
    row, goals = blocks.goals(draft, typist, table, frame, row)

    expected: dict[str, Any] = {
        "sheet": draft.name,
        "kind": table.kind,
        "title": title,
        "year": table.year,
        "header": header,
    }
    total: dict[str, Any] = {}
    found: list[dict[str, Any]] = []
    if table.rows:
        top = row
        row = indicators.head(draft, columns, places, row)
        drawer = indicators.list_body if is_list else indicators.body
        row, found = drawer(draft, typist, table, columns, places, row)
        if side:
            draft.put(
                top, Span(options.left, options.left), typist.heading("indicators_side"), rows=row - top
            )
        if not is_list:
            total_places = [Span(options.left, places[0].right), *places[1:]] if side else places
            row, total = indicators.total_row(draft, typist, table, columns, total_places, row, found)
    row, footer = blocks.footer(draft, typist, table, frame, row)
    draft.framed.append(Area(options.top + 1, frame.left, row - 1 + options.trailing_rows, frame.right))
    _surroundings(
        draft, options, frame, dice, {slot.role: span for slot, span in zip(columns, places, strict=True)}
    )
    if is_list:
        return expected | {"projects": found, "footer": footer}
    return expected | {
        "funds": funds,
        "goals": goals,
        "indicators": found,
        "total": total,
        "footer": footer,
    }


def _surroundings(
    draft: Draft, options: LayoutOptions, frame: Span, dice: random.Random, place: dict[str, Span]
) -> None:
    """Hide what people hide, and leave a remark beside the table."""
    if options.hide_columns:
        if options.left > 1:
            draft.hidden_columns.add(1)
        for role in ("number", "note"):
            if role in place:
                draft.hidden_columns.update(range(place[role].left, place[role].right + 1))
    if options.stray_remark:
        draft.cells[options.top + 3, frame.right + 2] = Typed(dice.choice(("已审核", "请核对", Decimal(1))))


def _instruction_sheet() -> Draft:
    draft = Draft("填报说明")
    for row, text in enumerate(_INSTRUCTIONS, start=1):
        draft.put(row, Span(1, 8), text)
    return draft
