"""What the tests of the window share: Qt without a display, the user's folders, a window, files to put into it."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before Qt is loaded

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from perfxl.resources import resource_folder
from perfxl.window.app import application
from perfxl.window.faultbox import Faults
from perfxl.window.main_window import MainWindow
from perfxl.window.rows import Row

PATIENCE = 30_000
"""Milliseconds that a test waits for what takes a moment on a machine with nothing else to do."""


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    """The application as the program sets it up."""
    return application()


@pytest.fixture(autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the user's is read or written."""
    home = tmp_path_factory.mktemp("home")
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home / name))


@pytest.fixture(autouse=True)
def _sweep_here() -> Iterator[None]:
    """As in the program: no garbage is collected by a thread of jobs."""
    gc.disable()
    yield
    gc.enable()
    gc.collect()


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    """A window, open and empty."""
    made = MainWindow(Faults())
    made.furnish()
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.watcher.stop()
    made.jobs.stop()


@pytest.fixture
def settled(qtbot: QtBot, window: MainWindow) -> Callable[[], None]:
    """Wait until nothing more is being done."""

    def wait() -> None:
        qtbot.waitUntil(lambda: not window.jobs.busy, timeout=PATIENCE)

    return wait


@pytest.fixture
def sample(tmp_path: Path) -> Callable[..., Path]:
    """Copy a bundled sample, told by words of its name, to where it may be written to."""

    def copy(words: str, name: str = "") -> Path:
        (found,) = [path for path in resource_folder("samples").glob("*.xlsx") if words in path.stem]
        return Path(shutil.copy(found, tmp_path / (name or found.name)))

    return copy


@pytest.fixture
def drop(window: MainWindow, settled: Callable[[], None]) -> Callable[..., None]:
    """Drop paths on the window as a file manager does, and wait until they are checked."""

    def do(*paths: Path) -> None:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        place = window.rect().center()
        rest = (
            Qt.DropAction.CopyAction | Qt.DropAction.MoveAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        # Qt gives a drop to nobody whom nothing was dragged over.
        for event in (QDragEnterEvent(place, *rest), QDropEvent(QPointF(place), *rest)):
            QApplication.sendEvent(window, event)
            assert event.isAccepted()
        settled()

    return do


@pytest.fixture
def row(window: MainWindow) -> Callable[[str], Row]:
    """Make the file whose name holds some words the current one."""

    def choose(words: str) -> Row:
        (found,) = [row for row in window.files.rows if words in row.path.name]
        window.files.choose(found)
        return found

    return choose
