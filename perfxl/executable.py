"""Files inside the running executable that are read where they lie, not unpacked at every start.

PyInstaller's archive stands at the end of the executable, before a signature if there is one. What is added to it as
"PKG" its loader passes over; `tools/bundle/packs.py` adds such files.
"""

from __future__ import annotations

import struct
from pathlib import Path
from typing import NamedTuple

_MARK = b"MEI\014\013\012\013\016"
_COOKIE = struct.Struct("!8sIIII64s")
_ENTRY = struct.Struct("!IIIIBc")
_LONGEST_TAIL = 1 << 20
"""Bytes that may follow the archive: a signature, or on Linux the table of sections."""


class Inside(NamedTuple):
    """A file in an executable: its name and where its bytes lie, stored as they are."""

    name: str
    executable: Path
    offset: int
    length: int

    def read(self) -> bytes:
        """Return the bytes. Raises OSError."""
        with self.executable.open("rb") as file:
            file.seek(self.offset)
            return file.read(self.length)


def find(executable: Path, beginning: str) -> Inside | None:
    """Return the file whose name begins so; None if there is none. Raises OSError."""
    with executable.open("rb") as file:
        size = file.seek(0, 2)
        tail_at = file.seek(max(0, size - _LONGEST_TAIL))
        tail = file.read()
        at = tail.rfind(_MARK)
        if at < 0:
            return None
        _, length, contents_at, contents_length, _, _ = _COOKIE.unpack_from(tail, at)
        start = tail_at + at + _COOKIE.size - length
        file.seek(start + contents_at)
        contents = file.read(contents_length)
    at = 0
    while at < len(contents):
        entry_length, offset, stored, _, packed, _ = _ENTRY.unpack_from(contents, at)
        name = contents[at + _ENTRY.size : at + entry_length].rstrip(b"\0").decode("utf-8")
        if name.startswith(beginning) and not packed:
            return Inside(name, executable, start + offset, stored)
        at += entry_length
    return None
