"""Whether a window can be shown here at all. Qt ends the process where it finds no display, so this asks first."""

from __future__ import annotations

import ctypes
import os
import sys
from importlib.util import find_spec

_LINKED = (
    "libEGL.so.1",
    "libGL.so.1",
    "libxkbcommon.so.0",
    "libdbus-1.so.3",
    "libfontconfig.so.1",
    "libgthread-2.0.so.0",
)
"""What Qt links to on Linux and the wheel does not bring."""
_OF_X11 = (
    "libxcb-cursor.so.0",
    "libxcb-icccm.so.4",
    "libxcb-image.so.0",
    "libxcb-keysyms.so.1",
    "libxcb-render-util.so.0",
    "libxcb-shape.so.0",
    "libxkbcommon-x11.so.0",
)
"""What Qt's platform for X11 links to beside them; without one of these Qt ends the process."""


def hindrance() -> str | None:
    """Return why no window can be shown (a Chinese phrase without full stop), or None if one can."""
    # The executable always carries it, and need not unpack it to answer this.
    if not getattr(sys, "frozen", False) and find_spec("PySide6") is None:
        return "没有安装图形界面组件 PySide6"
    if sys.platform in ("win32", "darwin"):
        return None
    chosen, wayland = os.environ.get("QT_QPA_PLATFORM"), os.environ.get("WAYLAND_DISPLAY")
    if not (chosen or wayland or os.environ.get("DISPLAY")):
        return "这里没有图形界面"
    needed = _LINKED if chosen or wayland else (*_LINKED, *_OF_X11)
    missing = [name for name in needed if not _loads(name)]
    return f"图形界面缺少系统组件 {'、'.join(missing)}" if missing else None


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
