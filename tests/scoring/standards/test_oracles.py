"""The formula of every measured standard, computed by independent calculators at many values, ties and ends among them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest
import xlsxwriter

from perfxl.scoring.expression import Expression, Quotient, Reference, ValueUnknown
from tests.oracle.calculator import calculate
from tests.oracle.libreoffice import recalculate
from tests.scoring.standards.table import measured
from tests.scoring.test_oracles import is_number, stored

SHEET = "标准"
STEPS = [Decimal(number) / 40 for number in range(-1, 50)]


class Line(NamedTuple):
    """A row of the sheet: weight in A, a value in B and a divisor in C, the formula in D."""

    weight: Decimal
    value: Decimal
    divisor: Decimal | None
    tree: Expression


def lines() -> list[Line]:
    found: list[Line] = []
    for row in measured():
        standard = row.standard()
        assert standard is not None
        given = [Decimal(text) for text in row.expected["scores"]]
        for value, divisor in [
            *((value, None) for value in given),
            *((abs(value) * Decimal("131.7"), Decimal("131.7")) for value in (*given, *STEPS)),
        ]:
            place = len(found) + 1
            x: Expression = Reference(f"B{place}", value)
            if divisor is not None:
                x = Quotient(x, Reference(f"C{place}", divisor))
            weight = Reference(f"A{place}", row.weight)
            found.append(Line(row.weight, value, divisor, standard.tree([x], weight, 2)))
    return found


LINES = lines()


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("standards") / "standards.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet(SHEET)
        for number, line in enumerate(LINES, start=1):
            page.write_number(f"A{number}", float(line.weight))
            page.write_number(f"B{number}", float(line.value))
            if line.divisor is not None:
                page.write_number(f"C{number}", float(line.divisor))
            page.write_formula(f"D{number}", f"={line.tree.formula()}", value=-1)
    return path


def differing(results: dict[tuple[str, str], object]) -> list[tuple[str, Decimal, object]]:
    found = []
    for number, line in enumerate(LINES, start=1):
        result = results[SHEET, f"D{number}"]
        try:
            same = is_number(result, line.tree.value())
        except ValueUnknown:
            same = result == "未规定"
        if not same:
            found.append((line.tree.formula(), line.value, result))
    return found


def test_there_are_many_and_of_many_kinds() -> None:
    formulas = " ".join(line.tree.formula() for line in LINES)
    assert len(LINES) > 4000
    assert all(part in formulas for part in ("ROUNDUP(", "MIN(1,", "IF(ROUND(", "MAX(0,", '"未规定"'))


def test_ironcalc_agrees(file: Path) -> None:
    assert differing(dict(calculate(file))) == []


@pytest.mark.libreoffice
def test_libreoffice_agrees(file: Path, tmp_path: Path) -> None:
    (renewed,) = recalculate([file], tmp_path)
    assert differing(dict(stored(renewed))) == []
