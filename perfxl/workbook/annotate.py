"""Marking cells of an existing workbook and adding a sheet of our own, everything else left byte for byte.

A mark is another fill on the cell: its value, its formula and the rest of its style stay. Nothing that formulas rest
on changes, so no stored result is touched.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from perfxl.workbook.addition import SheetList, relationship_type, with_content_type, with_relationship
from perfxl.workbook.calculation import without_calculation_chain
from perfxl.workbook.errors import NotWritten, Unreadable, UnreadableWorkbook, WriteFailed
from perfxl.workbook.fills import Fill
from perfxl.workbook.grid import Position, address, position
from perfxl.workbook.insertion import cells_inserted
from perfxl.workbook.newsheet import NewSheet
from perfxl.workbook.open import damage_refused, read_file, read_workbook
from perfxl.workbook.original import is_same_file, package_to_write, signed
from perfxl.workbook.outline import Outline
from perfxl.workbook.package import Package
from perfxl.workbook.parts import find_parts, main_part
from perfxl.workbook.repack import rewrite
from perfxl.workbook.restyle import StyleSheet, plain_styles
from perfxl.workbook.save import unverified, write_whole
from perfxl.workbook.splice import Splice, attribute_span, set_attribute, splice, start_tag
from perfxl.workbook.verify import verify_package

_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"


class Mark(NamedTuple):
    """A cell and the fill it gets; where `only_over` is given, only if that is its fill now."""

    sheet: str
    cell: str
    fill: Fill
    only_over: frozenset[str] | None = None  # colours of solid fills


class AnnotateReport(NamedTuple):
    """`signature_broken` says that the file bore a digital signature, which no longer holds."""

    signature_broken: bool = False


def annotate_workbook(
    source: Path, marks: Sequence[Mark], sheet: NewSheet, target: Path, *, in_place: bool = False
) -> AnnotateReport:
    """Write a copy of an xlsx workbook with cells marked and a sheet added, or put in the place of its namesake.

    With `in_place` the target may be the workbook itself. Of two marks on one cell the last holds. The target appears
    whole, read back and compared, or not at all. Raises UnreadableWorkbook for a source that cannot be read,
    WriteFailed for whatever prevents the writing.
    """
    if is_same_file(source, target) and not in_place:
        raise WriteFailed(
            NotWritten.SAME_FILE, f"输出文件与原文件“{source.name}”是同一个：请另给一个文件名。"
        )
    data = read_file(source)
    with damage_refused():
        annotation = _Annotation(package_to_write(data, source.name), sheet)
        content = annotation.content(marks)
    write_whole(target, content)
    return AnnotateReport(signed(annotation.package))


def fills_of(data: bytes, name: str, cells: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Fill]:
    """Return the fill of each cell, given as (sheet, address), in a workbook's bytes; one that is not there has none.

    Raises as `annotate_workbook` does.
    """
    with damage_refused():
        package = package_to_write(data, name)
        parts = find_parts(package, main_part(package) or "")
        if parts.styles is None:
            return {}
        styles = StyleSheet(package.xml(parts.styles))
        wanted: dict[str, list[str]] = {}
        for sheet, cell in cells:
            wanted.setdefault(sheet, []).append(cell)
        found: dict[tuple[str, str], Fill] = {}
        for part in parts.sheets:
            outline = Outline(package.xml(part.part)) if part.name in wanted else None
            for cell in wanted.get(part.name, ()):
                place = position(cell)
                if outline is not None:
                    found[part.name, cell] = styles.fill(_style(outline, place))
        return found


def _style(outline: Outline, place: Position) -> int:
    """The style of a cell, or the one that it would take over if it were there."""
    at = outline.cells.get(place)
    if at is None:
        return int(outline.style_for_new_cell(place) or "0")
    span = attribute_span(outline.part, start_tag(outline.part, at), b"s")
    return int(outline.part[slice(*span)].partition(b"=")[2].strip(b"\"' \t\r\n")) if span is not None else 0


class _Annotation:
    """One package and what is to be seen in it, becoming the content of a new package."""

    def __init__(self, package: Package, sheet: NewSheet) -> None:
        self.package = package
        self._sheet = sheet
        main = main_part(package)
        assert main is not None  # the gate has seen it
        self._parts = find_parts(package, main)
        self._changed: dict[str, bytes] = {}
        self._added: dict[str, bytes] = {}
        self._dropped: set[str] = set()

    def content(self, marks: Sequence[Mark]) -> bytes:
        """Return the new package, verified."""
        book = SheetList(self.package.xml(self._parts.workbook))
        styles_part = self._parts.styles
        styles = StyleSheet(self._xml(styles_part) if styles_part is not None else plain_styles(book.space))
        self._mark(marks, styles)
        part = self._sheet.xml(book.space, styles)
        if self._parts.calculation_chain is not None:
            # The chain must not list a cell of the old sheet, and need not list those of the new one.
            chain = self._parts.calculation_chain
            self._changed |= without_calculation_chain(self.package, self._parts.workbook, chain)
            self._dropped.add(chain)
        if styles_part is not None:
            self._changed[styles_part] = styles.content()
        else:
            self._add_part(("styles", ""), _STYLES_TYPE, "styles", "rIdPerfxlStyles", styles.content())
        self._changed[self._parts.workbook] = self._with_sheet(book, part)
        content = rewrite(self.package, self._changed, frozenset(self._dropped), self._added)
        self._verify(content)
        return content

    def _mark(self, marks: Sequence[Mark], styles: StyleSheet) -> None:
        by_sheet: dict[str, dict[Position, Mark]] = {}
        for mark in marks:
            by_sheet.setdefault(mark.sheet, {})[position(mark.cell)] = mark
        for sheet in self._parts.sheets:
            if sheet.name in by_sheet and sheet.name != self._sheet.name:
                outline = Outline(self.package.xml(sheet.part))
                splices = list(_splices(outline, by_sheet[sheet.name], styles))
                if splices:
                    self._changed[sheet.part] = splice(outline.part, splices)

    def _with_sheet(self, book: SheetList, part: bytes) -> bytes:
        """Put the sheet's part in, and return the workbook part that lists it."""
        present = next((sheet for sheet in self._parts.sheets if sheet.name == self._sheet.name), None)
        if present is not None:
            self._changed[present.part] = part
            folder, _, base = present.part.rpartition("/")
            links = f"{folder}/_rels/{base}.rels"
            if links in self.package:  # what the old sheet linked to, it alone linked to
                self._dropped.add(links)
            return book.with_sheet(self._sheet.name, None, self._sheet.names)
        identifier = self._add_part(
            ("worksheets/sheet", "1"), _SHEET_TYPE, "worksheet", "rIdPerfxlSheet", part
        )
        return book.with_sheet(self._sheet.name, identifier, self._sheet.names)

    def _add_part(
        self, named: tuple[str, str], content_type: str, kind: str, identifier: str, content: bytes
    ) -> str:
        """Add a part under a name and with an identifier that nothing has; return the identifier.

        `named` are the name, from the workbook part's folder and without .xml, and the first number behind it.
        """
        stem, first = named
        number = 1
        target = f"{stem}{first}.xml"
        while (name := self._beside_workbook(target)) in self.package:
            number += 1
            target = f"{stem}{number}.xml"
        while identifier in self.package.relationships(self._parts.workbook):
            identifier += "1"
        self._name_part(name, content_type, kind, identifier, target)
        self._added[name] = content
        return identifier

    def _name_part(self, name: str, content_type: str, kind: str, identifier: str, target: str) -> None:
        """Enter a new part into the content types and the workbook's relationships."""
        types = "[Content_Types].xml"
        self._changed[types] = with_content_type(self._xml(types), name, content_type)
        folder, _, base = self._parts.workbook.rpartition("/")
        links = f"{folder}/_rels/{base}.rels" if folder else f"_rels/{base}.rels"
        sheet_kind = relationship_type(self._xml(links), "worksheet")
        if sheet_kind is None:
            raise UnreadableWorkbook(Unreadable.DAMAGED, "no relationship to a worksheet")
        address_of_kind = f"{sheet_kind.rpartition('/')[0]}/{kind}"
        self._changed[links] = with_relationship(self._xml(links), identifier, address_of_kind, target)

    def _beside_workbook(self, name: str) -> str:
        folder, _, _ = self._parts.workbook.rpartition("/")
        return f"{folder}/{name}" if folder else name

    def _xml(self, name: str) -> bytes:
        """A part as it is by now."""
        return self._changed.get(name) or self.package.xml(name)

    def _verify(self, content: bytes) -> None:
        """Raise WriteFailed unless every cell is as before and the sheet is there.

        UnreadableWorkbook if the source could not have been read in the first place.
        """
        before = read_workbook(self.package.data, "")
        verify_package(self.package, content, self._changed, self._dropped, self._added)
        try:
            after = read_workbook(content, "")
        except UnreadableWorkbook as error:
            raise unverified(error.detail or error.message) from error
        own = self._sheet.name
        if [sheet for sheet in before.sheets if sheet.name != own] != [
            sheet for sheet in after.sheets if sheet.name != own
        ]:
            raise unverified("单元格")
        written = after.sheet(own).cells
        for number, row in enumerate(self._sheet.rows, start=1):
            for column, cell in enumerate(row, start=1):
                found = written.get((number, column))
                if (found.formula if found is not None else None) != cell.formula:
                    raise unverified(f"{own}!{address(number, column)}")


def _splices(outline: Outline, marks: dict[Position, Mark], styles: StyleSheet) -> Iterable[Splice]:
    """The splices that give cells another style; blank cells that have no element get one."""
    if not outline.is_ordered or outline.data_at is None:
        raise WriteFailed(
            NotWritten.UNEXPECTED_STRUCTURE,
            "工作表内部的行列次序混乱，为免损坏文件没有写入：请在 Excel/WPS 中打开，另存为 .xlsx 后再试。",
        )
    absent: dict[Position, bytes] = {}
    name = outline.prefix + b"c"
    for place, mark in sorted(marks.items()):
        style = _style(outline, place)
        if mark.only_over is not None and styles.fill(style).rgb not in mark.only_over:
            continue
        marked = styles.with_fill(style, mark.fill)
        at = outline.cells.get(place)
        if at is not None:
            yield set_attribute(outline.part, start_tag(outline.part, at), b"s", b"%d" % marked)
        else:
            absent[place] = b'<%s r="%s" s="%d"/>' % (name, address(*place).encode(), marked)
    yield from cells_inserted(outline, absent)
