"""A zip container written anew: parts replaced, dropped or added, every other byte copied as it was packed."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from types import MappingProxyType

from perfxl.workbook.package import (
    CENTRAL,
    DEFLATED,
    DESCRIPTOR,
    END,
    LOCAL,
    STORED,
    UTF8_NAME,
    ZIP64_EXTRA,
    Package,
    data_start,
    extra_fields,
    part_key,
)

_VERSION = 20  # of the format, 2.0: deflated members
_FIRST_DAY = 0x21  # 1 January 1980


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
    replaced = {part_key(name): content for name, content in replaced.items()}
    gone = {part_key(name) for name in dropped}
    bodies: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for member in package.members:
        key = part_key(member.name)
        if key in gone:
            continue
        start, header = data_start(package.data, member)
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
    end = END.pack(
        b"PK\x05\x06", 0, 0, len(directory), len(directory), len(listing), offset, len(package.comment)
    )
    return b"".join((*bodies, listing, end, package.comment))


def _new_member(name: str, content: bytes, offset: int) -> tuple[bytes, bytes, bytes]:
    """Return local header, packed content and directory entry of a part that was not there; its time is none."""
    raw, packed = name.encode("utf-8"), _pack(content, DEFLATED)
    sizes = (zlib.crc32(content), len(packed), len(content))
    head = (_VERSION, UTF8_NAME, DEFLATED, 0, _FIRST_DAY, *sizes, len(raw), 0)
    local = LOCAL.pack(b"PK\x03\x04", *head) + raw
    entry = CENTRAL.pack(b"PK\x01\x02", _VERSION, *head, 0, 0, 0, 0, offset) + raw
    return local, packed, entry


def _pack(content: bytes, method: int) -> bytes:
    if method == STORED:
        return content
    deflater = zlib.compressobj(6, zlib.DEFLATED, -15)
    return deflater.compress(content) + deflater.flush()


def _sized_local(header: bytes, crc: int, packed_size: int, size: int) -> bytes:
    fields = list(LOCAL.unpack_from(header))
    name_end = LOCAL.size + fields[9]
    extra = _without_zip64(header[name_end:])
    fields[2] &= ~DESCRIPTOR
    fields[6:9] = crc, packed_size, size
    fields[10] = len(extra)
    return LOCAL.pack(*fields) + header[LOCAL.size : name_end] + extra


def _sized_entry(entry: bytes, crc: int, packed_size: int, size: int, offset: int) -> bytes:
    fields = list(CENTRAL.unpack_from(entry))
    name_end = CENTRAL.size + fields[10]
    extra_end = name_end + fields[11]
    extra = _without_zip64(entry[name_end:extra_end])
    fields[3] &= ~DESCRIPTOR
    fields[7:10] = crc, packed_size, size
    fields[11] = len(extra)
    fields[13] = 0  # the disk on which the member starts
    fields[16] = offset
    return CENTRAL.pack(*fields) + entry[CENTRAL.size : name_end] + extra + entry[extra_end:]


def _without_zip64(extra: bytes) -> bytes:
    fields = extra_fields(extra)
    if all(identifier != ZIP64_EXTRA for identifier, _ in fields):
        return extra
    return b"".join(
        struct.pack("<2H", identifier, len(content)) + content
        for identifier, content in fields
        if identifier != ZIP64_EXTRA
    )
