"""Why a report cannot be read: one Chinese sentence each, for the same reasons for which a workbook cannot."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from perfxl.errors import PerfxlError
from perfxl.workbook.errors import Unreadable, UnreadableWorkbook

OLD_FORMAT = "文件是旧的 .doc 格式，无法读取：请在 Word/WPS 中打开，另存为 .docx 后再试。"
NOT_A_REPORT = "文件不是 Word 文档（.docx）：请选择自评报告；报告在前，自评表（.xlsx）在后。"
PDF = "文件是 PDF，无法逐段核对：请选择报告的 Word 原稿（.docx）。"

_SENTENCES: dict[Unreadable, str] = {
    Unreadable.NOT_FOUND: "找不到这个文件：请核对文件名和所在文件夹后再试。",
    Unreadable.NO_PERMISSION: (
        "没有权限读取这个文件，或它正被其他程序独占：请关闭占用它的程序，或复制到自己的文件夹后再试。"
    ),
    Unreadable.NOT_A_FILE: "这是文件夹或设备，不是 Word 文档：请选择具体的 .docx 文件。",
    Unreadable.EMPTY: "文件是空的（0 字节）：请向起草人重新索取，或从原件重新复制。",
    Unreadable.ZEROS: "文件内容全部为零，多半是复制或下载中断：请从原件重新复制。",
    Unreadable.TRUNCATED: "文件不完整，多半是复制或下载中断：请从原件重新复制或重新下载。",
    Unreadable.ENCRYPTED: "文件已加密：请先在 Word/WPS 中取消打开密码（或用加密软件解密）另存后再试。",
    Unreadable.LOCK_FILE: "这是 Word/WPS 打开文件时留下的临时文件（~$ 开头），不是报告：请选择不带 ~$ 的原文件。",
    Unreadable.TOO_LARGE: "文件超出可处理的大小：请删去大图片和无关内容，另存为 .docx 后再试。",
    Unreadable.FORBIDDEN_MARKUP: (
        "文件内含不应出现的实体声明，为安全起见不予读取：请在 Word/WPS 中打开，另存为 .docx 后再试。"
    ),
    Unreadable.DAMAGED: "文件已损坏，无法读取：请在 Word/WPS 中打开并修复、另存为 .docx 后再试。",
    Unreadable.ARCHIVE: "文件是压缩包，不是 Word 文档：请先解压，再选择其中的 .docx 文件。",
}


class UnreadableDocument(PerfxlError):
    """A file that cannot be read as a report: `message` for people, `detail` for the log."""

    def __init__(self, message: str, detail: str = "") -> None:
        self.message = message
        self.detail = detail
        super().__init__(message)


@contextmanager
def told_of_documents() -> Iterator[None]:
    """Turn what the floor of workbooks says of a container into a sentence about a Word document."""
    try:
        yield
    except UnreadableWorkbook as error:
        raise UnreadableDocument(_SENTENCES.get(error.reason, NOT_A_REPORT), error.detail) from error
