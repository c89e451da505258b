"""Long work: beside the window, in order, called off at will; and what happens when the program itself fails."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from perfxl.errors import PerfxlError
from perfxl.faults import log_folder
from perfxl.window import desk
from perfxl.window.faultbox import Faults
from perfxl.window.jobs import Jobs
from perfxl.window.looking import look_at
from perfxl.window.main_window import MainWindow
from perfxl.window.rows import State
from tests.window.conftest import PATIENCE

Sample = Callable[..., Path]
Drop = Callable[..., None]


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.stop()


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Checks begin, and end only when this is set."""
    opened = threading.Event()

    def slow(path: Path, beside: Sequence[Path] = ()) -> object:
        assert opened.wait(PATIENCE / 1000)
        return look_at(path)

    monkeypatch.setattr(desk, "look_at", slow)
    yield opened
    opened.set()


def boxes(name: str) -> list[QMessageBox]:
    return [
        box
        for box in QApplication.topLevelWidgets()
        if isinstance(box, QMessageBox) and box.objectName() == name and box.isVisible()
    ]


class TestJobs:
    def test_in_order_and_told_in_the_windows_thread(self, jobs: Jobs, qtbot: QtBot) -> None:
        told: list[object] = []
        threads: set[int] = set()

        def done(result: object) -> None:
            told.append(result)
            threads.add(threading.get_ident())

        def ask(number: int) -> tuple[int, bool]:
            return number, threading.current_thread() is threading.main_thread()

        with qtbot.waitSignal(jobs.idle, timeout=PATIENCE):
            for number in range(5):
                jobs.submit("", ask, number, done=done, failed=told.append)
        assert told == [(number, False) for number in range(5)]
        assert threads == {threading.get_ident()}

    def test_one_that_fails_keeps_no_other_from_running(self, jobs: Jobs, qtbot: QtBot) -> None:
        told: list[object] = []

        def task(number: int) -> float:
            return 1 / number

        with qtbot.waitSignal(jobs.idle, timeout=PATIENCE):
            for number in (1, 0, 2):
                jobs.submit("", task, number, done=told.append, failed=lambda fault: told.append(type(fault)))
        assert told == [1.0, ZeroDivisionError, 0.5]

    def test_called_off_ones_are_neither_begun_nor_heard_of(self, jobs: Jobs, qtbot: QtBot) -> None:
        begun: list[int] = []
        running, go_on = threading.Event(), threading.Event()

        def task(number: int) -> None:
            begun.append(number)
            running.set()
            assert go_on.wait(PATIENCE / 1000)

        for number in range(3):
            jobs.submit("", task, number, done=pytest.fail, failed=pytest.fail)
        qtbot.waitUntil(running.is_set, timeout=PATIENCE)
        with qtbot.waitSignal(jobs.idle, timeout=PATIENCE):
            jobs.cancel()
            go_on.set()
        assert begun == [0]
        assert not jobs.busy

    def test_a_long_one_tells_how_far_it_is_and_ends_where_it_may(self, jobs: Jobs, qtbot: QtBot) -> None:
        told: list[tuple[int, int, str]] = []
        steps: list[int] = []
        jobs.progressed.connect(lambda *progress: told.append(progress))

        def task() -> None:
            for number in range(1_000_000):
                steps.append(number)
                jobs.step(number, 1_000_000)
                time.sleep(0.001)

        jobs.submit("long", task, done=pytest.fail, failed=pytest.fail)
        qtbot.waitUntil(lambda: (3, 1_000_000, "long") in told, timeout=PATIENCE)
        with qtbot.waitSignal(jobs.idle, timeout=PATIENCE):
            jobs.cancel()
        assert len(steps) < 1_000_000


def test_the_window_answers_while_a_job_runs(
    window: MainWindow, sample: Sample, gate: threading.Event, qtbot: QtBot
) -> None:
    window.open_paths([sample("自评表4（机房"), sample("自评表1（城乡")])
    qtbot.waitUntil(lambda: len(window.files.rows) == 2, timeout=PATIENCE)
    ticks: list[None] = []
    timer = QTimer(window)
    timer.timeout.connect(lambda: ticks.append(None))
    timer.start(1)
    qtbot.waitUntil(lambda: len(ticks) > 20, timeout=PATIENCE)
    assert window.line.progress.isVisible()
    assert window.line.cancel.isVisible()
    assert [row.state for row in window.files.rows] == [State.WAITING] * 2
    qtbot.keyClick(window.files, Qt.Key.Key_Down)
    assert window.files.current is window.files.rows[1]
    gate.set()
    qtbot.waitUntil(lambda: not window.jobs.busy, timeout=PATIENCE)
    assert [row.state for row in window.files.rows] == [State.SHOWN] * 2
    assert not window.line.cancel.isVisible()


def test_cancel_leaves_the_files_unchecked_and_says_so(
    window: MainWindow, sample: Sample, gate: threading.Event, qtbot: QtBot
) -> None:
    window.open_paths([sample("自评表4（机房"), sample("自评表1（城乡")])
    qtbot.waitUntil(lambda: len(window.files.rows) == 2, timeout=PATIENCE)
    qtbot.mouseClick(window.line.cancel, Qt.MouseButton.LeftButton)
    assert [row.state for row in window.files.rows] == [State.CALLED_OFF] * 2
    gate.set()
    qtbot.waitUntil(lambda: not window.jobs.busy, timeout=PATIENCE)
    assert not window.findings.shown
    qtbot.keyClick(window.files, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: window.files.rows[0].state is State.SHOWN, timeout=PATIENCE)


def test_closing_waits_for_what_is_being_written(
    window: MainWindow,
    sample: Sample,
    gate: threading.Event,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    window.open_paths([sample("自评表4（机房")])
    qtbot.waitUntil(lambda: bool(window.files.rows), timeout=PATIENCE)
    ended: list[bool] = []
    monkeypatch.setattr(QApplication, "quit", lambda: ended.append(window.jobs.busy))
    assert not window.close()
    assert not window.isVisible()
    assert window.jobs.busy
    assert not ended
    gate.set()
    qtbot.waitUntil(lambda: ended == [False], timeout=PATIENCE)


def test_a_later_start_brings_a_closed_window_back(
    window: MainWindow,
    sample: Sample,
    gate: threading.Event,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(QApplication, "quit", pytest.fail)
    window.open_paths([sample("自评表4（机房")])
    qtbot.waitUntil(lambda: bool(window.files.rows), timeout=PATIENCE)
    window.close()
    window.come_forward()
    gate.set()
    qtbot.waitUntil(lambda: not window.jobs.busy, timeout=PATIENCE)
    assert window.isVisible()


class TestFaults:
    @pytest.fixture
    def faults(self, monkeypatch: pytest.MonkeyPatch) -> Faults:
        """Faults that hear of everything, as in the program."""
        for module, name in ((sys, "excepthook"), (threading, "excepthook")):
            monkeypatch.setattr(module, name, getattr(module, name))
        made = Faults()
        made.install()
        return made

    def close(self) -> None:
        for box in boxes("fault"):
            box.close()

    def test_a_check_that_fails_is_one_dialogue_and_one_log(
        self,
        window: MainWindow,
        sample: Sample,
        drop: Drop,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        def broken(path: Path, beside: Sequence[Path] = ()) -> object:
            if "城乡" in path.name:
                raise ZeroDivisionError(path.name)
            return look_at(path)

        monkeypatch.setattr(desk, "look_at", broken)
        drop(sample("自评表1（城乡"), sample("自评表4（机房"))
        assert [row.state for row in window.files.rows] == [State.FAILED, State.SHOWN]
        assert len(boxes("fault")) == 1
        assert "ZeroDivisionError" in (log_folder() / "perfxl.log").read_text(encoding="utf-8")
        assert not window.findings.shown
        self.close()

    def test_a_second_fault_opens_no_second_dialogue(self, faults: Faults, qtbot: QtBot) -> None:
        for _ in range(3):
            sys.excepthook(ValueError, ValueError("in a slot"), None)
        thread = threading.Thread(target=lambda: 1 / 0)
        thread.start()
        thread.join()
        log = log_folder() / "perfxl.log"
        qtbot.waitUntil(
            lambda: log.exists() and "ZeroDivisionError" in log.read_text(encoding="utf-8"), timeout=PATIENCE
        )
        assert log.read_text(encoding="utf-8").count("ValueError: in a slot") == 3
        assert len(boxes("fault")) == 1
        self.close()
        sys.excepthook(ValueError, ValueError("later"), None)
        qtbot.waitUntil(lambda: len(boxes("fault")) == 1, timeout=PATIENCE)
        self.close()

    def test_what_the_officer_can_mend_is_no_fault_of_the_program(
        self, window: MainWindow, sample: Sample, drop: Drop, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(*_: object) -> object:
            raise PerfxlError("设置文件坏了。")

        monkeypatch.setattr(desk, "look_at", refuse)
        drop(sample("自评表4（机房"))
        (row,) = window.files.rows
        assert (row.state, row.verdict) == (State.FAILED, "设置文件坏了。")
        assert not boxes("fault")

    def test_an_output_that_cannot_be_written_is_told_beside_the_file(
        self,
        window: MainWindow,
        sample: Sample,
        drop: Drop,
        settled: Callable[[], None],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        def refuse(*_: object, **__: object) -> object:
            raise PerfxlError("写不进去。")

        monkeypatch.setattr(desk, "draft_report", refuse)
        drop(sample("自评表4（机房"))
        (row,) = window.files.rows
        window.menu.report.trigger()
        settled()
        assert [(outcome.failed, outcome.path) for outcome in row.outcomes] == [(True, None)]
        assert row.state is State.SHOWN
        assert not boxes("fault")
