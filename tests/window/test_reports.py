"""Reports beside workbooks: held against them, lit in them, checked anew when either changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from perfxl.window.main_window import MainWindow
from perfxl.window.rows import State
from perfxl.window.tasks import Found, gather
from perfxl.workbook.grid import position
from tests.window.conftest import PATIENCE

Sample = Callable[..., Path]
Drop = Callable[..., None]
Settled = Callable[[], None]


def write_report(path: Path, *paragraphs: str) -> Path:
    import docx

    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(str(path))
    return path


WRONG = ("一、项目概况", "项目全年预算数146万元，全年执行数131.24万元，预算执行率为95.00%。")


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A report with a rate that does not follow from its amounts."""
    return write_report(tmp_path / "表（自评报告）.docx", *WRONG)


def test_a_report_dropped_with_its_workbook_is_held_against_it(
    window: MainWindow, sample: Sample, drop: Drop, report: Path
) -> None:
    book = sample("种子002", "表.xlsx")
    drop(report, book)
    row = window.files.rows[0]
    assert (row.is_report, row.against, row.state) == (True, book, State.SHOWN)
    assert {finding.code for finding in window.findings.shown} & {"PX501", "PX502"}
    assert window.form.sheet is not None
    assert not window.menu.score.isEnabled()
    assert window.menu.annotate.isEnabled()


def test_the_cells_behind_a_sentence_are_lit(
    window: MainWindow, sample: Sample, drop: Drop, report: Path
) -> None:
    drop(report, sample("种子002", "表.xlsx"))
    finding = next(one for one in window.findings.shown if one.cell)
    window.findings.choose(finding)
    row, column = position(finding.cell)
    assert window.form.table.currentRow() == row - 1
    assert window.form.table.currentColumn() == column - 1


def test_the_command_holds_a_report_against_the_workbook_that_is_shown(
    window: MainWindow,
    sample: Sample,
    drop: Drop,
    settled: Settled,
    report: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    book = sample("种子002", "别的名字.xlsx")
    drop(book)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(report), ""))
    window.menu.compare.trigger()
    settled()
    assert [(row.path, row.against) for row in window.files.rows] == [(book, None), (report, book)]
    assert window.files.current is window.files.rows[1]
    assert window.findings.shown


def test_a_report_alone_is_held_against_itself(window: MainWindow, drop: Drop, report: Path) -> None:
    drop(report)
    (row,) = window.files.rows
    assert row.against is None
    assert row.state is State.SHOWN
    assert {finding.code for finding in window.findings.shown} == {"PX502"}
    assert window.form.sheet is None


def test_a_report_is_checked_anew_when_its_workbook_changes(
    window: MainWindow, sample: Sample, drop: Drop, report: Path, qtbot: QtBot
) -> None:
    drop(report, sample("种子002", "表.xlsx"))
    row = window.files.rows[0]
    before = row.look
    sample("种子003", "表.xlsx")
    qtbot.waitUntil(lambda: row.look not in (None, before), timeout=PATIENCE)
    assert row.state is State.SHOWN


def test_comments_go_into_a_copy(
    window: MainWindow, drop: Drop, settled: Settled, report: Path, qtbot: QtBot
) -> None:
    before = report.read_bytes()
    drop(report)
    qtbot.keyClick(window, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    settled()
    (outcome,) = window.files.rows[0].outcomes
    assert outcome.path is not None
    assert outcome.path.exists()
    assert report.read_bytes() == before


def test_which_workbook_a_report_belongs_to(tmp_path: Path) -> None:
    for name in ("甲.xlsx", "甲乙.xlsx", "甲乙（自评报告）.docx", "丙.docx"):
        (tmp_path / name).touch()
    first, second = tmp_path / "甲乙（自评报告）.docx", tmp_path / "丙.docx"
    assert gather([first], lambda *_: None) == (Found(first, tmp_path / "甲乙.xlsx"),)
    assert gather([second], lambda *_: None) == (Found(second),)
    assert gather([second, tmp_path / "甲.xlsx"], lambda *_: None)[0] == Found(second, tmp_path / "甲.xlsx")
    assert [found.path.name for found in gather([tmp_path], lambda *_: None)] == ["甲.xlsx", "甲乙.xlsx"]
