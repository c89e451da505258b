"""The page with files in it: on the left the files and the findings on one of them, on the right its form."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from perfxl.window.filelist import FileList
from perfxl.window.findings import FindingsPanel
from perfxl.window.formview import FormView
from perfxl.window.outcomebar import OutcomeBar

_ROWS_SHOWN = 3.5
"""So many files are in sight at first; the half one says that there are more."""


class Workplace(QSplitter):
    """The views, side by side."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.files = FileList(self)
        self.findings = FindingsPanel(self)
        self.outcomes = OutcomeBar(self)
        self.form = FormView(self)
        below = QWidget(self)
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.outcomes)
        column.addWidget(self.findings, 1)
        self._left = QSplitter(Qt.Orientation.Vertical, self)
        self._left.addWidget(self.files)
        self._left.addWidget(below)
        self._left.setSizes([180, 520])
        self._left.setStretchFactor(1, 1)
        self._left.setChildrenCollapsible(False)
        self._line_drawn = False
        self._left.splitterMoved.connect(self._on_line_drawn)
        self.addWidget(self._left)
        self.addWidget(self.form)
        self.setSizes([460, 820])
        self.setStretchFactor(1, 1)
        self.setChildrenCollapsible(False)

    def share_height(self) -> None:
        """Give the list of files what its rows need, and the findings the rest, until the user has drawn the line."""
        if self._line_drawn or not self.files.rows:
            return
        height = self._left.height()
        needed = round(self.files.sizeHintForRow(0) * min(len(self.files.rows), _ROWS_SHOWN))
        self._left.setSizes([needed, height - needed])

    def _on_line_drawn(self) -> None:
        self._line_drawn = True
