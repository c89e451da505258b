"""Workbooks taken apart and put together again by hand: what no library writes, the corpus needs."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

CONTENT_TYPES = "[Content_Types].xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_DOCUMENT = "http://purl.oclc.org/ooxml/officeDocument/relationships"


class Parts:
    """The parts of a package in order, to be changed at will."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self.content = {info.filename: archive.read(info) for info in archive.infolist()}

    def text(self, name: str) -> str:
        return self.content[name].decode("utf-8")

    def replace(self, name: str, old: str, new: str) -> Parts:
        """Replace the first occurrence of a piece of a part, which must be there."""
        text = self.text(name)
        assert old in text, f"{old!r} not in {name}"
        self.content[name] = text.replace(old, new, 1).encode("utf-8")
        return self

    def add(self, name: str, content: bytes | str, content_type: str | None = None) -> Parts:
        """Add a part, and its content type if it has one of its own."""
        self.content[name] = content.encode("utf-8") if isinstance(content, str) else content
        if content_type is not None:
            self.replace(
                CONTENT_TYPES,
                "</Types>",
                f'<Override PartName="/{name}" ContentType="{content_type}"/></Types>',
            )
        return self

    def default(self, extension: str, content_type: str) -> Parts:
        """Declare the content type of an extension."""
        return self.replace(
            CONTENT_TYPES,
            "<Override",
            f'<Default Extension="{extension}" ContentType="{content_type}"/><Override',
        )

    def relate(self, part: str, identifier: str, kind: str, target: str) -> Parts:
        """Add a relationship to a part."""
        folder, _, base = part.rpartition("/")
        name = f"{folder}/_rels/{base}.rels"
        link = f'<Relationship Id="{identifier}" Type="{kind}" Target="{target}"/>'
        if name not in self.content:
            space = "http://schemas.openxmlformats.org/package/2006/relationships"
            self.content[name] = f'<Relationships xmlns="{space}"></Relationships>'.encode()
        return self.replace(name, "</Relationships>", link + "</Relationships>")

    def data(self) -> bytes:
        """The package, deflated by the standard library."""
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in self.content.items():
                archive.writestr(
                    zipfile.ZipInfo(name, (2023, 3, 14, 9, 26, 52)), content, zipfile.ZIP_DEFLATED
                )
        return stream.getvalue()


def raw_zip(
    members: list[tuple[bytes, bytes]], *, descriptors: bool = False, zip64: bool = False, prefix: bytes = b""
) -> bytes:
    """A zip written field by field: raw names, sizes in data descriptors or zip64 fields, junk before the first."""
    body = bytearray(prefix)
    directory = bytearray()
    for name, content in members:
        deflater = zlib.compressobj(6, zlib.DEFLATED, -15)
        packed = deflater.compress(content) + deflater.flush()
        crc, flags, offset = zlib.crc32(content), 8 if descriptors else 0, len(body) - len(prefix)
        sizes = (len(packed), len(content))
        extra = struct.pack("<2H2Q", 1, 16, sizes[1], sizes[0]) if zip64 else b""
        local_sizes = (0xFFFFFFFF, 0xFFFFFFFF) if zip64 else (0, 0) if descriptors else sizes
        version = 45 if zip64 else 20
        stamp = (0x4B3A, 0x566E)
        body += struct.pack(
            "<4s5H3L2H", b"PK\x03\x04", version, flags, 8, *stamp, 0 if descriptors else crc, *local_sizes,
            len(name), len(extra),
        )  # fmt: skip
        body += name + extra + packed
        if descriptors:
            body += struct.pack("<4sL2Q" if zip64 else "<4s3L", b"PK\x07\x08", crc, *sizes)
        directory += struct.pack(
            "<4s6H3L5H2L", b"PK\x01\x02", version, version, flags, 8, *stamp, crc,
            *((0xFFFFFFFF, 0xFFFFFFFF) if zip64 else sizes), len(name), len(extra), 0, 0, 0, 0, offset,
        )  # fmt: skip
        directory += name + extra
    start = len(body) - len(prefix)
    count = len(members)
    tail = b""
    if zip64:
        tail = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, len(directory), start)
        tail += struct.pack("<4sLQL", b"PK\x06\x07", 0, start + len(directory), 1)
    end = struct.pack(
        "<4s4H2LH", b"PK\x05\x06", 0, 0, 0xFFFF if zip64 else count, 0xFFFF if zip64 else count,
        0xFFFFFFFF if zip64 else len(directory), 0xFFFFFFFF if zip64 else start, 0,
    )  # fmt: skip
    return bytes(body + directory) + tail + end
