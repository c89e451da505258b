"""Which form belongs to a scoresheet: by project name and indicators, and none in doubt."""

from __future__ import annotations

import pytest

from perfxl.form.model import Form
from perfxl.form.read import read_forms
from perfxl.scoring.cells import Printed
from perfxl.scoring.companions import Seat, companion, row_like
from tests.tables import workbook

SCORESHEET = """
{title} | < | < | < | <
一级指标 | 三级指标 | 评分标准 | 分值 | 得分
产出 | 联网医院数量 | 全年完成数/50*40分 | 40 | 40
^ | 累计网络故障 | 少于6天得满分,否则不得分 | 40 | 40
效益 | 服务水平 | 由评价组评定 | 20 | 20
"""
PROJECT = """
项目支出绩效自评表 | < | < | <
（{year}年度） | < | < | <
项目名称 | {name} | < | <
一级指标 | 三级指标 | 指标值 | 实际完成值
产出 | {first} | 50家 | 50家
^ | 累计网络故障天数 | ＜6天 | 5天
"""


def forms(title: str, *projects: tuple[str, str], year: str = "2020") -> list[Form]:
    drawn = [PROJECT.format(name=name, first=first, year=year) for name, first in projects]
    return list(read_forms(workbook(SCORESHEET.format(title=title), *drawn)))


def chosen(title: str, *projects: tuple[str, str], year: str = "2020") -> int | None:
    """The number of the project form that is taken, counted from 1."""
    scoresheet, *others = forms(title, *projects, year=year)
    seats = [Seat(form, Printed()) for form in others]
    found = companion(scoresheet, seats)
    return None if found is None else [seat.form for seat in seats].index(found.form) + 1


SAME, OTHER = "联网医院数量", "会议次数"


@pytest.mark.parametrize(
    ("title", "projects", "number"),
    [
        ("自评打分表（医疗保障能力建设项目）", [("医疗保障能力建设", OTHER)], 1),
        ("自评打分表（医疗保障能力建设）", [("机房托管费", OTHER), ("医疗保障能力建设项目经费", OTHER)], 2),
        ("自评打分表（异地就提平台运行维护项目）", [("异地就医结算平台运行维护费用", SAME)], 1),
        ("自评打分表（异地就提平台运行维护项目）", [("异地就医结算平台运行维护费用", OTHER)], None),
        (
            "自评打分表（异地平台运行维护）",
            [("异地平台一期运行维护", SAME), ("异地平台二期运行维护", SAME)],
            None,
        ),
        ("自评打分表（办公楼维修）", [("机房托管费", SAME)], None),
        ("自评打分表（机房托管费）", [*((f"项目{n}", OTHER) for n in range(80)), ("机房托管费", SAME)], 81),
        ("自评打分表", [("机房托管费", SAME)], 1),
        ("自评打分表", [("机房托管费", SAME), ("办公楼维修", SAME)], None),
        ("自评打分表（会议费）", [("会议费", OTHER), ("会议费", SAME)], 2),
        ("自评打分表（2020年度）", [("机房托管费", SAME)], 1),
    ],
)
def test_the_form_of_the_same_project_is_found(
    title: str, projects: list[tuple[str, str]], number: int | None
) -> None:
    assert chosen(title, *projects) == number


def test_another_year_is_another_form() -> None:
    assert chosen("2020年自评打分表（机房托管费）", ("机房托管费", SAME), year="2020") == 1
    assert chosen("2020年自评打分表（机房托管费）", ("机房托管费", SAME), year="2021") is None


def test_rows_go_together_by_their_names() -> None:
    scoresheet, project = forms("自评打分表（机房托管费）", ("机房托管费", SAME))
    found = [row_like(row, project.indicators) for row in scoresheet.indicators]
    assert [row and row.subject for row in found] == ["联网医院数量", "累计网络故障天数", None]
