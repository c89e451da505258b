"""What the menu does: outputs beside the workbook, dialogues, settings, recent files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QFileDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from perfxl.resources import resource_folder
from perfxl.rules.catalogue import rules
from perfxl.settings.parameters import jurisdictions
from perfxl.settings.preferences import Preferences, preferences, save_preferences, user_folder
from perfxl.window import commands, memory, opening, theme
from perfxl.window.main_window import MainWindow
from perfxl.window.newdialog import NewDialog
from perfxl.window.reading import ReadingDialog
from perfxl.window.rows import State
from perfxl.window.rulesdialog import RulesDialog
from perfxl.window.scoredialog import ScoreDialog
from perfxl.window.settingsdialog import SettingsDialog
from perfxl.work.read import read_file
from perfxl.work.report import blank_input
from tests.window.conftest import PATIENCE

Sample = Callable[..., Path]
Drop = Callable[..., None]
Settled = Callable[[], None]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What was handed to the programs of the office."""
    paths: list[Path] = []
    monkeypatch.setattr(opening, "open_in_program", lambda path: paths.append(path) or True)
    monkeypatch.setattr(opening, "show_in_folder", lambda path: paths.append(path.parent) or True)
    return paths


Kind = TypeVar("Kind", bound=QWidget)


def the(kind: type[Kind]) -> Kind:
    """The one open window of a class."""
    (found,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()]
    return found


def press_ok(dialog: Any, qtbot: QtBot) -> None:
    qtbot.mouseClick(dialog.buttons.button(QDialogButtonBox.StandardButton.Ok), Qt.MouseButton.LeftButton)


class TestOutputs:
    def test_computed_into_a_copy(
        self, window: MainWindow, sample: Sample, drop: Drop, settled: Settled, qtbot: QtBot
    ) -> None:
        path = sample("种子002", "表.xlsx")
        before = path.read_bytes()
        drop(path)
        qtbot.keyClick(window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
        press_ok(the(ScoreDialog), qtbot)
        settled()
        (outcome,) = window.files.rows[0].outcomes
        assert outcome.path == path.with_name("表（已计算）.xlsx")
        assert read_file(outcome.path)[1]
        assert path.read_bytes() == before

    def test_written_back_with_a_backup_and_checked_anew(
        self, window: MainWindow, sample: Sample, drop: Drop, qtbot: QtBot
    ) -> None:
        path = sample("种子002", "表.xlsx")
        before = path.read_bytes()
        drop(path)
        (row,) = window.files.rows
        first = row.look
        window.menu.score.trigger()
        dialog = the(ScoreDialog)
        dialog.in_place.setChecked(True)
        dialog.overwrite.setChecked(True)
        press_ok(dialog, qtbot)
        qtbot.waitUntil(
            lambda: bool(row.outcomes) and row.state is State.SHOWN and row.look is not first,
            timeout=PATIENCE,
        )
        assert path.read_bytes() != before
        (backup,) = [one for one in path.parent.iterdir() if one != path]
        assert backup.read_bytes() == before

    def test_nothing_is_computed_when_the_question_is_dismissed(
        self, window: MainWindow, sample: Sample, drop: Drop, qtbot: QtBot
    ) -> None:
        path = sample("种子002")
        drop(path)
        window.menu.score.trigger()
        qtbot.keyClick(the(ScoreDialog), Qt.Key.Key_Escape)
        assert not window.jobs.busy
        assert list(path.parent.iterdir()) == [path]

    def test_reports_of_all_selected_files(
        self, window: MainWindow, sample: Sample, drop: Drop, settled: Settled, qtbot: QtBot
    ) -> None:
        drop(sample("种子002", "甲.xlsx"), sample("种子003", "乙.xlsx"))
        window.files.selectAll()
        qtbot.keyClick(window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
        settled()
        made = [outcome.path for row in window.files.rows for outcome in row.outcomes]
        assert [path.name for path in made if path] == ["甲（自评报告）.docx", "乙（自评报告）.docx"]

    def test_the_statement_on_final_accounts(
        self, window: MainWindow, drop: Drop, settled: Settled, qtbot: QtBot, tmp_path: Path
    ) -> None:
        drop(blank_input(tmp_path / "决算数据.xlsx"))
        assert not window.menu.score.isEnabled()
        qtbot.keyClick(window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
        settled()
        (outcome,) = window.files.rows[0].outcomes
        assert outcome.path == tmp_path / "决算数据（情况说明）.docx"
        assert outcome.path.exists()

    def test_an_annotated_copy(
        self, window: MainWindow, sample: Sample, drop: Drop, settled: Settled, qtbot: QtBot
    ) -> None:
        drop(sample("自评表1（城乡", "表.xlsx"))
        qtbot.keyClick(window, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
        settled()
        (outcome,) = window.files.rows[0].outcomes
        assert outcome.path is not None
        assert outcome.path.exists()

    def test_the_links_lead_to_what_was_made(
        self, window: MainWindow, sample: Sample, drop: Drop, settled: Settled, opened: list[Path]
    ) -> None:
        path = sample("种子003", "表.xlsx")
        drop(path)
        window.menu.report.trigger()
        settled()
        made = window.files.rows[0].outcomes[0].path
        for link in ("open:0", "folder:0", "details:0"):
            window.outcomes.label.linkActivated.emit(link)
        assert opened == [made, path.parent]
        the(ReadingDialog).close()

    def test_a_folder_rolled_up_lies_on_the_desk_itself(
        self,
        window: MainWindow,
        sample: Sample,
        settled: Settled,
        monkeypatch: pytest.MonkeyPatch,
        tmp_path: Path,
    ) -> None:
        folder = tmp_path / "各县"
        folder.mkdir()
        sample("种子000").rename(folder / "甲.xlsx")
        (folder / "坏.xlsx").write_bytes(b"no workbook")
        proposed: list[str] = []

        def save_name(_parent: object, _title: str, name: str, *_: object) -> tuple[str, str]:
            proposed.append(name)
            return name, ""

        monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
        monkeypatch.setattr(QFileDialog, "getSaveFileName", save_name)
        window.menu.rollup.trigger()
        settled()
        output = Path(proposed[0])
        assert output == tmp_path / "各县（汇总）.xlsx"
        assert window.files.current is not None
        assert window.files.current.path == output
        assert window.files.current.outcomes[0].path == output
        assert "坏.xlsx" in window.files.current.outcomes[0].details


class TestNew:
    def ask(self, window: MainWindow, monkeypatch: pytest.MonkeyPatch, output: Path) -> NewDialog:
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(output), ""))
        window.menu.new.trigger()
        dialog = the(NewDialog)
        names = [dialog.list.item(number).text() for number in range(dialog.list.count())]
        dialog.list.setCurrentRow(next(number for number, name in enumerate(names) if "全国通用" in name))
        return dialog

    @pytest.mark.parametrize(
        ("typed", "made"), [("自评表2023.12", "自评表2023.12.xlsx"), ("甲.XLSX", "甲.XLSX")]
    )
    def test_a_name_typed_keeps_what_stands_behind_a_dot(
        self,
        typed: str,
        made: str,
        window: MainWindow,
        settled: Settled,
        monkeypatch: pytest.MonkeyPatch,
        qtbot: QtBot,
        tmp_path: Path,
    ) -> None:
        press_ok(self.ask(window, monkeypatch, tmp_path / typed), qtbot)
        settled()
        assert [path.name for path in tmp_path.glob("*.[xX]*")] == [made]

    def test_a_blank_form(
        self,
        window: MainWindow,
        settled: Settled,
        monkeypatch: pytest.MonkeyPatch,
        opened: list[Path],
        qtbot: QtBot,
        tmp_path: Path,
    ) -> None:
        dialog = self.ask(window, monkeypatch, tmp_path / "新表.xlsx")
        dialog.inputs["年度"].setText("2025")
        dialog.inputs["项目名称"].setText("医疗救助")
        press_ok(dialog, qtbot)
        settled()
        (form,) = read_file(tmp_path / "新表.xlsx")[1]
        assert form.year == 2025
        assert form.roles["project_name"].text == "医疗救助"
        box = the(QMessageBox)
        qtbot.mouseClick(box.buttons()[0], Qt.MouseButton.LeftButton)
        assert opened == [tmp_path / "新表.xlsx"]

    def test_one_form_for_each_project_of_a_list(
        self,
        window: MainWindow,
        settled: Settled,
        sample: Sample,
        monkeypatch: pytest.MonkeyPatch,
        qtbot: QtBot,
        tmp_path: Path,
    ) -> None:
        dialog = self.ask(window, monkeypatch, tmp_path / "各项目.xlsx")
        dialog.from_what.setText(str(sample("项目清单")))
        press_ok(dialog, qtbot)
        settled()
        the(QMessageBox).close()
        assert len(list(tmp_path.glob("各项目（*.xlsx"))) == 19

    def test_what_exists_is_not_replaced(
        self,
        window: MainWindow,
        settled: Settled,
        monkeypatch: pytest.MonkeyPatch,
        qtbot: QtBot,
        tmp_path: Path,
    ) -> None:
        there = tmp_path / "新表.xlsx"
        there.write_bytes(b"precious")
        press_ok(self.ask(window, monkeypatch, there), qtbot)
        settled()
        assert the(QMessageBox).objectName() == "refusal"
        the(QMessageBox).close()
        assert there.read_bytes() == b"precious"


class TestSettings:
    def test_what_is_chosen_is_kept_and_every_file_checked_anew(
        self, window: MainWindow, sample: Sample, drop: Drop, settled: Settled, qtbot: QtBot, tmp_path: Path
    ) -> None:
        drop(sample("种子003"))
        before = window.files.rows[0].look
        window.commands.settings()
        dialog = the(SettingsDialog)
        place = jurisdictions()[-1]
        dialog.place.setCurrentIndex(dialog.place.findData(place))
        dialog.folder.setText(str(tmp_path))
        press_ok(dialog, qtbot)
        assert preferences() == Preferences(place, tmp_path)
        settled()
        assert window.files.rows[0].look is not before
        window.commands.settings()
        dialog = the(SettingsDialog)
        assert (dialog.place.currentData(), dialog.folder.text()) == (place, str(tmp_path))
        dialog.close()

    def test_a_folder_that_does_not_exist_is_not_kept(self, window: MainWindow, qtbot: QtBot) -> None:
        window.commands.settings()
        dialog = the(SettingsDialog)
        dialog.folder.setText("/没有这个文件夹")
        press_ok(dialog, qtbot)
        assert dialog.isVisible()
        assert dialog.problem.isVisible()
        assert preferences() == Preferences()
        dialog.close()

    def test_a_damaged_file_is_told_of_and_can_be_replaced(self, window: MainWindow, qtbot: QtBot) -> None:
        save_preferences(Preferences())
        (user_folder() / "preferences.toml").write_text("= nonsense", encoding="utf-8")
        window.commands.settings()
        dialog = the(SettingsDialog)
        assert dialog.problem.isVisible()
        press_ok(dialog, qtbot)
        assert preferences() == Preferences()


class TestReading:
    def test_the_rule_of_the_finding(
        self, window: MainWindow, sample: Sample, drop: Drop, qtbot: QtBot
    ) -> None:
        drop(sample("自评表1（城乡"))
        assert window.findings.current is not None
        code = window.findings.current.code
        qtbot.keyClick(window, Qt.Key.Key_F2)
        dialog = the(RulesDialog)
        assert dialog.list.currentItem().text().startswith(code)
        assert code in dialog.page.toPlainText()
        dialog.close()

    def test_every_rule_has_its_page_and_can_be_searched(self, window: MainWindow, qtbot: QtBot) -> None:
        window.commands.rules()
        dialog = the(RulesDialog)
        assert dialog.list.count() == len(rules())
        for number, module in enumerate(rules()):
            dialog.list.setCurrentRow(number)
            assert module.rule.code in dialog.page.toPlainText()
        dialog.search.setText("PX202")
        shown = [number for number in range(dialog.list.count()) if not dialog.list.item(number).isHidden()]
        assert [rules()[number].rule.code for number in shown][:1] == ["PX202"]
        dialog.close()

    def test_the_samples_are_copied_and_opened(
        self, window: MainWindow, settled: Settled, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
        (tmp_path / "perfxl样例").mkdir()
        window.commands.samples()
        settled()
        names = {path.name for path in resource_folder("samples").glob("*.xlsx")}
        assert {row.path.parent for row in window.files.rows} == {tmp_path / "perfxl样例2"}
        assert {row.path.name for row in window.files.rows} == names

    def test_the_manual(self, window: MainWindow, qtbot: QtBot) -> None:
        qtbot.keyClick(window, Qt.Key.Key_F1)
        dialog = the(ReadingDialog)
        assert len(dialog.page.toPlainText()) > 1000
        dialog.close()

    def test_about(self, window: MainWindow) -> None:
        window.commands.about()
        assert the(QMessageBox).objectName() == "about"
        the(QMessageBox).close()

    def test_about_leads_to_the_licences_that_the_executable_carries(
        self, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        opened: list[Path] = []
        monkeypatch.setattr(commands, "resource_folder", lambda name: tmp_path / name)
        monkeypatch.setattr(opening, "open_in_program", opened.append)
        window.commands.about()
        box = the(QMessageBox)
        (notices,) = (
            button for button in box.buttons() if box.buttonRole(button) is QMessageBox.ButtonRole.ActionRole
        )
        notices.click()
        assert opened == [tmp_path / "licences"]

    def test_what_was_not_checked(self, window: MainWindow, sample: Sample, drop: Drop) -> None:
        drop(sample("种子002"))
        assert window.findings.scope.isVisible()
        window.findings.scope.linkActivated.emit("all")
        the(ReadingDialog).close()


class TestMemory:
    def test_recent_files_are_in_the_menu(
        self, window: MainWindow, sample: Sample, drop: Drop, settled: Settled
    ) -> None:
        path = sample("自评表4（机房")
        drop(path)
        window.commands.remove()
        menu = window.menu.recent
        menu.aboutToShow.emit()
        (action,) = menu.actions()
        assert action.text() == str(path)
        action.trigger()
        settled()
        assert [row.path for row in window.files.rows] == [path]

    def test_not_more_than_a_few_are_remembered(self, tmp_path: Path) -> None:
        for number in range(memory.MOST_RECENT + 5):
            memory.add_recent([tmp_path / f"{number}.xlsx"])
        assert len(memory.recent()) == memory.MOST_RECENT
        assert memory.recent()[0] == tmp_path / f"{memory.MOST_RECENT + 4}.xlsx"

    @pytest.mark.parametrize(
        "content", ["", "nonsense", "[1]", '{"recent": 3, "size": "big", "points": null}']
    )
    def test_a_damaged_memory_is_in_nobodys_way(self, qtbot: QtBot, content: str) -> None:
        memory.remember(points=10)
        (user_folder() / "window.json").write_text(content, encoding="utf-8")
        assert memory.recent() == []
        memory.add_recent([Path("a")])
        assert memory.recent() == [Path("a")]

    def test_the_size_of_the_window(self, window: MainWindow) -> None:
        window.resize(900, 700)
        window.close()
        assert memory.remembered()["size"] == [900, 700]


class TestType:
    def test_larger_smaller_and_usual(self, window: MainWindow, qtbot: QtBot, qapp: QApplication) -> None:
        control = Qt.KeyboardModifier.ControlModifier
        qtbot.keyClick(window, Qt.Key.Key_Equal, control)
        assert qapp.font().pointSize() == theme.USUAL + 1
        assert memory.remembered()["points"] == theme.USUAL + 1
        for _ in range(theme.LARGEST):
            qtbot.keyClick(window, Qt.Key.Key_Minus, control)
        assert qapp.font().pointSize() == theme.SMALLEST
        qtbot.keyClick(window, Qt.Key.Key_0, control)
        assert qapp.font().pointSize() == theme.USUAL

    def test_a_form_is_laid_out_anew(
        self, window: MainWindow, sample: Sample, drop: Drop, qtbot: QtBot
    ) -> None:
        drop(sample("自评表1（城乡"))
        header = window.form.table.verticalHeader()
        before = header.length()
        window.commands.zoom(4)
        qtbot.waitUntil(lambda: header.length() > before, timeout=PATIENCE)
        window.commands.zoom(0)
        qtbot.waitUntil(lambda: header.length() == before, timeout=PATIENCE)
