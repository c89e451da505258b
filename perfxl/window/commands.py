"""What the menu's entries do: ask where something has to be asked, then hand the work to the desk."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox

from perfxl import __version__
from perfxl.errors import PerfxlError
from perfxl.faults import log_folder
from perfxl.resources import resource_folder
from perfxl.window import memory, opening, theme
from perfxl.window.faultbox import tell
from perfxl.window.outcomes import Outcome
from perfxl.window.rows import Row, State

if TYPE_CHECKING:
    from perfxl.window.main_window import MainWindow
    from perfxl.window.newdialog import NewDialog
    from perfxl.work.new import Created

_WORKBOOK = "Excel 工作簿 (*.xlsx)"


class Commands:
    """The commands of one window. Dialogues are imported when they are opened, not before the window is painted."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def ready(self) -> list[Row]:
        """The selected files that were looked at and can be read."""
        return [row for row in self._window.files.selected if row.state is State.SHOWN and not row.unreadable]

    def ready_books(self) -> list[Row]:
        """Those of them that are workbooks."""
        return [row for row in self.ready() if not row.is_report]

    def score(self) -> None:
        """Compute the selected files, after asking where to."""
        from perfxl.window.scoredialog import ScoreDialog

        rows = self.ready_books()
        if not rows:
            return
        dialog = ScoreDialog(len(rows), self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def compute() -> None:
            for row in rows:
                self._window.desk.score(
                    row, in_place=dialog.in_place.isChecked(), overwrite=dialog.overwrite.isChecked()
                )

        dialog.accepted.connect(compute)
        dialog.open()

    def report(self) -> None:
        """Draft the reports of the selected files; of one in which nothing was found to be checked it is tried."""
        for row in self._window.files.selected:
            if row.state is State.SHOWN and not row.is_report:
                self._window.desk.report(row)

    def annotate(self) -> None:
        """Write annotated copies of the selected files."""
        for row in self.ready():
            self._window.desk.annotate(row)

    def scope(self) -> None:
        """Show what was checked in the file that is shown, and what was not."""
        from perfxl.window.reading import ReadingDialog

        row = self._window.files.current
        if row is not None and row.look is not None:
            ReadingDialog("检查范围", "\n\n".join(row.look.scope), self._window).show()

    def new(self) -> None:
        """Make a new form, after asking which."""
        from perfxl.window.newdialog import NewDialog

        try:
            dialog = NewDialog(self._window)
        except PerfxlError as error:  # a declaration of the office's own that cannot be used
            tell(self._window, "不能新建", str(error))
            return
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self._make_new(dialog))
        dialog.open()

    def _make_new(self, dialog: NewDialog) -> None:
        from perfxl.work.names import free_name

        window = self._window
        proposed = free_name(Path(window.last_folder()) / f"{dialog.form.title}.xlsx")
        output, _ = QFileDialog.getSaveFileName(window, "新建的表保存到", str(proposed), _WORKBOOK)
        if output:
            window.desk.new(
                dialog.form.id, _as_workbook(output), dialog.source, dialog.fields, self._tell_made
            )

    def _tell_made(self, created: Created) -> None:
        """Say what was made, and offer to open it."""
        first = created.paths[0]
        box = QMessageBox(self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setObjectName("made")
        box.setWindowTitle("新建")
        number = len(created.paths)
        box.setText(
            f"已生成“{first.name}”。" if number == 1 else f"已在“{first.parent.name}”里生成 {number} 份表。"
        )
        box.setInformativeText("\n".join(created.notices))
        if number == 1:
            box.addButton("打开", QMessageBox.ButtonRole.AcceptRole).clicked.connect(
                lambda: opening.open_in_program(first)
            )
        box.addButton("打开文件夹", QMessageBox.ButtonRole.ActionRole).clicked.connect(
            lambda: opening.show_in_folder(first)
        )
        box.addButton("关闭", QMessageBox.ButtonRole.RejectRole)
        box.open()

    def compare(self) -> None:
        """Hold a report against the workbook that is shown, after asking which report."""
        row = self._window.files.current
        book = None if row is None else row.against if row.is_report else row.path
        name, _ = QFileDialog.getOpenFileName(
            self._window,
            f"核对报告：与“{book.name}”对照" if book is not None else "核对报告：只核对报告自身的数",
            str(book.parent if book is not None else self._window.last_folder()),
            "Word 文档 (*.docx)",
        )
        if name:
            self._window.desk.hold(Path(name), book)

    def rollup(self) -> None:
        """Roll up a folder into one workbook, after asking which and where to."""
        from perfxl.work.names import free_name

        window = self._window
        name = QFileDialog.getExistingDirectory(
            window, "汇总：选择装有各单位自评表的文件夹", window.last_folder()
        )
        if not name:
            return
        folder = Path(name)
        proposed = free_name(folder.parent / f"{folder.name or '自评表'}（汇总）.xlsx")
        output, _ = QFileDialog.getSaveFileName(window, "汇总表另存为", str(proposed), _WORKBOOK)
        if output:
            window.desk.rollup([folder], _as_workbook(output))

    def recheck(self) -> None:
        """Check the selected files anew."""
        for row in self._window.files.selected:
            self._window.desk.check(row)

    def open_folder(self) -> None:
        """Open the folder of the file that is shown, where its outputs stand too."""
        row = self._window.files.current
        if row is not None:
            opening.show_in_folder(row.path)

    def copy_findings(self) -> None:
        """Put the findings that are shown on the clipboard, to be sent to whoever filled the form."""
        from perfxl.window.findings import spoken

        row, panel = self._window.files.current, self._window.findings
        if row is not None and panel.shown:
            lines = [
                row.path.name,
                *(spoken(finding, f"{finding.sheet}!{finding.cell}") for finding in panel.shown),
            ]
            QGuiApplication.clipboard().setText("\n".join(lines))
            self._window.line.say(f"已复制 {len(panel.shown)} 条检查结果")

    def details(self, outcome: Outcome) -> None:
        """Show all there is to say of something that was done."""
        from perfxl.window.reading import ReadingDialog, preformatted

        ReadingDialog("明细", preformatted(outcome.details), self._window).show()

    def settings(self) -> None:
        """Change the settings; every file is then checked anew."""
        from perfxl.window.settingsdialog import SettingsDialog

        dialog = SettingsDialog(self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(self._check_all)
        dialog.open()

    def rules(self, code: str = "") -> None:
        """Show the rule catalogue, or one rule of it."""
        from perfxl.window.rulesdialog import RulesDialog

        RulesDialog(code, self._window).show()

    def rule_of_finding(self) -> None:
        """Show the rule behind the finding that is chosen."""
        finding = self._window.findings.current
        self.rules(finding.code if finding is not None else "")

    def samples(self) -> None:
        """Let a newcomer try the program on the bundled samples, in a folder of their own."""
        window = self._window
        name = QFileDialog.getExistingDirectory(window, "样例复制到哪里", window.last_folder())
        if name:
            window.desk.samples(Path(name))

    def manual(self) -> None:
        """Show the manual."""
        from perfxl.window.reading import ReadingDialog

        try:
            text = (resource_folder("docs") / "manual.zh.md").read_text(encoding="utf-8")
        except OSError:
            tell(self._window, "没有手册", "这份程序没有带手册，请到项目主页查看。")
            return
        ReadingDialog("手册", text, self._window).show()

    def logs(self) -> None:
        """Open the folder of the logs."""
        log_folder().mkdir(parents=True, exist_ok=True)
        opening.open_in_program(log_folder())

    def about(self) -> None:
        """Say what this is."""
        box = QMessageBox(self._window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setObjectName("about")
        box.setWindowTitle("关于")
        box.setText(f"<b>预算绩效自评助手 perfxl</b>　{__version__}")
        box.setInformativeText(
            "检查、计算预算绩效自评表，起草自评报告。全部在本机完成，不联网，表格不离开您的电脑。\n\nMIT 许可。"
        )
        # Only the executable carries the work of others.
        with suppress(FileNotFoundError):
            licences = resource_folder("licences")
            notices = box.addButton("所含组件的许可", QMessageBox.ButtonRole.ActionRole)
            notices.clicked.connect(lambda: opening.open_in_program(licences))
        box.addButton("关闭", QMessageBox.ButtonRole.AcceptRole)
        box.open()

    def zoom(self, step: int) -> None:
        """Make all type larger or smaller by some points; 0 for the usual size."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        points = app.font().pointSize() + step if step else theme.USUAL
        theme.set_type(app, points)
        memory.remember(points=app.font().pointSize())

    def open_recent(self, path: Path) -> None:
        """Open a file again."""
        self._window.open_paths([path])

    def _check_all(self) -> None:
        for row in self._window.desk.rows:
            self._window.desk.check(row)

    def remove(self) -> None:
        """Take the selected files off the list."""
        self._window.remove_selected()


def _as_workbook(name: str) -> Path:
    """The name that was typed, with the ending of a workbook; what stands behind a dot (汇总2023.12) is no ending."""
    return Path(name if name.lower().endswith(".xlsx") else f"{name}.xlsx")
