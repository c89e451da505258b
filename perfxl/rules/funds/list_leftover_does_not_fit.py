"""## 问题

项目清单里，执行数加上交回财政的结余大于预算数：钱多出来了，必有一个数错。

小于预算数的不报（其余的可能结转下年）。

## 依据

结余＝预算数－执行数；交回财政的不会比结余多（分项绩效项目清单的列：预算数、执行数、结余交回财政数）。

## 例子

错例 E2：11.6 万元执行了 11 万元，最多结余 0.6 万元，交回却填 6

| 序号 | 项目名称 | 预算数 | 执行数 | 结余交回财政数 | 自评得分 | 绩效目标 | 完成情况 |
| 1 | 办公经费 | 11.6 | 11 | 6 | 99 | 保障运转 | 保障了全年运转 |
| 2 | 医疗救助 | 336 | 336 | 0 | 95 | 规范救助管理 | 救助1200人次 |

正例 E2=0.6：结余等于预算数减执行数

## 改法

核对预算数、执行数和交回数，把错的一个改过来。
"""

from __future__ import annotations

from collections.abc import Iterator

from perfxl.form.figures import plain
from perfxl.form.model import Form, one_line
from perfxl.rules.amounts import amount
from perfxl.rules.finding import Finding, Rule, Severity
from perfxl.rules.reading import shown
from perfxl.settings.parameters import Settings

RULE = Rule(
    "PX209",
    "执行数加交回的结余大于预算数",
    Severity.WARNING,
    "分项绩效项目清单：结余交回财政数＝预算数－执行数",
)


def check(form: Form, settings: Settings) -> Iterator[Finding]:
    """Find projects of a list that spent and returned more than they had, and did not spend more by itself."""
    for project in form.projects:
        budget, spent = amount(form, project.budget), amount(form, project.executed)
        returned = amount(form, project.returned)
        if budget is None or spent is None or returned is None or project.returned is None:
            continue
        left = shown(budget) - shown(spent)
        if left < 0 or shown(returned) <= left:
            continue
        yield RULE.finding(
            form,
            project.returned,
            (project.budget, project.executed),
            subject=one_line(project.name.text) if project.name is not None else "",
            message=f"预算 {plain(shown(budget))}、执行 {plain(shown(spent))}，最多结余 {plain(left)}，"
            f"交回却填 {plain(shown(returned))}。",
            expected=f"不大于 {plain(left)}",
            actual=plain(shown(returned)),
            fix=f"核对 {project.returned.address} 和这个项目的预算数、执行数。",
        )
