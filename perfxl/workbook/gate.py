"""The gate: what a file is, judged by its content and never by its extension."""

from __future__ import annotations

import re
from enum import Enum

from perfxl.workbook.errors import Unreadable, UnreadableWorkbook
from perfxl.workbook.limits import LIMITS, Limits
from perfxl.workbook.markup import root_name
from perfxl.workbook.package import Package
from perfxl.workbook.parts import main_part


class Container(Enum):
    """The formats that can be read."""

    OOXML = "xlsx"
    BIFF = "xls"  # .et of WPS has the same inside
    ODS = "ods"
    XLSB = "xlsb"


_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_HEAD = 4096

_SIGNATURES: tuple[tuple[bytes, Unreadable], ...] = (
    (b"%PDF", Unreadable.DOCUMENT),
    (b"{\\rtf", Unreadable.DOCUMENT),
    (b"Rar!", Unreadable.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", Unreadable.ARCHIVE),
    (b"\x1f\x8b", Unreadable.ARCHIVE),
    (b"%TSD-Header-###%", Unreadable.ENCRYPTED),
    (b"\x89PNG", Unreadable.OTHER),
    (b"\xff\xd8\xff", Unreadable.OTHER),
    (b"GIF8", Unreadable.OTHER),
)
_HTML = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|table|meta|div|style|script)\b|^mime-version:", re.IGNORECASE
)
# Names of streams in the directory of an OLE2 file, whose entries are 128 bytes long and aligned so.
_ENCRYPTED_STREAMS = ("EncryptedPackage", "EncryptionInfo")
_WORKBOOK_STREAMS = ("Workbook", "Book", "WORKBOOK", "BOOK")
# Spreadsheets in a zip that are none of ours: 标文通 (UOF), Apple's Numbers.
_FOREIGN_MEMBERS = ("uof.xml", "Index.zip", "Index/Document.iwa")
_DOCUMENT_STREAMS = ("WordDocument", "PowerPoint Document", "PP97_DUALSTORAGE")


def identify(data: bytes, name: str = "", limits: Limits = LIMITS) -> Container:
    """Return the format of a file's bytes; `name` only tells a lock file ("~$…") from a damaged workbook.

    Raises UnreadableWorkbook for everything that is not one of the readable formats.
    """
    if not data:
        raise UnreadableWorkbook(Unreadable.EMPTY)
    if len(data) > limits.file_size:
        raise UnreadableWorkbook(Unreadable.TOO_LARGE, f"{len(data)} bytes")
    if data.startswith(_OLE2):
        return _identify_ole2(data)
    if data.startswith(_ZIP) or _is_zip_behind_junk(data, limits):
        return _identify_zip(data, limits)
    if name.startswith("~$"):
        raise UnreadableWorkbook(Unreadable.LOCK_FILE)
    raise UnreadableWorkbook(_reason_of_refusal(data))


def _is_zip_behind_junk(data: bytes, limits: Limits) -> bool:
    try:
        return bool(Package(data, limits).members)
    except UnreadableWorkbook:
        return False


def _identify_zip(data: bytes, limits: Limits) -> Container:
    package = Package(data, limits)
    if any(member.flags & 1 for member in package.members):
        raise UnreadableWorkbook(Unreadable.ENCRYPTED)
    if "mimetype" in package:
        mime = package.part("mimetype").strip()
        if mime.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
            if "META-INF/manifest.xml" in package and b"encryption-data" in package.part(
                "META-INF/manifest.xml"
            ):
                raise UnreadableWorkbook(Unreadable.ENCRYPTED)
            return Container.ODS
        raise UnreadableWorkbook(Unreadable.DOCUMENT)
    main = main_part(package)
    if main is None:
        raise UnreadableWorkbook(_reason_for_zip(package))
    if main.endswith(".bin"):
        return Container.XLSB
    if root_name(package.xml(main)) == "workbook":
        return Container.OOXML
    raise UnreadableWorkbook(Unreadable.DOCUMENT)


def _reason_for_zip(package: Package) -> Unreadable:
    if "[Content_Types].xml" in package:
        return Unreadable.DAMAGED
    if any(name in package for name in _FOREIGN_MEMBERS):
        return Unreadable.OTHER
    return Unreadable.ARCHIVE


def _identify_ole2(data: bytes) -> Container:
    if _has_stream(data, _ENCRYPTED_STREAMS):
        raise UnreadableWorkbook(Unreadable.ENCRYPTED)
    if _has_stream(data, _WORKBOOK_STREAMS):
        return Container.BIFF
    raise UnreadableWorkbook(
        Unreadable.DOCUMENT if _has_stream(data, _DOCUMENT_STREAMS) else Unreadable.DAMAGED
    )


def _has_stream(data: bytes, names: tuple[str, ...]) -> bool:
    for name in names:
        encoded = name.encode("utf-16-le") + b"\x00\x00"
        at = data.find(encoded)
        while at >= 0:
            if at % 128 == 0:
                return True
            at = data.find(encoded, at + 1)
    return False


def _reason_of_refusal(data: bytes) -> Unreadable:
    for signature, reason in _SIGNATURES:
        if data.startswith(signature):
            return reason
    if b"E-SafeNet" in data[:512]:  # transparent encryption of some offices
        return Unreadable.ENCRYPTED
    if not data.strip(b"\x00"):
        return Unreadable.ZEROS
    head = _as_ascii_text(data[:_HEAD])
    if head is None:
        return Unreadable.OTHER
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head:
        return Unreadable.XML_2003
    if _HTML.search(head):
        return Unreadable.HTML
    if b"office:document" in head or head.lstrip().startswith(b"<?xml"):
        return Unreadable.OTHER
    return Unreadable.TEXT


def _as_ascii_text(head: bytes) -> bytes | None:
    """Return the beginning of a text file without its byte order mark, in UTF-8 or as it is; None if it is no text."""
    for mark, codec in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if head.startswith(mark):
            return head[2:].decode(codec, "ignore").encode("utf-8", "ignore")
    head = head.removeprefix(b"\xef\xbb\xbf")
    control = sum(byte < 32 and byte not in b"\t\n\r\f\x1a" for byte in head)
    return head if control == 0 else None
