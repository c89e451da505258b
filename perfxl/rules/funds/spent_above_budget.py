"""## 问题

全年执行数大于全年预算数：钱花得比预算多。

总额一行超出算错误；其中某一项超出、而总额没有超出的，多半是资金来源之间没有对应好，作警告。
表下的备注里写到了这一行的执行数（例如说明含上年结转在当年执行），只作提示。
“全年（调整）预算数”留空、执行数大于年初预算数的，可能是没有填调整后的预算，作警告。

## 依据

预算法第十三条：各级政府、各部门、各单位的支出必须以经批准的预算为依据，未列入预算的不得支出。
执行率的得分最高不超过分值，超出的部分不能加分。

## 例子

年初预算数（A）1172.55 万元，全年执行数（B）1268.72 万元，执行率 108.2%。

## 改法

核对执行数；年中追加过预算的，填写调整后的预算数；确实用了上年结转资金的，在备注中说明。
"""

from __future__ import annotations

from collections.abc import Iterator

from perfxl.form.figures import plain
from perfxl.form.labels import squeeze
from perfxl.form.model import Form, FundRow, FundSource
from perfxl.rules.amounts import Base, amount, base, slipped
from perfxl.rules.finding import Finding, Rule, Severity
from perfxl.rules.reading import percent_text, shown
from perfxl.settings.parameters import Settings

RULE = Rule("PX203", "执行数大于预算数", Severity.ERROR, "预算法第十三条；自评表执行率得分不超过分值")


def check(form: Form, settings: Settings) -> Iterator[Finding]:
    """Find every fund row whose printed spending is above its printed budget."""
    wrong_unit = slipped(form)
    for row in form.funds:
        budget, spent = base(form, row), amount(form, row.executed)
        if budget is None or spent is None or row.executed is None:
            continue
        over = shown(spent) - shown(budget.amount)
        # One of the two may be shown with fewer decimals than it has: both must say so.
        if over <= 0 or spent.value <= budget.amount.value or row.executed.address in wrong_unit:
            continue
        share = spent.value / budget.amount.value if budget.amount.value > 0 else None
        rate = f"，执行率 {percent_text(share)}" if share is not None else ""
        yield RULE.finding(
            form,
            row.executed,
            (budget.entry, row.rate),
            subject=row.subject,
            message=f"{row.subject}的执行数 {plain(shown(spent))} 大于预算数 {plain(shown(budget.amount))}，"
            f"多 {plain(over)}{rate}。",
            expected=f"不大于 {plain(shown(budget.amount))}",
            actual=plain(shown(spent)),
            fix=f"核对 {row.executed.address}；年中调整过预算的，填写调整后的预算数；用了结转资金的，在备注中说明。",
            severity=_severity(form, row, budget),
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
