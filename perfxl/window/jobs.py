"""Jobs beside the window: one at a time, in the order given, never in the window's own thread."""

from __future__ import annotations

import itertools
import queue
import threading
from collections.abc import Callable
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Qt, Signal


class CalledOff(Exception):
    """A job that was called off while it ran."""


class Job(NamedTuple):
    """One thing to do: `task` called with `arguments` in the worker; `done` or `failed` called in the window's thread.

    `what` says it in a few words for the progress line.
    """

    number: int
    what: str
    task: Callable[..., Any]
    arguments: tuple[Any, ...]
    done: Callable[[Any], None]
    failed: Callable[[BaseException], None]


class Jobs(QObject):
    """The queue and its one worker.

    `progressed` carries how many jobs of the present batch are finished, how many there are, and what is being
    done; `idle` says that all are finished or called off.
    """

    progressed = Signal(int, int, str)
    idle = Signal()
    _started = Signal(object)
    _finished = Signal(object, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._numbers = itertools.count(1)
        self._valid: set[int] = set()  # jobs whose outcome is still wanted
        self._unfinished = self._total = self._complete = 0
        self._running: Job | None = None
        self._started.connect(self._on_started, Qt.ConnectionType.QueuedConnection)
        self._finished.connect(self._on_finished, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._work, name="perfxl jobs", daemon=True)
        self._thread.start()

    @property
    def busy(self) -> bool:
        """Whether a job waits or runs, a called-off one that still runs included."""
        return self._unfinished > 0

    def submit(
        self,
        what: str,
        task: Callable[..., Any],
        *arguments: Any,
        done: Callable[[Any], None],
        failed: Callable[[BaseException], None],
    ) -> int:
        """Queue a job and return its number."""
        job = Job(next(self._numbers), what, task, arguments, done, failed)
        self._valid.add(job.number)
        self._unfinished += 1
        self._total += 1
        self._waiting.put(job)
        self.progressed.emit(self._complete, self._total, what)
        return job.number

    def call_off(self, number: int) -> None:
        """Forget one job: it is not begun any more, and if it runs, nobody hears of its end."""
        self._valid.discard(number)

    def cancel(self) -> None:
        """Call off everything. A job that already runs comes to its end, so that no output is left half written."""
        self._valid.clear()

    def stop(self) -> None:
        """End the worker, after the job that runs."""
        self.cancel()
        self._waiting.put(None)
        self._thread.join()

    def step(self, complete: int, total: int) -> None:
        """Tell how far the running job is, from within it; CalledOff where nobody waits for it any more.

        A job calls this where it may end without leaving anything half done.
        """
        job = self._running
        assert job is not None
        if job.number not in self._valid:
            raise CalledOff
        self.progressed.emit(complete, total, job.what)

    def _work(self) -> None:
        while (job := self._waiting.get()) is not None:
            result, fault = None, None
            if job.number in self._valid:
                self._running = job
                self._started.emit(job)
                try:
                    result = job.task(*job.arguments)
                except BaseException as error:  # whatever it was, the window says so and the next job runs
                    fault = error
            self._finished.emit(job, result, fault)
            del job, result, fault

    def _on_started(self, job: Job) -> None:
        if job.number in self._valid:
            self.progressed.emit(self._complete, self._total, job.what)

    def _on_finished(self, job: Job, result: Any, fault: BaseException | None) -> None:
        self._unfinished -= 1
        self._complete += 1
        wanted = job.number in self._valid
        self._valid.discard(job.number)
        try:
            if wanted and fault is not None:
                job.failed(fault)
            elif wanted:
                job.done(result)
        finally:
            if self._unfinished:
                self.progressed.emit(self._complete, self._total, job.what)
            else:
                self._total = self._complete = 0
                self.idle.emit()
