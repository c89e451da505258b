"""PX603: the units of one indicator cannot be added up."""

from __future__ import annotations

from tests.rollup.handed import SECOND, drawn
from tests.rules.together.handing import found


def test_fails_where_counts_and_shares_are_mixed() -> None:
    third = drawn(unit="丙县", people="130人次")
    assert found("PX603", drawn(), drawn(**{**SECOND, "people": "%95"}), third) == [("[2.xlsx]自评表", "E13")]


def test_passes_scales_bare_figures_and_words() -> None:
    assert found("PX603", drawn(), drawn(**{**SECOND, "people": "0.02万人次"})) == []
    assert found("PX603", drawn(), drawn(**{**SECOND, "people": "190"})) == []
    assert found("PX603", drawn(), drawn(**{**SECOND, "people": "应救尽救"})) == []
