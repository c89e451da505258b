"""## 问题

表下方印着表样和版本（“表样 project 第1版”），表里却少了这种表样应有的栏：多半是取消保护以后删掉了一列，
或者整块粘贴时把表头盖住了。少了栏的表会被退回，程序也读不到那一栏的内容。

## 依据

表样文件（templates/xlsx 或本单位模板文件夹）所列的各栏；本单位多加的栏不算错。

## 例子

错例 A1：全国通用格式的表，少了“偏差原因分析及改进措施”一栏

| 项目支出绩效自评表 | < | < | < | < | < | < |
| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
| 产出指标 | 数量指标 | 接入部门数 | ≥20个 | 22个 | 100 | 100 |
| 表样 project 第1版 | < | < | < | < | < | < |

正例：有这一栏

| 项目支出绩效自评表 | < | < | < | < | < | < | < |
| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施 |
| 产出指标 | 数量指标 | 接入部门数 | ≥20个 | 22个 | 100 | 100 | |
| 表样 project 第1版 | < | < | < | < | < | < | < |

## 改法

用同一表样重新生成一张，把内容带过来：perfxl new 表名 -o 新表.xlsx --from 旧表.xlsx；有意改动的表，把表下方的
“表样”一行删去。
"""

from __future__ import annotations

from collections.abc import Iterator

from perfxl.form.labels import squeeze
from perfxl.form.model import Entry, Form
from perfxl.rules.finding import Finding, Rule, Severity
from perfxl.rules.reading import whole
from perfxl.settings.forms import missing_columns
from perfxl.settings.parameters import Settings

RULE = Rule("PX111", "少了表样应有的栏", Severity.WARNING, "表样文件所列的各栏")


def check(form: Form, settings: Settings) -> Iterator[Finding]:
    """Find columns that a form lacks, although the declared form that it was made from has them."""
    missing = missing_columns(form)
    if not missing:
        return
    at = whole(form)
    named = "、".join(f"“{name}”" for name in missing)
    yield RULE.finding(
        form,
        at,
        [Entry(column.label, column.cell) for column in form.indicator_columns.values()],
        subject=squeeze(at.text),
        message=f"表样里的{named}一栏，这张表里没有读到。",
        expected=f"有{named}",
        actual="没有",
        fix="看表头是不是被删掉或盖住了；可以用 perfxl new 重新生成一张，把内容带过来。",
    )
