"""Which files have changed on disk since they were checked.

Files are looked at by a thread of its own, once in a while, since asking a network drive may take long. Qt's file
watcher would tell sooner on some drives and never on others, and loses a file that is saved by renaming.
"""

from __future__ import annotations

import threading
import time
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from perfxl.window.tasks import Stamp, stamp_of

INTERVAL = 0.5
"""Seconds between two looks; longer where a look itself takes long."""


class Watcher(QObject):
    """Watches files for a state other than the one they were checked in; `changed` carries path and new state."""

    changed = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._known: dict[Path, Stamp | None] = {}
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._over = False
        self._thread = threading.Thread(target=self._watch, name="perfxl watcher", daemon=True)
        self._thread.start()

    def watch(self, path: Path, stamp: Stamp | None) -> None:
        """Tell of the next change from this state, once."""
        with self._lock:
            self._known[path] = stamp

    def forget(self, path: Path) -> None:
        """Watch a file no longer."""
        with self._lock:
            self._known.pop(path, None)

    def look_now(self) -> None:
        """Look at once: the user comes back from another program."""
        self._wake.set()

    def stop(self) -> None:
        """Watch no longer; does not wait for a drive that keeps the watching thread waiting."""
        self._over = True
        with self._lock:
            self._known.clear()
        self._wake.set()
        self._thread.join(1)

    def _watch(self) -> None:
        pause = INTERVAL
        while not self._over:
            self._wake.wait(pause)
            self._wake.clear()
            begun = time.monotonic()
            with self._lock:
                known = list(self._known.items())
            for path, stamp in known:
                now = stamp_of(path)
                if now != stamp and self._still(path, stamp):
                    self.changed.emit(path, now)
            pause = max(INTERVAL, 10 * (time.monotonic() - begun))

    def _still(self, path: Path, stamp: Stamp | None) -> bool:
        """Whether this state is still the one to watch for; if so, it is told once and forgotten."""
        with self._lock:
            if path not in self._known or self._known[path] != stamp:
                return False
            del self._known[path]
            return True
