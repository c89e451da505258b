"""LibreOffice opens every form, blank and filled, and computes the values that are written with the formulas."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

from perfxl.form.model import Origin
from perfxl.settings.forms import declared_forms
from perfxl.template.declaration import declaration
from perfxl.template.layout import lay_out
from perfxl.template.write import workbook
from perfxl.work.new import new_form
from perfxl.work.read import read_file
from perfxl.workbook.grid import CellValue
from perfxl.workbook.open import open_workbook
from tests.template.correct import filling
from tests.template.filled import filling_of, made, sample
from tests.template.test_seeds import SEEDS, original

COMPUTED = (".rate", "sum.score")


def workbooks() -> dict[str, tuple[str, bytes]]:
    """Every blank, every form filled without a fault, every seed: by file name, with the form's id."""
    found: dict[str, tuple[str, bytes]] = {}
    for name in declared_forms():
        declared = declaration(name)
        found[f"blank-{name}"] = (name, made(name))
        found[f"correct-{name}"] = (name, workbook(lay_out(declared, filling(declared))))
    for number, (seed, name) in enumerate(SEEDS.items()):
        whole = filling_of(declaration(name), original(seed))
        entries = {key: value for key, value in whole.entries.items() if not key.endswith(COMPUTED)}
        found[f"seed-{number}"] = (name, made(name, whole._replace(entries=entries)))
    return found


def formulas(path: Path) -> dict[str, CellValue]:
    """The results of a workbook's formulas by cell, None where a cell shows nothing."""
    (sheet,) = open_workbook(path).sheets
    return {cell.address: cell.value or None for cell in sheet.cells.values() if cell.formula}


def test_every_value_is_the_formulas_and_every_mark_stays(tmp_path: Path, libreoffice: ModuleType) -> None:
    books = workbooks()
    for stem, (_, content) in books.items():
        (tmp_path / f"{stem}.xlsx").write_bytes(content)
    paths = [tmp_path / f"{stem}.xlsx" for stem in books]
    for path, computed in zip(paths, libreoffice.recalculate(paths, tmp_path / "out"), strict=True):
        assert formulas(computed) == formulas(path), path.stem
        assert formulas(path), path.stem
        assert origin(computed) == Origin(books[path.stem][0], 1), path.stem


def test_old_formats_as_sources_and_with_their_marks(tmp_path: Path, libreoffice: ModuleType) -> None:
    blank, last = tmp_path / "空表.xlsx", tmp_path / "上年.xlsx"
    blank.write_bytes(made("scoresheet"))
    last.write_bytes(sample("种子003").read_bytes())
    old_blank, old_last = libreoffice.to_xls([blank, last], tmp_path / "旧")
    assert origin(old_blank) == Origin("scoresheet", 1)
    new_form("project", tmp_path / "本年.xlsx", old_last)
    (form,), (before,) = (read_file(path)[1] for path in (tmp_path / "本年.xlsx", last))
    assert form.year == 2023
    assert [row.subject for row in form.indicators] == [row.subject for row in before.indicators]
    assert all(row.actual is not None and row.actual.value is None for row in form.indicators)


def origin(path: Path) -> Origin | None:
    """What the form in a workbook says it was made from."""
    (form,) = read_file(path)[1]
    return form.origin
