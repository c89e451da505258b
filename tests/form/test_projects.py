"""Project lists as offices group them: names of groups, subtotals, the total."""

from __future__ import annotations

from perfxl.form.read import read_forms
from tests.tables import workbook

GROUPED = """
| 2025年度分项绩效项目清单（单位：万元） | < | < | < | < |
| 序号 | 项目名称 | 预算数 | 执行数 | 备注 |
| 一、信息化类 | < | < | < | < |
| 1 | 系统运维 | 120 | 110 | |
| 2 | 机房托管 | 30 | 30 | |
| 小计 | < | 150 | 140 | |
| 二、宣传类 | < | < | < | < |
| 3 | 政策宣传 | 20 | 15 | |
| | 小计 | 20 | 15 | |
| 合计 | < | 170 | 155 | |
| 注：数据截至2025年12月31日 | < | < | < | < |
"""


def test_groups_and_their_subtotals_are_no_projects() -> None:
    (form,) = read_forms(workbook(GROUPED))
    assert [row.name.text for row in form.projects if row.name] == ["系统运维", "机房托管", "政策宣传"]
    assert form.total is not None
    assert form.total.budget is not None
    assert form.total.budget.address == "C10"
