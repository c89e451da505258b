"""A worksheet of our own: its cells, and what makes a list of it that people filter, follow and print."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple

from perfxl.workbook.edit import Edit
from perfxl.workbook.grid import Area, Position, address, column_letters, quoted
from perfxl.workbook.markup import DECLARATION, escape
from perfxl.workbook.restyle import Look, StyleSheet

_NO_LINKS: Mapping[Position, str] = MappingProxyType({})
_MARGINS = '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>'


class NewCell(NamedTuple):
    """A cell: a value, or a formula (without "=") with its result, and how it looks."""

    value: Decimal | str | None
    look: Look
    formula: str | None = None


class NewSheet(NamedTuple):
    """A worksheet to be added, or to take the place of one of the same name.

    `rows` are filled from A1 on; `heights` are in points, `widths` counted in characters, a column of width 0 is
    hidden. `frozen` rows stay in sight, and the last of them is printed on every page. `links` lead from a cell to a
    place of the workbook ("'自评表'!F6"). The sheet is protected, without a password, against all but typing into
    unlocked cells.
    """

    name: str
    rows: tuple[tuple[NewCell, ...], ...]
    widths: tuple[float, ...]
    heights: Mapping[int, float]
    frozen: int
    filtered: Area
    links: Mapping[Position, str] = _NO_LINKS
    merges: tuple[Area, ...] = ()
    tab_colour: str = "FFC00000"

    @property
    def names(self) -> dict[str, str]:
        """The defined names of the sheet: what the filter covers, what is printed on every page."""
        sheet = quoted(self.name)
        return {
            "_xlnm._FilterDatabase": f"{sheet}!{_range(self.filtered, '$')}",
            "_xlnm.Print_Titles": f"{sheet}!${self.frozen}:${self.frozen}",
        }

    def xml(self, space: str, styles: StyleSheet) -> bytes:
        """Return the worksheet part, in the workbook's main namespace; its looks are added to the styles."""
        return "".join(self._pieces(space, styles)).encode("utf-8")

    def _pieces(self, space: str, styles: StyleSheet) -> Iterator[str]:
        used = Area(1, 1, len(self.rows), len(self.widths))
        below = address(self.frozen + 1, 1)
        yield f'{DECLARATION}<worksheet xmlns="{space}"><sheetPr><tabColor rgb="{self.tab_colour}"/>'
        yield f'<pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="{_range(used)}"/>'
        yield '<sheetViews><sheetView showGridLines="0" workbookViewId="0">'
        yield f'<pane ySplit="{self.frozen}" topLeftCell="{below}" activePane="bottomLeft" state="frozen"/>'
        yield f'<selection pane="bottomLeft" activeCell="{below}" sqref="{below}"/></sheetView></sheetViews>'
        yield '<sheetFormatPr defaultRowHeight="15"/><cols>'
        for column, width in enumerate(self.widths, start=1):
            size = f'width="{width}"' if width else 'width="9" hidden="1"'
            yield f'<col min="{column}" max="{column}" {size} customWidth="1"/>'
        yield "</cols><sheetData>"
        for number, row in enumerate(self.rows, start=1):
            yield f'<row r="{number}"{self._height(number)}>'
            for column, cell in enumerate(row, start=1):
                yield _cell(number, column, cell, styles.add(cell.look))
            yield "</row>"
        yield "</sheetData>"
        yield '<sheetProtection sheet="1" objects="1" scenarios="1" formatCells="0" formatColumns="0" formatRows="0"'
        yield f' sort="0" autoFilter="0"/><autoFilter ref="{_range(self.filtered)}"/>'
        if self.merges:
            yield f'<mergeCells count="{len(self.merges)}">'
            yield from (f'<mergeCell ref="{_range(merge)}"/>' for merge in self.merges)
            yield "</mergeCells>"
        if self.links:
            yield "<hyperlinks>"
            for place, target in self.links.items():
                yield f'<hyperlink ref="{address(*place)}" location="{escape(target)}"/>'
            yield "</hyperlinks>"
        yield f'{_MARGINS}<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
        yield "</worksheet>"

    def _height(self, row: int) -> str:
        """The height of a row: fixed for the frozen ones, for the others until somebody types into them."""
        if row not in self.heights:
            return ""
        return f' ht="{self.heights[row]:.1f}"' + (' customHeight="1"' if row <= self.frozen else "")


def _range(area: Area, sign: str = "") -> str:
    (left, right), (top, bottom) = map(column_letters, (area.left, area.right)), (area.top, area.bottom)
    return f"{sign}{left}{sign}{top}:{sign}{right}{sign}{bottom}"


def _cell(row: int, column: int, cell: NewCell, style: int) -> str:
    place = address(row, column)
    kind, content = Edit("", place, cell.value, cell.formula).xml(b"")
    typed = f' t="{kind.decode()}"' if kind is not None else ""
    return f'<c r="{place}" s="{style}"{typed}>{content.decode("utf-8")}</c>'
