"""The annotated copy: which cells are marked in which colour, and the sheet 校验结果 that lists the findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from perfxl.form import remarks
from perfxl.form.remarks import Remark
from perfxl.output import watch
from perfxl.output.checked import EXPLAINED, scope_lines, verdict, word_for
from perfxl.rules.explained import proof_of
from perfxl.rules.finding import SEVERITY_WORDS, Finding, Severity
from perfxl.widths import lines_in_cell
from perfxl.workbook.fills import Fill, solid
from perfxl.workbook.grid import Area, Workbook, address, quoted
from perfxl.workbook.newsheet import NewCell, NewSheet
from perfxl.workbook.restyle import Look

if TYPE_CHECKING:
    from perfxl.work.check import Checked

PAST = "不再出现"
CHANGED = "已改动，请重新检查"
UNCHANGED = "未改动"

FILLS: Mapping[str, Fill] = {
    SEVERITY_WORDS[Severity.ERROR]: solid("FFFFB7B5"),
    SEVERITY_WORDS[Severity.WARNING]: solid("FFFFE69B"),
    SEVERITY_WORDS[Severity.NOTE]: solid("FFCDE3F8"),
    EXPLAINED: solid("FFD6ECCB"),
}
"""The fill of a marked cell by the word for its finding: gravest first."""

OWN_COLOURS = frozenset(fill.rgb for fill in FILLS.values())

# Head and width of each column; a width of 0 hides it.
_COLUMNS = (
    ("级别", 8),
    (remarks.SHEET, 14),
    (remarks.CELL, 9),
    (remarks.SUBJECT, 18),
    (remarks.PROBLEM, 44),
    ("应为", 14),
    ("现为", 14),
    ("怎么改", 32),
    (remarks.REMARK, 30),
    ("所依据的数", 12),
    (remarks.CODE, 8),
    (remarks.PROOF, 0),
    (remarks.FILL, 0),
)
_SHOWN = sum(1 for _, width in _COLUMNS if width)
_PLACES = {head: number for number, (head, _) in enumerate(_COLUMNS, start=1)}
_FORMS_WATCHED = 20
_HEAD_ROWS = 5  # title, verdict, what was checked, alarm, heads
_HELP = (
    "点“单元格”可跳到该格。确有原因、不用改的，在“说明”一列写明；再检查本文件时，该条按“已说明”另计，"
    "不再算错误（所依据的数改动后，说明作废）。改过表格后，要重新检查才知道结果。"
)


def marked_cells(findings: Sequence[Finding]) -> dict[tuple[str, str], Fill]:
    """Return the fill of each cell to be marked, given as (sheet, address): that of its gravest finding."""
    order = list(FILLS)
    found: dict[tuple[str, str], int] = {}
    for finding in findings:
        place = (finding.sheet, finding.cell)
        found[place] = min(found.get(place, len(order)), order.index(word_for(finding)))
    return {place: FILLS[order[rank]] for place, rank in found.items()}


def result_sheet(
    checked: Checked,
    name: str,
    before: Mapping[tuple[str, str], Fill],
    past: Sequence[Remark],
    when: datetime,
) -> NewSheet:
    """Return the sheet 校验结果 of a file that was checked.

    `before` holds the fill that each marked cell had; `past` the remarks on findings that are there no more.
    """
    assert checked.workbook is not None
    rows: list[tuple[NewCell, ...]] = _head(checked, len(past), when)
    links: dict[tuple[int, int], str] = {}
    order = list(FILLS)
    for finding in sorted(checked.findings, key=lambda found: order.index(word_for(found))):
        links[len(rows) + 1, _PLACES[remarks.CELL]] = f"{quoted(finding.sheet)}!{finding.cell}"
        rows.append(_finding_row(finding, checked.workbook, before))
    sheets = {sheet.name for sheet in checked.workbook.sheets}
    for remark in past:
        if remark.sheet in sheets:
            links[len(rows) + 1, _PLACES[remarks.CELL]] = f"{quoted(remark.sheet)}!{remark.cell}"
        rows.append(_past_row(remark))
    heights = {number: _height(row, number < _HEAD_ROWS) for number, row in enumerate(rows, start=1)}
    return NewSheet(
        name,
        tuple(rows),
        tuple(width for _, width in _COLUMNS),
        heights,
        frozen=_HEAD_ROWS,
        filtered=Area(_HEAD_ROWS, 1, len(rows), len(_COLUMNS)),
        links=links,
        merges=tuple(Area(row, 1, row, _SHOWN) for row in range(1, _HEAD_ROWS)),
    )


_TEXT = Look(bordered=True)
_SMALL = Look(bordered=True, centred=True)
_LINK = Look(bordered=True, centred=True, underlined=True, colour="FF0563C1")
_REMARK = Look(bordered=True, locked=False, fill=solid("FFFFFFF0"))
_HEAD = Look(bold=True, bordered=True, centred=True, fill=solid("FFD9D9D9"))
_TITLE = Look(bold=True, size=16)
_BOLD = Look(bold=True, size=11)
_PLAIN = Look(size=10)
_ALARM = Look(bold=True, size=11, colour="FFC00000")


def _head(checked: Checked, past: int, when: datetime) -> list[tuple[NewCell, ...]]:
    assert checked.workbook is not None
    first = _HEAD_ROWS + 1
    last = max(first, _HEAD_ROWS + len(checked.findings) + past)
    column = address(1, _PLACES["所依据的数"]).rstrip("1")
    count = f'COUNTIF({column}{first}:{column}{last},"{CHANGED[:3]}*")'
    untouched = watch.all_hold(
        [
            condition
            for form in checked.forms[:_FORMS_WATCHED]
            for condition in watch.of_area(form.area, checked.workbook.sheet(form.sheet))
        ]
    )
    changed = (
        f'IF({count}>0,"有 "&{count}&" 条所依据的数已经改动，下面列的不再作准，请重新检查。",'
        f'IF({untouched},"","表格在检查之后改动过，结果不再作准，请重新检查。"))'
    )
    lines = (
        NewCell(f"校验结果：{checked.path.name}", _TITLE),
        NewCell(f"{verdict(checked.findings)}（{when:%Y-%m-%d %H:%M} 检查）", _BOLD),
        NewCell("\n".join([*scope_lines(checked), _HELP]), _PLAIN),
        NewCell("", _ALARM, changed),
    )
    heads = tuple(NewCell(head, _HEAD) for head, _ in _COLUMNS)
    return [*((line,) for line in lines), heads]


def _finding_row(
    finding: Finding, workbook: Workbook, before: Mapping[tuple[str, str], Fill]
) -> tuple[NewCell, ...]:
    fill = before.get((finding.sheet, finding.cell), Fill())
    unchanged = watch.all_hold(watch.of_finding(finding, workbook))
    return (
        NewCell(word_for(finding), _SMALL._replace(fill=FILLS[word_for(finding)])),
        NewCell(finding.sheet, _SMALL),
        NewCell(finding.cell, _LINK),
        NewCell(finding.subject, _TEXT),
        NewCell(finding.message, _TEXT),
        NewCell(finding.expected, _TEXT),
        NewCell(finding.actual, _TEXT),
        NewCell(finding.fix, _TEXT),
        NewCell(finding.explanation, _REMARK),
        NewCell(UNCHANGED, _SMALL, f'IF({unchanged},"{UNCHANGED}","{CHANGED}")'),
        NewCell(finding.code, _SMALL),
        NewCell(proof_of(finding, workbook), _TEXT),
        NewCell(fill.as_text(), _TEXT),
    )


def _past_row(remark: Remark) -> tuple[NewCell, ...]:
    return (
        NewCell(PAST, _SMALL),
        NewCell(remark.sheet, _SMALL),
        NewCell(remark.cell, _LINK),
        NewCell(remark.subject, _TEXT),
        NewCell(remark.problem, _TEXT),
        NewCell("", _TEXT),
        NewCell("", _TEXT),
        NewCell("", _TEXT),
        NewCell(remark.text, _REMARK),
        NewCell("", _SMALL),
        NewCell(remark.code, _SMALL),
        NewCell(remark.proof, _TEXT),
        NewCell("", _TEXT),
    )


# Heights: a program lays a row out anew only when somebody edits it


def _height(row: Sequence[NewCell], spans: bool) -> float:
    """The height in points at which every text of a row can be read."""
    lines = 1
    for cell, (_, width) in zip(row, _COLUMNS, strict=False):
        room = sum(each for _, each in _COLUMNS) if spans else width
        if room and isinstance(cell.value, str):
            lines = max(lines, lines_in_cell(cell.value, room))
    size = max(cell.look.size for cell in row)
    return lines * size * 1.4 + 6
