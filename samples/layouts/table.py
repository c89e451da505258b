"""The indicator table (绩效指标表) that every form has, with its merged groups."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from perfxl.workbook.grid import address
from samples.canvas import CELL, LABEL, Canvas
from samples.transcription import Transcription

LEVELS = ("一级指标", "二级指标")


class Shared(NamedTuple):
    """Rows `first` to `last` (from 0) share one merged cell in a column."""

    column: str
    first: int
    last: int


class Print(NamedTuple):
    """What the print does beside the plain table; rows are counted from 0 in the transcription."""

    labels: dict[str, str]
    """Column label → the label with the line breaks and blanks of the print."""
    blank_rows_after: frozenset[int]
    repeated_header_before: frozenset[int]
    shared: tuple[Shared, ...]
    trailing_rows: int


def indicator_table(
    canvas: Canvas, form: Transcription, top: int, as_printed: Print, *, side: str | None = None
) -> int:
    """Draw header and rows from row `top` on, a merged `side` label before them; return the next free row."""
    first_column = 1 if side is None else 2
    position = {label: first_column + offset for offset, label in enumerate(form.columns)}
    _header(canvas, form.columns, first_column, top, as_printed)
    canvas.repeated_rows = (top, top)

    sheet_rows: list[int] = []
    covered: list[range] = []
    next_row = top + 1
    for index in range(len(form.rows)):
        if index in as_printed.repeated_header_before:
            _header(canvas, form.columns, first_column, next_row, as_printed)
            next_row += 1
        height = 2 if index in as_printed.blank_rows_after else 1
        sheet_rows.append(next_row)
        covered.append(range(next_row, next_row + height))
        next_row += height

    _groups(canvas, form, position, covered)
    shared_after = {
        (item.column, row): item.first
        for item in as_printed.shared
        for row in range(item.first + 1, item.last + 1)
    }
    shared_first = {(item.column, item.first): item.last - item.first + 1 for item in as_printed.shared}
    for index, row in enumerate(form.rows):
        for label in form.columns:
            name = f"indicators.{index}.{label}"
            if label in LEVELS:
                continue
            if (label, index) in shared_after:
                canvas.names[name] = address(sheet_rows[shared_after[label, index]], position[label])
                continue
            form.place(
                canvas, sheet_rows[index], position[label], label, row[label], name,
                rows=shared_first.get((label, index), 1),
            )  # fmt: skip
        for blank in covered[index][1:]:
            for label in form.columns:
                if label not in LEVELS:
                    canvas.put(blank, position[label], None)
    if side is not None:
        canvas.put(top, 1, side, LABEL, rows=next_row - top)
    return next_row


def _header(canvas: Canvas, columns: Sequence[str], first_column: int, row: int, as_printed: Print) -> None:
    for offset, label in enumerate(columns):
        canvas.put(row, first_column + offset, as_printed.labels.get(label, label), LABEL)


def _groups(canvas: Canvas, form: Transcription, position: dict[str, int], covered: Sequence[range]) -> None:
    """Draw the group cells: a printed name reaches down to the next one in or left of its column."""
    for depth, level in enumerate(LEVELS):
        starts = [
            index for index, row in enumerate(form.rows) if any(row[label] for label in LEVELS[: depth + 1])
        ]
        for start, end in zip(starts, [*starts[1:], len(form.rows)], strict=True):
            top, bottom = covered[start].start, covered[end - 1].stop
            text = form.rows[start][level] or None
            canvas.put(
                top, position[level], text, CELL, rows=bottom - top, name=f"indicators.{start}.{level}"
            )


def total_row(
    canvas: Canvas, form: Transcription, row: int, label: str, weight: str, score: str, first: int = 1
) -> None:
    """Draw the total row: its label over the columns before the weight, blanks elsewhere."""
    position = {name: first + offset for offset, name in enumerate(form.columns)}
    before = min(position[weight], position[score]) - 1
    canvas.put(row, 1, label, LABEL, columns=before, name="total.label")
    for name, column in position.items():
        if column <= before:
            continue
        if name == weight:
            form.place(canvas, row, column, weight, form.total["weight"], "total.weight")
        elif name == score:
            form.place(canvas, row, column, score, form.total["score"], "total.score")
        else:
            canvas.put(row, column, None)
