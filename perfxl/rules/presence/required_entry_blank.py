"""## 问题

必填的一格空着。

- 表头：项目名称、主管部门、实施单位、自评得分；
- 资金表“年度资金总额”一行：预算数、执行数，以及表上有这些列时的执行率、得分；
- 总体目标和实际完成情况；
- 有名称的指标：指标值、实际完成值、分值、得分（表上有这一列、其他行都填了，这一行却空着）；
- 合计行的得分；项目清单的名称、预算数、执行数、目标、完成情况、得分。

印好而没有使用的空行不算；填“—”“/”的算“不适用”，不算空；电话、签字、财政审定评分不是填表单位必填。
整列都空的只报一次；一个数都没有填的，只报一条“像是还没有填的模板”。

## 依据

自评表的填报说明要求各栏逐项填写；空着的格在汇总时会被当作 0，退回补填的多半是这一类。

## 例子

错例 E3：时效指标的得分空着，合计却填 100

| 二级指标 | 三级指标 | 指标值 | 实际完成值 | 得分 |
| 数量指标 | 接入部门数 | ≥20个 | 22个 | 95 |
| 时效指标 | 按期完成率 | 100% | %100 | |
| 满意度指标 | 使用部门满意度 | ≥90% | %96 | 5 |

正例 E3=—：确实不适用的填“—”
正例 E3=0：得分是零的填 0

## 改法

补填这一格；确实不适用的填“—”，得分为零的填 0。
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from perfxl.form import labels
from perfxl.form.execution import is_execution_rate
from perfxl.form.labels import squeeze
from perfxl.form.model import Entry, Form, FundRow, Indicator, Kind, distinct
from perfxl.rules.amounts import amount, base, column_label
from perfxl.rules.finding import Finding, Rule, Severity
from perfxl.rules.reading import counted, empty, head, name_entry, named, unfilled, values
from perfxl.settings.parameters import Settings

RULE = Rule("PX101", "必填的内容空着", Severity.ERROR, "各地自评表填报说明：逐项填写；转移支付自评表注")

_HEADER = frozenset({"project_name", "department", "unit", "self_score"})
_STAMPS = ("盖章", "签章", "公章")
_COLUMNS = {"target": "指标值", "actual": "实际完成值", "weight": "分值", "score": "得分"}
_PROJECT_COLUMNS = {
    "name": "项目名称",
    "budget": "预算数",
    "executed": "执行数",
    "score": "自评得分",
    "goal": "绩效目标",
    "actual": "完成情况",
}


def check(form: Form, settings: Settings) -> Iterator[Finding]:
    """Find blank entries that a self-evaluation cannot do without; one finding for a form nobody filled."""
    if unfilled(form):
        at = form.title or next(iter(form.entries()), None)
        if at is not None:
            title = form.title.text if form.title is not None else ""
            message = "这张表还没有填任何金额、完成值和得分，像是空白模板。"
            yield _blank(form, at, (), title, message)._replace(
                fix="逐项填写金额、完成值和得分；不用的表删去。"
            )
        return
    yield from _header(form)
    yield from _funds(form)
    yield from _goals(form)
    yield from _indicators(form)
    yield from _total(form)
    yield from _projects(form)


def _blank(
    form: Form,
    at: Entry,
    rests_on: Iterable[Entry | None],
    subject: str,
    message: str,
    severity: Severity | None = None,
) -> Finding:
    return RULE.finding(
        form,
        at,
        rests_on,
        subject=subject,
        message=message,
        expected="已填",
        actual="空",
        fix=f"补填 {at.address}；确实不适用的填“—”。",
        severity=severity,
    )


def _header(form: Form) -> Iterator[Finding]:
    roles = {label: labels.role("header", label) for label in form.header}
    answered = {roles[label] for label, entry in form.header.items() if not entry.blank}
    scored = form.total is not None or any(not empty(row.score) for row in form.indicators)
    for label, entry in form.header.items():
        role = roles[label]
        if not entry.blank or role not in _HEADER:
            continue
        if role == "self_score" and not scored:
            continue
        if role in answered and any(stamp in label for stamp in _STAMPS):
            continue
        yield _blank(form, entry, (), label, f"“{label}”没有填。")


def _funds(form: Form) -> Iterator[Finding]:
    row = form.total_fund
    if row is None:
        return
    spent_given = row.executed is not None and not row.executed.blank
    initial_given = row.initial is not None and not row.initial.blank
    if row.budget is not None and row.budget.blank:
        # An office whose budget was never adjusted often leaves the column of adjusted figures blank.
        adjusted = any(not empty(other.budget) for other in form.funds)
        severity = Severity.WARNING if initial_given and not adjusted else Severity.ERROR
        yield _fund(form, row, row.budget, "budget", severity)
    elif row.initial is not None and row.initial.blank:
        severity = Severity.ERROR if row.budget is None else Severity.NOTE
        yield _fund(form, row, row.initial, "initial", severity)
    if row.executed is not None and row.executed.blank:
        yield _fund(form, row, row.executed, "executed", Severity.ERROR)
    budget = base(form, row)
    measurable = spent_given and budget is not None and budget.amount.value > 0
    if row.rate is not None and row.rate.blank and measurable and amount(form, row.executed) is not None:
        yield _blank(form, row.rate, (row.executed,), row.subject, f"{row.subject}的执行率没有填。")
    if row.weight is not None and row.score is not None and row.weight.blank != row.score.blank:
        empty_one, other, name = (
            (row.weight, row.score, "分值") if row.weight.blank else (row.score, row.weight, "得分")
        )
        if not empty(other):
            yield _blank(form, empty_one, (other,), row.subject, f"{row.subject}的{name}没有填。")


def _fund(form: Form, row: FundRow, at: Entry, role: str, severity: Severity) -> Finding:
    others = [entry for entry in row.entries if not entry.blank]
    return _blank(
        form, at, others, row.subject, f"{row.subject}的{column_label(form, role)}没有填。", severity
    )


def _goals(form: Form) -> Iterator[Finding]:
    target, actual = form.goals.target, form.goals.actual
    nothing = all(entry is None or entry.blank for entry in (target, actual))
    for entry, name in ((target, "年度总体目标"), (actual, "总体目标实际完成情况")):
        if entry is not None and entry.blank:
            severity = Severity.WARNING if nothing else Severity.ERROR
            yield _blank(form, entry, (target, actual), name, f"{name}没有填。", severity)


def _indicators(form: Form) -> Iterator[Finding]:
    rows = list(counted(form))
    in_use = {}
    for role, name in _COLUMNS.items():
        entries = distinct(getattr(row, role) for row in rows)
        filled = sum(1 for entry in entries if not entry.blank)
        in_use[role] = filled * 2 >= len(entries) if role in ("target", "weight") else filled > 0
        column = form.indicator_columns.get(role)
        others = any(not empty(entry) for row in rows for entry in values(row))
        if entries and not filled and column is not None and others:
            message = f"“{squeeze(column.label)}”一列全部空着。"
            yield _blank(form, head(column), entries, squeeze(column.label) or name, message)
    reported: set[str] = set()
    for row in rows:
        for finding in _row(form, row, in_use):
            if finding.cell not in reported:
                reported.add(finding.cell)
                yield finding


def _row(form: Form, row: Indicator, in_use: dict[str, bool]) -> Iterator[Finding]:
    entries = values(row)
    name = name_entry(row)
    if name is None:
        return
    if not named(row) and not is_execution_rate(row):
        if name.blank:
            message = f"第 {row.row} 行填了指标值或得分，指标名称空着。"
            yield _blank(form, name, entries, row.subject, message, Severity.WARNING)
        return
    blanks = {role: entry for role in _COLUMNS if (entry := getattr(row, role)) is not None and entry.blank}
    if len(blanks) == len(entries):
        missing = [entry for role, entry in blanks.items() if in_use[role]]
        if missing:
            message = f"“{row.subject}”只有名称，指标值、完成值、得分等都没有填。"
            yield _blank(form, missing[0], missing, row.subject, message, Severity.WARNING)
        return
    unscored = "weight" in blanks and "score" in blanks and in_use["weight"]
    for role, entry in blanks.items():
        if not in_use[role] and not (role == "weight" and not empty(row.score)):
            continue
        if role == "target" and is_execution_rate(row):
            continue
        if role == "score" and (unscored or (row.weight is not None and empty(row.weight))):
            continue
        severity = Severity.WARNING if unscored and role == "weight" else None
        yield _blank(
            form, entry, entries, row.subject, f"“{row.subject}”的{_COLUMNS[role]}没有填。", severity
        )


def _total(form: Form) -> Iterator[Finding]:
    total = form.total
    if total is None:
        return
    name = squeeze(total.label.text)
    scored = [row.score for row in counted(form) if not empty(row.score)]
    weighted = [row.weight for row in counted(form) if not empty(row.weight)]
    converted = total.weighted_score is not None and not total.weighted_score.blank
    if total.score is not None and total.score.blank and scored and not converted:
        yield _blank(form, total.score, scored, name, f"{name}的得分没有填。")
    if total.weight is not None and total.weight.blank and weighted:
        yield _blank(form, total.weight, weighted, name, f"{name}的分值没有填。", Severity.WARNING)


def _projects(form: Form) -> Iterator[Finding]:
    if form.kind is not Kind.PROJECT_LIST:
        return
    used = [row for row in form.projects if any(not empty(getattr(row, role)) for role in _PROJECT_COLUMNS)]
    for role, name in _PROJECT_COLUMNS.items():
        entries = [(row, entry) for row in used if (entry := getattr(row, role)) is not None]
        filled = sum(1 for _, entry in entries if not entry.blank)
        for row, entry in entries:
            if entry.blank and filled * 2 >= len(entries):
                subject = squeeze(row.name.text) if row.name is not None else ""
                yield _blank(form, entry, (row.name,), subject, f"项目“{subject}”的{name}没有填。")
