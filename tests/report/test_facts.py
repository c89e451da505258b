"""Facts: each figure with its cells, nothing that the form does not prove."""

from __future__ import annotations

from decimal import Decimal

import pytest

from perfxl.report.facts import Facts, facts
from perfxl.report.pairing import joined
from perfxl.report.stated import Stated
from perfxl.rules.check import check_form
from perfxl.settings.parameters import GradeScale, Source, Step
from tests.report.drawn import PROJECT, only
from tests.tables import sheet


def of(drawing: str) -> Facts:
    form, _ = only(drawing)
    return facts(form, check_form(form))


def test_amounts_carry_the_form_s_unit_and_cells() -> None:
    row = of(PROJECT).total_fund
    assert row is not None
    assert row.budget == Stated("146万元", ("D5",), Decimal(146))
    assert row.executed == Stated("131.24万元", ("E5",), Decimal("131.24"))
    assert row.rate == Stated("89.89%", ("E5", "D5"), Decimal("0.8989"), "E5/D5")
    assert row.left == Stated("14.76万元", ("D5", "E5"), Decimal("14.76"), "D5-E5")
    assert (row.weight, row.score) == (
        Stated("10", ("F5",), Decimal(10)),
        Stated("8.99", ("H5",), Decimal("8.99")),
    )


def test_a_rate_without_a_budget_is_the_printed_one() -> None:
    blank = PROJECT.replace("| 150 | 146 | 131.24 |", "| | | 131.24 |")
    row = of(blank).total_fund
    assert row is not None and row.rate is not None
    assert (row.rate.text, row.rate.cells, row.left) == ("89.89%", ("G5",), None)


def test_groups_are_the_sums_of_their_rows() -> None:
    found = of(PROJECT)
    assert [(g.name, g.weight and g.weight.text, g.score and g.score.text) for g in found.groups] == [
        ("产出指标", "50", "48.95"),
        ("效益指标", "40", "39"),
    ]
    output = found.groups[0]
    assert output.score is not None and output.score.cells == ("G11", "G12")
    assert [part.name for part in output.parts] == ["数量指标", "质量指标"]


def test_a_blank_score_leaves_the_group_without_a_sum() -> None:
    found = of(PROJECT.replace("| 20 | 18.95 |", "| 20 | |"))
    assert found.groups[0].score is None
    assert found.groups[0].parts[0].score is not None


def test_a_score_merged_over_rows_counts_once() -> None:
    merged = PROJECT.replace("| 90% | 20 | 18.95 |", "| 90% | 20 | ^ |")
    assert of(merged).groups[0].score == Stated("30", ("G11",), Decimal(30), "G11")


def test_a_target_is_met_or_missed_only_where_the_cells_decide_it() -> None:
    met = {row.name.text: row.met for row in of(PROJECT).indicators}
    assert (met["养护里程"], met["验收合格率"], met["群众满意度"]) == (True, False, None)
    counts = of(PROJECT).counts
    assert counts.met + counts.missed + counts.undecided == counts.level3 == 4
    assert counts.missed == 1


@pytest.mark.parametrize(("target", "actual"), [("路况良好", "完成养护计划"), ("290%", "92%"), ("≥90%", "—")])
def test_what_the_cells_leave_open_is_not_decided(target: str, actual: str) -> None:
    row = of(PROJECT.replace("≥95% | 90%", f"{target} | {actual}")).indicators[1]
    assert row.met is None


def test_a_copied_target_proves_nothing_where_points_were_lost() -> None:
    copied = PROJECT.replace("≥95% | 90%", "逐年提高 | 逐年提高")
    assert of(copied).indicators[1].met is None


def test_a_reason_that_repeats_a_figure_is_none() -> None:
    assert of(PROJECT).indicators[1].reason == Stated("雨季长，加强排水", ("H12",))
    hollow = of(PROJECT.replace("雨季长，加强排水", "90%")).indicators[1]
    assert hollow.reason == Stated("", ("H12",))


def test_what_is_blank_and_what_is_lacking() -> None:
    rows = {row.name.text: row for row in of(PROJECT).indicators}
    assert rows["群众满意度"].actual == Stated("", ("E14",))
    assert rows["群众满意度"].lost == Stated("1", ("F14", "G14"), Decimal(1), "F14-G14")
    assert rows["养护里程"].lost is None
    without_reasons = "\n".join(
        line.rsplit("|", 2)[0] + "|" if number >= 9 else line
        for number, line in enumerate(PROJECT.strip().splitlines())
    )
    assert all(row.reason is None for row in of(without_reasons).indicators)


def test_sign_and_unit_columns_belong_to_the_target() -> None:
    (row,) = of(
        """
        | 项目支出绩效自评表 | < | < | < | < | < | < | < |
        | 一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位 | 实际完成值 | 分值 |
        | 产出指标 | 数量指标 | 受助人数 | ≧ | 735 | 人次 | 735 | 10 |
        """
    ).indicators
    assert row.target == Stated("≧735人次", ("E3", "F3", "D3"))
    assert row.actual == Stated("735人次", ("G3", "F3"))


def test_counts_leave_unused_lines_out() -> None:
    unused = PROJECT.replace("| 总分 |", "| ^ | 经济效益指标 | | | | | | |\n| 总分 |")
    assert of(unused).counts[:3] == of(PROJECT).counts[:3] == (2, 4, 4)


def test_the_score_is_the_printed_one_and_the_proven_fault_goes_along() -> None:
    found = of(PROJECT.replace("| 96.94 |", "| 98 |"))
    assert found.score == Stated("98", ("G15",), Decimal(98))
    assert [doubt.cell for doubt in found.doubts] == ["G15"]
    assert of(PROJECT).doubts == ()


def test_a_doubt_goes_where_its_figure_is_stated() -> None:
    found = of(
        PROJECT.replace("%89.89", "%98")
        .replace("产出指标（50分）", "产出指标（60分）")
        .replace("30 | 30 | |\n| ^ | 质", "30 | 31 | |\n| ^ | 质")
    )
    assert "G5" in {doubt.cell for doubt in found.fund_doubts}
    assert "A11" in {doubt.cell for doubt in found.groups[0].doubts}
    assert "G11" in {doubt.cell for doubt in found.indicators[0].doubts}


def test_every_proven_fault_is_said_once() -> None:
    form, _ = only(PROJECT.replace("%89.89", "%98").replace("| 96.94 |", "| 98 |"))
    findings = check_form(form)
    found = facts(form, findings)
    said = [*found.fund_doubts, *found.doubts]
    said += [doubt for group in found.groups for doubt in group.doubts]
    said += [doubt for group in found.groups for part in group.parts for doubt in part.doubts]
    said += [doubt for row in found.indicators for doubt in row.doubts]
    errors = [
        found for found in findings if found.severity == "error" and found.code not in ("PX101", "PX402")
    ]
    assert sorted(doubt.message for doubt in said) == sorted(error.message for error in errors)


SCALE = GradeScale("test", (Step("优", Decimal(90)), Step("差", Decimal(0))), Source("", "", "", "G"))


def test_the_grade_is_printed_or_of_a_given_scale_or_none() -> None:
    form, _ = only(PROJECT)
    assert facts(form).grade is None
    assert facts(form, scale=SCALE).grade == Stated("优", ("G15",))
    printed, _ = only(
        PROJECT.replace("| 主管部门 |", "| 自评等级 | 良 | < | < | < | < | < | < |\n| 主管部门 |")
    )
    assert facts(printed, scale=SCALE).grade == Stated("良", ("B3",))


def test_every_figure_stated_names_cells_of_the_sheet() -> None:
    drawn = {cell.address for cell in sheet(PROJECT).cells.values()}
    figures = [stated for stated in of(PROJECT).stated() if stated.value is not None]
    assert figures
    for stated in figures:
        assert stated.cells
        assert set(stated.cells) <= drawn


@pytest.mark.parametrize(
    ("cell", "text"), [("%89.89", "89.89%"), ('"89.9%"', "89.89%"), ("89.89", "89.89%"), ("", "89.89%")]
)
def test_the_rate_is_computed_whatever_is_printed(cell: str, text: str) -> None:
    row = of(PROJECT.replace("%89.89", cell)).total_fund
    assert row is not None and row.rate is not None and row.rate.text == text


SCORESHEET = """
| 部门预算项目自评打分表 | < | < | < | < | < |
| 项目名称：新城道路改造 | < | < | < | < | < |
| 一级指标 | 二级指标 | 三级指标 | 评分标准 | 分值 | 自评得分 |
| 项目管理 | 资金管理 | 预算执行率 | 执行率≥90%得满分，否则不得分 | 40 | 0 |
| 项目产出 | 数量 | 道路长度 | 按完成比率计分 | 60 | 60 |
| 合计 | < | < | < | 100 | 60 |
"""


def test_the_points_of_a_scoresheet_s_project_form_are_no_part_of_its_own() -> None:
    form, _ = only(SCORESHEET)
    other, _ = only(PROJECT)
    found = joined(of(SCORESHEET), form, of(PROJECT), other)
    assert found.total_fund is not None
    assert found.total_fund.budget is not None
    assert (found.total_fund.weight, found.total_fund.score) == (None, None)
    assert sum(group.weight.value for group in found.groups if group.weight and group.weight.value) == 100


def test_an_equals_sign_is_not_said() -> None:
    drawing = """
    | 项目支出绩效自评表 | < | < | < | < | < |
    | 一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位 | 实际完成值 |
    | 产出指标 | 质量指标 | 合格率 | = | 100 | % | 100 |
    | ^ | 数量指标 | 场次 | ≥ | 3 | 场 | 4 |
    """
    assert [row.target and row.target.text for row in of(drawing).indicators] == ["100%", "≥3场"]
