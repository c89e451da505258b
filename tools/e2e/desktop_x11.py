"""The desktop of Linux, by way of xdotool and ImageMagick."""

from __future__ import annotations

import subprocess

from tools.e2e.desktop import Picture


class X11Desktop:
    """The screen that DISPLAY names."""

    def windows(self, title: str) -> list[int]:
        """The visible windows whose title contains this."""
        found = _tool("xdotool", "search", "--onlyvisible", "--name", title, check=False)
        return [int(number) for number in found.split()]

    def title(self, window: int) -> str:
        """A window's title."""
        return _tool("xdotool", "getwindowname", str(window)).decode("utf-8").rstrip("\n")

    def picture(self, window: int) -> Picture:
        """What is seen of a window, which must be in front."""
        data = _tool("import", "-window", str(window), "-depth", "8", "ppm:-")
        kind, width, height, most = data.split(maxsplit=4)[:4] if data else (b"", b"0", b"0", b"")
        if (kind, most) != (b"P6", b"255"):
            raise AssertionError(f"no picture of window {window}")
        # Counted from the end: the first pixels may look like white space.
        return Picture(int(width), int(height), data[len(data) - 3 * int(width) * int(height) :])

    def close(self, window: int) -> None:
        """Close a window by its key, Ctrl+Q: without a window manager there is no button."""
        _tool("xdotool", "windowfocus", "--sync", str(window), "key", "--clearmodifiers", "ctrl+q")


def _tool(*words: str, check: bool = True) -> bytes:
    return subprocess.run(
        words, stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=check
    ).stdout
