"""PX605: an indicator that most forms have is not there."""

from __future__ import annotations

from tests.rollup.handed import SECOND, drawn
from tests.rules.together.handing import found

LINE = "| ^ | 质量指标 | 系统响应时间 | ≤60分钟 | 30分钟 | |\n"


def test_fails_where_most_others_have_it() -> None:
    lacking = drawn(unit="乙县").replace(LINE, "")
    assert found("PX605", drawn(), lacking, drawn(unit="丙县")) == [("[2.xlsx]自评表", "A1")]


def test_passes_what_only_half_of_them_have() -> None:
    assert found("PX605", drawn(), drawn(unit="乙县").replace(LINE, "")) == []
    assert found("PX605", drawn(), drawn(**SECOND)) == []
