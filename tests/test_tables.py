"""pandas carried aside by the executable: found at the first import, unpacked once, whole or not at all."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from perfxl.errors import OutputNotWritten
from perfxl.tables import FOLDER, TablesFinder
from tools.bundle.tables import lay_out, pack


@pytest.fixture(autouse=True)
def _import_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))


def libraries(folder: Path, mark: str = "") -> Path:
    """A folder with two libraries as the bundle lays them out."""
    source = folder / "source.py"
    source.write_text(f"MARK = {mark!r}", encoding="utf-8")
    data = folder / "data.txt"
    data.write_text("数据", encoding="utf-8")
    entries = [
        ("pandas", str(folder / "__init__.py"), "PYMODULE"),
        ("pandas.core", str(source), "PYMODULE"),
        ("pandas\\io\\data.txt", str(data), "DATA"),
        ("numpy", str(source), "PYMODULE"),
    ]
    (folder / "__init__.py").write_text("", encoding="utf-8")
    return lay_out(entries, folder / "laid out")


def installed(bundle: Path, cache: Path) -> TablesFinder:
    finder = TablesFinder(bundle, cache)
    sys.meta_path.append(finder)  # type: ignore[arg-type]
    return finder


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    folder = tmp_path / "bundle"
    folder.mkdir()
    pack(libraries(tmp_path), folder)
    return folder


def test_pandas_is_unpacked_and_found(bundle: Path, tmp_path: Path) -> None:
    finder = installed(bundle, tmp_path / "用户 目录")
    spec = finder.find_spec("pandas")
    assert spec is not None and spec.origin is not None
    place = Path(spec.origin).parents[1]
    assert place.parent == tmp_path / "用户 目录"
    assert str(place) in sys.path
    assert (place / "pandas" / "io" / "data.txt").read_text(encoding="utf-8") == "数据"
    assert [path.name for path in place.parent.iterdir()] == [place.name]
    assert finder not in sys.meta_path


def test_a_second_start_unpacks_nothing(bundle: Path, tmp_path: Path) -> None:
    installed(bundle, tmp_path / "cache").find_spec("pandas")
    (place,) = (tmp_path / "cache").iterdir()
    (place / "mark").touch()
    installed(bundle, tmp_path / "cache").find_spec("pandas")
    assert (place / "mark").exists()


def test_nothing_else_makes_it_unpack(bundle: Path, tmp_path: Path) -> None:
    finder = installed(bundle, tmp_path / "cache")
    assert finder.find_spec("numpy") is None
    assert not (tmp_path / "cache").exists()


def test_other_versions_make_room(bundle: Path, tmp_path: Path) -> None:
    outdated = tmp_path / "cache" / f"{FOLDER}-0123456789abcdef"
    (outdated / "pandas").mkdir(parents=True)
    unfinished = tmp_path / "cache" / "unfinished-of-another-process"
    unfinished.mkdir()
    installed(bundle, tmp_path / "cache").find_spec("pandas")
    assert not outdated.exists()
    assert unfinished.exists()  # it may still be at work; a day later it is not


def test_no_room_is_one_clear_error_and_can_be_tried_again(bundle: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    cache.write_text("a file where the folder should be", encoding="utf-8")
    finder = installed(bundle, cache)
    with pytest.raises(OutputNotWritten):
        finder.find_spec("pandas")
    cache.unlink()
    assert finder.find_spec("pandas") is not None


def test_a_scanner_that_holds_the_fresh_files_is_waited_for(
    bundle: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename, refusals = Path.rename, iter([PermissionError("held by another process")] * 2)

    def held(path: Path, target: Path) -> Path:
        for refusal in refusals:
            raise refusal
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", held)
    monkeypatch.setattr("perfxl.tables._WAITS", (0, 0, 0))
    assert installed(bundle, tmp_path / "cache").find_spec("pandas") is not None
    (place,) = (tmp_path / "cache").iterdir()
    assert place.name.startswith(FOLDER)


def test_the_folder_build_needs_no_unpacking(tmp_path: Path) -> None:
    (tmp_path / "bundle").mkdir()
    libraries(tmp_path).rename(tmp_path / "bundle" / FOLDER)
    spec = installed(tmp_path / "bundle", tmp_path / "cache").find_spec("pandas")
    assert spec is not None and spec.origin is not None
    assert Path(spec.origin).is_relative_to(tmp_path / "bundle" / FOLDER)
    assert not (tmp_path / "cache").exists()


def test_the_name_says_the_content(tmp_path: Path) -> None:
    names = set()
    for number, mark in enumerate(("one", "one", "two")):
        folder = tmp_path / str(number)
        folder.mkdir()
        names.add(pack(libraries(folder, mark), folder).name)
    assert len(names) == 2
