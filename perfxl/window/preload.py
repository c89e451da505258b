"""Qt's libraries, read from the disk in a thread while Python still reads its own modules: half of the wait for them.

On Windows alone, where the loader takes longest; elsewhere nothing happens here.
"""

from __future__ import annotations

import sys
import threading
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

_LIBRARIES = (
    "Qt6Core.dll",
    "Qt6Gui.dll",
    "Qt6Widgets.dll",
    "plugins/platforms/qwindows.dll",
    "plugins/styles/qmodernwindowsstyle.dll",
)
"""What every window needs, in an order in which each finds what it links to."""


def begin() -> None:
    """Start loading. Raises OutputNotWritten where Qt must be unpacked first and cannot be."""
    spec = find_spec("PySide6")
    if sys.platform == "win32" and spec is not None and spec.origin is not None:
        threading.Thread(
            target=_load, args=(Path(spec.origin).parent,), name="perfxl preload", daemon=True
        ).start()


def _load(folder: Path) -> None:
    import ctypes

    for name in _LIBRARIES:
        with suppress(OSError):  # whoever needs it says what is wrong with it
            ctypes.CDLL(str(folder / name))
