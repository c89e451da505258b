"""Which files have changed on disk since they were looked at.

Files are looked at by a thread of its own, once in a while, since asking a network drive may take long. Qt's file
watcher would tell sooner on some drives and never on others, and loses a file that is saved by renaming.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Hashable, Mapping
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from perfxl.window.looking import Stamp, stamp_of

INTERVAL = 0.5
"""Seconds between two rounds; longer where a round itself takes long."""


class Watcher(QObject):
    """Tells once when a file that something rests on is no longer as it was.

    `changed` carries that thing, and those of its files that are gone.
    """

    changed = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._known: dict[Hashable, Mapping[Path, Stamp | None]] = {}
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._over = False
        self._thread = threading.Thread(target=self._watch, name="perfxl watcher", daemon=True)
        self._thread.start()

    def watch(self, thing: Hashable, stamps: Mapping[Path, Stamp | None]) -> None:
        """Tell when one of these files has another state than this."""
        with self._lock:
            self._known[thing] = stamps

    def forget(self, thing: Hashable) -> None:
        """Watch it no longer."""
        with self._lock:
            self._known.pop(thing, None)

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
            now: dict[Path, Stamp | None] = {}
            for thing, stamps in known:
                for path in stamps:
                    if path not in now:
                        now[path] = stamp_of(path)
                if any(now[path] != stamp for path, stamp in stamps.items()) and self._still(thing, stamps):
                    self.changed.emit(thing, {path for path in stamps if now[path] is None})
            pause = max(INTERVAL, 10 * (time.monotonic() - begun))

    def _still(self, thing: Hashable, stamps: Mapping[Path, Stamp | None]) -> bool:
        """Whether these are still the states to watch for; if so, it is told once and forgotten."""
        with self._lock:
            if self._known.get(thing) is not stamps:
                return False
            del self._known[thing]
            return True
