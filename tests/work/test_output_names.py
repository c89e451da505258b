"""Outputs go under names that fit them, and never over a file that was just read."""

from __future__ import annotations

from pathlib import Path

import pytest

from perfxl.cli import main
from tests.document.build import docx
from tests.rollup.handed import drawn, write


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path / "自评表.xlsx", drawn())
    write(tmp_path / "另一份.xlsx", drawn(unit="乙县医保局"))
    (tmp_path / "报告.docx").write_bytes(docx(["一、资金", "全年预算120万元。"]))
    return tmp_path


@pytest.mark.parametrize(
    ("call", "status"),
    [
        ("report 自评表.xlsx -o 草稿.xlsx", 2),
        ("report 自评表.xlsx -o 自评表.xlsx", 2),
        ("report --blank -o 空白.docx", 2),
        ("score 自评表.xlsx -o 结果.docx", 2),
        ("score 自评表.xlsx -o 自评表.xlsx", 3),
        ("check 自评表.xlsx --annotate 副本.docx", 2),
        ("check 自评表.xlsx -o 自评表.xlsx", 2),
        ("check 自评表.xlsx -o 结果.xlsx", 2),
        ("compare 报告.docx 自评表.xlsx --comments 批注.xlsx", 2),
        ("compare 报告.docx 自评表.xlsx --comments 报告.docx", 3),
        ("compare 报告.docx 自评表.xlsx --comments 自评表.xlsx", 2),
        ("rollup 自评表.xlsx -o 汇总.docx", 2),
        ("rollup 自评表.xlsx 另一份.xlsx -o 自评表.xlsx", 3),
    ],
)
def test_a_name_that_does_not_fit_is_refused_and_nothing_is_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch, call: str, status: int
) -> None:
    monkeypatch.chdir(folder)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert main(call.split()) == status
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
