"""What was made of the file that is shown: one line each, with links to open it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from perfxl.rules.finding import Severity
from perfxl.window import theme
from perfxl.window.outcomes import Outcome

_SHOWN = 4


class OutcomeBar(QFrame):
    """The newest outcomes; hidden while there are none. The signals carry the outcome whose link was followed."""

    opened = Signal(object)
    folder_opened = Signal(object)
    details_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("outputs")
        self._outcomes: Sequence[Outcome] = ()
        self.label = QLabel(self)
        self.label.setTextFormat(Qt.TextFormat.RichText)
        self.label.setWordWrap(True)
        self.label.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.label.setAccessibleName("生成的文件")
        self.label.linkActivated.connect(self._follow)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.addWidget(self.label)
        self.hide()

    def show_outcomes(self, outcomes: Sequence[Outcome]) -> None:
        """Show the last few of these, the newest first."""
        self._outcomes = list(reversed(outcomes))[:_SHOWN]
        self.label.setText("<br>".join(self._line(number) for number in range(len(self._outcomes))))
        self.label.setToolTip(
            "\n".join(str(outcome.path) for outcome in self._outcomes if outcome.path is not None)
        )
        self.setVisible(bool(self._outcomes))

    def _line(self, number: int) -> str:
        from html import escape

        outcome = self._outcomes[number]
        text = escape(outcome.text)
        if outcome.failed:
            text = f'<span style="color:{theme.current().tones[Severity.ERROR].ink.name()}">{text}</span>'
        parts = [text]
        if outcome.path is not None:
            parts.append(f'<a href="open:{number}">打开</a>')
            parts.append(f'<a href="folder:{number}">文件夹</a>')
        if outcome.details:
            parts.append(f'<a href="details:{number}">明细</a>')
        return "　".join(parts)

    def _follow(self, link: str) -> None:
        what, _, number = link.partition(":")
        signal = {"open": self.opened, "folder": self.folder_opened, "details": self.details_wanted}[what]
        signal.emit(self._outcomes[int(number)])
