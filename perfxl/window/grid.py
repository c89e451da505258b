"""The form itself as a grid: merged cells kept, the cells of the chosen finding lit.

The texts live in Qt's own items, so that scrolling needs no Python and stays smooth while a job runs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QStackedWidget,
    QStyle,
    QTabBar,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from perfxl.form.model import Entry, Form
from perfxl.form.shown import shown
from perfxl.output.checked import groups
from perfxl.rules.finding import Finding
from perfxl.window import layout, theme
from perfxl.workbook.grid import Area, Cell, Position, Sheet, address, column_letters, position

_MOST_ROWS, _MOST_COLUMNS = 1500, 80
_CENTRED_UP_TO = 14
_WRAP = Qt.TextFlag.TextWordWrap
_SETTLED = 80
"""Milliseconds without a change of size, after which the form is laid out anew."""


class FormView(QWidget):
    """A workbook's sheets, one at a time.

    `picked` carries a finding whose cell was clicked; `opened` says that a cell was double-clicked.
    """

    picked = Signal(object)
    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = _Table(self)
        self.tabs = QTabBar(self)
        self.tabs.setShape(QTabBar.Shape.RoundedSouth)
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setAccessibleName("工作表")
        self.cut = QLabel(self)
        self.cut.setObjectName("faint")
        self.cut.setContentsMargins(12, 4, 12, 4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.nothing = QLabel("没有可以显示的表格。", self)
        self.nothing.setObjectName("note")
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.pages = QStackedWidget(self)
        self.pages.addWidget(self.table)
        self.pages.addWidget(self.nothing)
        column.addWidget(self.pages, 1)
        column.addWidget(self.cut)
        column.addWidget(self.tabs)
        self._sheets: tuple[Sheet, ...] = ()
        self._forms: tuple[Form, ...] = ()
        self._findings: tuple[Finding, ...] = ()
        self._chosen: Finding | None = None
        self.tabs.currentChanged.connect(self._on_tab)
        self.table.cellClicked.connect(self._on_click)
        self.table.cellDoubleClicked.connect(lambda _row, _column: self.opened.emit())

    def show_workbook(
        self, sheets: Sequence[Sheet], forms: Sequence[Form] = (), findings: Sequence[Finding] = ()
    ) -> None:
        """Show the visible sheets of a workbook, the first that holds a form in front."""
        self._sheets = tuple(sheet for sheet in sheets if not sheet.hidden) or tuple(sheets)
        self._forms, self._findings, self._chosen = tuple(forms), tuple(findings), None
        self.tabs.blockSignals(True)
        while self.tabs.count():
            self.tabs.removeTab(0)
        for sheet in self._sheets:
            self.tabs.addTab(sheet.name.replace("&", "&&"))
        names = [sheet.name for sheet in self._sheets]
        first = next((names.index(form.sheet) for form in self._forms if form.sheet in names), 0)
        self.tabs.setCurrentIndex(first)
        self.tabs.blockSignals(False)
        self.tabs.setVisible(len(self._sheets) > 1)
        self._show_sheet()

    def light(self, finding: Finding | None) -> None:
        """Light the cells that a finding rests on, and bring the first of them into sight."""
        self._chosen = finding
        if finding is not None:
            names = [sheet.name for sheet in self._sheets]
            if finding.sheet in names and names.index(finding.sheet) != self.tabs.currentIndex():
                self.tabs.setCurrentIndex(names.index(finding.sheet))  # which lights it
                return
        self._light()

    @property
    def sheet(self) -> Sheet | None:
        """The sheet in front."""
        number = self.tabs.currentIndex()
        return self._sheets[number] if 0 <= number < len(self._sheets) else None

    def reset(self) -> None:
        """Lay the sheet out anew after type or colours have changed."""
        self._show_sheet()

    def _on_tab(self) -> None:
        self._show_sheet()

    def _show_sheet(self) -> None:
        sheet = self.sheet
        forms = [form for form in self._forms if sheet is not None and form.sheet == sheet.name]
        whole = self.table.show_sheet(sheet, forms)
        self.cut.setText(f"表格很大，这里只显示前 {_MOST_ROWS} 行、{_MOST_COLUMNS} 列。")
        self.cut.setVisible(not whole)
        self.pages.setCurrentWidget(self.nothing if sheet is None else self.table)
        self._light()

    def _mine(self) -> list[Finding]:
        name = self.sheet.name if self.sheet is not None else None
        return [finding for finding in self._findings if finding.cell and finding.sheet == name]

    def _light(self) -> None:
        chosen = self._chosen
        if chosen is not None and chosen not in self._mine():
            chosen = None
        self.table.light(self._mine(), chosen)

    def _on_click(self, row: int, column: int) -> None:
        cell = self.table.address_at(row, column)
        found = [finding for finding in self._mine() if finding.cell == cell]
        found += [finding for finding in self._mine() if cell in finding.cells]
        if found and self._chosen not in found:
            self.picked.emit(found[0])


class _Table(QTableWidget):
    """One sheet. Hidden rows and columns are left out, as in Excel."""

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
            header.setHighlightSections(True)
            header.setMinimumSectionSize(16)
        self.setCornerButtonEnabled(False)
        self.setAccessibleName("自评表")
        self._rows: list[int] = []
        self._columns: list[int] = []
        self._lit: list[Position] = []
        self._heads: set[Position] = set()
        self._texts: dict[Position, tuple[Area, str]] = {}
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_SETTLED)
        self._later.timeout.connect(self._fit)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width() and self._texts:
            self._later.start()

    def _fit(self) -> None:
        self._size()
        if self.currentItem() is not None:
            self._bring(self.currentItem())

    def show_sheet(self, sheet: Sheet | None, forms: Sequence[Form]) -> bool:
        """Show a sheet; return whether all of it is shown."""
        self.setUpdatesEnabled(False)
        self.clearSpans()
        self.clear()
        self._lit = []
        whole = self._lay_out(sheet, forms) if sheet is not None else self._empty()
        self.setUpdatesEnabled(True)
        self.scrollToTop()
        return whole

    def light(self, findings: Iterable[Finding], chosen: Finding | None) -> None:
        """Tint the cells of all findings faintly, those of the chosen one strongly, its first one strongest."""
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
        for cell in reversed(chosen.cells):
            first = cell == chosen.cell
            self._tint(position(cell), tone.lit if first else tone.ground, tip=chosen.message)
        item = self._item(position(chosen.cell))
        if item is not None:
            self.setCurrentItem(item)
            self._bring(item)

    def _bring(self, item: QTableWidgetItem) -> None:
        """Bring a cell into sight, with its neighbours; a sheet that shows it already stays as it is."""
        if not self.viewport().rect().contains(self.visualItemRect(item)):
            self.scrollToItem(item, QAbstractItemView.ScrollHint.PositionAtCenter)

    def address_at(self, row: int, column: int) -> str:
        """The address of the cell shown at a row and column of the grid."""
        return address(self._rows[row], self._columns[column])

    def _empty(self) -> bool:
        self.setRowCount(0)
        self.setColumnCount(0)
        self._rows, self._columns, self._heads, self._texts = [], [], set(), {}
        return True

    def _lay_out(self, sheet: Sheet, forms: Sequence[Form]) -> bool:
        used = sheet.extent
        rows = [row for row in range(1, used.bottom + 1) if row not in sheet.hidden_rows]
        columns = [column for column in range(1, used.right + 1) if column not in sheet.hidden_columns]
        self._rows, self._columns = rows[:_MOST_ROWS], columns[:_MOST_COLUMNS]
        self.setRowCount(len(self._rows))
        self.setColumnCount(len(self._columns))
        self.setHorizontalHeaderLabels([column_letters(column) for column in self._columns])
        self.setVerticalHeaderLabels([str(row) for row in self._rows])
        titles = {_place(form.title.cell) for form in forms if form.title is not None}
        self._heads = {
            _place(column.cell)
            for form in forms
            for column in (*form.fund_columns.values(), *form.indicator_columns.values())
        }
        texts = {
            place: (sheet.area(*place), text)
            for place, cell in sheet.cells.items()
            if (text := _text(cell)) and place[0] <= self._rows[-1] and place[1] <= self._columns[-1]
        }
        self._texts = texts
        self._size()
        for place, (area, text) in texts.items():
            self._put(place, text, area, title=place in titles)
        for merge in sheet.merges:
            self._span(merge)
        return (rows, columns) == (self._rows, self._columns)

    def _size(self) -> None:
        """Give columns and rows the sizes that the texts need in the width there is."""
        metrics = QFontMetrics(self.font())
        measure = layout.Measure(
            metrics.horizontalAdvance,
            lambda text, width: metrics.boundingRect(QRect(0, 0, width, 100_000), _WRAP, text).height(),
        )
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        room = self.width() - self.verticalHeader().sizeHint().width() - bar - 2
        sizes = layout.plan(self._texts, self._rows, self._columns, measure, room)
        for number, width in enumerate(sizes.widths):
            self.setColumnWidth(number, width)
        for number, height in enumerate(sizes.heights):
            self.setRowHeight(number, height)

    def _put(self, place: Position, text: str, area: Area, *, title: bool) -> None:
        item = QTableWidgetItem(text)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{address(*place)}：{text}")
        centred = title or (len(text) <= _CENTRED_UP_TO and "\n" not in text)
        across = Qt.AlignmentFlag.AlignHCenter if centred else Qt.AlignmentFlag.AlignLeft
        item.setTextAlignment(across | Qt.AlignmentFlag.AlignVCenter)
        if title:
            font = QFont(self.font())
            font.setBold(True)
            font.setPointSizeF(font.pointSizeF() * 1.2)
            item.setFont(font)
        if place in self._heads:
            item.setBackground(theme.current().head)
        where = self._where((area.top, area.left))
        if where is not None:
            self.setItem(*where, item)

    def _span(self, merge: Area) -> None:
        rows = [number for number, row in enumerate(self._rows) if merge.top <= row <= merge.bottom]
        columns = [
            number for number, column in enumerate(self._columns) if merge.left <= column <= merge.right
        ]
        if rows and columns and len(rows) * len(columns) > 1:
            self.setSpan(rows[0], columns[0], len(rows), len(columns))

    def _where(self, place: Position) -> tuple[int, int] | None:
        """The grid's row and column of a sheet's row and column; None where it is hidden."""
        if place[0] in self._rows and place[1] in self._columns:
            return self._rows.index(place[0]), self._columns.index(place[1])
        return None

    def _item(self, place: Position) -> QTableWidgetItem | None:
        where = self._where(place)
        if where is None:
            return None
        item: QTableWidgetItem | None = self.item(*where)
        if item is None:  # a blank cell, which a finding may be about
            item = QTableWidgetItem()
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{address(*place)}：空")
            self.setItem(*where, item)
        return item

    def _tint(self, place: Position, ground: QColor | None, tip: str = "") -> None:
        item = self._item(place)
        if item is None:
            return
        item.setBackground(QBrush() if ground is None else QBrush(ground))
        item.setToolTip(tip)
        if ground is not None and place not in self._lit:
            self._lit.append(place)


def _place(cell: Cell) -> Position:
    return cell.row, cell.column


def _text(cell: Cell) -> str:
    if cell.error:
        return str(cell.value or "")
    return shown(Entry(cell.value, cell))
