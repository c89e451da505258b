"""How the window is reached: from the command line, where there is a display, and from a second start."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

import perfxl.window
from perfxl.cli import main
from perfxl.console import FINDINGS, OK, UNREADABLE
from perfxl.errors import OutputNotWritten
from perfxl.settings.parameters import jurisdictions
from perfxl.window import app, display, instance
from tests.window.conftest import PATIENCE

ROOT = Path(__file__).parents[2]


@pytest.fixture
def free() -> Iterator[None]:
    """No window holds the lock, before and after."""
    instance.release()
    yield
    instance.release()


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> list[list[Path]]:
    """The windows that would have been opened, by their files."""
    opened: list[list[Path]] = []
    monkeypatch.setattr(perfxl.window, "main", lambda files: opened.append(list(files)) or 0)
    return opened


class TestCommandLine:
    def test_alone_it_opens_the_window(self, windows: list[list[Path]]) -> None:
        assert main([]) == OK
        assert windows == [[]]

    def test_files_are_opened_in_the_window(self, windows: list[list[Path]]) -> None:
        assert main(["a.xlsx", "b.xlsx"]) == OK
        assert windows == [[Path("a.xlsx"), Path("b.xlsx")]]

    def test_no_window_prints(self, windows: list[list[Path]], sample: Any) -> None:
        assert main(["--no-window", str(sample("自评表1（城乡"))]) == FINDINGS
        assert not windows

    def test_a_place_named_on_the_command_line_is_answered_there(
        self, windows: list[list[Path]], sample: Any
    ) -> None:
        path = sample("自评表1（城乡")
        assert main([str(path), "--jurisdiction", jurisdictions()[-1]]) == FINDINGS
        assert not windows

    def test_without_a_display_it_prints_and_says_why(
        self,
        windows: list[list[Path]],
        sample: Any,
        monkeypatch: pytest.MonkeyPatch,
        capfd: pytest.CaptureFixture[str],
    ) -> None:
        monkeypatch.setattr(sys, "platform", "linux")
        for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
            monkeypatch.delenv(name, raising=False)
        path = sample("自评表1（城乡")
        assert main([str(path)]) == FINDINGS
        out, err = capfd.readouterr()
        assert "PX202" in out
        assert len(err.strip().splitlines()) == 1
        assert main([]) == OK
        assert not windows


@pytest.mark.parametrize(
    ("environment", "lacking", "possible"),
    [
        ({}, "", False),
        ({"DISPLAY": ":0"}, "", True),
        ({"DISPLAY": ":0"}, "libxcb-cursor.so.0", False),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "libxcb-cursor.so.0", True),
        ({"QT_QPA_PLATFORM": "offscreen"}, "", True),
        ({"QT_QPA_PLATFORM": "offscreen"}, "libEGL.so.1", False),
    ],
)
def test_where_a_window_is_possible(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], lacking: str, possible: bool
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(display, "_loads", lambda name: name != lacking)
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert (display.hindrance() is None) is possible


def start(*files: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "perfxl", *map(str, files)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


class TestSecondStart:
    def test_its_files_come_to_the_window_that_is_open(
        self, free: None, qtbot: QtBot, tmp_path: Path
    ) -> None:
        assert not instance.hand_over([])
        received: list[list[Path]] = []
        instance.listen(received.append)
        files = [tmp_path / "甲.xlsx", tmp_path / "乙 丙.xlsx"]
        second = start(*files)
        qtbot.waitUntil(lambda: second.poll() is not None, timeout=PATIENCE)
        assert second.returncode == OK
        assert received == [files]

    def test_a_window_that_was_killed_is_in_nobodys_way(
        self, free: None, qtbot: QtBot, sample: Any, tmp_path: Path
    ) -> None:
        path = sample("种子002", "自评表.xlsx")
        first = start(path)
        qtbot.waitUntil(lambda: (tmp_path / "自评表（自评报告）.docx").exists(), timeout=PATIENCE)
        assert not list(tmp_path.glob(".perfxl-*"))
        first.kill()
        first.wait()
        assert list(instance.log_folder().glob("*.json"))  # it could not take leave
        assert not instance.hand_over([path])

    def test_a_stranger_is_not_listened_to(self, free: None, monkeypatch: pytest.MonkeyPatch) -> None:
        assert not instance.hand_over([])
        received: list[list[Path]] = []
        instance.listen(received.append)
        (address,) = instance.log_folder().glob("*.json")
        known = address.read_text(encoding="ascii")
        address.write_text(known.replace('"secret": "', '"secret": "0'), encoding="ascii")
        assert not instance._send([Path("a.xlsx")])
        address.write_text(known, encoding="ascii")
        assert instance._send([Path("a.xlsx")])
        assert received == [[Path("a.xlsx")]]

    def test_where_nothing_may_be_written_every_start_is_a_window(
        self, free: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        blocked = tmp_path / "file"
        blocked.touch()
        monkeypatch.setattr(instance, "log_folder", lambda: blocked / "perfxl")
        assert not instance.hand_over([])
        instance.listen(lambda _: None)
        assert not instance.hand_over([])


def test_the_window_is_closed_with_status_0(
    free: None, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, sample: Any, qapp: Any
) -> None:
    path = sample("自评表4（机房")
    shown: list[bool] = []

    def execute() -> int:
        (window,) = [
            one for one in qapp.topLevelWidgets() if isinstance(one, app.MainWindow) and one.isVisible()
        ]
        qtbot.waitUntil(
            lambda: window.furnished and bool(window.files.rows) and not window.jobs.busy, timeout=PATIENCE
        )
        shown.append(bool(window.files.rows[0].outcomes))
        assert window.close()
        return 0

    monkeypatch.setattr(app.QApplication, "exec", staticmethod(execute))
    monkeypatch.setattr(app.Faults, "install", lambda self: None)
    monkeypatch.setattr(sys, "argv", ["perfxl"])
    assert perfxl.window.main([path]) == OK
    assert shown == [True]


def test_what_keeps_qt_from_loading_is_told_before_it_ends(
    free: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told: list[str] = []

    def begin() -> None:
        raise OutputNotWritten("磁盘已满")

    monkeypatch.setattr("perfxl.window.preload.begin", begin)
    monkeypatch.setattr("perfxl.window.native.tell", told.append)
    monkeypatch.setattr("perfxl.window.display.hindrance", lambda: None)
    assert main([]) == UNREADABLE
    assert len(told) == 1 and "磁盘已满" in told[0]
    assert "磁盘已满" in capsys.readouterr().err
