"""What Windows itself can show while Qt is not there yet: that the program is starting, or why it cannot.

Elsewhere nothing is shown: a start takes no second there.
"""

from __future__ import annotations

import sys
import threading
from pathlib import Path

_PROGRAM = "预算绩效自评助手"
TITLE = f"正在启动{_PROGRAM}"
"""Of the small window: not seen, but what a screen reader says."""
_WIDTH, _HEIGHT, _MARGIN, _ICON = 380, 112, 24, 48
"""Pixels of a screen of 96 dots per inch."""
_LINES = (
    (_PROGRAM, 20, 12, 700),
    ("正在启动，请稍候……", 50, 9, 400),
    ("第一次使用要多等几秒。", 70, 9, 400),
)
"""What is written: text, pixels from the top, points, weight."""

# Names of Windows' own, as its documentation spells them.
_WS_POPUP, _WS_BORDER, _WS_EX_TOOLWINDOW, _SS_WHITERECT = 0x80000000, 0x00800000, 0x80, 0x06
_SW_SHOW, _SM_CXSCREEN, _SM_CYSCREEN, _LOGPIXELSY = 5, 0, 1, 90
_GB2312_CHARSET, _CLEARTYPE_QUALITY = 134, 5
_TRANSPARENT, _DI_NORMAL, _DT_NOPREFIX, _MB_ICONERROR = 1, 3, 0x800, 0x10
_WM_QUIT, _PER_MONITOR_AWARE_V2 = 0x12, -4


def tell(text: str) -> None:
    """Show a text and wait until it was read; where there is no console this is the only way to be heard."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.MessageBoxW(None, text, _PROGRAM, _MB_ICONERROR)


class Starting:
    """A small window that says that the program is starting, there from the call until `close`.

    Only the one-file executable on Windows takes long enough to need it. It lives in a thread of its own, so that it
    answers Windows while the program is busy loading, and costs the start nothing.
    """

    def __init__(self) -> None:
        self._thread: threading.Thread | None = None
        if sys.platform == "win32" and _is_one_file():
            self._there = threading.Event()
            self._thread = threading.Thread(target=self._show, name="perfxl starting", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Take the small window away."""
        if sys.platform == "win32" and self._thread is not None:
            import ctypes

            self._there.wait()
            ctypes.windll.user32.PostThreadMessageW(self._thread.native_id, _WM_QUIT, 0, 0)
            self._thread.join()
            self._thread = None

    if sys.platform == "win32":

        def _show(self) -> None:
            import ctypes
            from ctypes import byref, c_void_p, wintypes

            user, message = ctypes.WinDLL("user32"), wintypes.MSG()
            user.DispatchMessageW.argtypes = (c_void_p,)
            try:
                window = _draw()
            finally:
                self._there.set()
            while user.GetMessageW(byref(message), None, 0, 0) > 0:
                user.DispatchMessageW(byref(message))
            user.DestroyWindow(c_void_p(window))


def _is_one_file() -> bool:
    """Whether this is the executable that unpacks itself into a temporary folder."""
    return Path(getattr(sys, "_MEIPASS", "")).name.startswith("_MEI")


if sys.platform == "win32":

    def _draw() -> int:
        """Show the small window and draw on it; return its handle."""
        import ctypes
        from ctypes import byref, c_int, c_void_p, c_wchar_p, wintypes

        user, gdi = ctypes.WinDLL("user32"), ctypes.WinDLL("gdi32")
        user.CreateWindowExW.restype = user.GetDC.restype = gdi.CreateFontW.restype = c_void_p
        # What Qt would set later, and can no longer set once there is a window.
        user.SetProcessDpiAwarenessContext(c_void_p(_PER_MONITOR_AWARE_V2))
        screen = c_void_p(user.GetDC(None))
        dots = gdi.GetDeviceCaps(screen, _LOGPIXELSY)
        user.ReleaseDC(None, screen)

        def scaled(pixels: float) -> int:
            return round(pixels * dots / 96)

        width, height, icon_side = scaled(_WIDTH), scaled(_HEIGHT), scaled(_ICON)
        left = (user.GetSystemMetrics(_SM_CXSCREEN) - width) // 2
        top = (user.GetSystemMetrics(_SM_CYSCREEN) - height) // 2
        style = wintypes.DWORD(_WS_POPUP | _WS_BORDER | _SS_WHITERECT)
        window: int = user.CreateWindowExW(
            _WS_EX_TOOLWINDOW,
            c_wchar_p("STATIC"),
            c_wchar_p(TITLE),
            style,
            left,
            top,
            width,
            height,
            *(None,) * 4,
        )
        user.ShowWindow(c_void_p(window), _SW_SHOW)
        user.UpdateWindow(c_void_p(window))

        canvas = c_void_p(user.GetDC(c_void_p(window)))
        icon = c_void_p()
        user.PrivateExtractIconsW(c_wchar_p(sys.executable), 0, icon_side, icon_side, byref(icon), None, 1, 0)
        margin, icon_top = scaled(_MARGIN), (height - icon_side) // 2
        user.DrawIconEx(canvas, margin, icon_top, icon, icon_side, icon_side, 0, None, _DI_NORMAL)
        gdi.SetBkMode(canvas, _TRANSPARENT)
        for text, line_top, points, weight in _LINES:
            face = "Microsoft YaHei UI"
            how = (0, 0, 0, weight, 0, 0, 0, _GB2312_CHARSET, 0, 0, _CLEARTYPE_QUALITY, 0)
            font = c_void_p(gdi.CreateFontW(c_int(-scaled(points * 96 / 72)), *how, c_wchar_p(face)))
            previous = c_void_p(gdi.SelectObject(canvas, font))
            place = wintypes.RECT(2 * margin + icon_side, scaled(line_top), width - margin, height)
            user.DrawTextW(canvas, c_wchar_p(text), -1, byref(place), _DT_NOPREFIX)
            gdi.SelectObject(canvas, previous)
            gdi.DeleteObject(font)
        user.ReleaseDC(c_void_p(window), canvas)
        gdi.GdiFlush()
        return window
