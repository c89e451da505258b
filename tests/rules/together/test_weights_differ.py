"""PX602: the same indicator has another weight in some forms."""

from __future__ import annotations

from tests.rollup.handed import SECOND, drawn
from tests.rules.together.handing import found


def weighted(unit: str, weight: str) -> str:
    return (
        drawn(unit=unit)
        .replace("未完成原因和改进措施", "分值")
        .replace("120人次 | |", f"120人次 | {weight} |")
    )


def test_fails_where_one_differs_from_most() -> None:
    forms = (weighted("甲县", "10"), weighted("乙县", "12"), weighted("丙县", "10"))
    assert found("PX602", *forms) == [("[2.xlsx]自评表", "F13")]


def test_passes_equal_weights_and_weights_in_percent() -> None:
    assert found("PX602", weighted("甲县", "10"), weighted("乙县", "%10")) == []
    assert found("PX602", drawn(), drawn(**SECOND)) == []
