"""The form itself beside its findings: the sheets of its workbook, the cells of the chosen finding lit."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from perfxl.form.model import Form
from perfxl.rules.finding import Finding
from perfxl.window.sheettable import MOST_COLUMNS, MOST_ROWS, SheetTable
from perfxl.workbook.grid import Sheet


class FormView(QWidget):
    """A workbook's sheets, one at a time.

    `picked` carries a finding whose cell was clicked; `opened` says that a cell was double-clicked.
    """

    picked = Signal(object)
    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = SheetTable(self)
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
        self.cut.setText(f"表格很大，这里只显示前 {MOST_ROWS} 行、{MOST_COLUMNS} 列。")
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
