"""The window: menu and buttons above, files and findings on the left, the form on the right."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QMainWindow,
    QStackedWidget,
)

from perfxl.rules.finding import Finding
from perfxl.window import memory, opening
from perfxl.window.actions import Actions
from perfxl.window.commands import Commands
from perfxl.window.faultbox import Faults, tell
from perfxl.window.looking import Look
from perfxl.window.outcomes import Outcome
from perfxl.window.rows import Row, summary
from perfxl.window.statusline import StatusLine
from perfxl.window.tasks import REPORT
from perfxl.window.welcome import DropHint, Welcome
from perfxl.work.files import WORKBOOKS

_PATTERN = "自评表和报告 (" + " ".join(f"*{ending}" for ending in (*WORKBOOKS, REPORT)) + ");;所有文件 (*)"

_NOTHING = Look()

_LIKE_A_WINDOW = (
    Qt.WindowType.Dialog
    | Qt.WindowType.WindowTitleHint
    | Qt.WindowType.WindowSystemMenuHint
    | Qt.WindowType.WindowMinMaxButtonsHint
    | Qt.WindowType.WindowCloseButtonHint
)
"""On Windows Qt asks Direct3D for the graphics card before it makes the first window of the plain kind, for the sake of
OpenGL, which nothing here draws with: a tenth of a second. A dialogue with all the buttons of one looks the same."""

_LONGEST_LEAVE = 30_000
"""Milliseconds after which a closed window waits for its job no longer; outputs are written whole or not at all."""


class MainWindow(QMainWindow):
    """Everything an officer sees."""

    furnished = False
    _leaving = False
    _showing: tuple[Look, str] | None = None

    def __init__(self, faults: Faults) -> None:
        super().__init__()
        if sys.platform == "win32":
            self.setWindowFlags(_LIKE_A_WINDOW)
        self.setWindowTitle("预算绩效自评助手 perfxl")
        self._faults = faults  # a signal keeps nobody alive
        self.setAcceptDrops(True)
        self.welcome = Welcome(self)
        self.welcome.files_wanted.connect(self.ask_for_files)
        self.welcome.folder_wanted.connect(self.ask_for_folder)
        self.drop_hint = DropHint(self)
        self.pages = QStackedWidget(self)
        self.pages.addWidget(self.welcome)
        self.setCentralWidget(self.pages)
        self.line = StatusLine(self)
        self.setStatusBar(self.line)
        self.commands = Commands(self)
        self.menu = Actions(self, self.commands)
        self._restore()

    def furnish(self) -> None:
        """Put in what the first file will need. It is done after the first painting, which waits for none of it."""
        from perfxl.window.desk import Desk
        from perfxl.window.jobs import Jobs
        from perfxl.window.watcher import Watcher
        from perfxl.window.workplace import Workplace

        self.jobs = Jobs(self)
        self.watcher = Watcher(self)
        self.desk = Desk(self.jobs, self.watcher, self)
        self.workplace = Workplace(self)
        self.files, self.findings = self.workplace.files, self.workplace.findings
        self.outcomes, self.form = self.workplace.outcomes, self.workplace.form
        self.pages.addWidget(self.workplace)
        self.menu.furnish(self.findings)
        self._connect()
        self.furnished = True

    def begin(self, paths: list[Path]) -> None:
        """Do everything for the files of the command line; without any, load what the first file will need."""
        self.furnish()
        if paths:
            self.open_paths(paths, everything=True)
        else:
            self.desk.prepare()

    def open_paths(self, paths: list[Path], *, everything: bool = False) -> None:
        """Put files and folders on the desk."""
        if paths:
            self.desk.open(paths, everything=everything)

    def come_forward(self) -> None:
        """Show the window before all others."""
        self._leaving = False
        if self.isMinimized():
            self.showNormal()
        self.show()
        self.raise_()
        self.activateWindow()

    def ask_for_files(self) -> None:
        """Let the user choose workbooks."""
        names, _ = QFileDialog.getOpenFileNames(self, "打开自评表", self.last_folder(), _PATTERN)
        self.open_paths([Path(name) for name in names])

    def ask_for_folder(self) -> None:
        """Let the user choose a folder."""
        name = QFileDialog.getExistingDirectory(self, "打开文件夹：检查里面所有的工作簿", self.last_folder())
        if name:
            self.open_paths([Path(name)])

    def open_workbook(self, row: Row | None = None) -> None:
        """Open a file in the office program."""
        row = row or self.files.current
        if row is not None and not opening.open_in_program(row.path):
            tell(self, "打不开", f"没有能打开“{row.path.name}”的程序，或文件已不在原处。")

    def search(self) -> None:
        """Let the user search the findings."""
        self.findings.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.findings.search.selectAll()

    def remove_selected(self) -> None:
        """Take the selected files off the list."""
        rows = self.files.selected
        self.desk.remove(rows)
        self.files.remove(rows)
        self._show_pages()
        if not self.jobs.busy:
            self._on_idle()

    # What Qt calls.

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        if event.mimeData().hasUrls():
            event.acceptProposedAction()
            self._show_drop(True)
        else:
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802 - Qt's name
        self._show_drop(False)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        self._show_drop(False)
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.open_paths(paths)
            self.activateWindow()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        if not self.furnished:
            return
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.watcher.look_now()
        elif event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self.menu.colour()
            QTimer.singleShot(0, self._dress)  # once the change has reached what is in the window

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        self._remember()
        if not self.furnished:
            event.accept()
            return
        if not self.jobs.busy:
            self.watcher.stop()
            self.jobs.stop()
            event.accept()
            return
        # An output that is being written is written to its end; nobody has to look at that.
        self.desk.cancel()
        self.hide()
        self._leaving = True
        self.jobs.idle.connect(self._leave)
        QTimer.singleShot(_LONGEST_LEAVE, self._leave)
        event.ignore()

    def _leave(self) -> None:
        """End the program, unless a later start has brought the window back."""
        if self._leaving:
            QApplication.quit()

    # How it is put together.

    def _connect(self) -> None:
        self.files.chosen.connect(self._show_row)
        self.files.doubleClicked.connect(lambda: self.open_workbook())
        self.files.removal_wanted.connect(self.remove_selected)
        self.findings.chosen.connect(self._on_finding)
        self.findings.opened.connect(lambda: self.open_workbook())
        self.findings.scope_wanted.connect(self.commands.scope)
        self.form.picked.connect(self.findings.choose)
        self.form.opened.connect(lambda: self.open_workbook())
        self.outcomes.opened.connect(self._open_outcome)
        self.outcomes.details_wanted.connect(self.commands.details)
        self.outcomes.folder_opened.connect(lambda outcome: opening.show_in_folder(outcome.path))
        self.desk.added.connect(self._on_added)
        self.desk.updated.connect(self._on_updated)
        self.desk.refused.connect(lambda text: tell(self, "没有打开", text))
        self.desk.fault.connect(self._faults.report)
        self.jobs.progressed.connect(self.line.show_progress)
        self.jobs.idle.connect(self._on_idle)
        self.line.cancelled.connect(self.desk.cancel)

    def _restore(self) -> None:
        found = memory.remembered()
        self.resize(1280, 800)
        size = found.get("size")
        if isinstance(size, list) and len(size) == 2 and all(isinstance(side, int) for side in size):
            available = self.screen().availableGeometry()
            self.resize(min(size[0], available.width()), min(size[1], available.height()))
        if found.get("maximized") is True:
            self.setWindowState(Qt.WindowState.WindowMaximized)

    def _remember(self) -> None:
        if not self.isMaximized():
            memory.remember(size=[self.width(), self.height()])
        memory.remember(maximized=self.isMaximized())

    # What follows from what.

    def _on_added(self, new: list[Row], shown: Row) -> None:
        for row in new:
            self.files.add(row)
        self._show_pages()
        self.workplace.share_height()
        self.files.choose(shown)

    def _on_updated(self, row: Row) -> None:
        self.files.refresh(row)
        if row is self.files.current:
            self._show_row(row)

    def _show_pages(self) -> None:
        self.pages.setCurrentWidget(self.workplace if self.files.rows else self.welcome)

    def _dress(self) -> None:
        self.form.reset()
        self.workplace.share_height()

    def _show_drop(self, over: bool) -> None:
        """Show that something is being dragged over the window."""
        empty = self.pages.currentWidget() is self.welcome
        self.welcome.set_over(over and empty)
        self.drop_hint.show_over(self.pages if over and not empty else None)

    def _show_row(self, row: Row | None) -> None:
        look = (row.look if row is not None else None) or _NOTHING
        note = _note(row)
        if (
            self._showing is None or look is not self._showing[0] or note != self._showing[1]
        ):  # or the user would lose the place for every output that is made
            self._showing = look, note
            self.form.show_workbook(look.sheets, look.forms, look.findings)
            self.findings.show_findings(
                look.findings, note, look.scope, row.last if row is not None else None
            )
        self.outcomes.show_outcomes(row.outcomes if row is not None else ())
        self.menu.update_for(row)

    def _on_finding(self, finding: Finding | None) -> None:
        row = self.files.current
        if finding is not None and row is not None:
            row.last = finding
        self.form.light(finding)

    def _open_outcome(self, outcome: Outcome) -> None:
        if outcome.path is not None and not opening.open_in_program(outcome.path):
            tell(self, "打不开", f"没有能打开“{outcome.path.name}”的程序，或文件已不在原处。")

    def _on_idle(self) -> None:
        text, row = summary(self.desk.rows), self.files.current
        self.line.rest(text)
        if row is not None:
            self.line.announce(text or row.verdict)

    def last_folder(self) -> str:
        """The folder that a question for files begins in."""
        recent = memory.recent()
        return str(recent[0].parent) if recent else ""


def _note(row: Row | None) -> str:
    """What is said in place of findings."""
    if row is None:
        return ""
    if row.look is None or row.unreadable:
        return row.verdict
    return "没有发现错误，也没有需要留意的地方。" if not row.findings else ""
