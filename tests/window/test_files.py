"""Files come in, are checked, and are listed with their verdict."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from perfxl.form.remarks import remarks
from perfxl.rules.finding import Severity
from perfxl.window import memory, opening
from perfxl.window.main_window import MainWindow
from perfxl.window.rows import Row, State
from perfxl.work.check import check_files
from perfxl.workbook.open import open_workbook
from tests.window.conftest import PATIENCE

Sample = Callable[..., Path]
Drop = Callable[..., None]
Choose = Callable[[str], Row]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What was handed to the programs of the office."""
    paths: list[Path] = []
    monkeypatch.setattr(opening, "open_in_program", lambda path: paths.append(path) or True)
    return paths


def docx_text(path: Path) -> str:
    import docx

    return "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)


def test_a_workbook_dropped_is_checked_and_shown(window: MainWindow, sample: Sample, drop: Drop) -> None:
    assert window.pages.currentWidget() is window.welcome
    drop(sample("自评表1（城乡"))
    (row,) = window.files.rows
    assert row.state is State.SHOWN
    assert row.worst is Severity.ERROR
    assert {finding.code for finding in window.findings.shown} >= {"PX202", "PX404"}
    assert window.pages.currentWidget() is window.workplace
    assert window.form.sheet is not None


def test_dragging_over_the_window_is_welcome_for_files_only(window: MainWindow) -> None:
    for urls in ([QUrl.fromLocalFile("/a.xlsx")], []):
        data = QMimeData()
        data.setText("words")
        if urls:
            data.setUrls(urls)
        event = QDragEnterEvent(
            QPoint(50, 50),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        event.ignore()
        QApplication.sendEvent(window, event)
        assert event.isAccepted() is bool(urls)


def test_a_drop_is_the_windows_wherever_it_falls(window: MainWindow, sample: Sample, drop: Drop) -> None:
    drop(sample("自评表1（城乡"))
    assert not [widget for widget in window.findChildren(QWidget) if widget.acceptDrops()]


def test_what_is_dragged_over_a_full_window_is_welcome_too(
    window: MainWindow, sample: Sample, drop: Drop
) -> None:
    drop(sample("自评表4（机房"))
    assert not window.drop_hint.isVisible()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/a.xlsx")])
    event = QDragEnterEvent(
        QPoint(50, 50),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(window, event)
    assert window.drop_hint.isVisible()
    QApplication.sendEvent(window, QDragLeaveEvent())
    assert not window.drop_hint.isVisible()


def test_a_folder_is_searched_to_the_bottom(
    window: MainWindow, sample: Sample, drop: Drop, tmp_path: Path
) -> None:
    folder = tmp_path / "报送" / "二科"
    folder.mkdir(parents=True)
    for name in ("b.xlsx", "~$b.xlsx", "说明.docx", "a.XLSX"):
        sample("自评表4（机房").rename(folder / name)
    sample("自评表4（机房").rename(folder.parent / "c.xlsx")
    drop(tmp_path / "报送")
    assert [row.path.name for row in window.files.rows] == ["c.xlsx", "a.XLSX", "b.xlsx"]
    assert all(row.state is State.SHOWN for row in window.files.rows)


def test_a_folder_without_workbooks_is_said_so(window: MainWindow, drop: Drop, tmp_path: Path) -> None:
    drop(tmp_path)
    assert [box.objectName() for box in QApplication.topLevelWidgets() if box.objectName() == "refusal"]
    assert not window.files.rows


def test_a_bad_file_keeps_no_other_from_being_checked(
    window: MainWindow, sample: Sample, drop: Drop, row: Choose, tmp_path: Path
) -> None:
    bad = tmp_path / "坏.xlsx"
    bad.write_bytes(b"%PDF-1.7")
    drop(bad, tmp_path / "没有.xlsx", sample("自评表4（机房"))
    assert [one.unreadable for one in window.files.rows] == [True, True, False]
    assert all(one.verdict for one in window.files.rows)
    row("坏")
    assert not window.findings.shown
    assert window.form.sheet is None
    assert not window.menu.score.isEnabled()
    row("机房")
    assert window.menu.score.isEnabled()


def test_files_of_the_same_name_are_told_apart(
    window: MainWindow, sample: Sample, drop: Drop, tmp_path: Path
) -> None:
    for county in ("甲县", "乙县"):
        (tmp_path / county).mkdir()
        sample("自评表4（机房").rename(tmp_path / county / "自评表.xlsx")
    drop(tmp_path / "甲县", tmp_path / "乙县")
    texts = [window.files.model().index(number, 0).data() for number in range(2)]
    assert ["甲县" in texts[0], "乙县" in texts[1]] == [True, True]
    assert window.line.said.text()


def test_a_file_dropped_twice_is_listed_once(window: MainWindow, sample: Sample, drop: Drop) -> None:
    path = sample("自评表4（机房")
    drop(path)
    drop(path)
    assert len(window.files.rows) == 1
    assert window.files.rows[0].state is State.SHOWN


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_opens_the_workbook(
    window: MainWindow, sample: Sample, drop: Drop, opened: list[Path], qtbot: QtBot, key: Qt.Key
) -> None:
    drop(sample("自评表4（机房"))
    qtbot.keyClick(window.files, key)
    assert opened == [window.files.rows[0].path]


def test_a_double_click_opens_the_workbook_wherever_it_is(
    window: MainWindow, sample: Sample, drop: Drop, opened: list[Path], qtbot: QtBot
) -> None:
    drop(sample("自评表1（城乡"))
    for view, index in (
        (window.files, window.files.currentIndex()),
        (window.findings.list, window.findings.list.currentIndex()),
        (window.form.table, window.form.table.model().index(3, 1)),
    ):
        place = view.visualRect(index).center()
        # A double click is told from its first click, as a person makes it.
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
        qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened == [window.files.rows[0].path] * 3


def test_a_file_taken_off_the_list_stays_on_disk(
    window: MainWindow, sample: Sample, drop: Drop, qtbot: QtBot
) -> None:
    path = sample("自评表4（机房")
    drop(path, sample("种子003"))
    window.files.choose(window.files.rows[0])
    qtbot.keyClick(window.files, Qt.Key.Key_Delete)
    assert [row.path for row in window.files.rows] != [path]
    window.files.selectAll()
    qtbot.keyClick(window.files, Qt.Key.Key_Delete)
    assert not window.files.rows
    assert window.pages.currentWidget() is window.welcome
    assert path.exists()


def test_files_chosen_in_the_dialogue_are_checked_and_remembered(
    window: MainWindow,
    sample: Sample,
    settled: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    path = sample("自评表4（机房")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(path)], ""))
    qtbot.mouseClick(window.welcome.open_files, Qt.MouseButton.LeftButton)
    settled()
    assert [row.path for row in window.files.rows] == [path]
    assert memory.recent() == [path]


def test_a_whole_folder_chosen_in_the_dialogue(
    window: MainWindow,
    sample: Sample,
    settled: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    path = sample("自评表4（机房")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(path.parent))
    qtbot.mouseClick(window.welcome.open_folder, Qt.MouseButton.LeftButton)
    settled()
    assert [row.path for row in window.files.rows] == [path]


def test_files_of_the_command_line_are_done_altogether(
    window: MainWindow, sample: Sample, settled: Callable[[], None]
) -> None:
    path = sample("种子002", "自评表.xlsx")
    window.open_paths([path], everything=True)
    settled()
    (row,) = window.files.rows
    assert row.state is State.SHOWN
    assert {outcome.path.name for outcome in row.outcomes if outcome.path} == {
        "自评表（已计算）.xlsx",
        "自评表（自评报告）.docx",
    }
    assert all(outcome.path.exists() for outcome in row.outcomes if outcome.path)
    assert window.outcomes.isVisible()


def test_files_given_together_serve_each_other(
    window: MainWindow, sample: Sample, settled: Callable[[], None]
) -> None:
    sheet, form = sample("自评打分表3", "打分表.xlsx"), sample("项目支出绩效自评表3", "自评表.xlsx")
    window.open_paths([sheet], everything=True)
    settled()
    window.open_paths([sheet, form], everything=True)
    settled()
    alone, together = (
        outcome
        for outcome in window.files.rows[0].outcomes
        if outcome.path and outcome.path.suffix == ".docx"
    )
    texts = [docx_text(outcome.path) for outcome in (alone, together) if outcome.path]
    assert texts[0] != texts[1]


def test_a_scoresheet_is_checked_with_its_projects_form(
    window: MainWindow, sample: Sample, drop: Drop, qtbot: QtBot, tmp_path: Path
) -> None:
    sheet, form = sample("自评打分表3", "打分表.xlsx"), sample("项目支出绩效自评表3", "自评表.xlsx")
    drop(sheet, form, sample("种子002", "别的项目.xlsx"))
    row = window.files.rows[0]
    assert row.look is not None
    assert set(row.look.stamps) == {sheet, form}
    assert set(row.findings) == set(check_files([sheet, form])[0].findings)
    before = row.look
    os.utime(form, ns=(0, 0))
    qtbot.waitUntil(lambda: row.look not in (None, before), timeout=PATIENCE)


class TestTogether:
    """What is judged in the window is judged with the same forms as on the command line."""

    @pytest.fixture
    def pair(self, sample: Sample, tmp_path: Path) -> tuple[Path, Path]:
        """A scoresheet and its project's form; two of the former's scores are wrong by what stands in the latter."""
        folders = tmp_path / "打分", tmp_path / "自评"
        for folder in folders:
            folder.mkdir()
        return (
            sample("自评打分表2", str(folders[0] / "打分表.xlsx")),
            sample("项目支出绩效自评表2", str(folders[1] / "自评表.xlsx")),
        )

    def test_files_given_together_from_two_folders(
        self,
        window: MainWindow,
        settled: Callable[[], None],
        drop: Drop,
        row: Choose,
        pair: tuple[Path, Path],
    ) -> None:
        together, alone = check_files(pair)[0].findings, check_files(pair[:1])[0].findings
        assert set(together) != set(alone)
        drop(*pair)
        assert set(row("打分表").findings) == set(together)
        window.menu.annotate.trigger()
        settled()
        (copy,) = [outcome.path for outcome in row("打分表").outcomes if outcome.path]
        marked = {remark.cell for remark in remarks(open_workbook(copy))}
        assert {finding.cell for finding in together} == marked

    def test_files_of_one_folder_given_one_after_the_other(
        self, drop: Drop, row: Choose, pair: tuple[Path, Path]
    ) -> None:
        sheet = pair[0]
        form = pair[1].rename(sheet.with_name("自评表.xlsx"))
        drop(sheet)
        assert set(row("打分表").findings) == set(check_files([sheet])[0].findings)
        drop(form)
        assert set(row("打分表").findings) == set(check_files([sheet, form])[0].findings)


class TestWatching:
    def test_a_file_saved_anew_is_checked_anew(
        self, window: MainWindow, sample: Sample, drop: Drop, qtbot: QtBot
    ) -> None:
        path = sample("自评表1（城乡", "表.xlsx")
        drop(path)
        (row,) = window.files.rows
        assert row.worst is Severity.ERROR
        sample("自评表4（机房", "表.xlsx")
        qtbot.waitUntil(
            lambda: row.state is State.SHOWN and row.worst is not Severity.ERROR, timeout=PATIENCE
        )
        assert set(window.findings.shown) == set(row.findings)

    def test_what_no_longer_holds_is_not_shown(
        self,
        window: MainWindow,
        sample: Sample,
        drop: Drop,
        qtbot: QtBot,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        path = sample("自评表1（城乡", "表.xlsx")
        drop(path)
        (row,) = window.files.rows
        # The check that would follow never begins.
        monkeypatch.setattr(window.jobs, "submit", lambda *_, **__: 0)
        sample("自评表4（机房", "表.xlsx")
        qtbot.waitUntil(lambda: row.state is State.CHANGED, timeout=PATIENCE)
        assert row.look is None
        assert not window.findings.shown
        assert window.form.sheet is None
        assert not window.menu.score.isEnabled()

    def test_a_file_that_goes_and_comes_back(
        self, window: MainWindow, sample: Sample, drop: Drop, qtbot: QtBot
    ) -> None:
        path = sample("自评表1（城乡", "表.xlsx")
        drop(path)
        (row,) = window.files.rows
        content = path.read_bytes()
        path.unlink()
        qtbot.waitUntil(lambda: row.state is State.GONE, timeout=PATIENCE)
        assert not window.findings.shown
        path.write_bytes(content)
        qtbot.waitUntil(lambda: row.state is State.SHOWN, timeout=PATIENCE)
        assert window.findings.shown

    def test_the_user_keeps_the_place(
        self, window: MainWindow, sample: Sample, drop: Drop, settled: Callable[[], None], qtbot: QtBot
    ) -> None:
        drop(sample("自评表1（城乡", "表.xlsx"))
        (row,) = window.files.rows
        chosen = window.findings.shown[-1]
        window.findings.choose(chosen)
        window.menu.report.trigger()
        settled()
        assert row.outcomes
        assert window.findings.current is chosen
        before = row.look
        os.utime(row.path, ns=(0, 0))
        qtbot.waitUntil(lambda: row.look not in (None, before), timeout=PATIENCE)
        assert window.findings.current is not chosen
        assert window.findings.current == chosen

    def test_f5_checks_anew(
        self, window: MainWindow, sample: Sample, drop: Drop, settled: Callable[[], None], qtbot: QtBot
    ) -> None:
        drop(sample("自评表1（城乡"))
        (row,) = window.files.rows
        before = row.look
        qtbot.keyClick(window.files, Qt.Key.Key_F5)
        settled()
        assert row.look is not None
        assert row.look is not before
