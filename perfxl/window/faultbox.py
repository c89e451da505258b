"""Faults of the program itself: one dialogue that an officer understands, all of it in the log, nothing lost."""

from __future__ import annotations

import sys
import threading
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from perfxl.faults import log_folder, write_log
from perfxl.window.opening import open_in_program


class Faults(QObject):
    """Catches what nobody else has caught. While its dialogue is open, further faults go to the log alone."""

    _caught = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._caught.connect(self.report, Qt.ConnectionType.QueuedConnection)
        self._box: QMessageBox | None = None

    def install(self) -> None:
        """From now on, hear of every exception that ends a slot or a thread."""
        sys.excepthook = self._on_exception
        threading.excepthook = lambda args: self._caught.emit(args.exc_value)

    def report(self, fault: BaseException) -> None:
        """Log a fault and tell of it; may be called in the window's thread only."""
        place = _log(fault)
        if self._box is not None:
            return
        box = QMessageBox(QApplication.activeWindow())
        box.setObjectName("fault")
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle("程序出错")
        box.setIcon(QMessageBox.Icon.Warning)
        box.setText("程序自身出了错，您的文件没有受到影响。")
        box.setInformativeText(
            f"可以继续使用；刚才那一步请再试一次。如果反复出现，请把日志发给维护人员。\n\n日志：{place}"
        )
        box.setDetailedText(f"{type(fault).__name__}: {fault}")
        log = box.addButton("打开日志所在文件夹", QMessageBox.ButtonRole.ActionRole)
        log.clicked.connect(lambda: open_in_program(log_folder()))
        box.addButton("继续", QMessageBox.ButtonRole.AcceptRole)
        box.finished.connect(self._on_closed)
        self._box = box
        box.open()

    def _on_closed(self) -> None:
        self._box = None

    def _on_exception(
        self, kind: type[BaseException], fault: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        self._caught.emit(fault)


def _log(fault: BaseException) -> str:
    """Write a fault to the log with all that led to it; return where it lies."""
    try:
        raise fault
    except BaseException:  # the log writes the exception that is being handled
        return write_log(sys.argv[1:])


def tell(parent: QWidget | None, title: str, text: str) -> None:
    """Tell the officer that something could not be done, without stopping the program meanwhile."""
    box = QMessageBox(QMessageBox.Icon.Warning, title, text, QMessageBox.StandardButton.Ok, parent)
    box.setObjectName("refusal")
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
