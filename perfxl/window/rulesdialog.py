"""The rule catalogue: on the left every rule, on the right the page of the chosen one."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from perfxl.output import rule_pages
from perfxl.rules.catalogue import rules
from perfxl.rules.finding import SEVERITY_WORDS
from perfxl.window import theme
from perfxl.window.reading import Page, joined


class RulesDialog(QDialog):
    """Opens with the rule of a code, or with the first one."""

    def __init__(self, code: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("检查规则")
        self.resize(980, 680)
        self.search = QLineEdit(self)
        self.search.setPlaceholderText("查找：编号、规则")
        self.search.setClearButtonEnabled(True)
        self.search.setAccessibleName("查找规则")
        self.list = QListWidget(self)
        self.list.setAccessibleName("规则目录")
        self.list.setSpacing(3)
        self.page = Page(self)
        self.page.setAccessibleName("规则说明")
        self._fill()
        side = QWidget(self)
        column = QVBoxLayout(side)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        split = QSplitter(self)
        split.addWidget(side)
        split.addWidget(self.page)
        split.setSizes([360, 620])
        split.setStretchFactor(1, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(split)
        self.search.textChanged.connect(self._filter)
        self.list.currentItemChanged.connect(self._show)
        numbers = [module.rule.code for module in self._modules]
        self.list.setCurrentRow(numbers.index(code) if code in numbers else 0)
        self.list.setFocus()

    def _fill(self) -> None:
        self._modules = rules()
        look = theme.current()
        for module in self._modules:
            rule = module.rule
            item = QListWidgetItem(f"{rule.code}  {rule.title}", self.list)
            item.setForeground(look.tones[rule.severity].ink)
            item.setToolTip(rule.title)
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole,
                f"{rule.code}，{SEVERITY_WORDS[rule.severity]}：{rule.title}",
            )

    def _filter(self) -> None:
        words = self.search.text().casefold().split()
        for number, module in enumerate(self._modules):
            text = f"{module.rule.code} {module.rule.title} {module.page}".casefold()
            self.list.item(number).setHidden(not all(word in text for word in words))

    def _show(self) -> None:
        number = self.list.currentRow()
        if number >= 0:
            text = rule_pages.as_markdown(self._modules[number])
            self.page.show_markdown(
                joined(text.replace("# ", "## "))
            )  # a page's own head would be a poster's
