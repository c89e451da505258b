"""Menu, buttons and keys: what can be done, and how it is reached."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QToolBar

from perfxl.window import memory
from perfxl.window.rows import Row, State

if TYPE_CHECKING:
    from perfxl.window.main_window import MainWindow


class Actions:
    """The actions of a window, in its menu and its row of buttons."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._for_files: list[QAction] = []
        self._make_menus()
        self.update_for(None)

    def update_for(self, row: Row | None) -> None:
        """Allow what can be done with the file that is shown."""
        ready = row is not None and row.state is State.SHOWN and not row.unreadable
        for action in self._for_files:
            action.setEnabled(ready)

    def _make_menus(self) -> None:
        window = self._window
        menus = window.menuBar()
        files = menus.addMenu("文件(&F)")
        self.open = self._add(
            files, "打开(&O)…", window.ask_for_files, "Ctrl+O", "打开一个或几个自评表并检查"
        )
        self._add(files, "打开文件夹(&D)…", window.ask_for_folder, "Ctrl+Shift+O", "检查文件夹里所有的工作簿")
        self._recent = files.addMenu("最近打开(&R)")
        self._recent.aboutToShow.connect(self._fill_recent)
        files.addSeparator()
        self._add(files, "从列表移出(&L)", window.remove_selected, "", "文件本身不受影响")
        files.addSeparator()
        self._add(files, "退出(&X)", window.close, "Ctrl+Q", "")
        work = menus.addMenu("处理(&P)")
        self.score = self._add(
            work, "计算并写回(&S)", self._score, "Ctrl+E", "计算执行率、得分和合计，写入副本"
        )
        self.report = self._add(
            work, "起草报告(&B)", self._report, "Ctrl+R", "按表中内容起草自评报告（Word）"
        )
        work.addSeparator()
        self._add(work, "重新检查(&K)", self._recheck, "F5", "重新读取并检查选中的文件")
        self._for_files += [self.score, self.report]
        bar = QToolBar("常用操作", window)
        bar.setMovable(False)
        bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        bar.addAction(self.open)
        bar.addSeparator()
        bar.addActions([self.score, self.report])
        window.addToolBar(bar)

    def _add(self, menu: QMenu, text: str, do: Callable[[], object], key: str, tip: str) -> QAction:
        action = QAction(text, self._window)
        action.triggered.connect(lambda: do())
        if key:
            action.setShortcut(QKeySequence(key))
        if tip:
            action.setToolTip(f"{tip}（{key}）" if key else tip)
            action.setStatusTip(tip)
        menu.addAction(action)
        return action

    def _fill_recent(self) -> None:
        self._recent.clear()
        for path in memory.recent():
            action = self._recent.addAction(str(path).replace("&", "&&"))
            action.triggered.connect(lambda _checked=False, path=path: self._window.open_paths([path]))
        if self._recent.isEmpty():
            self._recent.addAction("（还没有）").setEnabled(False)

    def _ready(self) -> list[Row]:
        return [row for row in self._window.files.selected if row.state is State.SHOWN and not row.unreadable]

    def _score(self) -> None:
        for row in self._ready():
            self._window.desk.score(row)

    def _report(self) -> None:
        for row in self._ready():
            self._window.desk.report(row)

    def _recheck(self) -> None:
        for row in self._window.files.selected:
            self._window.desk.check(row)
