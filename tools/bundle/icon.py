"""`python -m tools.bundle.icon`: make perfxl.ico and perfxl.png, beside this file, of the icon the window draws."""

from __future__ import annotations

import os
import struct
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QGuiApplication, QImage, QImageWriter

from perfxl.window.appicon import draw

HERE = Path(__file__).parent
SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)


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
