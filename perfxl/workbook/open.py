"""The one door: a workbook of any readable format becomes a grid of cells."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.parsers.expat import ExpatError

from perfxl.workbook.errors import Unreadable, UnreadableWorkbook
from perfxl.workbook.gate import Container, identify
from perfxl.workbook.grid import Workbook
from perfxl.workbook.limits import LIMITS, Limits
from perfxl.workbook.package import Package
from perfxl.workbook.parts import find_parts, main_part
from perfxl.workbook.sheet import Allowance, read_sheet
from perfxl.workbook.strings import read_shared_strings
from perfxl.workbook.styles import read_number_formats

# What the standard library raises on bytes that are not what they claim to be. The parsing modules
# refuse what they expect; a number that is none, deep in an attribute nobody reads twice, ends here.
_SIGNS_OF_DAMAGE = (
    ValueError,
    ArithmeticError,
    LookupError,
    ExpatError,
    zlib.error,
    struct.error,
    MemoryError,
)


@contextmanager
def damage_refused() -> Iterator[None]:
    """Turn what the standard library raises on damaged bytes into UnreadableWorkbook."""
    try:
        yield
    except _SIGNS_OF_DAMAGE as error:
        raise UnreadableWorkbook(Unreadable.DAMAGED, repr(error)) from error


def open_workbook(path: Path, limits: Limits = LIMITS) -> Workbook:
    """Return the workbook in a file (.xlsx, .xlsm, .xltx, .xls, .et, .ods, .xlsb, told apart by content).

    Raises UnreadableWorkbook, and nothing else, for whatever stands at the path.
    """
    return read_workbook(read_file(path, limits), path.name, limits)


def read_file(path: Path, limits: Limits = LIMITS) -> bytes:
    """Return the bytes of a file; UnreadableWorkbook if it is absent, locked, too large, or no file."""
    try:
        if path.exists() and not path.is_file():
            raise UnreadableWorkbook(Unreadable.NOT_A_FILE)
        with path.open("rb") as file:
            data = file.read(limits.file_size + 1)
    except FileNotFoundError as error:
        raise UnreadableWorkbook(Unreadable.NOT_FOUND) from error
    except (OSError, ValueError) as error:  # ValueError: a null character in the name
        raise UnreadableWorkbook(Unreadable.NO_PERMISSION, str(error)) from error
    return data


def read_workbook(data: bytes, name: str, limits: Limits = LIMITS) -> Workbook:
    """Return the workbook in a file's bytes; `name` is the file's name. Raises UnreadableWorkbook and nothing else."""
    with damage_refused():
        container = identify(data, name, limits)
        if container is Container.OOXML:
            return _read_ooxml(data, name, limits)
        if container is Container.ODS:
            return _read_ods(data, name, limits)
    # Old and binary formats are read in another process, by a library that loads only then.
    from perfxl.workbook.legacy import read_legacy

    return read_legacy(data, name, container, limits)


def _read_ods(data: bytes, name: str, limits: Limits) -> Workbook:
    from perfxl.workbook.ods import read_ods_sheets

    return Workbook(name, read_ods_sheets(Package(data, limits).xml("content.xml"), limits), "ods")


def _read_ooxml(data: bytes, name: str, limits: Limits) -> Workbook:
    package = Package(data, limits)
    main = main_part(package)
    assert main is not None  # the gate has seen it
    parts = find_parts(package, main)
    strings = read_shared_strings(package.xml(parts.shared_strings), limits) if parts.shared_strings else ()
    formats = read_number_formats(package.xml(parts.styles)) if parts.styles else ()
    allowance = Allowance(limits)
    return Workbook(
        name,
        tuple(
            read_sheet(
                package.xml(sheet.part),
                sheet.name,
                strings=strings,
                formats=formats,
                hidden=sheet.hidden,
                limits=limits,
                allowance=allowance,
            )._replace(texts=sheet.texts)
            for sheet in parts.sheets
        ),
        recalculated=parts.recalculated,
        macros=any(link.kind == "vbaProject" for link in package.relationships(main).values()),
        content=data,
    )
