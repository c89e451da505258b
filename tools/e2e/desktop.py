"""What a person sees and does at the screen: windows by their title, pictures of them, keys."""

from __future__ import annotations

import struct
import sys
import time
import zlib
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, Protocol, TypeVar

from tools.e2e.desk import expect

_Found = TypeVar("_Found")


class Picture(NamedTuple):
    """Red, green and blue, a byte each, row by row from the top."""

    width: int
    height: int
    pixels: bytes

    @property
    def colours(self) -> Counter[tuple[int, ...]]:
        """How often each colour occurs."""
        return Counter(zip(self.pixels[0::3], self.pixels[1::3], self.pixels[2::3], strict=True))

    def save(self, path: Path) -> None:
        """Write the picture as PNG."""
        row = self.width * 3
        raw = b"".join(b"\0" + self.pixels[start : start + row] for start in range(0, len(self.pixels), row))
        header = struct.pack(">IIBBBBB", self.width, self.height, 8, 2, 0, 0, 0)
        chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(raw)), (b"IEND", b""))
        path.write_bytes(
            b"\x89PNG\r\n\x1a\n"
            + b"".join(
                struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
                for kind, body in chunks
            )
        )


class Desktop(Protocol):
    """A screen with windows, each known by a number."""

    def windows(self, title: str) -> list[int]:
        """The visible windows whose title contains this."""

    def title(self, window: int) -> str:
        """A window's title."""

    def picture(self, window: int) -> Picture:
        """What is seen of a window, which must be in front."""

    def close(self, window: int) -> None:
        """Close a window as its closing button does."""


def desktop() -> Desktop:
    """Return the desktop of this system."""
    if sys.platform == "win32":
        from tools.e2e.desktop_windows import WindowsDesktop

        return WindowsDesktop()
    from tools.e2e.desktop_x11 import X11Desktop

    return X11Desktop()


def waited(look: Callable[[], _Found | None], what: str, patience: float = 120, step: float = 0.1) -> _Found:
    """Look until something is found and return it; AssertionError when patience is at its end."""
    deadline = time.monotonic() + patience
    while not (found := look()):
        expect(time.monotonic() < deadline, f"no {what} within {patience} s")
        time.sleep(step)
    return found
