"""The parameters in force for a year, and that each carries its source."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest

from perfxl.form.model import Form
from perfxl.form.read import read_forms
from perfxl.settings import parameters
from perfxl.settings.parameters import jurisdictions, settings_for
from tests.tables import workbook


class Year(NamedTuple):
    """A thing with a year, as a form is."""

    year: int | None


@pytest.mark.parametrize("year", [None, 2012, 2020, 2023, 2030])
def test_every_year_has_its_parameters(year: int | None) -> None:
    settings = settings_for(Year(year))
    assert settings.full_marks == 100
    assert settings.execution_weight == 10
    assert settings.over_target_line == Decimal("1.30")


def test_every_value_says_where_it_comes_from() -> None:
    settings = settings_for(Year(None))
    scales = [scale.source for scale in settings.grade_scales]
    for source in (*settings.sources.values(), *scales):
        assert source.mark in ("V", "S", "C", "G")
        assert source.article
        assert source.mark != "V" or source.address


@pytest.mark.parametrize(
    ("score", "words"),
    [
        ("100", {"优", "优秀"}),
        ("90", {"优", "优秀"}),
        ("89.99", {"良", "良好"}),
        ("75", {"中", "中等", "合格"}),
        ("60", {"中", "中等", "合格", "基本合格"}),
        ("59.99", {"差", "较差", "不合格"}),
        ("-1", {"差", "较差", "不合格"}),
    ],
)
def test_grades_at_their_borders(score: str, words: set[str]) -> None:
    scales = settings_for(Year(2022)).grade_scales
    assert {scale.word(Decimal(score)) for scale in scales} == words


# Places ----------------------------------------------------------------------------------------------------------------

FORM = """
| {title} | < | < | < |
| 项目名称 | 甲项目 | 主管部门 | {department} |
| 一级指标 | 三级指标 | 指标值 | 实际完成值 |
| 产出指标 | 人次 | 5人 | 5人 |
"""


def form(title: str = "项目支出绩效自评表", department: str = "甲局") -> Form:
    (found,) = read_forms(workbook(FORM.format(title=title, department=department)))
    return found


@pytest.mark.parametrize(
    ("title", "department", "place"),
    [
        ("项目支出绩效自评表", "甲局", ""),
        ("湖北省项目支出绩效自评表", "甲局", "湖北省"),
        ("项目支出绩效自评表", "武汉市甲局", "湖北省"),
        ("银川市本级部门项目支出绩效自评表", "甲局", "宁夏银川市"),
        ("项目支出绩效自评表", "四川省甲局", "四川省"),
        ("项目支出绩效自评表", "石家庄市甲局", "河北省"),
        ("湖北与四川项目绩效自评表", "甲局", ""),
    ],
)
def test_the_place_is_read_off_title_and_units(title: str, department: str, place: str) -> None:
    assert settings_for(form(title, department)).jurisdiction == place


def test_a_place_has_its_own_values_and_the_national_ones() -> None:
    hubei, national = settings_for(form("湖北省项目支出绩效自评表")), settings_for(form())
    assert hubei.execution_weight == 20
    assert national.execution_weight == 10
    assert (hubei.bands[1], national.bands[1]) == (Decimal("0.5"), Decimal("0.6"))
    assert (hubei.reverse_rule, hubei.full_marks) == (national.reverse_rule, national.full_marks)


@pytest.mark.parametrize("name", jurisdictions())
def test_a_place_may_be_named_and_each_of_its_values_says_where_it_comes_from(name: str) -> None:
    settings = settings_for(form(), name)
    assert settings.jurisdiction == name
    for source in settings.sources.values():
        assert source.mark in ("V", "S", "C", "G")
        assert source.article
        assert source.mark != "V" or source.address


def test_a_place_that_nobody_knows() -> None:
    with pytest.raises(KeyError):
        settings_for(form(), "某省")


def test_a_place_is_added_by_adding_a_file() -> None:
    files = {path.stem for path in Path(parameters.__file__).parent.glob("*.toml")}
    assert len(jurisdictions()) == len(files - {"national"})
