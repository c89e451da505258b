"""PX313: of two equal weights, the one completed less has the higher score."""

from __future__ import annotations

from perfxl.rules.finding import Severity
from tests.rules.forms import NATIONAL, at, form, only

TWO = {
    "D13": "≥3807人", "E13": "3224人", "F13": "20", "G13": "19", "H13": "部分患者外出务工",
    "D14": "≥426人", "E14": "420人", "F14": "20", "G14": "18", "H14": "年底才建档",
}  # fmt: skip


def test_fails_on_the_row_that_completed_less() -> None:
    found = only(form(NATIONAL, **TWO), "PX313")
    assert (found.cell, found.severity) == ("G13", Severity.WARNING)
    assert {"G13", "G14", "E13", "E14"} <= set(found.cells)


def test_passes_in_order_or_with_other_weights() -> None:
    assert at(form(NATIONAL, **TWO | {"G13": "16.94", "G14": "19.72"}), "PX313") == {}
    assert at(form(NATIONAL, **TWO | {"F13": "25"}), "PX313") == {}
    assert at(form(NATIONAL, **TWO | {"E14": "430人"}), "PX313") == {}
