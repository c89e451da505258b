"""## 问题

年度资金总额不等于下面各项资金之和。

逐列（年初预算数、全年预算数、到位数、执行数）比较。“其中”下面还有“其中”的，按各种合理的层次去合计，
有一种合得上就不报；空白和“—”按 0 计。各项按万元四舍五入造成的尾差只作提示。
项目清单的合计行也逐列与各项目之和比较。
“其中”各项没有列全（没有“其他资金”一行）时，总额小于各项之和才算错，大于各项之和作警告；
另外两列都合得上的，各项就是列全了，同样算错。

## 依据

国家通用格式自评表的资金表：年度资金总额下列“其中：当年财政拨款、上年结转资金、其他资金”；
转移支付区域（项目）绩效目标自评表：中央补助、地方资金、其他资金。总额是计算执行率的分母，差一笔，执行率和得分都不可信。

## 例子

错例 B2：各项合计 3544854，总额多了 380

| 项目资金（万元） | 全年预算数 | 全年执行数 |
| 年度资金总额 | 3545234 | 3544854 |
| 其中：中央补助 | 2783239 | 2783239 |
| 地方资金 | 761615 | 761615 |
| 其他资金 | | |
| 三级指标 | 指标值 | 完成值 |
| 参保人数 | ≥5000万人 | 5100万人 |

正例 B2=3544854：改正总额
正例 B5=380：补上漏填的一项

## 改法

核对总额和各项，把错的一格改过来；漏填的一项补上。
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from perfxl.form.figures import figure, plain
from perfxl.form.labels import squeeze
from perfxl.form.model import Entry, Form
from perfxl.rules.amounts import (
    AMOUNT_COLUMNS,
    Fault,
    Parts,
    column_label,
    parts,
    slipped,
)
from perfxl.rules.finding import Finding, Rule, Severity
from perfxl.rules.reading import shown
from perfxl.settings.parameters import Settings

RULE = Rule(
    "PX202",
    "资金总额不等于各项资金之和",
    Severity.ERROR,
    "国家通用格式项目支出、转移支付绩效自评表的资金表：年度资金总额及其中各项",
)

_MANY_STEPS = 1000
"""A total of this many steps may carry the rounding of its parts even where it is written in whole numbers."""


def check(form: Form, settings: Settings) -> Iterator[Finding]:
    """Compare the total with its parts in every column of money."""
    yield from _list(form)
    wrong_unit = slipped(form)
    for role in AMOUNT_COLUMNS:
        column = parts(form, role)
        if column is None or any(entry.address in wrong_unit for entry in column.cells):
            continue
        reading = column.best_reading()
        for fault in reading.faults:
            yield _beneath(form, column, fault, role)
        gap = column.total_amount.value - reading.total
        severity = _severity(form, column, gap, role)
        if gap == 0 or severity is None or form.total_fund is None:
            continue
        name, total, expected = form.total_fund.subject, shown(column.total_amount), reading.total
        yield RULE.finding(
            form,
            column.total,
            column.cells,
            subject=name,
            message=f"{name}的{column_label(form, role)}是 {plain(total)}，"
            f"各项合计是 {plain(expected)}，相差 {plain(abs(gap))}。",
            expected=plain(expected),
            actual=plain(total),
            fix=f"核对 {column.total.address} 和各项（{_addresses(column.entries)}），把错的一格改过来。",
            severity=severity,
        )


def _list(form: Form) -> Iterator[Finding]:
    """Compare the total row of a project list with its projects, column by column."""
    for role in ("budget", "executed", "returned") if form.projects else ():
        total = getattr(form.total, role, None)
        written = figure(total)
        entries = [entry for project in form.projects if (entry := getattr(project, role)) is not None]
        amounts = [found for entry in entries if (found := figure(entry)) is not None]
        if total is None or written is None or not amounts:
            continue
        together = sum((found.value for found in amounts), Decimal(0))
        gap = abs(written.value - together)
        if written.agrees(together):
            continue
        digits = max(found.digits for found in amounts)
        rounded = digits > 0 and gap <= len(amounts) * Decimal(1).scaleb(-digits) / 2
        yield RULE.finding(
            form,
            total,
            entries,
            subject=squeeze(form.total.label.text) if form.total is not None else "",
            message=f"{_head(form, role)}的合计是 {plain(shown(written))}，各项目加起来是 {plain(together)}，"
            f"相差 {plain(gap)}。",
            expected=plain(together),
            actual=plain(shown(written)),
            fix=f"核对 {total.address} 和各项目的金额，把错的一格改过来；漏列的项目补上。",
            severity=Severity.NOTE if rounded else None,
        )


def _head(form: Form, role: str) -> str:
    """What a list calls a column: its head as printed."""
    column = form.indicator_columns.get(role)
    return squeeze(column.label) if column is not None else ""


def _beneath(form: Form, column: Parts, fault: Fault, role: str) -> Finding:
    """A part that is not the sum of the parts under it, where the total itself fits."""
    row, entry, own = column.rows[fault.place], column.entries[fault.place], column.amounts[fault.place]
    children = [column.entries[child] for child in fault.children]
    written = shown(own) if own is not None else Decimal(0)
    return RULE.finding(
        form,
        entry or column.total,
        children,
        subject=row.subject,
        message=f"{row.subject}的{column_label(form, role)}是 {plain(written)}，"
        f"下面各项合计是 {plain(fault.together)}。",
        expected=plain(fault.together),
        actual=plain(written),
        fix=f"核对这一格和下面各项（{_addresses(children)}）。",
        severity=Severity.WARNING,
    )


def _severity(form: Form, column: Parts, gap: Decimal, role: str) -> Severity | None:
    """How grave a gap is; None where it proves nothing."""
    if abs(gap) <= column.slack and _may_be_rounded(form, column):
        return Severity.NOTE
    if gap < 0 or column.exhaustive or _fits_elsewhere(form, role):
        return Severity.ERROR
    return Severity.WARNING if sum(found is not None for found in column.amounts) > 1 else None


def _fits_elsewhere(form: Form, role: str) -> bool:
    """Whether the same rows make up the total in two other columns of money: then no row is missing."""
    others = [column for other in AMOUNT_COLUMNS if other != role and (column := parts(form, other))]
    several = [
        column for column in others if sum(bool(found and found.value) for found in column.amounts) > 1
    ]
    return len(several) > 1 and all(
        column.total_amount.value == column.best_reading().total for column in several
    )


def _may_be_rounded(form: Form, column: Parts) -> bool:
    """Whether the column is written so that rounding can explain a small gap: not fen, not small whole numbers."""
    if form.money_unit == "元" and column.digits >= 2:
        return False
    return column.digits >= 1 or abs(column.total_amount.value) >= _MANY_STEPS


def _addresses(entries: Iterable[Entry | None]) -> str:
    return "、".join(entry.address for entry in entries if entry is not None)
