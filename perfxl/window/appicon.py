"""The program's icon, drawn: a form with its head and its table, one cell lit, and the tick of a form that is right.

Drawn for each size, since lines that fit at 256 pixels are mud at 16. tools/bundle/icon.py makes the executable's
icon file of the same drawing.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QLinearGradient, QPainter, QPen, QPixmap, QPolygonF

_ON_SCREEN = (16, 24, 32, 48, 64)
_GROUND_TOP, _GROUND_BOTTOM = QColor("#2f6fc4"), QColor("#1b4a91")
_PAPER, _HEAD, _LINE = QColor("#ffffff"), QColor("#cfdff5"), QColor("#9db6d8")
_LIT, _TICK = QColor("#f5a623"), QColor("#1f9d55")


def draw(size: int) -> QImage:
    """Return the icon as an image of so many pixels each way."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    ground = QLinearGradient(0, 0, 0, size)
    ground.setColorAt(0, _GROUND_TOP)
    ground.setColorAt(1, _GROUND_BOTTOM)
    painter.setBrush(ground)
    painter.drawRoundedRect(QRectF(0, 0, size, size), size * 0.2, size * 0.2)
    _draw_form(painter, size)
    _draw_tick(painter, size)
    painter.end()
    return image


def _draw_form(painter: QPainter, size: int) -> None:
    rows, columns = (3, 2) if size < 40 else (5, 3)
    # On whole pixels, so that the lines are sharp.
    left, top = round(size * 0.16), round(size * 0.14)
    cell_width, cell_height = round(size * 0.62 / columns), round(size * 0.70 / rows)
    width, height = cell_width * columns, cell_height * rows
    painter.fillRect(left, top, width, height, _PAPER)
    painter.fillRect(left, top, width, cell_height, _HEAD)
    painter.fillRect(left + cell_width * (columns - 1), top + cell_height, cell_width, cell_height, _LIT)
    line = max(1, round(size / 64))
    for row in range(1, rows):
        painter.fillRect(left, top + row * cell_height, width, line, _LINE)
    for column in range(1, columns):
        painter.fillRect(left + column * cell_width, top + cell_height, line, height - cell_height, _LINE)


def _draw_tick(painter: QPainter, size: int) -> None:
    tick = QPolygonF([QPointF(size * x, size * y) for x, y in ((0.46, 0.70), (0.62, 0.85), (0.86, 0.52))])
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width in ((_PAPER, 0.24), (_TICK, 0.13)):
        pen = QPen(colour, size * width)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.drawPolyline(tick)


def app_icon() -> QIcon:
    """Return the icon for the window's frame and the task bar."""
    icon = QIcon()
    for size in _ON_SCREEN:
        icon.addPixmap(QPixmap.fromImage(draw(size)))
    return icon
