"""The draft of a project report: its parts, its figures, its marks, and texts that come through as typed."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from perfxl.errors import OutputNotWritten
from perfxl.report.drafts import draft
from perfxl.report.kinds import NoReport, report_kinds
from perfxl.report.marks import MarkKind, marks_in
from tests.report.drawn import PROJECT, drafted, only

PARTS = [
    "一、项目概况",
    "二、绩效自评工作开展情况",
    "三、综合评价结论",
    "四、绩效目标实现情况分析",
    "五、存在的问题和改进措施",
    "六、绩效自评结果拟应用和公开情况",
    "七、其他需要说明的问题",
]


def test_the_seven_parts_in_order(tmp_path: Path) -> None:
    document = drafted(PROJECT, tmp_path).document
    headings = [p.text for p in document.paragraphs if p.style is not None and p.style.name == "Heading 1"]
    assert headings == PARTS


def test_groups_are_numbered_headings(tmp_path: Path) -> None:
    document = drafted(PROJECT, tmp_path).document
    headings = [p.text for p in document.paragraphs if p.style is not None and p.style.name == "Heading 3"]
    assert headings == ["1. 预算执行", "2. 产出指标", "3. 效益指标"]


def test_the_figures_are_there(tmp_path: Path) -> None:
    text = "".join(drafted(PROJECT, tmp_path).body)
    for figure in (
        "146万元",
        "131.24万元",
        "89.89%",
        "96.94分",
        "48.95分",
        "126公里",
        "≥120公里",
        "14.76万元",
    ):
        assert figure in text


def test_marks_are_counted_and_shown(tmp_path: Path) -> None:
    draft = drafted(PROJECT, tmp_path)
    marks = [mark for text in draft.paragraphs for mark in marks_in(text)]
    assert list(draft.result.missing) == [mark.what for mark in marks if mark.kind is MarkKind.MISSING]
    assert draft.result.missing
    assert draft.result.doubts == ()
    for paragraph in draft.document.paragraphs:
        inside = "".join(run.text for run in paragraph.runs if run.style.name == MarkKind.MISSING.value)
        assert inside == "".join(paragraph.text[m.start : m.end] for m in marks_in(paragraph.text))
        assert all(
            run.font.highlight_color is not None for run in paragraph.runs if run.style.name == "待补充"
        )


def test_a_blank_value_is_a_mark_and_no_gap(tmp_path: Path) -> None:
    blank = drafted(PROJECT.replace("养护中心", "").replace("| ≥95% |", "| |").replace("96.94", ""), tmp_path)
    full = drafted(PROJECT, tmp_path)
    assert len(blank.result.missing) > len(full.result.missing)
    assert not any("None" in text for text in blank.paragraphs)


def test_a_proven_fault_is_marked_in_place(tmp_path: Path) -> None:
    draft = drafted(PROJECT.replace("| 96.94 |", "| 98 |"), tmp_path)
    assert len(draft.result.doubts) == 1
    (place,) = [text for text in draft.paragraphs if any(m.kind is MarkKind.DOUBT for m in marks_in(text))]
    assert "98分" in place and "G15" in place


HOSTILE = [
    "【此处：附表】",
    "研&发 <1>",
    "{{ 年度 }}",
    "{% for %}",
    "{_{x}_}",
    "{#注#}",
    "a\u0007b",
    "]]>",
    "&amp;x",
    "”“{%p x %}",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_an_officer_s_text_comes_through_literally(text: str, tmp_path: Path) -> None:
    drawing = (
        PROJECT.replace("乡村道路养护", text)
        .replace("雨季长，加强排水", text)
        .replace("路面完好率提高。", text)
    )
    draft = drafted(drawing, tmp_path)
    typed = text.replace("\u0007", "")
    assert draft.paragraphs[0] == typed
    assert any(f"：{typed}。" in paragraph for paragraph in draft.paragraphs)
    assert typed in [cell.text for table in draft.document.tables for row in table.rows for cell in row.cells]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet="<>&{}%#_[]\"'\\ 甲1", min_size=1, max_size=12).filter(lambda text: text.strip(' "')))
def test_any_text_comes_through(tmp_path: Path, text: str) -> None:
    typed = f"甲{text}乙"
    draft = drafted(PROJECT.replace("乡村道路养护", typed), tmp_path)
    assert draft.paragraphs[0] == " ".join(typed.split())


def test_the_same_form_gives_the_same_bytes(tmp_path: Path) -> None:
    form, sheet = only(PROJECT)
    first = draft(form, sheet, tmp_path / "一.docx").path.read_bytes()
    second = draft(form, sheet, tmp_path / "二.docx").path.read_bytes()
    assert first == second


def test_the_moment_is_the_one_given_or_none(tmp_path: Path) -> None:
    form, sheet = only(PROJECT)
    moment = datetime(2024, 3, 1, tzinfo=UTC)
    dated = Document(str(draft(form, sheet, tmp_path / "一.docx", moment=moment).path))
    assert dated.core_properties.created == moment
    undated = draft(form, sheet, tmp_path / "二.docx").path
    with zipfile.ZipFile(undated) as package:
        assert b"dcterms:created" not in package.read("docProps/core.xml")


def test_a_form_without_its_sheet_leaves_the_annex_open(tmp_path: Path) -> None:
    form, sheet = only(PROJECT)
    without = draft(form, None, tmp_path / "报告.docx")
    (scores,) = Document(str(without.path)).tables
    assert [cell.text for cell in scores.rows[0].cells] == ["一级指标", "二级指标", "分值", "得分", "得分率"]
    assert len(without.missing) == len(draft(form, sheet, tmp_path / "报告.docx").missing) + 1


LIST = """
| 分项绩效项目清单 | < | < | < |
| 序号 | 项目名称 | 预算数 | 执行数 |
| 1 | 医疗救助 | 336 | 336 |
| 2 | 公费医疗 | 200 | 200 |
"""


@pytest.mark.parametrize(("drawing", "kind"), [(LIST, None), (PROJECT, "no-such-kind")])
def test_what_cannot_be_drafted_is_refused(drawing: str, kind: str | None, tmp_path: Path) -> None:
    with pytest.raises(NoReport):
        drafted(drawing, tmp_path, kind)
    assert list(tmp_path.iterdir()) == []


def test_a_target_that_cannot_be_written(tmp_path: Path) -> None:
    form, sheet = only(PROJECT)
    with pytest.raises(OutputNotWritten):
        draft(form, sheet, tmp_path / "没有这个文件夹" / "报告.docx")
    assert list(tmp_path.iterdir()) == []


def test_every_registered_kind_can_be_drafted(tmp_path: Path) -> None:
    for name, kind in report_kinds().items():
        if kind.family != "final_accounts":
            assert drafted(PROJECT, tmp_path, name).result.kind == name


def test_highlighted_runs_keep_the_chinese_font(tmp_path: Path) -> None:
    written = [
        run for each in drafted(PROJECT, tmp_path).document.paragraphs for run in each.runs if run.text
    ]
    assert any(run.font.highlight_color for run in written)
    for run in written:
        fonts = run._r.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
        assert fonts is not None and fonts.get(qn("w:eastAsia"))


def test_heavy_libraries_wait_until_a_report_is_drafted() -> None:
    heavy = {"docx", "docxtpl", "jinja2", "lxml"}
    code = f"import sys, perfxl.report.drafts; print(sorted({heavy!r} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
