"""The foot of the window: what is being done and how far it is, and a way to call it off."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QStatusBar, QWidget

_PASSING = 4000
"""Milliseconds for which something said in passing stands there."""


class StatusLine(QStatusBar):
    """Progress while there is some, else a line on what lies on the desk. `cancelled`: the user has had enough."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.said = QLabel(self)
        self.said.setContentsMargins(12, 0, 0, 0)
        self.progress = QProgressBar(self)
        self.progress.setFixedWidth(180)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName("进度")
        self.cancel = QPushButton("取消(&C)", self)
        self.cancel.setShortcut("Esc")
        self.cancel.clicked.connect(self.cancelled)
        self.setSizeGripEnabled(False)
        self.addWidget(self.said, 1)
        self.addPermanentWidget(self.progress)
        self.addPermanentWidget(self.cancel)
        self.rest("")

    def show_progress(self, complete: int, total: int, what: str) -> None:
        """Show what is being done; a total below two is a step of unknown length."""
        self.said.setText(f"{what}（{complete}/{total}）" if total > 1 else what)
        self.progress.setRange(0, total if total > 1 else 0)
        self.progress.setValue(complete)
        self.progress.show()
        self.cancel.show()

    def rest(self, text: str) -> None:
        """Nothing is being done any more."""
        self.progress.hide()
        self.cancel.hide()
        self.said.setText(text)

    def say(self, text: str) -> None:
        """Say something in passing."""
        self.showMessage(text, _PASSING)

    def announce(self, text: str) -> None:
        """Have a screen reader say what nobody can see come."""
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))
