"""The list of findings: for each, group, cell and row; what is wrong; what to do."""

from __future__ import annotations

from typing import Any, cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QWidget

from perfxl.output.checked import word_for
from perfxl.rules.finding import Finding
from perfxl.window import theme

FINDING, WHERE = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
"""Under these roles an item has its finding, and the words for its place."""
_PAD, _GAP = 12, 4
_WRAP = Qt.TextFlag.TextWordWrap

Index = QModelIndex | QPersistentModelIndex


class FindingList(QListView):
    """A list whose texts are wrapped at its width."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setItemDelegate(_Delegate(self))
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.setAccessibleName("检查结果")
        self.setAccessibleDescription("选中一条，右边的表格会标出有关的单元格。双击用办公软件打开文件。")

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()  # texts wrap anew


class _Delegate(QStyledItemDelegate):
    """Draws a finding. Options are typed Any: Qt's stubs leave out their fields."""

    def sizeHint(self, option: Any, index: Index) -> QSize:  # noqa: N802 - Qt's name
        width = cast(QListView, self.parent()).viewport().width()
        parts = _parts(QRect(0, 0, width, 0), option.font, cast(Finding, index.data(FINDING)))
        return QSize(width - 1, parts[-1].bottom() + _PAD)

    def paint(self, painter: QPainter, option: Any, index: Index) -> None:
        finding = cast(Finding, index.data(FINDING))
        look = theme.current()
        rect: QRect = option.rect
        head, message, remedy = _parts(rect, option.font, finding)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, look.chosen)
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), look.tone(finding).ink)
        painter.setPen(look.line)
        painter.drawLine(rect.left() + _PAD, rect.bottom(), rect.right(), rect.bottom())
        _paint_head(painter, head, option.font, finding, str(index.data(WHERE)))
        painter.setFont(option.font)
        painter.setPen(look.text)
        painter.drawText(message, _WRAP, finding.message)
        painter.setPen(look.faint)
        painter.drawText(remedy, _WRAP, _remedy(finding))
        painter.restore()


def _paint_head(painter: QPainter, place: QRect, font: QFont, finding: Finding, where: str) -> None:
    """On the left the group and the place, on the right the rule's code."""
    look = theme.current()
    tone = look.tone(finding)
    small = QFont(font)
    small.setPointSizeF(font.pointSizeF() * 0.9)
    metrics = QFontMetrics(small)
    word = word_for(finding)
    pill = QRect(place.left(), place.top(), metrics.horizontalAdvance(word) + 14, place.height())
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tone.ground)
    painter.drawRoundedRect(pill, 4, 4)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setFont(small)
    painter.setPen(tone.ink)
    painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, word)
    code = QRect(place)
    code.setLeft(place.right() - metrics.horizontalAdvance(finding.code))
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


def _remedy(finding: Finding) -> str:
    """The sentence of a report, and what to do; of a finding that was explained, the explanation."""
    if finding.explanation:
        return f"说明：{finding.explanation}"
    quoted = [f"原句：{finding.text}"] if finding.text else []
    return "\n".join([*quoted, *([f"怎么改：{finding.fix}"] if finding.fix else [])])


def _parts(rect: QRect, font: QFont, finding: Finding) -> tuple[QRect, QRect, QRect]:
    """Where head, message and remedy stand within a rectangle of which only place and width count."""
    metrics = QFontMetrics(font)
    left, width = rect.left() + _PAD, max(80, rect.width() - 2 * _PAD)
    head = QRect(left, rect.top() + _PAD, width, theme.line_height(metrics) + 4)
    message = _wrapped(metrics, left, head.bottom() + _GAP, width, finding.message)
    remedy = _remedy(finding)
    return (
        head,
        message,
        _wrapped(metrics, left, message.bottom() + _GAP, width, remedy) if remedy else message,
    )


def _wrapped(metrics: QFontMetrics, left: int, top: int, width: int, text: str) -> QRect:
    return metrics.boundingRect(QRect(left, top, width, 10_000), _WRAP, text)
