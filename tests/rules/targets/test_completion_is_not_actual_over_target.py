"""PX414: a printed completion rate against target and actual value."""

from __future__ import annotations

import pytest

from perfxl.rules.finding import Severity
from tests.rules.forms import at, form

DRAWN = """
| 三级指标 | 目标值 | 完成值 | 完成率 | 分值 | 得分 | 原因说明 |
| 补贴机具 | ≥400台 | 380台 | 95% | 40 | 38 | 部分农户取消购机 |
| 补贴合规率 | 100% | 100% | 100% | 60 | 60 | |
"""


@pytest.mark.parametrize("rate", ["98%", "%95.10", "105.26%"])
def test_fails_at_the_rate(rate: str) -> None:
    assert at(form(DRAWN, D2=rate), "PX414") == {"D2": Severity.WARNING}


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"D2": "95.0%"},
        {"C2": "420台", "D2": "100%"},
        {"C2": "420台", "D2": "105%"},
        {"A2": "响应时间", "B2": "≤30分钟", "C2": "20分钟", "D2": "150%"},
        {"D1": "完成情况", "D2": "98%"},
        {"D1": "偏差率", "D2": "5%"},
        {"D2": ""},
    ],
)
def test_passes_what_agrees_is_capped_or_cannot_be_told(changes: dict[str, str]) -> None:
    assert at(form(DRAWN, **changes), "PX414") == {}
