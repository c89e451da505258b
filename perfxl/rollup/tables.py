"""The long tables behind a regional form: one row for each unit and amount, one for each unit and indicator.

They are pandas frames of objects (Decimal, str, None): sorted so that what a formula of the regional form adds up
stands in one run of rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from perfxl.form.shown import shown
from perfxl.rollup.aggregate import Aggregate, Part
from perfxl.rollup.funds import COLUMNS, FundLine, in_unit
from perfxl.rollup.gather import Group

if TYPE_CHECKING:
    from pandas import DataFrame

FUND_HEAD = ("资金来源", "填报单位", "原表资金行", "原表年初数", "原表预算数", "原表支出数", "来源")
INDICATOR_HEAD = (
    "所属指标",
    "填报单位",
    "目标（原文）",
    "目标（数）",
    "结果（原文）",
    "结果（数）",
    "加权资金",
    "是否达到",
    "来源",
    "说明",
)  # fmt: skip
_REACHED = {True: "达到", False: "未达到", None: "待核定"}


def fund_table(group: Group, lines: Sequence[FundLine], unit: str) -> DataFrame:
    """Return the amounts of every unit, in the regional form's unit, by fund row (column `line`)."""
    records: list[dict[str, Any]] = []
    for number, line in enumerate(lines):
        for member, row in zip(group.members, line.rows, strict=True):
            if row is None:
                continue
            amounts = {column: in_unit(member.form, getattr(row, column), unit) for column in COLUMNS}
            records.append(
                {
                    "line": number,
                    FUND_HEAD[0]: line.label,
                    FUND_HEAD[1]: member.unit,
                    FUND_HEAD[2]: row.subject,
                    **dict(zip(FUND_HEAD[3:6], amounts.values(), strict=True)),
                    FUND_HEAD[6]: f"{member.place}!{row.label.address}",
                }
            )
    return _frame(records, ("line", *FUND_HEAD))


def indicator_table(group: Group, aggregates: Sequence[Aggregate]) -> DataFrame:
    """Return target and actual value of every unit by indicator (column `line`), `percent` where fractions stand."""
    records: list[dict[str, Any]] = []
    for number, aggregate in enumerate(aggregates):
        for member, part in zip(group.members, aggregate.parts, strict=True):
            at = part.row.level3 or part.row.level2 if part.row is not None else None
            values = (
                aggregate.line.subject,
                member.unit,
                _written(part, "target"),
                part.target,
                _written(part, "actual"),
                part.actual if not part.why else None,
                part.money if not part.why else None,
                _REACHED[part.met] if part.row is not None else "",
                f"{member.place}!{at.address}" if at is not None else member.place,
                part.why or aggregate.method.value,
            )
            record = dict(zip(INDICATOR_HEAD, values, strict=True))
            records.append({"line": number, "percent": aggregate.percent, **record})
    return _frame(records, ("line", "percent", *INDICATOR_HEAD))


def rows_of(table: DataFrame) -> dict[int, tuple[int, int]]:
    """Return for each line the first and the last of its rows, counted from 0."""
    places = table.reset_index(drop=True).reset_index()
    runs = places.groupby("line", sort=False)["index"].agg(["min", "max"])
    return {int(line): (int(run["min"]), int(run["max"])) for line, run in runs.iterrows()}


def total(table: DataFrame, line: int, column: str) -> Decimal | None:
    """Return the sum of a column over one line's rows; None where no row has an amount."""
    found = table.loc[table["line"] == line, column].dropna()
    return sum(found, Decimal(0)) if len(found) else None


def _frame(records: list[dict[str, Any]], columns: Sequence[str]) -> DataFrame:
    import pandas

    frame = pandas.DataFrame.from_records(records, columns=list(columns)).astype(object)
    return frame.where(frame.notna(), None)


def _written(part: Part, column: str) -> str:
    entry = getattr(part.row, column, None)
    return "" if entry is None else shown(entry).strip()
