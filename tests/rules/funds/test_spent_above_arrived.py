"""PX208: more spent than paid in."""

from __future__ import annotations

from perfxl.rules.finding import Severity
from tests.rules.forms import CONVERTED, NATIONAL, at, form


def test_fails_on_the_total_and_softly_on_a_part() -> None:
    changed = form(CONVERTED, D4="6.5", D5="6.5")
    assert at(changed, "PX208") == {"F4": Severity.WARNING, "F5": Severity.NOTE}


def test_passes_where_it_arrived_or_there_is_no_such_column() -> None:
    assert at(form(CONVERTED), "PX208") == {}
    assert at(form(CONVERTED, D4="7", D5="7"), "PX208") == {}
    assert at(form(NATIONAL), "PX208") == {}
