"""PX906: forms that look like an earlier year's."""

from __future__ import annotations

from perfxl.rules.finding import Severity
from tests.rules.file.books import at, drawn


def test_fails_on_a_date_before_the_year() -> None:
    assert at("PX906", drawn(A4="填报日期", C4="2021年3月10日")) == {"C4": Severity.WARNING}


def test_fails_softly_on_names_of_an_earlier_year() -> None:
    assert at("PX906", drawn(), name="2021年自评表.xlsx") == {"A1": Severity.NOTE}
    assert at("PX906", drawn()._replace(name="2021")) == {"A1": Severity.NOTE}


def test_passes_the_year_itself_and_the_one_in_which_it_is_filled() -> None:
    assert at("PX906", drawn(A4="填报日期", C4="2023年3月10日"), name="2023年填报.xlsx") == {}
    assert at("PX906", drawn(), name="自评表20210001.xlsx") == {}
