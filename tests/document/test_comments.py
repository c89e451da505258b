"""Comments spliced into a copy: on the right characters, beside those that are there, and nothing else changed."""

from __future__ import annotations

import io
import re
import zipfile

import docx as python_docx
import pytest
from docx.oxml.ns import qn

from perfxl.document.comments import Remark, with_comments
from perfxl.document.open import read_document
from tests.document.build import docx
from tests.document.raw import p, package, r

LINES = ["一、概况", "预算100万元。支出 90 万元 & 其他<1>。率90%。", "", "尾"]


def commented(data: bytes, number: int, sentence: str, text: str = "核对") -> bytes:
    """The document with one comment on a sentence of a paragraph."""
    (paragraph,) = (
        each for each in read_document(data, "").paragraphs if each.number == number and sentence in each.text
    )
    start = paragraph.text.index(sentence)
    return with_comments(
        data, [Remark(paragraph, start, start + len(sentence), text)], author="perfxl", initials="px"
    )


def marked(data: bytes) -> dict[int, str]:
    """What stands between the marks of each comment."""
    body = python_docx.Document(io.BytesIO(data)).element.body
    found: dict[int, str] = {}
    inside: set[int] = set()
    for element in body.iter():
        if element.tag == qn("w:commentRangeStart"):
            inside.add(int(element.get(qn("w:id"))))
            found.setdefault(int(element.get(qn("w:id"))), "")
        elif element.tag == qn("w:commentRangeEnd"):
            inside.discard(int(element.get(qn("w:id"))))
        elif element.tag == qn("w:t"):
            for number in inside:
                found[number] += element.text or ""
    return found


@pytest.mark.parametrize("sentence", ["预算100万元。", "支出 90 万元 & 其他<1>。", "率90%。", LINES[1]])
def test_marks_stand_around_the_sentence(sentence: str) -> None:
    data = docx(LINES)
    result = commented(data, 2, sentence)
    assert marked(result) == {0: sentence}
    document = python_docx.Document(io.BytesIO(result))
    assert [each.text for each in document.paragraphs] == LINES
    assert [(each.author, each.text) for each in document.comments] == [("perfxl", "核对")]


def test_everything_else_stays_byte_for_byte() -> None:
    data = docx(LINES)
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(io.BytesIO(commented(data, 2, "率90%。"))) as new,
    ):
        changed = {name for name in old.namelist() if old.read(name) != new.read(name)}
        added = set(new.namelist()) - set(old.namelist())
    assert changed <= {
        "[Content_Types].xml",
        "word/document.xml",
        "word/_rels/document.xml.rels",
        "word/comments.xml",
    }
    assert added <= {"word/comments.xml"}


def test_comments_that_are_there_stay() -> None:
    once = commented(docx(LINES), 2, "预算100万元。", "第一条")
    twice = commented(once, 2, "率90%。", "第二条\n另起一行")
    document = python_docx.Document(io.BytesIO(twice))
    assert [each.text for each in document.comments] == ["第一条", "第二条\n另起一行"]
    assert marked(twice) == {0: "预算100万元。", 1: "率90%。"}


def test_runs_keep_their_look_where_they_are_cut() -> None:
    bold = "<w:rPr><w:b/></w:rPr>"
    data = package(p(r("甲一。乙二。", bold), r("丙三。")))
    result = commented(data, 1, "乙二。丙")
    with zipfile.ZipFile(io.BytesIO(result)) as archive:
        text = archive.read("word/document.xml").decode()
    assert len(re.findall(bold, text)) == 2
    assert marked(result) == {0: "乙二。丙"}


def test_what_cannot_be_cut_is_marked_whole() -> None:
    data = package(p("甲", "<w:hyperlink w:anchor='x'>" + r("乙一。丙二。") + "</w:hyperlink>", "丁"))
    assert marked(commented(data, 1, "丙二。")) == {0: "乙一。丙二。"}


def test_a_note_is_marked_at_the_paragraph_it_hangs_on() -> None:
    data = package(
        p("甲") + p("乙", "<w:r><w:footnoteReference w:id='2'/></w:r>"),
        footnotes="<w:footnote w:id='2'>" + p("注90") + "</w:footnote>",
    )
    assert marked(commented(data, 2, "注90")) == {0: "乙"}
