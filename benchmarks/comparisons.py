"""What is compared: each job of ours does more than the peer's, which only reads, or only reads and writes."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl

from benchmarks.measure import Comparison, process
from perfxl.resources import resource_folder
from perfxl.work.check import check_file
from perfxl.work.score import score_file

FORM = "种子002*.xlsx"
"""A project form with 38 indicators, the longest of the samples."""

FINDINGS_STATUSES = (0, 1)
"""Exit statuses of `perfxl check` that mean that the file was checked."""


def comparisons(folder: Path) -> tuple[Comparison, ...]:
    """Return every comparison; what they write goes into `folder`."""
    form = next(resource_folder("samples").glob(FORM))
    numbers = iter(range(1_000_000))

    def ours_written() -> object:
        return score_file(form, folder / f"ours-{next(numbers)}.xlsx", overwrite=True)

    def peer_written() -> None:
        openpyxl.load_workbook(form).save(folder / f"peer-{next(numbers)}.xlsx")

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
            limit=0.5,
        ),
        Comparison(
            "compute a form and write it back / load and save it with openpyxl, in one process",
            ours_written,
            peer_written,
            rounds=41,
            limit=1.0,
        ),
    )


def _checked(form: Path) -> Callable[[], object]:
    def check() -> object:
        checked = check_file(form)
        if not checked.forms:
            raise RuntimeError(f"no form was read in {form.name}: nothing was measured")
        return checked

    return check
