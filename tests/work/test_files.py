"""Which files a folder holds and a pattern means."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from perfxl.console import OK
from perfxl.resources import resource_folder
from perfxl.work.files import SOURCES, below, in_folder, named


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Workbooks, what Excel and LibreOffice leave beside open ones, a hidden folder, and files of other kinds."""
    names = (
        "b.XLSX",
        "a.et",
        "清单.csv",
        "~$b.xlsx",
        ".~b.xlsx",
        "报告.docx",
        "下级/c.ods",
        ".垃圾/d.xlsx",
        "[一].xlsx",
    )
    for name in names:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.touch()
    return tmp_path


def test_workbooks_at_any_depth(folder: Path) -> None:
    assert [str(path.relative_to(folder)) for path in below(folder)] == [
        "[一].xlsx",
        "a.et",
        "b.XLSX",
        str(Path("下级", "c.ods")),
    ]


def test_a_folder_itself(folder: Path) -> None:
    assert [path.name for path in in_folder(folder, SOURCES)] == ["[一].xlsx", "a.et", "b.XLSX", "清单.csv"]


def test_patterns_are_spelled_out(folder: Path) -> None:
    assert named([folder / "**.et"]) == [folder / "a.et"]
    given = [
        folder / "*.et",
        folder / "[一*.xlsx",
        folder / "没有*.xlsx",
        folder / "?.docx",
        folder / "报告.docx",
    ]
    assert named(given) == [folder / "a.et", folder / "[一].xlsx", *given[2:]]


def test_locks_are_not_meant(folder: Path) -> None:
    assert named([folder / "*b.xlsx"]) in (
        [folder / "b.XLSX"],
        [folder / "*b.xlsx"],
    )  # as the system takes capitals


@pytest.mark.parametrize("command", [("check",), ("run", "--no-window")])
def test_commands_take_patterns(
    command: tuple[str, ...], run: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    wanted = next(path for path in resource_folder("samples").iterdir() if "打分表3" in path.name)
    (tmp_path / wanted.name).write_bytes(wanted.read_bytes())
    status, out, _ = run(*command, tmp_path / "种子*.xlsx")
    assert (status, out.splitlines()[0]) == (OK, f"■ {wanted.name}")
