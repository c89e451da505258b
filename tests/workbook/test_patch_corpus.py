"""Ten cells written into every workbook of the corpus: exactly they change, and what must change with them."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.escape import unescape

from perfxl.workbook.open import read_workbook
from perfxl.workbook.package import Package
from perfxl.workbook.patch import Edit, PatchReport, patch_workbook
from tests.workbook import corpus
from tests.workbook.corpus import BOOK_PART, OTHER_PART, SHEET, SHEET_PART
from tests.workbook.differ import compare

EDITS = [
    Edit(SHEET, "C3", Decimal("1234.5678")),
    Edit(SHEET, "D4", Decimal("0.1")),
    Edit(SHEET, "E5", Decimal("-100")),
    Edit(SHEET, "D13", Decimal("2022")),
    Edit(SHEET, "I3", "  因<疫情>&延期，\n_x0041_ 原样  "),
    Edit(SHEET, "I6", "按期完成"),
    Edit(SHEET, "M15", "新行"),
    Edit(SHEET, "F3", Decimal("0.8989"), formula="=ROUND(E3/D3,4)"),
    Edit(SHEET, "H3", Decimal("8.99"), formula="ROUND(G3*MIN(1,F3),2)"),
    Edit(SHEET, "H4", "缺", formula='IF(G4<>"",G4,"缺")'),
]
EDITED = {edit.cell for edit in EDITS}
STALE = {"F4", "F5", "C7", "D7", "E7"}
STALE_ELSEWHERE = {"A1", "A2"}

# What changes besides, by workbook.
MORE_STALE = {"array_formula": {"C8", "D8"}, "data_table": {"C8", "D8"}, "external_link": {"C8"}}
WRITTEN_OUT = {"shared_formulas": {"F4", "F5", "F6"}}
STALE_BY_NAME = {"defined_names": {"B1"}}
# openpyxl finds no sheet in a strict file.
UNKNOWN_TO_OPENPYXL = {"strict"}


def patched(name: str, edits: list[Edit], folder: Path) -> tuple[bytes, bytes, PatchReport]:
    """Return a workbook of the corpus before and after, and the report."""
    before = corpus.workbook(name)
    source, target = folder / f"{name}.xlsx", folder / f"{name}（已计算）.xlsx"
    source.write_bytes(before)
    report = patch_workbook(source, edits, target)
    assert source.read_bytes() == before
    assert sorted(path.name for path in folder.iterdir()) == sorted([source.name, target.name])
    return before, target.read_bytes(), report


@pytest.mark.parametrize("name", corpus.NAMES)
def test_only_what_must_change_changes(name: str, tmp_path: Path) -> None:
    before, after, report = patched(name, EDITS, tmp_path)
    difference = compare(before, after)
    sheet_part = "xl/worksheets/表.xml" if name == "absolute_targets" else SHEET_PART
    expected = {sheet_part, OTHER_PART, BOOK_PART}
    chain = Package(before)
    if "xl/calcChain.xml" in chain:
        assert difference.removed == {"xl/calcChain.xml"}
        expected |= {"[Content_Types].xml", "xl/_rels/workbook.xml.rels"}
    else:
        assert difference.removed == set()
    assert difference.changed == expected
    assert difference.added == set()
    assert difference.repacked == set()
    assert not difference.reordered
    assert difference.beyond_cells == set()
    stale = STALE | MORE_STALE.get(name, set())
    stale_elsewhere = STALE_ELSEWHERE | STALE_BY_NAME.get(name, set())
    assert difference.cells == {
        sheet_part: EDITED | stale | WRITTEN_OUT.get(name, set()),
        OTHER_PART: stale_elsewhere,
    }
    assert {cell for sheet, cell in report.cleared if sheet == SHEET} == stale
    assert {cell for sheet, cell in report.cleared if sheet == "汇总"} == stale_elsewhere
    assert report.signature_broken == (name == "signed")


@pytest.mark.parametrize("name", corpus.NAMES)
def test_every_cell_reads_back(name: str, tmp_path: Path) -> None:
    before, after, report = patched(name, EDITS, tmp_path)
    was, now = read_workbook(before, "a.xlsx"), read_workbook(after, "a.xlsx")
    assert [sheet.name for sheet in was.sheets] == [sheet.name for sheet in now.sheets]
    written = {(edit.sheet, edit.cell): edit for edit in EDITS}
    for old, new in zip(was.sheets, now.sheets, strict=True):
        assert (old.merges, old.hidden_rows, old.hidden_columns) == (
            new.merges,
            new.hidden_rows,
            new.hidden_columns,
        )
        old_cells = {cell.address: cell for cell in old.cells.values()}
        new_cells = {cell.address: cell for cell in new.cells.values()}
        for address in old_cells.keys() | new_cells.keys():
            edit = written.get((old.name, address))
            if edit is not None:
                assert (new_cells[address].value, new_cells[address].formula) == (
                    edit.value,
                    edit.formula_text,
                )
                assert not new_cells[address].error
            elif (old.name, address) in report.cleared and old_cells[address].formula is None:
                assert address not in new_cells  # a further cell of an array formula
            elif (old.name, address) in report.cleared:
                assert new_cells[address] == old_cells[address]._replace(value=None)
            else:
                assert new_cells[address] == old_cells[address]


@pytest.mark.parametrize("name", [name for name in corpus.NAMES if name not in UNKNOWN_TO_OPENPYXL])
def test_openpyxl_sees_the_same(name: str, tmp_path: Path) -> None:
    _, after, _ = patched(name, EDITS, tmp_path)
    values = openpyxl.load_workbook(io.BytesIO(after), data_only=True)[SHEET]
    formulas = openpyxl.load_workbook(io.BytesIO(after))[SHEET]
    for edit in EDITS:
        shown = values[edit.cell].value
        if isinstance(shown, str):
            shown = unescape(shown)  # openpyxl leaves _xHHHH_ in inline strings
        assert (Decimal(repr(shown)) if isinstance(shown, int | float) else shown) == edit.value
        if edit.formula_text is not None:
            assert formulas[edit.cell].value == "=" + edit.formula_text
    for address in STALE:
        assert values[address].value is None
        assert str(formulas[address].value).startswith("=")
    assert formulas["F6"].value == "=E6/D6"
    assert formulas.parent.calculation.fullCalcOnLoad


@pytest.mark.parametrize("name", corpus.NAMES)
def test_writing_twice_is_writing_once(name: str, tmp_path: Path) -> None:
    (tmp_path / "1").mkdir()
    (tmp_path / "2").mkdir()
    _, once, _ = patched(name, EDITS, tmp_path / "1")
    again = tmp_path / "2" / "again.xlsx"
    patch_workbook(tmp_path / "1" / f"{name}（已计算）.xlsx", EDITS, again)
    assert again.read_bytes() == once
