"""Computing a workbook: rates, scores and totals, written with their formulas into a copy."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from perfxl.paths import marked
from perfxl.scoring.decisions import Change, Kept, Open, Plan
from perfxl.scoring.edits import edits
from perfxl.scoring.plan import plan_workbook
from perfxl.settings.parameters import chosen_settings
from perfxl.work.keep import keeping
from perfxl.work.names import free_name, suit_copy
from perfxl.work.read import read_file
from perfxl.workbook.patch import patch_workbook


class Scored(NamedTuple):
    """What became of computing one file, a plan for each form. `output` is None where nothing had to be written.

    `backup` is the workbook as it was before it was written into, `replaced` a copy of what stood at the output.
    """

    path: Path
    plans: tuple[Plan, ...]
    output: Path | None
    backup: Path | None = None
    replaced: Path | None = None
    signature_broken: bool = False

    @property
    def changes(self) -> list[Change]:
        """Every cell written, form by form."""
        return [change for plan in self.plans for change in plan.changes]

    @property
    def kept(self) -> list[Kept]:
        """Every cell left as a person had it although the computed figure differs."""
        return [kept for plan in self.plans for kept in plan.kept]

    @property
    def open(self) -> list[Open]:
        """Every cell that only a person can decide."""
        return [left for plan in self.plans for left in plan.open]


def score_file(
    path: Path,
    output: Path | None = None,
    *,
    in_place: bool = False,
    overwrite: bool = False,
    jurisdiction: str | None = None,
) -> Scored:
    """Compute rates, scores and totals of a workbook and write them, with formulas, into a copy.

    Without `output` the copy is 原名（已计算）.xlsx beside the workbook, under a name not yet taken.
    What stands at `output` already is kept under another name.
    `in_place` writes into the workbook itself and keeps a backup; `overwrite` replaces scores that a person
    typed; `jurisdiction` names the place whose parameters hold. Raises PerfxlError where the
    file cannot be read or the output not written.
    """
    if output is not None:
        suit_copy(output, path)
    settings = chosen_settings(jurisdiction)
    workbook, forms = read_file(path)
    plans = plan_workbook(workbook, forms, overwrite=overwrite, settings=settings)
    if not any(plan.changes for plan in plans) and output is None:
        return Scored(path, plans, None)
    target = path if in_place else output or free_name(marked(path, "（已计算）"))
    wanted = [edit for plan in plans for edit in edits(plan)]
    with keeping(None if in_place else output) as replaced:
        report = patch_workbook(path, wanted, target, in_place=in_place, content=workbook.content)
    return Scored(path, plans, target, report.backup, replaced, report.signature_broken)
