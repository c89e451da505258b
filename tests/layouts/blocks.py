"""The blocks above and below the indicator table: title, head fields, fund table, goals, footer."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from tests.layouts.draft import EMPTY, Draft, Entry, Span, Typed, divide, spread
from tests.layouts.forms import FundLine, Table
from tests.layouts.options import FundStyle
from tests.layouts.typist import Typist

_SCORED = {"自评得分", "财政审定评分"}
_RIGHT_FIELDS = {"单位", "表号", "项目资金单位", "金额单位"}
_AMOUNTS = ("initial", "budget", "arrived", "executed")
_PAIR_LABELS = {"budget": "预算数", "arrived": "到位数", "executed": "执行数", "initial": "年初预算数"}
_CONTRACT_FUND_ROLES = ("initial", "budget", "executed", "rate", "weight", "score")


def squeezed(label: str) -> str:
    """Return a label as a key: white space and the closing colon removed."""
    return re.sub(r"\s", "", label).rstrip(":：")


def title(draft: Draft, typist: Typist, table: Table, frame: Span, row: int) -> tuple[int, str]:
    """Draw the title and the line with the year; return the next free row and the title as printed."""
    options = typist.options
    if options.lead_line:
        draft.put(row, Span(frame.left, frame.left), "附件")
        row += 1
    span = frame if options.merged_title else Span(frame.left, frame.left)
    text = table.title
    year_printed = str(table.year) in text
    if not year_printed and not options.year_in_subtitle:
        text = f"{text}\n（{table.year}年度）" if typist.dice.randrange(2) else f"{table.year}年度{text}"
        year_printed = True
    draft.put(row, span, text)
    row += 1
    if not year_printed:
        draft.put(
            row,
            span,
            typist.dice.choice((f"({table.year}年度)", f"（{table.year} 年度）", f"（{table.year}年）")),
        )
        row += 1
    return row + (1 if options.blank_row_below_title else 0), text


def header(
    draft: Draft, typist: Typist, table: Table, frame: Span, row: int, *, keep_last_alone: bool
) -> tuple[int, dict[str, Entry], Span | None]:
    """Draw the head fields.

    Return the next free row, the entries by label, and, where `keep_last_alone` left the last field on a row
    of its own with room at its right, the columns that are free there (the row is then the last one drawn).
    """
    entries: dict[str, Entry] = {}
    right = [item for item in table.header if item[0] in _RIGHT_FIELDS]
    fields = [item for item in table.header if item[0] not in _RIGHT_FIELDS]
    if right:
        parts = divide(frame, [1] * min(len(right) + 1, frame.right - frame.left + 1))
        for (label, text), span in zip(right, reversed(parts), strict=False):
            _joined(draft, typist, entries, label, text, row, span)
        row += 1
    style = typist.options.header
    width = frame.right - frame.left + 1
    last = fields.pop() if keep_last_alone and fields and style != "joined" else None
    while fields:
        if style == "joined":
            taken, fields = fields[:2], fields[2:]
            for (label, text), span in zip(taken, divide(frame, [width // 2, 1][: len(taken)]), strict=True):
                _joined(draft, typist, entries, label, text, row, span)
        else:
            # A name is long: the first field has a row of its own, as on the national form.
            pair = style == "pairs" and len(entries) > len(right) and len(fields) > 1 and width >= 4
            taken, fields = (fields[:2], fields[2:]) if pair else (fields[:1], fields[1:])
            parts = divide(frame, [2, width // 2 - 1, 1, 1] if pair else [2, 1])
            for number, (label, text) in enumerate(taken):
                _cells(draft, typist, entries, label, text, row, parts[2 * number], parts[2 * number + 1])
        row += 1
    free: Span | None = None
    if last is not None:
        label_span, value_span, free = divide(frame, [2, 1, 1])
        _cells(draft, typist, entries, *last, row, label_span, value_span)
    return row, entries, free


def _joined(
    draft: Draft, typist: Typist, entries: dict[str, Entry], label: str, text: str, row: int, span: Span
) -> None:
    printed = typist.label(label)
    colon = ":" if typist.options.signs == "half" else "："
    cell = draft.put(row, span, f"{printed}{colon}{text}")
    entries[squeezed(printed)] = {"value": text or None, "cell": cell["cell"]}


def _cells(
    draft: Draft,
    typist: Typist,
    entries: dict[str, Entry],
    label: str,
    text: str,
    row: int,
    label_span: Span,
    value_span: Span,
) -> None:
    printed = typist.field_label(label)
    draft.put(row, label_span, printed)
    typed = typist.points(text) if label in _SCORED else typist.words(text)
    entries[squeezed(printed)] = draft.put(row, value_span, typed)


def fund_style(typist: Typist, table: Table, frame: Span) -> FundStyle | None:
    """Return the style of the fund table: the wished one if the form can take it; None without funds."""
    roles = [role for role, _ in table.fund_columns]
    if not roles or not table.funds:
        return None
    wished = typist.options.funds
    width = frame.right - frame.left + 1
    amounts = sum(role in _AMOUNTS for role in roles)
    in_pairs = set(roles) <= {"budget", "arrived", "executed", "rate"} and width >= 2 * amounts + 2
    possible: dict[FundStyle, bool] = {
        "columns": True,
        "beside_header": width >= len(roles) + 3 and len(table.header) > 1,
        "pairs": in_pairs,
        "headed_pairs": in_pairs,
        "transposed": width >= len(table.funds) + 2,
        "single_row": len(table.funds) == 1 and width >= len(roles) + 2,
    }
    return wished if possible[wished] else "columns"


def _typed(typist: Typist, role: str, text: str) -> Typed:
    if role in _AMOUNTS:
        return typist.amount(text)
    if role == "rate":
        return typist.rate(text)
    if role in ("weight", "score"):
        return typist.points(text)
    return typist.words(text)


def _fund_label(typist: Typist, line: FundLine) -> str:
    """Return the label of a fund row; "预算数/执行数" is one only where amounts come in pairs."""
    label = "年度资金总额" if line.label.startswith("预算数") else line.label
    return typist.label(label, "source", line.source)


def funds(
    draft: Draft,
    typist: Typist,
    table: Table,
    frame: Span,
    row: int,
    style: FundStyle,
    head_span: Span | None,
) -> tuple[int, list[dict[str, Any]]]:
    """Draw the fund table from `row` on; return the next free row and the fund entries.

    With "beside_header" the heads go into `head_span`, on `row` itself, at the right of a head field.
    """
    drawers = {
        "columns": _fund_columns,
        "beside_header": _fund_columns,
        "pairs": _fund_pairs,
        "headed_pairs": _fund_pairs,
        "transposed": _fund_transposed,
        "single_row": _fund_single_row,
    }
    return drawers[style](draft, typist, table, frame, row, head_span)


def _fund_side(
    draft: Draft, typist: Typist, table: Table, frame: Span, row: int, rows: int, *, needed: int
) -> Span:
    label = typist.heading("funds_side")
    unit = re.search(r"万\s*元", label)
    if unit is not None and table.money_unit != "万元":
        label = label.replace(unit[0], table.money_unit)
    return _side(draft, typist, label, frame, row, rows, needed=needed)


def _side(draft: Draft, typist: Typist, label: str, frame: Span, row: int, rows: int, *, needed: int) -> Span:
    """Draw a block's label at the left where `needed` columns remain beside it; return what remains."""
    if not typist.options.side_labels or frame.right - frame.left < needed:
        return frame
    draft.put(row, Span(frame.left, frame.left), label, rows=rows)
    return Span(frame.left + 1, frame.right)


def _formula_rate(typist: Typist, cells: dict[str, Entry], typed: Typed) -> Typed:
    """Return the rate as the formula B/A where that gives the printed rate."""
    if not typist.options.formulas or not isinstance(typed.value, Decimal):
        return typed
    budget, executed = cells.get("budget", {}), cells.get("executed", {})
    if not isinstance(budget.get("value"), float) or not isinstance(executed.get("value"), float):
        return typed
    digits = max(0, -int(typed.value.as_tuple().exponent))
    if not budget["value"] or round(executed["value"] / budget["value"], digits) != float(typed.value):
        return typed
    return typed._replace(formula=f"ROUND({executed['cell']}/{budget['cell']},{digits})")


def _fund_columns(
    draft: Draft, typist: Typist, table: Table, frame: Span, row: int, head_span: Span | None
) -> tuple[int, list[dict[str, Any]]]:
    count = len(table.fund_columns)
    rows = len(table.funds) + (0 if head_span else 1)
    top = row + 1 if head_span else row
    body = _fund_side(draft, typist, table, frame, top, rows, needed=count + 1)
    if head_span is not None:
        label_span, columns = Span(body.left, head_span.left - 1), spread(head_span, count, typist.dice)
    else:
        label_span, *columns = spread(body, count + 1, typist.dice)
        draft.put(row, label_span, EMPTY if typist.dice.randrange(2) else typist.label("资金来源"))
    for (role, label), span in zip(table.fund_columns, columns, strict=True):
        draft.put(row, span, typist.label(label, "fund", role if role not in ("arrived", "standard") else ""))
    row += 1
    nested = typist.options.nested_sources and label_span.left < label_span.right and len(table.funds) > 1
    if nested:
        draft.put(
            row + 1, Span(label_span.left, label_span.left), typist.label("其中："), rows=len(table.funds) - 1
        )
    found = []
    for number, line in enumerate(table.funds):
        label = _fund_label(typist, line)
        if nested and number:
            inner = Span(label_span.left + 1, label_span.right)
            label_entry = draft.put(row, inner, re.sub(r"^其\s*中\s*[:：]?\s*", "", label))
        else:
            label_entry = draft.put(row, label_span, label)
        cells: dict[str, Entry] = {}
        for (role, _), span in zip(table.fund_columns, columns, strict=True):
            typed = _typed(typist, role, line.texts[role])
            if role == "rate":
                typed = _formula_rate(typist, cells, typed)
            cells[role] = draft.put(row, span, typed)
        found.append(_fund(line.source, label_entry, cells))
        if typist.options.hide_rows and not any(line.texts.values()):
            draft.hidden_rows.add(row)
        row += 1
    return row, found


def _fund(source: str, label: Entry, cells: dict[str, Entry]) -> dict[str, Any]:
    kept = {role: cells[role] for role in _CONTRACT_FUND_ROLES if role in cells}
    return {"label": label, "source": source, **kept}


def _fund_pairs(
    draft: Draft, typist: Typist, table: Table, frame: Span, row: int, head_span: Span | None
) -> tuple[int, list[dict[str, Any]]]:
    """Draw "预算数：" | 146 | "执行数：" | 131.24, under a head for each pair with "headed_pairs".

    Under heads the rate is one column; without heads it is one more pair, left out where there is no room.
    """
    headed = typist.options.funds == "headed_pairs"
    amounts = [(role, label) for role, label in table.fund_columns if role in _AMOUNTS]
    rate_columns = (1 if headed else 2) if "rate" in dict(table.fund_columns) else 0
    if frame.right - frame.left + 1 < 2 * len(amounts) + rate_columns:
        rate_columns = 0
    count = 2 * len(amounts) + rate_columns
    body = _fund_side(draft, typist, table, frame, row, len(table.funds) + headed, needed=count)
    spans = spread(body, count, typist.dice)
    rate_span = spans[-1]
    if headed:
        for number, (_, label) in enumerate(amounts):
            draft.put(row, Span(spans[2 * number].left, spans[2 * number + 1].right), typist.label(label))
        if rate_columns:
            draft.put(row, rate_span, typist.label("预算执行率"))
        row += 1
    colon = ":" if typist.options.signs == "half" else "："
    found = []
    for number, line in enumerate(table.funds):
        cells: dict[str, Entry] = {}
        labels_drawn = []
        for place, (role, _) in enumerate(amounts):
            label = f"{_PAIR_LABELS[role]}{colon}" if number == 0 else typist.label(line.label)
            labels_drawn.append(draft.put(row, spans[2 * place], label))
            cells[role] = draft.put(row, spans[2 * place + 1], typist.amount(line.texts[role]))
        if rate_columns:
            if not headed:
                draft.put(row, spans[-2], f"执行率{colon}")
            typed = _formula_rate(typist, cells, typist.rate(line.texts["rate"]))
            cells["rate"] = draft.put(row, rate_span, typed)
        found.append(_fund(line.source, labels_drawn[0], cells))
        row += 1
    return row, found


def _fund_transposed(
    draft: Draft, typist: Typist, table: Table, frame: Span, row: int, head_span: Span | None
) -> tuple[int, list[dict[str, Any]]]:
    """Sources across, 预算数 and 执行数 and 执行率 down."""
    body = _fund_side(
        draft, typist, table, frame, row, len(table.fund_columns) + 1, needed=len(table.funds) + 1
    )
    head, *columns = spread(body, len(table.funds) + 1, typist.dice)
    draft.put(row, head, EMPTY)
    label_entries = [
        draft.put(row, span, _fund_label(typist, line))
        for line, span in zip(table.funds, columns, strict=True)
    ]
    cells: list[dict[str, Entry]] = [{} for _ in table.funds]
    for role, label in table.fund_columns:
        row += 1
        draft.put(row, head, typist.label(label, "fund", role if role not in ("arrived", "standard") else ""))
        for number, span in enumerate(columns):
            typed = _typed(typist, role, table.funds[number].texts[role])
            cells[number][role] = draft.put(row, span, typed)
    found = [
        _fund(line.source, label_entries[number], cells[number]) for number, line in enumerate(table.funds)
    ]
    return row + 1, found


def _fund_single_row(
    draft: Draft, typist: Typist, table: Table, frame: Span, row: int, head_span: Span | None
) -> tuple[int, list[dict[str, Any]]]:
    """年度资金总额 as a head among the heads, its amount below it, as on the form of 银川."""
    body = _fund_side(draft, typist, table, frame, row, 2, needed=len(table.fund_columns) + 1)
    label_span, *columns = spread(body, len(table.fund_columns) + 1, typist.dice)
    line = table.funds[0]
    label_entry = draft.put(row, label_span, _fund_label(typist, line))
    whole = line.texts.get("initial") or line.texts.get("budget") or ""
    draft.put(row + 1, label_span, typist.amount(whole))
    cells: dict[str, Entry] = {}
    for (role, label), span in zip(table.fund_columns, columns, strict=True):
        draft.put(row, span, typist.label(label, "fund", role if role not in ("arrived", "standard") else ""))
        cells[role] = draft.put(row + 1, span, _typed(typist, role, line.texts[role]))
    return row + 2, [_fund(line.source, label_entry, cells)]


def goals(draft: Draft, typist: Typist, table: Table, frame: Span, row: int) -> tuple[int, dict[str, Entry]]:
    """Draw the yearly goal and what became of it; nothing where the form has no goal."""
    if not table.goal_target:
        return row, {}
    style = typist.options.goals
    target_label, actual_label = typist.heading("goal_target"), typist.heading("goal_actual")
    target, actual = typist.words(table.goal_target), typist.words(table.goal_actual)
    if style == "side_by_side":
        body = _side(draft, typist, typist.heading("goals_side"), frame, row, 2, needed=2)
        left, right = divide(body, [(body.right - body.left + 1) // 2, 1])
        draft.put(row, left, target_label)
        draft.put(row, right, actual_label)
        return row + 2, {
            "target": draft.put(row + 1, left, target),
            "actual": draft.put(row + 1, right, actual),
        }
    if style == "one_row":
        body = _side(draft, typist, typist.heading("goals_side"), frame, row, 1, needed=4)
        spans = divide(body, [1, (body.right - body.left + 1) // 2 - 1, 1, 1])
        draft.put(row, spans[0], target_label)
        draft.put(row, spans[2], actual_label)
        return row + 1, {
            "target": draft.put(row, spans[1], target),
            "actual": draft.put(row, spans[3], actual),
        }
    body = _side(draft, typist, typist.heading("goals_side"), frame, row, 2, needed=2)
    label_span, text_span = divide(body, [1, 1])
    draft.put(row, label_span, target_label)
    draft.put(row + 1, label_span, actual_label)
    return row + 2, {
        "target": draft.put(row, text_span, target),
        "actual": draft.put(row + 1, text_span, actual),
    }


def footer(draft: Draft, typist: Typist, table: Table, frame: Span, row: int) -> tuple[int, dict[str, Entry]]:
    """Draw what stands below the tables: notes over the whole width, persons and dates side by side."""
    entries: dict[str, Entry] = {}
    long = [item for item in table.footer if len(item[1]) > 20]
    short = [item for item in table.footer if len(item[1]) <= 20]
    for label, text in long:
        if typist.options.footer_joined:
            _joined(draft, typist, entries, label, text, row, frame)
        else:
            _cells(draft, typist, entries, label, text, row, *divide(frame, [1, 1]))
        row += 1
    while short:
        taken, short = short[:2], short[2:]
        parts = divide(frame, [1] * len(taken))
        for (label, text), span in zip(taken, parts, strict=True):
            _joined(draft, typist, entries, label, text, row, span)
        row += 1
    return row, entries
