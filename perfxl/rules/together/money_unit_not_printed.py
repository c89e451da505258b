"""## 问题

别的表写明了金额单位，这份表没有写，汇总时按多数表的单位计。如果它其实是以元填的，会差一万倍。

## 依据

自评表的金额单位是万元（项目支出绩效自评表表头“项目资金（万元）”）。

## 例子

错例 自评表2!A4：乙县的表没有写单位

| 转移支付区域（项目）绩效目标自评表 | < | < | < |
| 转移支付（项目）名称 | 医疗救助补助 | 资金使用单位 | 甲县 |
| 项目资金（万元） | 全年预算数（A） | 全年执行数（B） | 执行率 |
| 年度资金总额 | 100 | 90 | %90 |
| 三级指标 | 指标值 | 全年完成值 | 未完成原因和改进措施 |
| 救助人次 | ≥100人次 | 120人次 |  |

| 转移支付区域（项目）绩效目标自评表 | < | < | < |
| 转移支付（项目）名称 | 医疗救助补助 | 资金使用单位 | 乙县 |
| 项目资金 | 全年预算数（A） | 全年执行数（B） | 执行率 |
| 年度资金总额 | 100 | 90 | %90 |
| 三级指标 | 指标值 | 全年完成值 | 未完成原因和改进措施 |
| 救助人次 | ≥100人次 | 120人次 |  |

正例：都写明了

| 转移支付区域（项目）绩效目标自评表 | < | < | < |
| 转移支付（项目）名称 | 医疗救助补助 | 资金使用单位 | 甲县 |
| 项目资金（万元） | 全年预算数（A） | 全年执行数（B） | 执行率 |
| 年度资金总额 | 100 | 90 | %90 |
| 三级指标 | 指标值 | 全年完成值 | 未完成原因和改进措施 |
| 救助人次 | ≥100人次 | 120人次 |  |

| 转移支付区域（项目）绩效目标自评表 | < | < | < |
| 转移支付（项目）名称 | 医疗救助补助 | 资金使用单位 | 乙县 |
| 项目资金（万元） | 全年预算数（A） | 全年执行数（B） | 执行率 |
| 年度资金总额 | 100 | 90 | %90 |
| 三级指标 | 指标值 | 全年完成值 | 未完成原因和改进措施 |
| 救助人次 | ≥100人次 | 120人次 |  |

## 改法

核对这份表的金额单位，并请单位在表头补上。
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from perfxl.rules.finding import Finding, Rule, Severity
from perfxl.rules.handed import Together
from perfxl.settings.parameters import Settings

RULE = Rule("PX606", "没有写金额单位，按多数表的单位计", Severity.WARNING, "项目支出绩效自评表表头")


def check(together: Together, settings: Settings) -> Iterator[Finding]:
    """Yield one finding for each form with amounts and no unit of money, where other forms print theirs."""
    printed = Counter(member.form.money_unit for member in together.members if member.form.money_unit)
    if not printed:
        return
    usual = printed.most_common(1)[0][0]
    for member in together.members:
        form = member.form
        if form.money_unit or not form.funds:
            continue
        yield RULE.finding(
            form,
            form.funds[0].label,
            subject=member.unit,
            message=f"这份表没有写金额单位，汇总时按“{usual}”计。",
            expected=str(usual),
            actual="没有写",
            fix="核对这份表的金额单位；以元填的要先改成万元再汇总。",
        )._replace(sheet=member.place)
