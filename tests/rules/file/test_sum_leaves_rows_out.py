"""PX907: sums in the total row that leave rows out."""

from __future__ import annotations

import pytest

from perfxl.rules.finding import Severity
from tests.rules.file.books import at, drawn


def test_fails_on_the_total() -> None:
    assert at("PX907", drawn(G18="=SUM(G13:G16)+H6 -> 85.99")) == {"G18": Severity.WARNING}
    assert at("PX907", drawn(F18="=SUM(F14:F17)+F6 -> 80")) == {"F18": Severity.WARNING}


@pytest.mark.parametrize(
    "changes",
    [
        {"G18": "=SUM(G13:G17)+H6 -> 95.99"},
        {"G18": "=SUM(H6,G13:G17) -> 95.99"},
        {"G18": "=SUM(G13:G16)+H6 -> 85.99", "G17": "", "F17": ""},
        {"G18": "=SUM(得分) -> 95.99"},
        {"G18": "95.99"},
        {"G18": "=G13+G14+G15+G16+G17+H6 -> 95.99"},
    ],
)
def test_passes_whole_sums_and_what_cannot_be_told(changes: dict[str, str]) -> None:
    assert at("PX907", drawn(**changes)) == {}
