"""The workbook of a roll-up: the regional form of each group, the summary, the tables beneath, and what to settle.

The figures of a regional form are live formulas over the detail sheets, so that a reviewer who corrects an amount
there sees the form follow. Scores are left to `perfxl.scoring`: aggregate first, score afterwards.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from perfxl.rollup.form_sheet import Ranges, widths, write_form
from perfxl.rollup.funds import COLUMNS
from perfxl.rollup.regional import Regional
from perfxl.rollup.sheets import HEAD, REMARK, TEXT, TITLE, VALUE, Canvas, Formula, Look, Shown
from perfxl.rollup.summary import Entered
from perfxl.rollup.tables import FUND_HEAD, INDICATOR_HEAD, rows_of
from perfxl.rules.finding import SEVERITY_WORDS, Finding, Severity
from perfxl.workbook.grid import Workbook as ReadWorkbook
from perfxl.workbook.grid import address

if TYPE_CHECKING:
    from pandas import DataFrame
    from xlsxwriter.format import Format

_AMOUNT = Look(number_format="#,##0.00####")
_PERCENT = Look(number_format="0.00%")
_SUMMARY, _OPEN = "单位汇总", "核对事项"
_SOURCE = re.compile(r"\[(?:[^\]]*/)?([^\]/]+)\].+")
_FIRST = 3
"""The first row of a detail sheet's data: below its title and its head."""

_FUND_WIDTHS = (18.0, 26.0, 22.0, 14.0, 14.0, 14.0, 40.0)
_INDICATOR_WIDTHS = (30.0, 24.0, 16.0, 11.0, 20.0, 11.0, 13.0, 9.0, 38.0, 28.0)
_SUMMARY_HEAD = (
    "序号", "填报单位", "所报项目", "年度", "预算 A（万元）", "支出 B（万元）", "B/A", "自评总分", "自评等次",
    "错误", "提醒", "来源", "汇总说明",
)  # fmt: skip
_SUMMARY_WIDTHS = (6.0, 24.0, 28.0, 8.0, 14.0, 14.0, 9.0, 10.0, 10.0, 7.0, 7.0, 34.0, 30.0)
_OPEN_HEAD = ("序号", "编号", "程度", "位置", "单元格", "事项", "问题", "怎么办")
_OPEN_WIDTHS = (6.0, 8.0, 7.0, 34.0, 9.0, 22.0, 60.0, 40.0)


def book(regionals: Sequence[Regional], entered: Sequence[Entered], findings: Sequence[Finding]) -> bytes:
    """Return the workbook (xlsx) of a roll-up. Rates, scores and total scores of the forms are still blank."""
    import xlsxwriter

    content = io.BytesIO()
    made = xlsxwriter.Workbook(content, {"in_memory": True})
    formats: dict[Look, Format] = {}

    def sheet(name: str, columns: tuple[float, ...]) -> Canvas:
        return Canvas(made, name, columns, formats)

    several = len(regionals) > 1
    forms = [
        sheet(f"汇总表{number if several else ''}", widths(found))
        for number, found in enumerate(regionals, start=1)
    ]
    _summary(sheet(_SUMMARY, _SUMMARY_WIDTHS), entered)
    for number, (canvas, found) in enumerate(zip(forms, regionals, strict=True), start=1):
        suffix = str(number) if several else ""
        funds = sheet(f"资金明细{suffix}", _FUND_WIDTHS)
        indicators = sheet(f"指标明细{suffix}", _INDICATOR_WIDTHS)
        _detail(funds, f"各单位资金（{found.unit}）", FUND_HEAD, found.funds, (4, 5, 6))
        _detail(indicators, "各单位指标", INDICATOR_HEAD, found.indicators, (7,))
        write_form(canvas, found, _ranges(found, funds, indicators))
    _open_points(sheet(_OPEN, _OPEN_WIDTHS), entered, findings)
    made.close()
    return content.getvalue()


def sources(workbook: ReadWorkbook) -> frozenset[str]:
    """Return the names of the files that a workbook sums up; none for one that no roll-up has written."""
    sheets = {sheet.name: sheet for sheet in workbook.sheets}
    if not {_SUMMARY, _OPEN} <= sheets.keys():
        return frozenset()
    texts = (cell.value for cell in sheets[_SUMMARY].cells.values() if isinstance(cell.value, str))
    return frozenset(found[1] for text in texts if (found := _SOURCE.fullmatch(text)))


def _ranges(found: Regional, funds: Canvas, indicators: Canvas) -> Ranges:
    return Ranges(
        funds=funds,
        fund_rows=_shifted(rows_of(found.funds)),
        fund_columns={column: 4 + offset for offset, column in enumerate(COLUMNS)},
        indicators=indicators,
        indicator_rows=_shifted(rows_of(found.indicators)),
        target=4,
        actual=6,
        money=7,
    )


def _shifted(rows: dict[int, tuple[int, int]]) -> dict[int, tuple[int, int]]:
    return {line: (first + _FIRST, last + _FIRST) for line, (first, last) in rows.items()}


def _detail(
    canvas: Canvas, title: str, head: Sequence[str], table: DataFrame, amounts: Sequence[int]
) -> None:
    """Write a long table: title, head, and a row for each record; `amounts` are the columns of money, from 1."""
    canvas.put(1, 1, title, TITLE._replace(size=14), columns=len(head))
    for column, label in enumerate(head, start=1):
        canvas.put(2, column, label, HEAD)
    row = _FIRST
    for record in table.to_dict("records"):
        numbers = _PERCENT if record.get("percent") else VALUE
        for column, label in enumerate(head, start=1):
            value = record[label]
            look = TEXT if isinstance(value, str) else _AMOUNT if column in amounts else numbers
            canvas.put(row, column, value, look)
        row += 1
    canvas.filter(2, row - 1)
    canvas.finish(landscape=True, repeat=2, frozen=2)


def _summary(canvas: Canvas, entered: Sequence[Entered]) -> None:
    canvas.put(1, 1, _SUMMARY, TITLE._replace(size=14), columns=len(_SUMMARY_HEAD))
    for column, label in enumerate(_SUMMARY_HEAD, start=1):
        canvas.put(2, column, label, HEAD)
    row = _FIRST
    counted = [one for one in entered if not one.why]
    for number, one in enumerate([*counted, *(one for one in entered if one.why)], start=1):
        for column, (value, look) in enumerate(_summary_row(number, one, row), start=1):
            canvas.put(row, column, value, look)
        row += 1
    last = _FIRST + len(counted) - 1
    if counted:
        _summary_total(canvas, row, last, counted)
    canvas.filter(2, row - 1)
    canvas.finish(landscape=True, repeat=2, frozen=2)


def _summary_row(number: int, one: Entered, row: int) -> list[tuple[Shown | Formula, Look]]:
    form = one.contribution.form
    rate: Shown | Formula = None
    if one.budget and one.executed is not None:
        rate = Formula(f"{address(row, 6)}/{address(row, 5)}", one.executed / one.budget)
    return [
        (number, VALUE),
        (one.contribution.unit, TEXT),
        (one.project, TEXT),
        (form.year, VALUE),
        (one.budget, _AMOUNT),
        (one.executed, _AMOUNT),
        (rate, _PERCENT),
        (one.score, VALUE),
        (one.grade, VALUE),
        (one.count(Severity.ERROR), VALUE),
        (one.count(Severity.WARNING), VALUE),
        (one.contribution.place, TEXT),
        (one.why or "已计入", TEXT),
    ]


def _summary_total(canvas: Canvas, row: int, last: int, counted: Sequence[Entered]) -> None:
    bold = VALUE._replace(bold=True)
    canvas.put(row, 1, "计入的各表合计", bold, columns=4)
    sums: dict[int, Any] = {
        5: sum(one.budget for one in counted if one.budget is not None),
        6: sum(one.executed for one in counted if one.executed is not None),
        10: sum(one.count(Severity.ERROR) for one in counted),
        11: sum(one.count(Severity.WARNING) for one in counted),
    }
    for column in range(5, len(_SUMMARY_HEAD) + 1):
        value: Shown | Formula = None
        if column in sums:
            span = f"{address(_FIRST, column)}:{address(last, column)}"
            value = Formula(f"SUM({span})", sums[column])
        elif column == 7 and sums[5]:
            value = Formula(f"{address(row, 6)}/{address(row, 5)}", sums[6] / sums[5])
        look = _PERCENT if column == 7 else _AMOUNT if column in (5, 6) else VALUE
        canvas.put(row, column, value, look._replace(bold=True))


def _open_points(canvas: Canvas, entered: Sequence[Entered], findings: Sequence[Finding]) -> None:
    canvas.put(1, 1, _OPEN, TITLE._replace(size=14), columns=len(_OPEN_HEAD))
    for column, label in enumerate(_OPEN_HEAD, start=1):
        canvas.put(2, column, label, HEAD)
    row = _FIRST
    listed = [(finding.sheet, finding) for finding in findings]
    listed += [
        (one.contribution.place, finding)
        for one in entered
        for finding in one.findings
        if finding.severity is Severity.ERROR
    ]
    for number, (place, finding) in enumerate(listed, start=1):
        severity = SEVERITY_WORDS[finding.severity]
        shown: tuple[Shown, ...] = (
            number,
            finding.code,
            severity,
            place,
            finding.cell,
            finding.subject,
            finding.message,
            finding.fix,
        )
        for column, value in enumerate(shown, start=1):
            canvas.put(row, column, value, TEXT if column > 3 else VALUE)
        row += 1
    if not listed:
        canvas.put(row, 1, "没有要核对的事项。", REMARK, columns=len(_OPEN_HEAD))
    canvas.filter(2, row - 1)
    canvas.finish(landscape=True, repeat=2, frozen=2)
