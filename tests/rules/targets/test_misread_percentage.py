"""PX408: a "≥" that became a 2."""

from __future__ import annotations

import pytest

from perfxl.rules.finding import Severity
from tests.rules.forms import NATIONAL, at, form, only


def test_fails_at_the_odd_percentage() -> None:
    found = only(form(NATIONAL, D14="290%"), "PX408")
    assert (found.cell, found.severity, found.expected, found.actual) == (
        "D14",
        Severity.WARNING,
        "≥90%",
        "290%",
    )
    assert set(found.cells) == {"D14", "E14"}


def test_fails_on_actual_values_as_well() -> None:
    assert at(form(NATIONAL, D14="≥90%", E14="290%"), "PX408") == {"E14": Severity.WARNING}


@pytest.mark.parametrize(
    ("target", "actual"),
    [("≥90%", "95%"), ("200%", "210%"), ("300%", "98%"), ("≥120%", "290%"), ("290个", "300个")],
)
def test_passes_on_what_can_be_meant(target: str, actual: str) -> None:
    assert at(form(NATIONAL, D14=target, E14=actual), "PX408") == {}
