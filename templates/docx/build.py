"""Builds the report templates of this folder from the outlines beside it: `python templates/docx/build.py`.

A template is an ordinary Word document: offices edit it in Word or WPS, and need this script no more than
they need the source. It exists so that the typesetting (GB/T 9704-2012) is written down once, in figures.
"""

from __future__ import annotations

import datetime
import io
from pathlib import Path
from typing import Any, NamedTuple, cast

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

from perfxl.report.annex import PORTRAIT
from perfxl.report.highlight import highlight
from perfxl.report.markup import Box, table_xml
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

STYLE_OF = {"h1": "Heading 1", "h2": "Heading 2", "h3": "Heading 3", "h4": "Heading 4", "title": "Title"}


class Look(NamedTuple):
    """How a paragraph departs from its style: alignment, first-line indent and right indent in characters."""

    alignment: WD_ALIGN_PARAGRAPH
    first: int = 0
    right: int = 0
    font: str = ""
    kept: bool = False


LOOKS = {
    "annex": Look(WD_ALIGN_PARAGRAPH.LEFT, font="黑体"),
    "place": Look(WD_ALIGN_PARAGRAPH.LEFT),
    "subtitle": Look(WD_ALIGN_PARAGRAPH.CENTER, font="楷体_GB2312"),
    "item": Look(WD_ALIGN_PARAGRAPH.JUSTIFY, first=2, kept=True),
    "attached": Look(WD_ALIGN_PARAGRAPH.LEFT, first=2),
    "sign": Look(WD_ALIGN_PARAGRAPH.RIGHT, right=2, kept=True),
    "date": Look(WD_ALIGN_PARAGRAPH.RIGHT, right=4),
}
"""GB/T 9704: the signature stands at the right, the date below it four characters from the edge."""

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

OUTLINES = HERE / "outlines"
"""One text file a template: a paragraph a line, written as look, colon, text."""


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
        _section(document)
        return
    if look == "table":
        _table(document, text)
        return
    style = STYLE_OF.get(look, "Normal")
    paragraph = document.add_paragraph(style=style)
    own = LOOKS.get(look)
    if own is not None:
        properties = paragraph._p.get_or_add_pPr()
        paragraph.paragraph_format.alignment = own.alignment
        indent = _indent(own.first, SAN_HAO)
        if own.right:
            indent.set(qn("w:rightChars"), str(own.right * 100))
            indent.set(qn("w:right"), str(int(own.right * SAN_HAO * 20)))
        properties.append(indent)
        if own.kept:
            paragraph.paragraph_format.keep_with_next = True
        _in_schema_order(properties)
    if text:
        _run(paragraph, text, own.font if own is not None and own.font else FONTS[style])


def _section(document: Docx) -> None:
    document.add_section(WD_SECTION.NEW_PAGE)
    # The break needs no paragraph of its own, which might begin a page that nothing follows on.
    carrier: Any = document.paragraphs[-1]._p
    document.paragraphs[-2]._p.get_or_add_pPr().append(carrier.pPr.find(qn("w:sectPr")))
    carrier.getparent().remove(carrier)


def _table(document: Docx, text: str) -> None:
    """Write a table: rows parted by "/", cells by "|"; the first row is its head."""
    rows = [[cell.strip() for cell in row.strip().split("|")] for row in text.split(" / ")]
    boxes = [Box(y, x, 1, 1, cell) for y, row in enumerate(rows) for x, cell in enumerate(row)]
    columns = len(rows[0])
    own = table_xml(tuple(boxes), [PORTRAIT // columns] * columns, 1, height=560, together=True)
    document.element.body.insert_element_before(parse_xml(own), "w:sectPr")


def templates() -> dict[str, bytes]:
    """Return every template that an outline describes, by its file name."""
    return {
        f"{outline.stem}.docx": build(outline.read_text(encoding="utf-8"))
        for outline in sorted(OUTLINES.glob("*.txt"))
    }


def main() -> None:
    """Write every template of this folder."""
    for name, content in templates().items():
        (HERE / name).write_bytes(content)


if __name__ == "__main__":
    main()
