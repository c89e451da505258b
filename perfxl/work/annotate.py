"""Annotating a workbook: a copy with the cells of the findings marked, and the findings listed on a sheet of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from perfxl.errors import OutputNotWritten, PerfxlError
from perfxl.form.remarks import RESULT_SHEET, Remark, is_result_sheet, remarks
from perfxl.output.annotated import OWN_COLOURS, marked_cells, result_sheet
from perfxl.paths import marked, there
from perfxl.rules.explained import place_of, proof_of, with_explanations
from perfxl.rules.finding import Finding
from perfxl.work.check import Checked, check_file
from perfxl.work.keep import keeping
from perfxl.work.names import free_name, suit_copy
from perfxl.workbook.annotate import Mark, annotate_workbook, fills_of
from perfxl.workbook.fills import Fill, fill_of_text
from perfxl.workbook.grid import Workbook
from perfxl.workbook.open import open_workbook, read_file
from perfxl.workbook.original import is_same_file

_Place = tuple[str, str]  # sheet and address


class Annotated(NamedTuple):
    """What became of annotating one file, with its findings as they are listed. `marked` counts cells.

    `backup` is what stood at the output before, `carried` how many explanations were taken over from it.
    """

    checked: Checked
    output: Path
    marked: int
    backup: Path | None = None
    carried: int = 0
    signature_broken: bool = False


def annotate_checked(checked: Checked, output: Path | None = None) -> Annotated:
    """Write the annotated copy of a workbook that was checked just now, perhaps together with others.

    A file that has changed since is checked anew. Without `output` the copy is 原名（校验结果）.xlsx beside the
    workbook, under a name not yet taken; a file that stands at `output` is kept under another name, and what an
    officer explained in it holds on. An annotated copy may be its own output, any other workbook may not. Raises
    PerfxlError where the file cannot be read, is of a format that cannot be written into, or the output not written.
    """
    path = checked.path
    if not checked.current:
        checked = check_file(path)
    workbook = checked.workbook
    if workbook is None:
        raise PerfxlError(checked.problem or "")
    target = output or free_name(path.with_name(annotated_name(path)))
    _refuse_other_format(path, target, workbook.source_format)
    data = read_file(path)
    listed = remarks(workbook)
    findings = with_explanations(checked.findings, workbook, [*_earlier(target), *listed])
    carried = _explained(findings) - _explained(checked.findings)
    checked = checked._replace(findings=findings)
    marks = marked_cells(checked.findings)
    before = _fills_before(data, path.name, marks, listed)
    unmark = [
        Mark(remark.sheet, remark.cell, fill_of_text(remark.fill), OWN_COLOURS)
        for remark in listed
        if remark.fill and (remark.sheet, remark.cell) not in marks
    ]
    sheet = result_sheet(
        checked,
        _sheet_name(workbook),
        before,
        _past(findings, workbook, listed),
        datetime.now().astimezone(),
    )
    new = [Mark(*place, fill) for place, fill in marks.items()]
    # An annotated copy may be brought up to date in its place; the officer's own file never.
    refreshed = any(map(is_result_sheet, workbook.sheets))
    with keeping(target if refreshed or not is_same_file(path, target) else None) as backup:
        report = annotate_workbook(path, [*unmark, *new], sheet, target, in_place=refreshed)
    return Annotated(checked, target, len(marks), backup, carried, report.signature_broken)


def _earlier(target: Path) -> tuple[Remark, ...]:
    """What is listed in the annotated copy that stands at the output already."""
    if not there(target):
        return ()
    try:
        return remarks(open_workbook(target))
    except PerfxlError:
        return ()  # none of ours: it is kept as it is


def _explained(findings: Sequence[Finding]) -> int:
    return sum(bool(finding.explanation) for finding in findings)


def annotated_name(path: Path) -> str:
    """Return the name of the annotated copy of a workbook that was given none: 原名（校验结果）.xlsx."""
    return marked(path, "（校验结果）").name


def _refuse_other_format(path: Path, target: Path, source_format: str) -> None:
    """A copy made by splicing is of the format of its original, which must be one that can be spliced."""
    if source_format != "xlsx":
        raise OutputNotWritten(
            f"“{path.name}”是旧格式，不能在副本里标出单元格：请在 Excel/WPS 中打开，另存为 .xlsx 后再标注；"
            "或者用 --format html 看标出问题的网页。"
        )
    suit_copy(target, path)


def _fills_before(
    data: bytes, name: str, marks: dict[_Place, Fill], listed: Sequence[Remark]
) -> dict[_Place, Fill]:
    """The fill of each cell to be marked as it was before the program ever marked it."""
    remembered = {(remark.sheet, remark.cell): remark.fill for remark in listed if remark.fill}
    found = fills_of(data, name, marks)
    return {
        place: fill_of_text(remembered[place]) if place in remembered and fill.rgb in OWN_COLOURS else fill
        for place, fill in found.items()
    }


def _past(findings: Sequence[Finding], workbook: Workbook, listed: Sequence[Remark]) -> list[Remark]:
    """The remarks whose finding is there no more, or rests on other values: what a person wrote is never lost."""
    present = {(*place_of(finding), proof_of(finding, workbook)) for finding in findings}
    return [
        remark
        for remark in listed
        if remark.text
        and (remark.code, remark.sheet, remark.cell, remark.subject, remark.proof) not in present
    ]


def _sheet_name(workbook: Workbook) -> str:
    """The name of our sheet that is there, else one that no other sheet has."""
    taken = {sheet.name: is_result_sheet(sheet) for sheet in workbook.sheets}
    own = next((name for name, ours in taken.items() if ours), None)
    if own is not None:
        return own
    names = [RESULT_SHEET, *(f"{RESULT_SHEET}{number}" for number in range(2, len(taken) + 3))]
    lower = {name.casefold() for name in taken}
    return next(name for name in names if name.casefold() not in lower)
