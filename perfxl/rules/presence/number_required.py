"""## 问题

应当填数字的格里不是数字，或者公式出错。

金额、执行率、分值、得分只能填数字；“10分”“98%”“146万元”这样带单位的可以认出来，“—”“/”表示不适用，也可以。
“详见附件”“约20”“10/10”不是数字；#DIV/0!、#REF! 是出错的公式。年度资金总额的预算数和执行数不能填“—”。

## 依据

自评得分由各项指标得分汇总形成（财预〔2020〕10号）；不是数字就无法合计，汇总时会被当作 0。

## 例子

错例 E2：得分一格写的是文字，没法合计

| 三级指标 | 指标值 | 实际完成值 | 分值 | 得分 |
| 接入部门数 | ≥20个 | 22个 | 60 | 详见附件 |
| 数据共享率 | ≥80% | %85 | 40 | 40 |

正例 E2=60：填数字
正例 E2=60分：带单位的也认得出来

错例 C2：执行数写的是文字，执行率没法核对

| 项目资金（万元） | 全年预算数 | 全年执行数 | 执行率 |
| 年度资金总额 | 146 | 约一百三十 | %89.89 |
| 三级指标 | 指标值 | 实际完成值 |
| 接入部门数 | ≥20个 | 22个 |

正例 C2=131.24：填数字

## 改法

改填数字，说明写到备注或原因栏；公式出错的，改正公式或直接填数。
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from perfxl.form.figures import figure
from perfxl.form.labels import squeeze
from perfxl.form.model import Entry, Form, FundSource
from perfxl.rules.finding import Finding, Rule, Severity
from perfxl.rules.reading import dash, ellipsis
from perfxl.settings.parameters import Settings

RULE = Rule("PX102", "应填数字的格不是数字", Severity.ERROR, "财预〔2020〕10号：总分由各项指标得分汇总形成")


class _Place(NamedTuple):
    entry: Entry
    subject: str
    dash_allowed: bool = True
    grave: bool = True


def check(form: Form, settings: Settings) -> Iterator[Finding]:
    """Find text, truth values and error values where an amount, a rate, a weight or a score must stand."""
    seen: set[str] = set()
    for place in (*_funds(form), *_indicators(form), *_totals(form), *_projects(form)):
        entry = place.entry
        if entry.address in seen or not _faulty(place):
            continue
        seen.add(entry.address)
        yield RULE.finding(
            form,
            entry,
            subject=place.subject,
            message=f"这里应填数字，{'公式出错' if entry.cell.error else '现在填的是'}“{entry.text}”。",
            expected="数字",
            actual=entry.text,
            fix=f"把 {entry.address} 改成数字，说明文字写到备注或原因栏。",
            severity=None if place.grave else Severity.WARNING,
        )
    header = form.roles.get("self_score")
    if (
        header is None
        or header.blank
        or header.address in seen
        or any(sign.isdigit() for sign in header.text)
    ):
        return
    yield RULE.finding(
        form,
        header,
        subject="自评得分",
        message=f"自评得分应填数字，现在填的是“{header.text}”。",
        expected="数字",
        actual=header.text,
        fix=f"把 {header.address} 改成数字。",
    )


def _faulty(place: _Place) -> bool:
    entry = place.entry
    if entry.cell.error or isinstance(entry.value, bool):
        return True
    if not isinstance(entry.value, str) or entry.blank or ellipsis(entry.text):
        return False
    return figure(entry) is None and not (dash(entry) and place.dash_allowed)


def _funds(form: Form) -> Iterator[_Place]:
    for row in form.funds:
        total = row.source is FundSource.TOTAL
        required = (row.budget, row.executed) if total else ()
        for entry in row.entries:
            # A child row's rate is often a formula over blanks.
            grave = total or not entry.cell.error
            yield _Place(entry, row.subject, entry not in required, grave)


def _indicators(form: Form) -> Iterator[_Place]:
    for row in form.indicators:
        for entry in (row.weight, row.score, row.weighted_score):
            if entry is not None:
                yield _Place(entry, row.subject)
        for entry in (row.target, row.actual):
            if entry is not None and entry.cell.error:
                yield _Place(entry, row.subject)


def _totals(form: Form) -> Iterator[_Place]:
    if form.total is not None:
        for entry in (form.total.weight, form.total.score, form.total.weighted_score):
            if entry is not None:
                yield _Place(entry, squeeze(form.total.label.text))


def _projects(form: Form) -> Iterator[_Place]:
    for project in form.projects:
        subject = squeeze(project.name.text) if project.name is not None else ""
        for entry in (project.budget, project.executed, project.returned, project.score):
            if entry is not None:
                yield _Place(entry, subject)
