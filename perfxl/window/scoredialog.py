"""How a computed workbook is to be written: into a copy or into itself, keeping or replacing what people typed."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)


class ScoreDialog(QDialog):
    """Asks before anything is computed; the safe choices come first."""

    def __init__(self, files: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("计算并写回")
        self.setMinimumWidth(460)
        what = "这个文件" if files == 1 else f"选中的 {files} 个文件"
        intro = QLabel(f"计算{what}的执行率、得分和合计，连同公式写进单元格；其他内容一律不动。", self)
        intro.setWordWrap(True)
        self.into_copy = QRadioButton("另存为副本（文件名后加“（已计算）”）(&C)", self)
        self.in_place = QRadioButton("写回原文件，先留一份备份(&W)", self)
        self.into_copy.setChecked(True)
        self.overwrite = QCheckBox("得分与计算结果不同的，也改为计算结果(&R)", self)
        self.overwrite.setToolTip("不勾选时，填报人打的分保留不动，只列出差异。")
        standard = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(standard.Ok | standard.Cancel, self)
        self.buttons.button(standard.Ok).setText("计算(&S)")
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(10)
        column.addWidget(intro)
        column.addSpacing(4)
        column.addWidget(self.into_copy)
        column.addWidget(self.in_place)
        column.addSpacing(4)
        column.addWidget(self.overwrite)
        column.addSpacing(8)
        column.addWidget(self.buttons)
