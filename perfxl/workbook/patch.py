"""Writing values and formulas into cells of an existing workbook, everything else left byte for byte.

Only the elements of edited cells, and what must change with them, are cut and spliced: stored results of formulas
that rest on edited cells are cleared, a shared formula whose first cell goes is written out for the others, the
calculation chain is dropped where the set of formulas changes, and the workbook is marked to be recalculated when
it is opened.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from perfxl.workbook.calculation import recalculated_on_load, without_calculation_chain
from perfxl.workbook.dependents import FormulaCell, dependents
from perfxl.workbook.edit import Edit
from perfxl.workbook.errors import NotWritten, WriteFailed
from perfxl.workbook.grid import Area, Position, address
from perfxl.workbook.markup import local_name, new_parser, parse
from perfxl.workbook.open import damage_refused, read_file
from perfxl.workbook.original import back_up, is_same_file, package_to_write, signed
from perfxl.workbook.outline import Outline
from perfxl.workbook.package import Package
from perfxl.workbook.parts import WorkbookParts, find_parts, main_part
from perfxl.workbook.repack import rewrite
from perfxl.workbook.restyle import StyleSheet
from perfxl.workbook.save import write_whole
from perfxl.workbook.sheet import read_area
from perfxl.workbook.sheetpatch import SheetPatch, refuse_harm
from perfxl.workbook.splice import splice
from perfxl.workbook.verify import verify_package, verify_sheet

__all__ = ["Edit", "PatchReport", "patch_workbook"]

_FORMULA = re.compile(rb"<(?:[^\s<>/:]+:)?f[\s>/]")
_EditsBySheet = dict[str, dict[Position, Edit]]


class PatchReport(NamedTuple):
    """What a patch did besides the edits.

    `cleared` are the cells whose stored results rested on edited ones and went, as (sheet, address).
    `signature_broken` says that the file bore a digital signature, which no longer holds.
    `backup` is the copy made before writing in place.
    """

    cleared: tuple[tuple[str, str], ...] = ()
    signature_broken: bool = False
    backup: Path | None = None


def patch_workbook(
    source: Path,
    edits: Sequence[Edit],
    target: Path,
    *,
    in_place: bool = False,
    content: bytes | None = None,
) -> PatchReport:
    """Write the edits into a copy of an xlsx workbook, or with `in_place` into the workbook itself after a backup.

    `content` are the source's bytes as they were when the edits were planned; in place nothing else may stand there
    by now. The target appears whole, read back and compared, or not at all. Raises UnreadableWorkbook for a source
    that cannot be read, WriteFailed for whatever prevents the writing.
    """
    is_same = is_same_file(source, target)
    if is_same and not in_place:
        raise WriteFailed(
            NotWritten.SAME_FILE,
            f"输出文件与原文件“{source.name}”是同一个：请另给一个文件名；"
            "确要改写原文件，请选择就地改写（会先备份）。",
        )
    data = content or read_file(source)
    with damage_refused():
        patch = _Patch(package_to_write(data, source.name), edits)
        patched = patch.content()
    backup = back_up(source, data) if is_same else None
    try:
        write_whole(target, patched, over=data if is_same else None)
    except WriteFailed:
        if backup is not None:
            with suppress(OSError):
                backup.unlink()
        raise
    return PatchReport(tuple(patch.cleared), patch.breaks_signature, backup)


class _Patch:
    """One package and its edits, becoming the content of a new package."""

    def __init__(self, package: Package, edits: Sequence[Edit]) -> None:
        self._package = package
        main = main_part(package)
        assert main is not None  # the gate has seen it
        self._parts = find_parts(package, main)
        self._edits = _by_sheet(edits, self._parts)
        self._changed: dict[str, bytes] = {}
        self._dropped: frozenset[str] = frozenset()
        self.cleared: list[tuple[str, str]] = []  # (sheet, address)

    @property
    def breaks_signature(self) -> bool:
        """Whether the package is digitally signed."""
        return bool(self._edits) and signed(self._package)

    def content(self) -> bytes:
        """Return the new package, verified. Raises WriteFailed where an edit would do harm."""
        if not self._edits:
            return self._package.data
        outlines = self._outlines()
        for sheet in self._parts.sheets:
            if sheet.name in self._edits:
                refuse_harm(
                    outlines[sheet.name], self._edits[sheet.name], _table_headers(self._package, sheet.part)
                )
        stale = dependents(
            _formula_cells(outlines),
            ((name, place) for name, edits in self._edits.items() for place in edits),
        )
        styles = self._styles()
        for sheet in self._parts.sheets:
            outline = outlines.get(sheet.name)
            if outline is None:
                continue
            edits = self._edits.get(sheet.name, {})
            results = [
                place
                for name, place in stale
                if name == sheet.name and place not in edits and outline.has_result(place)
            ]
            self.cleared += [(sheet.name, address(*place)) for place in sorted(results)]
            if edits or results:
                patch = SheetPatch(outline, edits, styles)
                part = splice(outline.part, patch.splices(results))
                verify_sheet(sheet.name, outline, part, edits, patch.written)
                self._changed[sheet.part] = part
        if styles is not None and styles.changed and self._parts.styles is not None:
            self._changed[self._parts.styles] = styles.content()
        self._settle_calculation(outlines, has_stale=bool(stale))
        content = rewrite(self._package, self._changed, self._dropped)
        verify_package(self._package, content, self._changed, self._dropped)
        return content

    def _outlines(self) -> dict[str, Outline]:
        """Return the outlines of the sheets that are edited or hold formulas, by sheet name."""
        outlines: dict[str, Outline] = {}
        for sheet in self._parts.sheets:
            part = self._package.xml(sheet.part)
            if sheet.name in self._edits or _FORMULA.search(part):
                outlines[sheet.name] = Outline(part)
        return outlines

    def _styles(self) -> StyleSheet | None:
        wished = any(edit.number_format for edits in self._edits.values() for edit in edits.values())
        return StyleSheet(self._package.xml(self._parts.styles)) if wished and self._parts.styles else None

    def _settle_calculation(self, outlines: Mapping[str, Outline], has_stale: bool) -> None:
        parts = self._parts
        has_new_formula = False
        formulas_change = False
        for name, edits in self._edits.items():
            formulas = outlines[name].formulas
            for place, edit in edits.items():
                had_formula = place in formulas
                has_new_formula |= edit.formula_text is not None
                formulas_change |= had_formula != (edit.formula_text is not None)
        if has_stale or has_new_formula:
            self._changed[parts.workbook] = recalculated_on_load(self._package.xml(parts.workbook))
        if formulas_change and parts.calculation_chain is not None:
            self._changed |= without_calculation_chain(self._package, parts.workbook, parts.calculation_chain)
            self._dropped = frozenset({parts.calculation_chain})


def _by_sheet(edits: Iterable[Edit], parts: WorkbookParts) -> _EditsBySheet:
    names = {sheet.name for sheet in parts.sheets}
    found: _EditsBySheet = {}
    for edit in edits:
        if edit.sheet not in names:
            raise WriteFailed(NotWritten.NO_SHEET, f"工作簿中没有名为“{edit.sheet}”的工作表，没有写入。")
        place = edit.place()
        if place in found.setdefault(edit.sheet, {}):
            raise WriteFailed(NotWritten.BAD_CELL, f"{edit.sheet}!{edit.cell} 被要求写入两次，没有写入。")
        found[edit.sheet][place] = edit
    return found


def _table_headers(package: Package, sheet_part: str) -> list[Area]:
    """Return the header rows of the tables on a sheet."""
    headers: list[Area] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if local_name(name) == "table" and "ref" in attributes:
            area = read_area(attributes["ref"])
            rows = int(attributes.get("headerRowCount", "1"))
            if rows:
                headers.append(area._replace(bottom=area.top + rows - 1))

    for link in package.relationships(sheet_part).values():
        if link.kind == "table" and link.target in package:
            parser = new_parser()
            parser.StartElementHandler = start
            parse(parser, package.xml(link.target))
    return headers


def _formula_cells(outlines: Mapping[str, Outline]) -> list[FormulaCell]:
    return [
        FormulaCell((name, place), formula.text, outline.cells_filled(formula))
        for name, outline in outlines.items()
        for place, formula in outline.formulas.items()
    ]
