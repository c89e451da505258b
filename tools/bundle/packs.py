"""What the executables carry aside: as a folder of its own, or packed into one file that is unpacked when needed.

`perfxl/carried.py` is the other side.
"""

from __future__ import annotations

import hashlib
import importlib.util
import lzma
import marshal
import shutil
import tarfile
import zlib
from collections.abc import Callable, Iterable
from io import BytesIO
from pathlib import Path

from perfxl.carried import MANIFEST, Pack, extent
from tools.bundle.contents import Entry

NOT_UNPACKED = "PKG"
"""PyInstaller's kind of entry that stands in the executable as it is, and that its loader passes over."""


def lay_out(entries: Iterable[Entry], folder: Path) -> Path:
    """Write modules (compiled) and files below a fresh folder, importable from there; return it.

    Second names of libraries, which on Linux lie where the loader of the program looks, are left out: within a folder
    of their own libraries find each other.
    """
    shutil.rmtree(folder, ignore_errors=True)
    for name, source, kind in entries:
        if kind == "SYMLINK" or source in ("-", "", None):
            continue
        if kind.startswith("PYMODULE"):
            path = Path(source)
            inside = name.replace(".", "/") + ("/__init__" if path.stem == "__init__" else "")
            target = folder / f"{inside}.pyc"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(_compiled(path, f"{inside}.py"))
        else:
            target = folder / name.replace("\\", "/")
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
    (folder / MANIFEST).write_text("{} {}".format(*extent(folder)), encoding="ascii")
    return folder


def smallest(plain: bytes) -> tuple[bytes, str]:
    """Pack what is unpacked rarely, with the ending that says how: half the size, five times the time."""
    # The first filter makes addresses within machine code alike, so that they pack better. Higher presets take five
    # times as long for a tenth less.
    filters = [{"id": lzma.FILTER_X86}, {"id": lzma.FILTER_LZMA2, "preset": 1, "dict_size": 1 << 25}]
    return lzma.compress(plain, lzma.FORMAT_XZ, filters=filters), "tar.xz"


def soonest(plain: bytes) -> tuple[bytes, str]:
    """Pack what someone waits for while it is unpacked, with the ending that says how."""
    packer = zlib.compressobj(9, wbits=zlib.MAX_WBITS + 16)
    return packer.compress(plain) + packer.flush(), "tar.gz"


def packed(pack: Pack, folder: Path, target_folder: Path, how: Callable[[bytes], tuple[bytes, str]]) -> Entry:
    """Pack a folder into one file named by its content, the same for the same content; return the entry for it."""
    plain = BytesIO()
    with tarfile.open(fileobj=plain, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for path in sorted(file for file in folder.rglob("*") if file.is_file()):
            member = tarfile.TarInfo(path.relative_to(folder).as_posix())
            member.size, member.mode = path.stat().st_size, 0o644
            with path.open("rb") as file:
                archive.addfile(member, file)
    small, ending = how(plain.getvalue())
    target = target_folder / f"{pack.name}-{hashlib.sha256(small).hexdigest()[:16]}.{ending}"
    target.write_bytes(small)
    return target.name, str(target), NOT_UNPACKED


def as_entries(pack: Pack, folder: Path) -> list[Entry]:
    """Return the entries that carry the laid out folder as it is."""
    return [
        (f"{pack.name}/{path.relative_to(folder).as_posix()}", str(path), "DATA")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    ]


def _compiled(source: Path, name: str) -> bytes:
    """Compile a module as a file that is valid whatever became of its source, under a name that names no machine."""
    code = compile(source.read_bytes(), name, "exec", dont_inherit=True, optimize=0)
    unchecked = (1).to_bytes(4, "little")
    return importlib.util.MAGIC_NUMBER + unchecked + bytes(8) + marshal.dumps(code)
