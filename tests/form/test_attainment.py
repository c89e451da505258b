"""Judging an actual value against its target.

A1 figures against bounds, in any unit of one dimension · A2 targets without an operator need a direction ·
A3 dates · A4 several parts · A5 words · A6 what only a person can judge is None · A7 degree of completion ·
A8 PX405, a condition repeated · A9 PX404, different kinds · A10 direction by name.
"""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from perfxl.form.attainment import Direction, completion, direction_of, meets, repeats_condition, same_kind
from perfxl.form.values import parse

POSITIVE, REVERSE = Direction.POSITIVE, Direction.REVERSE


def met(target: str, actual: str, direction: Direction | None = None, year: int | None = None) -> bool | None:
    """Whether the text of an actual value meets the text of a target."""
    return meets(parse(target), parse(actual), direction, year=year)


# A1


@pytest.mark.parametrize(
    ("target", "actual", "answer"),
    [
        ("≥90%", "95%", True),
        ("≥90%", "90%", True),
        ("≥90%", "89.99%", False),
        ("≥90%", "预算执行率89.89%", False),
        (">90%", "90%", False),
        ("≤60分钟", "30分钟", True),
        ("≤60分钟", "1小时", True),
        ("≤60分钟", "2小时", False),
        ("少于6天", "5天", True),
        ("少于6天", "6天", False),
        ("≥66611400人", "6715.75万人", True),
        ("≥66611400人", "6661万人", False),
        ("≥5公里", "5000米", True),
        ("≥20亩", "13333平方米", False),
        ("≤15%", "32.69%", False),
        ("6-9个月", "11.06个月", False),
        ("6-9个月", "9个月", True),
        ("80%-90%（不含90%）", "90%", False),
        ("0次", "无", True),
        ("无安全事故", "0起", True),
        ("零投诉", "2起", False),
        ("零投诉", "100%", None),
        ("全覆盖", "90%", False),
        ("全覆盖", "100%", True),
        ("达标", "90%", None),
        ("4次", "0次(受疫情影响未开展)", None),
    ],
)
def test_figures(target: str, actual: str, answer: bool | None) -> None:
    assert met(target, actual) is answer


@pytest.mark.parametrize(
    ("target", "actual", "answer"),
    [
        ("≥95%", "95", True),
        ("≥95", "95%", True),
        ("≥50个", "50", True),
        ("≤90万元", "90", True),
        ("≤4万元", "5万", False),
        ("≥4万元", "5万", True),
        # Two ways to read the bare number, and they differ:
        ("≥95%", "0.95", None),
        ("≤90万元", "900000", None),
        # They agree:
        ("≥5万人", "60000", True),
        ("≥95%", "0.5", False),
    ],
)
def test_a_bare_number_takes_the_unit_of_the_other(target: str, actual: str, answer: bool | None) -> None:
    assert met(target, actual) is answer


@pytest.mark.parametrize(
    ("target", "actual"),
    [
        ("≥550元/人", "600元"),
        ("≥735人", "800人次"),
        ("≥735人", "800元"),
        ("≤60分钟", "100%"),
        ("≥90%", "约95%"),
        ("≥90%", "≤95%"),
        ("≥90%", "≥85%"),
        ("≥90%", "85%-95%"),
        ("290%", "95%"),
        ("≥90%", "290%"),
    ],
)
def test_units_and_bounds_that_prove_nothing(target: str, actual: str) -> None:
    assert met(target, actual) is None


@pytest.mark.parametrize(
    ("actual", "answer"), [("≥98%", True), ("92%-95%", True), ("<90%", False), ("80%-85%", False)]
)
def test_an_actual_bound_proves_what_all_its_amounts_have_in_common(actual: str, answer: bool) -> None:
    assert met("≥90%", actual) is answer


NUMBERS = st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False, allow_infinity=False)


@given(NUMBERS, NUMBERS)
def test_bounds_are_arithmetic(target: Decimal, actual: Decimal) -> None:
    assert met(f"≥{target}人", f"{actual}人") is (actual >= target)
    assert met(f">{target}人", f"{actual}人") is (actual > target)
    assert met(f"≤{target}人", f"{actual}人") is (actual <= target)
    assert met(f"<{target}人", f"{actual}人") is (actual < target)


@given(NUMBERS, NUMBERS)
def test_scale_changes_nothing(target: Decimal, actual: Decimal) -> None:
    assert met(f"≥{target}万人", f"{actual * 10000:f}人") is (actual >= target)
    assert met(f"≥{target * 10000:f}人", f"{actual}万人") is (actual >= target)


@given(NUMBERS, NUMBERS, NUMBERS)
def test_ranges_are_arithmetic(low: Decimal, high: Decimal, actual: Decimal) -> None:
    assume(low < high)
    assert met(f"{low}-{high}人", f"{actual}人") is (low <= actual <= high)


# A2


@pytest.mark.parametrize(
    ("target", "actual", "unknown", "positive", "reverse"),
    [
        ("38508人", "38508人", True, True, True),
        ("38508人", "37442人", None, False, True),
        ("5万元", "6万元", None, True, False),
        ("=100%", "100%", True, True, True),
        ("=100%", "98%", None, False, None),
        ("=5次", "6次", None, None, False),
        ("0人", "0人", True, True, True),
        ("0", "825170人", False, None, False),
        ("约50人", "60人", None, None, None),
        ("90%-95%", "96%", False, True, False),
        ("6-9个月", "11个月", False, False, False),
    ],
)
def test_targets_without_a_bound(
    target: str, actual: str, unknown: bool | None, positive: bool | None, reverse: bool | None
) -> None:
    assert met(target, actual) is unknown
    assert met(target, actual, POSITIVE) is positive
    assert met(target, actual, REVERSE) is reverse


# A3


@pytest.mark.parametrize(
    ("target", "actual", "answer"),
    [
        ("2020-12-31前", "2020年11月", True),
        ("2020-12-31前", "2020-12-31", True),
        ("2020-12-31前", "2021年1月5日", False),
        ("2020-12-31前", "2020-12-31前", True),
        ("2021年12月完成", "2021年12月完成", True),
        ("2021年底", "2022年1月", False),
        ("12月底前完成", "11月完成", True),
        ("9月前", "8月", True),
        ("9月前", "10月", False),
        ("9月前", "9月15日", None),
        ("2021年6月", "2021年", None),
        ("12月底前", "2021年12月", None),
        ("2021年12月后", "2021年11月", None),
    ],
)
def test_dates(target: str, actual: str, answer: bool | None) -> None:
    assert met(target, actual) is answer


def test_the_year_of_the_form_dates_a_deadline() -> None:
    assert met("12月底前", "2021年12月20日", year=2021) is True
    assert met("12月底前", "2022年1月5日", year=2021) is False


# A4


@pytest.mark.parametrize(
    ("target", "actual", "answer"),
    [
        ("医疗机构≥40% 病种≥70% 基金≥30%", "医疗机构86% 病种94% 基金76%", True),
        ("医疗机构≥40% 病种≥70% 基金≥30%", "基金76%、医疗机构86%、病种94%", True),
        ("医疗机构≥40% 病种≥70% 基金≥30%", "医疗机构86% 病种60% 基金76%", False),
        ("医疗机构≥40% 病种≥70% 基金≥30%", "医疗机构86% 病种94%", None),
        ("医疗机构≥40% 病种≥70%", "甲类86% 乙类94%", None),
        ("3个市州、6个县", "6个县、3个市州", True),
        ("14篇、16条", "14篇、16条", True),
        ("14篇、16条", "14篇、15条", None),
    ],
)
def test_several_parts(target: str, actual: str, answer: bool | None) -> None:
    assert met(target, actual) is answer


# A5, A6


@pytest.mark.parametrize(
    ("target", "actual", "answer"),
    [
        ("达标", "已完成", True),
        ("全面完成", "基本完成", None),
        ("全面完成", "未完成", False),
        ("≥90%", "未完成", False),
        ("12月底前完成", "尚未完成", False),
        ("是", "否", False),
        ("有", "√", True),
        ("显著提升", "显著提升", None),
        ("显著提升", "有所提升", None),
        ("显著提升", "有所下降", False),
        ("不低于上年", "较上年提高2%", True),
        ("不低于上年", "与上年持平", True),
        ("不低于上年", "较上年下降", False),
        ("高于上年", "与上年持平", False),
        ("较上年减少", "因病致贫人数较上年减少", True),
        ("较上年减少", "较上年增加", False),
        ("较上年减少", "较往年减少", None),
        ("增长≥5%", "增长6%", True),
        ("增长≥5%", "增长4%", False),
        ("增长≥5%", "6%", None),
        ("信息公开", "信息公开", None),
        ("≥90%", "全年均正常运行，100%达到年初绩效目标。", None),
        ("达标", "100%", None),
        ("", "100%", None),
        ("—", "未完成", None),
        ("100%", "", None),
    ],
)
def test_words(target: str, actual: str, answer: bool | None) -> None:
    assert met(target, actual) is answer


@given(st.text(), st.text(), st.sampled_from([None, POSITIVE, REVERSE]))
def test_any_two_texts_are_judged(target: str, actual: str, direction: Direction | None) -> None:
    one, other = parse(target), parse(actual)
    assert meets(one, other, direction) in (True, False, None)
    assert same_kind(one, other) in (True, False, None)
    assert repeats_condition(one, other) in (True, False)
    completion(one, other, direction)


PHRASES = st.sampled_from(
    [
        "≥90%",
        "90%",
        "≤5天",
        "6-9个月",
        "735人",
        "5万",
        "0",
        "14篇、16条",
        "2020-12-31前",
        "9月",
        "1-12月",
        "显著提升",
        "达标",
        "未完成",
        "不低于上年",
        "增长≥5%",
        "是",
        "信息公开",
        "—",
        "290%",
        "约5人",
        "±5%",
    ]
)


@given(PHRASES, PHRASES)
def test_a_repeated_condition_proves_nothing(target: str, actual: str) -> None:
    one, other = parse(target), parse(actual)
    if repeats_condition(one, other):
        assert meets(one, other) is None
        assert completion(one, other) is None


@given(PHRASES, PHRASES)
def test_what_is_met_is_not_of_another_kind(target: str, actual: str) -> None:
    one, other = parse(target), parse(actual)
    if meets(one, other):
        assert same_kind(one, other) is not False


# A7


@pytest.mark.parametrize(
    ("target", "actual", "direction", "fraction"),
    [
        ("≥100人", "120人", None, "1.2"),
        ("≥80", "100%", None, "1.25"),
        ("≥100万人", "50万人", None, "0.5"),
        ("≥10000人", "0.5万人", None, "0.5"),
        ("100人", "80人", POSITIVE, "0.8"),
        ("=100%", "98%", POSITIVE, "0.98"),
        ("100人", "100人", None, "1"),
        ("100人", "80人", None, None),
        ("100人", "80人", REVERSE, None),
        ("≤100人", "80人", None, None),
        ("0人", "80人", POSITIVE, None),
        ("≥90%", "≥90%", None, None),
        ("≥90%", "≥98%", None, None),
        ("≥90%", "0.98", None, None),
        ("≥90%", "290%", None, None),
        ("≥100人", "120元", None, None),
        ("6-9个月", "8个月", None, None),
        ("显著提升", "显著提升", None, None),
    ],
)
def test_completion(target: str, actual: str, direction: Direction | None, fraction: str | None) -> None:
    expected = None if fraction is None else Decimal(fraction)
    assert completion(parse(target), parse(actual), direction) == expected


# A8


@pytest.mark.parametrize(
    ("target", "actual"),
    [
        ("≥90%", "≥90%"),
        ("≥90%", "不低于90%"),
        ("≥90%", ">90%"),
        ("≥90", "≥90%"),
        ("≥2 次", "≥2次"),
        ("≤60分钟", "≤60 分钟"),
        ("≥550元/人", "≥550元/人"),
        ("≥1万人", "≥10000人"),
        ("5天", "≤5天"),
        ("6-9个月", "6-9个月"),
        ("医疗机构≥40% 病种≥70%", "医疗机构≥40% 病种≥70%"),
        ("不低于上年", "不低于上年水平"),
        ("不超过政府承受能力", "不超过政府承受能力"),
        ("同比增长≥5%", "同比增长5%以上"),
    ],
)
def test_repeated_conditions(target: str, actual: str) -> None:
    assert repeats_condition(parse(target), parse(actual))


@pytest.mark.parametrize(
    ("target", "actual"),
    [
        ("100%", "100%"),
        ("=100%", "=100%"),
        ("735", "735"),
        ("2370人", "2370人"),
        ("14篇、16条", "14篇、16条"),
        ("显著提升", "显著提升"),
        ("达标", "达标"),
        ("逐年提高", "逐年提高"),
        ("较上年减少", "较上年减少"),
        ("2020-12-31前", "2020-12-31前"),
        ("信息公开", "信息公开"),
        ("≥90%", "90%"),
        ("≥90%", "≥98%"),
        ("≤60分钟", "≤30分钟"),
        ("≥90%", "≤90%"),
        ("≥90%", "≥90人"),
        ("医疗机构≥40% 病种≥70%", "医疗机构≥86.46% 病种≥94.84%"),
        ("不低于上年", "较上年提高"),
        ("不超过政府承受能力", "医疗救助政策未超过政府承受能力，没有出台过度保障的政策"),
        ("—", "—"),
    ],
)
def test_what_repeats_no_condition(target: str, actual: str) -> None:
    assert not repeats_condition(parse(target), parse(actual))


# A9


@pytest.mark.parametrize(
    ("target", "actual"),
    [
        ("信息公开", "100%"),
        ("显著提升", "100%"),
        ("≤60分钟", "100%"),
        ("≤60分钟", "7*24小时随时响应，100%达到年初绩效目标。"),
        ("≤30分钟", "全年均正常运行，100%达到年初绩效目标。"),
        ("≥735人", "735元"),
        ("≥50个", "已完成"),
        ("≥90%", "显著提升"),
        ("≥90%", "2021年12月"),
        ("≥90%", "是"),
        ("9", "系统建设整体滞后，12月底完成招标，2021年加紧开展"),
        ("2021年12月完成", "100%"),
        ("14篇、16条", "100%"),
    ],
)
def test_different_kinds(target: str, actual: str) -> None:
    assert same_kind(parse(target), parse(actual)) is False


@pytest.mark.parametrize(
    ("target", "actual", "answer"),
    [
        ("≥90%", "95%", True),
        ("≥90%", "95", True),
        ("≥66611400人", "6715.75万人", True),
        ("0", "825170人", True),
        ("0起", "0%", True),
        ("≥735人", "735人次", None),
        ("≥550元/人", "550元", None),
        ("≥90%", "医保人才培养合格，100%达到年初绩效目标。", None),
        ("≥5次", "完成15套编码标准的维护，培训6次，效果良好，成绩突出", None),
        ("100%", "全覆盖", None),
        ("100%", "完成", None),
        ("达标", "100%", None),
        ("应保尽保", "100%", None),
        ("按规定时限及时下达资金", "100%", None),
        ("全覆盖", "政策覆盖农村贫困人口100%，实现了全覆盖。", None),
        ("实现医保信息公开", "125次", None),
        ("不低于上年", "98%", None),
        ("12月底前完成", "已完成", None),
        ("12月底前完成", "2021年11月", True),
        ("逐步推开", "试点统筹区达到 14 个, 德阳开展试点。", None),
        ("显著提升", "针对日常检查和专项行动发现的问题，督促整改", None),
        ("显著提升", "有所提升", True),
        ("—", "100%", None),
    ],
)
def test_kinds_that_agree_or_are_open(target: str, actual: str, answer: bool | None) -> None:
    assert same_kind(parse(target), parse(actual)) is answer


def test_forms_that_ask_for_a_percentage_of_quality() -> None:
    target, actual = parse("有所提高"), parse("90%")
    assert same_kind(target, actual) is False
    assert same_kind(target, actual, percent_for_quality=True) is None


# A10


@pytest.mark.parametrize(
    ("name", "level2", "direction"),
    [
        ("政策知晓率", "", POSITIVE),
        ("投诉处理率", "", POSITIVE),
        ("事故率", "", REVERSE),
        ("能耗降低率", "", POSITIVE),
        ("重复参保人数（人）", "数量指标", REVERSE),
        ("农村因病致贫人数", "", REVERSE),
        ("信息系统重大安全事件响应时间", "质量指标", REVERSE),
        ("科目调整次数", "数量指标", REVERSE),
        ("各级财政补助标准（元/人）", "数量指标", POSITIVE),
        ("居民健康档案", "数量指标", POSITIVE),
        ("办公所需成本", "成本指标", REVERSE),
        ("项目计划总投资", "成本指标", REVERSE),
        # Left to the reader:
        ("居民健康档案", "", None),
        ("安全隐患检查次数", "数量指标", None),
        ("项目完成时间", "时效指标", None),
        ("高血压控制率", "", None),
        ("公用经费标准", "成本指标", None),
        ("", "", None),
    ],
)
def test_direction(name: str, level2: str, direction: Direction | None) -> None:
    assert direction_of(name, level2) is direction
