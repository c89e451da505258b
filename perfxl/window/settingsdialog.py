"""The settings: the place whose parameters hold, and the folder of the office's own templates."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from perfxl.errors import PerfxlError
from perfxl.settings.parameters import jurisdictions
from perfxl.settings.preferences import Preferences, preferences, save_preferences
from perfxl.window.faultbox import tell

_BY_FORM = "按表中写明的地区"


class SettingsDialog(QDialog):
    """Accepted once the preferences are written; what cannot be written keeps it open."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("设置")
        self.setMinimumWidth(520)
        self.place = QComboBox(self)
        self.place.addItem(_BY_FORM, None)
        self.folder = QLineEdit(self)
        self.folder.setPlaceholderText("没有指定")
        self.folder.setClearButtonEnabled(True)
        self.browse = QPushButton("选择(&B)…", self)
        self.browse.clicked.connect(self._browse)
        self._lay_out()
        try:
            for name in jurisdictions():
                self.place.addItem(name, name)
            self._show(preferences())
        except PerfxlError as error:  # saving puts a good file in the place of the damaged one
            self._say(str(error))

    def accept(self) -> None:
        """Write the preferences, then close."""
        folder = self.folder.text().strip()
        if folder and not Path(folder).is_dir():
            self._say(f"找不到文件夹“{folder}”：请重新选择，或清空这一项。")
            return
        try:
            save_preferences(Preferences(self.place.currentData(), Path(folder) if folder else None))
        except PerfxlError as error:
            tell(self, "没有保存", str(error))
            return
        super().accept()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.folder, 1)
        row.addWidget(self.browse)
        form = QFormLayout()
        form.setVerticalSpacing(8)
        form.addRow("适用地区(&P)：", self.place)
        form.addRow("", _hint("各地的权重、等次和扣分办法不同；选了地区，就都按该地区的办法检查和计算。"))
        form.addRow("本单位模板文件夹(&T)：", row)
        form.addRow(
            "", _hint("其中 xlsx 放自评表样式，docx 放报告模板，settings 放本地参数；有的话，优先使用。")
        )
        labelled = form.labelForField(row)
        if isinstance(labelled, QLabel):
            labelled.setBuddy(self.folder)
        self.folder.setAccessibleName("本单位模板文件夹")
        self.place.setAccessibleName("适用地区")
        self.problem = QLabel(self)
        self.problem.setWordWrap(True)
        self.problem.hide()
        standard = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(standard.Ok | standard.Cancel, self)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(14)
        column.addLayout(form)
        column.addWidget(self.problem)
        column.addWidget(self.buttons)

    def _show(self, chosen: Preferences) -> None:
        number = self.place.findData(chosen.jurisdiction)
        self.place.setCurrentIndex(max(number, 0))
        self.folder.setText(str(chosen.office_folder or ""))

    def _browse(self) -> None:
        name = QFileDialog.getExistingDirectory(self, "本单位模板文件夹", self.folder.text())
        if name:
            self.folder.setText(name)

    def _say(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.show()


def _hint(text: str) -> QLabel:
    label = QLabel(text)
    label.setObjectName("faint")
    label.setWordWrap(True)
    return label
