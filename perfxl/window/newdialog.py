"""A new form: which one, from what, and what its head shall say."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from perfxl.errors import PerfxlError
from perfxl.settings.forms import DeclaredForm, declared_forms
from perfxl.template.declaration import declaration, role_of
from perfxl.work.files import SOURCES

_SOURCES = f"来源 ({' '.join(f'*{ending}' for ending in SOURCES)});;所有文件 (*)"
_USUAL = "project"
"""The form that most offices fill."""
_ASKED = ("year", "project_name", "department", "unit")
"""Fields of the head that are asked for here; the others are filled in the form itself."""


class NewDialog(QDialog):
    """Accepted with a form chosen; `form`, `source` and `fields` say what to make."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("新建自评表")
        self.resize(620, 600)
        self.list = QListWidget(self)
        self.list.setAccessibleName("表的种类")
        self.list.setSpacing(3)
        self.ground = QLabel(self)
        self.ground.setObjectName("faint")
        self.ground.setWordWrap(True)
        self.from_what = QLineEdit(self)
        self.from_what.setPlaceholderText("不填则新建空白表")
        self.from_what.setClearButtonEnabled(True)
        self.from_what.setAccessibleName("从已有材料填写")
        self.entries = QFormLayout()
        self.inputs: dict[str, QLineEdit] = {}
        self._lay_out()
        self.list.currentItemChanged.connect(self._on_form)
        self.list.itemDoubleClicked.connect(self.accept)
        for form in declared_forms().values():
            item = QListWidgetItem(form.title, self.list)
            item.setData(Qt.ItemDataRole.UserRole, form)
            if form.id == _USUAL:
                self.list.setCurrentItem(item)
        if self.list.currentItem() is None:
            self.list.setCurrentRow(0)

    @property
    def form(self) -> DeclaredForm:
        """The form that is chosen."""
        chosen: DeclaredForm = self.list.currentItem().data(Qt.ItemDataRole.UserRole)
        return chosen

    @property
    def source(self) -> Path | None:
        """The file or folder to fill it from; None for a blank one."""
        text = self.from_what.text().strip()
        return Path(text) if text else None

    @property
    def fields(self) -> list[tuple[str, str]]:
        """The fields of the head that something was typed for."""
        return [(name, text) for name, line in self.inputs.items() if (text := line.text().strip())]

    def _lay_out(self) -> None:
        file = QPushButton("选择文件(&F)…", self)
        folder = QPushButton("选择文件夹(&D)…", self)
        file.clicked.connect(self._choose_file)
        folder.clicked.connect(self._choose_folder)
        row = QHBoxLayout()
        row.addWidget(self.from_what, 1)
        row.addWidget(file)
        row.addWidget(folder)
        hint = QLabel(
            "可以是项目清单（每个项目生成一份）、绩效目标申报表，或上年的自评表（沿用指标和分值）。", self
        )
        hint.setObjectName("faint")
        hint.setWordWrap(True)
        standard = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(standard.Ok | standard.Cancel, self)
        self.buttons.button(standard.Ok).setText("保存到(&S)…")
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(8)
        column.addWidget(_heading("表的种类"))
        column.addWidget(self.list, 1)
        column.addWidget(self.ground)
        column.addSpacing(6)
        column.addWidget(_heading("从已有材料填写（可选）"))
        column.addLayout(row)
        column.addWidget(hint)
        column.addSpacing(6)
        column.addWidget(_heading("表头（可选）"))
        column.addLayout(self.entries)
        column.addSpacing(6)
        column.addWidget(self.buttons)

    def _on_form(self) -> None:
        """Ask for the fields that the head of the chosen form has; what was typed is kept."""
        form = self.form
        self.ground.setText(f"依据：{form.source}")
        typed = {name: line.text() for name, line in self.inputs.items()}
        while self.entries.rowCount():
            self.entries.removeRow(0)
        try:
            names = [name for name in declaration(form.id).fields if role_of(name) in _ASKED]
        except PerfxlError as error:
            self.ground.setText(str(error))
            names = []
        self.inputs = {}
        for name in names:
            line = QLineEdit(typed.get(name, ""), self)
            line.setAccessibleName(name)
            self.inputs[name] = line
            self.entries.addRow(f"{name}：", line)

    def _choose_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "从已有材料填写", self.from_what.text(), _SOURCES)
        if name:
            self.from_what.setText(name)

    def _choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, "从文件夹里的材料填写", self.from_what.text())
        if name:
            self.from_what.setText(name)


def _heading(text: str) -> QLabel:
    label = QLabel(text)
    label.setObjectName("heading")
    return label
