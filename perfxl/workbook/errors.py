"""The two ways in which floor 1 fails, each with a code for programs and one Chinese sentence for officers."""

from __future__ import annotations

from enum import StrEnum

from perfxl.errors import OutputNotWritten, PerfxlError


class Unreadable(StrEnum):
    """Why a file is no workbook that can be read."""

    NOT_FOUND = "not-found"
    NO_PERMISSION = "no-permission"
    NOT_A_FILE = "not-a-file"
    EMPTY = "empty"
    ZEROS = "zeros"
    TRUNCATED = "truncated"
    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    LOCK_FILE = "lock-file"
    HTML = "html"
    XML_2003 = "xml-2003"
    TEXT = "text"
    DOCUMENT = "document"
    ARCHIVE = "archive"
    OTHER = "other"
    TOO_LARGE = "too-large"
    FORBIDDEN_MARKUP = "forbidden-markup"
    NO_SHEET = "no-sheet"
    READER_FAILED = "reader-failed"


_SENTENCES: dict[Unreadable, str] = {
    Unreadable.NOT_FOUND: "找不到这个文件：请核对文件名和所在文件夹后再试。",
    Unreadable.NO_PERMISSION: (
        "没有权限读取这个文件，或它正被其他程序独占：请关闭占用它的程序，或复制到自己的文件夹后再试。"
    ),
    Unreadable.NOT_A_FILE: "这是文件夹或设备，不是工作簿文件：请选择具体的 Excel 文件。",
    Unreadable.EMPTY: "文件是空的（0 字节）：请向填报单位重新索取，或从原件重新复制。",
    Unreadable.ZEROS: "文件内容全部为零，多半是复制或下载中断：请从原件重新复制。",
    Unreadable.TRUNCATED: "文件不完整，多半是复制或下载中断：请从原件重新复制或重新下载。",
    Unreadable.DAMAGED: "文件已损坏，无法读取：请在 Excel/WPS 中打开并修复、另存为 .xlsx 后再试，或从原件重新复制。",
    Unreadable.ENCRYPTED: "文件已加密：请先在 Excel/WPS 中取消打开密码（或用加密软件解密）另存后再试。",
    Unreadable.LOCK_FILE: "这是 Excel/WPS 打开文件时留下的临时文件（~$ 开头），不是工作簿：请选择不带 ~$ 的原文件。",
    Unreadable.HTML: "文件其实是网页（HTML），只是扩展名像 Excel：请在 Excel/WPS 中打开，另存为 .xlsx 后再试。",
    Unreadable.XML_2003: "文件是 XML 表格 2003 格式：请在 Excel/WPS 中打开，另存为 .xlsx 后再试。",
    Unreadable.TEXT: "文件其实是纯文本（如 CSV），不是 Excel 工作簿：请在 Excel/WPS 中打开，另存为 .xlsx 后再试。",
    Unreadable.DOCUMENT: "文件是文字文档、演示文稿或 PDF，不是 Excel 工作簿：请选择装有自评表的 .xlsx 文件。",
    Unreadable.ARCHIVE: "文件是压缩包，不是 Excel 工作簿：请先解压，再选择其中的 .xlsx 文件。",
    Unreadable.OTHER: "文件不是能识别的 Excel/WPS 工作簿：请在 Excel/WPS 中打开，另存为 .xlsx 后再试。",
    Unreadable.TOO_LARGE: "文件超出可处理的大小：请删去多余的空行空列、大图片和无关工作表，另存为 .xlsx 后再试。",
    Unreadable.FORBIDDEN_MARKUP: (
        "文件内含不应出现的实体声明，为安全起见不予读取：请在 Excel/WPS 中打开，另存为 .xlsx 后再试。"
    ),
    Unreadable.NO_SHEET: "工作簿中没有普通工作表：请确认自评表在工作表中（不是图表页），另存后再试。",
    Unreadable.READER_FAILED: "无法读取这个旧格式文件：请在 Excel/WPS 中打开，另存为 .xlsx 后再试。",
}


class UnreadableWorkbook(PerfxlError):
    """A file that cannot be read: `reason` for programs, `message` for people, `detail` for the log.

    The message is one Chinese sentence that says what is wrong and what to do.
    """

    def __init__(self, reason: Unreadable, detail: str = "") -> None:
        self.reason = reason
        self.message = _SENTENCES[reason]
        self.detail = detail
        super().__init__(self.message)


class NotWritten(StrEnum):
    """Why an output was not written."""

    SAME_FILE = "same-file"
    NO_PERMISSION = "no-permission"
    HELD_OPEN = "held-open"
    CHANGED = "changed"
    DISK_FULL = "disk-full"
    NO_FOLDER = "no-folder"
    FAILED = "failed"
    LEGACY_FORMAT = "legacy-format"
    NO_SHEET = "no-sheet"
    BAD_CELL = "bad-cell"
    BAD_VALUE = "bad-value"
    COVERED_CELL = "covered-cell"
    ARRAY_FORMULA = "array-formula"
    TABLE_HEADER = "table-header"
    UNEXPECTED_STRUCTURE = "unexpected-structure"
    VERIFICATION = "verification"


class WriteFailed(OutputNotWritten):
    """An output that was not written, nothing being left half done: `reason` for programs, `message` for people."""

    def __init__(self, reason: NotWritten, message: str) -> None:
        self.reason = reason
        self.message = message
        super().__init__(message)
