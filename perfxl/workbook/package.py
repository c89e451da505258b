"""The zip container of a workbook: its directory as written, parts on demand, relationships between parts.

The standard zipfile module is not used: it decodes and re-encodes member names (GBK names break) and costs
start-up time. Everything here keeps the raw bytes, so that `repack.rewrite` can copy members untouched.
"""

from __future__ import annotations

import posixpath
import re
import struct
import zlib
from typing import NamedTuple

from perfxl.workbook.errors import Unreadable, UnreadableWorkbook
from perfxl.workbook.limits import LIMITS, Limits
from perfxl.workbook.markup import as_utf8, local_name, new_parser, parse

# The headers of a member and of the directory, as the format lays them down (APPNOTE 6.3, 4.3).
LOCAL = struct.Struct("<4s5H3L2H")
CENTRAL = struct.Struct("<4s6H3L5H2L")
END = struct.Struct("<4s4H2LH")
_END64_LOCATOR = struct.Struct("<4sLQL")
_END64 = struct.Struct("<4sQ2H2L4Q")
_ENCRYPTED, DESCRIPTOR, UTF8_NAME = 0x0001, 0x0008, 0x0800
"""Flags of a member: its content is encrypted, its sizes stand behind it, its name is UTF-8."""
STORED, DEFLATED = 0, 8
"""How a member is packed."""
ZIP64_EXTRA = 0x0001
_PERCENT = re.compile(rb"%([0-9A-Fa-f]{2})")


class Member(NamedTuple):
    """One entry of the zip directory. `directory_entry` holds its raw bytes, `header_offset` counts from byte 0."""

    name: str
    flags: int
    method: int
    crc: int
    packed_size: int
    size: int
    header_offset: int
    directory_entry: bytes


class Relationship(NamedTuple):
    """A link from one part to another. `kind` is the last word of its type ("worksheet"), the same for strict files."""

    identifier: str
    kind: str
    target: str
    external: bool


class Package:
    """A zip container held in memory; opening it reads only the directory.

    Raises UnreadableWorkbook from every method for a damaged, encrypted or oversized container.
    """

    def __init__(self, data: bytes, limits: Limits = LIMITS) -> None:
        self.data = data
        self.limits = limits
        self.members, self.comment = _read_directory(data, limits)
        self._by_name = _by_name(self.members)

    def __contains__(self, name: str) -> bool:
        return part_key(name) in self._by_name

    def member(self, name: str) -> Member:
        """Return the directory entry of a part; UnreadableWorkbook if the part is missing."""
        try:
            return self._by_name[part_key(name)]
        except KeyError:
            raise UnreadableWorkbook(Unreadable.DAMAGED, f"missing part {name}") from None

    def part(self, name: str) -> bytes:
        """Return a part unpacked, its checksum verified."""
        member = self.member(name)
        if member.flags & _ENCRYPTED:
            raise UnreadableWorkbook(Unreadable.ENCRYPTED)
        if member.size > self.limits.unpacked_part:
            raise UnreadableWorkbook(Unreadable.TOO_LARGE, f"{name}: {member.size} bytes")
        if member.size > max(self.limits.ratio_from, self.limits.ratio * member.packed_size):
            raise UnreadableWorkbook(
                Unreadable.TOO_LARGE, f"{name}: packed {member.packed_size}, {member.size} bytes"
            )
        content = _unpack(self.packed(name), member)
        if zlib.crc32(content) != member.crc:
            raise UnreadableWorkbook(Unreadable.DAMAGED, f"checksum of {name}")
        return content

    def packed(self, name: str) -> bytes:
        """Return a part as it is packed."""
        member = self.member(name)
        start, _ = data_start(self.data, member)
        return self.data[start : start + member.packed_size]

    def xml(self, name: str) -> bytes:
        """Return an XML part as UTF-8."""
        return as_utf8(self.part(name))

    def relationships(self, part: str) -> dict[str, Relationship]:
        """Return the relationships of a part ("" for the package itself) by identifier; none if it has no such part."""
        folder, _, base = part.rpartition("/")
        name = f"{folder}/_rels/{base}.rels" if folder else f"_rels/{base}.rels"
        if name not in self:
            return {}
        found: dict[str, Relationship] = {}

        def start(tag: str, attributes: dict[str, str]) -> None:
            if local_name(tag) != "Relationship":
                return
            external = attributes.get("TargetMode") == "External"
            target = attributes.get("Target", "")
            identifier = attributes.get("Id", "")
            kind = attributes.get("Type", "").rpartition("/")[2]
            found[identifier] = Relationship(
                identifier, kind, target if external else self._resolve(folder, target), external
            )

        parser = new_parser()
        parser.StartElementHandler = start
        parse(parser, self.xml(name))
        return found

    def _resolve(self, folder: str, target: str) -> str:
        target = target.replace("\\", "/")
        path = target if target.startswith("/") else f"/{folder}/{target}"
        name = posixpath.normpath(path).lstrip("/")
        if name not in self and "%" in name:
            unquoted = _PERCENT.sub(lambda match: bytes([int(match.group(1), 16)]), name.encode())
            return unquoted.decode("utf-8", "replace")
        return name


def part_key(name: str) -> str:
    """Return what stands for a part's name: names are compared without regard to case (ECMA-376 part 2, 6.2.2.3)."""
    return name.lower()


def _by_name(members: tuple[Member, ...]) -> dict[str, Member]:
    found: dict[str, Member] = {}
    for member in members:
        if member.name.endswith("/"):
            continue
        key = part_key(member.name)
        if key in found:
            raise UnreadableWorkbook(Unreadable.DAMAGED, f"two parts named {member.name}")
        found[key] = member
    return found


def _read_directory(data: bytes, limits: Limits) -> tuple[tuple[Member, ...], bytes]:
    end = data.rfind(b"PK\x05\x06", max(0, len(data) - 65_557 - 4096))
    if end < 0 or end + END.size > len(data):
        raise UnreadableWorkbook(Unreadable.TRUNCATED, "no end of directory")
    _, _, _, _, count, size, offset, comment_size = END.unpack_from(data, end)
    comment = data[end + END.size : end + END.size + comment_size]
    directory_end = end
    locator = end - _END64_LOCATOR.size
    if locator >= 0 and data.startswith(b"PK\x06\x07", locator):
        _, _, end64, _ = _END64_LOCATOR.unpack_from(data, locator)
        # Junk before the first member shifts every stored offset, this one too.
        if not data.startswith(b"PK\x06\x06", end64):
            end64 = data.rfind(b"PK\x06\x06", 0, locator)
        if end64 < 0 or end64 + _END64.size > locator:
            raise UnreadableWorkbook(Unreadable.DAMAGED, "zip64 directory")
        count, size, offset = _END64.unpack_from(data, end64)[7:10]
        directory_end = end64
    start = directory_end - size
    shift = start - offset
    if start < 0 or shift < 0:
        raise UnreadableWorkbook(Unreadable.TRUNCATED, "directory lies outside the file")
    if count > limits.members:
        raise UnreadableWorkbook(Unreadable.TOO_LARGE, f"{count} members")
    members = _directory_entries(data, start, directory_end, count, shift)
    if sum(member.packed_size for member in members) > len(data):
        raise UnreadableWorkbook(Unreadable.DAMAGED, "overlapping members")
    if sum(member.size for member in members) > limits.unpacked_total:
        raise UnreadableWorkbook(Unreadable.TOO_LARGE, "unpacked size")
    return members, comment


def _directory_entries(data: bytes, start: int, end: int, count: int, shift: int) -> tuple[Member, ...]:
    members: list[Member] = []
    at = start
    for _ in range(count):
        if at + CENTRAL.size > end or not data.startswith(b"PK\x01\x02", at):
            raise UnreadableWorkbook(Unreadable.DAMAGED, "directory entry")
        fields = CENTRAL.unpack_from(data, at)
        flags, method, crc, packed_size, size = fields[3], fields[4], fields[7], fields[8], fields[9]
        name_size, extra_size, note_size, offset = fields[10], fields[11], fields[12], fields[16]
        name_end = at + CENTRAL.size + name_size
        following = name_end + extra_size + note_size
        if following > end:
            raise UnreadableWorkbook(Unreadable.DAMAGED, "directory entry")
        raw_name = data[at + CENTRAL.size : name_end]
        if 0xFFFFFFFF in (packed_size, size, offset):
            wide = _wide_fields(data[name_end : name_end + extra_size])
            size = wide.pop(0) if size == 0xFFFFFFFF and wide else size
            packed_size = wide.pop(0) if packed_size == 0xFFFFFFFF and wide else packed_size
            offset = wide.pop(0) if offset == 0xFFFFFFFF and wide else offset
        members.append(
            Member(
                _decode_name(raw_name, flags),
                flags,
                method,
                crc,
                packed_size,
                size,
                offset + shift,
                data[at:following],
            )
        )
        at = following
    return tuple(members)


def _wide_fields(extra: bytes) -> list[int]:
    for identifier, content in extra_fields(extra):
        if identifier == ZIP64_EXTRA:
            return [int.from_bytes(content[i : i + 8], "little") for i in range(0, len(content) - 7, 8)]
    return []


def extra_fields(extra: bytes) -> list[tuple[int, bytes]]:
    """Return the fields of a header's extra part: identifier and content."""
    found: list[tuple[int, bytes]] = []
    at = 0
    while at + 4 <= len(extra):
        identifier, size = struct.unpack_from("<2H", extra, at)
        found.append((identifier, extra[at + 4 : at + 4 + size]))
        at += 4 + size
    return found


def _decode_name(raw: bytes, flags: int) -> str:
    # Chinese archivers write names in GBK without saying so.
    for codec in ("utf-8",) if flags & UTF8_NAME else ("utf-8", "gb18030"):
        try:
            return raw.decode(codec).replace("\\", "/").removeprefix("/")
        except UnicodeDecodeError:
            continue
    return raw.decode("cp437").replace("\\", "/").removeprefix("/")


def data_start(data: bytes, member: Member) -> tuple[int, bytes]:
    """Return where a member's packed bytes begin, and its raw local header with name and extra fields."""
    offset = member.header_offset
    if not data.startswith(b"PK\x03\x04", offset) or offset + LOCAL.size > len(data):
        raise UnreadableWorkbook(Unreadable.DAMAGED, f"header of {member.name}")
    fields = LOCAL.unpack_from(data, offset)
    start = offset + LOCAL.size + fields[9] + fields[10]
    if start + member.packed_size > len(data):
        raise UnreadableWorkbook(Unreadable.TRUNCATED, f"content of {member.name}")
    return start, data[offset:start]


def _unpack(packed: bytes, member: Member) -> bytes:
    if member.method == STORED:
        content = packed
    elif member.method == DEFLATED:
        inflater = zlib.decompressobj(-15)
        try:
            content = inflater.decompress(packed, member.size + 1)
        except zlib.error as error:
            raise UnreadableWorkbook(Unreadable.DAMAGED, f"{member.name}: {error}") from error
    else:
        raise UnreadableWorkbook(Unreadable.DAMAGED, f"{member.name}: compression method {member.method}")
    if len(content) != member.size:
        raise UnreadableWorkbook(Unreadable.DAMAGED, f"size of {member.name}")
    return content
