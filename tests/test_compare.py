"""`perfxl compare`: its JSON, its exit statuses, its refusals, the copy with comments."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import docx as python_docx
import pytest

from perfxl.cli import main
from perfxl.console import FINDINGS, NOT_WRITTEN, OK, UNREADABLE
from perfxl.resources import resource_folder
from tests.document.build import docx, report


@pytest.fixture
def finished(tmp_path: Path) -> Path:
    """The report of seed 003 as a .docx."""
    path = tmp_path / "自评报告.docx"
    path.write_bytes(docx(report("seed_003")))
    return path


def workbook() -> Path:
    return next(path for path in resource_folder("samples").glob("*.xlsx") if path.name.startswith("种子003"))


def compare(capfd: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    status = main(["compare", *map(str, arguments)])
    out, err = capfd.readouterr()
    return status, out, err


def as_json(capfd: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, dict[str, Any]]:
    status, out, _ = compare(capfd, *arguments, "--format", "json")
    (file,) = json.loads(out)["files"]
    return status, file


def test_the_shape_is_that_of_a_check(finished: Path, capfd: pytest.CaptureFixture[str]) -> None:
    status, file = as_json(capfd, finished, workbook())
    assert status == FINDINGS
    assert file["file"] == "自评报告.docx" and file["status"] == "errors"
    assert [form["kind"] for form in file["forms"]] == ["project"]
    first = next(
        found for found in file["findings"] if found["code"] == "PX501" and found["severity"] == "error"
    )
    paragraph = python_docx.Document(str(finished)).paragraphs[first["paragraph"] - 1]
    assert first["text"] in paragraph.text and first["cells"] and first["sheet"]
    assert sum(file["counts"].values()) == len(file["findings"])


def test_only_the_report(finished: Path, capfd: pytest.CaptureFixture[str]) -> None:
    status, file = as_json(capfd, finished)
    assert status == FINDINGS
    assert {found["code"] for found in file["findings"]} == {"PX502"}
    assert file["forms"] == [] and all(found["cells"] == [] for found in file["findings"])


def test_nothing_to_find(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "报告.docx"
    path.write_bytes(docx(["预算数146万元，执行数131.24万元，执行率89.89%。"]))
    assert as_json(capfd, path)[0] == OK


@pytest.mark.parametrize("form", ["text", "html"])
def test_for_people(finished: Path, capfd: pytest.CaptureFixture[str], form: str) -> None:
    status, out, _ = compare(capfd, finished, workbook(), "--format", form)
    assert status == FINDINGS
    assert "PX501" in out and "第 " in out


def test_files_that_cannot_be_read(finished: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    old = tmp_path / "旧.doc"
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + "WordDocument".encode("utf-16-le"))
    for arguments in ([old], [tmp_path / "没有.docx"], [workbook(), finished], [finished, old]):
        status, file = as_json(capfd, *arguments)
        assert status == UNREADABLE and file["status"] == "unreadable" and file["error"]


def test_comments_in_a_copy(finished: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    before = finished.read_bytes()
    copy = tmp_path / "批注.docx"
    status, file = as_json(capfd, finished, workbook(), "--comments", copy)
    assert status == FINDINGS and finished.read_bytes() == before
    assert len(list(python_docx.Document(str(copy)).comments)) == len(file["findings"])
    first = copy.read_bytes()
    compare(capfd, finished, workbook(), "--comments", copy)
    assert first in [path.read_bytes() for path in tmp_path.iterdir() if path != copy]
    assert compare(capfd, finished, "--comments", finished)[0] == NOT_WRITTEN
    assert compare(capfd, finished, "--comments", tmp_path / "没有" / "批注.docx")[0] == NOT_WRITTEN
    assert finished.read_bytes() == before


def test_a_report_without_text_is_not_called_sound(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    scanned = tmp_path / "扫描件.docx"
    scanned.write_bytes(docx(["", " "]))
    status, file = as_json(capfd, scanned)
    assert (status, file["status"]) == (UNREADABLE, "unreadable")
