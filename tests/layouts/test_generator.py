"""The layout generator: what it draws is a possible sheet, and what it expects stands in the cells."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfxl.workbook.grid import address, position
from tests.layouts import (
    Generated,
    LayoutOptions,
    differences,
    form_names,
    generate,
    generate_together,
    load_form,
    to_sheet,
    to_workbook,
    write_xlsx,
)

FORMS = st.sampled_from(form_names())
SEEDS = st.integers(0, 100_000)


@given(FORMS, SEEDS)
def test_every_expected_entry_is_what_its_cell_holds(name: str, seed: int) -> None:
    _assert_true(generate(load_form(name), seed))


@given(st.lists(FORMS, min_size=2, max_size=3), SEEDS, st.sampled_from(("stacked", "beside", "sheets")))
def test_forms_together_stay_apart(names: list[str], seed: int, arrangement: Any) -> None:
    generated = generate_together([load_form(name) for name in names], seed, arrangement)
    assert len(generated.expected["forms"]) == len(names)
    _assert_true(generated)


@given(FORMS, SEEDS)
def test_a_seed_gives_the_same_layout_again(name: str, seed: int) -> None:
    first, second = generate(load_form(name), seed), generate(load_form(name), seed)
    assert first.sheets == second.sheets
    assert first.expected == second.expected


@pytest.mark.parametrize("name", form_names())
def test_the_plainest_layout_holds_every_figure_of_the_form(name: str) -> None:
    form = load_form(name)
    generated = generate(form, 0, LayoutOptions())
    (expected,) = generated.expected["forms"]
    rows = expected["projects"] if expected["kind"] == "project_list" else expected["indicators"]
    assert len(rows) == len(form["indicators"])
    values = {cell.value for cell in to_sheet(generated).cells.values()}
    for row in form["indicators"]:
        for label in form["columns"]:
            text = row.get(label, "")
            assert not text or text in values or Decimal(text) in values


@settings(max_examples=15, deadline=None)
@given(name=FORMS, seed=SEEDS)
def test_the_written_file_holds_the_same_cells(name: str, seed: int, tmp_path_factory: Any) -> None:
    generated = generate(load_form(name), seed)
    path: Path = tmp_path_factory.mktemp("layouts") / "form.xlsx"
    write_xlsx(generated, path)
    book = openpyxl.load_workbook(path, data_only=True)
    for sheet in to_workbook(generated).sheets:
        written = book[sheet.name]
        for (row, column), cell in sheet.cells.items():
            value = float(cell.value) if isinstance(cell.value, Decimal) else cell.value
            assert written.cell(row, column).value == value
        assert {str(merge) for merge in written.merged_cells.ranges} == {
            f"{address(merge.top, merge.left)}:{address(merge.bottom, merge.right)}" for merge in sheet.merges
        }


def test_options_are_drawn_from_their_whole_range() -> None:
    drawn = [LayoutOptions.drawn(seed) for seed in range(400)]
    for field in LayoutOptions.__dataclass_fields__:
        assert len({getattr(options, field) for options in drawn}) > 1, field


def test_differences_names_what_differs() -> None:
    expected = generate(load_form("seed_003"), 0, LayoutOptions()).expected
    assert differences(expected, expected) == []

    changed = copy.deepcopy(expected)
    changed["forms"][0]["indicators"][2]["score"]["cell"] = "A1"
    changed["forms"][0]["funds"][0]["budget"]["value"] = 1
    del changed["forms"][0]["header"]["主管部门"]
    found = differences(expected, changed)
    assert [line.split(":")[1].strip() for line in found] == [
        "header.主管部门",
        "funds[0].budget",
        "indicators[2].score",
    ]

    fewer = copy.deepcopy(expected)
    fewer["forms"][0]["indicators"].pop()
    assert len(differences(expected, fewer)) == 1
    assert len(differences(expected, {"forms": []})) == 1


def _assert_true(generated: Generated) -> None:
    workbook = to_workbook(generated)
    for sheet in workbook.sheets:
        covered: set[tuple[int, int]] = set()
        for merge in sheet.merges:
            places = set(merge.positions())
            assert not places & covered, f"merges overlap at {merge}"
            covered |= places
            assert not (places - {(merge.top, merge.left)}) & sheet.cells.keys(), (
                f"value under the merge {merge}"
            )
    for form in generated.expected["forms"]:
        cells = workbook.sheet(form["sheet"]).cells
        for entry in _entries(form):
            cell = cells.get(position(entry["cell"]))
            value = cell.value if cell else None
            if isinstance(value, Decimal):
                assert entry["value"] == float(value)
            elif isinstance(value, str) and value != entry["value"]:
                label, colon, rest = value.replace("：", ":").partition(":")
                assert label and colon and rest == (entry["value"] or "").replace("：", ":")
            else:
                assert entry["value"] == value


def _entries(part: Any) -> Iterator[dict[str, Any]]:
    if isinstance(part, list):
        for item in part:
            yield from _entries(item)
    elif isinstance(part, dict):
        if part.keys() == {"value", "cell"}:
            yield part
        else:
            for item in part.values():
                yield from _entries(item)
