"""An office's own settings and folder of templates."""

from __future__ import annotations

from pathlib import Path

import pytest

from perfxl.settings import preferences as module
from perfxl.settings.preferences import (
    BadPreferences,
    Preferences,
    office_folders,
    preferences,
    save_preferences,
    user_folder,
)


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("XDG_CONFIG_HOME", "APPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "设置"))
    return user_folder()


def test_without_a_file_nothing_is_set() -> None:
    assert preferences() == Preferences(None, None)


def test_what_is_saved_is_read_again(tmp_path: Path) -> None:
    chosen = Preferences('四川省 "西南"', tmp_path / "模板\\甲")
    save_preferences(chosen)
    assert preferences() == chosen


@pytest.mark.parametrize("text", ["jurisdiction = ", "jurisdiction = 3"])
def test_a_damaged_file_is_named(own_folder: Path, text: str) -> None:
    own_folder.mkdir(parents=True)
    (own_folder / "preferences.toml").write_text(text, encoding="utf-8")
    with pytest.raises(BadPreferences, match=r"preferences\.toml"):
        preferences()


def test_the_offices_folders_are_those_that_exist_and_the_named_one_comes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    beside = tmp_path / "程序" / module.OFFICE_FOLDER / "docx"
    named = tmp_path / "模板" / "docx"
    for folder in (beside, named):
        folder.mkdir(parents=True)
    monkeypatch.setattr("sys.frozen", True, raising=False)
    monkeypatch.setattr("sys.executable", str(tmp_path / "程序" / "perfxl.exe"))
    assert office_folders("docx") == (beside,)
    save_preferences(Preferences(office_folder=tmp_path / "模板"))
    assert office_folders("docx") == (named, beside)
    assert office_folders("xlsx") == ()
