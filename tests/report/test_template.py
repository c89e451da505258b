"""The templates: typeset after GB/T 9704-2012, rebuilt by their script, editable by an office."""

from __future__ import annotations

import importlib.util
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from docx import Document
from docx.document import Document as Docx
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from perfxl.report.drafts import draft
from perfxl.report.facts import facts
from perfxl.report.families import FAMILIES, variables_of
from perfxl.report.kinds import report_kinds
from perfxl.report.lint import lint
from perfxl.report.passages import of_accounts, of_form, of_region
from perfxl.report.render import BadTemplate
from perfxl.report.units import read_units
from perfxl.report.variables import Lines, Place, Records, Text, Variable
from perfxl.resources import resource_folder
from tests.report.accounts import accounts
from tests.report.drawn import PROJECT, only
from tests.report.regional import UNITS
from tests.tables import workbook

FOLDER = resource_folder("templates") / "docx"
TEMPLATE = FOLDER / "project.docx"
GUIDE = Path(__file__).resolve().parents[2] / "docs" / "report-templates.md"
TEMPLATES = [kind.template for kind in report_kinds().values()]
NAMES = [template.stem for template in TEMPLATES]


def builder() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build", TEMPLATE.with_name("build.py"))
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def parts(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_script_builds_the_committed_templates() -> None:
    built = builder().templates()
    assert set(built) == {template.name for template in TEMPLATES}
    for name, content in built.items():
        assert parts(content) == parts((FOLDER / name).read_bytes())


@pytest.mark.parametrize("template", TEMPLATES, ids=NAMES)
def test_page_and_margins(template: Path) -> None:
    for section in Document(str(template)).sections:
        page = (section.page_width, section.page_height)
        margins = (section.top_margin, section.right_margin, section.bottom_margin, section.left_margin)
        assert [round(length.mm) for length in (*page, *margins) if length] == [210, 297, 37, 26, 35, 28]


@pytest.mark.parametrize("template", TEMPLATES, ids=NAMES)
def test_22_lines_of_28_characters(template: Path) -> None:
    document = Document(str(template))
    grid: Any = document.sections[0]._sectPr.find(qn("w:docGrid"))
    body: Any = document.styles["Normal"]
    pitch = int(grid.get(qn("w:linePitch")))
    tighter = int(body.element.rPr.find(qn("w:spacing")).get(qn("w:val")))
    assert grid.get(qn("w:type")) == "lines"
    assert 22 * pitch <= Mm(225).twips < 23 * pitch
    assert body.paragraph_format.line_spacing.twips == pitch
    assert 28 * (16 * 20 + tighter) <= Mm(156).twips < 29 * (16 * 20 + tighter)


@pytest.mark.parametrize(
    ("style", "font", "size"),
    [
        ("Normal", "仿宋_GB2312", 16),
        ("Title", "方正小标宋简体", 22),
        ("Heading 1", "黑体", 16),
        ("Heading 2", "楷体_GB2312", 16),
        ("Heading 3", "仿宋_GB2312", 16),
        ("Heading 4", "仿宋_GB2312", 16),
        ("Footer", "宋体", 14),
    ],
)
def test_fonts_by_style_and_by_run(style: str, font: str, size: int) -> None:
    document = Document(str(TEMPLATE))
    look = document.styles[style]
    assert look.element.rPr.rFonts.get(qn("w:eastAsia")) == font
    assert look.font.size == Pt(size)
    written = [
        p for p in paragraphs(document) if p.style.name == style and p.text not in ("", "{{ 附件标记 }}")
    ]
    assert written
    assert {run._r.rPr.rFonts.get(qn("w:eastAsia")) for p in written for run in p.runs} == {font}


def paragraphs(document: Docx) -> list[Any]:
    section = document.sections[0]
    return [*document.paragraphs, *section.footer.paragraphs, *section.even_page_footer.paragraphs]


@pytest.mark.parametrize("template", TEMPLATES, ids=NAMES)
def test_every_run_names_a_chinese_font(template: Path) -> None:
    for paragraph in paragraphs(Document(str(template))):
        for run in paragraph.runs:
            assert run._r.rPr.rFonts.get(qn("w:eastAsia"))


def test_first_lines_are_indented_in_characters_and_in_points() -> None:
    indent = Document(str(TEMPLATE)).styles["Normal"].element.pPr.find(qn("w:ind"))
    assert (indent.get(qn("w:firstLineChars")), indent.get(qn("w:firstLine"))) == ("200", "640")


@pytest.mark.parametrize("template", TEMPLATES, ids=NAMES)
def test_page_numbers_stand_outside(template: Path) -> None:
    document = Document(str(template))
    section = document.sections[0]
    assert document.settings.odd_and_even_pages_header_footer
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        (paragraph,) = footer.paragraphs
        assert paragraph._p.pPr.jc.get(qn("w:val")) == side
        assert "PAGE" in "".join(code.text for code in paragraph._p.iter(qn("w:instrText")))
        assert paragraph.text == "— 1 —"
    assert all(other.footer.is_linked_to_previous for other in list(document.sections)[1:])


def test_defaults_name_a_chinese_font() -> None:
    defaults = Document(str(TEMPLATE)).styles.element.find(qn("w:docDefaults"))
    assert [fonts.get(qn("w:eastAsia")) for fonts in defaults.iter(qn("w:rFonts"))] == ["仿宋_GB2312"]


def test_the_signature_stands_at_the_right() -> None:
    document = Document(str(TEMPLATE))
    sign, date = (p for p in document.paragraphs if p.text in ("{{ 单位 }}", "【待补充：成文日期】"))
    for paragraph, right in ((sign, "200"), (date, "400")):
        properties: Any = paragraph._p.pPr
        assert properties.jc.get(qn("w:val")) == "right"
        assert properties.find(qn("w:ind")).get(qn("w:rightChars")) == right


@pytest.mark.parametrize("name", list(report_kinds()))
def test_no_template_has_a_fault(name: str) -> None:
    kind = report_kinds()[name]
    assert lint(kind.template, kind.family) == []


def values(family: str) -> Mapping[str, object]:
    """The values of a family's variables, for one report."""
    from perfxl.report.accounts.figures import Figures

    if family == "final_accounts":
        return of_accounts.passages(Figures(accounts()))[0]
    found = facts(only(PROJECT)[0])
    return (
        of_region.passages(found, read_units(workbook(UNITS)))
        if family == "regional"
        else of_form.passages(found)
    )


@pytest.mark.parametrize("family", list(FAMILIES))
def test_the_values_have_the_declared_shape(family: str) -> None:
    declared = variables_of(family)
    given = values(family)
    assert set(given) == set(declared)
    for name, variable in declared.items():
        assert_shape(variable, given[name])


def assert_shape(variable: Variable, value: object) -> None:
    if isinstance(variable, Text | Place):
        assert isinstance(value, str | int)
    elif isinstance(variable, Lines):
        assert isinstance(value, list) and all(isinstance(line, str) for line in value)
    elif isinstance(variable, Records):
        assert isinstance(value, list)
        for record in value:
            assert set(record) == set(variable.fields)
            for name, field in variable.fields.items():
                assert_shape(field, record[name])


@pytest.mark.parametrize("family", list(FAMILIES))
def test_the_guide_lists_the_variables(family: str) -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    for name, variable in variables_of(family).items():
        assert f"| `{name}` | {variable.meaning} |" in guide


def edited(folder: Path, edit: Callable[[Docx], object]) -> Path:
    document = Document(str(TEMPLATE))
    edit(document)
    target = folder / "本单位模板.docx"
    document.save(str(target))
    return target


def with_template(template: Path, folder: Path) -> Docx:
    form, sheet = only(PROJECT)
    return Document(str(draft(form, sheet, folder / "报告.docx", template=template).path))


def test_variables_and_marks_split_over_runs_are_healed(tmp_path: Path) -> None:
    def split(document: Docx) -> None:
        for text in ("{{ ", "项目", "名称", " }}", "的【待", "补充：", "印章】"):
            document.paragraphs[2].add_run(text)

    form, sheet = only(PROJECT)
    result = draft(form, sheet, tmp_path / "报告.docx", template=edited(tmp_path, split))
    assert "乡村道路养护的【待补充：印章】" in [p.text for p in Document(str(result.path)).paragraphs]
    assert "印章" in result.missing


@pytest.mark.parametrize(
    "text",
    [
        "{{ 没有这个 }}",
        "{{ 项目名称.__class__.__mro__ }}",
        "{% if %}",
        "{{ 年度 + 1 }}",
        "{{ 指标分组.名称 }}",
        "见 {{ 附表 }}",
    ],
)
def test_a_template_with_a_fault_is_named(text: str, tmp_path: Path) -> None:
    template = edited(tmp_path, lambda document: document.paragraphs[2].add_run(text))
    with pytest.raises(BadTemplate) as raised:
        with_template(template, tmp_path)
    assert template.name in str(raised.value)
    assert not (tmp_path / "报告.docx").exists()


def test_a_file_that_is_no_template(tmp_path: Path) -> None:
    broken = tmp_path / "坏.docx"
    broken.write_bytes(b"PK no")
    with pytest.raises(BadTemplate):
        with_template(broken, tmp_path)
