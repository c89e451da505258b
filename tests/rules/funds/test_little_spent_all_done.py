"""PX207: little money spent, every output met."""

from __future__ import annotations

import pytest

from perfxl.rules.finding import Severity
from tests.rules.forms import NATIONAL, at, form

UNSPENT = {"E6": "29.2", "G6": "%20", "H6": "2", "E7": "29.2", "G7": "%20.86", "E8": "0", "G8": "%0"}
MET = {"E15": "%100", "G15": "10", "H15": ""}


def test_fails_where_money_is_far_behind() -> None:
    assert at(form(NATIONAL, **UNSPENT, **MET), "PX207") == {"E6": Severity.NOTE}


@pytest.mark.parametrize("changes", [MET, UNSPENT, {**UNSPENT, **MET, "A13": "履职情况"}])
def test_passes_where_either_is_not_so(changes: dict[str, str]) -> None:
    assert at(form(NATIONAL, **changes), "PX207") == {}
