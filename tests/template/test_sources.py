"""What project lists, declarations of targets and last year's forms fill in."""

from __future__ import annotations

from decimal import Decimal

import pytest

from perfxl.form.model import Form, Kind
from perfxl.form.read import read_forms
from perfxl.template.declaration import declaration
from perfxl.template.filling import Filling
from perfxl.template.layout import lay_out
from perfxl.template.sources import Made, NotASource, SourceForm, Use, fillings
from perfxl.template.write import workbook as written
from perfxl.work.read import read_source
from perfxl.workbook.grid import CellValue, Workbook
from tests.rules.forms import DEPARTMENT
from tests.tables import workbook
from tests.template.filled import filling_of, made, read, sample

SPLIT = """
| 2024年项目支出绩效目标申报表 | < | < | < | < | < | < |
| 项目名称 | 基金监管 | < | < | 预算单位 | 丙县医疗保障局 | < |
| 预算金额（元） | 150000 | < | < | 其中：财政拨款 | 150000 | < |
| 年度绩效目标 | 目标1：开展检查；\\n目标2：追回基金 | < | < | < | < | < |
| 一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位 | 权重 |
| 产出指标 | 数量指标 | 检查定点机构数 | >= | 66 | 家 | 20 |
| | 质量指标 | 检查覆盖率 | ≥ | %95 | % | 20 |
| | 时效指标 | 处理时限 | <= | 30 | 天 | 10 |
| 效益指标 | 社会效益指标 | 基金安全意识 | 定性 | 显著提升 | | 30 |
| 满意度指标 | 服务对象满意度指标 | 群众满意度 | ≥ | 90 | % | 10 |
"""
"""Operator, value and unit in columns of their own; amounts in 元."""

TWICE = """
| 项目支出绩效目标表 | < | < | < | < | < | < | < |
| （2024年度） | < | < | < | < | < | < | < |
| 项目名称 | < | 医保信息化运维 | < | < | < | < | < |
| 主管部门及代码 | < | 347 甲省医疗保障局 | < | 实施单位 | < | 甲省医保中心 | < |
| 项目资金（万元） | < | 中期资金总额： | 300 | < | 年度资金总额： | 100 | < |
| ^ | ^ | 其中：财政拨款 | 300 | < | 其中：财政拨款 | 90 | < |
| ^ | ^ | 其他资金 | 0 | < | 其他资金 | 10 | < |
| 总体目标 | 中期目标（2023年—2025年） | < | < | < | 年度目标 | < | < |
| ^ | 建成平台 | < | < | < | 保障系统稳定运行 | < | < |
| 绩效指标 | 一级指标 | 二级指标 | 三级指标 | 指标值 | 二级指标 | 三级指标 | 指标值 |
| ^ | 产出指标 | 数量指标 | 建设系统数 | ≥3个 | 数量指标 | 运维系统数 | ≥1个 |
| ^ | ^ | 质量指标 | 运行率 | ≥99% | 质量指标 | 系统正常运行率 | ≥98% |
| ^ | 满意度指标 | 服务对象满意度指标 | 满意度 | ≥90% | 服务对象满意度指标 | 参保人满意度 | ≥88% |
"""
"""Goals, amounts and indicators for several years beside those of the year."""

IN_CELLS = """
| 部门预算项目绩效目标申报表 | < | < | < | < |
| 填报单位：丁市医疗保障局 | < | < | 单位：万元 | < |
| 项目名称 | 医疗救助 | < | < | < |
| 主管部门 | 丁市医保局 | 实施单位 | 丁市医保中心 | < |
| 资金情况 | 年度资金总额：200 | < | 财政拨款：150 | 其他资金：50 |
| 总体目标 | 资助困难群众参保 | < | < | < |
| 一级指标 | 二级指标 | 三级指标 | 指标值 | 备注 |
| 产出指标 | 数量指标 | 资助人数 | ≥7000人 | |
| | 质量指标 | 资助率 | 100% | |
| 满意度 | 满意度指标 | 困难群众满意度 | ≥90% | |
"""
"""Label and amount in one cell."""

LAST_YEAR = """
| 项目支出绩效自评表 | < | < | < | < | < | < | < |
| （2023年度） | < | < | < | < | < | < | < |
| 项目名称 | 基金监管 | < | < | < | < | < | < |
| 主管部门 | 丙县医疗保障局 | < | < | 实施单位 | 丙县医保中心 | < | < |
| 项目资金（万元） | < | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
| ^ | 年度资金总额 | 15 | 15 | 14 | 10 | %93.33 | 9.33 |
| 年度总体目标 | 预期目标 | < | < | 实际完成情况 | < | < | < |
| ^ | 开展检查 | < | < | 检查了七十家 | < | < | < |
| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施 |
| 产出指标（60分） | 数量指标 | 检查定点机构数 | ≥66家 | 70家 | 30 | 30 | |
| ^ | 质量指标 | 检查覆盖率 | 100% | %98 | 30 | 29.4 | 两家停业 |
| 效益指标（30分） | 社会效益指标 | 基金安全意识 | 明显提升 | 追回基金五十万元 | 30 | 28 | |
| 总分 | < | < | < | < | 100 | 96.73 | |
"""


def forms_of(book: Workbook) -> list[SourceForm]:
    return [SourceForm(form, book.sheet(form.sheet), book.name) for form in read_forms(book)]


def one(name: str, drawing: str) -> Made:
    (found,) = fillings(declaration(name), forms_of(workbook(drawing)))
    return found


def values(filling: Filling) -> dict[str, CellValue]:
    return {name: held.value for name, held in filling.entries.items()}


def table(filling: Filling, *roles: str) -> list[tuple[CellValue, ...]]:
    return [
        tuple(row.values[role].value if role in row.values else None for role in roles)
        for row in filling.rows or ()
    ]


def the_form(name: str, filling: Filling) -> Form:
    (form,) = read(written(lay_out(declaration(name), filling)))
    return form


def test_targets_with_operator_and_unit_apart() -> None:
    found = one("project", SPLIT)
    assert (found.use, found.name, found.filling.year) == (Use.TARGETS, "基金监管", 2024)
    assert values(found.filling) == {
        "项目名称": "基金监管",
        "主管部门": "丙县医疗保障局",
        "goal.target": "目标1：开展检查；\n目标2：追回基金",
        "fiscal.initial": Decimal(15),
    }
    assert table(found.filling, "level3", "target", "weight") == [
        ("检查定点机构数", "≥66家", 20),
        ("检查覆盖率", "≥95%", 20),
        ("处理时限", "≤30天", 10),
        ("基金安全意识", "显著提升", 30),
        ("群众满意度", "≥90%", 10),
    ]
    form = the_form("project", found.filling)
    assert [entry.text for entry in (form.roles["project_name"], form.roles["department"])] == [
        "基金监管",
        "丙县医疗保障局",
    ]
    fund = form.total_fund
    assert fund is not None and fund.initial is not None
    assert fund.initial.value == Decimal(15)  # by the form's own formula
    assert {row.level1.text for row in form.indicators if row.level1} == {
        "产出指标\n（50分）",
        "效益指标\n（30分）",
        "满意度指标\n（10分）",
    }


def test_targets_stay_apart_where_the_form_has_columns_for_them() -> None:
    found = one("targets", SPLIT)
    rows = [row for row in table(found.filling, "level3", "operator", "target", "unit") if row[0]]
    assert rows == [
        ("检查定点机构数", "≥", 66, "家"),
        ("检查覆盖率", "≥", Decimal("0.95"), "%"),
        ("处理时限", "≤", 30, "天"),
        ("基金安全意识", "定性", "显著提升", None),
        ("群众满意度", "≥", 90, "%"),
    ]


def test_of_targets_for_several_years_and_for_one_the_year_counts() -> None:
    found = one("project", TWICE)
    assert values(found.filling) == {
        "项目名称": "医保信息化运维",
        "主管部门": "347 甲省医疗保障局",
        "实施单位": "甲省医保中心",
        "goal.target": "保障系统稳定运行",
        "fiscal.initial": Decimal(90),
        "other.initial": Decimal(10),
    }
    rows = [row for row in table(found.filling, "level2", "level3", "target") if row[1]]
    assert rows == [
        ("数量指标", "运维系统数", "≥1个"),
        ("质量指标", "系统正常运行率", "≥98%"),
        ("服务对象满意度指标", "参保人满意度", "≥88%"),
    ]


def test_amounts_that_share_a_cell_with_their_label() -> None:
    found = one("transfer", IN_CELLS)
    assert values(found.filling) == {
        "转移支付（项目）名称": "医疗救助",
        "地方主管部门": "丁市医疗保障局",
        "资金使用单位": "丁市医保中心",
        "goal.target": "资助困难群众参保",
        "total.budget": Decimal(200),  # the form knows 中央资金 and 地方资金, no 财政拨款
        "other.budget": Decimal(50),
    }


def test_amounts_of_one_source_under_several_labels_come_together() -> None:
    drawing = IN_CELLS.replace("财政拨款：150", "一般公共预算：100").replace(
        "| 其他资金：50 |", "| 政府性基金：100 |"
    )
    assert values(one("project", drawing).filling)["fiscal.initial"] == Decimal(200)


def test_the_direction_is_the_operator_where_there_is_no_other() -> None:
    drawing = (
        SPLIT.replace("指标性质", "指标方向")
        .replace(">=", "正向")
        .replace("<=", "反向")
        .replace("定性", "正向")
    )
    assert [row[0] for row in table(one("project", drawing.replace("≥", "正向")).filling, "target")] == [
        "≥66家",
        "≥95%",
        "≤30天",
        "显著提升",
        "≥90%",
    ]


def test_groups_stand_in_the_order_of_the_form() -> None:
    shuffled = LAST_YEAR.replace("产出指标（60分）", "效益指标").replace(
        "效益指标（30分）", "产出指标（60分）"
    )
    rows = table(one("project", shuffled).filling, "level1")
    assert [str(row[0])[:2] for row in rows] == ["产出", "效益", "效益"]


def test_a_list_may_name_department_and_unit_of_each_project() -> None:
    drawing = """
    | 己市2024年部门预算项目清单 | < | < | < | < |
    | 项目名称 | 主管部门 | 实施单位 | 预算金额（万元） | 绩效目标 |
    | 公厕改造 | 己市城管局 | 己市环卫处 | 300 | 改造公厕二十座 |
    | 道路保洁 | 己市城管局 | 己市保洁所 | 1200.5 | 保洁面积达标 |
    """
    found = fillings(declaration("project"), forms_of(workbook(drawing)))
    assert [values(project.filling)["实施单位"] for project in found] == ["己市环卫处", "己市保洁所"]
    assert {values(project.filling)["主管部门"] for project in found} == {"己市城管局"}


def test_money_that_the_form_has_no_place_for_stays_in_the_total() -> None:
    drawing = IN_CELLS.replace("财政拨款：150", "中央资金：150")
    found = one("project", drawing)
    assert values(found.filling)["total.initial"] == Decimal(200)
    assert values(found.filling)["other.initial"] == Decimal(50)
    assert len(found.left_out) == 1
    assert not one("transfer", drawing).left_out  # which has a row for it


def test_a_column_that_the_form_lacks_is_told() -> None:
    assert any("权重" in words for words in one("transfer", SPLIT).left_out)
    assert not one("project", SPLIT).left_out
    assert any("指标值" in words for words in one("department", DEPARTMENT).left_out)


def test_rows_that_the_form_itself_names_stay() -> None:
    rows = table(one("project_yinchuan", TWICE).filling, "level1", "level3", "weight")
    assert rows[0] == ("项目决策\n（18分）", "贯彻上级有关决策部署", 4)
    assert ("项目产出\n（50分）", "运维系统数", None) in rows
    assert len(rows) == 12 + 3 + 1  # 服务对象满意度 of the group that the source lacks


def test_groups_that_the_source_lacks_stay_blank() -> None:
    rows = table(one("project", TWICE).filling, "level1", "level2", "level3")
    assert ("效益指标\n（30分）", "经济效益指标", None) in rows


def test_last_year_is_carried_forward() -> None:
    found = one("project", LAST_YEAR)
    assert (found.use, found.filling.year) == (Use.LAST_YEAR, 2024)
    assert values(found.filling) == {
        "项目名称": "基金监管",
        "主管部门": "丙县医疗保障局",
        "实施单位": "丙县医保中心",
        "goal.target": "开展检查",
    }
    assert table(found.filling, "level1", "level3", "target", "weight", "actual", "score", "reason") == [
        ("产出指标（60分）", "检查定点机构数", "≥66家", 30, None, None, None),
        ("产出指标（60分）", "检查覆盖率", "100%", 30, None, None, None),
        ("效益指标（30分）", "基金安全意识", "明显提升", 30, None, None, None),
    ]
    hints = [row.hints["actual"] for row in found.filling.rows or ()]
    assert ["70家" in hints[0], "98%" in hints[1], "2023" in hints[2]] == [True, True, True]
    form = the_form("project", found.filling)
    assert form.year == 2024
    assert all(row.actual is not None and row.actual.value is None for row in form.indicators)
    assert form.total is not None and form.total.score is not None and form.total.weight is not None
    assert (form.total.weight.value, form.total.score.value) == (Decimal(100), "")


def test_the_hint_of_last_year_is_shown_at_the_cell() -> None:
    import io

    import openpyxl

    content = written(lay_out(declaration("project"), one("project", LAST_YEAR).filling))
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    prompts = {
        str(validation.sqref): validation.prompt
        for validation in sheet.data_validations.dataValidation
        if validation.prompt and "70家" in validation.prompt
    }
    assert list(prompts) == ["F13"]


@pytest.mark.parametrize("name", ["project_yinchuan", "department", "scoresheet", "transfer"])
def test_a_filled_form_of_each_kind_is_carried_forward(name: str) -> None:
    seeds = {
        "project_yinchuan": "种子002",
        "department": "种子001 部门",
        "scoresheet": "种子004 自评打分表1",
        "transfer": "种子000",
    }
    book, (source,) = read_source(sample(seeds[name]))
    declared = declaration(name)
    (found,) = fillings(declared, [SourceForm(source, book.sheets[0], "x")])
    form = the_form(name, found.filling)
    named = [row for row in form.indicators if row.level3 is not None and row.level3.text]
    assert {row.subject for row in source.indicators if row.level3 and row.level3.text} <= {
        row.subject for row in named
    }
    assert not [row.subject for row in form.indicators if row.score is not None and row.score.text]
    assert form.year == (None if source.year is None else source.year + 1)
    before = {row.subject: row.weight.value for row in source.indicators if row.weight}
    assert before.items() <= {row.subject: row.weight.value for row in form.indicators if row.weight}.items()


def test_a_list_gives_one_form_for_each_project() -> None:
    book, (source,) = read_source(sample("种子001 分项"))
    found = fillings(declaration("project"), [SourceForm(source, book.sheets[0], "x")])
    assert len(found) == 19
    assert all("自评得分" in words for project in found for words in project.left_out)
    assert found[0].name == "医疗救助补助资金"
    assert values(found[1].filling) == {
        "项目名称": "公费医疗",
        "total.budget": Decimal("200.61"),
        "total.executed": Decimal("200.61"),
        "goal.target": "按规定向享受公费医疗人员提供免费医疗及预防服务",
        "goal.actual": "已完成",
    }


def test_forms_give_the_list_back() -> None:
    book, (source,) = read_source(sample("种子001 分项"))
    first = fillings(declaration("project"), [SourceForm(source, book.sheets[0], "x")])
    forms = []
    for number, project in enumerate(first):
        content = written(lay_out(declaration("project"), project.filling))
        (form,) = read(content)
        score = source.projects[number].score
        assert form.total is not None and score is not None
        # As if the officers had filled their forms in, each to the score of the list.
        forms.append(SourceForm(form._replace(total=form.total._replace(score=score)), book.sheets[0], "x"))
    (back,) = fillings(declaration("project_list"), forms)
    (found,) = read(written(lay_out(declaration("project_list"), back.filling)))
    assert found.kind is Kind.PROJECT_LIST
    roles = ("number", "name", "budget", "executed", "score", "goal", "actual")
    for project, original in zip(found.projects, source.projects, strict=True):
        for role in roles:
            made_of, given = getattr(project, role), getattr(original, role)
            assert (made_of.value or None) == (given.value or None), (project.row, role)
    sheet_total = sum(project.budget.value for project in source.projects if project.budget)
    assert found.total is not None
    assert sheet_total == Decimal("3528.45")


def test_last_years_list_keeps_names_and_goals_alone() -> None:
    book, (source,) = read_source(sample("种子001 分项"))
    (found,) = fillings(declaration("project_list"), [SourceForm(source, book.sheets[0], "x")])
    assert table(found.filling, "number", "name", "budget", "score")[0] == (1, "医疗救助补助资金", None, None)


@pytest.mark.parametrize(("name", "drawing"), [("department", SPLIT), ("department", LAST_YEAR)])
def test_what_cannot_fill_a_form_is_refused(name: str, drawing: str) -> None:
    with pytest.raises(NotASource):
        fillings(declaration(name), forms_of(workbook(drawing)))


def test_filling_of_a_form_leaves_it_as_it_is() -> None:
    (form,) = read(made("project"))
    assert filling_of(declaration("project"), form).entries.keys() == {"total.weight", *_dashes(form)}


def _dashes(form: Form) -> set[str]:
    return {
        f"{fund.source.value}.{measure}"
        for fund in form.funds
        for measure in ("weight", "score")
        if (entry := getattr(fund, measure)) is not None and entry.text == "—"
    }


def test_a_list_of_several_departments_names_none_of_them() -> None:
    one_form = """
    | 项目支出绩效自评表 | < | < | < | < |
    | （2024年度） | < | < | < | < |
    | 项目名称 | {0} | < | 主管部门 | {1} |
    | 项目资金（万元） | < | 全年预算数 | 全年执行数 | < |
    | 年度资金总额 | < | 100 | 90 | < |
    | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 |
    | 产出指标 | 数量指标 | 场次 | 3场 | 3场 |
    """
    books = [
        workbook(one_form.format(name, unit))
        for name, unit in (("甲", "己局"), ("乙", "庚局"), ("丙", "庚局"))
    ]
    forms = [form for book in books for form in forms_of(book)]
    (mixed,) = fillings(declaration("project_list"), forms)
    (alone,) = fillings(declaration("project_list"), forms[1:])
    assert "填报单位" not in values(mixed.filling)
    assert values(alone.filling)["填报单位"] == "庚局"
