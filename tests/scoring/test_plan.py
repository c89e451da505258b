"""What a plan puts into which cell, what it keeps, what it leaves open. Forms are drawn as text tables."""

from __future__ import annotations

from decimal import Decimal

import pytest

from perfxl.form.model import Form
from perfxl.form.read import read_sheet
from perfxl.scoring.decisions import Change, Kept, Plan
from perfxl.scoring.edits import edits
from perfxl.scoring.plan import plan_workbook
from perfxl.workbook.grid import Area, Cell, Sheet, Workbook
from tests.tables import sheet

NATIONAL = """
项目支出绩效自评表 | < | < | < | < | < | < | <
项目名称 | 医疗救助 | < | < | 自评得分 | {header} | < | <
项目资金（万元） | < | 年初预算数 | 全年预算数(A) | 全年执行数(B) | 分值 | 执行率(B/A) | 得分
^ | 年度资金总额 | {total}
^ | 其中：当年财政拨款 | {fiscal}
^ | 上年结转资金 | {carry}
^ | 其他资金 | {other}
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施
产出指标 | 数量指标 | 救助人次 | ≥100人次 | 120人次 | 50 | {first} |
^ | 质量指标 | 救助准确率 | ≥95% | 90% | 20 | {second} |
效益指标 | 社会效益 | 群众负担 | 有所减轻 | 有所减轻 | 20 | {third} |
总分 | < | < | < | < | {weight} | {sum} |
"""
USUAL = {
    "header": "",
    "total": "200 | 146 | 131.24 | 10 | |",
    "fiscal": "200 | 146 | 131.24 | — | | —",
    "carry": "| | | — | | —",
    "other": "| | | — | | —",
    "first": "50",
    "second": "18.95",
    "third": "19",
    "weight": "100",
    "sum": "",
}


def national(**cells: str) -> Sheet:
    return sheet(NATIONAL.format(**(USUAL | cells)))


def the_form(found: Sheet) -> Form:
    (form,) = read_sheet(found)
    return form


def planned(found: Sheet, *, overwrite: bool = False) -> Plan:
    (plan,) = plan_workbook(Workbook("", (found,)), [the_form(found)], overwrite=overwrite)
    return plan


def changes(plan: Plan) -> dict[str, tuple[Decimal, str]]:
    return {change.cell: (change.after, change.formula) for change in plan.changes}


def change(plan: Plan, cell: str) -> Change:
    (found,) = (change for change in plan.changes if change.cell == cell)
    return found


def kept(plan: Plan) -> dict[str, tuple[object, Decimal]]:
    return {kept.cell: (kept.value, kept.computed) for kept in plan.kept}


def left_open(plan: Plan) -> list[str]:
    return [left.cell for left in plan.open]


def carried_out(found: Sheet, plan: Plan) -> Sheet:
    """The sheet as it reads once the plan's edits are written."""
    cells = dict(found.cells)
    for edit in edits(plan):
        row, column = edit.place()
        old = cells.get((row, column), Cell(row, column))
        cells[row, column] = old._replace(
            value=edit.value, formula=edit.formula, number_format=edit.number_format or old.number_format
        )
    return found._replace(cells=cells)


# The national form -------------------------------------------------------------------------------------------------


def test_a_form_is_computed_from_the_rate_to_the_header() -> None:
    plan = planned(national())
    assert changes(plan) == {
        "G4": (Decimal("0.8989"), "ROUND(E4/D4,4)"),
        "H4": (Decimal("8.99"), "ROUND(F4*MIN(1,E4/D4),2)"),
        "G5": (Decimal("0.8989"), "ROUND(E5/D5,4)"),
        "G12": (Decimal("96.94"), "SUM(H4,G9:G11)"),
        "F2": (Decimal("96.94"), "G12"),
    }
    assert (plan.kept, plan.open) == ((), ())


def test_a_plan_names_what_stood_there_and_where_it_belongs() -> None:
    plan = planned(national(total="200 | 146 | 131.24 | 10 | %90.00 | 9", header="97", sum="97"))
    assert [(found.cell, found.before, found.subject) for found in plan.changes] == [
        ("G4", Decimal("0.9"), "年度资金总额"),
        ("H4", 9, "年度资金总额"),
        ("G5", None, "其中：当年财政拨款"),
        ("G12", 97, "总分"),
        ("F2", 97, "自评得分"),
    ]
    assert {found.sheet for found in plan.changes} == {"自评表"}


def test_a_right_figure_typed_by_hand_becomes_a_live_formula_too() -> None:
    plan = planned(national(total="200 | 146 | 131.24 | 10 | %89.89 | 8.99", sum="96.94"))
    assert {"G4", "H4", "G12"} <= changes(plan).keys()


def test_what_was_computed_once_is_left_alone_the_second_time() -> None:
    found = national()
    once = carried_out(found, planned(found))
    assert planned(once) == Plan()


def test_nothing_is_planned_for_a_form_nobody_filled() -> None:
    blank = dict.fromkeys(("total", "fiscal", "carry", "other"), "| | | | |")
    drawing = NATIONAL.format(**(USUAL | blank | {"first": "", "second": "", "third": ""}))
    for actual in ("120人次", "90%", "有所减轻 | 20"):
        drawing = drawing.replace(f"| {actual}", "| " + actual.partition("有所减轻")[2])
    assert planned(sheet(drawing)) == Plan()


# Rates ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "rate", "opened"),
    [
        ("| 146 | 200 | 10 | | 8", ("1.3699", "ROUND(E4/D4,4)"), []),
        ("200 | | 131.24 | 10 | | 8", ("0.6562", "ROUND(E4/C4,4)"), []),
        ("200 | — | 131.24 | 10 | | 8", ("0.6562", "ROUND(E4/C4,4)"), []),
        (
            '| "146" | "131.24万元" | 10 | | 8',
            ("0.8989", 'ROUND(VALUE(SUBSTITUTE(E4,"万元",""))/VALUE(D4),4)'),
            [],
        ),
        ('| "1,460.00" | 131.24 | 10 | | 8', ("0.0899", 'ROUND(E4/VALUE(SUBSTITUTE(D4,",","")),4)'), []),
        ("| | 131.24 | 10 | | 8", None, ["G4", "H4"]),
        ("| 0 | 131.24 | 10 | | 8", None, ["G4", "H4"]),
        ("| 146 | | 10 | | 8", None, ["G4", "H4"]),
        ("| 见附件 | 131.24 | 10 | | 8", None, ["G4", "H4"]),
        ("| -146 | 131.24 | 10 | | 8", None, ["G4", "H4"]),
        ('| "146万元" | "1312400元" | 10 | | 8', None, ["G4", "H4"]),
        ("| %50 | 131.24 | 10 | | 8", None, ["G4", "H4"]),
        ("| 0 | 0 | 10 | | 8", None, []),
        ("| | 0 | 10 | | 8", None, []),
        ("| | | 10 | | 8", None, []),
    ],
)
def test_the_rate_is_b_over_a_or_says_what_is_missing(
    row: str, rate: tuple[str, str] | None, opened: list[str]
) -> None:
    plan = planned(national(total=row, fiscal="| | | — | | —"))
    assert changes(plan).get("G4") == (rate and (Decimal(rate[0]), rate[1]))
    assert left_open(plan) == opened


def test_a_rate_in_percent_numbers_stays_one() -> None:
    found = sheet(
        """
        成安县项目绩效自评表 | < | < | <
        资金 | 预算数 | 执行数 | 执行进度(%)
        年度资金总额 | 146 | 131.24 | "90.00"
        其中：财政资金 | 146 | 131.24 |
        其他资金 | 0 | 0 |
        一级指标 | 三级指标 | 指标值 | 实际完成值
        产出指标 | 人次 | 5人 | 5人
        """
    )
    plan = planned(found)
    assert changes(plan) == {
        "D3": (Decimal("89.89"), "ROUND(C3/B3*100,2)"),
        "D4": (Decimal("89.89"), "ROUND(C4/B4*100,2)"),
    }
    assert {found.number_format for found in plan.changes} == {"0.00"}


@pytest.mark.parametrize(
    ("typed", "number_format"),
    [('"89.89%"', "0.00%"), ("", "0.00%"), ("0.9", "0.00%"), ("%90.0", None), ("%90", None)],
)
def test_a_rate_is_shown_as_a_percentage(typed: str, number_format: str | None) -> None:
    plan = planned(national(total=f"| 146 | 131.24 | 10 | {typed} |"))
    assert change(plan, "G4").number_format == number_format
    assert change(plan, "G4").after == Decimal("0.8989")


def test_a_rate_typed_as_a_percent_number_in_a_number_format_stays_one() -> None:
    found = national(total="| 146 | 131.24 | 10 | 90 |")
    formatted = found._replace(
        cells={**found.cells, (4, 7): found.cells[4, 7]._replace(number_format="0.00")}
    )
    assert changes(planned(formatted))["G4"] == (Decimal("89.89"), "ROUND(E4/D4*100,2)")
    assert change(planned(found), "G4").number_format == "0.00%"


def test_a_finer_percent_format_gets_finer_figures() -> None:
    plan = planned(national(total="| 146 | 131.24 | 10 | %89.890 |"))
    assert changes(plan)["G4"] == (Decimal("0.89890"), "ROUND(E4/D4,5)")


def test_a_dash_printed_for_a_part_stays() -> None:
    plan = planned(national(fiscal="| 146 | 131.24 | — | — | —"))
    assert "G5" not in changes(plan)


def test_a_sentence_in_a_target_cell_is_left_to_the_person() -> None:
    plan = planned(national(total="| 146 | 131.24 | 10 | 详见附件说明 |"))
    assert "G4" in left_open(plan)
    assert change(
        planned(national(total="| 146 | 131.24 | 10 | 详见附件说明 |"), overwrite=True), "G4"
    ).after == Decimal("0.8989")


# The score for the rate -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("weight", "score", "formula"),
    [
        ('"10分"', "8.99", 'ROUND(VALUE(SUBSTITUTE(F4,"分",""))*MIN(1,E4/D4),2)'),
        ("%10", "8.99", "ROUND(F4*100*MIN(1,E4/D4),2)"),
        ("20", "17.98", "ROUND(F4*MIN(1,E4/D4),2)"),
    ],
)
def test_the_score_follows_the_weight_however_it_is_written(weight: str, score: str, formula: str) -> None:
    assert changes(planned(national(total=f"| 146 | 131.24 | {weight} | |")))["H4"] == (
        Decimal(score),
        formula,
    )


def test_the_score_stops_at_the_weight() -> None:
    assert changes(planned(national(total="| 146 | 200 | 10 | |")))["H4"][0] == 10


def test_a_row_without_weight_has_no_score_but_asks_for_the_weight() -> None:
    plan = planned(national(total="| 146 | 131.24 | | |"))
    assert "H4" not in changes(plan)
    assert left_open(plan) == ["H4"]


@pytest.mark.parametrize(("other", "scored"), [("88", True), ("50", False)])
def test_without_a_column_for_it_the_weight_is_what_the_indicators_leave(other: str, scored: bool) -> None:
    found = sheet(
        f"""
        项目支出绩效自评表 | < | < | < | <
        资金（万元） | 预算数(A) | 执行数(B) | 执行率(B/A) | 得分
        年度资金总额 | 146 | 131.24 | |
        一级指标 | 三级指标 | 指标值 | 实际完成值 | 分值 | 得分
        产出指标 | 人次 | 5人 | 5人 | {other} | {other}
        ^ | 人数 | 5人 | 5人 | 2 | 2
        """
    )
    plan = planned(found)
    assert (changes(plan).get("E3"), left_open(plan)) == (
        ((Decimal("8.99"), "ROUND(10*MIN(1,C3/B3),2)"), []) if scored else (None, ["E3"])
    )


def test_a_unit_typed_behind_the_score_moves_into_its_format() -> None:
    plan = planned(national(total='| 146 | 131.24 | 10 | | "9分"'))
    assert (change(plan, "H4").before, change(plan, "H4").number_format) == ("9分", 'General"分"')


def test_the_weight_may_stand_in_the_label_of_the_column() -> None:
    found = sheet(
        """
        项目支出绩效自评表 | < | < | < | <
        资金（万元） | 预算数(A) | 执行数(B) | 执行率(B/A) | 得分(20分*执行率)
        年度财政资金总额 | 50 | 10 | | 5
        一级指标 | 三级指标 | 年初目标值 | 实际完成值 | 得分
        产出指标 | 猪舍 | 22.8 | 22.8 | 40
        ^ | 饲料房 | 3 | 3 | 39.5
        合计 | < | < | < |
        """
    )
    assert changes(planned(found)) == {
        "D3": (Decimal("0.2"), "ROUND(C3/B3,4)"),
        "E3": (Decimal(4), "ROUND(20*MIN(1,C3/B3),2)"),
        "E7": (Decimal("83.5"), "SUM(E3,E5:E6)"),
    }


def test_a_part_with_points_of_its_own_is_scored_but_not_added() -> None:
    plan = planned(national(fiscal="| 100 | 92.87 | 10 | | 10"))
    assert changes(plan)["H5"] == (Decimal("9.29"), "ROUND(F5*MIN(1,E5/D5),2)")
    assert changes(plan)["G12"] == (Decimal("96.94"), "SUM(H4,G9:G11)")


# Sums ------------------------------------------------------------------------------------------------------------------


def test_a_blank_fund_total_is_filled_from_its_parts() -> None:
    plan = planned(
        national(
            total="200 | | | 10 | |",
            fiscal="| 100 | 90 | — | | —",
            carry="| 30 | 30 | — | | —",
            other="| 16 | 11.24 | — | | —",
        )
    )
    found = changes(plan)
    assert found["D4"] == (Decimal(146), "SUM(D5:D7)")
    assert found["E4"] == (Decimal("131.24"), "SUM(E5:E7)")
    assert found["G4"] == (Decimal("0.8989"), "ROUND(E4/D4,4)")
    assert found["H4"][0] == Decimal("8.99")


def test_a_fund_total_that_was_given_is_never_replaced() -> None:
    plan = planned(
        national(total="| 150 | 131.24 | 10 | |", fiscal="| 146 | 131.24 | — | | —"), overwrite=True
    )
    assert "D4" not in changes(plan)


def test_sources_under_fiscal_money_are_not_added_a_second_time() -> None:
    found = sheet(
        """
        转移支付绩效目标自评表 | < | < | <
        资金（万元） | 全年预算数(A) | 全年执行数(B) | 预算执行率(B/A)
        年度资金总额 | | 90 |
        其中：财政拨款 | 100 | 90 |
        中央补助 | 60 | 60 |
        地方资金 | 40 | 30 |
        其他资金 | 20 | 0 |
        一级指标 | 三级指标 | 指标值 | 全年实际完成值
        产出指标 | 人次 | 5人 | 5人
        """
    )
    assert changes(planned(found))["B3"] == (Decimal(120), "SUM(B4,B7)")


def test_a_blank_total_weight_is_summed_a_typed_one_stays() -> None:
    assert changes(planned(national(weight="")))["F12"] == (Decimal(100), "SUM(F4,F9:F11)")
    assert "F12" not in changes(planned(national(weight="99")))


@pytest.mark.parametrize(
    ("first", "second", "total", "formula"),
    [
        ('"50"', "18.95", "96.94", "SUM(H4,VALUE(G9),G10:G11)"),
        (
            '"50分"',
            '"18.95分"',
            "96.94",
            'SUM(H4,VALUE(SUBSTITUTE(G9,"分","")),VALUE(SUBSTITUTE(G10,"分","")),G11)',
        ),
        ("—", "18.95", "46.94", "SUM(H4,G9:G11)"),
        ("", "18.95", "96.94", "SUM(H4,G9:G11)"),
        ("50", "^", "77.99", "SUM(H4,G9:G11)"),
    ],
)
def test_the_total_counts_every_score_once(first: str, second: str, total: str, formula: str) -> None:
    assert changes(planned(national(first=first, second=second)))["G12"] == (Decimal(total), formula)


def test_a_score_that_is_no_number_is_named() -> None:
    plan = planned(national(first="合格"))
    assert left_open(plan) == ["G9"]
    assert changes(plan)["G12"][0] == Decimal("46.94")


def test_without_any_score_there_is_no_total() -> None:
    plan = planned(national(total="| | | 10 | |", fiscal="| | | — | | —", first="—", second="—", third=""))
    assert changes(plan) == {}
    assert left_open(plan) == ["G9", "G10", "G11", "G12"]


def test_a_header_without_a_total_row_has_the_sum_itself() -> None:
    drawing = NATIONAL.format(**USUAL)
    found = sheet("\n".join(line for line in drawing.strip().splitlines() if not line.startswith("总分")))
    assert changes(planned(found))["F2"] == (Decimal("96.94"), "SUM(H4,G9:G11)")


def test_an_error_among_the_scores_stops_the_total() -> None:
    found = national()
    broken = found._replace(cells={**found.cells, (10, 7): Cell(10, 7, "#DIV/0!", "1/0", error=True)})
    plan = planned(broken)
    assert "G12" not in changes(plan)
    assert "G12" in left_open(plan)


def test_the_execution_rate_among_the_indicators_is_not_counted_twice() -> None:
    found = sheet(
        """
        项目支出绩效自评表 | < | < | < | < | <
        资金（万元） | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
        年度资金总额 | 146 | 131.24 | 10 | |
        一级指标 | 三级指标 | 指标值 | 实际完成值 | 分值 | 得分
        过程 | 预算执行率 | 100% | 89.89% | 10 | 8.99
        产出指标 | 人次 | 5人 | 5人 | 90 | 90
        总分 | < | < | < | 100 |
        """
    )
    assert changes(planned(found))["F7"] == (Decimal("98.99"), "SUM(F5:F6)")


def test_a_form_with_converted_scores_keeps_its_total() -> None:
    found = sheet(
        """
        预算项目绩效自评表 | < | < | < | < | < | <
        一级指标 | 三级指标 | 指标值 | 实际完成值 | 单项指标得分 | 权重占比(%) | 单项指标折算得分
        产出指标 | 人次 | 5人 | 5人 | 25 | 25 | 6.25
        ^ | 人数 | 5人 | 5人 | 25 | 75 | 6.25
        总分 | < | < | < | | 100 |
        """
    )
    plan = planned(found)
    assert changes(plan) == {}
    assert left_open(plan) == ["G5"]


# Scores of indicators ------------------------------------------------------------------------------------------------


PROCESS = """
项目支出绩效自评表 | < | < | < | < | <
资金（万元） | 年初预算数 | 调整预算数（A） | 全年执行数（B） | 执行率（B/A） | <
年度资金总额 | 146 | | 131.24 | %89.89 | <
一级指标 | 三级指标 | 参考分值 | 指标值（A） | 全年实际值（B） | 得分
过程管理 | 预算执行率 | 10 | {target} | 89.89% | {score}
^ | 资金使用合规性 | 90 | 合规 | 合规 | {other}
合计 | < | 100 | < | < |
"""


def process(target: str = "≥90%", score: str = "9", other: str = "90") -> Sheet:
    return sheet(PROCESS.format(target=target, score=score, other=other))


def test_a_typed_score_for_the_rate_is_kept_beside_the_computed_one() -> None:
    plan = planned(process())
    assert kept(plan) == {"F5": (9, Decimal("8.99"))}
    assert changes(plan)["F7"] == (Decimal(99), "SUM(F5:F6)")
    assert kept(planned(process(score="8.99"))) == {}


def test_a_typed_score_is_replaced_when_that_is_asked_for() -> None:
    plan = planned(process(), overwrite=True)
    assert changes(plan)["F5"] == (Decimal("8.99"), "ROUND(C5*MIN(1,D3/B3),2)")
    assert changes(plan)["F7"][0] == Decimal("98.99")


@pytest.mark.parametrize(
    ("target", "filled"), [("", True), ("100%", True), ("≥100%", True), ("%100", True), ("≥90%", False)]
)
def test_a_blank_score_for_the_rate_is_filled_only_where_one_reading_is_sensible(
    target: str, filled: bool
) -> None:
    plan = planned(process(target=target, score=""))
    assert ("F5" in changes(plan), "F5" in left_open(plan)) == (filled, not filled)
    assert changes(plan)["F7"][0] == (Decimal("98.99") if filled else 90)


def test_a_blank_score_that_only_a_person_can_give_is_listed() -> None:
    plan = planned(process(other=""))
    assert left_open(plan) == ["F6"]


# Formulas of the form's own -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "total",
    [
        "=SUM(H4,G9:G11) -> 96.94",
        "=SUM(H4,G9:G11)",
        "=H4+G9+G10+G11",
        '=SUM(G9:G11)+IF(H4="",0,H4)',
        "=ROUND(SUM(G9:G11)+H4,2) -> 87.95",
    ],
)
def test_a_formula_of_the_right_value_is_left_as_it_is(total: str) -> None:
    plan = planned(national(sum=total))
    assert "G12" not in changes(plan)
    assert kept(plan) == {}
    assert changes(plan)["F2"] == (Decimal("96.94"), "G12")


def test_a_total_whose_formula_gives_another_value_is_computed() -> None:
    plan = planned(national(sum="=SUM(G9:G11) -> 87.95"))
    assert kept(plan) == {}
    assert changes(plan)["G12"] == (Decimal("96.94"), "SUM(H4,G9:G11)")
    assert changes(plan)["F2"] == (Decimal("96.94"), "G12")


def test_a_formula_nobody_can_evaluate_here_is_kept_too() -> None:
    plan = planned(national(sum="=SUMPRODUCT(G9:G11,F9:F11)"))
    assert kept(plan) == {"G12": (None, Decimal("96.94"))}
    assert "F2" in left_open(plan)


@pytest.mark.parametrize(
    "rate", ["=E4/D4 -> 0.898904109589041", "=E4/D4", "=ROUND(E4/D4,4) -> 0.8989", "=IFERROR(E4/D4,0)"]
)
def test_a_rate_of_the_form_s_own_need_not_be_rounded(rate: str) -> None:
    plan = planned(national(total=f"| 146 | 131.24 | 10 | {rate} |"))
    assert "G4" not in changes(plan)
    assert kept(plan) == {}


def test_a_rate_may_rest_on_formulas_whose_results_are_not_stored() -> None:
    plan = planned(national(total="| =D5+D6 | =SUM(E5:E7) | 10 | |", fiscal="| 146 | 131.24 | — | | —"))
    assert changes(plan)["G4"] == (Decimal("0.8989"), "ROUND(E4/D4,4)")


def test_what_rests_on_an_unknown_result_is_left_open() -> None:
    plan = planned(national(total="| =Sheet9!A1 | 131.24 | 10 | |"))
    assert {"G4", "H4"} <= set(left_open(plan))


def test_formulas_in_a_circle_are_no_trap() -> None:
    plan = planned(national(total="| =E4 | =D4 | 10 | |"))
    assert {"G4", "H4"} <= set(left_open(plan))


@pytest.mark.parametrize("stored", ["0", "97.95"])
def test_a_wrong_stored_result_does_not_make_a_right_formula_wrong(stored: str) -> None:
    plan = planned(national(sum=f"=SUM(H4,G9:G11) -> {stored}", fiscal="200 | =D4 -> 0 | 131.24 | — | | —"))
    assert "G12" not in changes(plan)
    assert kept(plan) == {}
    assert changes(plan)["G5"] == (Decimal("0.8989"), "ROUND(E5/D5,4)")
    assert [(renewed.cell, renewed.value) for renewed in plan.refreshed] == [
        ("D5", 146),
        ("G12", Decimal("96.94")),
    ]


def test_no_formula_is_written_that_would_turn_in_a_circle() -> None:
    plan = planned(national(sum="=F2 -> 97", header="97"))
    assert changes(plan)["G12"] == (Decimal("96.94"), "SUM(H4,G9:G11)")
    assert changes(plan)["F2"] == (Decimal("96.94"), "G12")
    plan = planned(national(total="200 | | 131.24 | 10 | |", fiscal="| =D4-D6 -> 146 | 131.24 | — | | —"))
    assert ("D4" in changes(plan), "D4" in left_open(plan)) == (False, True)


def test_results_that_the_plan_overtakes_are_renewed() -> None:
    found = national(
        total="200 | 146 | 131.24 | 10 | | 10", sum="=SUM(H4,G9:G11) -> 97.95", header="=G12 -> 97.95"
    )
    plan = planned(found)
    assert changes(plan).keys() == {"G4", "H4", "G5"}
    assert [(renewed.cell, renewed.value, renewed.formula) for renewed in plan.refreshed] == [
        ("F2", Decimal("96.94"), "G12"),
        ("G12", Decimal("96.94"), "SUM(H4,G9:G11)"),
    ]
    assert planned(carried_out(found, plan)) == Plan()


# Cells that label and value share ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "is_kept", "is_open"),
    [("自评得分：96.94", False, False), ("自评得分：98", True, False), ("自评得分：", False, True)],
)
def test_a_label_is_never_wiped_out_by_a_figure(typed: str, is_kept: bool, is_open: bool) -> None:
    drawing = NATIONAL.format(**USUAL).replace("自评得分 |  | < | <", f"{typed} | < | < | <")
    found = sheet(drawing)
    plan = planned(found)
    assert "E2" not in changes(plan)
    assert ("E2" in kept(plan), "E2" in left_open(plan)) == (is_kept, is_open)


# Several things ------------------------------------------------------------------------------------------------------


def test_no_cell_is_planned_twice() -> None:
    plan = planned(national(first="50", second="^", third="^"))
    cells = [*changes(plan), *kept(plan), *left_open(plan)]
    assert len(cells) == len(plan.changes) + len(plan.kept) + len(plan.open)
    assert len(cells) == len(set(cells))


def test_edits_carry_formula_value_and_format() -> None:
    plan = planned(national())
    (rate, *_) = edits(plan)
    assert (rate.sheet, rate.cell, rate.value, rate.formula, rate.number_format) == (
        "自评表",
        "G4",
        Decimal("0.8989"),
        "ROUND(E4/D4,4)",
        "0.00%",
    )
    assert len(edits(plan)) == len(plan.changes) + len(plan.refreshed)


def test_kept_figures_are_listed_with_the_formula_that_computes_them() -> None:
    (found,) = planned(process()).kept
    assert isinstance(found, Kept)
    assert (found.formula, found.subject) == ("ROUND(C5*MIN(1,D3/B3),2)", "预算执行率")


@pytest.mark.parametrize(("rate", "is_kept"), [("0.8989", False), ("0.9", True)])
@pytest.mark.parametrize("overwrite", [False, True])
def test_a_cell_of_an_array_formula_is_never_written_alone(rate: str, is_kept: bool, overwrite: bool) -> None:
    found = national(total=f"200 | 146 | 131.24 | 10 | {rate} |")
    plan = planned(found._replace(arrays=(Area(4, 7, 7, 7),)), overwrite=overwrite)
    assert "G4" not in changes(plan)
    assert ("G4" in kept(plan)) is is_kept
    assert "H4" in changes(plan)


def test_what_is_left_to_a_person_has_bounds_where_the_weight_is_known() -> None:
    plan = planned(process(score="", other=""))
    assert [(left.cell, left.least, left.most) for left in plan.open if left.most is not None] == [
        ("F5", 0, 10),
        ("F6", 0, 90),
    ]


def test_converted_scores_are_added_up_where_each_row_is_scored_out_of_a_hundred() -> None:
    assert changes(planned(sheet(WEIGHTED)))["E5"] == (Decimal(48), "SUM(E2:E4)")


WEIGHTED = """
    | 三级指标 | 指标值 | 权重 | 单项得分 | 加权得分 |
    | 补贴机具 | 300台 | %30 | 100 | 30 |
    | 兑付及时率 | 100% | %20 | 90 | 18 |
    | 宣传 | 5次 | %50 | 0 | 0 |
    | 合计 | | %100 | | 95 |
"""


def test_a_total_keeps_the_execution_rate_s_points_that_no_column_shows() -> None:
    drawing = """
        | 项目资金（万元） | 全年预算数 | 全年执行数 | 执行率 | < |
        | 年度资金总额 | 200 | 190 | 95% | < |
        | 三级指标 | 指标值 | 完成值 | 分值 | 得分 |
        | 巡河次数 | ≥48次 | 52次 | 90 | 90 |
        | 总分 | | | 100 | 99.5 |
    """
    assert changes(planned(sheet(drawing)))["E5"] == (
        Decimal("99.5"),
        "SUM(E4)+ROUND(10*MIN(1,C2/B2),2)",
    )


@pytest.mark.parametrize(
    ("row", "rate"),
    [("146 | 1312400 | 10 | 89.89% | 8.99", None), ("1460000 | 131.24 | 10 | 89.89% | 8.99", None),
     ("1460000 | 131.24 | 10 | | ", Decimal("0.0001"))],
)  # fmt: skip
def test_no_rate_comes_of_yuan_against_ten_thousands(row: str, rate: Decimal | None) -> None:
    plan = planned(national(total=f"200 | {row}"))
    assert changes(plan).get("G4", (None,))[0] == rate
    assert ("G4" in left_open(plan)) == (rate is None)


def test_the_weight_of_the_fund_row_may_be_a_fraction_too() -> None:
    drawing = """
        | 项目资金（万元） | 全年预算数 | 全年执行数 | 权重 | 执行率 | 得分 |
        | 年度资金总额 | 300 | 270 | 0.1 | 90% | |
        | 三级指标 | 指标值 | 完成值 | 权重 | 得分 | 备注 |
        | 安装地锁 | ≥600套 | 620套 | 0.5 | 50 | |
        | 车位周转率 | ≥3次/天 | 3.4次/天 | 0.4 | 40 | |
    """
    assert changes(planned(sheet(drawing)))["F2"][0] == Decimal(9)


SUBTOTALS = """
项目支出绩效自评表 | < | < | < | < | < | <
项目名称 | 农村公路养护 | < | 主管单位 | 某县公路局 | < | <
项目资金（万元） | < | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
^ | 年度资金总额 | 800 | 760 | 10 | 95% | 9.5
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
产出 | 数量指标 | 日常养护里程 | ≥620公里 | 628公里 | 20 | 20
^ | ^ | 修复危桥 | 3座 | 2座 | 10 | 6
{first}
^ | 质量指标 | 优良路率 | ≥85% | 86% | 20 | 20
{second}
效益 | 社会效益 | 事故起数 | ≤12起 | 9起 | 40 | 40
总分 | < | < | < | < | 100 |
"""


class TestSubtotals:
    def of(self, first: str, second: str) -> Plan:
        return planned(sheet(SUBTOTALS.format(first=first, second=second)))

    def test_blank_ones_sum_up_the_group_they_name(self) -> None:
        plan = self.of("^ | 数量指标小计 | < | < | < | |", "产出小计 | < | < | < | < | |")
        found = changes(plan)
        assert (found["F8"][0], found["G8"][0]) == (Decimal(30), Decimal(26))
        assert (found["F10"][0], found["G10"][0]) == (Decimal(50), Decimal(46))
        assert "G8" not in found["G10"][1]

    def test_the_total_counts_no_subtotal(self) -> None:
        plan = self.of("^ | 数量指标小计 | < | < | < | |", "产出小计 | < | < | < | < | 50 | 46")
        assert changes(plan)["G12"][0] == Decimal("95.5")

    def test_a_wrong_one_is_computed(self) -> None:
        found = changes(
            self.of("^ | 数量指标小计 | < | < | < | 30 | 27", "产出小计 | < | < | < | < | 50 | 46")
        )
        assert found["G8"][0] == Decimal(26)

    def test_what_a_right_one_sums_up_is_what_it_sums_up_then(self) -> None:
        found = changes(self.of("^ | 小计 | < | < | < | 30 | 26", "^ | 小计 | < | < | < | 20 | 20"))
        assert [found[cell][0] for cell in ("G8", "G10")] == [Decimal(26), Decimal(20)]

    def test_with_the_points_of_the_execution_rate_it_stays(self) -> None:
        plan = self.of("^ | 小计 | < | < | < | 30 | 26", "小计 | < | < | < | < | 60 | 55.5")
        assert "G10" not in changes(plan)

    def test_one_without_a_name_sums_up_the_group_in_whose_column_it_stands(self) -> None:
        found = changes(self.of("^ | 小计 | < | < | < | |", "小计 | < | < | < | < | |"))
        assert [found[cell][0] for cell in ("G8", "G10")] == [Decimal(26), Decimal(46)]

    def test_of_which_rows_nobody_can_tell_it_is_open(self) -> None:
        plan = self.of("过程 | 项目管理 | 制度建设 | 健全 | 健全 | 10 | 10", "^ | ^ | 小计 | < | < | |")
        assert "G10" in {one.cell for one in plan.open}
        assert "G10" not in changes(plan)
