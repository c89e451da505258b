"""## 问题

同一个项目的几张表，同一个指标的分值不一样。汇总表采用多数表的分值。

## 依据

同一项目的绩效目标统一设定、分解下达，各单位同一指标的分值应当一致（转移支付绩效目标自评表填报说明；汇总的得分按汇总表的分值计算）。

## 例子

错例 自评表3!D6：丙县把 50 分写成了 40 分

| 转移支付区域（项目）绩效目标自评表 | < | < | < |
| 转移支付（项目）名称 | 医疗救助补助 | 资金使用单位 | 甲县 |
| 项目资金（万元） | 全年预算数（A） | 全年执行数（B） | 执行率 |
| 年度资金总额 | 100 | 90 | %90 |
| 三级指标 | 指标值 | 全年完成值 | 分值 |
| 救助人次 | ≥100人次 | 120人次 | 50 |

| 转移支付区域（项目）绩效目标自评表 | < | < | < |
| 转移支付（项目）名称 | 医疗救助补助 | 资金使用单位 | 乙县 |
| 项目资金（万元） | 全年预算数（A） | 全年执行数（B） | 执行率 |
| 年度资金总额 | 100 | 90 | %90 |
| 三级指标 | 指标值 | 全年完成值 | 分值 |
| 救助人次 | ≥100人次 | 120人次 | 50 |

| 转移支付区域（项目）绩效目标自评表 | < | < | < |
| 转移支付（项目）名称 | 医疗救助补助 | 资金使用单位 | 丙县 |
| 项目资金（万元） | 全年预算数（A） | 全年执行数（B） | 执行率 |
| 年度资金总额 | 100 | 90 | %90 |
| 三级指标 | 指标值 | 全年完成值 | 分值 |
| 救助人次 | ≥100人次 | 120人次 | 40 |

正例：三张表分值相同

| 转移支付区域（项目）绩效目标自评表 | < | < | < |
| 转移支付（项目）名称 | 医疗救助补助 | 资金使用单位 | 甲县 |
| 项目资金（万元） | 全年预算数（A） | 全年执行数（B） | 执行率 |
| 年度资金总额 | 100 | 90 | %90 |
| 三级指标 | 指标值 | 全年完成值 | 分值 |
| 救助人次 | ≥100人次 | 120人次 | 50 |

| 转移支付区域（项目）绩效目标自评表 | < | < | < |
| 转移支付（项目）名称 | 医疗救助补助 | 资金使用单位 | 乙县 |
| 项目资金（万元） | 全年预算数（A） | 全年执行数（B） | 执行率 |
| 年度资金总额 | 100 | 90 | %90 |
| 三级指标 | 指标值 | 全年完成值 | 分值 |
| 救助人次 | ≥100人次 | 120人次 | 50 |

| 转移支付区域（项目）绩效目标自评表 | < | < | < |
| 转移支付（项目）名称 | 医疗救助补助 | 资金使用单位 | 丙县 |
| 项目资金（万元） | 全年预算数（A） | 全年执行数（B） | 执行率 |
| 年度资金总额 | 100 | 90 | %90 |
| 三级指标 | 指标值 | 全年完成值 | 分值 |
| 救助人次 | ≥100人次 | 120人次 | 50 |

## 改法

与下达的绩效目标核对，请单位改正后重新汇总；确实不同的，以汇总单位核定的分值为准。
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from perfxl.form.figures import plain
from perfxl.rules.finding import Finding, Rule, Severity
from perfxl.rules.handed import Together
from perfxl.rules.marks import points
from perfxl.settings.parameters import Settings

RULE = Rule("PX602", "同一指标的分值在各表中不一致", Severity.WARNING, "转移支付绩效目标自评表填报说明")


def check(together: Together, settings: Settings) -> Iterator[Finding]:
    """Yield one finding for each row whose weight is not that of most forms of the project."""
    if not together.single_project:
        return
    for line in together.lines:
        given = [
            (member, row.weight, found.value)
            for member, row in zip(together.members, line.rows, strict=True)
            if row is not None and row.weight is not None and (found := points(row.weight)) is not None
        ]
        usual = Counter(value for _, _, value in given).most_common(1)
        for member, entry, value in given:
            if value != usual[0][0]:
                yield RULE.finding(
                    member.form,
                    entry,
                    subject=line.subject,
                    message=f"“{line.subject}”的分值是 {plain(value)}，多数表是 {plain(usual[0][0])}。",
                    expected=plain(usual[0][0]),
                    actual=plain(value),
                    fix="与下达的绩效目标核对，改成一致后重新汇总。",
                )._replace(sheet=member.place)
