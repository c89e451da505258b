"""A file that somebody has open, that may not be written, or that changes while the program computes."""

from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path

import pytest

from perfxl.workbook.errors import NotWritten, WriteFailed
from perfxl.workbook.patch import Edit, patch_workbook
from tests.workbook import corpus
from tests.workbook.corpus import SHEET

EDIT = Edit(SHEET, "C3", Decimal(7))
BEFORE = corpus.workbook("plain")


@pytest.mark.parametrize("lock", ["~$自评表.xlsx", ".~自评表.xlsx", ".~lock.自评表.xlsx#"])
def test_a_file_that_is_open_elsewhere_stays_and_its_name_is_told(lock: str, tmp_path: Path) -> None:
    source = tmp_path / "自评表.xlsx"
    source.write_bytes(BEFORE)
    (tmp_path / lock).write_bytes(b"someone")
    with pytest.raises(WriteFailed, match="锁定文件") as caught:
        patch_workbook(source, [EDIT], source, in_place=True)
    assert caught.value.reason is NotWritten.HELD_OPEN
    assert source.read_bytes() == BEFORE
    assert {path.name for path in tmp_path.iterdir()} == {"自评表.xlsx", lock}
    patch_workbook(source, [EDIT], tmp_path / "副本.xlsx")  # a copy may be made


def test_a_read_only_file_stays(tmp_path: Path) -> None:
    source = tmp_path / "自评表.xlsx"
    source.write_bytes(BEFORE)
    source.chmod(0o444)
    with pytest.raises(WriteFailed) as caught:
        patch_workbook(source, [EDIT], source, in_place=True)
    assert caught.value.reason is NotWritten.NO_PERMISSION
    assert source.read_bytes() == BEFORE
    assert [path.name for path in tmp_path.iterdir()] == ["自评表.xlsx"]


def test_what_was_saved_between_reading_and_writing_is_not_lost(tmp_path: Path) -> None:
    source = tmp_path / "自评表.xlsx"
    later = corpus.workbook("protected")
    source.write_bytes(later)
    with pytest.raises(WriteFailed) as caught:
        patch_workbook(source, [EDIT], source, in_place=True, content=BEFORE)
    assert caught.value.reason is NotWritten.CHANGED
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"自评表.xlsx": later}


def test_a_failure_to_write_makes_no_half_backup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "自评表.xlsx"
    source.write_bytes(BEFORE)

    def no_links(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")  # as on a card

    monkeypatch.setattr(os, "link", no_links)
    report = patch_workbook(source, [EDIT], source, in_place=True)
    assert report.backup is not None and report.backup.read_bytes() == BEFORE
    assert len(list(tmp_path.iterdir())) == 2
