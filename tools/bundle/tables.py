"""The table libraries, set aside: as a folder of their own, or packed into one file that is unpacked when needed.

pandas with numpy and OpenBLAS is four times as large as the rest of the program together. The one-file executable
unpacks all it holds at every start, so it carries them as one packed file; `perfxl/tables.py` is the other side.
"""

from __future__ import annotations

import hashlib
import importlib.util
import lzma
import marshal
import shutil
import tarfile
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

from perfxl.tables import FOLDER, PACKED_SUFFIX
from tools.bundle.contents import Entry


def lay_out(entries: Iterable[Entry], folder: Path) -> Path:
    """Write the libraries' modules (compiled) and files below a fresh folder, importable from there; return it."""
    shutil.rmtree(folder, ignore_errors=True)
    for name, source, kind in entries:
        if kind.startswith("PYMODULE"):
            if source in ("-", "", None):
                continue
            path = Path(source)
            inside = name.replace(".", "/") + ("/__init__" if path.stem == "__init__" else "")
            target = folder / f"{inside}.pyc"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(_compiled(path, f"{inside}.py"))
        else:
            target = folder / name.replace("\\", "/")
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
    return folder


def pack(folder: Path, target_folder: Path) -> Path:
    """Pack a folder into one file named by its content, the same for the same content; return its path."""
    plain = BytesIO()
    with tarfile.open(fileobj=plain, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for path in sorted(file for file in folder.rglob("*") if file.is_file()):
            member = tarfile.TarInfo(path.relative_to(folder).as_posix())
            member.size, member.mode = path.stat().st_size, 0o644
            with path.open("rb") as file:
                archive.addfile(member, file)
    # The first filter makes addresses within machine code alike, so that they pack better. Higher presets take five
    # times as long for a tenth less.
    filters = [{"id": lzma.FILTER_X86}, {"id": lzma.FILTER_LZMA2, "preset": 1, "dict_size": 1 << 25}]
    packed = lzma.compress(plain.getvalue(), lzma.FORMAT_XZ, filters=filters)
    target = target_folder / f"{FOLDER}-{hashlib.sha256(packed).hexdigest()[:16]}{PACKED_SUFFIX}"
    target.write_bytes(packed)
    return target


def as_entries(folder: Path) -> list[Entry]:
    """Return the entries that carry the laid out folder as it is."""
    return [
        (f"{FOLDER}/{path.relative_to(folder).as_posix()}", str(path), "DATA")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    ]


def _compiled(source: Path, name: str) -> bytes:
    """Compile a module as a file that is valid whatever became of its source, under a name that names no machine."""
    code = compile(source.read_bytes(), name, "exec", dont_inherit=True, optimize=0)
    unchecked = (1).to_bytes(4, "little")
    return importlib.util.MAGIC_NUMBER + unchecked + bytes(8) + marshal.dumps(code)
