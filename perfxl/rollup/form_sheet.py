"""The sheet of a regional form: the layout of the form it adds up, its figures as formulas over the detail sheets."""

from __future__ import annotations

from itertools import groupby
from typing import NamedTuple

from perfxl.form.figures import plain
from perfxl.form.model import Kind
from perfxl.rollup.aggregate import Aggregate, Method
from perfxl.rollup.funds import COLUMNS, FundLine
from perfxl.rollup.gather import UNITS_LISTED
from perfxl.rollup.regional import Regional, reasons
from perfxl.rollup.sheets import (
    HEAD,
    LABEL,
    REMARK,
    SUBTITLE,
    TEXT,
    TITLE,
    VALUE,
    Canvas,
    Formula,
    Look,
    Shown,
)
from perfxl.rollup.tables import FUND_HEAD, total
from perfxl.rounding import round_half_up

_TITLES = {Kind.TRANSFER: "转移支付区域（项目）绩效目标自评表", Kind.DEPARTMENT: "部门整体支出绩效自评表"}
_PROJECT_TITLE = "项目支出绩效自评表"
_NAMES = {Kind.TRANSFER: "转移支付（项目）名称", Kind.DEPARTMENT: "部门（单位）名称"}
_FIELDS = {Kind.TRANSFER: ("中央主管部门", "地方主管部门")}
_UNITS = {Kind.TRANSFER: "资金使用单位"}
_AMOUNTS = {"initial": "年初预算数", "budget": "全年预算数（A）", "executed": "全年执行数（B）"}
_AMOUNT = Look(number_format="#,##0.00####")
_RATE = Look(number_format="0.00%")
_WIDTHS = (9.0, 11.0, 24.0, 16.0, 16.0, 14.0, 12.0, 12.0, 12.0)
_PLACES = 6
_NOTE = (
    "注：1.绝对值直接累加，相对值按资金额度加权平均。2.定性指标由各单位按 100%—80%（含）、80%—60%（含）、60%—0% 三档"
    "填写完成值，汇总时按资金额度加权平均。3.先汇总完成值，再按汇总的完成值计算得分。"
    "4.各单位的数见“{funds}”“{indicators}”，改那里的数，本表随之重算。"
)
"""Notes 4 and 5 of the national transfer form (2021), and where the figures come from."""


class Ranges(NamedTuple):
    """Where the detail sheets hold what a line adds up: (first row, last row) by line."""

    funds: Canvas
    fund_rows: dict[int, tuple[int, int]]
    fund_columns: dict[str, int]
    indicators: Canvas
    indicator_rows: dict[int, tuple[int, int]]
    target: int
    actual: int
    money: int

    def fund(self, line: int, column: str) -> str:
        """The range of a fund line's amounts."""
        return self.funds.span(self.fund_rows[line], self.fund_columns[column])

    def indicator(self, line: int, column: int) -> str:
        """The range of an indicator's numbers or weights."""
        return self.indicators.span(self.indicator_rows[line], column)


def write_form(canvas: Canvas, found: Regional, ranges: Ranges) -> None:
    """Write the regional form of a group. Rates, scores and totals stay blank: scoring fills them."""
    writer = _Writer(canvas, found, ranges)
    row = writer.header()
    row = writer.funds(row)
    row = writer.goals(row)
    head = row
    row = writer.indicators(row)
    row = writer.total(row)
    note = _NOTE.format(funds=ranges.funds.name, indicators=ranges.indicators.name)
    canvas.put(row, 1, note, REMARK, columns=writer.width)
    canvas.finish(landscape=writer.width > 7, repeat=head)


def widths(found: Regional) -> tuple[float, ...]:
    """The widths of a regional form's columns."""
    return _WIDTHS[: _width(found)]


def _width(found: Regional) -> int:
    return max(3 + len(_fund_columns(found)), 8 if found.scored else 6)


def _fund_columns(found: Regional) -> tuple[str, ...]:
    amounts = COLUMNS if found.has_initial else COLUMNS[1:]
    return (*amounts, "weight", "rate", "score") if found.fund_weight is not None else (*amounts, "rate")


class _Writer:
    def __init__(self, canvas: Canvas, found: Regional, ranges: Ranges) -> None:
        self.canvas = canvas
        self.found = found
        self.ranges = ranges
        self.width = _width(found)
        self.kind = found.group.kind

    def header(self) -> int:
        """Write title, year and the fields; return the next free row."""
        canvas, found, kind = self.canvas, self.found, self.kind
        canvas.put(1, 1, _TITLES.get(kind, _PROJECT_TITLE), TITLE, columns=self.width)
        year = found.group.year
        canvas.put(2, 1, f"（{year}年度）" if year is not None else "", SUBTITLE, columns=self.width)
        fields = [(_NAMES.get(kind, "项目名称"), found.name)]
        fields += [(label, found.field(label)) for label in _FIELDS.get(kind, ())]
        if kind is not Kind.TRANSFER:
            fields.append(("主管部门", found.role("department") if kind is not Kind.DEPARTMENT else ""))
        units = found.units
        shown = units[0] if len(units) == 1 else f"共{len(units)}个单位（{UNITS_LISTED}）"
        fields.append((_UNITS.get(kind, "实施单位"), shown))
        row = 3
        for label, value in fields:
            canvas.put(row, 1, label, LABEL, columns=2)
            canvas.put(row, 3, value, TEXT, columns=self.width - 2)
            row += 1
        return row

    def funds(self, row: int) -> int:
        """Write the fund table."""
        canvas, found = self.canvas, self.found
        if not found.fund_lines:
            return row
        columns = _fund_columns(found)
        canvas.put(row, 1, f"项目资金（{found.unit}）", LABEL, rows=len(found.fund_lines) + 1)
        canvas.put(row, 2, "", LABEL, columns=2)
        labels = {**_AMOUNTS, "weight": "分值", "rate": "执行率（B/A）", "score": "得分"}
        for offset, column in enumerate(columns):
            canvas.put(row, 4 + offset, labels[column], LABEL, columns=self._span(offset, columns))
        for number, line in enumerate(found.fund_lines):
            row += 1
            canvas.put(row, 2, line.label, LABEL, columns=2)
            for offset, column in enumerate(columns):
                value, look = self._fund(number, line, column)
                canvas.put(row, 4 + offset, value, look, columns=self._span(offset, columns))
        return row + 1

    def _fund(self, number: int, line: FundLine, column: str) -> tuple[Shown | Formula, Look]:
        if column in _AMOUNTS:
            summed = total(self.found.funds, number, FUND_HEAD[3 + COLUMNS.index(column)])
            text = f"SUM({self.ranges.fund(number, column)})"
            return (None if summed is None else Formula(text, summed)), _AMOUNT
        if column == "weight" and line is self.found.fund_lines[0]:
            return self.found.fund_weight, VALUE
        return (
            "—" if column in ("weight", "score") and number else None
        ), _RATE if column == "rate" else VALUE

    def _span(self, offset: int, columns: tuple[str, ...]) -> int:
        return self.width - 3 - offset if offset == len(columns) - 1 else 1

    def goals(self, row: int) -> int:
        """Write the yearly goal and what became of it."""
        canvas, found = self.canvas, self.found
        canvas.put(row, 1, "年度总体目标", LABEL, rows=2)
        canvas.put(row, 2, "预期目标", LABEL, columns=2)
        canvas.put(row, 4, "实际完成情况", LABEL, columns=self.width - 3)
        canvas.put(row + 1, 2, found.goal("target"), TEXT, columns=2)
        canvas.put(row + 1, 4, found.goal("actual"), TEXT, columns=self.width - 3)
        return row + 2

    def indicators(self, row: int) -> int:
        """Write the indicator table with its groups merged."""
        canvas, found = self.canvas, self.found
        labels = ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值"]
        labels += ["分值", "得分"] if found.scored else []
        labels.append("偏差原因分析及改进措施")
        for column, label in enumerate(labels, start=1):
            last = column == len(labels)
            canvas.put(row, column, label, HEAD, columns=self.width - column + 1 if last else 1)
        first = row + 1
        for number, aggregate in enumerate(found.aggregates):
            self._indicator(first + number, number, aggregate, len(labels))
        self._levels(first)
        return first + len(found.aggregates)

    def _indicator(self, row: int, number: int, aggregate: Aggregate, last: int) -> None:
        canvas = self.canvas
        canvas.put(row, 3, aggregate.line.level3 or aggregate.line.subject, TEXT)
        canvas.put(row, 4, self._target(number, aggregate))
        canvas.put(row, 5, *self._actual(number, aggregate))
        if self.found.scored:
            canvas.put(row, 6, self.found.weights[number])
            canvas.put(row, 7, self.found.own_score(number))
        given = reasons(self.found.members, aggregate.line.rows)
        canvas.put(row, last, given, TEXT, columns=self.width - last + 1)

    def _levels(self, first: int) -> None:
        """Write the names of the groups, each over all its rows."""
        keyed = [(one.line.level1, one.line.level2) for one in self.found.aggregates]
        for depth in (1, 2):
            row = first
            for name, run in groupby(keyed, key=lambda pair: pair[:depth]):
                rows = len(list(run))
                self.canvas.put(row, depth, name[depth - 1], VALUE, rows=rows)
                row += rows

    def _target(self, number: int, one: Aggregate) -> Shown | Formula:
        if one.target is None:
            return one.target_text
        span = self.ranges.indicator(number, self.ranges.target)
        shown = one.target * 100 if one.percent else one.target
        inner = f"SUM({span})"
        if one.method is Method.WEIGHTED:
            money = self.ranges.indicator(number, self.ranges.money)
            inner = f"{'100*' if one.percent else ''}SUMPRODUCT({span},{money})/SUM({money})"
        digits = 2 if one.method is Method.WEIGHTED and one.percent else _PLACES
        value = round_half_up(shown, digits)
        if not one.target_sign and not one.unit.name:
            return Formula(f"ROUND({inner},{digits})", value)
        sign = f'"{one.target_sign}"&' if one.target_sign else ""
        unit = f'&"{one.unit.name}"' if one.unit.name else ""
        return Formula(
            f"{sign}ROUND({inner},{digits}){unit}", f"{one.target_sign}{plain(value)}{one.unit.name}"
        )

    def _actual(self, number: int, one: Aggregate) -> tuple[Shown | Formula, Look]:
        if one.actual is None:
            return one.actual_text, VALUE
        span = self.ranges.indicator(number, self.ranges.actual)
        unit = one.unit.name.replace('"', "")
        look = _RATE if one.percent else Look(number_format=f'General"{unit}"' if unit else "General")
        if one.method is Method.SUM:
            return Formula(f"SUM({span})", one.actual), look
        money = self.ranges.indicator(number, self.ranges.money)
        return Formula(f"ROUND(SUMPRODUCT({span},{money})/SUM({money}),4)", one.actual), look

    def total(self, row: int) -> int:
        """Write the row of the total score, if the forms are scored."""
        if not self.found.scored:
            return row
        self.canvas.put(row, 1, "总分", LABEL, columns=5)
        self.canvas.put(row, 6, None)
        self.canvas.put(row, 7, None)
        self.canvas.put(row, 8, None, VALUE, columns=self.width - 7)
        return row + 1
