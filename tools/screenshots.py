"""Draws the pictures of the window in docs/images from the bundled samples: `make screenshots`, or

    python -m tools.screenshots [FOLDER]

No display is needed. The typeface is what the system has for Chinese; the repository's pictures have Noto Sans CJK.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SIZE = (1280, 800)


def draw(folder: Path) -> list[Path]:
    """Draw every picture into a folder and return them."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryDirectory() as home:
        for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "APPDATA", "LOCALAPPDATA"):
            os.environ[name] = str(Path(home) / name)
        with _desk(Path(home)) as (window, files):
            return [_save(folder, name, stage(window, files)) for name, stage in _stages().items()]


def _stages() -> dict[str, Callable[..., tuple[Any, float]]]:
    """What each picture shows: a function that arranges the window and returns what to draw, and how finely."""
    return {
        "window-empty": _empty,
        "window-findings": _findings,
        "window-outputs": _outputs,
        "window-report": _report,
        "window-unreadable": _unreadable,
        "window-dark": _dark,
        "window-rules": _rules,
        "window-new": _new,
    }


@contextmanager
def _desk(home: Path) -> Iterator[tuple[Any, Path]]:
    from PySide6.QtCore import Qt

    from perfxl.window import theme
    from perfxl.window.app import application
    from perfxl.window.faultbox import Faults
    from perfxl.window.main_window import MainWindow

    files = home / "2023年自评表"
    files.mkdir()
    for sample in sorted((ROOT / "samples").glob("*.xlsx")):
        shutil.copy(sample, files)
    app = application()
    theme.apply(app, Qt.ColorScheme.Light)
    window = MainWindow(Faults(app))
    window.furnish()
    window.resize(*SIZE)
    window.show()
    yield window, files
    window.close()


def _settle(window: Any) -> None:
    """Let the window come to rest: nothing more is done, everything laid out."""
    from PySide6.QtCore import QEventLoop, QTimer

    idle = 0
    while idle < 2:
        loop = QEventLoop()
        QTimer.singleShot(100, loop.quit)
        loop.exec()
        idle = 0 if window.jobs.busy else idle + 1


def _choose(window: Any, words: str) -> None:
    window.files.choose(next(row for row in window.files.rows if words in row.path.name))
    _settle(window)


def _empty(window: Any, files: Path) -> tuple[Any, float]:
    _settle(window)
    return window, 1


def _findings(window: Any, files: Path) -> tuple[Any, float]:
    window.open_paths([files])
    _settle(window)
    _choose(window, "转移支付绩效目标自评表1")
    return window, 2


def _outputs(window: Any, files: Path) -> tuple[Any, float]:
    _choose(window, "打分表1")
    row = window.files.current
    for make in (window.desk.score, window.desk.annotate, window.desk.report):
        make(row)
    _settle(window)
    return window, 1


def _report(window: Any, files: Path) -> tuple[Any, float]:
    import docx

    book = next(files.glob("种子002*.xlsx"))
    document = docx.Document()
    document.add_paragraph("医疗服务与保障能力提升项目绩效自评报告")
    document.add_paragraph("项目全年预算数146万元，全年执行数131.24万元，预算执行率为95.00%。")
    document.add_paragraph("项目自评得分为98分。")
    path = book.with_name(f"{book.stem}（自评报告）.docx")
    document.save(str(path))
    window.open_paths([path])
    _settle(window)
    return window, 1


def _unreadable(window: Any, files: Path) -> tuple[Any, float]:
    path = files / "从邮件下载的自评表.xlsx"
    path.write_bytes(b"%PDF-1.7")
    window.open_paths([path])
    _settle(window)
    return window, 1


def _dark(window: Any, files: Path) -> tuple[Any, float]:
    from PySide6.QtCore import Qt

    from perfxl.window import theme
    from perfxl.window.app import application

    theme.apply(application(), Qt.ColorScheme.Dark)
    _choose(window, "种子002")
    return window, 1


def _rules(window: Any, files: Path) -> tuple[Any, float]:
    from PySide6.QtCore import Qt

    from perfxl.window import theme
    from perfxl.window.app import application
    from perfxl.window.rulesdialog import RulesDialog

    theme.apply(application(), Qt.ColorScheme.Light)
    dialog = RulesDialog("PX307", window)
    dialog.show()
    _settle(window)
    return dialog, 1


def _new(window: Any, files: Path) -> tuple[Any, float]:
    from perfxl.window.newdialog import NewDialog

    dialog = NewDialog(window)
    dialog.list.setCurrentRow(1)
    dialog.show()
    _settle(window)
    return dialog, 1


def _save(folder: Path, name: str, shown: tuple[Any, float]) -> Path:
    """Draw a widget into a file, with so many pixels to each of its own."""
    from PySide6.QtGui import QPixmap

    widget, ratio = shown
    pixmap = QPixmap(widget.size() * ratio)
    pixmap.setDevicePixelRatio(ratio)
    widget.render(pixmap)
    path = folder / f"{name}.png"
    if not pixmap.save(str(path)):
        raise OSError(f"cannot write {path}")
    return path


if __name__ == "__main__":
    for made in draw(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "images"):
        print(made)
