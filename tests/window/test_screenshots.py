"""The script that draws the pictures in docs/images."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtGui import QImage

ROOT = Path(__file__).parents[2]


def test_every_picture_of_the_docs_is_drawn(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "tools.screenshots", str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=True,
        capture_output=True,
    )
    drawn = {path.name for path in tmp_path.iterdir()}
    assert drawn == {path.name for path in (ROOT / "docs" / "images").glob("window-*.png")}
    for path in tmp_path.iterdir():
        image = QImage(str(path))
        assert image.width() >= 600
        colours = {image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)}
        assert len(colours) > 5
