"""Standards carried out: which scores are filled, kept or left open, on one form, one sheet or two."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from perfxl.form.read import read_forms
from perfxl.scoring.decisions import Plan
from perfxl.scoring.edits import edits
from perfxl.scoring.plan import plan_workbook
from perfxl.settings.parameters import Cap, settings_for
from perfxl.workbook.grid import Workbook
from perfxl.workbook.open import open_workbook
from perfxl.workbook.patch import patch_workbook
from tests.oracle.calculator import calculate
from tests.scoring.test_oracles import draw
from tests.tables import workbook

SAMPLES = Path(__file__).parents[2] / "samples"
SCORED = """
部门项目绩效自评评分表 | < | < | < | < | <
一级指标 | 三级指标 | 评分标准 | 实际完成值 | 分值 | 得分
产出指标 | 服务满意度 | {standard} | {actual} | {weight} | {score}
^ | 其他产出 | 由评价组评定 | 已完成 | 80 | 80
合计 | < | < | < | 100 |
"""


def planned(standard: str, actual: str, score: str = "", weight: str = "20") -> Plan:
    drawing = SCORED.format(standard=standard, actual=actual, score=score, weight=weight)
    book = workbook(drawing)
    (plan,) = plan_workbook(book, read_forms(book))
    return plan


def filled(plan: Plan) -> tuple[Decimal, str] | None:
    return next(((change.after, change.formula) for change in plan.changes if change.cell == "F3"), None)


def left(plan: Plan) -> tuple[Decimal | None, Decimal | None] | None:
    return next(((one.least, one.most) for one in plan.open if one.cell == "F3"), None)


@pytest.mark.parametrize(
    ("standard", "actual", "score", "formula"),
    [
        ("得分=满意度*分值", "%87.5", "17.5", "ROUND(E3*MIN(1,D3),2)"),
        ("得分=满意度*分值", "87.5%", "17.5", "ROUND(E3*MIN(1,VALUE(D3)),2)"),
        ("得分=满意度*分值", "约为87.5%（问卷320份）", "17.5", None),
        ("得分=满意度*分值", "87.5%（问卷320份）", "17.5", "ROUND(E3*MIN(1,VALUE(MID(D3,1,5))),2)"),
        ("全年完成数/5000*20分", "4500家", "18", 'ROUND(20*MIN(1,VALUE(SUBSTITUTE(D3,"家",""))/5000),2)'),
        ("全年完成数/5000*20分", "5080", "20", "ROUND(20*MIN(1,D3/5000),2)"),
        ("少于6天,得满分;否则不得分", "5天", "20", 'IF(VALUE(SUBSTITUTE(D3,"天",""))>=6,0,E3)'),
        ("正常得满分;否则不得分", "正常", "20", 'IF(D3="正常",E3,0)'),
        ("正常运行,得20分,否则0分", "正常", "20", 'IF(D3="正常",E3,0)'),
        ("25家以上得满分,20-24家得15分,19家以下不得分", "22", "15", "IF(D3>=25,E3,IF(D3>=20,15,0))"),
        (
            "≥95%得满分，每低1个百分点扣1分",
            "%93.5",
            "18",
            "IF(D3>=0.95,E3,ROUND(MAX(0,E3-ROUNDUP(ROUND((0.95-D3)/0.01,6),0)),2))",
        ),
        (
            "1.市州个数/3*8分;2.区县个数/6*12分",
            "2个市州、6个县",
            "17.33",
            "ROUND(MIN(E3,ROUND(8*MIN(1,VALUE(MID(D3,1,1))/3),6)+ROUND(12*MIN(1,VALUE(MID(D3,6,1))/6),6)),2)",
        ),
    ],
)
def test_a_blank_score_is_filled_from_its_standard(
    standard: str, actual: str, score: str, formula: str | None
) -> None:
    plan = planned(standard, actual)
    if formula is None:
        assert filled(plan) is None and left(plan) is not None
        return
    assert filled(plan) == (Decimal(score), formula)
    assert left(plan) is None


@pytest.mark.parametrize(
    ("standard", "actual", "least", "most"),
    [
        ("一项不符合扣5分，扣完为止", "有一项制度尚未印发", 0, 20),
        ("①制度健全(8分) ②执行到位(8分)", "基本健全", 0, 16),
        ("满分:较往年提升 合格:较往年持平 零分:较往年下降", "成效明显", 0, 20),
        ("优得20分、良得15分、中得10分", "群众反映良好", 0, 20),
        ("由评价组酌情评定", "已完成", 0, 20),
        ("得分=满意度*分值", "很满意", 0, 20),
        ("全年完成数/5000*20分", "≥4500家", 0, 20),
        ("80%以上得满分,70%-79%得15分,69%以下不得分", "%79.5", 0, 20),
        ("偏差率≤5%得满分，5%-10%得10分，>10%不得分", "%3", 0, 20),
        ("全年完成数/75*20分", "12000平方米，另7500平方米在建", 0, 20),
    ],
)
def test_what_only_a_person_can_judge_is_left_with_its_bounds(
    standard: str, actual: str, least: int, most: int
) -> None:
    plan = planned(standard, actual)
    assert filled(plan) is None
    assert left(plan) == (Decimal(least), Decimal(most))


def test_a_score_that_was_given_is_kept_with_the_one_it_should_be() -> None:
    plan = planned("得分=满意度*分值", "%87.5", "20")
    assert [(kept.cell, kept.value, kept.computed) for kept in plan.kept] == [("F3", 20, Decimal("17.5"))]
    (total,) = (change for change in plan.changes if change.cell == "F5")
    assert total.after == 100
    assert "97.5" in total.why


def test_a_score_shared_by_several_rows_is_left_to_a_person() -> None:
    book = workbook(
        """
        项目绩效自评评分表 | < | < | < | < | < | <
        一级指标 | 三级指标 | 评分标准 | 实际完成值 | 分值 | 得分 | 备注
        产出指标 | 满意度 | 得分=满意度*分值 | %90 | 20 | | 好
        ^ | 覆盖率 | 得分=覆盖率*分值 | %80 | 20 | ^ | 好
        """
    )
    (plan,) = plan_workbook(book, read_forms(book))
    assert plan.changes == ()
    assert [one.cell for one in plan.open] == ["F3"]


def test_a_standard_of_the_execution_rate_takes_the_funds_of_its_own_form() -> None:
    book = workbook(
        """
        项目支出绩效自评表 | < | < | < | < | <
        资金（万元） | 全年预算数 | 全年执行数 | 执行率 | < | <
        年度资金总额 | 139.5 | 114 | %81.72 | < | <
        一级指标 | 三级指标 | 评分标准 | 实际完成值 | 分值 | 得分
        过程 | 预算执行率 | 全年执行数/全年预算数*4分(执行率≥90%,按4分计算) | %81.72 | 4 |
        产出指标 | 其他 | 由评价组评定 | 已完成 | 96 | 96
        """
    )
    (plan,) = plan_workbook(book, read_forms(book))
    assert {change.cell: change.formula for change in plan.changes}["F5"] == (
        "IF(ROUND(C3/B3,10)>=0.9,4,ROUND(4*MIN(1,C3/B3),2))"
    )


# The seed: scoresheet and project form in one workbook ------------------------------------------------------------------


def together(*names: str) -> Workbook:
    sheets = []
    for number, name in enumerate(names):
        (path,) = SAMPLES.glob(name)
        sheets += [page._replace(name=f"{page.name}{number}") for page in open_workbook(path).sheets]
    return Workbook("x.xlsx", tuple(sheets))


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_a_scoresheet_finds_its_own_project_among_four(number: int) -> None:
    book = together(
        f"*打分表{number}（*", *[f"种子004 项目支出绩效自评表{other}（*" for other in (1, 2, 3, 4)]
    )
    forms = read_forms(book)
    plan = plan_workbook(book, forms, overwrite=True)[0]
    rates = [change for change in plan.changes if change.subject == "预算执行率"]
    assert all(f"自评表{number}'!" in change.formula for change in rates)
    assert [change.after for change in rates] == {1: [0], 2: [Decimal("3.27")], 3: [Decimal("3.18")], 4: [4]}[
        number
    ]


def test_of_the_seed_the_total_is_what_the_standards_give() -> None:
    book = together("*打分表2（*", "种子004 项目支出绩效自评表2（*")
    forms = read_forms(book)
    kept, overwritten = (plan_workbook(book, forms, overwrite=over)[0] for over in (False, True))
    assert ("G9", Decimal("3.27")) in [(one.cell, one.computed) for one in kept.kept]
    totals = {change.cell: change.after for change in overwritten.changes}
    assert (totals["G9"], totals["G26"]) == (Decimal("3.27"), Decimal("93.27"))


def test_formulas_over_two_sheets_give_what_was_planned(tmp_path: Path) -> None:
    book = together("*打分表3（*", "种子004 项目支出绩效自评表3（*")
    source, target = tmp_path / "in.xlsx", tmp_path / "out.xlsx"
    draw(source, *book.sheets)
    opened = open_workbook(source)
    plans = plan_workbook(opened, read_forms(opened), overwrite=True)
    wanted = [edit for plan in plans for edit in edits(plan)]
    assert sum("!" in (edit.formula or "") for edit in wanted) > 8
    patch_workbook(source, wanted, target)
    results = calculate(target)
    for edit in wanted:
        assert isinstance(edit.value, Decimal)
        found = results[edit.sheet, edit.cell]
        assert isinstance(found, float | int) and abs(Decimal(repr(float(found))) - edit.value) < Decimal(
            "1e-9"
        )
    again = open_workbook(target)
    assert [plan.changes for plan in plan_workbook(again, read_forms(again), overwrite=True)] == [(), ()]


# The national method ---------------------------------------------------------------------------------------------------

NATIONAL = """
项目支出绩效自评表 | < | < | < | < | <
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分
产出指标 | {group} | {name} | {target} | {actual} | 20 |
^ | 质量指标 | 合格率 | ≥95% | 98% | 80 | 80
总分 | < | < | < | < | 100 |
"""


def by_method(
    target: str, actual: str, *, name: str = "救助人次", group: str = "数量指标", rule: str = "ratio"
) -> Plan:
    book = workbook(NATIONAL.format(target=target, actual=actual, name=name, group=group))
    (form,) = read_forms(book)
    settings = settings_for(form)._replace(reverse_rule=rule)
    (plan,) = plan_workbook(book, [form], settings=lambda _: settings)
    return plan


@pytest.mark.parametrize(
    ("target", "actual", "rule", "score"),
    [
        ("≥100人次", "120人次", "ratio", "20"),
        ("≥100人次", "80人次", "ratio", "16"),
        ("≥1万人次", "8000人次", "ratio", "16"),
        ("100%", "%90", "ratio", "18"),
        ("≤5300元", "5830元", "ratio", "18.18"),
        ("≤5300元", "5830元", "linear", "18"),
        ("≤5300元", "5000元", "linear", "20"),
        ("≤5300元", "12000元", "linear", "0"),
        ("0", "0", "ratio", "20"),
        ("0起", "1起", "ratio", "0"),
    ],
)
def test_a_quantity_is_scored_by_its_completion(target: str, actual: str, rule: str, score: str) -> None:
    plan = by_method(target, actual, rule=rule)
    assert {change.cell: change.after for change in plan.changes}["G3"] == Decimal(score)


@pytest.mark.parametrize(
    ("target", "actual"),
    [
        ("有所提升", "明显提升"),
        ("≥90%", "≥90%"),
        ("≤30天", "20人"),
        ("2022年12月底前", "2022年11月"),
    ],
)
def test_what_the_method_does_not_decide_is_left_open(target: str, actual: str) -> None:
    plan = by_method(target, actual)
    assert [(one.cell, one.least, one.most) for one in plan.open if one.cell == "G3"] == [("G3", 0, 20)]


def test_a_low_execution_rate_caps_the_total_where_the_settings_say_so() -> None:
    book = workbook(
        """
        项目支出绩效自评表 | < | < | < | < | <
        资金（万元） | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
        年度资金总额 | 100 | 75 | 10 | |
        一级指标 | 三级指标 | 指标值 | 实际完成值 | 分值 | 得分
        产出指标 | 人次 | 5人 | 5人 | 90 | 90
        总分 | < | < | < | 100 |
        """
    )
    (form,) = read_forms(book)
    caps = (Cap(Decimal("0.7"), Decimal(79)), Cap(Decimal("0.8"), Decimal(89)))
    (plan,) = plan_workbook(
        book, [form], settings=lambda form: settings_for(form)._replace(execution_caps=caps)
    )
    (total,) = (change for change in plan.changes if change.cell == "F6")
    assert total.after == 89
    assert total.formula == "MIN(SUM(F3,F5),IF(ROUND(C3/B3,10)<0.7,79,IF(ROUND(C3/B3,10)<0.8,89,100)))"
