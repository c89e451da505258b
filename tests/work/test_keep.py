"""What stands at an output already is never lost: every command that writes keeps it, and says where."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from perfxl.console import FINDINGS, NOT_WRITTEN, OK
from perfxl.resources import resource_folder

BEFORE = b"what an officer wrote"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A workbook of one form, a finished report on it, and a folder to be rolled up."""
    samples = resource_folder("samples")
    for words, name in (("种子003*局）.xlsx", "自评表.xlsx"), ("种子003*告）.docx", "报告.docx")):
        (found,) = samples.glob(words)
        shutil.copy(found, tmp_path / name)
    (tmp_path / "各单位").mkdir()
    shutil.copy(tmp_path / "自评表.xlsx", tmp_path / "各单位" / "甲.xlsx")
    return tmp_path


@pytest.mark.parametrize(
    ("call", "output", "status"),
    [
        (("score", "自评表.xlsx", "-o"), "出.xlsx", OK),
        (("report", "自评表.xlsx", "-o"), "出.docx", OK),
        (("rollup", "各单位", "-o"), "出.xlsx", OK),
        (("compare", "报告.docx", "自评表.xlsx", "--comments"), "出.docx", FINDINGS),
        (("check", "自评表.xlsx", "--annotate"), "出.xlsx", OK),
        (("check", "自评表.xlsx", "--format", "html", "-o"), "出.html", OK),
    ],
)
def test_it_is_kept_beside_the_output(
    call: tuple[str, ...],
    output: str,
    status: int,
    folder: Path,
    run: Callable[..., tuple[int, str, str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(folder)
    target = folder / output
    target.write_bytes(BEFORE)
    backup = target.with_stem(f"{target.stem}.备份")
    done, out, err = run(*call, output)
    assert (done, backup.read_bytes()) == (status, BEFORE)
    assert target.read_bytes() != BEFORE
    assert backup.name in out + err


def test_blank_forms_are_refused(
    folder: Path, run: Callable[..., tuple[int, str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    before = (folder / "自评表.xlsx").read_bytes()
    assert run("new", "project", "-o", "自评表.xlsx")[0] == NOT_WRITTEN
    assert (folder / "自评表.xlsx").read_bytes() == before


def test_no_copy_is_left_where_nothing_is_written(
    folder: Path, run: Callable[..., tuple[int, str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    before = sorted(folder.iterdir())
    assert run("score", "自评表.xlsx", "-o", "自评表.xlsx")[0] == NOT_WRITTEN
    assert sorted(folder.iterdir()) == before
