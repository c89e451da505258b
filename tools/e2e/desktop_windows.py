"""The desktop of Windows, by way of its own functions."""

from __future__ import annotations

import ctypes
from ctypes import wintypes

from tools.e2e.desktop import Picture

_user, _gdi = ctypes.WinDLL("user32"), ctypes.WinDLL("gdi32")  # type: ignore[attr-defined]
_EACH_WINDOW = ctypes.WINFUNCTYPE(wintypes.BOOL, wintypes.HWND, wintypes.LPARAM)  # type: ignore[attr-defined]

_user.EnumWindows.argtypes = (_EACH_WINDOW, wintypes.LPARAM)
_user.IsWindowVisible.argtypes = (wintypes.HWND,)
_user.GetWindowTextW.argtypes = (wintypes.HWND, wintypes.LPWSTR, ctypes.c_int)
_user.GetWindowRect.argtypes = (wintypes.HWND, ctypes.POINTER(wintypes.RECT))
_user.GetClientRect.argtypes = (wintypes.HWND, ctypes.POINTER(wintypes.RECT))
_user.PostMessageW.argtypes = (wintypes.HWND, wintypes.UINT, wintypes.WPARAM, wintypes.LPARAM)
_user.SetForegroundWindow.argtypes = (wintypes.HWND,)
_user.GetDC.argtypes, _user.GetDC.restype = (wintypes.HWND,), wintypes.HDC
_user.ReleaseDC.argtypes = (wintypes.HWND, wintypes.HDC)
_gdi.CreateCompatibleDC.argtypes, _gdi.CreateCompatibleDC.restype = (wintypes.HDC,), wintypes.HDC
_gdi.CreateCompatibleBitmap.argtypes = (wintypes.HDC, ctypes.c_int, ctypes.c_int)
_gdi.CreateCompatibleBitmap.restype = wintypes.HBITMAP
_gdi.SelectObject.argtypes, _gdi.SelectObject.restype = (wintypes.HDC, wintypes.HGDIOBJ), wintypes.HGDIOBJ
_gdi.BitBlt.argtypes = (
    wintypes.HDC,
    *(ctypes.c_int,) * 4,
    wintypes.HDC,
    ctypes.c_int,
    ctypes.c_int,
    wintypes.DWORD,
)
_gdi.GetDIBits.argtypes = (
    wintypes.HDC,
    wintypes.HBITMAP,
    wintypes.UINT,
    wintypes.UINT,
    wintypes.LPVOID,
    wintypes.LPVOID,
    wintypes.UINT,
)
_gdi.DeleteObject.argtypes = (wintypes.HGDIOBJ,)
_gdi.DeleteDC.argtypes = (wintypes.HDC,)

_CLOSE, _COPY = 0x0010, 0x00CC0020


class _BitmapHeader(ctypes.Structure):
    _fields_ = (
        ("size", wintypes.DWORD),
        ("width", wintypes.LONG),
        ("height", wintypes.LONG),
        ("planes", wintypes.WORD),
        ("bits", wintypes.WORD),
        ("compression", wintypes.DWORD),
        ("bytes", wintypes.DWORD),
        ("per_metre_across", wintypes.LONG),
        ("per_metre_down", wintypes.LONG),
        ("colours_used", wintypes.DWORD),
        ("colours_important", wintypes.DWORD),
    )


class WindowsDesktop:
    """The screen of the session that this process runs in."""

    def windows(self, title: str) -> list[int]:
        """The visible windows whose title contains this."""
        found: list[int] = []

        def look(window: int, _: int) -> bool:
            if _user.IsWindowVisible(window) and title in self.title(window):
                found.append(window)
            return True

        _user.EnumWindows(_EACH_WINDOW(look), 0)
        return found

    def title(self, window: int) -> str:
        """A window's title."""
        text = ctypes.create_unicode_buffer(512)
        _user.GetWindowTextW(window, text, len(text))
        return text.value

    def picture(self, window: int) -> Picture:
        """What is seen of a window, which must be in front."""
        _user.SetForegroundWindow(window)
        frame, inner = wintypes.RECT(), wintypes.RECT()
        _user.GetWindowRect(window, ctypes.byref(frame))
        _user.GetClientRect(window, ctypes.byref(inner))
        drawn = _copied(window, (0, 0, inner.right, inner.bottom))
        if len(drawn.colours) > 1:
            return drawn
        # What a graphics card draws is found on the screen alone; under Wine it is the other way round.
        return _copied(None, (frame.left, frame.top, frame.right - frame.left, frame.bottom - frame.top))

    def close(self, window: int) -> None:
        """Close a window as its closing button does."""
        _user.PostMessageW(window, _CLOSE, 0, 0)


def _copied(window: int | None, area: tuple[int, int, int, int]) -> Picture:
    """Copy an area (left, top, width, height) of a window, or of the screen."""
    left, top, width, height = area
    source = _user.GetDC(window)
    memory = _gdi.CreateCompatibleDC(source)
    bitmap = _gdi.CreateCompatibleBitmap(source, width, height)
    previous = _gdi.SelectObject(memory, bitmap)
    try:
        _gdi.BitBlt(memory, 0, 0, width, height, source, left, top, _COPY)
        _gdi.SelectObject(memory, previous)
        # A negative height: rows from the top. 32 bits each, so that rows need no padding.
        header = _BitmapHeader(ctypes.sizeof(_BitmapHeader), width, -height, 1, 32)
        pixels = ctypes.create_string_buffer(width * height * 4)
        _gdi.GetDIBits(memory, bitmap, 0, height, pixels, ctypes.byref(header), 0)
    finally:
        _gdi.DeleteObject(bitmap)
        _gdi.DeleteDC(memory)
        _user.ReleaseDC(window, source)
    colours = bytearray(width * height * 3)
    for channel in range(3):
        colours[channel::3] = pixels.raw[2 - channel :: 4]
    return Picture(width, height, bytes(colours))
