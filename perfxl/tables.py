"""pandas in the executable: carried aside, and unpacked once, into the user's own folder, when a command needs it.

The one-file executable unpacks all it holds at every start; pandas with numpy is four times as large as all the rest,
and one command uses it. So it lies there as one packed file, `tables-HASH.tar.xz`, in the folder build as a plain
folder. The first `import pandas` finds it through the finder here; nothing else of the program knows.
"""

from __future__ import annotations

import importlib.machinery
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import ModuleType

from perfxl.errors import OutputNotWritten

FOLDER = "tables"
PACKED_SUFFIX = ".tar.xz"
_FIRST = "pandas"
_UNFINISHED = "unfinished-"
_WAITS = (0.1, 0.3, 1.0, 3.0)
"""Seconds between tries: on Windows a scanner that looks into fresh files keeps their folder from being renamed."""


class TablesFinder:
    """Makes the table libraries importable at the moment when pandas is imported.

    Only pandas is answered for: openpyxl tries numpy by itself, and must not cause the unpacking.
    """

    def __init__(self, bundle: Path, cache: Path) -> None:
        """`bundle` is the folder that the executable unpacked itself into, `cache` the user's folder for libraries."""
        self._bundle = bundle
        self._cache = cache

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Unpack the libraries if they are not there yet, put them on the import path, and find pandas there.

        Raises OutputNotWritten if there is no room for them.
        """
        if name != _FIRST:
            return None
        folder = str(self._libraries())
        sys.meta_path.remove(self)
        sys.path.append(folder)
        return importlib.machinery.PathFinder.find_spec(name, [folder])

    def _libraries(self) -> Path:
        plain = self._bundle / FOLDER
        if plain.is_dir():
            return plain
        (packed,) = self._bundle.glob(f"{FOLDER}-*{PACKED_SUFFIX}")
        folder = self._cache / packed.name.removesuffix(PACKED_SUFFIX)
        if not folder.is_dir():
            try:
                _unpack(packed, folder)
            except OSError as error:
                raise OutputNotWritten(
                    f"汇总要用的组件无法解压到“{folder.parent}”（{error.strerror or error}）："
                    "请确认该磁盘有 200 MB 空间并且可以写入，然后再试。"
                ) from error
        return folder


def install() -> None:
    """Let `import pandas` find the libraries that the running executable carries."""
    from perfxl.faults import log_folder

    bundle = Path(getattr(sys, "_MEIPASS", ""))
    sys.meta_path.append(TablesFinder(bundle, log_folder() / "libraries"))


def _unpack(packed: Path, folder: Path) -> None:
    """Unpack into a folder that appears only when it is whole, and remove those of other versions."""
    import shutil
    import tarfile
    import tempfile

    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=folder.parent))
    try:
        with tarfile.open(packed) as archive:
            archive.extractall(fresh, filter="data")
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
    """Remove the libraries of other versions, whole or not at all, and what an unpacking that was killed has left."""
    import shutil
    import tempfile
    import time

    a_day_ago = time.time() - 24 * 3600
    for other in folder.parent.iterdir():
        with suppress(OSError):
            if other.name.startswith(f"{FOLDER}-") and other != folder:
                # Windows renames no folder from which a running program has loaded libraries.
                aside = Path(tempfile.mkdtemp(prefix=_UNFINISHED, dir=folder.parent))
                shutil.rmtree(other.rename(aside / other.name))
                aside.rmdir()
            elif other.name.startswith(_UNFINISHED) and other.stat().st_mtime < a_day_ago:
                shutil.rmtree(other)
