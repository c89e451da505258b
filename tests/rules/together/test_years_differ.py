"""PX604: a form of another year lies among them."""

from __future__ import annotations

from tests.rollup.handed import SECOND, drawn
from tests.rules.together.handing import found


def test_fails_on_the_form_of_another_year() -> None:
    forms = (drawn(), drawn(unit="乙县", year="2020"), drawn(unit="丙县"))
    assert found("PX604", *forms) == [("[2.xlsx]自评表", "A1")]


def test_passes_one_year() -> None:
    assert found("PX604", drawn(), drawn(**SECOND)) == []
