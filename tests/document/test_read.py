"""Reading .docx: which paragraphs there are, by what number, and what each of them says."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress

import docx as python_docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfxl.document.errors import UnreadableDocument
from perfxl.document.model import Where
from perfxl.document.open import read_document
from perfxl.document.tables import as_sheet
from perfxl.workbook.limits import Limits
from tests.document.build import docx
from tests.document.raw import p, package, r


def texts(data: bytes) -> list[tuple[int, str]]:
    return [(paragraph.number, paragraph.text) for paragraph in read_document(data, "a.docx").paragraphs]


def test_paragraphs_are_counted_as_python_docx_counts_them() -> None:
    data = docx(["一、概况", "", "预算１００万元。", "甲\t乙", "1\t2", "尾"])
    counted = [
        (number, each.text)
        for number, each in enumerate(python_docx.Document(io.BytesIO(data)).paragraphs, 1)
    ]
    assert texts(data) == counted


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        (p("预算", "100", "万元"), "预算100万元"),
        (p("预算", "<w:ins w:id='1'>" + r("100") + "</w:ins>", "万元"), "预算100万元"),
        (p("预算", "<w:del w:id='1'><w:r><w:delText>90</w:delText></w:r></w:del>", "100万元"), "预算100万元"),
        (
            p(
                "预算",
                "<w:moveFrom w:id='1'>" + r("90") + "</w:moveFrom>",
                "<w:moveTo w:id='2'>" + r("100") + "</w:moveTo>",
            ),
            "预算100",
        ),
        (p("共", "<w:hyperlink w:anchor='x'>" + r("100") + "</w:hyperlink>", "项"), "共100项"),
        (p("共", "<w:fldSimple w:instr='PAGE'>" + r("3") + "</w:fldSimple>"), "共3"),
        (
            p(
                "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>=1+99</w:instrText></w:r>"
                "<w:r><w:fldChar w:fldCharType='separate'/></w:r>"
                + r("100")
                + "<w:r><w:fldChar w:fldCharType='end'/></w:r>"
            ),
            "100",
        ),
        (p("<w:sdt><w:sdtContent>" + r("100") + "</w:sdtContent></w:sdt>", "万元"), "100万元"),
        (p("<w:smartTag>" + r("100") + "</w:smartTag>"), "100"),
        (p("<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:t>丙</w:t></w:r>"), "甲\n乙\t丙"),
        (p("满意度", "<m:oMath><m:r><m:t>≥90%</m:t></m:r></m:oMath>"), "满意度≥90%"),
        (p(r("看不见", "<w:rPr><w:vanish/></w:rPr>"), "100"), "100"),
        (p(r("看得见", "<w:rPr><w:vanish w:val='0'/></w:rPr>")), "看得见"),
        (p("研&amp;发&lt;1&gt;"), "研&发<1>"),
        (
            p("<w:ruby><w:rt>" + r("yù") + "</w:rt><w:rubyBase>" + r("预") + "</w:rubyBase></w:ruby>", "算"),
            "预算",
        ),
    ],
)
def test_text_is_what_stands_after_accepting_every_change(markup: str, text: str) -> None:
    assert texts(package(markup)) == [(1, text)]


def test_paragraphs_of_content_controls_carry_the_number_before_them() -> None:
    data = package(
        p("一") + "<w:sdt><w:sdtContent>" + p("目录") + p("第一章") + "</w:sdtContent></w:sdt>" + p("二")
    )
    assert texts(data) == [(1, "一"), (1, "目录"), (1, "第一章"), (2, "二")]
    assert [each.where for each in read_document(data, "").paragraphs] == [
        Where.BODY, Where.CONTROL, Where.CONTROL, Where.BODY,
    ]  # fmt: skip
    assert [each.text for each in python_docx.Document(io.BytesIO(data)).paragraphs] == ["一", "二"]


def test_text_boxes_and_notes_belong_to_the_paragraph_they_hang_on() -> None:
    box = "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><wps:txbx><w:txbxContent>{0}</w:txbxContent></wps:txbx>"
    box += "</mc:Choice><mc:Fallback><w:pict><w:txbxContent>{0}</w:txbxContent></w:pict></mc:Fallback>"
    box = (box + "</mc:AlternateContent></w:r>").format(p("框中100万元"))
    note = "<w:r><w:footnoteReference w:id='2'/></w:r>"
    data = package(
        p("甲") + p("乙", box, note) + p("丙"),
        footnotes="<w:footnote w:id='0'>"
        + p("")
        + "</w:footnote><w:footnote w:id='2'>"
        + p("注：90万元")
        + "</w:footnote>",
    )
    assert sorted(texts(data)) == [(1, "甲"), (2, "乙"), (2, "框中100万元"), (2, "注：90万元"), (3, "丙")]


def test_tables_stand_on_the_grid_with_their_merges() -> None:
    cell = "<w:tc><w:tcPr>{}</w:tcPr>{}</w:tc>"
    rows = (
        "<w:tr>"
        + cell.format("<w:vMerge w:val='restart'/>", p("产出"))
        + cell.format("<w:gridSpan w:val='2'/>", p("≥20个"))
        + "</w:tr>"
    )
    rows += (
        "<w:tr>"
        + cell.format("<w:vMerge/>", p(""))
        + cell.format("", p("22"))
        + cell.format("", p("个"))
        + "</w:tr>"
    )
    document = read_document(package(p("自评表") + f"<w:tbl>{rows}</w:tbl>" + p("尾")), "")
    (table,) = document.tables
    sheet = as_sheet(document, document.tables, "附表")
    assert table.after == 1 and table.rows == 2
    assert {cell.address: cell.value for cell in sheet.cells.values()} == {
        "A1": "自评表", "A2": "产出", "B2": "≥20个", "B3": "22", "C3": "个",
    }  # fmt: skip
    assert sheet.at(3, 1).value == "产出" and sheet.at(2, 3).value == "≥20个"


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "空"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
            + b"\x00" * 504
            + "WordDocument".encode("utf-16-le")
            + b"\x00" * 200,
            ".doc",
        ),
        (b"%PDF-1.7", "PDF"),
        (b"{\\rtf1 abc}", "RTF"),
        (b"plain text, no document", "Word"),
        (b"PK\x03\x04 cut off", "不完整"),
    ],
)
def test_what_is_no_docx_is_refused_in_one_sentence(data: bytes, word: str) -> None:
    with pytest.raises(UnreadableDocument, match=word) as refused:
        read_document(data, "报告.docx")
    assert refused.value.message.count("。") == 1


def test_a_workbook_is_no_report() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.txt", "x")
    with pytest.raises(UnreadableDocument, match="压缩包"):
        read_document(stream.getvalue(), "报告.docx")


def test_document_types_and_bombs_are_refused() -> None:
    data = package(p("一"))
    hostile = data.replace(b"", b"")
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(hostile)) as source, zipfile.ZipFile(stream, "w") as archive:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                content = b'<!DOCTYPE d [<!ENTITY a "x">]>' + content
            archive.writestr(name, content)
    with pytest.raises(UnreadableDocument):
        read_document(stream.getvalue(), "")
    with pytest.raises(UnreadableDocument, match="大小"):
        read_document(package(p("字" * 200)), "", Limits(text=100))


@given(st.binary(max_size=200), st.integers(0, 2000))
def test_damage_is_refused_and_never_crashes(junk: bytes, at: int) -> None:
    data = bytearray(docx(["一、概况", "预算100万元。"]))
    data[at : at + len(junk)] = junk
    with suppress(UnreadableDocument):
        read_document(bytes(data), "报告.docx")
