"""The window without a file: a place to drop one."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from perfxl.window import icons, theme


class Welcome(QWidget):
    """What to do first. The signals say which button was pressed."""

    files_wanted = Signal()
    folder_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._over = False
        self._title = title = QLabel("把自评表拖到这里", self)
        title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._picture = QLabel(self)
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        hint = QLabel("Excel、WPS 表格都可以，也可以是整个文件夹。只检查，不改动原文件。", self)
        hint.setObjectName("faint")
        hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        hint.setWordWrap(True)
        self.open_files = QPushButton("打开文件(&O)…", self)
        self.open_files.setObjectName("main")
        self.open_folder = QPushButton("打开文件夹(&D)…", self)
        self.open_folder.setObjectName("plain")
        self.open_files.clicked.connect(self.files_wanted)
        self.open_folder.clicked.connect(self.folder_wanted)
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addStretch(1)
        buttons.addWidget(self.open_files)
        buttons.addWidget(self.open_folder)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.addStretch(5)
        column.addWidget(self._picture)
        column.addSpacing(14)
        column.addWidget(title)
        column.addSpacing(10)
        column.addWidget(hint)
        column.addSpacing(26)
        column.addLayout(buttons)
        column.addStretch(6)
        self._dress()
        self.setAccessibleName("还没有打开文件")
        self.setAccessibleDescription("把自评表拖到窗口里，或按 Ctrl+O 打开。")

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.PaletteChange):
            self._dress()

    def _dress(self) -> None:
        """Take on the typeface and the colours that hold now."""
        self._picture.setPixmap(icons.picture("sheet", theme.current().accent, 64, self.devicePixelRatio()))
        big = QFont(self.font())
        big.setPointSizeF(big.pointSizeF() * 1.9)
        self._title.setFont(big)

    def set_over(self, over: bool) -> None:
        """Show that something is being dragged over the window."""
        self._over = over
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(28, 28, -28, -28)
        pen = QPen(
            look.accent if self._over else look.faint, 2 if self._over else 1.4, Qt.PenStyle.CustomDashLine
        )
        pen.setDashPattern([5, 4])
        painter.setPen(pen)
        painter.setBrush(look.chosen if self._over else look.base)
        painter.drawRoundedRect(frame, 14, 14)


class DropHint(QWidget):
    """A frame over the window's contents while files are dragged over it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_over(self, widget: QWidget | None) -> None:
        """Cover a widget of the window; None for nothing."""
        if widget is not None:
            self.setGeometry(widget.geometry())
            self.raise_()
        self.setVisible(widget is not None)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QColor(look.chosen)
        ground.setAlpha(215)
        painter.setPen(QPen(look.accent, 3))
        painter.setBrush(ground)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(8, 8, -8, -8), 10, 10)
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 1.9)
        painter.setFont(font)
        painter.setPen(look.text)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, "松开即可检查")
