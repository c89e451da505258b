"""`python -m tools.bundle.icon`: draw the program's icon anew, into perfxl.ico and perfxl.png beside this file.

A form with its head and its table, one cell lit, and the tick of a form that is right. Drawn for each size, since
lines that fit at 256 pixels are mud at 16.
"""

from __future__ import annotations

import os
import struct
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QImage,
    QImageWriter,
    QLinearGradient,
    QPainter,
    QPen,
    QPolygonF,
)

HERE = Path(__file__).parent
SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)

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


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())


def icon_file(pictures: dict[int, bytes]) -> bytes:
    """Return a Windows icon file of PNG pictures by their size."""
    entries, body = b"", b""
    offset = 6 + 16 * len(pictures)
    for size, picture in pictures.items():
        side = size % 256  # 0 stands for 256
        entries += struct.pack("<BBBBHHII", side, side, 0, 0, 1, 32, len(picture), offset + len(body))
        body += picture
    return struct.pack("<HHH", 0, 1, len(pictures)) + entries + body


def main() -> None:
    """Write both files."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = QGuiApplication([])
    pictures = {size: _png(draw(size)) for size in SIZES}
    (HERE / "perfxl.ico").write_bytes(icon_file(pictures))
    (HERE / "perfxl.png").write_bytes(pictures[256])
    application.quit()


if __name__ == "__main__":
    main()
