"""The edits of one worksheet part turned into splices."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from perfxl.workbook.edit import Edit
from perfxl.workbook.errors import NotWritten, WriteFailed
from perfxl.workbook.grid import Area, Position, address
from perfxl.workbook.insertion import cells_inserted
from perfxl.workbook.markup import escape
from perfxl.workbook.outline import FormulaMark, Outline
from perfxl.workbook.restyle import StyleSheet
from perfxl.workbook.splice import (
    Splice,
    attribute_span,
    set_attribute,
    start_tag,
)

_ATTRIBUTES = re.compile(rb"\s+([^\s=]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
# The type of a value, and links to metadata about it (rich data, phonetics), go with the value.
_GO_WITH_VALUE = (b"t", b"cm", b"vm", b"ph")
_GROUP_ATTRIBUTES = (b"t", b"si", b"ref")


def refuse_harm(outline: Outline, edits: Mapping[Position, Edit], table_headers: Collection[Area]) -> None:
    """Raise WriteFailed where an edit would be lost, or would damage what the cell belongs to."""
    if not outline.is_ordered or outline.data_at is None:
        raise WriteFailed(
            NotWritten.UNEXPECTED_STRUCTURE,
            "工作表内部的行列次序混乱，为免损坏文件没有写入：请在 Excel/WPS 中打开，另存为 .xlsx 后再试。",
        )
    groups = outline.filled_areas()
    for place, edit in edits.items():
        edit.check()
        where = f"{edit.sheet}!{edit.cell}"
        merge = outline.merge_over(place)
        if merge is not None and place != (merge.top, merge.left):
            raise WriteFailed(
                NotWritten.COVERED_CELL,
                f"{where} 被合并单元格遮住，没有写入：内容应写入该合并区域左上角的 {address(merge.top, merge.left)}。",
            )
        if any(area.covers(place) for area in groups):
            raise WriteFailed(
                NotWritten.ARRAY_FORMULA,
                f"{where} 属于一个数组公式或模拟运算表，不能单独改写：请先在 Excel/WPS 中取消该数组公式。",
            )
        if any(area.covers(place) for area in table_headers):
            raise WriteFailed(
                NotWritten.TABLE_HEADER,
                f"{where} 是“表格”的标题行，改写会损坏文件：请先在 Excel/WPS 中把表格转换为区域。",
            )


class SheetPatch:
    """The edits of one part. They must have passed `refuse_harm`; wished number formats are added to `styles`."""

    def __init__(self, outline: Outline, edits: Mapping[Position, Edit], styles: StyleSheet | None) -> None:
        self._outline = outline
        self._part = outline.part
        self._edits = edits
        self._styles = styles
        self.written: dict[Position, bytes] = {
            place: self._element(place, edit) for place, edit in sorted(edits.items())
        }
        """The element that each edited cell becomes, in the order of the sheet."""

    def splices(self, stale: Iterable[Position]) -> list[Splice]:
        """Return the splices that write the edits, and that clear the stored results of stale cells besides."""
        splices: list[Splice] = []
        new_cells: dict[Position, bytes] = {}
        for place, element in self.written.items():
            if place in self._outline.cells:
                splices.append((self._outline.cell_span(place), element))
            else:
                new_cells[place] = element
        splices += cells_inserted(self._outline, new_cells)
        splices += self._groups_written_out()
        for place in stale:
            splices += self._cleared(place)
        splices += self._dimension_grown()
        return splices

    # Cells

    def _element(self, place: Position, edit: Edit) -> bytes:
        at = self._outline.cells.get(place)
        if at is None:
            where = b' r="%s"' % address(*place).encode()
            return self._cell(where, self._outline.style_for_new_cell(place), edit)
        kept, style = b"", None
        for match in _ATTRIBUTES.finditer(self._part, *start_tag(self._part, at)):
            if match[1] == b"s":
                style = (match[2] or match[3]).decode()
            elif match[1] not in _GO_WITH_VALUE:
                kept += match[0]
        return self._cell(kept, style, edit)

    def _cell(self, attributes: bytes, style: str | None, edit: Edit) -> bytes:
        name = self._outline.prefix + b"c"
        kind, content = edit.xml(self._outline.prefix)
        if edit.number_format is not None and self._styles is not None:
            style = str(self._styles.with_format(int(style or "0"), edit.number_format))
        if style is not None:
            attributes += b' s="%s"' % style.encode()
        if kind is not None:
            attributes += b' t="%s"' % kind
        return (
            b"<%s%s>%s</%s>" % (name, attributes, content, name)
            if content
            else b"<%s%s/>" % (name, attributes)
        )

    def _cleared(self, place: Position) -> list[Splice]:
        value = self._outline.value_span(place)
        if value is None:
            return []
        tag = start_tag(self._part, self._outline.cells[place])
        gone = (attribute_span(self._part, tag, name) for name in (b"t", b"vm"))
        return [(value, b""), *((span, b"") for span in gone if span is not None)]

    # What changes with the cells

    def _groups_written_out(self) -> list[Splice]:
        """Return the splices that give each member of a shared formula its own text where the first cell is edited."""
        beheaded = {group for group, place in self._outline.masters.items() if place in self._edits}
        if not beheaded:
            return []
        return [
            (formula.span, self._written_out(formula))
            for place, formula in self._outline.formulas.items()
            if place not in self._edits and formula.is_shared and formula.attributes.get("si", "") in beheaded
        ]

    def _written_out(self, formula: FormulaMark) -> bytes:
        name = self._outline.prefix + b"f"
        tag = start_tag(self._part, formula.span[0])
        kept = b"".join(
            match.group()
            for match in _ATTRIBUTES.finditer(self._part, *tag)
            if match.group(1) not in _GROUP_ATTRIBUTES
        )
        return b"<%s%s>%s</%s>" % (name, kept, escape(formula.text).encode(), name)

    def _dimension_grown(self) -> list[Splice]:
        outline = self._outline
        if outline.dimension is None or outline.used is None:
            return []
        rows = [outline.used.top, outline.used.bottom, *(row for row, _ in self._edits)]
        columns = [outline.used.left, outline.used.right, *(column for _, column in self._edits)]
        grown = Area(min(rows), min(columns), max(rows), max(columns))
        if grown == outline.used:
            return []
        reference = f"{address(grown.top, grown.left)}:{address(grown.bottom, grown.right)}"
        return [set_attribute(self._part, outline.dimension, b"ref", reference.encode())]
