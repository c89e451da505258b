"""The OLE2 container of .xls and .et files: its streams by name ([MS-CFB])."""

from __future__ import annotations

import struct
from typing import NamedTuple

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST_SECTOR = 0xFFFFFFFA  # greater numbers are marks: end of chain, free, table
_ENTRY_SIZE = 128
_STREAM, _ROOT = 2, 5
_MINI_SECTOR = 64


class _Entry(NamedTuple):
    kind: int
    start: int
    size: int


class Ole2:
    """An OLE2 container held in memory. Raises ValueError, IndexError or struct.error where it is damaged."""

    def __init__(self, data: bytes) -> None:
        if not data.startswith(SIGNATURE):
            raise ValueError("no OLE2 file")
        self._data = data
        (shift,) = struct.unpack_from("<H", data, 0x1E)
        if shift not in (9, 12):
            raise ValueError(f"sectors of 2**{shift} bytes")
        self._sector_size = 1 << shift
        directory, self._cutoff, mini_table = struct.unpack_from("<L4x2L", data, 0x30)
        self._table = self._sector_table()
        self._entries = _entries(self._chain(directory))
        root = next((entry for entry in self._entries.values() if entry.kind == _ROOT), None)
        self._mini_stream = self._chain(root.start) if root else b""
        self._mini_table = _numbers(self._chain(mini_table))

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._entries

    def stream(self, name: str) -> bytes:
        """Return the content of a stream; KeyError if there is none of that name."""
        entry = self._entries[name.lower()]
        if entry.size >= self._cutoff:
            return self._chain(entry.start)[: entry.size]
        sectors = _followed(self._mini_table, entry.start)
        pieces = (self._mini_stream[at * _MINI_SECTOR : (at + 1) * _MINI_SECTOR] for at in sectors)
        return b"".join(pieces)[: entry.size]

    def _sector(self, number: int) -> bytes:
        return self._data[(number + 1) * self._sector_size : (number + 2) * self._sector_size]

    def _chain(self, start: int) -> bytes:
        return b"".join(map(self._sector, _followed(self._table, start)))

    def _sector_table(self) -> list[int]:
        listed = list(struct.unpack_from("<109L", self._data, 0x4C))
        (following,) = struct.unpack_from("<L", self._data, 0x44)
        for _ in range(len(self._data) // self._sector_size):
            if following >= _LAST_SECTOR:
                break
            more = _numbers(self._sector(following))
            listed += more[:-1]
            following = more[-1]
        sectors = [number for number in listed if number < _LAST_SECTOR]
        if len(sectors) > len(self._data) // self._sector_size:
            raise ValueError("more table sectors than sectors")
        return _numbers(b"".join(map(self._sector, sectors)))


def _followed(table: list[int], start: int) -> list[int]:
    chain: list[int] = []
    while start < _LAST_SECTOR:
        chain.append(start)
        if len(chain) > len(table):
            raise ValueError("a chain of sectors without end")
        start = table[start]
    return chain


def _numbers(content: bytes) -> list[int]:
    count = len(content) // 4
    return list(struct.unpack(f"<{count}L", content[: count * 4]))


def _entries(directory: bytes) -> dict[str, _Entry]:
    found: dict[str, _Entry] = {}
    for at in range(0, len(directory) - _ENTRY_SIZE + 1, _ENTRY_SIZE):
        name_size, kind = struct.unpack_from("<HB", directory, at + 0x40)
        start, size = struct.unpack_from("<2L", directory, at + 0x74)
        if kind in (_STREAM, _ROOT) and 2 <= name_size <= 64:
            name = directory[at : at + name_size - 2].decode("utf-16-le", "replace").lower()
            found.setdefault(name, _Entry(kind, start, size))
    return found
