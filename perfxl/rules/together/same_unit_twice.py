"""## 问题

同一个单位的表交了两份：内容相同的（副本、计算后的副本和原件）只计一次；内容不同的都计入了，但很可能有一份是作废的修改稿。

## 依据

汇总时每个资金使用单位的数只能计一次（转移支付绩效目标自评表填报说明 4：汇总各资金使用单位填写的完成值）。

## 例子

错例 自评表2!D2：甲县的表有两份，执行数不同

| 转移支付区域（项目）绩效目标自评表 | < | < | < |
| 转移支付（项目）名称 | 医疗救助补助 | 资金使用单位 | 甲县医保局 |
| 项目资金（万元） | 全年预算数（A） | 全年执行数（B） | 执行率 |
| 年度资金总额 | 100 | 90 | %90 |
| 三级指标 | 指标值 | 全年完成值 | 未完成原因和改进措施 |
| 救助人次 | ≥100人次 | 120人次 | |

| 转移支付区域（项目）绩效目标自评表 | < | < | < |
| 转移支付（项目）名称 | 医疗救助补助 | 资金使用单位 | 甲县医保局 |
| 项目资金（万元） | 全年预算数（A） | 全年执行数（B） | 执行率 |
| 年度资金总额 | 100 | 95 | %95 |
| 三级指标 | 指标值 | 全年完成值 | 未完成原因和改进措施 |
| 救助人次 | ≥100人次 | 120人次 | |

正例：两个单位各交一份

| 转移支付区域（项目）绩效目标自评表 | < | < | < |
| 转移支付（项目）名称 | 医疗救助补助 | 资金使用单位 | 甲县医保局 |
| 项目资金（万元） | 全年预算数（A） | 全年执行数（B） | 执行率 |
| 年度资金总额 | 100 | 90 | %90 |
| 三级指标 | 指标值 | 全年完成值 | 未完成原因和改进措施 |
| 救助人次 | ≥100人次 | 120人次 | |

| 转移支付区域（项目）绩效目标自评表 | < | < | < |
| 转移支付（项目）名称 | 医疗救助补助 | 资金使用单位 | 乙县医保局 |
| 项目资金（万元） | 全年预算数（A） | 全年执行数（B） | 执行率 |
| 年度资金总额 | 100 | 95 | %95 |
| 三级指标 | 指标值 | 全年完成值 | 未完成原因和改进措施 |
| 救助人次 | ≥100人次 | 120人次 | |

## 改法

只留有效的一份，把作废的移出文件夹后重新汇总；确实是两个单位的，把单位名称写全。
"""

from __future__ import annotations

from collections.abc import Iterator

from perfxl.form.model import Entry
from perfxl.rules.finding import Finding, Rule, Severity
from perfxl.rules.handed import Contribution, Together
from perfxl.rules.reading import whole
from perfxl.settings.parameters import Settings

RULE = Rule("PX601", "同一单位的表交了两份", Severity.WARNING, "转移支付绩效目标自评表填报说明 4")


def check(together: Together, settings: Settings) -> Iterator[Finding]:
    """Yield one finding for each form whose unit has another one for the same project, and for each repetition."""
    for copy, original in together.repeated:
        yield _finding(copy, original, f"这份表与 {original.place} 内容相同，只计了一次。")
    if not together.single_project:
        return
    first: dict[tuple[str, int | None], Contribution] = {}
    for member in together.members:
        other = first.setdefault((member.unit, member.form.year), member)
        if other is not member and _unit(member) is not None:
            yield _finding(
                member, other, f"“{member.unit}”另有一份内容不同的表（{other.place}），两份都计入了汇总。"
            )


def _finding(copy: Contribution, original: Contribution, message: str) -> Finding:
    at = _unit(copy) or whole(copy.form)
    return RULE.finding(
        copy.form,
        at,
        subject=copy.unit,
        message=message,
        expected="每个单位一份",
        actual="两份",
        fix="只留有效的一份，把另一份移出文件夹后重新汇总。",
    )._replace(sheet=copy.place)


def _unit(contribution: Contribution) -> Entry | None:
    roles = contribution.form.roles
    return next((entry for role in ("unit", "department") if (entry := roles.get(role)) and entry.text), None)
