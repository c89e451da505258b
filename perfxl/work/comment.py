"""Writing what was found in a report as Word comments into a copy of it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from perfxl.document.comments import Remark, with_comments
from perfxl.document.errors import told_of_documents
from perfxl.errors import PerfxlError
from perfxl.narrative.text import sentences_of
from perfxl.output.checked import SEVERITY_WORDS
from perfxl.rules.finding import Finding
from perfxl.work.compare import Compared
from perfxl.work.keep import discard, keep
from perfxl.workbook.errors import NotWritten, OutputNotWritten
from perfxl.workbook.open import read_file
from perfxl.workbook.save import write_whole

AUTHOR = "perfxl"


def comment_report(result: Compared, target: Path, moment: datetime | None = None) -> int:
    """Write a copy of the compared report with every finding as a comment on its sentence; return how many there are.

    The report itself is never written over. A file that stands at the target is kept under another name.
    `moment` dates the comments, by default now. Raises PerfxlError.
    """
    if target.resolve() == result.path.resolve():
        raise OutputNotWritten(NotWritten.SAME_FILE, "批注不能写进原报告：请另给一个输出文件名。")
    with told_of_documents():
        data = read_file(result.path)
    remarks = [remark for finding in result.findings if (remark := _remark(result, finding)) is not None]
    content = with_comments(
        data, remarks, author=AUTHOR, initials="px", moment=moment or datetime.now(UTC).replace(microsecond=0)
    )
    backup = keep(target)
    try:
        write_whole(target, content)
    except PerfxlError:
        discard(backup)
        raise
    return len(remarks)


def _remark(result: Compared, finding: Finding) -> Remark | None:
    """A finding as a comment on its sentence, or None where the document does not show the sentence."""
    assert result.document is not None
    text = f"【{SEVERITY_WORDS[finding.severity]}】{finding.message}\n怎么改：{finding.fix}〔{finding.code}〕"
    for paragraph in result.document.paragraphs:
        if paragraph.number != finding.paragraph:
            continue
        for sentence in sentences_of(paragraph):
            if sentence.text == finding.text:
                return Remark(paragraph, *sentence.span, text)
    return None
