"""Libraries that the executable carries aside and unpacks once, into the user's own folder, when they are needed.

The one-file executable unpacks all it holds at every start. Qt, and pandas with numpy, are nine tenths of that, and a
start needs one of them at most. So each lies in it as one packed file, NAME-HASH.tar.*, which is read from the
executable itself; in the folder build the tables are a plain folder, and Qt is among the program's files. The first
import of one of a pack's packages finds it through the finder here; nothing else of the program knows.
"""

from __future__ import annotations

import importlib.machinery
import io
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from perfxl import executable
from perfxl.errors import OutputNotWritten

MANIFEST = "contents.txt"
"""Part of every pack: how many files and how many bytes it has without this one."""
_UNFINISHED = "unfinished-"
_WAITS = (0.1, 0.3, 1.0, 3.0)
"""Seconds between tries: on Windows a scanner that looks into fresh files keeps their folder from being renamed."""


class Pack(NamedTuple):
    """A pack: its name, the packages whose import brings it, and what officers call it."""

    name: str
    packages: frozenset[str]
    title: str


TABLES = Pack("tables", frozenset({"pandas"}), "汇总")
"""Only pandas itself is answered for: openpyxl tries numpy by itself, and must not cause the unpacking."""
WINDOW = Pack("window", frozenset({"PySide6", "shiboken6"}), "窗口")


class CarriedFinder:
    """Makes a pack importable at the moment when one of its packages is imported."""

    def __init__(self, bundle: Path, carrier: Path, cache: Path) -> None:
        """`bundle` is the folder that the executable `carrier` has unpacked itself into.

        `cache` is the user's folder for libraries.
        """
        self._bundle = bundle
        self._carrier = carrier
        self._cache = cache

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Unpack a package's pack if it is not there yet, put it on the import path, and find the package there.

        Raises OutputNotWritten if there is no room for it, or if something removes what was unpacked.
        """
        for pack in (TABLES, WINDOW):
            if name in pack.packages:
                folder = str(self._folder(pack))
                if folder not in sys.path:
                    sys.path.append(folder)
                return importlib.machinery.PathFinder.find_spec(name, [folder])
        return None

    def _folder(self, pack: Pack) -> Path:
        plain = self._bundle / pack.name
        if plain.is_dir():
            return plain
        packed = executable.find(self._carrier, f"{pack.name}-")
        if packed is None:
            raise OutputNotWritten(f"程序文件不完整：{pack.title}要用的组件不在里面，请重新复制或下载程序。")
        folder = self._cache / packed.name.partition(".")[0]
        if _is_whole(folder):
            return folder
        try:
            _unpack_beside(packed, folder)
        except OSError as error:
            # For this start alone then: the loader removes its own folder when the program ends.
            folder = plain
            _unpack_here(packed, folder, pack, error)
        if not _is_whole(folder):
            _discard(plain)
            raise OutputNotWritten(
                f"{pack.title}要用的组件刚解压到“{folder}”就有缺失，多半是被安全软件隔离了："
                "请把本程序加入安全软件的信任列表，然后再试。"
            )
        return folder


def install() -> None:
    """Let imports find the libraries that the running executable carries."""
    from perfxl.faults import log_folder

    bundle = Path(getattr(sys, "_MEIPASS", ""))
    sys.meta_path.append(CarriedFinder(bundle, Path(sys.executable), log_folder() / "libraries"))


def extent(folder: Path | str) -> tuple[int, int]:
    """Return how many files a folder has, at whatever depth and without its manifest, and their bytes."""
    files = size = 0
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                more_files, more_size = extent(entry.path)
                files, size = files + more_files, size + more_size
            elif entry.name != MANIFEST:
                files, size = files + 1, size + entry.stat().st_size
    return files, size


def _is_whole(folder: Path) -> bool:
    """Whether all that was unpacked is still there: scanners and cleaners take single files away."""
    try:
        files, size = (folder / MANIFEST).read_text(encoding="ascii").split()
        return extent(folder) == (int(files), int(size))
    except (OSError, ValueError):
        return False


def _unpack_here(packed: executable.Inside, folder: Path, pack: Pack, why: OSError) -> None:
    try:
        _extract(packed, folder)
    except OSError as error:
        _discard(folder)
        raise OutputNotWritten(
            f"{pack.title}要用的组件无法解压（{why.strerror or why}；{error.strerror or error}）："
            "请确认系统盘有 200 MB 空间并且可以写入，然后再试。"
        ) from error


def _discard(folder: Path) -> None:
    """Take away what was unpacked in part, so that the next try does not find it and take it for whole."""
    import shutil

    shutil.rmtree(folder, ignore_errors=True)


def _extract(packed: executable.Inside, folder: Path) -> None:
    import tarfile

    with tarfile.open(fileobj=io.BytesIO(packed.read())) as archive:
        archive.extractall(folder, filter="data")


def _unpack_beside(packed: executable.Inside, folder: Path) -> None:
    """Unpack into a folder that appears only when it is whole, and remove those of other versions."""
    import shutil
    import tempfile

    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=folder.parent))
    try:
        _extract(packed, fresh)
        if folder.is_dir() and not _is_whole(folder):
            _remove(folder)
        _move(fresh, folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    _remove_outdated(folder)


def _move(fresh: Path, folder: Path) -> None:
    """Give the unpacked folder its name, unless another process was first, with the same content."""
    import time

    for wait in _WAITS:
        with suppress(OSError):
            fresh.rename(folder)
        if folder.is_dir():
            return
        time.sleep(wait)
    fresh.rename(folder)


def _remove_outdated(folder: Path) -> None:
    """Remove other versions of a pack, whole or not at all, and what an unpacking that was killed has left."""
    import shutil
    import time

    a_day_ago = time.time() - 24 * 3600
    name = folder.name.partition("-")[0]
    for other in folder.parent.iterdir():
        with suppress(OSError):
            if other.name.startswith(f"{name}-") and other != folder:
                _remove(other)
            elif other.name.startswith(_UNFINISHED) and other.stat().st_mtime < a_day_ago:
                shutil.rmtree(other)


def _remove(folder: Path) -> None:
    """Remove a folder of libraries, whole or not at all. Raises OSError.

    Windows renames no folder from which a running program has loaded libraries.
    """
    import shutil
    import tempfile

    aside = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=folder.parent))
    try:
        folder.rename(aside / folder.name)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
