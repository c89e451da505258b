"""PX901: error values outside the figures of a form."""

from __future__ import annotations

from perfxl.rules.finding import Severity
from tests.rules.file.books import at, drawn
from tests.tables import sheet

BROKEN = "| 核对 | =自评表!G18-#REF! -> #REF! |\n| 备注 | =B1+1 -> #REF! |"


def test_fails_beside_the_figures_once_a_sheet() -> None:
    assert at("PX901", drawn(H13="=#REF!+1 -> #REF!", H14="=H13 -> #REF!")) == {"H13": Severity.WARNING}


def test_fails_softly_on_a_sheet_without_a_form() -> None:
    assert at("PX901", drawn(), sheet(BROKEN, name="附表")) == {"附表!B1": Severity.NOTE}


def test_passes_what_px102_says_and_sound_formulas() -> None:
    assert at("PX901", drawn(G18="=SUM(G13:G17)/0 -> #DIV/0!")) == {}
    assert at("PX901", drawn(G18="=SUM(G13:G17)+H6 -> 95.99")) == {}
