"""LibreOffice opens every patched workbook of the corpus, and computes what the patch left to compute."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from types import ModuleType

import pytest

from perfxl.workbook.open import open_workbook
from tests.workbook import corpus
from tests.workbook.corpus import SHEET
from tests.workbook.test_patch_corpus import EDITS, patched

PLACES = Decimal("1e-9")


def test_libreoffice_agrees(tmp_path: Path, libreoffice: ModuleType) -> None:
    sources = []
    for name in corpus.NAMES:
        folder = tmp_path / name
        folder.mkdir()
        patched(name, EDITS, folder)
        sources.append(folder / f"{name}（已计算）.xlsx")
    given = {edit.cell: edit.value for edit in EDITS if edit.formula is None}
    computed = {
        "F3": round(Decimal("350.5") / Decimal("340.5"), 4),
        "H4": "缺",
        "F5": Decimal(-100) / Decimal("540.5"),
        "C7": Decimal("1234.5678") + Decimal("430.5") + Decimal("530.5") + Decimal("630.5"),
    }
    for path in libreoffice.recalculate(sources, tmp_path / "out"):
        sheet = open_workbook(path).sheet(SHEET)
        found = {cell.address: cell.value for cell in sheet.cells.values()}
        for cell, value in {**given, **computed}.items():
            shown = found[cell]
            if isinstance(value, Decimal):
                assert isinstance(shown, Decimal), (path.name, cell, shown)
                assert shown == pytest.approx(value, abs=PLACES), (path.name, cell)
            else:
                assert shown == value, (path.name, cell)
