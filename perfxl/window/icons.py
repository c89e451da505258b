"""The pictures on the buttons: a few strokes in the colour of the text, sharp at any scale, without image files."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap

_GRID = 20
"""The strokes are drawn on a square of so many units."""
_SCALES = (1, 1.25, 1.5, 2, 3)


def icon(name: str, colour: QColor, faded: QColor) -> QIcon:
    """Return the picture of that name (see `NAMES`), and a faded one for what cannot be done now."""
    result = QIcon()
    for scale in _SCALES:
        for ink, mode in ((colour, QIcon.Mode.Normal), (faded, QIcon.Mode.Disabled)):
            result.addPixmap(_pixmap(_DRAWN[name], ink, scale), mode)
    return result


def picture(name: str, colour: QColor, side: int, ratio: float) -> QPixmap:
    """Return one picture, `side` logical pixels wide and high, for a screen of so many pixels to each."""
    pixmap = _pixmap(_DRAWN[name], colour, side * ratio / _GRID)
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def _pixmap(draw: Callable[[QPainter], None], ink: QColor, scale: float) -> QPixmap:
    side = round(_GRID * scale)
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(scale, scale)
    pen = QPen(ink, 1.5)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    draw(painter)
    painter.end()
    pixmap.setDevicePixelRatio(scale)
    return pixmap


def _lines(painter: QPainter, *points: tuple[float, float]) -> None:
    painter.drawPolyline([QPointF(*point) for point in points])


def _sheet(painter: QPainter, left: float = 4.5, top: float = 2.5) -> None:
    """A page with its corner folded."""
    right, bottom = left + 11, top + 15
    _lines(
        painter,
        (right - 4, top),
        (left, top),
        (left, bottom),
        (right, bottom),
        (right, top + 4),
        (right - 4, top),
        (right - 4, top + 4),
        (right, top + 4),
    )


def _open(painter: QPainter) -> None:
    _lines(painter, (2.5, 16), (2.5, 4), (7.5, 4), (9.5, 6.5), (16, 6.5), (16, 9))
    _lines(painter, (2.5, 16), (5.5, 9), (18, 9), (15.5, 16), (2.5, 16))


def _score(painter: QPainter) -> None:
    painter.drawRoundedRect(QRectF(3.5, 2.5, 13, 15), 2, 2)
    painter.drawRect(QRectF(6.5, 5.5, 7, 2.5))
    for x in (7, 10, 13):
        for y in (11.5, 14.5):
            painter.drawPoint(QPointF(x, y))


def _report(painter: QPainter) -> None:
    _sheet(painter)
    _lines(painter, (7.5, 9.5), (12.5, 9.5))
    _lines(painter, (7.5, 12), (12.5, 12))
    _lines(painter, (7.5, 14.5), (10.5, 14.5))


def _annotate(painter: QPainter) -> None:
    _lines(
        painter,
        (2.5, 3.5),
        (17.5, 3.5),
        (17.5, 13.5),
        (9, 13.5),
        (5.5, 17),
        (5.5, 13.5),
        (2.5, 13.5),
        (2.5, 3.5),
    )
    _lines(painter, (6, 7), (14, 7))
    _lines(painter, (6, 10), (11, 10))


def _compare(painter: QPainter) -> None:
    painter.drawRect(QRectF(2.5, 3.5, 6.5, 13))
    painter.drawRect(QRectF(11, 3.5, 6.5, 13))
    for y in (7.0, 10.0):
        _lines(painter, (4.5, y), (7, y))
        _lines(painter, (13, y), (15.5, y))
    _lines(painter, (13, 13), (14, 14), (16, 12))


def _rollup(painter: QPainter) -> None:
    _lines(painter, (14.5, 5.5), (14.5, 3.5), (5, 3.5), (10.5, 10), (5, 16.5), (14.5, 16.5), (14.5, 14.5))


def _new(painter: QPainter) -> None:
    _sheet(painter)
    _lines(painter, (10, 9), (10, 15))
    _lines(painter, (7, 12), (13, 12))


def _recheck(painter: QPainter) -> None:
    painter.drawArc(QRectF(3.5, 3.5, 13, 13), 30 * 16, 290 * 16)
    _lines(painter, (16.5, 3.5), (16, 7.5), (12, 6.5))


def _form(painter: QPainter) -> None:
    """The page of a form: a title, a ruled table, a tick."""
    pen = painter.pen()
    pen.setWidthF(0.7)
    painter.setPen(pen)
    _sheet(painter)
    _lines(painter, (6.5, 6), (9.5, 6))
    painter.drawRect(QRectF(6.5, 8.5, 7, 6.5))
    _lines(painter, (6.5, 10.7), (13.5, 10.7))
    _lines(painter, (6.5, 12.8), (13.5, 12.8))
    _lines(painter, (9, 8.5), (9, 15))


_DRAWN: dict[str, Callable[[QPainter], None]] = {
    "open": _open,
    "new": _new,
    "score": _score,
    "report": _report,
    "annotate": _annotate,
    "compare": _compare,
    "rollup": _rollup,
    "recheck": _recheck,
    "sheet": _form,
}
NAMES = tuple(_DRAWN)
"""The pictures there are."""
