"""PX102: text and broken formulas where a number must stand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from perfxl.form.read import read_sheet
from perfxl.rules.finding import Severity
from perfxl.workbook.grid import Cell
from tests.rules.forms import (
    CONVERTED,
    NATIONAL,
    PROJECT_LIST,
    SCORED_HEADER,
    at,
    form,
    only,
)
from tests.tables import sheet


@pytest.mark.parametrize(
    ("drawing", "place", "text"),
    [
        (NATIONAL, "E6", "详见附件"),
        (NATIONAL, "D6", "—"),
        (NATIONAL, "C7", "约20"),
        (NATIONAL, "G6", "约九成"),
        (NATIONAL, "F13", "二十"),
        (NATIONAL, "G13", "10/10"),
        (NATIONAL, "G18", "见附表"),
        (SCORED_HEADER, "F4", "优秀"),
        (CONVERTED, "I8", "满分"),
        (PROJECT_LIST, "D4", "全部支出"),
    ],
)
def test_fails_on_text(drawing: str, place: str, text: str) -> None:
    assert at(form(drawing, **{place: text}), "PX102") == {place: Severity.ERROR}


def test_fails_naming_what_stands_there() -> None:
    found = only(form(NATIONAL, G13="十分"), "PX102")
    assert (found.cell, found.actual, found.subject) == ("G13", "十分", "接入部门数")


@pytest.mark.parametrize(("place", "severity"), [((6, 7), Severity.ERROR), ((8, 7), Severity.WARNING)])
def test_fails_on_a_broken_formula(place: tuple[int, int], severity: Severity) -> None:
    drawn = sheet(NATIONAL)
    row, column = place
    broken = {**drawn.cells, place: Cell(row, column, "#DIV/0!", "E8/D8", error=True)}
    (found,) = read_sheet(drawn._replace(cells=broken))
    assert at(found, "PX102") == {broken[place].address: severity}


@pytest.mark.parametrize(
    ("drawing", "changes"),
    [
        (NATIONAL, {"F6": "10分", "G13": '"20"', "F13": "20分"}),
        (NATIONAL, {"E6": "131.24万元", "D6": '"1,146.00"', "C6": "１５０"}),
        (NATIONAL, {"C8": "—", "D8": "/", "E8": "-", "G8": "——"}),
        (NATIONAL, {"F13": "—", "G13": "/"}),
        (SCORED_HEADER, {"F4": "96分（优）"}),
        (SCORED_HEADER, {"F4": "96分（满分100分）"}),
        (SCORED_HEADER, {"F4": "", "H4": "待定"}),
        (PROJECT_LIST, {"E4": "无"}),
    ],
)
def test_passes_on_numbers_however_written(drawing: str, changes: dict[str, str]) -> None:
    assert at(form(drawing, **changes), "PX102") == {}


def test_passes_on_a_formula_without_a_stored_value() -> None:
    drawn = sheet(NATIONAL)
    unsaved = {**drawn.cells, (18, 7): Cell(18, 7, None, "SUM(G13:G17)+H6")}
    (found,) = read_sheet(drawn._replace(cells=unsaved))
    assert at(found, "PX102") == {}
    assert at(found, "PX101") == {}
    stored = {**drawn.cells, (18, 7): Cell(18, 7, Decimal("95.99"), "SUM(G13:G17)+H6")}
    (found,) = read_sheet(drawn._replace(cells=stored))
    assert at(found, "PX304") == {}
