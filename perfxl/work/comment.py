"""Writing what was found in a report as Word comments into a copy of it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from perfxl.document.comments import Remark, with_comments
from perfxl.document.errors import told_of_documents
from perfxl.narrative.text import sentences_of
from perfxl.rules.finding import SEVERITY_WORDS, Finding
from perfxl.work.compare import Compared
from perfxl.work.keep import keeping
from perfxl.work.names import suit
from perfxl.workbook.open import read_file
from perfxl.workbook.save import write_whole

AUTHOR = "perfxl"


class Commented(NamedTuple):
    """A copy of a report with comments: where it lies, how many there are, and what stood there before, if anything."""

    output: Path
    number: int
    backup: Path | None = None


def comment_report(result: Compared, target: Path, moment: datetime | None = None) -> Commented:
    """Write a copy of the compared report with every finding as a comment on its sentence.

    The report itself is never written over. A file that stands at the target is kept under another name.
    `moment` dates the comments, by default now. Raises PerfxlError.
    """
    suit(target, result.path.suffix, result.path, *([result.workbook] if result.workbook is not None else []))
    with told_of_documents():
        data = read_file(result.path)
    remarks = [remark for finding in result.findings if (remark := _remark(result, finding)) is not None]
    content = with_comments(
        data, remarks, author=AUTHOR, initials="px", moment=moment or datetime.now(UTC).replace(microsecond=0)
    )
    with keeping(target) as backup:
        write_whole(target, content)
    return Commented(target, len(remarks), backup)


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
