"""What is compared: each job of ours does more than the peer's, which only reads, or only reads and writes."""

from __future__ import annotations

import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import openpyxl

from benchmarks.measure import Comparison, process
from perfxl.resources import resource_folder
from perfxl.scoring.plan import plan_workbook
from perfxl.work.check import check_file
from perfxl.work.read import read_file
from perfxl.work.score import score_file
from perfxl.workbook.edit import Edit
from perfxl.workbook.patch import patch_workbook

FORM = "种子002*.xlsx"
"""A project form with 38 indicators, the longest of the samples."""

CELLS = 40
"""How many cells are written back."""

FINDINGS_STATUSES = (0, 1)
"""Exit statuses of `perfxl check` that mean that the file was checked."""


def comparisons(folder: Path) -> tuple[Comparison, ...]:
    """Return every comparison; what they write goes into `folder`."""
    form = next(resource_folder("samples").glob(FORM))
    numbers = iter(range(1_000_000))

    edits = _edits(form)

    def name(whose: str) -> Path:
        return folder / f"{whose}-{next(numbers)}.xlsx"

    def peer_written() -> None:
        openpyxl.load_workbook(form).save(name("peer"))

    def peer_edited() -> None:
        book = openpyxl.load_workbook(form)
        for edit in edits:
            book[edit.sheet][edit.cell] = f"={edit.formula}"
        book.save(name("peer"))

    return (
        Comparison(
            "read and check a form / load it with openpyxl, in one process",
            _checked(form),
            lambda: openpyxl.load_workbook(form),
            rounds=41,
            limit=0.5,
        ),
        Comparison(
            "`perfxl check FILE` / `python -c` loading it with openpyxl, whole processes",
            process([sys.executable, "-m", "perfxl", "check", str(form)], FINDINGS_STATUSES),
            process(
                [sys.executable, "-c", "import openpyxl, sys; openpyxl.load_workbook(sys.argv[1])", str(form)]
            ),
            rounds=15,
            limit=0.6,
        ),
        Comparison(
            f"write {len(edits)} cells back, read back and compared / load, set and save with openpyxl, in one process",
            lambda: patch_workbook(form, edits, name("ours")),
            peer_edited,
            rounds=41,
            limit=0.2,
        ),
        Comparison(
            "score a form that has been read, at most 5 ms / load it with openpyxl, in one process",
            _scored(form),
            lambda: openpyxl.load_workbook(form),
            rounds=41,
            limit=0.25,
            ceiling=0.005,
        ),
        Comparison(
            "read, score and write back a form / load and save it with openpyxl, in one process",
            lambda: score_file(form, name("ours"), overwrite=True),
            peer_written,
            rounds=41,
            limit=0.5,
        ),
        Comparison(
            "`perfxl score FILE` / `python -c` loading and saving it with openpyxl, whole processes",
            process([sys.executable, "-m", "perfxl", "score", str(form), "-o", str(folder / "ours.xlsx")]),
            process(
                [
                    sys.executable,
                    "-c",
                    "import openpyxl, sys; openpyxl.load_workbook(sys.argv[1]).save(sys.argv[2])",
                    str(form),
                    str(folder / "peer.xlsx"),
                ]
            ),
            rounds=15,
            limit=0.7,
        ),
    )


def _edits(form: Path) -> list[Edit]:
    """Figures with formulas for scores and weights of the form."""
    workbook, forms = read_file(form)
    sheet = workbook.sheet(forms[0].sheet)
    rows = forms[0].indicators
    cells = [entry.address for row in rows for entry in (row.score, row.weight) if entry is not None]
    return [Edit(sheet.name, cell, Decimal("1.5"), "ROUND(3/2,2)") for cell in dict.fromkeys(cells)][:CELLS]


def _scored(form: Path) -> Callable[[], object]:
    workbook, forms = read_file(form)
    return lambda: plan_workbook(workbook, forms, overwrite=True)


def _checked(form: Path) -> Callable[[], object]:
    def check() -> object:
        checked = check_file(form)
        if not checked.forms:
            raise RuntimeError(f"no form was read in {form.name}: nothing was measured")
        return checked

    return check
