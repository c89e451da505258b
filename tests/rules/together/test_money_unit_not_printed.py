"""PX606: a form prints no unit of money."""

from __future__ import annotations

from tests.rollup.handed import SECOND, drawn
from tests.rules.together.handing import found


def test_fails_where_others_print_theirs() -> None:
    silent = drawn(unit="乙县").replace("项目资金（万元）", "项目资金")
    assert found("PX606", drawn(), silent) == [("[2.xlsx]自评表", "B7")]


def test_passes_where_all_or_none_print_it() -> None:
    assert found("PX606", drawn(), drawn(**SECOND)) == []
    silent = [drawn(unit=unit).replace("项目资金（万元）", "项目资金") for unit in ("甲县", "乙县")]
    assert found("PX606", *silent) == []
