"""Something to read: the manual, a rule's page, the details of what was done."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QTextCursor, QTextDocument, QTextFrameFormat, QTextTable, QTextTableFormat
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

from perfxl.window import theme

_OWN_LINE = re.compile(r"\s*(\||#|[-*] |\d+[.、]|>|```|$)")


class Page(QTextBrowser):
    """A text in Markdown, laid out for reading."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenExternalLinks(True)
        self.document().setDocumentMargin(18)

    def show_markdown(self, text: str) -> None:
        """Show a page; tables get lines and room."""
        look = theme.current()
        self.setMarkdown(text)
        self.document().setDefaultFont(self.font())
        edit = QTextCursor(self.document())
        edit.beginEditBlock()  # so that the page is laid out once
        for frame in self.document().rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                _rule(frame, look.line)
        _space_out(self.document())
        edit.endEditBlock()
        self.moveCursor(QTextCursor.MoveOperation.Start)


class ReadingDialog(QDialog):
    """A page in a window of its own, beside which work goes on."""

    def __init__(self, title: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.resize(760, 640)
        self.page = Page(self)
        self.page.setAccessibleName(title)
        self.page.show_markdown(joined(text))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.close)
        column = QVBoxLayout(self)
        column.addWidget(self.page, 1)
        column.addWidget(buttons)


def joined(text: str) -> str:
    """Return Markdown in which the lines of one paragraph are one: between Chinese characters a break is no blank."""
    lines: list[str] = []
    for line in text.splitlines():
        if not lines or _OWN_LINE.match(line) or _OWN_LINE.match(lines[-1]):
            lines.append(line)
        else:
            lines[-1] += line.strip()
    return "\n".join(lines)


def preformatted(text: str) -> str:
    """Return lines whose columns stand under each other, in Markdown."""
    return "\n".join(f"    {line}" for line in text.splitlines())


def _rule(table: QTextTable, colour: QColor) -> None:
    """Draw the lines of a table, each once."""
    shape = QTextTableFormat(table.format())
    shape.setBorderCollapse(True)
    shape.setCellPadding(5)
    shape.setTopMargin(6)
    shape.setBottomMargin(6)
    table.setFormat(shape)
    for row in range(table.rows()):
        for column in range(table.columns()):
            cell = table.cellAt(row, column)
            lined = cell.format().toTableCellFormat()
            lined.setBorder(1)
            lined.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
            lined.setBorderBrush(colour)
            cell.setFormat(lined)


def _space_out(document: QTextDocument) -> None:
    """Give paragraphs the leading that Chinese needs."""
    block = document.begin()
    while block.isValid():
        shape = block.blockFormat()
        shape.setLineHeight(130, 1)  # proportional
        if block.textList() is None:
            shape.setBottomMargin(6)
        QTextCursor(block).setBlockFormat(shape)
        block = block.next()
