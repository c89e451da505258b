"""A roll-up, start to end: what is added, what is weighed, what is left to a person, and what is told."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from types import ModuleType

import openpyxl
import pytest

from perfxl.errors import NoForm, OutputNotWritten
from perfxl.form.model import Form, FundSource, Indicator, Kind
from perfxl.form.read import read_forms
from perfxl.rules.finding import Severity
from perfxl.work.check import check_file
from perfxl.work.rollup import RolledUp, rollup
from perfxl.workbook.open import open_workbook
from tests.rollup.handed import SECOND, drawn, write
from tests.rules.forms import NATIONAL, altered


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "各单位"
    made.mkdir()
    return made


def rolled(folder: Path) -> tuple[RolledUp, Form]:
    """Roll a folder up; return what became of it and the regional form as read from the workbook written."""
    result = rollup([folder], folder.parent / "汇总.xlsx")
    forms = read_forms(open_workbook(result.output))
    return result, forms[0]


def row(form: Form, name: str) -> Indicator:
    (found,) = [one for one in form.indicators if one.subject == name]
    return found


def value(entry: object) -> object:
    return getattr(entry, "value", None)


def test_money_and_absolute_values_are_added(folder: Path) -> None:
    write(folder / "甲县.xlsx", drawn())
    write(folder / "乙县.xlsx", drawn(**SECOND))
    _, form = rolled(folder)
    assert (form.kind, form.year, form.money_unit) == (Kind.TRANSFER, 2021, "万元")
    assert form.roles["project_name"].value == "医疗救助补助资金"
    total = form.total_fund
    assert total is not None
    assert (value(total.budget), value(total.executed), value(total.rate)) == (400, 390, Decimal("0.975"))
    sources = [fund.source for fund in form.funds]
    assert sources == [FundSource.TOTAL, FundSource.CENTRAL, FundSource.OTHER]
    people = row(form, "救助人次")
    assert (value(people.target), value(people.actual)) == ("≥300人次", 310)


def test_relative_values_and_levels_are_weighted_by_money(folder: Path) -> None:
    write(folder / "甲县.xlsx", drawn())
    write(folder / "乙县.xlsx", drawn(**SECOND))
    _, form = rolled(folder)
    assert value(row(form, "重特大疾病救助占比").actual) == Decimal("0.2288")  # (30·100 + 20.5·300) / 400
    assert value(row(form, "重特大疾病救助占比").target) == "≥28%"
    assert value(row(form, "系统响应时间").actual) == 45  # (30·100 + 50·300) / 400: times do not add up
    assert value(row(form, "救助对象满意度").actual) == Decimal("0.8345")


def test_a_qualitative_result_is_weighted_where_units_state_percentages(folder: Path) -> None:
    write(folder / "甲县.xlsx", drawn(burden="%95"))
    write(folder / "乙县.xlsx", drawn(**SECOND, burden="%85"))
    _, form = rolled(folder)
    assert value(row(form, "群众就医负担").actual) == Decimal("0.875")


@pytest.mark.parametrize(
    ("first", "second", "joint"),
    [
        ("达成预期指标", "达成预期指标", "达成预期指标"),
        ("达成预期指标", "已完成", "达成预期指标"),
        ("达成预期指标", "未完成", "部分达成预期指标（2个单位中1个达成）"),
        ("自付比例下降两成", "自付费用明显减轻", None),
        ("85%", "自付费用明显减轻", None),  # one unit's percentage is not the region's
    ],
)
def test_words_are_gathered_only_where_they_prove_something(
    folder: Path, first: str, second: str, joint: str | None
) -> None:
    write(folder / "甲县.xlsx", drawn(burden=first))
    write(folder / "乙县.xlsx", drawn(**SECOND, burden=second))
    _, form = rolled(folder)
    assert value(row(form, "群众就医负担").actual) == joint


def test_amounts_in_yuan_are_converted(folder: Path) -> None:
    write(folder / "甲县.xlsx", drawn())
    write(folder / "乙县.xlsx", drawn(**SECOND))
    write(
        folder / "丙县.xlsx",
        drawn(unit="丙县医保局", money="元", budget="1000000", executed="500000", rate="%50"),
    )
    _, form = rolled(folder)
    total = form.total_fund
    assert total is not None
    assert (value(total.budget), value(total.executed)) == (500, 440)
    assert value(row(form, "系统响应时间").actual) == 42  # 丙县 weighs 100 万元


def test_a_value_that_is_no_figure_is_left_out_and_said_so(folder: Path) -> None:
    write(folder / "甲县.xlsx", drawn(people="全年应救尽救"))
    write(folder / "乙县.xlsx", drawn(**SECOND))
    result, form = rolled(folder)
    assert value(row(form, "救助人次").actual) == 190
    (line,) = [one for one in result.regionals[0].aggregates if one.line.subject == "救助人次"]
    assert [bool(part.why) for part in line.parts] == [False, True]  # 乙县, 甲县: files by name


def test_reasons_carry_their_unit(folder: Path) -> None:
    write(folder / "甲县.xlsx", drawn())
    write(folder / "乙县.xlsx", drawn(**SECOND))
    _, form = rolled(folder)
    assert value(row(form, "救助对象满意度").reason) == "乙县医保局：宣传不够，下一步加强入户宣传"
    assert value(row(form, "救助人次").reason) is None


def test_a_copy_counts_once_and_is_named(folder: Path) -> None:
    write(folder / "甲县.xlsx", drawn())
    write(folder / "甲县 - 副本.xlsx", drawn())
    write(folder / "乙县.xlsx", drawn(**SECOND))
    result, form = rolled(folder)
    total = form.total_fund
    assert total is not None and value(total.budget) == 400
    assert [one.contribution.file for one in result.entered if one.why] == ["甲县 - 副本.xlsx"]
    assert [(one.code, one.sheet, one.cell) for one in result.findings] == [
        ("PX601", "[甲县 - 副本.xlsx]自评表", "C5")
    ]


def test_two_forms_of_one_unit_both_count_with_a_warning(folder: Path) -> None:
    write(folder / "甲县1.xlsx", drawn())
    write(folder / "甲县2.xlsx", drawn(people="130人次"))
    result, form = rolled(folder)
    assert value(row(form, "救助人次").actual) == 250
    assert [(one.code, one.severity) for one in result.findings] == [("PX601", Severity.WARNING)]


def test_years_and_projects_are_kept_apart(folder: Path) -> None:
    for unit, year in (("甲县", "2021"), ("乙县", "2021"), ("丙县", "2020"), ("丁县", "2020")):
        write(folder / f"{unit}.xlsx", drawn(unit=unit, year=year))
    for unit in ("甲县", "乙县"):
        write(
            folder / f"{unit}能力.xlsx",
            drawn(unit=unit, project="服务能力提升资金", budget="7", executed="7"),
        )
    result, _ = rolled(folder)
    found = {(one.group.year, one.name, len(one.members)) for one in result.regionals}
    assert found == {
        (2021, "医疗救助补助资金", 2),
        (2020, "医疗救助补助资金", 2),
        (2021, "服务能力提升资金", 2),
    }
    assert {one.code for one in result.findings} == {"PX604"}
    assert len(read_forms(open_workbook(result.output))) == 3


def test_different_projects_of_one_office_add_up_in_one_form(folder: Path) -> None:
    for number, budget in enumerate(("150", "40"), start=1):
        other = altered(
            NATIONAL,
            C3=("平台建设", "机房运行维护")[number - 1],
            C6=budget,
            D6=budget,
            E6=budget,
            G6="%100",
            H6="10",
        )
        write(folder / f"{number}.xlsx", altered(other, C14=f"指标{'甲乙'[number - 1]}"))
    result, form = rolled(folder)
    assert [len(one.members) for one in result.regionals] == [2]
    total = form.total_fund
    assert total is not None and value(total.budget) == 190
    assert (
        total.score is None and row(form, "指标甲").score is None
    )  # weights of two projects do not total 100


def test_a_single_form_keeps_the_scores_its_unit_gave(folder: Path) -> None:
    write(folder / "1.xlsx", NATIONAL)
    _, form = rolled(folder)
    assert value(row(form, "数据共享水平").score) == 28
    assert form.total is not None and form.total.score is not None
    assert value(form.total.score) == Decimal("95.99")


def test_a_scored_form_is_scored_from_the_aggregated_values(folder: Path) -> None:
    write(folder / "甲.xlsx", altered(NATIONAL, F4="甲中心"))
    write(folder / "乙.xlsx", altered(NATIONAL, F4="乙中心", E15="%92"))
    _, form = rolled(folder)
    total = form.total_fund
    assert total is not None
    assert (value(total.budget), value(total.weight), value(total.score)) == (292, 10, Decimal("8.99"))
    assert value(row(form, "接入部门数").score) == 20  # ≥40个, 44个
    assert value(row(form, "系统验收合格率").score) == 20  # 95 % of 98 % and 92 %
    assert form.total is not None
    assert form.total.weight is not None and value(form.total.weight) == 100


def test_every_formula_is_confirmed_by_libreoffice(
    folder: Path, tmp_path: Path, libreoffice: ModuleType
) -> None:
    write(folder / "甲县.xlsx", drawn())
    write(folder / "乙县.xlsx", drawn(**SECOND))
    write(
        folder / "丙县.xlsx",
        drawn(unit="丙县医保局", money="元", budget="1000001", executed="333333", rate="%33.33"),
    )
    write(folder / "项目甲.xlsx", altered(NATIONAL, F4="甲中心"))
    write(folder / "项目乙.xlsx", altered(NATIONAL, F4="乙中心", E15="%92", C6="0.1", D6="0.2", E6="0.07"))
    result, _ = rolled(folder)
    (tmp_path / "重算").mkdir()
    (computed,) = libreoffice.recalculate([result.output], tmp_path / "重算")
    ours, theirs = (openpyxl.load_workbook(path, data_only=True) for path in (result.output, computed))
    formulas = openpyxl.load_workbook(result.output)
    compared = 0
    for sheet in formulas:
        for line in sheet.iter_rows():
            for cell in line:
                if cell.data_type != "f":
                    continue
                mine, other = (book[sheet.title][cell.coordinate].value for book in (ours, theirs))
                if isinstance(mine, str):
                    assert mine == other, (sheet.title, cell.coordinate)
                else:
                    assert mine == pytest.approx(other, rel=1e-9, abs=1e-9), (sheet.title, cell.coordinate)
                compared += 1
    assert compared > 40


def test_the_regional_form_passes_its_own_check_but_for_what_a_person_must_fill(folder: Path) -> None:
    write(folder / "甲县.xlsx", drawn(burden="%90"))
    write(
        folder / "乙县.xlsx",
        drawn(**{**SECOND, "people": "230人次", "share": "%31", "satisfied": "%90", "burden": "%85"}),
    )
    result, _ = rolled(folder)
    found = check_file(result.output).findings
    assert [(one.code, one.subject) for one in found] == [("PX101", "总体目标实际完成情况")]


def test_an_unreadable_file_hides_no_other(folder: Path) -> None:
    write(folder / "甲县.xlsx", drawn())
    (folder / "坏.xlsx").write_bytes(b"PK\x03\x04")
    (folder / "~$甲县.xlsx").write_bytes(b"lock")
    result, form = rolled(folder)
    assert [one.file for one in result.unread] == ["坏.xlsx"]
    assert result.status == 2
    assert form.total_fund is not None


def test_a_second_run_does_not_count_its_own_output(folder: Path) -> None:
    write(folder / "甲县.xlsx", drawn())
    for _ in range(2):
        result = rollup([folder], folder / "汇总.xlsx")
    assert [one.contribution.file for one in result.entered] == ["甲县.xlsx"]


def test_an_earlier_roll_up_of_the_same_files_is_left_out(folder: Path) -> None:
    write(folder / "甲县.xlsx", drawn())
    write(folder / "乙县.xlsx", drawn(**SECOND))
    rollup([folder], folder / "上次汇总.xlsx")
    result, form = rolled(folder)
    assert result.earlier == ("上次汇总.xlsx",)
    assert form.total_fund is not None and value(form.total_fund.budget) == 400


def test_roll_ups_of_several_regions_are_rolled_up_again(folder: Path, tmp_path: Path) -> None:
    for city in ("甲市", "乙市"):
        below = tmp_path / city
        below.mkdir()
        write(below / f"{city}一县.xlsx", drawn(unit=f"{city}一县"))
        write(below / f"{city}二县.xlsx", drawn(**{**SECOND, "unit": f"{city}二县"}))
        rollup([below], folder / f"{city}.xlsx")
    result, form = rolled(folder)
    assert form.total_fund is not None and value(form.total_fund.budget) == 800
    assert value(row(form, "救助人次").target) == "≥600人次"
    assert value(row(form, "救助人次").actual) == 620
    assert value(row(form, "重特大疾病救助占比").actual) == Decimal("0.2288")
    assert "PX601" not in {one.code for one in result.findings}


def test_nothing_to_aggregate_is_said(folder: Path) -> None:
    with pytest.raises(NoForm):
        rollup([folder], folder.parent / "汇总.xlsx")
    assert not (folder.parent / "汇总.xlsx").exists()


def test_an_output_that_cannot_be_written_is_said(folder: Path) -> None:
    write(folder / "甲县.xlsx", drawn())
    with pytest.raises(OutputNotWritten):
        rollup([folder], folder / "没有这个文件夹" / "汇总.xlsx")
