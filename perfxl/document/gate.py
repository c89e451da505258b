"""The gate: whether a file's bytes are a .docx, judged by content and never by the extension."""

from __future__ import annotations

from perfxl.document.errors import NOT_A_REPORT, OLD_FORMAT, PDF, UnreadableDocument, told_of_documents
from perfxl.workbook.errors import Unreadable, UnreadableWorkbook
from perfxl.workbook.gate import identify
from perfxl.workbook.limits import LIMITS, Limits
from perfxl.workbook.markup import root_name
from perfxl.workbook.package import Package
from perfxl.workbook.parts import main_part

_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD_STREAM = "WordDocument".encode("utf-16-le")


def pass_gate(data: bytes, name: str = "", limits: Limits = LIMITS) -> tuple[Package, str]:
    """Return the package of a .docx and the name of its main part.

    Raises UnreadableDocument for everything else, in one sentence that says what the file is instead.
    """
    with told_of_documents():
        try:
            identify(data, name, limits)
        except UnreadableWorkbook as error:
            if error.reason is not Unreadable.DOCUMENT:
                raise
        else:
            raise UnreadableDocument(NOT_A_REPORT, "a workbook")
        if data.startswith(_OLE2):
            raise UnreadableDocument(OLD_FORMAT if _WORD_STREAM in data else NOT_A_REPORT)
        if data.startswith(b"%PDF"):
            raise UnreadableDocument(PDF)
        if data.startswith(b"{\\rtf"):
            raise UnreadableDocument(OLD_FORMAT.replace("旧的 .doc 格式", " RTF 格式"))
        package = Package(data, limits)
        main = main_part(package)
        if main is None or root_name(package.xml(main)) != "document":
            raise UnreadableDocument(NOT_A_REPORT)
        return package, main
