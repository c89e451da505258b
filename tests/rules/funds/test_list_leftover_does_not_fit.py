"""PX209: projects of a list that spent and returned more than their budget."""

from __future__ import annotations

import pytest

from perfxl.rules.finding import Severity
from tests.rules.forms import PROJECT_LIST, at, form, only


def test_fails_where_more_was_returned_than_left() -> None:
    found = only(form(PROJECT_LIST, E6="6"), "PX209")
    assert (found.cell, found.severity, set(found.cells)) == ("E6", Severity.WARNING, {"C6", "D6", "E6"})


@pytest.mark.parametrize("changes", [{}, {"E6": "0.5"}, {"E6": ""}, {"D6": "12"}])
def test_passes_what_was_left_less_and_what_px203_says(changes: dict[str, str]) -> None:
    assert at(form(PROJECT_LIST, **changes), "PX209") == {}
