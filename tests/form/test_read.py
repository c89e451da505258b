"""Reading forms in layouts that differ as provinces differ; each drawing is one way of printing a form."""

from __future__ import annotations

from decimal import Decimal

from perfxl.form.model import Entry, Form, FundSource, Kind
from perfxl.form.read import read_forms
from tests.tables import workbook


def only(drawing: str) -> Form:
    (form,) = read_forms(workbook(drawing))
    return form


def placed(entry: Entry | None) -> tuple[object, str] | None:
    """An entry as (value, address), numbers as float, for short assertions."""
    if entry is None:
        return None
    value = float(entry.value) if isinstance(entry.value, Decimal) else entry.value
    return value, entry.address


def test_points_in_the_label_of_the_score_and_group_points() -> None:
    form = only(
        r"""
        | 2022年度猪场建设项目自评表 | < | < | < | < | < | < |
        | 单位名称：昌宁县供销社 | < | < | < | 填报日期：2023年4月15日 | < | < |
        | 项目名称 | 猪场建设 | < | < | < | < | < |
        | 主管部门 | 供销社 | < | < | 项目实施单位 | 合作社 | < |
        | 项目类别 | 1、部门预算项目 □ 2、县直专项 ☑ | < | < | < | < | < |
        | 预算执行情况（万元）\\n（20分） | | < | 预算数(A) | 执行数(B) | 执行率(B/A) | 得分（20分*执行率） |
        | ^ | 年度财政资金总额 | < | 50 | 10 | 20% | 4 |
        | 一级指标 | 二级指标 | 三级指标 | < | 年初目标值(A) | 实际完成值(B) | 得分 |
        | 产出指标（40分） | 数量指标 | 公猪舍(≥**平方米) | < | 22.8 | 22.8 | 1 |
        | ^ | ^ | 母猪舍 | < | 180 | 180 | 3 |
        | 总分 | < | < | < | < | < | 8 |
        | 偏差大或目标未完成原因分析 | 无 | < | < | < | < | < |
        | 改进措施及结果应用方案 | 加强管理 | < | < | < | < | < |
        """
    )
    (fund,) = form.funds
    assert fund.source is FundSource.TOTAL
    assert [placed(e) for e in (fund.budget, fund.executed, fund.rate, fund.score)] == [
        (50, "D7"),
        (10, "E7"),
        ("20%", "F7"),
        (4, "G7"),
    ]
    assert fund.weight is None
    assert [placed(row.level1) for row in form.indicators] == [("产出指标（40分）", "A9")] * 2
    assert [placed(row.level3) for row in form.indicators] == [("公猪舍(≥**平方米)", "C9"), ("母猪舍", "C10")]
    assert form.total is not None and placed(form.total.score) == (8, "G11")
    assert placed(form.header["填报日期"]) == ("2023年4月15日", "E2")
    assert placed(form.footer["改进措施及结果应用方案"]) == ("加强管理", "B13")
    assert (form.kind, form.year, form.money_unit) == (Kind.PROJECT, 2022, "万元")


def test_one_name_column_and_an_adjusted_target() -> None:
    form = only(
        r"""
        | 2022年项目绩效自评表 | < | < | < | < | < | < | < | < | < | < |
        | 专项名称 | 农村公路养护 | < | < | < | 业务主管部门 | < | 区交通局 | < | < | < |
        | 当年预算执行情况（万元） | | 年初预算数 | < | 全年（调整）预算数(A) | < | 全年执行数(B) | < | 执行率(B/A,%) | 执行率权重（分） | 执行率得分（分） |
        | ^ | 年度总金额 | 100 | < | 120 | < | 108 | < | 90 | 10 | 9 |
        | ^ | 其中：市级支出 | 60 | < | 70 | < | 58 | < | 82.86 | | |
        | ^ | 补助区县 | 40 | < | 50 | < | 50 | < | 100 | | |
        | 当年绩效目标 | 年初绩效目标 | < | < | 全年（调整）绩效目标 | < | < | 全年目标实际完成情况 | < | < | < |
        | ^ | 养护100公里 | < | < | 养护120公里 | < | < | 养护118公里 | < | < | < |
        | 绩效指标 | 指标名称 | 计量单位 | 指标性质 | 年初指标值 | 全年（调整）指标值 | 全年完成值 | 得分系数 | 指标权重（分） | 指标得分（分） | 是否核心指标 |
        | ^ | 养护里程 | 公里 | ≥ | 100 | 120 | 118 | 98.33% | 50 | 49.17 | 是 |
        | ^ | 群众满意度 | % | ≥ | 90 | 90 | 95 | 100% | 40 | 40 | 否 |
        | 合计 | < | < | < | < | < | < | < | 100 | 98.17 | |
        | 说明：无 | < | < | < | < | < | < | < | < | < | < |
        """
    )
    assert [row.source for row in form.funds] == [FundSource.TOTAL, FundSource.MUNICIPAL, FundSource.LOCAL]
    assert placed(form.funds[0].rate) == (90, "I4")
    assert placed(form.funds[0].weight) == (10, "J4")
    assert "%" in form.fund_columns["rate"].label
    first = form.indicators[0]
    assert placed(first.level3) == ("养护里程", "B10")
    assert placed(first.unit) == ("公里", "C10")
    assert placed(first.target) == (120, "F10")
    assert placed(first.score) == (49.17, "J10")
    assert first.level1 is None and first.reason is None
    assert placed(form.goals.target) == ("养护120公里", "E8")
    assert placed(form.goals.actual) == ("养护118公里", "H8")


def test_goals_above_the_funds_and_operator_unit_columns() -> None:
    form = only(
        r"""
        | 附件2 | | | | | | | | | |
        | 2023年部门预算项目支出绩效自评表 | < | < | < | < | < | < | < | < | < |
        | 项目名称 | 办案费 | < | < | 主管部门 | 县法院 | < | 实施单位（盖章） | 县法院 | < |
        | 项目基本情况 | 1.项目年度目标完成情况 | 项目年度目标 | < | < | < | 年度目标完成情况 | < | < | < |
        | ^ | ^ | 审结案件2000件 | < | < | < | 审结2100件 | < | < | < |
        | ^ | 2.项目实施内容及过程概述 | 按季度实施 | < | < | < | < | < | < | < |
        | 预算执行情况（10分） | 年度预算数（万元） | 年初预算 | 调整后预算数 | < | 预算执行数 | < | 预算执行率 | 权重 | 得分 |
        | ^ | 总额 | 50 | 60 | < | 54 | < | 90% | 10 | 9 |
        | ^ | 其中：财政资金 | 50 | 60 | < | 54 | < | 90% | / | / |
        | ^ | 财政专户管理资金 | 0 | 0 | < | 0 | < | / | / | / |
        | ^ | 单位资金 | 0 | 0 | < | 0 | < | / | / | / |
        | 绩效指标（90分） | 一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位 | 实际完成值 | 权重 | 自评得分 |
        | ^ | 产出指标 | 数量指标 | 结案数 | ≥ | 2000 | 件 | 2100 | 45 | 45 |
        | ^ | 效益指标 | 社会效益指标 | 社会稳定 | 定性 | 好 | | 好 | 45 | 44 |
        | 合计 | < | < | < | < | < | < | < | 100 | 98 |
        | 评价结论 | 优 | < | < | < | < | < | < | < | < |
        | 存在问题 | 无 | < | < | < | < | < | < | < | < |
        | 改进措施 | 无 | < | < | < | < | < | < | < | < |
        | 项目负责人： | | | | | 财务负责人： | | | | |
        """
    )
    assert form.title is not None and form.title.text == "2023年部门预算项目支出绩效自评表"
    assert [row.source for row in form.funds] == [
        FundSource.TOTAL,
        FundSource.FISCAL,
        FundSource.FISCAL,
        FundSource.OTHER,
    ]
    assert placed(form.funds[0].budget) == (60, "D8")
    assert placed(form.goals.target) == ("审结案件2000件", "C5")
    assert placed(form.goals.actual) == ("审结2100件", "G5")
    assert [placed(row.operator) for row in form.indicators] == [("≥", "E13"), ("定性", "E14")]
    assert placed(form.indicators[0].weight) == (45, "I13")
    assert placed(form.indicators[1].unit) == (None, "G14")
    assert placed(form.footer["评价结论"]) == ("优", "B16")


def test_sources_across_and_measures_down() -> None:
    form = only(
        r"""
        | 项目支出绩效自评表 | < | < | < | < | < | < |
        | （2021年度） | < | < | < | < | < | < |
        | 项目名称 | 甲 | < | < | 预算单位 | 乙局 | < |
        | 资金情况（元） | 资金来源 | 合计 | 中央财政 | 省级财政 | 市县财政 | 其他 |
        | ^ | 全年预算数 | 1000000 | 500000 | 300000 | 200000 | |
        | ^ | 全年执行数 | 900000 | 450000 | 270000 | 180000 | |
        | ^ | 执行率 | 90% | 90% | 90% | 90% | |
        | 总体目标 | 完成建设任务 | < | < | < | < | < |
        | 总体目标完成情况 | 建设任务全部完成 | < | < | < | < | < |
        | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | < | < | 实际完成值 |
        | ^ | ^ | ^ | 符号 | 数值 | 单位 | ^ |
        | 产出指标 | 数量指标 | 建设 | ≥ | 3 | 个 | 3个 |
        | 产出指标 | 数量指标 | 维护 | ≥ | 4 | 个 | 5个 |
        | 产出指标 | 质量指标 | 合格率 | = | 100 | % | 100% |
        """
    )
    assert [row.source for row in form.funds] == [
        FundSource.TOTAL,
        FundSource.CENTRAL,
        FundSource.PROVINCIAL,
        FundSource.LOCAL,
        FundSource.OTHER,
    ]
    assert placed(form.funds[1].executed) == (450000, "D6")
    assert placed(form.funds[4].budget) == (None, "G5")
    assert form.money_unit == "元"
    assert placed(form.indicators[1].operator) == ("≥", "D13")
    assert placed(form.indicators[1].target) == (4, "E13")
    assert placed(form.indicators[1].unit) == ("个", "F13")
    assert placed(form.goals.actual) == ("建设任务全部完成", "B9")


def test_amounts_split_by_source_under_one_label() -> None:
    form = only(
        r"""
        | 某县财政局项目支出绩效自评表 | < | < | < | < | < | < | < |
        | 评价年度：2022年 | < | < | < | 金额单位：万元 | < | < | < |
        | 项目名称 | 甲 | < | < | 自评总分 | 95.5 | < | < |
        | 年初预算数 | < | < | 全年执行数 | < | < | 执行率 | 得分 |
        | 小计 | 财政拨款 | 其他资金 | 小计 | 财政拨款 | 其他资金 | ^ | ^ |
        | 100 | 80 | 20 | 90 | 75 | 15 | 90% | 9 |
        | 一级指标 | 二级指标 | 三级指标 | 目标值 | 完成值 | 标准分 | 自评得分 | 备注 |
        | 产出 | 数量 | A | 5 | 5 | 50 | 50 | |
        | | | B | 6 | 5 | 40 | 36.5 | |
        | 总分 | | | | | 100 | 95.5 | |
        """
    )
    assert [(row.source, placed(row.initial), placed(row.executed)) for row in form.funds] == [
        (FundSource.TOTAL, (100, "A6"), (90, "D6")),
        (FundSource.FISCAL, (80, "B6"), (75, "E6")),
        (FundSource.OTHER, (20, "C6"), (15, "F6")),
    ]
    assert placed(form.funds[0].score) == (9, "H6")
    assert placed(form.indicators[1].level1) == ("产出", "A8")
    assert placed(form.roles["self_score"]) == (95.5, "F3")
    assert form.year == 2022


def test_measures_as_pairs_on_several_lines() -> None:
    form = only(
        r"""
        | 部门整体支出绩效自评表 | < | < | < |
        | 部门名称 | 县水利局 | < | < |
        | 年度 | 2022 | < | < |
        | 年初预算数（万元） | 100 | 全年预算数（万元） | 110 |
        | 全年执行数（万元） | 99 | 预算执行率 | 90% |
        | 自评得分 | 92 | 自评等级 | 优 |
        | 指标名称 | 目标值 | 实际值 | 得分 |
        | 供水 | ≥90% | 95% | 50 |
        | 节水 | ≥80% | 85% | 42 |
        """
    )
    (fund,) = form.funds
    assert [placed(e) for e in (fund.initial, fund.budget, fund.executed, fund.rate)] == [
        (100, "B4"),
        (110, "D4"),
        (99, "B5"),
        ("90%", "D5"),
    ]
    assert placed(form.roles["grade"]) == ("优", "D6")
    assert form.kind is Kind.DEPARTMENT
    assert form.year == 2022


def test_two_forms_under_each_other() -> None:
    forms = read_forms(
        workbook(
            r"""
            | 甲项目绩效自评表 | < | < | < | < |
            | 项目名称 | 甲 | < | < | < |
            | 全年预算数 | 全年执行数 | 执行率 | 分值 | 得分 |
            | 10 | 9 | 90% | 10 | 9 |
            | 一级指标 | 三级指标 | 年度指标值 | 实际完成值 | 得分 |
            | 产出 | A | 1 | 1 | 10 |
            | 注：如实填写 | < | < | < | < |
            | | | | | |
            | 乙项目绩效自评表 | < | < | < | < |
            | 项目名称 | 乙 | < | < | < |
            | 一级指标 | 三级指标 | 年度指标值 | 实际完成值 | 得分 |
            | 产出 | B | 2 | 2 | 20 |
            """
        )
    )
    assert [form.header["项目名称"].text for form in forms] == ["甲", "乙"]
    assert [placed(form.indicators[0].level3) for form in forms] == [("A", "B6"), ("B", "B12")]
    assert placed(forms[0].funds[0].budget) == (10, "A4")
    assert forms[1].funds == ()
    assert forms[0].footer["注"].text == "如实填写"


def test_two_forms_beside_each_other() -> None:
    forms = read_forms(
        workbook(
            r"""
            | 甲项目绩效自评表 | < | < | < | | 乙项目绩效自评表 | < | < | < |
            | 项目名称 | 甲 | < | < | | 项目名称 | 乙 | < | < |
            | 一级指标 | 三级指标 | 指标值 | 完成值 | | 一级指标 | 三级指标 | 指标值 | 完成值 |
            | 产出 | A | 1 | 1 | | 产出 | B | 2 | 2 |
            | 效益 | C | 1 | 1 | | 效益 | D | 3 | 2 |
            """
        )
    )
    assert [form.header["项目名称"].address for form in forms] == ["B2", "G2"]
    assert [[placed(row.level3) for row in form.indicators] for form in forms] == [
        [("A", "B4"), ("C", "B5")],
        [("B", "G4"), ("D", "G5")],
    ]


def test_a_page_break_that_prints_title_and_head_again() -> None:
    form = only(
        r"""
        | 甲项目绩效自评表 | < | < | < |
        | 项目名称 | 甲 | < | < |
        | 一级指标 | 三级指标 | 指标值 | 完成值 |
        | 产出 | A | 1 | 1 |
        | 甲项目绩效自评表 | < | < | < |
        | 项目名称 | 甲 | < | < |
        | 一级指标 | 三级指标 | 指标值 | 完成值 |
        | | B | 1 | 1 |
        | 一级指标 | 三级指标 | 指标值 | 完成值 |
        | 效益 | C | 1 | 1 |
        """
    )
    assert [row.row for row in form.indicators] == [4, 8, 10]
    assert [placed(row.level1) for row in form.indicators] == [
        ("产出", "A4"),
        ("产出", "A4"),
        ("效益", "A10"),
    ]


def test_a_unit_under_the_title_and_a_label_above_the_sources() -> None:
    form = only(
        r"""
        | 2023年度项目支出绩效自评表 | < | < | < | < |
        | （金额单位：万元） | < | < | < | < |
        | 项目名称 | 公交补贴 | < | 自评得分 | 98 |
        | 项目资金 | 资金来源 | 全年预算(A) | 全年执行(B) | 执行率(B/A) |
        | ^ | 年度资金总额 | 120 | 96 | 80% |
        | ^ | 其中：财政拨款 | 120 | 96 | 80% |
        | 一级指标 | 三级指标 | 年度指标值 | 实际完成值 | 得分 |
        | 产出指标 | 运营线路 | ≥20条 | 20条 | 98 |
        """
    )
    assert form.title is not None and form.title.text == "2023年度项目支出绩效自评表"
    assert form.money_unit == "万元"
    assert list(form.header) == ["项目名称", "自评得分"]
    assert [row.label.address for row in form.funds] == ["B5", "B6"]


def test_tasks_of_a_department_with_amounts_split_by_source() -> None:
    form = only(
        r"""
        | 部门整体支出绩效自评表 | < | < | < | < | < | < | < | < |
        | 部门名称 | 县水利局 | < | < | < | < | < | < | < |
        | 年度主要任务 | 任务名称 | 完成情况 | 预算数（万元） | < | 执行数（万元） | < | 执行率 | 得分 |
        | ^ | ^ | ^ | 总额 | 财政拨款 | 总额 | 财政拨款 | ^ | ^ |
        | ^ | 任务1 | 完成 | 60 | 50 | "54" | 45 | 90% | - |
        | ^ | 任务2 | 完成 | 40 | 30 | 36 | 30 | 90% | - |
        | ^ | 金额合计 | < | 100 | 80 | 90 | 75 | 90% | 9 |
        | 年度总体目标 | 预期目标 | < | < | < | 目标实际完成情况 | < | < | < |
        | ^ | 保障供水 | < | < | < | 供水正常 | < | < | < |
        | 绩效指标 | 一级指标 | 二级指标 | 三级指标 | 预期指标值 | 实际完成指标值 | 分值 | 得分 | 未完成原因 |
        | ^ | 产出指标 | 数量指标 | 供水量 | ≥100万吨 | 110万吨 | 90 | 90 | |
        """
    )
    assert [(row.label.text, row.source, placed(row.budget), placed(row.executed)) for row in form.funds] == [
        ("金额合计", FundSource.TOTAL, (100, "D7"), (90, "F7")),
        ("财政拨款", FundSource.FISCAL, (80, "E7"), (75, "G7")),
        ("任务1", FundSource.UNKNOWN, (60, "D5"), ("54", "F5")),
        ("任务2", FundSource.UNKNOWN, (40, "D6"), (36, "F6")),
    ]
    assert placed(form.funds[0].score) == (9, "I7")
    assert list(form.header) == ["部门名称"]
    assert placed(form.goals.actual) == ("供水正常", "F9")


def test_a_total_below_what_else_is_to_be_said() -> None:
    form = only(
        r"""
        | 项目支出绩效自评表 | < | < | < | < | < |
        | 项目名称 | 困难群众救助 | < | < | < | < |
        | 一级指标 | 三级指标 | 指标值 | 实际完成值 | 分值 | 得分 |
        | 产出指标 | 救助人数 | ≥1000人 | 1020人 | 90 | 90 |
        | 其他需要说明的事项 | 无 | < | < | < | < |
        | 总分 | < | < | < | 100 | 99 |
        """
    )
    assert form.total is not None
    assert (placed(form.total.weight), placed(form.total.score)) == ((100, "E6"), (99, "F6"))
    assert [row.row for row in form.indicators] == [4]
    assert list(form.footer) == ["其他需要说明的事项"]


def test_a_column_that_names_the_forms_year_is_no_other_years() -> None:
    drawing = """
        | 三级指标 | 2021年完成值 | 2022年度指标值 | 2022年完成值 | 分值 | 得分 |
        | 培训人数 | 280人 | ≥300人 | 320人 | 100 | 100 |
    """
    (form,) = read_forms(workbook(drawing))
    assert {role: column.cell.address for role, column in form.indicator_columns.items()} == {
        "level3": "A1",
        "last_year": "B1",
        "target": "C1",
        "actual": "D1",
        "weight": "E1",
        "score": "F1",
    }


def test_words_among_the_amounts_keep_their_fund_row() -> None:
    drawing = """
        | 资金来源 | 年初预算数 | 全年预算数 | 全年执行数 |
        | 年度资金总额 | 150 | 146 | 详见附件 |
        | 其他资金 | 0 | 0 | 0 |
        | 三级指标 | 指标值 | 完成值 |
        | 培训人数 | ≥300人 | 320人 |
    """
    (form,) = read_forms(workbook(drawing))
    assert [row.executed.text for row in form.funds if row.executed] == ["详见附件", "0"]


def test_halves_of_a_fund_table_by_income_and_by_expense() -> None:
    drawing = """
        | 年度预算申请（万元） | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
        | ^ | 年度资金总额 | 1860.5 | 2100.4 | 2058.39 | 10 | %98 | 9.8 |
        | ^ | 其中：一般公共预算：2058.39 | < | < | < | 其中：基本支出：1200 | < | < |
        | 一级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 得分 | < | < |
        | 产出指标 | 水库除险加固 | 3座 | 3座 | 90 | 90 | < | < |
    """
    (form,) = read_forms(workbook(drawing))
    assert [entry.text for entry in form.funds[1].entries if not entry.blank] == []


def test_a_goal_left_blank_beside_its_label() -> None:
    drawing = """
        | 总体目标完成情况 | 预期目标 | 建成数据平台 | < |
        | ^ | 实际完成情况 | | < |
        | 三级指标 | 指标值 | 完成值 | 得分 |
        | 培训人数 | ≥300人 | 320人 | 100 |
    """
    (form,) = read_forms(workbook(drawing))
    assert form.goals.actual is not None
    assert (form.goals.actual.address, form.goals.actual.blank) == ("C2", True)


def test_a_field_left_blank_does_not_take_its_neighbours_cell() -> None:
    drawing = """
        | 项目名称： | < | 主管部门：甲市大数据局 | < |
        | 三级指标 | 指标值 | 完成值 | 得分 |
        | 培训人数 | ≥300人 | 320人 | 100 |
    """
    (form,) = read_forms(workbook(drawing))
    assert {label: (entry.value, entry.address) for label, entry in form.header.items()} == {
        "项目名称": (None, "A1"),
        "主管部门": ("甲市大数据局", "C1"),
    }


def test_the_scores_of_the_header_are_not_those_of_a_fund_table_downward() -> None:
    drawing = """
        | 自评得分 | 96 | 实施单位 | 甲市数据中心 |
        | 项目资金 | 年度资金总额 | 其中：财政拨款 | 其他资金 |
        | 全年预算数 | 146 | 146 | 0 |
        | 全年执行数 | 131.24 | 131.24 | 0 |
        | 得分 | 8.99 | | |
        | 三级指标 | 指标值 | 完成值 | 得分 |
        | 培训人数 | ≥300人 | 320人 | 90 |
    """
    (form,) = read_forms(workbook(drawing))
    assert form.funds[0].score is not None
    assert form.funds[0].score.address == "B5"


def test_an_adjusted_target_counts_where_it_was_adjusted() -> None:
    drawing = """
        | 指标名称 | 计量单位 | 年初指标值 | 调整指标值 | 全年完成值 | 指标权重 | 指标得分 |
        | 培训人数 | 人 | ≥300 | | 320 | 50 | 50 |
        | 培训期数 | 期 | ≥6 | ≥4 | 4 | 50 | 50 |
    """
    (form,) = read_forms(workbook(drawing))
    assert [row.target.address for row in form.indicators if row.target] == ["C2", "D3"]


def test_a_narrative_above_a_head_names_no_column() -> None:
    drawing = """
        | 年度目标 | 完成培训 | 完成情况 | 2021年完成全部培训任务数 | < | < |
        | 三级指标 | 指标值 | 完成值 | 得分系数 | 分值 | 得分 |
        | 培训人数 | ≥300人 | 320人 | 100% | 100 | 100 |
    """
    (form,) = read_forms(workbook(drawing))
    assert set(form.indicator_columns) == {"level3", "target", "actual", "weight", "score"}
