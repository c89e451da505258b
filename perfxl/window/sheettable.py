"""One sheet as a grid: merged cells kept, some cells lit.

The texts live in Qt's own items, so that scrolling needs no Python and stays smooth while a job runs. A sheet of many
cells is filled bit by bit, so that the window answers meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from perfxl.form.model import Entry, Form
from perfxl.output.checked import groups
from perfxl.rules.finding import Finding
from perfxl.window import layout, theme
from perfxl.workbook.grid import Area, Cell, Position, Sheet, address, column_letters, position

MOST_ROWS, MOST_COLUMNS = 3000, 80
_AT_ONCE = 800
"""So many cells are filled in one go."""
_CENTRED_UP_TO, _LINES = 14, 4
"""A text of few lines of so many characters is a label or a figure, and stands in the middle of its cell."""
_WRAP = Qt.TextFlag.TextWordWrap
_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_CENTRED = Qt.AlignmentFlag.AlignCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_SPOKEN = Qt.ItemDataRole.AccessibleTextRole
_SETTLED = 80
"""Milliseconds without a change of size, after which the form is laid out anew."""


class SheetTable(QTableWidget):
    """A sheet as a grid. Hidden rows and columns are left out, as in Excel."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setWordWrap(True)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)  # Tab leaves the grid, arrows move in it
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
            header.setMinimumSectionSize(16)
        self.setCornerButtonEnabled(False)
        self.setAccessibleName("自评表")
        self._rows: dict[int, int] = {}  # the grid's row by the sheet's
        self._columns: dict[int, int] = {}
        self._lit: list[Position] = []
        self._titles: set[Position] = set()
        self._heads: set[Position] = set()
        self._texts: dict[Position, tuple[Area, str]] = {}
        self._widths: dict[int, int] = {}
        self._unfilled: Iterator[Cell] = iter(())
        self._sheet: Sheet | None = None
        self._settled = self._timer(_SETTLED, self._fit)
        self._next = self._timer(0, self._fill)

    def show_sheet(self, sheet: Sheet | None, forms: Sequence[Form]) -> bool:
        """Show a sheet with the forms that stand on it; return whether all of it is shown."""
        self._next.stop()
        self._sheet, self._lit, self._texts, self._widths = sheet, [], {}, {}
        self.setUpdatesEnabled(False)
        self.clearSpans()
        self.clear()
        whole = self._lay_out(sheet, forms) if sheet is not None else self._empty()
        self.setUpdatesEnabled(True)
        self.scrollToTop()
        return whole

    def light(self, findings: Iterable[Finding], chosen: Finding | None) -> None:
        """Tint the cells of all findings faintly, those of the chosen one too, and its first one strongly."""
        look = theme.current()
        for place in self._lit:
            self._tint(place, look.head if place in self._heads else None)
        self._lit = []
        # The gravest last, so that its colour stays where several are at one cell.
        for _, group in reversed(groups(findings)):
            for finding in group:
                self._tint(position(finding.cell), look.tone(finding).ground, tip=finding.message)
        if chosen is None:
            return
        tone = look.tone(chosen)
        for cell in reversed(chosen.cells_here):
            self._tint(position(cell), tone.lit if cell == chosen.cell else tone.ground, tip=chosen.message)
        item = self._item(position(chosen.cell))
        if item is not None:
            self.setCurrentItem(item)
            self._bring(item)

    def address_at(self, row: int, column: int) -> str:
        """The address of the cell shown at a row and column of the grid."""
        return address(list(self._rows)[row], list(self._columns)[column])

    # What Qt calls.

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width() and self._texts:
            self._settled.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.matches(QKeySequence.StandardKey.Copy):
            item: QTableWidgetItem | None = self.currentItem()
            QGuiApplication.clipboard().setText(item.text() if item is not None else "")
        else:
            super().keyPressEvent(event)

    # Filling.

    def _empty(self) -> bool:
        self.setRowCount(0)
        self.setColumnCount(0)
        self._rows, self._columns, self._heads, self._titles = {}, {}, set(), set()
        return True

    def _lay_out(self, sheet: Sheet, forms: Sequence[Form]) -> bool:
        used = sheet.extent
        rows = [row for row in range(1, used.bottom + 1) if row not in sheet.hidden_rows]
        columns = [column for column in range(1, used.right + 1) if column not in sheet.hidden_columns]
        self._rows = {row: number for number, row in enumerate(rows[:MOST_ROWS])}
        self._columns = {column: number for number, column in enumerate(columns[:MOST_COLUMNS])}
        self.setRowCount(len(self._rows))
        self.setColumnCount(len(self._columns))
        self.setHorizontalHeaderLabels([column_letters(column) for column in self._columns])
        self.setVerticalHeaderLabels([str(row) for row in self._rows])
        self._titles = {
            (form.title.cell.row, form.title.cell.column) for form in forms if form.title is not None
        }
        self._heads = {
            (column.cell.row, column.cell.column)
            for form in forms
            for column in (*form.fund_columns.values(), *form.indicator_columns.values())
        }
        for merge in sheet.merges:
            self._span(merge)
        self._unfilled = (sheet.cells[place] for place in sorted(sheet.cells))
        self._fill()
        return len(rows) <= MOST_ROWS and len(columns) <= MOST_COLUMNS

    def _fill(self) -> None:
        """Fill the next cells, and come back for more after the window has had its turn."""
        assert self._sheet is not None
        cells = list(islice(self._unfilled, _AT_ONCE))
        texts: dict[Position, tuple[Area, str]] = {}
        for cell in cells:
            area = self._sheet.area(cell.row, cell.column)
            if text := _text(cell):
                texts[cell.row, cell.column] = area, text
                self._put((cell.row, cell.column), text)
        self._texts.update(texts)
        if not self._widths:
            self._set_widths()
        self._set_heights(texts)
        if len(cells) == _AT_ONCE:
            self._next.start()

    def _put(self, place: Position, text: str) -> None:
        item = self._item(place)
        if item is None:
            return
        item.setText(text)
        item.setData(_SPOKEN, f"{address(*place)}：{text}")
        title = place in self._titles
        item.setTextAlignment(_CENTRED if title or _is_short(text) else _LEFT)
        if title:
            font = QFont(self.font())
            font.setBold(True)
            font.setPointSizeF(font.pointSizeF() * 1.2)
            item.setFont(font)
        if place in self._heads:
            item.setBackground(theme.current().head)

    def _span(self, merge: Area) -> None:
        rows = [self._rows[row] for row in range(merge.top, merge.bottom + 1) if row in self._rows]
        columns = [self._columns[one] for one in range(merge.left, merge.right + 1) if one in self._columns]
        if rows and columns and len(rows) * len(columns) > 1:
            self.setSpan(rows[0], columns[0], len(rows), len(columns))

    # Sizes.

    def _set_widths(self) -> None:
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        room = self.width() - self.verticalHeader().sizeHint().width() - bar - 2
        self._widths = layout.widths(self._texts, list(self._columns), self._measure(), room)
        for column, width in self._widths.items():
            self.setColumnWidth(self._columns[column], width)

    def _set_heights(self, texts: layout.Texts) -> None:
        rows = {row for area, _ in texts.values() for row in range(area.top, area.bottom + 1)}
        mine = [row for row in sorted(rows) if row in self._rows]
        for row, height in layout.heights(texts, mine, self._widths, self._measure()).items():
            self.setRowHeight(self._rows[row], height)

    def _measure(self) -> layout.Measure:
        metrics = QFontMetrics(self.font())
        return layout.Measure(
            metrics.horizontalAdvance,
            lambda text, width: metrics.boundingRect(QRect(0, 0, width, 100_000), _WRAP, text).height(),
        )

    def _fit(self) -> None:
        """Lay a form out anew for the width that there is now; a large sheet stays as it is."""
        if len(self._texts) >= _AT_ONCE:
            return
        self._set_widths()
        self._set_heights(self._texts)
        item: QTableWidgetItem | None = self.currentItem()
        if item is not None:
            self._bring(item)

    def _bring(self, item: QTableWidgetItem) -> None:
        """Bring a cell into sight, with its neighbours; a sheet that shows it already stays as it is."""
        if not self.viewport().rect().contains(self.visualItemRect(item)):
            self.scrollToItem(item, QAbstractItemView.ScrollHint.PositionAtCenter)

    # Cells.

    def _item(self, place: Position) -> QTableWidgetItem | None:
        """The item of a cell, made where there is none, since a finding may be about a blank; None if it is hidden."""
        row, column = self._rows.get(place[0]), self._columns.get(place[1])
        if row is None or column is None:
            return None
        item: QTableWidgetItem | None = self.item(row, column)
        if item is None:
            item = QTableWidgetItem()
            item.setFlags(_FLAGS)
            item.setData(_SPOKEN, f"{address(*place)}：空")
            self.setItem(row, column, item)
        return item

    def _tint(self, place: Position, ground: QColor | None, tip: str = "") -> None:
        item = self._item(place)
        if item is None:
            return
        item.setBackground(QBrush() if ground is None else QBrush(ground))
        item.setToolTip(tip)
        if ground is not None and place not in self._lit:
            self._lit.append(place)

    def _timer(self, milliseconds: int, do: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(do)
        return timer


def _text(cell: Cell) -> str:
    if cell.error:
        return str(cell.value or "")
    from perfxl.form.shown import shown

    return shown(Entry(cell.value, cell))


def _is_short(text: str) -> bool:
    lines = text.split("\n")
    return len(lines) < _LINES and all(len(line) <= _CENTRED_UP_TO for line in lines)
