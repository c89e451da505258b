"""The findings: filtered, searched, and lit in the form."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from perfxl.rules.finding import SEVERITY_WORDS, Finding, Severity
from perfxl.window import theme
from perfxl.window.main_window import MainWindow
from perfxl.workbook.grid import Cell, Position, Sheet, position
from tests.layouts import generate, load_form, write_xlsx
from tests.window.conftest import PATIENCE

Sample = Callable[..., Path]
Drop = Callable[..., None]


@pytest.fixture
def shown(window: MainWindow, sample: Sample, drop: Drop) -> MainWindow:
    """A window that shows a form with errors and warnings."""
    drop(sample("自评表1（城乡"))
    return window


def finding(window: MainWindow, code: str, cell: str) -> Finding:
    (found,) = [one for one in window.findings.shown if (one.code, one.cell) == (code, cell)]
    return found


def ground(window: MainWindow, cell: str) -> str | None:
    """The colour behind a cell by name; None for a plain one. The form has neither hidden rows nor hidden columns."""
    row, column = position(cell)
    item = window.form.table.item(row - 1, column - 1)
    if item is None or item.background().style() == Qt.BrushStyle.NoBrush:
        return None
    return item.background().color().name()


def lit(window: MainWindow) -> set[Position]:
    strong = {theme.current().tones[severity].lit.name() for severity in Severity}
    table = window.form.table
    return {
        (row + 1, column + 1)
        for row in range(table.rowCount())
        for column in range(table.columnCount())
        if (item := table.item(row, column)) is not None and item.background().color().name() in strong
    }


def test_a_severity_is_left_out_by_its_button(shown: MainWindow, qtbot: QtBot) -> None:
    all_of_them = shown.findings.shown
    qtbot.mouseClick(shown.findings.chips[SEVERITY_WORDS[Severity.WARNING]], Qt.MouseButton.LeftButton)
    assert shown.findings.shown == [one for one in all_of_them if one.severity is not Severity.WARNING]
    for severity in {one.severity for one in shown.findings.shown}:
        qtbot.mouseClick(shown.findings.chips[SEVERITY_WORDS[severity]], Qt.MouseButton.LeftButton)
    assert not shown.findings.shown
    assert shown.findings.pages.currentWidget() is shown.findings.note
    for chip in shown.findings.chips.values():
        if not chip.isChecked():
            qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert shown.findings.shown == all_of_them


def test_a_severity_is_left_out_by_its_key(shown: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(shown, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert Severity.ERROR not in {one.severity for one in shown.findings.shown}
    assert shown.findings.shown


@pytest.mark.parametrize(
    ("words", "codes"), [("px404", {"PX404"}), ("f13 单位", {"PX404"}), ("E9", {"PX202"})]
)
def test_the_search_finds_codes_cells_and_words(
    shown: MainWindow, qtbot: QtBot, words: str, codes: set[str]
) -> None:
    qtbot.keyClick(shown, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert shown.findings.search.hasFocus()
    shown.findings.search.setText(words)
    assert {one.code for one in shown.findings.shown} == codes


def test_the_cells_of_the_chosen_finding_are_lit(shown: MainWindow) -> None:
    shown.findings.choose(finding(shown, "PX202", "E6"))
    tone = theme.current().tones[Severity.ERROR]
    assert lit(shown) == {position("E6")}
    assert {ground(shown, cell) for cell in ("E7", "E8", "E9")} == {tone.ground.name()}
    assert ground(shown, "D7") is None
    table = shown.form.table
    assert table.viewport().rect().contains(table.visualItemRect(table.currentItem()).center())
    shown.findings.choose(finding(shown, "PX404", "F13"))
    assert lit(shown) == {position("F13")}
    assert ground(shown, "E7") is None


def test_the_arrow_keys_go_through_the_findings(shown: MainWindow, qtbot: QtBot) -> None:
    shown.findings.list.setFocus()
    before = shown.findings.shown.index(shown.findings.current)
    qtbot.keyClick(shown.findings.list, Qt.Key.Key_Down)
    assert shown.findings.current is shown.findings.shown[before + 1]
    assert position(shown.findings.current.cell) in lit(shown)


def test_a_click_on_a_cell_chooses_its_finding(shown: MainWindow, qtbot: QtBot) -> None:
    table = shown.form.table
    row, column = position("F14")
    index = table.model().index(row - 1, column - 1)
    table.scrollTo(index)
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=table.visualRect(index).center())
    assert shown.findings.current is finding(shown, "PX405", "F14")
    assert lit(shown) == {position("F14")}


def test_a_cell_is_copied(shown: MainWindow, qtbot: QtBot) -> None:
    shown.findings.choose(finding(shown, "PX202", "E6"))
    qtbot.keyClick(shown.form.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "3545234"


def test_a_large_sheet_is_filled_bit_by_bit(window: MainWindow, qtbot: QtBot) -> None:
    cells = {(row, 1): Cell(row, 1, f"第{row}行") for row in range(1, 2501)}
    window.form.show_workbook([Sheet("大表", cells)])
    table = window.form.table
    assert table.item(0, 0).text() == "第1行"
    assert table.item(2499, 0) is None
    qtbot.waitUntil(lambda: table.item(2499, 0) is not None, timeout=PATIENCE)
    assert table.item(2499, 0).text() == "第2500行"
    assert not window.form.cut.isVisible()


def test_merged_cells_are_merged(shown: MainWindow) -> None:
    sheet, table = shown.form.sheet, shown.form.table
    assert sheet is not None
    assert sheet.merges
    for merge in sheet.merges:
        assert table.rowSpan(merge.top - 1, merge.left - 1) == merge.bottom - merge.top + 1
        assert table.columnSpan(merge.top - 1, merge.left - 1) == merge.right - merge.left + 1


def test_a_finding_on_another_sheet_brings_that_sheet_to_the_front(
    window: MainWindow, drop: Drop, tmp_path: Path
) -> None:
    import xlsxwriter

    path = tmp_path / "两张表.xlsx"
    book = xlsxwriter.Workbook(str(path))
    for name, budget in (("甲", 100), ("乙", 200)):
        sheet = book.add_worksheet(name)
        for number, line in enumerate(
            (
                ["项目支出绩效自评表"],
                ["项目资金（万元）", "全年预算数", "全年执行数", "执行率"],
                ["年度资金总额", budget, 50, "99%"],
                ["一级指标", "三级指标", "指标值", "实际完成值"],
                ["产出指标", "部门数", "≥20个", "22个"],
            )
        ):
            sheet.write_row(number, 0, line)
    book.close()
    drop(path)
    assert [window.form.tabs.tabText(number) for number in range(window.form.tabs.count())] == ["甲", "乙"]
    second = next(one for one in window.findings.shown if one.sheet == "乙" and one.code == "PX201")
    window.findings.choose(second)
    assert window.form.sheet is not None
    assert window.form.sheet.name == "乙"
    assert position(second.cell) in lit(window)
    window.form.tabs.setCurrentIndex(0)
    assert not lit(window)


def test_a_form_without_findings_says_so(window: MainWindow, drop: Drop, tmp_path: Path) -> None:
    path = tmp_path / "好表.xlsx"
    write_xlsx(generate(load_form("03"), 1), path)
    drop(path)
    (row,) = window.files.rows
    window.findings.show_findings((), "没有")
    window.findings.chosen.emit(None)
    assert row.verdict
    assert window.findings.pages.currentWidget() is window.findings.note
    assert not lit(window)


def test_the_findings_shown_are_copied(shown: MainWindow, qtbot: QtBot) -> None:
    shown.findings.search.setText("PX404")
    qtbot.keyClick(
        shown, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    copied = QGuiApplication.clipboard().text().splitlines()
    assert len(copied) == 1 + len(shown.findings.shown)
    assert all("PX404" in line for line in copied[1:])
