"""## 问题

全年执行数大于资金到位数：没有到位的钱不可能支出。

## 依据

执行数是国库集中支付或单位账上实际支付的数，以到位资金为限（转移支付绩效目标自评表注 3）。

## 例子

错例 D2：到位 100 万元，执行了 120 万元

| 项目资金（万元） | 全年预算数 | 资金到位数 | 全年执行数 |
| 年度资金总额 | 120 | 100 | 120 |
| 一级指标 | 三级指标 | 指标值 | 实际完成值 |
| 产出指标 | 培训人数 | ≥300人 | 320人 |

正例 C2=120：补计到位的资金

## 改法

核对到位数和执行数；用了上年结转或其他资金支付的，把这部分计入到位数。
"""

from __future__ import annotations

from collections.abc import Iterator

from perfxl.form.figures import plain
from perfxl.form.model import Form, FundSource
from perfxl.rules.amounts import amount, slipped
from perfxl.rules.finding import Finding, Rule, Severity
from perfxl.rules.reading import empty, shown
from perfxl.settings.parameters import Settings

RULE = Rule(
    "PX208", "执行数大于到位数", Severity.WARNING, "转移支付区域（项目）绩效目标自评表注 3：执行数的口径"
)


def check(form: Form, settings: Settings) -> Iterator[Finding]:
    """Find rows that spent more than was paid in; parts only as a note, since money moves between sources."""
    wrong_unit = slipped(form)
    for row in form.funds:
        arrived, spent = amount(form, row.arrived), amount(form, row.executed)
        if (
            row.arrived is None
            or row.executed is None
            or empty(row.arrived)
            or arrived is None
            or spent is None
        ):
            continue
        if row.executed.address in wrong_unit or row.arrived.address in wrong_unit:
            continue
        if shown(spent) <= shown(arrived) or spent.value <= arrived.value:
            continue
        yield RULE.finding(
            form,
            row.executed,
            (row.arrived,),
            subject=row.subject,
            message=f"{row.subject}的执行数 {plain(shown(spent))} 大于到位数 {plain(shown(arrived))}。",
            expected=f"不大于 {plain(shown(arrived))}",
            actual=plain(shown(spent)),
            fix=f"核对 {row.executed.address} 和 {row.arrived.address}。",
            severity=None if row.source is FundSource.TOTAL else Severity.NOTE,
        )
