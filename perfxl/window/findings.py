"""The findings on one file: gravest first, filtered by group and by text, with what was not checked below them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QModelIndex, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from perfxl.output.checked import EXPLAINED, groups, word_for
from perfxl.rules.finding import SEVERITY_WORDS, Finding
from perfxl.window.findinglist import FINDING, WHERE, FindingList, Index

GROUPS = (*SEVERITY_WORDS.values(), EXPLAINED)
"""The words under which findings are listed, in that order."""
_PAD = 12


def spoken(finding: Finding, where: str) -> str:
    """The finding as a screen reader says it, and as it is copied."""
    if finding.explanation:
        rest = f"说明：{finding.explanation}"
    else:
        rest = f"怎么改：{finding.fix}" if finding.fix else ""
    return f"{word_for(finding)}，{where} {finding.subject}：{finding.message}{rest}〔{finding.code}〕"


def _where(finding: Finding, several: bool) -> str:
    cell = f"{finding.sheet} {finding.cell}" if several and finding.cell else finding.cell
    return cell if finding.paragraph is None else f"第 {finding.paragraph} 段 {cell}".rstrip()


def _place(finding: Finding) -> tuple[object, ...]:
    return finding.code, finding.sheet, finding.cell, finding.subject, finding.paragraph


class FindingsPanel(QWidget):
    """Filter, list, and a line on what was checked.

    `chosen` carries the finding that is current, or None; `opened` one that was double-clicked; `scope_wanted` says
    that the user asks what was not checked.
    """

    chosen = Signal(object)
    opened = Signal(object)
    scope_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._note = ""
        self._model = QStandardItemModel(self)
        self._shown = _Filter(self)
        self._shown.setSourceModel(self._model)
        self.list = FindingList(self)
        self.list.setModel(self._shown)
        self.search = QLineEdit(self)
        self.search.setPlaceholderText("查找：单元格、指标、文字")
        self.search.setClearButtonEnabled(True)
        self.search.setAcceptDrops(False)  # a file dropped here is meant for the window
        self.search.setAccessibleName("在检查结果中查找")
        self.chips = {word: self._chip() for word in GROUPS}
        self.note = QLabel(self)
        self.note.setObjectName("note")
        self.note.setWordWrap(True)
        self.note.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.scope = QLabel(self)
        self.scope.setObjectName("scope")
        self.scope.setWordWrap(True)
        self.scope.setAccessibleName("检查范围")
        self.scope.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self._lay_out()
        self.search.textChanged.connect(self._filter)
        self.scope.linkActivated.connect(self.scope_wanted)
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.list.doubleClicked.connect(lambda index: self.opened.emit(index.data(FINDING)))

    def show_findings(
        self,
        findings: Sequence[Finding],
        note: str = "",
        scope: Sequence[str] = (),
        again: Finding | None = None,
    ) -> None:
        """Show these findings; `note` is said where there is none, `scope` tells what was checked and what was not.

        The first one becomes current, or the one that says of the same place what `again` said.
        """
        several = len({finding.sheet for finding in findings}) > 1
        grouped = groups(findings)
        numbers = {word: len(found) for word, found in grouped}
        self._model.clear()
        for finding in (finding for _, found in grouped for finding in found):
            where = _where(finding, several)
            item = QStandardItem(spoken(finding, where))
            item.setEditable(False)
            item.setData(finding, FINDING)
            item.setData(where, WHERE)
            self._model.appendRow(item)
        for word, chip in self.chips.items():
            number = numbers.get(word, 0)
            chip.setText(f"{word} {number}")
            chip.setAccessibleName(f"显示{word}，{number} 处")
            chip.setEnabled(bool(number))
            chip.setVisible(bool(number) or word != EXPLAINED)
        self._note = note
        self._tell_scope(scope)
        self._filter()
        if self._shown.rowCount():
            self._choose_first_or(again)
        else:
            self.chosen.emit(None)

    def _choose_first_or(self, again: Finding | None) -> None:
        self.list.setCurrentIndex(self._shown.index(0, 0))
        same = [one for one in self.shown if again is not None and _place(one) == _place(again)]
        if same:
            self.choose(same[0])

    def choose(self, finding: Finding) -> None:
        """Make a finding current; a filter that hides it stays as it is."""
        for number in range(self._shown.rowCount()):
            index = self._shown.index(number, 0)
            if index.data(FINDING) is finding:
                self.list.setCurrentIndex(index)
                self.list.scrollTo(index)

    @property
    def shown(self) -> list[Finding]:
        """The findings that the filter lets through, in order."""
        return [self._shown.index(number, 0).data(FINDING) for number in range(self._shown.rowCount())]

    @property
    def current(self) -> Finding | None:
        """The finding that is current."""
        return cast("Finding | None", self.list.currentIndex().data(FINDING))

    def _chip(self) -> QPushButton:
        chip = QPushButton(self)
        chip.setObjectName("chip")
        chip.setCheckable(True)
        chip.setChecked(True)
        chip.toggled.connect(self._filter)
        return chip

    def _lay_out(self) -> None:
        bar = QFrame(self)
        bar.setObjectName("bar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(_PAD, 8, _PAD, 8)
        row.setSpacing(6)
        for chip in self.chips.values():
            row.addWidget(chip)
        row.addWidget(self.search, 1)
        self.pages = QStackedWidget(self)
        self.pages.addWidget(self.list)
        self.pages.addWidget(self.note)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self.pages, 1)
        column.addWidget(self.scope)

    def _tell_scope(self, scope: Sequence[str]) -> None:
        if scope:
            left = len(scope) - 1
            self.scope.setText(scope[0] + (f"　<a href='all'>{left} 处没能检查</a>" if left else ""))
        self.scope.setVisible(bool(scope))

    def _filter(self) -> None:
        self._shown.narrow(
            {word for word, chip in self.chips.items() if chip.isChecked()}, self.search.text()
        )
        hidden = self._model.rowCount() > 0 and not self._shown.rowCount()
        self.note.setText("筛选条件下没有结果。" if hidden else self._note)
        self.pages.setCurrentWidget(self.list if self._shown.rowCount() else self.note)

    def _on_current(self, index: QModelIndex) -> None:
        self.chosen.emit(index.data(FINDING) if index.isValid() else None)


class _Filter(QSortFilterProxyModel):
    """Lets through findings of some groups that hold every word of a search."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._groups: set[str] = set(GROUPS)
        self._words: list[str] = []

    def narrow(self, chosen: set[str], search: str) -> None:
        self._groups, self._words = chosen, search.casefold().split()
        self.invalidateFilter()

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:  # noqa: N802 - Qt's name
        index = self.sourceModel().index(source_row, 0, source_parent)
        finding = cast(Finding, index.data(FINDING))
        text = f"{index.data()} {' '.join(finding.cells)}".casefold()
        return word_for(finding) in self._groups and all(word in text for word in self._words)
