"""The list of files: name, and the verdict in one line."""

from __future__ import annotations

from collections import Counter
from typing import Any, cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QWidget

from perfxl.rules.finding import Severity
from perfxl.window import theme
from perfxl.window.rows import Row, State

_DOUBLED = 2
ROW = Qt.ItemDataRole.UserRole
_PAD, _MARK, _GAP = 12, 18, 10

Index = QModelIndex | QPersistentModelIndex
# Delegates take their option as Any: Qt's stubs leave out its fields.


class FileList(QListView):
    """Shows rows; several may be selected. `chosen` carries the current one, or None."""

    chosen = Signal(object)
    removal_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = QStandardItemModel(self)
        self._items: dict[Row, QStandardItem] = {}
        self._names: Counter[str] = Counter()
        self.setModel(self._model)
        self.setItemDelegate(_Delegate(self))
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setUniformItemSizes(True)
        self.setAccessibleName("文件列表")
        self.setAccessibleDescription("每个文件一行：文件名和检查结果。回车或双击用办公软件打开。")
        self.selectionModel().currentChanged.connect(self._on_current)

    @property
    def rows(self) -> list[Row]:
        """All rows in order."""
        return list(self._items)

    @property
    def current(self) -> Row | None:
        """The row whose findings are shown."""
        index = self.currentIndex()
        return self._row(index) if index.isValid() else None

    @property
    def selected(self) -> list[Row]:
        """The rows that a command applies to, in order."""
        indexes = sorted(self.selectionModel().selectedIndexes(), key=lambda index: index.row())
        return [self._row(index) for index in indexes]

    def add(self, row: Row) -> None:
        """Append a row."""
        item = QStandardItem()
        item.setData(row, ROW)
        self._model.appendRow(item)
        self._items[row] = item
        self._names[row.path.name] += 1
        self._describe(item, row)
        if self._names[row.path.name] == _DOUBLED:  # the first of that name must be told apart from now on
            for other in self.rows:
                if other.path.name == row.path.name:
                    self.refresh(other)

    def remove(self, rows: list[Row]) -> None:
        """Take rows off the list."""
        for row in rows:
            self._names[row.path.name] -= 1
            self._model.removeRow(self._items.pop(row).row())

    def refresh(self, row: Row) -> None:
        """Show what has become of a row."""
        if row in self._items:
            self._describe(self._items[row], row)

    def choose(self, row: Row) -> None:
        """Make a row the current one, and the only one selected."""
        self.setCurrentIndex(self._items[row].index())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.doubleClicked.emit(self.currentIndex())  # what `activated` does, whatever the system's style
        elif event.key() == Qt.Key.Key_Delete:
            self.removal_wanted.emit()
        else:
            super().keyPressEvent(event)

    def _describe(self, item: QStandardItem, row: Row) -> None:
        doubled = self._names[row.path.name] >= _DOUBLED
        name = f"{row.path.name}　{row.path.parent.name}" if doubled else row.path.name
        item.setText(name)
        item.setToolTip(f"{row.path}\n{row.verdict}")
        item.setAccessibleText(f"{name}：{row.verdict}")

    def _on_current(self, index: QModelIndex) -> None:
        self.chosen.emit(self._row(index) if index.isValid() else None)

    @staticmethod
    def _row(index: Index) -> Row:
        return cast(Row, index.data(ROW))


class _Delegate(QStyledItemDelegate):
    """Draws a row: a mark, the name, the verdict below it."""

    def sizeHint(self, option: Any, index: Index) -> QSize:  # noqa: N802 - Qt's name
        return QSize(100, 2 * theme.line_height(option.fontMetrics) + 2 * _PAD - 4)

    def paint(self, painter: QPainter, option: Any, index: Index) -> None:
        row = cast(Row, index.data(ROW))
        look = theme.current()
        rect: QRect = option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, look.chosen)
            if option.state & QStyle.StateFlag.State_HasFocus:
                painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), look.accent)
        colour, sign = _mark(row, look)
        _draw_mark(painter, QPoint(rect.left() + _PAD, rect.top() + _PAD), colour, sign, look)
        left = rect.left() + _PAD + _MARK + _GAP
        width = rect.right() - left - _PAD
        height = theme.line_height(option.fontMetrics)
        name = QRect(left, rect.top() + _PAD - 3, width, height)
        painter.setPen(look.text)
        font = option.font
        font.setBold(True)
        painter.setFont(font)
        middle = Qt.TextElideMode.ElideMiddle
        painter.drawText(
            name,
            Qt.AlignmentFlag.AlignVCenter,
            painter.fontMetrics().elidedText(index.data(), middle, width),
        )
        font.setBold(False)
        painter.setFont(font)
        painter.setPen(colour if row.look is not None else look.faint)
        verdict = painter.fontMetrics().elidedText(row.verdict, Qt.TextElideMode.ElideRight, width)
        painter.drawText(name.translated(0, height + 1), Qt.AlignmentFlag.AlignVCenter, verdict)
        painter.setPen(look.line)
        painter.drawLine(rect.left() + _PAD, rect.bottom(), rect.right(), rect.bottom())
        painter.restore()


def _mark(row: Row, look: theme.Theme) -> tuple[QColor, str]:
    if row.unreadable or row.state is State.FAILED:
        return look.tones[Severity.ERROR].ink, "×"
    if row.look is None:
        return look.faint, "…" if row.state in (State.WAITING, State.CHANGED) else "–"
    worst = row.worst
    if worst is Severity.ERROR:
        return look.tones[worst].ink, "!"
    if worst is Severity.WARNING:
        return look.tones[worst].ink, "!"
    return look.good, "✓"


def _draw_mark(painter: QPainter, place: QPoint, colour: QColor, sign: str, look: theme.Theme) -> None:
    """A disc with a sign drawn by lines, since not every typeface has one."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    disc = QRect(place.x(), place.y(), _MARK, _MARK)
    painter.drawEllipse(disc)
    pen = QPen(look.base, 2)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    x, y = place.x(), place.y()
    if sign == "✓":
        painter.drawPolyline([QPoint(x + 5, y + 9), QPoint(x + 8, y + 12), QPoint(x + 13, y + 6)])
    elif sign == "×":
        painter.drawLine(x + 6, y + 6, x + 12, y + 12)
        painter.drawLine(x + 12, y + 6, x + 6, y + 12)
    elif sign == "!":
        painter.drawLine(x + 9, y + 5, x + 9, y + 9)
        painter.drawPoint(x + 9, y + 13)
    elif sign == "–":
        painter.drawLine(x + 6, y + 9, x + 12, y + 9)
    else:
        for offset in (5, 9, 13):
            painter.drawPoint(x + offset, y + 9)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
