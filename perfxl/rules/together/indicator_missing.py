"""## 问题

多数单位的表有的指标，这份表里没有，汇总的数不含这个单位。

## 依据

同一项目的绩效目标统一设定、分解下达，各单位的指标应当齐全（转移支付绩效目标自评表填报说明）。

## 例子

错例 自评表3!A1：丙县缺“培训次数”

| 转移支付区域（项目）绩效目标自评表 | < | < | < |
| 转移支付（项目）名称 | 医疗救助补助 | 资金使用单位 | 甲县 |
| 项目资金（万元） | 全年预算数（A） | 全年执行数（B） | 执行率 |
| 年度资金总额 | 100 | 90 | %90 |
| 三级指标 | 指标值 | 全年完成值 | 未完成原因和改进措施 |
| 救助人次 | ≥100人次 | 120人次 |  |
| 培训次数 | ≥2次 | 3次 |  |

| 转移支付区域（项目）绩效目标自评表 | < | < | < |
| 转移支付（项目）名称 | 医疗救助补助 | 资金使用单位 | 乙县 |
| 项目资金（万元） | 全年预算数（A） | 全年执行数（B） | 执行率 |
| 年度资金总额 | 100 | 90 | %90 |
| 三级指标 | 指标值 | 全年完成值 | 未完成原因和改进措施 |
| 救助人次 | ≥100人次 | 120人次 |  |
| 培训次数 | ≥2次 | 3次 |  |

| 转移支付区域（项目）绩效目标自评表 | < | < | < |
| 转移支付（项目）名称 | 医疗救助补助 | 资金使用单位 | 丙县 |
| 项目资金（万元） | 全年预算数（A） | 全年执行数（B） | 执行率 |
| 年度资金总额 | 100 | 90 | %90 |
| 三级指标 | 指标值 | 全年完成值 | 未完成原因和改进措施 |
| 救助人次 | ≥100人次 | 120人次 |  |

正例：指标齐全

| 转移支付区域（项目）绩效目标自评表 | < | < | < |
| 转移支付（项目）名称 | 医疗救助补助 | 资金使用单位 | 甲县 |
| 项目资金（万元） | 全年预算数（A） | 全年执行数（B） | 执行率 |
| 年度资金总额 | 100 | 90 | %90 |
| 三级指标 | 指标值 | 全年完成值 | 未完成原因和改进措施 |
| 救助人次 | ≥100人次 | 120人次 |  |
| 培训次数 | ≥2次 | 3次 |  |

| 转移支付区域（项目）绩效目标自评表 | < | < | < |
| 转移支付（项目）名称 | 医疗救助补助 | 资金使用单位 | 乙县 |
| 项目资金（万元） | 全年预算数（A） | 全年执行数（B） | 执行率 |
| 年度资金总额 | 100 | 90 | %90 |
| 三级指标 | 指标值 | 全年完成值 | 未完成原因和改进措施 |
| 救助人次 | ≥100人次 | 120人次 |  |
| 培训次数 | ≥2次 | 3次 |  |

| 转移支付区域（项目）绩效目标自评表 | < | < | < |
| 转移支付（项目）名称 | 医疗救助补助 | 资金使用单位 | 丙县 |
| 项目资金（万元） | 全年预算数（A） | 全年执行数（B） | 执行率 |
| 年度资金总额 | 100 | 90 | %90 |
| 三级指标 | 指标值 | 全年完成值 | 未完成原因和改进措施 |
| 救助人次 | ≥100人次 | 120人次 |  |
| 培训次数 | ≥2次 | 3次 |  |

## 改法

请单位补上这个指标；任务没有分到这个单位的，不用改。
"""

from __future__ import annotations

from collections.abc import Iterator

from perfxl.rules.finding import Finding, Rule, Severity
from perfxl.rules.handed import Together
from perfxl.rules.reading import whole
from perfxl.settings.parameters import Settings

RULE = Rule("PX605", "缺少多数单位都有的指标", Severity.NOTE, "转移支付绩效目标自评表填报说明")

_MOST = 2
"""An indicator that more than one form in two has is one the others should have."""


def check(together: Together, settings: Settings) -> Iterator[Finding]:
    """Yield one finding for each form that lacks indicators which most forms of its project have."""
    if not together.single_project:
        return
    lacking: dict[int, list[str]] = {}
    for line in together.lines:
        there = sum(row is not None for row in line.rows)
        if there * _MOST <= len(line.rows):
            continue
        for place, row in enumerate(line.rows):
            if row is None:
                lacking.setdefault(place, []).append(line.subject)
    for place, names in lacking.items():
        member = together.members[place]
        form = member.form
        yield RULE.finding(
            form,
            whole(form),
            subject=member.unit,
            message=f"缺少多数单位都有的指标：{'、'.join(names)}。汇总的数不含这个单位。",
            expected="、".join(names),
            actual="没有",
            fix="请单位补上；任务没有分到这个单位的，不用改。",
        )._replace(sheet=member.place)
