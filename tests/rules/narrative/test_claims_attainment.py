"""PX503: what a report says became of the targets, against what the form shows."""

from __future__ import annotations

import pytest

from tests.rules.forms import NATIONAL
from tests.rules.narrative.reports import places

HEAD = ["政务数据平台建设项目2022年度绩效自评报告", "一、绩效目标完成情况"]


@pytest.mark.parametrize(
    "sentence",
    [
        "按期完成率达到预期目标。",
        "各项绩效指标均已完成。",
        "每一项绩效指标都达标。",
        "接入部门数未达到年度指标值。",
        "自评表设置三级指标5项，其中5项达到年度指标值。",
    ],
)
def test_fails_claims_that_the_form_denies(sentence: str) -> None:
    assert ("PX503", 3) in places([*HEAD, sentence], NATIONAL)


@pytest.mark.parametrize(
    "sentence",
    [
        "按期完成率为90%，未达到预期目标。",
        "接入部门数22个，超额完成。",
        "按期完成率没有达到目标，其他指标均达到目标。",
        "除按期完成率外，各项绩效指标均已完成。",
        "各项绩效指标完成情况如下。",
        "自评表设置三级指标5项，其中3项达到年度指标值，1项未达到。",
        "要确保各项绩效指标全部完成。",
    ],
)
def test_passes_what_the_form_bears_out(sentence: str) -> None:
    assert places([*HEAD, sentence], NATIONAL) == []


def test_fails_the_others_where_one_is_not_named() -> None:
    assert places([*HEAD, "接入部门数增长较快，其他指标均达到目标。"], NATIONAL) == [("PX503", 3)]
