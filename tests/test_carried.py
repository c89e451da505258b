"""Libraries carried aside by the executable: found at the first import, unpacked once, whole or not at all."""

from __future__ import annotations

import importlib.machinery
import sys
from pathlib import Path

import pytest
from PyInstaller.archive.writers import CArchiveWriter

from perfxl import executable
from perfxl.carried import MANIFEST, TABLES, WINDOW, CarriedFinder
from perfxl.errors import OutputNotWritten
from tools.bundle import packs
from tools.bundle.contents import Entry


@pytest.fixture(autouse=True)
def _import_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", list(sys.path))


def libraries(folder: Path, mark: str = "") -> Path:
    """A folder with libraries as the bundle lays them out."""
    folder.mkdir(exist_ok=True)
    source = folder / "source.py"
    source.write_text(f"MARK = {mark!r}", encoding="utf-8")
    data = folder / "data.txt"
    data.write_text("数据", encoding="utf-8")
    (folder / "__init__.py").write_text("", encoding="utf-8")
    entries = [
        ("pandas", str(folder / "__init__.py"), "PYMODULE"),
        ("pandas.core", str(source), "PYMODULE"),
        ("pandas\\io\\data.txt", str(data), "DATA"),
        ("numpy", str(source), "PYMODULE"),
    ]
    return packs.lay_out(entries, folder / "laid out")


def archive(folder: Path, *entries: Entry, tail: bytes = b"") -> Path:
    """An executable as PyInstaller ends it, with something of its own before and a signature behind."""
    (folder / "script").write_text("pass", encoding="utf-8")
    package = folder / "archive.pkg"
    stored = [(name, source, False, "a") for name, source, _ in entries]
    CArchiveWriter(package, [("script", str(folder / "script"), True, "x"), *stored], "python311.dll")
    carrier = folder / "程序.exe"
    carrier.write_bytes(b"MZ" * 5000 + package.read_bytes() + tail)
    return carrier


class Desk:
    """An executable that has unpacked itself, and the user's folder."""

    def __init__(self, place: Path) -> None:
        self.bundle, self.cache = place / "bundle", place / "用户 目录"
        self.bundle.mkdir()
        self.tables = packs.packed(TABLES, libraries(place / "pandas"), place, packs.smallest)
        self.window = packs.packed(WINDOW, qt(place / "qt"), place, packs.soonest)
        self.carrier = archive(place, self.tables, self.window, tail=b"signature" * 1000)

    def find(self, name: str) -> importlib.machinery.ModuleSpec | None:
        """Look for a module as a fresh start does."""
        return CarriedFinder(self.bundle, self.carrier, self.cache).find_spec(name)

    @property
    def unpacked(self) -> Path:
        """The one folder in the user's folder."""
        (place,) = self.cache.iterdir()
        return place


def qt(folder: Path) -> Path:
    folder.mkdir()
    (folder / "__init__.py").write_text("", encoding="utf-8")
    return packs.lay_out(
        [(name, str(folder / "__init__.py"), "PYMODULE") for name in ("PySide6", "shiboken6")],
        folder / "laid out",
    )


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_pandas_is_unpacked_and_found(desk: Desk) -> None:
    spec = desk.find("pandas")
    assert spec is not None and spec.origin is not None
    assert Path(spec.origin).parents[1] == desk.unpacked
    assert str(desk.unpacked) in sys.path
    assert (desk.unpacked / "pandas" / "io" / "data.txt").read_text(encoding="utf-8") == "数据"


@pytest.mark.parametrize("name", sorted(WINDOW.packages))
def test_the_window_is_a_pack_of_its_own(desk: Desk, name: str) -> None:
    spec = desk.find(name)
    assert spec is not None and spec.origin is not None
    assert Path(spec.origin).parents[1] == desk.unpacked
    assert desk.unpacked.name.startswith("window-")


def test_a_second_start_unpacks_nothing(desk: Desk) -> None:
    desk.find("pandas")
    desk.carrier.write_bytes(
        archive(desk.carrier.parent, (desk.tables[0], str(desk.carrier), "PKG")).read_bytes()
    )
    assert desk.find("pandas") is not None  # what the executable holds now is no archive at all


def test_nothing_else_makes_it_unpack(desk: Desk) -> None:
    assert desk.find("numpy") is None
    assert not desk.cache.exists()


def test_other_versions_make_room(desk: Desk) -> None:
    outdated = desk.cache / "tables-0123456789abcdef"
    (outdated / "pandas").mkdir(parents=True)
    unfinished = desk.cache / "unfinished-of-another-process"
    unfinished.mkdir()
    other = desk.cache / "window-0123456789abcdef"
    other.mkdir()
    desk.find("pandas")
    assert not outdated.exists()
    assert unfinished.exists()  # it may still be at work; a day later it is not
    assert other.exists()  # another pack


@pytest.mark.parametrize("damage", ["file", "manifest", "shorter"])
def test_what_was_damaged_is_unpacked_anew(desk: Desk, damage: str) -> None:
    desk.find("pandas")
    hurt = desk.unpacked / (MANIFEST if damage == "manifest" else "pandas/io/data.txt")
    if damage == "shorter":
        hurt.write_text("", encoding="utf-8")
    else:
        hurt.unlink()
    assert desk.find("pandas") is not None
    assert (desk.unpacked / "pandas" / "io" / "data.txt").read_text(encoding="utf-8") == "数据"
    assert (desk.unpacked / MANIFEST).exists()


def test_where_the_users_folder_takes_nothing_it_is_unpacked_for_this_start(desk: Desk) -> None:
    desk.cache.write_text("a file where the folder should be", encoding="utf-8")
    spec = desk.find("pandas")
    assert spec is not None and spec.origin is not None
    assert Path(spec.origin).is_relative_to(desk.bundle)


def test_no_room_anywhere_is_one_clear_error_and_can_be_tried_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as full:

        def extract(_: object, folder: Path) -> None:
            (folder / "pandas").mkdir(parents=True)
            raise OSError(28, "No space left on device")

        full.setattr("perfxl.carried._extract", extract)
        with pytest.raises(OutputNotWritten):
            desk.find("pandas")
    assert desk.find("pandas") is not None
    assert desk.unpacked.name.startswith(TABLES.name)


def test_what_a_scanner_takes_away_at_once_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("perfxl.carried._is_whole", lambda folder: False)
    with pytest.raises(OutputNotWritten):
        desk.find("pandas")


def test_an_executable_without_the_pack_is_told(desk: Desk) -> None:
    desk.carrier.write_bytes(archive(desk.carrier.parent, desk.tables).read_bytes())
    with pytest.raises(OutputNotWritten):
        desk.find("PySide6")


def test_a_scanner_that_holds_the_fresh_files_is_waited_for(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename, refusals = Path.rename, iter([PermissionError("held by another process")] * 2)

    def held(path: Path, target: Path) -> Path:
        for refusal in refusals:
            raise refusal
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", held)
    monkeypatch.setattr("perfxl.carried._WAITS", (0, 0, 0))
    spec = desk.find("pandas")
    assert spec is not None and spec.origin is not None
    assert Path(spec.origin).is_relative_to(desk.unpacked)


def test_the_folder_build_needs_no_unpacking(desk: Desk, tmp_path: Path) -> None:
    libraries(tmp_path / "plain").rename(desk.bundle / TABLES.name)
    spec = desk.find("pandas")
    assert spec is not None and spec.origin is not None
    assert Path(spec.origin).is_relative_to(desk.bundle / TABLES.name)
    assert not desk.cache.exists()


def test_the_name_says_the_content(tmp_path: Path) -> None:
    names = {
        packs.packed(TABLES, libraries(tmp_path / str(number), mark), tmp_path, packs.smallest)[0]
        for number, mark in enumerate(("one", "one", "two"))
    }
    assert len(names) == 2


class TestInside:
    def test_bytes_are_those_that_were_put_in(self, desk: Desk) -> None:
        found = executable.find(desk.carrier, TABLES.name)
        assert found is not None
        assert found.name == desk.tables[0]
        assert found.read() == Path(desk.tables[1]).read_bytes()

    def test_what_the_loader_unpacks_is_not_answered_for(self, desk: Desk) -> None:
        assert executable.find(desk.carrier, "script") is None

    def test_no_archive_no_file(self, tmp_path: Path) -> None:
        (tmp_path / "plain.exe").write_bytes(b"MZ" * 100)
        assert executable.find(tmp_path / "plain.exe", TABLES.name) is None
