"""The officer's file that something is written into: opened, backed up, recognised as the one to be written."""

from __future__ import annotations

from pathlib import Path

from perfxl.paths import marked
from perfxl.workbook.errors import NotWritten, WriteFailed
from perfxl.workbook.gate import Container, identify
from perfxl.workbook.package import Package
from perfxl.workbook.save import write_new


def package_to_write(data: bytes, name: str) -> Package:
    """Return the package of a file that can be written into; WriteFailed for an old format."""
    if identify(data, name) is not Container.OOXML:
        raise WriteFailed(
            NotWritten.LEGACY_FORMAT,
            f"“{name}”是旧格式，无法原样写回：请在 Excel/WPS 中打开，另存为 .xlsx 后再试。",
        )
    return Package(data)


def is_same_file(source: Path, target: Path) -> bool:
    """Whether both paths lead to one file that is there."""
    try:
        return source.samefile(target)
    except OSError:
        return False


def back_up(source: Path, data: bytes) -> Path:
    """Write a copy beside the source, under a name that no file has yet: 原名.备份.xlsx, 原名.备份2.xlsx, …"""
    number = 1
    while True:
        backup = marked(source, f".备份{number if number > 1 else ''}")
        try:
            write_new(backup, data)
        except FileExistsError:
            number += 1
        else:
            return backup


def signed(package: Package) -> bool:
    """Whether the package bears a digital signature, which any change breaks."""
    return any(member.name.lower().startswith("_xmlsignatures/") for member in package.members)
