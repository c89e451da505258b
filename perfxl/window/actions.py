"""Menu, buttons and keys: what can be done, and how it is reached."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QToolBar

from perfxl.window import icons, memory, theme
from perfxl.window.commands import Commands
from perfxl.window.rows import Row, State

if TYPE_CHECKING:
    from perfxl.window.findings import FindingsPanel
    from perfxl.window.main_window import MainWindow


class Actions:
    """The actions of a window, in its menu and its row of buttons."""

    def __init__(self, window: MainWindow, commands: Commands) -> None:
        self._window = window
        self._commands = commands
        self._pictured: dict[QAction, str] = {}
        self._for_readable: list[QAction] = []
        self._for_books: list[QAction] = []
        self._for_any: list[QAction] = []
        self._make_file_menu()
        self._make_work_menu()
        self._view = window.menuBar().addMenu("查看(&V)")
        self._make_help_menu()
        self._make_bar()
        self.colour()
        self.update_for(None)

    def update_for(self, row: Row | None) -> None:
        """Allow what can be done with the file that is shown."""
        ready = row is not None and row.state is State.SHOWN and not row.unreadable
        for action in self._for_readable:
            action.setEnabled(ready)
        is_book = row is not None and not row.is_report
        for action in self._for_books:
            action.setEnabled(ready and is_book)
        # Final accounts are no form that could be checked, and are reported on all the same.
        self.report.setEnabled(is_book and row is not None and row.state is State.SHOWN)
        for action in self._for_any:
            action.setEnabled(row is not None)

    def colour(self) -> None:
        """Draw the pictures in the colours of the theme."""
        look = theme.current()
        for action, name in self._pictured.items():
            action.setIcon(icons.icon(name, look.accent, look.faint))

    def _make_file_menu(self) -> None:
        window, commands = self._window, self._commands
        menu = window.menuBar().addMenu("文件(&F)")
        self.new = self._add(
            menu, "新建(&N)…", commands.new, "Ctrl+N", "新建空白自评表，或从项目清单、上年的表生成", "new"
        )
        self.open = self._add(menu, "打开(&O)…", window.ask_for_files, "Ctrl+O", "打开自评表并检查", "open")
        self._add(menu, "打开文件夹(&D)…", window.ask_for_folder, "Ctrl+Shift+O", "检查文件夹里所有的工作簿")
        self.recent = menu.addMenu("最近打开(&R)")
        self.recent.aboutToShow.connect(self._fill_recent)
        menu.addSeparator()
        self._for_any += [
            self._add(menu, "用办公软件打开(&E)", window.open_workbook, "", "也可以双击文件、检查结果或表格"),
            self._add(menu, "打开所在文件夹(&P)", commands.open_folder, "Ctrl+D", "生成的文件也在这里"),
            self._add(menu, "从列表移出(&L)", commands.remove, "", "文件本身不受影响"),
        ]
        menu.addSeparator()
        self._add(menu, "设置(&T)…", commands.settings, "Ctrl+,", "适用地区、本单位模板")
        menu.addSeparator()
        self._add(menu, "退出(&X)", window.close, "Ctrl+Q")

    def _make_work_menu(self) -> None:
        commands = self._commands
        menu = self._window.menuBar().addMenu("处理(&P)")
        self.score = self._add(
            menu, "计算并写回(&S)…", commands.score, "Ctrl+E", "计算执行率、得分和合计，写进表格", "score"
        )
        self.report = self._add(
            menu, "起草报告(&B)", commands.report, "Ctrl+R", "按表中内容起草自评报告（Word）", "report"
        )
        self.annotate = self._add(
            menu, "标注副本(&A)", commands.annotate, "Ctrl+M", "另存一份标出问题单元格的副本", "annotate"
        )
        self.compare = self._add(
            menu, "核对报告(&J)…", commands.compare, "Ctrl+J", "核对写好的报告与自评表是否一致", "compare"
        )
        self.rollup = self._add(
            menu, "汇总文件夹(&H)…", commands.rollup, "Ctrl+G", "把一个文件夹的自评表汇总成一份", "rollup"
        )
        menu.addSeparator()
        recheck = self._add(
            menu, "重新检查(&K)", commands.recheck, "F5", "重新读取并检查选中的文件", "recheck"
        )
        self.copy = self._add(
            menu, "复制检查结果(&C)", commands.copy_findings, "Ctrl+Shift+C", "复制列出的检查结果"
        )
        self._for_books += [self.score]
        self._for_readable += [self.annotate, self.copy]
        self._for_any += [recheck]

    def furnish(self, findings: FindingsPanel) -> None:
        """Add what concerns the findings, once there is a panel for them."""
        commands, menu = self._commands, self._view
        self._add(menu, "查找(&F)", self._window.search, "Ctrl+F", "在检查结果中查找")
        menu.addSeparator()
        for number, (word, chip) in enumerate(findings.chips.items(), start=1):
            action = self._add(menu, f"显示{word}(&{number})", chip.toggle, f"Ctrl+{number}")
            action.setCheckable(True)
            action.setChecked(True)
            chip.toggled.connect(action.setChecked)
        menu.addSeparator()
        larger = self._add(menu, "放大字号(&L)", lambda: commands.zoom(1), "Ctrl++")
        larger.setShortcuts([QKeySequence("Ctrl++"), QKeySequence("Ctrl+=")])
        self._add(menu, "缩小字号(&S)", lambda: commands.zoom(-1), "Ctrl+-")
        self._add(menu, "常用字号(&U)", lambda: commands.zoom(0), "Ctrl+0")
        findings.list.addActions([self._explain, self.copy])

    def _make_help_menu(self) -> None:
        commands = self._commands
        menu = self._window.menuBar().addMenu("帮助(&H)")
        self._add(menu, "手册(&M)", commands.manual, "F1")
        self._add(menu, "试用样例(&E)…", commands.samples, tip="把自带的样例复制到您选的文件夹，并打开")
        self._add(menu, "检查规则(&R)", commands.rules, "Shift+F1", "每条规则的依据、例子和改法")
        self._explain = self._add(
            menu, "这一条的规则(&T)", commands.rule_of_finding, "F2", "选中的检查结果依据哪条规则"
        )
        menu.addSeparator()
        self._add(menu, "打开日志文件夹(&L)", commands.logs)
        self._add(menu, "关于(&A)", commands.about)

    def _make_bar(self) -> None:
        bar = QToolBar("常用操作", self._window)
        bar.setMovable(False)
        bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        bar.addActions([self.open, self.new])
        bar.addSeparator()
        bar.addActions([self.score, self.report, self.annotate])
        bar.addSeparator()
        bar.addActions([self.compare, self.rollup])
        self._window.addToolBar(bar)

    def _add(
        self,
        menu: QMenu,
        text: str,
        do: Callable[[], object],
        key: str = "",
        tip: str = "",
        picture: str = "",
    ) -> QAction:
        action = QAction(text, self._window)
        action.triggered.connect(lambda: do())
        plain = text.split("(&")[0]
        action.setIconText(f" {plain}")  # Qt leaves hardly any room between picture and text
        if key:
            action.setShortcut(QKeySequence(key))
        action.setToolTip(f"{tip or plain}（{key}）" if key else tip or plain)
        action.setStatusTip(tip)
        if picture:
            self._pictured[action] = picture
            action.setIconVisibleInMenu(False)
        menu.addAction(action)
        return action

    def _fill_recent(self) -> None:
        self.recent.clear()
        for path in memory.recent():
            action = self.recent.addAction(str(path).replace("&", "&&"))
            action.triggered.connect(lambda _checked=False, path=path: self._commands.open_recent(path))
        if self.recent.isEmpty():
            self.recent.addAction("（还没有）").setEnabled(False)
