"""The application around the window: type and colours, Qt's own words in Chinese, faults, later starts."""

from __future__ import annotations

import faulthandler
import gc
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QEventLoop, QLibraryInfo, QLocale, QObject, Qt, QTimer, QTranslator, Signal
from PySide6.QtWidgets import QApplication

from perfxl.faults import log_folder
from perfxl.window import instance, memory, theme
from perfxl.window.appicon import app_icon
from perfxl.window.faultbox import Faults
from perfxl.window.main_window import MainWindow

_SWEEP = 1000
"""Milliseconds between two collections of garbage."""


class _Starts(QObject):
    """Carries what later starts hand over from their thread into the window's."""

    received = Signal(object)


def application() -> QApplication:
    """Return the application, made ready: its translation, typeface and theme."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName("perfxl")
    app.setWindowIcon(app_icon())
    app.setStyle("Fusion")  # the one style that looks the same on every Windows, in light and dark
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(app)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    points = memory.remembered().get("points")
    theme.set_type(app, points if isinstance(points, int) else theme.USUAL)
    theme.apply(app)
    app.styleHints().colorSchemeChanged.connect(lambda: theme.apply(app), Qt.ConnectionType.QueuedConnection)
    return app


def run(files: list[Path], shown: Callable[[], None]) -> int:
    """Show the window, have everything done for the files, and return the exit status when it is closed.

    `shown` is called once the window is on the screen.
    """
    app = application()
    faults = Faults(app)
    faults.install()
    _log_crashes()
    _sweep_here(app)
    window = MainWindow(faults)
    window.show()
    # Painted before anything more is loaded.
    app.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    starts = _Starts(app)
    starts.received.connect(window.come_forward)
    starts.received.connect(lambda paths: window.open_paths(paths, everything=True))

    def begin() -> None:
        shown()
        instance.listen(starts.received.emit)
        window.begin(files)

    QTimer.singleShot(0, begin)
    status = app.exec()
    instance.release()
    return status


def _log_crashes() -> None:
    """Have even a crash of Qt itself leave a trace beside the log."""
    with suppress(OSError):
        log_folder().mkdir(parents=True, exist_ok=True)
        # Held open for as long as the process lives, since a crash opens nothing any more.
        faulthandler.enable((log_folder() / "crash.log").open("a", encoding="utf-8"))


def _sweep_here(app: QApplication) -> None:
    """Collect garbage in the window's thread only: Qt's objects must not be deleted by the thread of the jobs."""
    gc.disable()
    timer = QTimer(app)
    timer.timeout.connect(lambda: gc.collect(1))
    timer.start(_SWEEP)
