"""The value grammar.

V1 never raises · V2 what it prints it reads back · V3 full width equals half width · V4 each class of domain.md ·
V5 each trap of domain.md · V6 unit and operator from columns and names.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfxl.form.units import BARE, comparable, unit, unit_in_name
from perfxl.form.values import (
    Attainment,
    Blank,
    Comparison,
    Date,
    Degree,
    Operator,
    Period,
    Quantity,
    Range,
    Several,
    Strength,
    Text,
    Trend,
    Value,
    YesNo,
    operator_in_name,
    parse,
    quantities_in,
    suspicious_misread,
)
from perfxl.form.written import chinese_number, joined, tidy
from tests.layouts import form_names, load_form


def quantity(text: str) -> Quantity:
    """The text as a quantity; the test fails where it is none."""
    value = parse(text)
    assert isinstance(value, Quantity), value
    return value


# V4: figures


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("735", "735"),
        ("22.8", "22.8"),
        ("2370人", "2370人"),
        ("14.8万元", "14.8万元"),
        ("100%", "100%"),
        ("97.30%", "97.30%"),
        ("1‰", "1‰"),
        ("75 万人次", "75万人次"),
        ("0", "0"),
        ("-3.5%", "-3.5%"),
        ("负5%", "-5%"),
        ("1,234人", "1234人"),
        ("1,234,567.89元", "1234567.89元"),
        ("￥1,200", "1200元"),
        ("两次", "2次"),
        ("十二期", "12期"),
        ("一百二十人", "120人"),
        ("至少两次", "≥2次"),
        ("百分之九十五", "95%"),
        ("百分之九十五点五", "95.5%"),
        ("百分之95以上", "≥95%"),
        ("百分百", "100%"),
        ("零", "0"),
        ("零投诉", "0投诉"),
        ("无安全事故", "0安全事故"),
        ("约50人", "约50人"),
        ("50人左右", "约50人"),
        ("100余人", ">100人"),
        ("10万余人", ">10万人"),
        ("10000+", "≥10000"),
        ("5（个）", "5个"),
        ("≥10万（人）", "≥10万人"),
        ("无事故发生", "0事故"),
        ("未低于90%", "≥90%"),
        ("节约10万元", "节约10万元"),
        ("满意度约90%", "满意度约90%"),
    ],
)
def test_number_and_unit(text: str, canonical: str) -> None:
    assert isinstance(parse(text), Quantity)
    assert str(parse(text)) == canonical


SIGNS_AT_LEAST = "≥ ≧ ⩾ >= => ＞＝ 不低于 不少于 不小于 不得低于 大于等于 大于或等于 至少"
SIGNS_MORE = "> ＞ 大于 高于 超过 多于"
SIGNS_AT_MOST = "≤ ≦ <= =< ＜＝ 不超过 不高于 不大于 不得超过 小于等于 小于或等于 至多 控制在"
SIGNS_LESS = "< ＜ 小于 低于 少于 不足 不满"
SIGNS_EQUAL = "= ＝ ═ 等于"


@pytest.mark.parametrize(
    ("signs", "operator"),
    [
        (SIGNS_AT_LEAST, Operator.AT_LEAST),
        (SIGNS_MORE, Operator.MORE),
        (SIGNS_AT_MOST, Operator.AT_MOST),
        (SIGNS_LESS, Operator.LESS),
        (SIGNS_EQUAL, Operator.EQUAL),
    ],
)
def test_operators_before(signs: str, operator: Operator) -> None:
    for sign in signs.split():
        assert parse(f"{sign}95%") == Quantity(Decimal(95), quantity("1%").unit, operator), sign
        assert parse(f"{sign} 95 %") == parse(f"{sign}95%"), sign


# 民法典 第一千二百五十九条: 以上, 以下, 以内 include the figure, 不满, 超过, 以外 do not.
@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("5次以上", "≥5次"),
        ("5次及以上", "≥5次"),
        ("90%（含）以上", "≥90%"),
        ("≥90%（含）", "≥90%"),
        ("90%以上（不含）", ">90%"),
        ("5天以内", "≤5天"),
        ("15日内", "≤15天"),
        ("15个工作日内", "≤15工作日"),
        ("24小时内完成", "≤24小时"),
        ("5%以下", "≤5%"),
        ("控制在5万元以内", "≤5万元"),
        ("≥95%以上", "≥95%"),
        ("3个以上项目", "≥3个项目"),
        ("5站点以上", "≥5站点"),
    ],
)
def test_operators_behind(text: str, canonical: str) -> None:
    assert str(parse(text)) == canonical


@pytest.mark.parametrize("text", ["≥100人以下", "60岁以上老人", "1以上以上"])
def test_contradicting_operators_stay_text(text: str) -> None:
    assert parse(text) == Text(text)


@pytest.mark.parametrize(
    ("text", "low", "high", "unit_name", "ends"),
    [
        ("6-9个月", 6, 9, "个月", (True, True)),
        ("3~5天", 3, 5, "天", (True, True)),
        ("3至5天", 3, 5, "天", (True, True)),
        ("3-5天内", 3, 5, "天", (True, True)),
        ("90%—95%", 90, 95, "%", (True, True)),
        ("80%（含）-100%", 80, 100, "%", (True, True)),
        ("100%-80%（含80%）", 80, 100, "%", (True, True)),
        ("80%-60%（不含80%）", 60, 80, "%", (True, False)),
        ("80%（不含）-100%", 80, 100, "%", (False, True)),
        ("≥80%且<90%", 80, 90, "%", (True, False)),
        ("大于5%，小于10%", 5, 10, "%", (False, False)),
        ("5万-10万元", 5, 10, "万元", (True, True)),
        ("5千-1万人", Decimal("0.5"), 1, "万人", (True, True)),
        ("±5%", -5, 5, "%", (True, True)),
        ("100±5毫米", 95, 105, "毫米", (True, True)),
    ],
)
def test_ranges(text: str, low: Decimal, high: Decimal, unit_name: str, ends: tuple[bool, bool]) -> None:
    value = parse(text)
    assert isinstance(value, Range)
    assert (value.low, value.high, value.unit.name) == (low, high, unit_name)
    assert (value.includes_low, value.includes_high) == ends


def test_range_keeps_its_label() -> None:
    value = parse("合格率90%-95%")
    assert isinstance(value, Range) and value.label == "合格率"
    assert str(parse("控制在3-5天")) == "3-5天"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("医疗机构≥40% 病种≥70% 基金≥30%", ["医疗机构≥40%", "病种≥70%", "基金≥30%"]),
        ("医疗机构≥40%\n病种≥70%\n基金≥30%", ["医疗机构≥40%", "病种≥70%", "基金≥30%"]),
        ("3个市州、6个县", ["市州3个", "县6个"]),
        ("3个市州 6个县", ["市州3个", "县6个"]),
        ("14篇、16条", ["14篇", "16条"]),
        ("培训3次；参训1,200人次", ["培训3次", "参训1200人次"]),
        ("1.宣传3次；2.培训5次", ["宣传3次", "培训5次"]),
        ("①宣传3次②培训5次", ["宣传3次", "培训5次"]),
        ("政策文件 31 件，政策解读 14 件。", ["政策文件31件", "政策解读14件"]),
        ("线上3次(含直播、录播)、线下2次", ["线上3次(含直播、录播)", "线下2次"]),
    ],
)
def test_several(text: str, parts: list[str]) -> None:
    value = parse(text)
    assert isinstance(value, Several)
    assert list(map(str, value.parts)) == parts


def test_several_keep_the_sentence_behind_them() -> None:
    value = parse("报送信息 74 篇，刊发信息 10 篇，报送及时，质量较高。")
    assert isinstance(value, Several)
    assert len(value.parts) == 2 and value.note == ",报送及时,质量较高"


# V4: dates


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2020-12-31前", Date(2020, 12, 31, relation="前")),
        ("2022/12/31", Date(2022, 12, 31)),
        ("2022/12/31 00:00:00", Date(2022, 12, 31)),
        ("2021.12.31", Date(2021, 12, 31)),
        ("2021-12", Date(2021, 12)),
        ("9月前", Date(month=9, relation="前")),
        ("12月份", Date(month=12)),
        ("2021年底", Date(2021, part="底")),
        ("年底前", Date(part="底", relation="前")),
        ("年底前完成", Date(part="底", relation="前", note="完成")),
        ("12月底前完成", Date(month=12, part="底", relation="前", note="完成")),
        ("2021年12月完成", Date(2021, 12, note="完成")),
        ("当年12月31日前", Date(month=12, day=31, relation="前")),
        ("12.31前", Date(month=12, day=31, relation="前")),
        ("不晚于2021年12月31日", Date(2021, 12, 31, relation="前")),
        ("2021年第四季度", Date(2021, part="第4季度")),
        ("三季度末前", Date(part="第3季度", relation="前")),
        ("2021年上半年", Date(2021, part="上半年")),
        ("2021年", Date(2021)),
    ],
)
def test_dates(text: str, date: Date) -> None:
    assert parse(text) == date


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("1-12月", "1月至12月"),
        ("2021年1—12月", "2021年1月至2021年12月"),
        ("2018—2020年", "2018年至2020年"),
        ("2021.1-2021.12", "2021年1月至2021年12月"),
        ("2021年1月1日至2021年12月31日", "2021年1月1日至2021年12月31日"),
    ],
)
def test_periods(text: str, canonical: str) -> None:
    assert isinstance(parse(text), Period)
    assert str(parse(text)) == canonical


@pytest.mark.parametrize("text", ["3年", "12个月", "15日", "2021.12", "20211231"])
def test_durations_and_plain_numbers_are_no_dates(text: str) -> None:
    assert isinstance(parse(text), Quantity)


@pytest.mark.parametrize("text", ["13月", "2021-13-01", "2月32日"])
def test_impossible_days_are_no_dates(text: str) -> None:
    assert not isinstance(parse(text), Date)


# V4: words


@pytest.mark.parametrize(
    ("text", "trend", "strength"),
    [
        ("显著提升", Trend.UP, Strength.STRONG),
        ("有所提高", Trend.UP, Strength.MEDIUM),
        ("逐步推开", Trend.UP, Strength.MEDIUM),
        ("稳步提高", Trend.UP, Strength.MEDIUM),
        ("不断提升", Trend.UP, Strength.MEDIUM),
        ("明显改善", Trend.UP, Strength.STRONG),
        ("有效缓解", Trend.DOWN, Strength.STRONG),
        ("略有下降", Trend.DOWN, Strength.WEAK),
        ("提升", Trend.UP, Strength.UNSAID),
        ("提升明显", Trend.UP, Strength.STRONG),
        ("效果明显", Trend.STATE, Strength.STRONG),
        ("良好", Trend.STATE, Strength.MEDIUM),
        ("优", Trend.STATE, Strength.STRONG),
        ("差", Trend.STATE, Strength.WEAK),
    ],
)
def test_degrees(text: str, trend: Trend, strength: Strength) -> None:
    value = parse(text)
    assert isinstance(value, Degree)
    assert (value.trend, value.strength) == (trend, strength)


def test_degree_keeps_subject_and_the_sentence_behind() -> None:
    value = parse("困难群众看病就医方便程度明显提高。2020年全省各地全面资助特困供养人员。")
    assert isinstance(value, Degree)
    assert value.subject == "困难群众看病就医方便程度" and value.word == "明显提高"
    assert value.note.startswith("。2020年")


@pytest.mark.parametrize(
    ("reached", "words"),
    [
        (
            True,
            "达标 已完成 完成 达成预期指标 正常 全覆盖 全面完成 按时完成 项目已完成 资金使用符合相关规定 应保尽保 及时公开",
        ),
        (None, "基本完成 部分完成 部分达标 正在推进 部分达成预期指标并具有一定效果"),
        (False, "未完成 不达标 不合格 尚未完成 未开展 未按时完成 未达成预期指标且效果较差"),
    ],
)
def test_attainment(reached: bool | None, words: str) -> None:
    for word in words.split():
        value = parse(word)
        assert isinstance(value, Attainment), word
        assert value.reached is reached, word


@pytest.mark.parametrize(
    "text", ["信息公开", "全年正常运行，但出现3次故障", "确保异地就医结算的正常开展，提升服务水平"]
)
def test_tasks_promises_and_what_is_taken_back_are_no_attainment(text: str) -> None:
    assert isinstance(parse(text), Text)


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("不低于上年", "不低于上年"),
        ("不低于上年水平", "不低于上年"),
        ("≥上年", "不低于上年"),
        ("优于去年同期", "高于去年同期"),
        ("较上年减少", "较上年减少"),
        ("比上年有所减少", "较上年有所减少"),
        ("逐年提高", "逐年提高"),
        ("较往年提升", "较往年提升"),
        ("同比增长≥5%", "同比增长≥5%"),
        ("同比增长5%以上", "同比增长≥5%"),
        ("增长不低于5%", "增长≥5%"),
        ("与上年相比提高2个百分点", "较上年提高2百分点"),
        ("支付比例提高5个百分点", "支付比例提高5百分点"),
        ("与上年持平", "较上年持平"),
        ("持平", "持平"),
        ("≤预算数", "不超过预算数"),
        ("不超过政府承受能力", "不超过政府承受能力"),
        ("政策未超过政府承受能力", "政策不超过政府承受能力"),
    ],
)
def test_comparisons(text: str, canonical: str) -> None:
    assert isinstance(parse(text), Comparison)
    assert str(parse(text)) == canonical


@pytest.mark.parametrize(
    ("text", "answer"), [("是", True), ("否", False), ("有", True), ("无", False), ("√", True), ("×", False)]
)
def test_yes_and_no(text: str, answer: bool) -> None:
    value = parse(text)
    assert isinstance(value, YesNo) and value.answer is answer


@pytest.mark.parametrize(
    ("text", "placeholder"),
    [
        ("", False),
        ("  ", False),
        ("—", False),
        ("——", False),
        ("-", False),
        ("/", False),
        ("不适用", False),
        ("N/A", False),
        ("……", True),
        ("...", True),
        ("**", True),
        ("XX%", True),
        ("≥**平方米", True),
    ],
)
def test_blanks(text: str, placeholder: bool) -> None:
    value = parse(text)
    assert isinstance(value, Blank) and value.placeholder is placeholder


# V5


@pytest.mark.parametrize(
    "text",
    [
        "〔2021〕337号",
        "财预〔2021〕101号",
        "V2.0",
        "2.0版",
        "13800000000",
        "0311-1234567",
        "100000199001011234",
        "007",
        "GB/T 9704-2012",
        "5A级",
        "5G基站",
        "1:5000",
        "1/2",
        "第3期",
        "项目2",
        "一是加强监管",
        "一次性",
        "十四五",
        "一级",
        "7*24小时随时响应",
        "80≤X<90",
        "没有超过5次",
        "事故发生率0",
        "10w",
        "起付线降低一半，支付比例提高5个百分点，全面取消封顶线",
        "每月10日前",
    ],
)
def test_codes_and_sentences_stay_text(text: str) -> None:
    assert isinstance(parse(text), Text)


def test_misread_sign() -> None:
    assert str(parse("290%")) == "290%"
    meant = suspicious_misread(parse("95%"), parse("290%"))
    assert str(meant) == "≥90%"
    assert str(suspicious_misread(parse("290%"), parse("290%"))) == "≥90%"
    for counterpart, value in [
        ("95%", "190%"),
        ("95%", "≥290%"),
        ("300%", "290%"),
        ("95%", "210%"),
        ("5次", "290%"),
    ]:
        assert suspicious_misread(parse(counterpart), parse(value)) is None


@pytest.mark.parametrize(
    ("text", "canonical", "note"),
    [
        ("0次(受疫情影响未开展)", "0次(受疫情影响未开展)", "(受疫情影响未开展)"),
        ("284658人≥参保扩面下达的任务目标", "284658人≥参保扩面下达的任务目标", "≥参保扩面下达的任务目标"),
        ("5次，其中线上3次", "5次,其中线上3次", ",其中线上3次"),
        ("100%完成", "100%完成", "完成"),
        ("3家医院", "3家医院", "医院"),
    ],
)
def test_figure_with_free_text(text: str, canonical: str, note: str) -> None:
    assert quantity(text).note == note
    assert str(parse(text)) == canonical


def test_figure_with_label() -> None:
    value = quantity("预算执行率89.89%")
    assert (value.label, value.number, value.unit.name) == ("预算执行率", Decimal("89.89"), "%")
    assert quantity("满意度：95%").label == "满意度"
    assert quantity("每年不少于2次").operator is Operator.AT_LEAST


@pytest.mark.parametrize("text", ["全年均正常运行，100%达到年初绩效目标。", "100%达到年初绩效目标"])
def test_a_claim_to_have_reached_the_goal_is_no_figure(text: str) -> None:
    assert isinstance(parse(text), Attainment)


def test_same_amount_in_other_scales() -> None:
    assert quantity("66611400人").base == quantity("6661.14万人").base
    assert quantity("5千米").base == quantity("5公里").base == quantity("5000米").base
    assert quantity("3亩").base == quantity("2000平方米").base
    assert quantity("1.5亿元").base == quantity("15000万元").base


def test_scale_without_unit() -> None:
    value = quantity("5万")
    assert value.unit.bare and value.unit.factor == 10_000


def test_decimals_are_kept() -> None:
    assert quantity("90.00%").decimals == 2
    assert str(parse("90.00%")) == "90.00%"
    assert quantity("735").decimals == 0


# V6


@pytest.mark.parametrize(
    ("cell", "unit_text", "operator", "canonical"),
    [
        (Decimal(735), "人次", "≧", "≥735人次"),
        ("100", "%", "═", "=100%"),
        ("98", "%(百分比)", ">=", "≥98%"),
        ("5", "万元", "≤", "≤5万元"),
        ("5万", "元", "≤", "≤5万元"),
        ("50", "个", "正向", "≥50个"),
        ("50", "个", "反向", "≤50个"),
        ("50", "个", "定性", "50个"),
        ("≥50", "个", "≤", "≥50个"),
        ("100%", "人", None, "100%"),
        ("100", "-", None, "100"),
        ("显著提升", "优良中低差", "定性", "显著提升"),
        ("6-9", "月", None, "6-9个月"),
        ("2022", "年", "≤", "2022年前"),
        ("12月31日", None, "≤", "12月31日前"),
        ("医疗机构40 病种≥70", "%", None, "医疗机构40 病种≥70"),
    ],
)
def test_columns_of_their_own(
    cell: str | Decimal, unit_text: str | None, operator: str | None, canonical: str
) -> None:
    assert str(parse(cell, unit=unit_text, operator=operator)) == canonical


def test_numeric_cells() -> None:
    assert str(parse(Decimal("0.95"), percent=True)) == "95%"
    assert str(parse(Decimal("0.8989"), percent=True)) == "89.89%"
    assert str(parse(Decimal(1), percent=True)) == "100%"
    assert str(parse(Decimal("1E+2"))) == "100"
    assert parse(None) == Blank()
    assert parse(True) == YesNo(True, "是")
    assert isinstance(parse(Decimal("NaN")), Text)
    assert isinstance(parse(Decimal("1E+9999")), Text)


@pytest.mark.parametrize(
    ("name", "unit_name", "operator"),
    [
        ("参保人数（人）", "人", None),
        ("各级财政补助标准（元/人）", "元/人", None),
        ("综合参保率(%)", "%", None),
        ("公猪舍(≥**平方米)", "平方米", Operator.AT_LEAST),
        ("排污沟(≥米)", "米", Operator.AT_LEAST),
        ("粉碎拌合机(11kw)(≥台)", "台", Operator.AT_LEAST),
        ("可支配月数(月)", "个月", None),
        ("投资额（单位：万元）", "万元", None),
        ("产出指标(50分)", None, None),
        ("受益户满意度(含监测对象)", None, None),
        ("推行病组（DRG）付费", None, None),
        ("参保人数", None, None),
    ],
)
def test_unit_and_operator_in_a_name(name: str, unit_name: str | None, operator: Operator | None) -> None:
    assert unit_in_name(name) == unit_name
    assert operator_in_name(name) is operator


def test_units() -> None:
    assert unit("元/人/年") == unit("元/人·年") == unit("元/人年")
    assert unit("平米") == unit("㎡") == unit("m2") == unit("平方米")
    assert unit("无") is None and unit("—") is None and unit("") is None
    invented = unit("锅炉房")
    assert invented is not None and not invented.known


@pytest.mark.parametrize(
    ("one", "other", "answer"),
    [
        ("万人", "人", True),
        ("名", "人", True),
        ("台/套", "台", True),
        ("人", "人次", None),
        ("元/人", "元", None),
        ("天", "个月", None),
        ("工作日", "天", None),
        ("%", "百分点", None),
        ("锅炉房", "元", None),
        ("人", "元", False),
        ("分钟", "%", False),
        ("公里", "平方米", False),
    ],
)
def test_units_compare(one: str, other: str, answer: bool | None) -> None:
    first, second = unit(one), unit(other)
    assert first is not None and second is not None
    assert comparable(first, second) is answer
    assert comparable(second, first) is answer
    assert comparable(first, BARE) is True


def test_figures_in_a_narrative() -> None:
    found = quantities_in(
        "2020年第3季度检查医药机构168家(次)，全省覆盖率达98.5%，7*24小时响应，川医保〔2019〕44号。"
    )
    assert [str(figure) for figure in found] == ["168家", "98.5%"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("零", 0),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("一百零五", 105),
        ("三千四百五十六", 3456),
        ("两百", 200),
    ],
)
def test_chinese_numbers(text: str, number: int) -> None:
    assert chinese_number(text) == number


@pytest.mark.parametrize("text", ["", "十四五", "一一", "百", "零零", "一百二", "五十十", "人"])
def test_what_is_no_chinese_number(text: str) -> None:
    assert chinese_number(text) is None


def test_words_split_by_line_breaks() -> None:
    assert parse("显著\n提升") == parse("显著提升")
    assert parse("按时按要求落实 和执行政策") == parse("按时按要求落实和执行政策")


def documented() -> list[tuple[str, str]]:
    """The examples of docs/values.md with the class that the page gives them."""
    page = Path(__file__).parents[2] / "docs" / "values.md"
    rows = [
        line.split("|") for line in page.read_text(encoding="utf-8").splitlines() if line.startswith("| `")
    ]
    return [(row[1].strip(" `"), example.strip()) for row in rows for example in row[2].split(" · ")]


def test_the_page_says_what_the_grammar_does() -> None:
    examples = documented()
    assert {name for name, _ in examples} == {kind.__name__ for kind in get_args(Value)}
    for name, example in examples:
        assert type(parse(example)).__name__ == name, example


# Real values, and properties

_COLUMNS = ("指标值", "目标值", "标准值", "完成值", "实际值", "完成指标值")


def real_values() -> list[str]:
    """Every target and actual value of the transcribed forms."""
    found: dict[str, None] = {}
    for name in form_names():
        for row in load_form(name)["indicators"]:
            found.update(
                {text: None for label, text in row.items() if any(name in label for name in _COLUMNS)}
            )
    return list(found)


def reads_back(text: str) -> Value:
    """The value of a text, after the properties that hold for every text."""
    value = parse(text)
    assert parse(str(value)) == value
    assert str(parse(str(value))) == str(value)
    return value


def test_real_values_read_back() -> None:
    values = [reads_back(text) for text in real_values()]
    assert len(values) > 200
    # A grammar that falls back to text would pass the property; most real values are more than text.
    assert sum(isinstance(value, Text) for value in values) < len(values) / 3


@given(st.text())
def test_any_text_reads_back(text: str) -> None:
    reads_back(text)


PIECE_TEXTS = (
    "≥ ≧ >= ≤ < > = 不低于 不少于 超过 控制在 约 以上 及以上 以内 以下 左右 内 1 2 5 10 95 0 90.00 1,234 2021 12 31 - % ％ "
    "‰ 百分点 百分之 百 十 两 三 元 万元 万 亿 人 人次 万人 个 家 次 天 年 月 个月 小时 工作日 亩 元/人 /年 / ~ 至 ( ) （含） "
    "(不含) ， 、 ； 。 . … ** 其中 且 前 底 完成 已 未 基本 达标 预期指标 达到 显著 提升 下降 有所 上年 较 同比 不 逐年 持平 "
    "全 覆盖 率 满意度 市州 是 无 零 投诉 ± 余 多 第 季度 a V m2 ㎡ ① 1. 号 级 的"
)
PIECES = st.sampled_from([*PIECE_TEXTS.split(), " ", "\n", "\u3000"])


@given(st.lists(PIECES, max_size=9).map("".join))
def test_any_mixture_of_pieces_reads_back(text: str) -> None:
    reads_back(text)


@given(st.lists(PIECES, max_size=9).map("".join))
def test_full_width_reads_as_half_width(text: str) -> None:
    wide = "".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in text)
    assert parse(wide) == parse(text)


@given(st.text())
def test_tidying_twice_changes_nothing(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)
    assert joined(joined(tidy(text))) == joined(tidy(text))


NUMBERS = st.decimals(min_value=0, max_value=10**12, places=2, allow_nan=False, allow_infinity=False)
UNITS = st.sampled_from(["", "人", "万人", "元", "%", "平方米", "元/人·年", "个月", "人次", "公里"])
SIGNS = st.sampled_from(list(Operator))


@given(NUMBERS, UNITS, SIGNS)
def test_what_is_written_is_read(number: Decimal, unit_name: str, sign: Operator) -> None:
    read = quantity(f"{sign}{number}{unit_name}")
    assert (read.number, read.decimals, read.unit.name, read.operator) == (number, 2, unit_name, sign)


@given(NUMBERS, NUMBERS, UNITS)
def test_ranges_are_read_in_order(one: Decimal, other: Decimal, unit_name: str) -> None:
    value = parse(f"{one}-{other}{unit_name}")
    if one == other:
        assert not isinstance(value, Range)
    else:
        assert isinstance(value, Range) and (value.low, value.high) == (min(one, other), max(one, other))


@given(st.decimals(allow_nan=True, allow_infinity=True), st.booleans())
def test_numbers_never_raise(number: Decimal, percent: bool) -> None:
    parse(number, percent=percent, unit="人", operator="≥")


@given(st.text(), st.text(), st.text())
def test_columns_never_raise(text: str, unit_text: str, operator: str) -> None:
    parse(text, unit=unit_text, operator=operator)
    unit_in_name(text)
    operator_in_name(text)
    quantities_in(text)


@given(st.integers(min_value=0, max_value=9999))
def test_chinese_numbers_round_trip(number: int) -> None:
    digits = "零一二三四五六七八九"
    spoken = ""
    for place, power in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            spoken += digits[digit] + power
        elif spoken and not spoken.endswith("零") and number % place:
            spoken += "零"
    assert chinese_number(spoken or "零") == number
