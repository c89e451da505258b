"""Thousands of generated forms: what `score` writes is what two calculators get, at 1e-9.

The forms stand a dozen to a workbook, on a sheet each, and all workbooks go through one run of LibreOffice. Outside
continuous integration a part of them does.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from perfxl.form.read import read_forms
from perfxl.scoring.edits import edits
from perfxl.scoring.plan import plan_workbook
from perfxl.workbook.edit import Edit
from perfxl.workbook.open import open_workbook
from perfxl.workbook.patch import patch_workbook
from tests.conftest import STRICT
from tests.layouts import form_names, generate_together, load_form, write_xlsx
from tests.oracle.calculator import calculate
from tests.oracle.libreoffice import values
from tests.scoring.test_oracles import as_numbers, disagreeing
from tests.scoring.variations import varied

TOGETHER = 12
BOOKS = 180 if STRICT else 30


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, tuple[Edit, ...]]:
    """Every workbook with its plan carried out: file and edits. In every third, what people typed is replaced too."""
    folder = tmp_path_factory.mktemp("many")
    names = form_names()
    found: dict[Path, tuple[Edit, ...]] = {}
    for book in range(BOOKS):
        first = book * TOGETHER
        forms = [varied(load_form(names[(first + i) % len(names)]), first + i) for i in range(TOGETHER)]
        source, target = folder / f"{book}.xlsx", folder / f"written {book}.xlsx"
        write_xlsx(generate_together(forms, first, "sheets"), source)
        workbook = open_workbook(source)
        plans = plan_workbook(workbook, read_forms(workbook), overwrite=book % 3 == 0)
        found[target] = tuple(edit for plan in plans for edit in edits(plan))
        patch_workbook(source, found[target], target)
    return found


def test_they_are_many_and_receive_formulas_of_every_kind(written: dict[Path, tuple[Edit, ...]]) -> None:
    edits = [edit for wanted in written.values() for edit in wanted]
    formulas = " ".join(str(edit.formula) for edit in edits)
    assert len(written) * TOGETHER >= (2000 if STRICT else 300)
    assert len({(path, edit.sheet) for path, wanted in written.items() for edit in wanted}) > len(written) * 8
    assert len(edits) > len(written) * 30
    for part in ("SUM(", "MIN(", "MAX(", "ROUND(", "VALUE(MID(", "IF(", "VALUE(SUBSTITUTE("):
        assert part in formulas
    assert all(isinstance(edit.value, Decimal) for edit in edits)


def test_ironcalc_agrees(written: dict[Path, tuple[Edit, ...]]) -> None:
    for path, wanted in written.items():
        assert disagreeing(wanted, calculate(path)) == [], path.name


@pytest.mark.libreoffice
def test_libreoffice_agrees(written: dict[Path, tuple[Edit, ...]], tmp_path: Path) -> None:
    for results, (path, wanted) in zip(values(list(written), tmp_path), written.items(), strict=True):
        assert disagreeing(wanted, as_numbers(results)) == [], path.name


def test_a_second_run_finds_nothing_to_do(written: dict[Path, tuple[Edit, ...]]) -> None:
    for path in list(written)[:30]:
        workbook = open_workbook(path)
        for again in plan_workbook(workbook, read_forms(workbook)):
            assert (path.name, again.changes, again.refreshed) == (path.name, (), ())
