"""## 问题

这张表是用旧版表样做的，现在已有新版：各栏名称、分值、注释可能有变化，收表单位会退回旧版的表。

表样和版本印在表的下方（“表样 project 第1版”），工作簿里也有记号；记号丢了的，按各栏名称与历次版本对照来认。

## 依据

程序自带或本单位自备的表样（templates/xlsx、本单位模板文件夹）所写的版本。

## 例子

错例 A1：表样的版本比现在的早

| 项目支出绩效自评表 | < | < | < |
| （2023年度） | < | < | < |
| 一级指标 | 三级指标 | 年度指标值 | 实际完成值 |
| 产出指标 | 接入部门数 | ≥20个 | 22个 |
| 表样 project 第0版 | < | < | < |

正例 A5=表样 project 第1版：是现在的版本

## 改法

用现在的表样重新生成，把旧表的内容带过来：perfxl new 表名 -o 新表.xlsx --from 旧表.xlsx；收表单位仍要旧版的，不用改。
"""

from __future__ import annotations

from collections.abc import Iterator

from perfxl.form.labels import squeeze
from perfxl.form.model import Form
from perfxl.rules.finding import Finding, Rule, Severity
from perfxl.rules.reading import whole
from perfxl.settings.forms import outdated
from perfxl.settings.parameters import Settings

RULE = Rule("PX110", "用的是旧版表样", Severity.NOTE, "表样文件所写的版本")


def check(form: Form, settings: Settings) -> Iterator[Finding]:
    """Find a form that says, or shows by its columns, that it was made from an earlier version of a declared form."""
    found = outdated(form)
    if found is None:
        return
    origin, today = found
    at = whole(form)
    yield RULE.finding(
        form,
        at,
        subject=squeeze(at.text),
        message=f"这张表是用“{today.title}”第 {origin.version} 版表样做的，现在是第 {today.version} 版。",
        expected=f"第 {today.version} 版",
        actual=f"第 {origin.version} 版",
        fix=f"用 perfxl new {today.id} 生成新版的表，把内容带过来；收表单位仍要旧版的，不用改。",
    )
