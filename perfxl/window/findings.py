"""The findings on one file: filtered by severity and by text, each with what to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QResizeEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QVBoxLayout,
    QWidget,
)

from perfxl.output.checked import SEVERITY_WORDS, counts
from perfxl.rules.finding import Finding, Severity
from perfxl.window import theme

FINDING, WHERE = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
_PAD, _GAP = 12, 4
_WRAP = Qt.TextFlag.TextWordWrap

Index = QModelIndex | QPersistentModelIndex
# Delegates take their option as Any: Qt's stubs leave out its fields.


def spoken(finding: Finding, where: str) -> str:
    """The finding as a screen reader says it, and as it is copied."""
    fix = f"怎么改：{finding.fix}" if finding.fix else ""
    return f"{SEVERITY_WORDS[finding.severity]}，{where} {finding.subject}：{finding.message}{fix}〔{finding.code}〕"


class FindingsPanel(QWidget):
    """Filter and list. `chosen` carries the finding that is current, or None; `opened` one that was double-clicked."""

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = QStandardItemModel(self)
        self._shown = _Filter(self)
        self._shown.setSourceModel(self._model)
        self.list = _List(self)
        self.list.setModel(self._shown)
        self.search = QLineEdit(self)
        self.search.setPlaceholderText("查找：单元格、指标、文字")
        self.search.setClearButtonEnabled(True)
        self.search.setAcceptDrops(False)  # a file dropped here is meant for the window
        self.search.setAccessibleName("在检查结果中查找")
        self.chips = {severity: self._chip(severity) for severity in Severity}
        self.note = QLabel(self)
        self.note.setObjectName("note")
        self.note.setWordWrap(True)
        self.note.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.note.setContentsMargins(24, 40, 24, 40)
        self._lay_out()
        self.search.textChanged.connect(self._filter)
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.list.doubleClicked.connect(lambda index: self.opened.emit(index.data(FINDING)))

    def show_findings(self, findings: Sequence[Finding], note: str = "") -> None:
        """Show these findings; `note` is said where there is none to show."""
        several = len({finding.sheet for finding in findings}) > 1
        self._model.clear()
        for finding in findings:
            where = f"{finding.sheet} {finding.cell}" if several else finding.cell
            item = QStandardItem(spoken(finding, where))
            item.setEditable(False)
            item.setData(finding, FINDING)
            item.setData(where, WHERE)
            self._model.appendRow(item)
        found = counts(findings)
        for severity, chip in self.chips.items():
            number = found[severity.value]
            chip.setText(f"{SEVERITY_WORDS[severity]} {number}")
            chip.setAccessibleName(f"显示{SEVERITY_WORDS[severity]}，{number} 处")
            chip.setEnabled(bool(number))
        self._note = note
        self._filter()
        if self._shown.rowCount():
            self.list.setCurrentIndex(self._shown.index(0, 0))
        else:
            self.chosen.emit(None)

    def choose(self, finding: Finding) -> None:
        """Make a finding current; a filter that hides it stays as it is."""
        for number in range(self._shown.rowCount()):
            index = self._shown.index(number, 0)
            if index.data(FINDING) is finding:
                self.list.setCurrentIndex(index)
                self.list.scrollTo(index)

    @property
    def shown(self) -> list[Finding]:
        """The findings that the filter lets through, in order."""
        return [self._shown.index(number, 0).data(FINDING) for number in range(self._shown.rowCount())]

    @property
    def current(self) -> Finding | None:
        """The finding that is current."""
        return cast("Finding | None", self.list.currentIndex().data(FINDING))

    def _chip(self, severity: Severity) -> QPushButton:
        chip = QPushButton(self)
        chip.setObjectName("chip")
        chip.setCheckable(True)
        chip.setChecked(True)
        chip.toggled.connect(self._filter)
        return chip

    def _lay_out(self) -> None:
        bar = QFrame(self)
        bar.setObjectName("bar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(_PAD, 8, _PAD, 8)
        row.setSpacing(6)
        for chip in self.chips.values():
            row.addWidget(chip)
        row.addWidget(self.search, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        self.pages = QStackedWidget(self)
        self.pages.addWidget(self.list)
        self.pages.addWidget(self.note)
        column.addWidget(self.pages, 1)

    def _filter(self) -> None:
        severities = {severity for severity, chip in self.chips.items() if chip.isChecked()}
        self._shown.narrow(severities, self.search.text())
        hidden = self._model.rowCount() > 0 and not self._shown.rowCount()
        text = "筛选条件下没有结果。" if hidden else self._note
        self.note.setText(text)
        self.pages.setCurrentWidget(self.list if self._shown.rowCount() else self.note)

    def _on_current(self, index: QModelIndex) -> None:
        self.chosen.emit(index.data(FINDING) if index.isValid() else None)

    _note = ""


class _Filter(QSortFilterProxyModel):
    """Lets through findings of some severities that hold every word of a search."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._severities: set[Severity] = set(Severity)
        self._words: list[str] = []

    def narrow(self, severities: set[Severity], search: str) -> None:
        self._severities, self._words = severities, search.casefold().split()
        self.invalidateFilter()

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:  # noqa: N802 - Qt's name
        index = self.sourceModel().index(source_row, 0, source_parent)
        finding = cast(Finding, index.data(FINDING))
        text = f"{index.data()} {' '.join(finding.cells)}".casefold()
        return finding.severity in self._severities and all(word in text for word in self._words)


class _List(QListView):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setItemDelegate(_Delegate(self))
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setAccessibleName("检查结果")
        self.setAccessibleDescription("选中一条，右边的表格会标出有关的单元格。")

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()  # texts wrap anew


class _Delegate(QStyledItemDelegate):
    """Draws a finding: severity, cell and row; what is wrong; what to do."""

    def sizeHint(self, option: Any, index: Index) -> QSize:  # noqa: N802 - Qt's name
        view = cast(QListView, self.parent())
        width = view.viewport().width()
        parts = _parts(QRect(0, 0, width, 0), option.font, cast(Finding, index.data(FINDING)))
        return QSize(width - 1, parts[-1].bottom() + _PAD)

    def paint(self, painter: QPainter, option: Any, index: Index) -> None:
        finding = cast(Finding, index.data(FINDING))
        look = theme.current()
        tone = look.tone(finding.severity)
        rect: QRect = option.rect
        head, message, fix = _parts(rect, option.font, finding)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, look.chosen)
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), tone.ink)
        painter.setPen(look.line)
        painter.drawLine(rect.left() + _PAD, rect.bottom(), rect.right(), rect.bottom())
        self._paint_head(painter, head, option.font, finding, str(index.data(WHERE)))
        painter.setFont(option.font)
        painter.setPen(look.text)
        painter.drawText(message, _WRAP, finding.message)
        if finding.fix:
            painter.setPen(look.faint)
            painter.drawText(fix, _WRAP, f"怎么改：{finding.fix}")
        painter.restore()

    def _paint_head(self, painter: QPainter, place: QRect, font: QFont, finding: Finding, where: str) -> None:
        look = theme.current()
        tone = look.tone(finding.severity)
        small = QFont(font)
        small.setPointSizeF(font.pointSizeF() * 0.9)
        small_metrics = QFontMetrics(small)
        word = SEVERITY_WORDS[finding.severity]
        pill = QRect(place.left(), place.top(), small_metrics.horizontalAdvance(word) + 14, place.height())
        painter.setRenderHint(painter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tone.ground)
        painter.drawRoundedRect(pill, 4, 4)
        painter.setRenderHint(painter.RenderHint.Antialiasing, False)
        painter.setFont(small)
        painter.setPen(tone.ink)
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, word)
        code = QRect(place)
        code.setLeft(place.right() - small_metrics.horizontalAdvance(finding.code))
        painter.setPen(look.faint)
        painter.drawText(code, Qt.AlignmentFlag.AlignVCenter, finding.code)
        bold = QFont(font)
        bold.setBold(True)
        painter.setFont(bold)
        painter.setPen(look.text)
        title = QRect(place)
        title.setLeft(pill.right() + 8)
        title.setRight(code.left() - 8)
        said = f"{where}　{finding.subject}" if finding.subject else where
        elided = QFontMetrics(bold).elidedText(said, Qt.TextElideMode.ElideRight, title.width())
        painter.drawText(title, Qt.AlignmentFlag.AlignVCenter, elided)


def _parts(rect: QRect, font: QFont, finding: Finding) -> tuple[QRect, QRect, QRect]:
    """Where head, message and fix stand within a rectangle of which only place and width count."""
    metrics = QFontMetrics(font)
    left, width = rect.left() + _PAD, max(80, rect.width() - 2 * _PAD)
    head = QRect(left, rect.top() + _PAD, width, metrics.height() + 4)
    message = _wrapped(metrics, left, head.bottom() + _GAP, width, finding.message)
    if not finding.fix:
        return head, message, message
    fix = _wrapped(metrics, left, message.bottom() + _GAP, width, f"怎么改：{finding.fix}")
    return head, message, fix


def _wrapped(metrics: QFontMetrics, left: int, top: int, width: int, text: str) -> QRect:
    return metrics.boundingRect(QRect(left, top, width, 10_000), _WRAP, text)
