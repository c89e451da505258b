"""Whether a window can be shown here at all. Qt ends the process where it finds no display, so this asks first."""

from __future__ import annotations

import ctypes
import os
import sys
from importlib.util import find_spec

_CURSOR_LIBRARY = "libxcb-cursor.so.0"
"""Qt's X11 platform cannot start without it, and few systems have it installed (Qt 6.5 on)."""


def hindrance() -> str | None:
    """Return why no window can be shown (a Chinese phrase without full stop), or None if one can."""
    if find_spec("PySide6") is None:
        return "没有安装图形界面组件（PySide6）"
    if sys.platform in ("win32", "darwin") or os.environ.get("QT_QPA_PLATFORM"):
        return None
    if os.environ.get("WAYLAND_DISPLAY"):
        return None
    if not os.environ.get("DISPLAY"):
        return "这里没有图形界面"
    try:
        ctypes.CDLL(_CURSOR_LIBRARY)
    except OSError:
        return "图形界面缺少系统组件 libxcb-cursor0"
    return None
