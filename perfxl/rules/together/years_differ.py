"""## 问题

同一个项目的表里混进了别的年度的表。各年度分开汇总，没有加在一起。

## 依据

绩效自评以预算年度为单位，汇总表是一个年度的表（转移支付绩效目标自评表表头“（××××年度）”）。

## 例子

错例 自评表3!A1：丙县交的是上一年度的表

| 转移支付区域（项目）绩效目标自评表（2022年度） | < | < | < |
| 转移支付（项目）名称 | 医疗救助补助 | 资金使用单位 | 甲县 |
| 项目资金（万元） | 全年预算数（A） | 全年执行数（B） | 执行率 |
| 年度资金总额 | 100 | 90 | %90 |
| 三级指标 | 指标值 | 全年完成值 | 未完成原因和改进措施 |
| 救助人次 | ≥100人次 | 120人次 |  |

| 转移支付区域（项目）绩效目标自评表（2022年度） | < | < | < |
| 转移支付（项目）名称 | 医疗救助补助 | 资金使用单位 | 乙县 |
| 项目资金（万元） | 全年预算数（A） | 全年执行数（B） | 执行率 |
| 年度资金总额 | 100 | 90 | %90 |
| 三级指标 | 指标值 | 全年完成值 | 未完成原因和改进措施 |
| 救助人次 | ≥100人次 | 120人次 |  |

| 转移支付区域（项目）绩效目标自评表（2021年度） | < | < | < |
| 转移支付（项目）名称 | 医疗救助补助 | 资金使用单位 | 丙县 |
| 项目资金（万元） | 全年预算数（A） | 全年执行数（B） | 执行率 |
| 年度资金总额 | 100 | 90 | %90 |
| 三级指标 | 指标值 | 全年完成值 | 未完成原因和改进措施 |
| 救助人次 | ≥100人次 | 120人次 |  |

正例：都是同一年度

| 转移支付区域（项目）绩效目标自评表（2022年度） | < | < | < |
| 转移支付（项目）名称 | 医疗救助补助 | 资金使用单位 | 甲县 |
| 项目资金（万元） | 全年预算数（A） | 全年执行数（B） | 执行率 |
| 年度资金总额 | 100 | 90 | %90 |
| 三级指标 | 指标值 | 全年完成值 | 未完成原因和改进措施 |
| 救助人次 | ≥100人次 | 120人次 |  |

| 转移支付区域（项目）绩效目标自评表（2022年度） | < | < | < |
| 转移支付（项目）名称 | 医疗救助补助 | 资金使用单位 | 乙县 |
| 项目资金（万元） | 全年预算数（A） | 全年执行数（B） | 执行率 |
| 年度资金总额 | 100 | 90 | %90 |
| 三级指标 | 指标值 | 全年完成值 | 未完成原因和改进措施 |
| 救助人次 | ≥100人次 | 120人次 |  |

## 改法

请单位改交本年度的表；确实要汇总两个年度的，分两个文件夹做。
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from perfxl.rules.finding import Finding, Rule, Severity
from perfxl.rules.handed import Together
from perfxl.rules.reading import whole
from perfxl.settings.parameters import Settings

RULE = Rule("PX604", "混有别的年度的表", Severity.WARNING, "转移支付绩效目标自评表表头")


def check(together: Together, settings: Settings) -> Iterator[Finding]:
    """Yield one finding for each form that is about another year than most forms of its project."""
    years = Counter(member.form.year for member in together.members if member.form.year is not None)
    if len(years) < 2 or not together.single_project:
        return
    usual = max(years, key=lambda year: (years[year], year))
    for member in together.members:
        form = member.form
        if form.year is None or form.year == usual:
            continue
        yield RULE.finding(
            form,
            whole(form),
            subject=member.unit,
            message=f"这是 {form.year} 年度的表，多数表是 {usual} 年度的；它没有与它们加在一起。",
            expected=str(usual),
            actual=str(form.year),
            fix="请单位改交本年度的表；确实要汇总两个年度的，分两个文件夹做。",
        )._replace(sheet=member.place)
