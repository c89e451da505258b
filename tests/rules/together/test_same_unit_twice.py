"""PX601: a unit hands its form in twice."""

from __future__ import annotations

from tests.rollup.handed import SECOND, drawn
from tests.rules.together.handing import found


def test_fails_on_a_copy_and_on_another_version() -> None:
    assert found("PX601", drawn(), drawn(), drawn(**SECOND)) == [("[2.xlsx]自评表", "C5")]
    assert found("PX601", drawn(), drawn(people="130人次")) == [("[2.xlsx]自评表", "C5")]


def test_fails_on_the_computed_copy_beside_its_original() -> None:
    assert found("PX601", drawn(rate=""), drawn()) == [("[1.xlsx]自评表", "C5")]


def test_passes_two_units_two_projects_and_two_years_of_one_unit() -> None:
    assert found("PX601", drawn(), drawn(**SECOND)) == []
    assert found("PX601", drawn(), drawn(project="能力提升资金", people="7人次")) == []
    assert found("PX601", drawn(), drawn(year="2020", people="7人次")) == []
