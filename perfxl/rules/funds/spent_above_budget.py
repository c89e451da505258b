"""## 问题

全年执行数大于全年预算数：钱花得比预算多。

总额一行超出算错误；其中某一项超出、而总额没有超出的，多半是资金来源之间没有对应好，作警告。
表下的备注里写到了这一行的执行数（例如说明含上年结转在当年执行），只作提示。
项目清单逐个项目比较。“全年（调整）预算数”留空、执行数大于年初预算数的，可能是没有填调整后的预算，作警告。

## 依据

预算法第十三条：各级政府、各部门、各单位的支出必须以经批准的预算为依据，未列入预算的不得支出。
执行率的得分最高不超过分值，超出的部分不能加分。

## 例子

错例 C2：执行数比预算数多 96.17

| 项目资金（万元） | 年初预算数（A） | 全年执行数（B） | 执行率（B/A） |
| 年度资金总额 | 1172.55 | 1268.72 | %108.2 |
| 一级指标 | 三级指标 | 指标值 | 实际完成值 |
| 产出指标 | 办理事项数 | 300件 | 320件 |

正例 C2=1168.72；D2=%99.67：核对后改正执行数

## 改法

核对执行数；年中追加过预算的，填写调整后的预算数；确实用了上年结转资金的，在备注中说明。
"""

from __future__ import annotations

from collections.abc import Iterator

from perfxl.form.figures import Figure, plain
from perfxl.form.labels import squeeze
from perfxl.form.model import Entry, Form, FundRow, FundSource, one_line
from perfxl.rules.amounts import Base, amount, base, slipped
from perfxl.rules.finding import Finding, Rule, Severity
from perfxl.rules.reading import percent_text, shown
from perfxl.settings.parameters import Settings

RULE = Rule("PX203", "执行数大于预算数", Severity.ERROR, "预算法第十三条；自评表执行率得分不超过分值")


def check(form: Form, settings: Settings) -> Iterator[Finding]:
    """Find every fund row, and every project of a list, whose printed spending is above its printed budget."""
    wrong_unit = slipped(form)
    for row in form.funds:
        budget, spent = base(form, row), amount(form, row.executed)
        if budget is None or spent is None or row.executed is None or row.executed.address in wrong_unit:
            continue
        if budget.role == "arrived":
            continue  # PX208
        severity = _severity(form, row, budget)
        yield from _compare(
            form, row.subject, (budget.entry, budget.amount), (row.executed, spent), row.rate, severity
        )
    for project in form.projects:
        planned, spent = amount(form, project.budget), amount(form, project.executed)
        if planned is None or spent is None or project.budget is None or project.executed is None:
            continue
        name = one_line(project.name.text) if project.name is not None else ""
        yield from _compare(
            form, name, (project.budget, planned), (project.executed, spent), None, Severity.ERROR
        )


def _compare(
    form: Form,
    subject: str,
    budget: tuple[Entry, Figure],
    spent: tuple[Entry, Figure],
    rate_entry: Entry | None,
    severity: Severity,
) -> Iterator[Finding]:
    planned, used = shown(budget[1]), shown(spent[1])
    # One of the two may be shown with fewer decimals than it has: both must say so.
    if used <= planned or spent[1].value <= budget[1].value:
        return
    rate = f"，执行率 {percent_text(spent[1].value / budget[1].value)}" if budget[1].value > 0 else ""
    at = spent[0]
    yield RULE.finding(
        form,
        at,
        (budget[0], rate_entry),
        subject=subject,
        message=f"{subject}的执行数 {plain(used)} 大于预算数 {plain(planned)}，多 {plain(used - planned)}{rate}。",
        expected=f"不大于 {plain(planned)}",
        actual=plain(used),
        fix=f"核对 {at.address}；年中调整过预算的，填写调整后的预算数；用了结转资金的，在备注中说明。",
        severity=severity,
    )


def _severity(form: Form, row: FundRow, budget: Base) -> Severity:
    if row.executed is not None and _explained(form, row.executed.text):
        return Severity.NOTE
    adjusted_missing = budget.role == "initial" and row.budget is not None
    return Severity.ERROR if row.source is FundSource.TOTAL and not adjusted_missing else Severity.WARNING


def _explained(form: Form, printed: str) -> bool:
    """Whether a remark below the tables speaks of this very amount."""
    bare = squeeze(printed).replace(",", "").rstrip("元万亿")
    remarks = (squeeze(entry.text).replace(",", "") for entry in form.footer.values())
    return len(bare) > 2 and any(bare in remark for remark in remarks)
