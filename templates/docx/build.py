"""Builds the report templates of this folder: `python templates/docx/build.py`.

A template is an ordinary Word document: offices edit it in Word or WPS, and need this script no more than
they need the source. It exists so that the typesetting (GB/T 9704-2012) is written down once, in figures.
"""

from __future__ import annotations

import datetime
import io
from pathlib import Path
from typing import Any, cast

from docx import Document
from docx.document import Document as Docx
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from perfxl.report.highlight import highlight
from perfxl.report.package import repacked

HERE = Path(__file__).parent

LATIN = "Times New Roman"
BODY_FONT = "仿宋_GB2312"
LINE = 578
"""28.9 pt in twentieths of a point: 22 lines fill the 225 mm of the type area."""
TIGHTER = -5
"""A quarter of a point less between characters: 28 characters of 三号 fill the 156 mm of the type area."""

SAN_HAO = 16.0
ER_HAO = 22.0
SI_HAO = 14.0

# Style, font, size in points, first-line indent in characters, alignment.
STYLES: tuple[tuple[str, str, float, int, WD_ALIGN_PARAGRAPH], ...] = (
    ("Normal", BODY_FONT, SAN_HAO, 2, WD_ALIGN_PARAGRAPH.JUSTIFY),
    ("Title", "方正小标宋简体", ER_HAO, 0, WD_ALIGN_PARAGRAPH.CENTER),
    ("Heading 1", "黑体", SAN_HAO, 2, WD_ALIGN_PARAGRAPH.JUSTIFY),
    ("Heading 2", "楷体_GB2312", SAN_HAO, 2, WD_ALIGN_PARAGRAPH.JUSTIFY),
    ("Heading 3", BODY_FONT, SAN_HAO, 2, WD_ALIGN_PARAGRAPH.JUSTIFY),
    ("Heading 4", BODY_FONT, SAN_HAO, 2, WD_ALIGN_PARAGRAPH.JUSTIFY),
    ("Footer", "宋体", SI_HAO, 0, WD_ALIGN_PARAGRAPH.RIGHT),
)
FONTS = {style: font for style, font, *_ in STYLES}

# Fonts that a machine may lack, and what stands in for them.
STAND_INS = {"仿宋_GB2312": "仿宋", "楷体_GB2312": "楷体", "方正小标宋简体": "华文中宋"}

KEPT_STYLES = {name for name, *_ in STYLES} | {
    "Default Paragraph Font",
    "Normal Table",
    "No List",
    "Header",
}

NEEDLESS_PARTS = {
    "customXml",
    "extended-properties",
    "numbering",
    "stylesWithEffects",
    "thumbnail",
    "webSettings",
}

PROJECT = """
title: {{ 项目名称 }}
title: {{ 年度 }}年度项目支出绩效自评报告
blank:
h1: 一、项目概况
h2: （一）项目基本情况
body: {{ 项目概况 }}{{ 预算安排 }}
body: 【待补充：立项背景和政策依据，下达资金的文件名称和文号，项目主要内容】
h2: （二）项目绩效目标
body: {%p for 段落 in 总体目标 %}
body: {{ 段落 }}
body: {%p endfor %}
h1: 二、绩效自评工作开展情况
h2: （一）评价目的、对象和范围
body: 为掌握{{ 项目 }}{{ 年度 }}年度资金使用和绩效目标完成情况，{{ 单位 }}开展本次绩效自评。
body: 【待补充：自评依据的文件，自评涉及的单位和资金范围】
h2: （二）评价方法和评价等次
body: 【待补充：采用的评价方法，评价等次和各等次的分数段】
h2: （三）指标体系设置
body: {{ 指标体系 }}
h2: （四）评价工作过程
body: 【待补充：牵头科室、任务分工、数据收集和核实的过程】
h1: 三、综合评价结论
body: {{ 综合结论 }}
h1: 四、绩效目标实现情况分析
h2: （一）项目资金使用及管理情况
body: {%p for 段落 in 资金情况 %}
body: {{ 段落 }}
body: {%p endfor %}
body: 【待补充：资金管理制度的建立和执行情况，资金使用是否合规】
h2: （二）总体绩效目标完成情况分析
body: {%p for 段落 in 总体完成情况 %}
body: {{ 段落 }}
body: {%p endfor %}
h2: （三）绩效指标完成情况分析
body: {%p for 分组 in 指标分组 %}
h3: {{ 分组.序号 }}. {{ 分组.名称 }}
body: {%p if 分组.评分 %}
body: {{ 分组.评分 }}
body: {%p endif %}
body: {%p for 段落 in 分组.段落 %}
body: {{ 段落 }}
body: {%p endfor %}
body: {%p for 小组 in 分组.小组 %}
body: {%p if 小组.名称 %}
h4: （{{ 小组.序号 }}）{{ 小组.名称 }}
body: {%p endif %}
body: {%p if 小组.评分 %}
body: {{ 小组.评分 }}
body: {%p endif %}
body: {%p for 段落 in 小组.段落 %}
body: {{ 段落 }}
body: {%p endfor %}
body: {%p endfor %}
body: {%p endfor %}
h1: 五、存在的问题和改进措施
h2: （一）存在的问题
body: {%p for 段落 in 存在问题 %}
body: {{ 段落 }}
body: {%p endfor %}
body: 【待补充：自评中发现的其他问题，没有的删去此句】
h2: （二）改进措施
body: 【待补充：针对上述问题的改进措施、责任科室和时限】
h1: 六、绩效自评结果拟应用和公开情况
h2: （一）绩效自评结果拟应用
body: 【待补充：自评结果在预算安排、政策调整和项目管理中如何应用】
h2: （二）绩效自评结果公开情况
body: 【待补充：公开的时间、方式和网址】
h1: 七、其他需要说明的问题
body: 【待补充：需要说明的问题，没有的写“无”】
blank:
body: 附件：{{ 表题 }}
blank:
right: {{ 单位 }}
right: 【待补充：成文日期】
section:
annex: 附件
title: {{ 表题 }}
annex: {{ 附表 }}
"""
"""The seven parts of a project report, a paragraph a line: look, colon, text."""


def build(outline: str) -> bytes:
    """Return the .docx template with the given paragraphs."""
    document = Document()
    _bare(document)
    _fonts(document)
    _settings(document)
    for name, font, size, indent, alignment in STYLES:
        _style(document, name, font, size, indent, alignment)
    _page(document)
    for line in outline.strip().splitlines():
        look, _, text = line.partition(":")
        _paragraph(document, look, text.strip())
    highlight(document)
    stream = io.BytesIO()
    document.save(stream)
    return repacked(stream.getvalue())


def _bare(document: Docx) -> None:
    """Take out what python-docx's own template brings along: parts and styles of no use here."""
    package = document.part.package
    for relationships in (package.rels, document.part.rels):
        for identifier, relationship in list(relationships.items()):
            if relationship.reltype.rsplit("/", 1)[-1] in NEEDLESS_PARTS:
                del relationships[identifier]
    styles = document.styles.element
    for style in list(styles.findall(qn("w:style"))):
        if (
            style.find(qn("w:name")).get(qn("w:val"))
            not in {name.lower() for name in KEPT_STYLES} | KEPT_STYLES
        ):
            styles.remove(style)
    for link in styles.findall(f"{qn('w:style')}/{qn('w:link')}"):
        link.getparent().remove(link)
    properties = document.core_properties
    properties.title = properties.author = properties.comments = properties.last_modified_by = ""
    properties.created = properties.modified = datetime.datetime(2024, 1, 1)
    properties.language = "zh-CN"


def _fonts(document: Docx) -> None:
    defaults = document.styles.element.find(qn("w:docDefaults"))
    defaults.getparent().replace(
        defaults,
        parse_xml(
            f"<w:docDefaults {nsdecls('w')}><w:rPrDefault><w:rPr>"
            f'<w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:cs="{LATIN}" w:eastAsia="{BODY_FONT}"/>'
            '<w:kern w:val="0"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
            "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
        ),
    )
    table = next(
        relationship.target_part
        for relationship in document.part.rels.values()
        if relationship.reltype == RELATIONSHIP_TYPE.FONT_TABLE
    )
    fonts = "".join(
        f'<w:font w:name="{font}">'
        + (f'<w:altName w:val="{STAND_INS[font]}"/>' if font in STAND_INS else "")
        + '<w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
        for font in dict.fromkeys(FONTS.values())
    )
    table._blob = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:fonts {nsdecls("w")}>{fonts}</w:fonts>'
    ).encode()


def _settings(document: Docx) -> None:
    settings = document.settings
    settings.odd_and_even_pages_header_footer = True
    element = settings.element
    for name in ("w:compat", "w:savePreviewPicture"):
        for old in element.findall(qn(name)):
            element.remove(old)
    element.find(qn("w:zoom")).set(qn("w:percent"), "100")
    element.find(qn("w:characterSpacingControl")).set(qn("w:val"), "compressPunctuation")
    compat = parse_xml(
        f'<w:compat {nsdecls("w")}><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    )
    following = element.find(qn("w:rsids"))
    following.addprevious(compat)
    element.find(qn("w:themeFontLang")).set(qn("w:eastAsia"), "zh-CN")


def _style(
    document: Docx, name: str, font: str, size: float, indent: int, alignment: WD_ALIGN_PARAGRAPH
) -> None:
    style = cast(ParagraphStyle, document.styles[name])
    own = style.element
    for properties in (own.find(qn("w:rPr")), own.find(qn("w:pPr"))):
        if properties is not None:
            own.remove(properties)
    style.font.size = Pt(size)
    style.font.bold = False
    style.font.color.rgb = RGBColor(0, 0, 0)
    _set_fonts(own.get_or_add_rPr(), font)
    look = style.paragraph_format
    look.space_before = look.space_after = Pt(0)
    look.alignment = alignment
    look.widow_control = False
    if name == "Footer":
        look.line_spacing_rule = WD_LINE_SPACING.SINGLE
    else:
        # A title of two or three lines needs more than the body's 28.9 pt for its 22 pt letters.
        look.line_spacing = Pt(34) if name == "Title" else Pt(LINE / 20)
        look.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    own.get_or_add_pPr().append(_indent(indent, size))
    if name == "Normal":
        tighter = OxmlElement("w:spacing")
        tighter.set(qn("w:val"), str(TIGHTER))
        own.get_or_add_rPr().insert_element_before(tighter, "w:sz")
    if name.startswith("Heading"):
        look.keep_with_next = True
        level = OxmlElement("w:outlineLvl")
        level.set(qn("w:val"), str(int(name[-1]) - 1))
        own.get_or_add_pPr().append(level)
    _in_schema_order(own.get_or_add_pPr())


def _set_fonts(properties: Any, font: str) -> None:
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    # Page numbers are figures in 宋体; elsewhere figures and letters have a face of their own.
    latin = font if font == FONTS["Footer"] else LATIN
    for attribute, name in (("ascii", latin), ("hAnsi", latin), ("cs", latin), ("eastAsia", font)):
        fonts.set(qn(f"w:{attribute}"), name)
    # “ ” — … are Latin or Chinese by this hint alone.
    fonts.set(qn("w:hint"), "eastAsia")


def _indent(characters: int, size: float) -> Any:
    """A first-line indent in characters, with the same in points for programs that know no characters."""
    indent = OxmlElement("w:ind")
    indent.set(qn("w:firstLineChars"), str(characters * 100))
    indent.set(qn("w:firstLine"), str(int(characters * size * 20)))
    return indent


_ORDER = (
    "pStyle",
    "keepNext",
    "keepLines",
    "widowControl",
    "snapToGrid",
    "spacing",
    "ind",
    "jc",
    "outlineLvl",
    "sectPr",
)


def _in_schema_order(properties: Any) -> None:
    names = [qn(f"w:{name}") for name in _ORDER]
    for child in sorted(properties, key=lambda child: names.index(child.tag)):
        properties.append(child)


def _page(document: Docx) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance = Mm(15)
    # The dashes of the page number stand 7 mm below the type area.
    section.footer_distance = Mm(25)
    _grid(section._sectPr)
    for footer, alignment in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        footer.is_linked_to_previous = False
        _page_number(footer.paragraphs[0], alignment)


def _grid(section: Any) -> None:
    for old in section.findall(qn("w:docGrid")):
        section.remove(old)
    grid = OxmlElement("w:docGrid")
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(LINE))
    section.append(grid)


def _page_number(paragraph: Paragraph, alignment: WD_ALIGN_PARAGRAPH) -> None:
    """Write "— 1 —" with one character of space at the outer edge."""
    paragraph.alignment = alignment
    side = "right" if alignment == WD_ALIGN_PARAGRAPH.RIGHT else "left"
    indent = OxmlElement("w:ind")
    indent.set(qn(f"w:{side}Chars"), "100")
    indent.set(qn(f"w:{side}"), str(int(SI_HAO * 20)))
    paragraph._p.get_or_add_pPr().append(indent)
    _in_schema_order(paragraph._p.get_or_add_pPr())
    _run(paragraph, "— ", FONTS["Footer"])
    for kind, instruction in (("begin", ""), ("", " PAGE "), ("separate", ""), ("", "1"), ("end", "")):
        run = paragraph.add_run("1" if instruction == "1" else "")
        _set_fonts(run._r.get_or_add_rPr(), FONTS["Footer"])
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)
        elif instruction != "1":
            code = OxmlElement("w:instrText")
            code.text = instruction
            run._r.append(code)
    _run(paragraph, " —", FONTS["Footer"])


def _run(paragraph: Paragraph, text: str, font: str) -> None:
    _set_fonts(paragraph.add_run(text)._r.get_or_add_rPr(), font)


def _paragraph(document: Docx, look: str, text: str) -> None:
    if look == "section":
        document.add_section(WD_SECTION.NEW_PAGE)
        # The break needs no paragraph of its own, which might begin a page that nothing follows on.
        carrier: Any = document.paragraphs[-1]._p
        document.paragraphs[-2]._p.get_or_add_pPr().append(carrier.pPr.find(qn("w:sectPr")))
        carrier.getparent().remove(carrier)
        return
    styles = {"h1": "Heading 1", "h2": "Heading 2", "h3": "Heading 3", "h4": "Heading 4", "title": "Title"}
    style = styles.get(look, "Normal")
    paragraph = document.add_paragraph(style=style)
    if look in ("annex", "right"):
        paragraph.paragraph_format.alignment = {
            "annex": WD_ALIGN_PARAGRAPH.LEFT,
            "right": WD_ALIGN_PARAGRAPH.RIGHT,
        }[look]
        paragraph._p.get_or_add_pPr().append(_indent(0, SAN_HAO))
        _in_schema_order(paragraph._p.get_or_add_pPr())
    if text:
        _run(paragraph, text, "黑体" if text == "附件" else FONTS[style])


def main() -> None:
    """Write every template of this folder."""
    (HERE / "project.docx").write_bytes(build(PROJECT))


if __name__ == "__main__":
    main()
