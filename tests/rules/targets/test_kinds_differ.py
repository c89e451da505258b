"""PX404: targets and actual values that cannot be compared."""

from __future__ import annotations

import pytest

from perfxl.rules.finding import Severity
from tests.rules.forms import NATIONAL, TRANSFER, altered, at, form, only


@pytest.mark.parametrize(
    ("target", "actual"),
    [
        ("信息公开", "100%"),
        ("显著提升", "%95"),
        ("≥20人", "30元"),
        ("≤60分钟", "100%"),
        ("≥66611400人", "6715.75万人"),
        ("≥20个", "工作顺利推进，各方面反映良好"),
    ],
)
def test_fails_where_kind_or_unit_is_another(target: str, actual: str) -> None:
    assert at(form(NATIONAL, D13=target, E13=actual), "PX404") == {"E13": Severity.WARNING}


def test_fails_naming_both_values() -> None:
    found = only(form(NATIONAL, D13="信息公开", E13="100%"), "PX404")
    assert (found.cell, found.actual) == ("E13", "100%")
    assert set(found.cells) == {"E13", "D13"}


@pytest.mark.parametrize(
    ("target", "actual"),
    [
        ("≥20个", "22"),
        ("20", "22个"),
        ("≥20个", "已接入22个部门"),
        ("显著提升", "共享率比上年提高12%"),
        ("显著提升", "有所提升"),
        ("达标", "100%"),
        ("不低于上年", "%95"),
        ("≥20人次", "22人"),
        ("100%", "全覆盖"),
        ("12月底前", "2022年12月20日"),
        ("—", "100%"),
    ],
)
def test_passes_where_they_compare_or_a_person_must_say(target: str, actual: str) -> None:
    assert at(form(NATIONAL, D13=target, E13=actual), "PX404") == {}


def test_passes_where_the_form_asks_for_percentages_of_its_bands() -> None:
    note = "注：5.定性指标，资金使用单位分别按照80%（含）-100%、60%（含）-80%、0-60%合理填写实际完成值。"
    changes = {"D17": "有效缓解", "E17": "%90"}
    assert at(form(TRANSFER, **changes), "PX404") == {"E17": Severity.WARNING}
    assert at(form(altered(TRANSFER, A19=note, **changes)), "PX404") == {}
