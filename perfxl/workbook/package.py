"""The zip container of a workbook: its directory as written, parts on demand, relationships between parts.

The standard zipfile module is not used: it decodes and re-encodes member names (GBK names break) and costs
start-up time. Everything here keeps the raw bytes, so that `rewrite` can copy members untouched.
"""

from __future__ import annotations

import posixpath
import re
import struct
import zlib
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from perfxl.workbook.errors import Unreadable, UnreadableWorkbook
from perfxl.workbook.limits import LIMITS, Limits
from perfxl.workbook.markup import as_utf8, local_name, new_parser, parse

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_END64_LOCATOR = struct.Struct("<4sLQL")
_END64 = struct.Struct("<4sQ2H2L4Q")
_ENCRYPTED = 0x0001
_DESCRIPTOR = 0x0008
_UTF8_NAME = 0x0800
_STORED = 0
_DEFLATED = 8
_ZIP64_EXTRA = 0x0001
_VERSION = 20  # of the format, 2.0: deflated members
_FIRST_DAY = 0x21  # 1 January 1980
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
        return _key(name) in self._by_name

    def member(self, name: str) -> Member:
        """Return the directory entry of a part; UnreadableWorkbook if the part is missing."""
        try:
            return self._by_name[_key(name)]
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
        start, _ = _data_start(self.data, member)
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


def _key(name: str) -> str:
    # Part names are compared without regard to case (ECMA-376 part 2, 6.2.2.3).
    return name.lower()


def _by_name(members: tuple[Member, ...]) -> dict[str, Member]:
    found: dict[str, Member] = {}
    for member in members:
        if member.name.endswith("/"):
            continue
        key = _key(member.name)
        if key in found:
            raise UnreadableWorkbook(Unreadable.DAMAGED, f"two parts named {member.name}")
        found[key] = member
    return found


def _read_directory(data: bytes, limits: Limits) -> tuple[tuple[Member, ...], bytes]:
    end = data.rfind(b"PK\x05\x06", max(0, len(data) - 65_557 - 4096))
    if end < 0 or end + _END.size > len(data):
        raise UnreadableWorkbook(Unreadable.TRUNCATED, "no end of directory")
    _, _, _, _, count, size, offset, comment_size = _END.unpack_from(data, end)
    comment = data[end + _END.size : end + _END.size + comment_size]
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
        if at + _CENTRAL.size > end or not data.startswith(b"PK\x01\x02", at):
            raise UnreadableWorkbook(Unreadable.DAMAGED, "directory entry")
        fields = _CENTRAL.unpack_from(data, at)
        flags, method, crc, packed_size, size = fields[3], fields[4], fields[7], fields[8], fields[9]
        name_size, extra_size, note_size, offset = fields[10], fields[11], fields[12], fields[16]
        name_end = at + _CENTRAL.size + name_size
        following = name_end + extra_size + note_size
        if following > end:
            raise UnreadableWorkbook(Unreadable.DAMAGED, "directory entry")
        raw_name = data[at + _CENTRAL.size : name_end]
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
    for identifier, content in _extra_fields(extra):
        if identifier == _ZIP64_EXTRA:
            return [int.from_bytes(content[i : i + 8], "little") for i in range(0, len(content) - 7, 8)]
    return []


def _extra_fields(extra: bytes) -> list[tuple[int, bytes]]:
    found: list[tuple[int, bytes]] = []
    at = 0
    while at + 4 <= len(extra):
        identifier, size = struct.unpack_from("<2H", extra, at)
        found.append((identifier, extra[at + 4 : at + 4 + size]))
        at += 4 + size
    return found


def _decode_name(raw: bytes, flags: int) -> str:
    # Chinese archivers write names in GBK without saying so.
    for codec in ("utf-8",) if flags & _UTF8_NAME else ("utf-8", "gb18030"):
        try:
            return raw.decode(codec).replace("\\", "/").removeprefix("/")
        except UnicodeDecodeError:
            continue
    return raw.decode("cp437").replace("\\", "/").removeprefix("/")


def _data_start(data: bytes, member: Member) -> tuple[int, bytes]:
    """Return where a member's packed bytes begin, and its raw local header with name and extra fields."""
    offset = member.header_offset
    if not data.startswith(b"PK\x03\x04", offset) or offset + _LOCAL.size > len(data):
        raise UnreadableWorkbook(Unreadable.DAMAGED, f"header of {member.name}")
    fields = _LOCAL.unpack_from(data, offset)
    start = offset + _LOCAL.size + fields[9] + fields[10]
    if start + member.packed_size > len(data):
        raise UnreadableWorkbook(Unreadable.TRUNCATED, f"content of {member.name}")
    return start, data[offset:start]


def _unpack(packed: bytes, member: Member) -> bytes:
    if member.method == _STORED:
        content = packed
    elif member.method == _DEFLATED:
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


def rewrite(
    package: Package,
    replaced: Mapping[str, bytes],
    dropped: frozenset[str] = frozenset(),
    added: Mapping[str, bytes] = MappingProxyType({}),
) -> bytes:
    """Return the container with some parts replaced, dropped or added, every other member copied as it is packed.

    Names, order, compression, time stamps and extra fields stay; what is added stands at the end. Only what
    depends on the container is made anew: offsets, and sizes that stood in a data descriptor or a zip64 field.
    """
    replaced = {_key(name): content for name, content in replaced.items()}
    gone = {_key(name) for name in dropped}
    bodies: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for member in package.members:
        key = _key(member.name)
        if key in gone:
            continue
        start, header = _data_start(package.data, member)
        if key in replaced:
            content = replaced[key]
            packed = _pack(content, member.method)
            crc, size = zlib.crc32(content), len(content)
        else:
            packed = package.data[start : start + member.packed_size]
            crc, size = member.crc, member.size
        local = _sized_local(header, crc, len(packed), size)
        bodies += (local, packed)
        directory.append(_sized_entry(member.directory_entry, crc, len(packed), size, offset))
        offset += len(local) + len(packed)
    for name, content in added.items():
        local, packed, entry = _new_member(name, content, offset)
        bodies += (local, packed)
        directory.append(entry)
        offset += len(local) + len(packed)
    listing = b"".join(directory)
    end = _END.pack(
        b"PK\x05\x06", 0, 0, len(directory), len(directory), len(listing), offset, len(package.comment)
    )
    return b"".join((*bodies, listing, end, package.comment))


def _new_member(name: str, content: bytes, offset: int) -> tuple[bytes, bytes, bytes]:
    """Return local header, packed content and directory entry of a part that was not there; its time is none."""
    raw, packed = name.encode("utf-8"), _pack(content, _DEFLATED)
    sizes = (zlib.crc32(content), len(packed), len(content))
    head = (_VERSION, _UTF8_NAME, _DEFLATED, 0, _FIRST_DAY, *sizes, len(raw), 0)
    local = _LOCAL.pack(b"PK\x03\x04", *head) + raw
    entry = _CENTRAL.pack(b"PK\x01\x02", _VERSION, *head, 0, 0, 0, 0, offset) + raw
    return local, packed, entry


def _pack(content: bytes, method: int) -> bytes:
    if method == _STORED:
        return content
    deflater = zlib.compressobj(6, zlib.DEFLATED, -15)
    return deflater.compress(content) + deflater.flush()


def _sized_local(header: bytes, crc: int, packed_size: int, size: int) -> bytes:
    fields = list(_LOCAL.unpack_from(header))
    name_end = _LOCAL.size + fields[9]
    extra = _without_zip64(header[name_end:])
    fields[2] &= ~_DESCRIPTOR
    fields[6:9] = crc, packed_size, size
    fields[10] = len(extra)
    return _LOCAL.pack(*fields) + header[_LOCAL.size : name_end] + extra


def _sized_entry(entry: bytes, crc: int, packed_size: int, size: int, offset: int) -> bytes:
    fields = list(_CENTRAL.unpack_from(entry))
    name_end = _CENTRAL.size + fields[10]
    extra_end = name_end + fields[11]
    extra = _without_zip64(entry[name_end:extra_end])
    fields[3] &= ~_DESCRIPTOR
    fields[7:10] = crc, packed_size, size
    fields[11] = len(extra)
    fields[13] = 0  # the disk on which the member starts
    fields[16] = offset
    return _CENTRAL.pack(*fields) + entry[_CENTRAL.size : name_end] + extra + entry[extra_end:]


def _without_zip64(extra: bytes) -> bytes:
    fields = _extra_fields(extra)
    if all(identifier != _ZIP64_EXTRA for identifier, _ in fields):
        return extra
    return b"".join(
        struct.pack("<2H", identifier, len(content)) + content
        for identifier, content in fields
        if identifier != _ZIP64_EXTRA
    )
