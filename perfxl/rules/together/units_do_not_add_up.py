"""## 问题

同一个指标，各单位填的数单位不同（有的填人数，有的填百分比），加不起来，汇总表里这一项空着。

## 依据

定量指标汇总：绝对值直接累加，相对值按资金额度加权平均（转移支付绩效目标自评表填报说明 4）；两种数不能混在一起。

## 例子

错例 自评表2!C6：乙县填的是百分比

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
| 救助人次 | ≥90% | %95 |  |

| 转移支付区域（项目）绩效目标自评表 | < | < | < |
| 转移支付（项目）名称 | 医疗救助补助 | 资金使用单位 | 丙县 |
| 项目资金（万元） | 全年预算数（A） | 全年执行数（B） | 执行率 |
| 年度资金总额 | 100 | 90 | %90 |
| 三级指标 | 指标值 | 全年完成值 | 未完成原因和改进措施 |
| 救助人次 | ≥100人次 | 110人次 |  |

正例：都填人次

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
| 救助人次 | ≥100人次 | 95人次 | 时间不足，明年提前启动 |

## 改法

请单位按下达的指标值的单位改填后重新汇总。
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from perfxl.rules.finding import Finding, Rule, Severity
from perfxl.rules.handed import Together, joint_unit, said
from perfxl.settings.parameters import Settings

RULE = Rule("PX603", "各单位填的数单位不同，不能汇总", Severity.WARNING, "转移支付绩效目标自评表填报说明 4")


def check(together: Together, settings: Settings) -> Iterator[Finding]:
    """Yield one finding for each figure in another unit than most of its line, where the line cannot be added up."""
    for line in together.lines:
        read = [
            (member, row, said(member.form, row))
            for member, row in zip(together.members, line.rows, strict=True)
            if row is not None
        ]
        figures = [(member, row.actual, one.figure) for member, row, one in read if one.figure is not None]
        if not figures or joint_unit(one for _, _, one in read) is not None:
            continue
        usual = Counter(figure.unit.dimension for _, _, figure in figures).most_common(1)[0][0]
        like = next(figure.unit.name for _, _, figure in figures if figure.unit.dimension == usual)
        for member, entry, figure in figures:
            if figure.unit.dimension != usual and entry is not None:
                yield RULE.finding(
                    member.form,
                    entry,
                    subject=line.subject,
                    message=(
                        f"“{line.subject}”的完成值以“{figure.unit.name or '个数'}”计，"
                        f"多数单位以“{like or '个数'}”计，不能汇总。"
                    ),
                    expected=like,
                    actual=figure.unit.name,
                    fix="按下达的指标值的单位改填后重新汇总。",
                )._replace(sheet=member.place)
