"""Value and formula against independent calculators: thousands of trees, and forms written back.

Each calculator sees every tree in one workbook, LibreOffice also every written form in one run.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pytest
import xlsxwriter

from perfxl.form.read import read_forms
from perfxl.scoring.edits import edits
from perfxl.scoring.expression import FormulaError, Reference
from perfxl.scoring.plan import plan_workbook
from perfxl.workbook.edit import Edit
from perfxl.workbook.grid import CellValue, Sheet
from perfxl.workbook.open import open_workbook
from perfxl.workbook.patch import patch_workbook
from tests.layouts import form_names, generate, load_form, write_xlsx
from tests.oracle.calculator import calculate
from tests.oracle.libreoffice import recalculate, values
from tests.scoring.test_plan import national, process
from tests.scoring.trees import BANK, many

SAMPLES = sorted((Path(__file__).parents[2] / "samples").glob("*.xlsx"))
TREES = many(4000)
SEEDS = range(100, 110)
SHEET = "trees"
TOLERANCE = Decimal("1e-9")


@pytest.fixture(scope="module")
def trees_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("trees") / "trees.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet(SHEET)
        for place, content in BANK.items():
            if isinstance(content, Decimal):
                page.write_number(place, float(content))
            elif content is not None:
                page.write_string(place, content)
        for row, tree in enumerate(TREES, start=1):
            page.write_formula(f"F{row}", f"={tree.formula()}", value=-1)
    return path


def assert_same_as_trees(results: Mapping[tuple[str, str], object]) -> None:
    differing = []
    for row, tree in enumerate(TREES, start=1):
        found = results[SHEET, f"F{row}"]
        try:
            value = tree.value()
        except FormulaError:
            bare = tree.content if isinstance(tree, Reference) else None
            same = isinstance(found, str) and (found.startswith("#") or found == bare)
        else:
            same = is_number(found, value)
        if not same:
            differing.append((tree.formula(), found))
    assert differing == []


def is_number(found: object, value: Decimal) -> bool:
    if isinstance(found, bool) or not isinstance(found, int | float | Decimal):
        return False
    return abs(Decimal(repr(float(found))) - value) <= TOLERANCE * max(Decimal(1), abs(value))


def stored(path: Path) -> dict[tuple[str, str], CellValue]:
    """Every cell's stored value."""
    return {
        (sheet.name, cell.address): cell.value
        for sheet in open_workbook(path).sheets
        for cell in sheet.cells.values()
    }


def test_the_trees_are_many_and_of_every_kind() -> None:
    formulas = " ".join(tree.formula() for tree in TREES)
    assert len({tree.formula() for tree in TREES}) > 2000
    for part in (
        "SUM(",
        "MIN(",
        "MAX(",
        "ROUND(",
        "ROUNDUP(",
        "VALUE(MID(",
        "IF(",
        "IFERROR(",
        "VALUE(SUBSTITUTE(",
        "CLEAN(",
        ":",
        "<>",
        "/(",
    ):
        assert part in formulas


def test_ironcalc_agrees_with_every_tree(trees_file: Path) -> None:
    assert_same_as_trees(calculate(trees_file))


@pytest.mark.libreoffice
def test_libreoffice_agrees_with_every_tree(trees_file: Path, tmp_path: Path) -> None:
    (recalculated,) = recalculate([trees_file], tmp_path)
    assert_same_as_trees(stored(recalculated))


DRAWN = [
    national(),
    national(
        total='| "146" | "131.24万元" | "10分" | | "9分"', first='"50分"', second='"18.95"', third="１９"
    ),
    national(total='200 | — | "1,131.24" | %10 | "20%" |', weight="", header='"97分"'),
    national(
        total="200 | | | 10 | |",
        fiscal="| 100 | 90 | — | | —",
        carry="| 30 | 30 | — | | —",
        other='| "16" | 11.24 | — | | —',
    ),
    national(
        total="200 | =SUM(D5:D7) | =SUM(E5:E7) -> 0 | 10 | | 10",
        fiscal="| 146 | 131.24 | — | =E5/D5 -> 0.9 | —",
        sum="=SUM(H4,G9:G11) -> 97.95",
        header="=G12 -> 97.95",
    ),
    national(first="50", second="^", third="^"),
    process(score=""),
    process(target="", score=""),
]


def draw(path: Path, *sheets: Sheet) -> None:
    """Write drawn sheets into a file, as a person or a program would have."""
    with xlsxwriter.Workbook(path) as book:
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            for merge in sheet.merges:
                page.merge_range(merge.top - 1, merge.left - 1, merge.bottom - 1, merge.right - 1, "")
            for cell in sheet.cells.values():
                place = (cell.row - 1, cell.column - 1)
                style = book.add_format({"num_format": cell.number_format})
                if cell.formula is not None:
                    value = "" if cell.value is None else float(str(cell.value))
                    page.write_formula(*place, f"={cell.formula}", style, value)
                elif isinstance(cell.value, Decimal):
                    page.write_number(*place, float(cell.value), style)
                else:
                    page.write_string(*place, str(cell.value), style)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, tuple[Edit, ...]]:
    """Every sample and many layouts of every form with their plans carried out: file and edits."""
    folder = tmp_path_factory.mktemp("forms")
    sources = list(SAMPLES)
    for name in form_names():
        for seed in SEEDS:
            source = folder / f"{name} {seed}.xlsx"
            write_xlsx(generate(load_form(name), seed), source)
            sources.append(source)
    for number, drawn in enumerate(DRAWN):
        draw(folder / f"drawn {number}.xlsx", drawn)
        sources.append(folder / f"drawn {number}.xlsx")
    found: dict[Path, tuple[Edit, ...]] = {}
    for number, source in enumerate(sources):
        workbook = open_workbook(source)
        plans = plan_workbook(workbook, read_forms(workbook))
        wanted = tuple(edit for plan in plans for edit in edits(plan))
        if wanted:
            target = folder / f"written {number}.xlsx"
            patch_workbook(source, wanted, target)
            found[target] = wanted
    return found


def as_numbers(results: Mapping[tuple[str, str], str]) -> dict[tuple[str, str], object]:
    """Texts as numbers where they are such."""
    numbers: dict[tuple[str, str], object] = {}
    for place, text in results.items():
        try:
            numbers[place] = Decimal(text)
        except InvalidOperation:
            numbers[place] = text
    return numbers


def disagreeing(wanted: tuple[Edit, ...], results: Mapping[tuple[str, str], object]) -> list[str]:
    return [
        f"{edit.cell} {edit.formula}: {edit.value}, not {results.get((edit.sheet, edit.cell))}"
        for edit in wanted
        if not isinstance(edit.value, Decimal)
        or not is_number(results.get((edit.sheet, edit.cell)), edit.value)
    ]


def test_most_forms_receive_something(written: dict[Path, tuple[Edit, ...]]) -> None:
    assert len(written) > 150
    assert sum(map(len, written.values())) > 400


def test_what_is_written_is_what_was_planned(written: dict[Path, tuple[Edit, ...]]) -> None:
    assert {path.name: disagreeing(wanted, stored(path)) for path, wanted in written.items()} == {
        path.name: [] for path in written
    }


def test_ironcalc_agrees_with_every_form(written: dict[Path, tuple[Edit, ...]]) -> None:
    assert {path.name: disagreeing(wanted, calculate(path)) for path, wanted in written.items()} == {
        path.name: [] for path in written
    }


@pytest.mark.libreoffice
def test_libreoffice_agrees_with_every_form(written: dict[Path, tuple[Edit, ...]], tmp_path: Path) -> None:
    found = values(list(written), tmp_path)
    assert {
        path.name: disagreeing(wanted, as_numbers(results))
        for results, (path, wanted) in zip(found, written.items(), strict=True)
    } == {path.name: [] for path in written}


def test_a_second_run_finds_nothing_to_do(written: dict[Path, tuple[Edit, ...]]) -> None:
    for path in written:
        workbook = open_workbook(path)
        for again in plan_workbook(workbook, read_forms(workbook)):
            assert (path.name, again.changes, again.refreshed) == (path.name, (), ())
