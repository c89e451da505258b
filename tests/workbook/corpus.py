"""The corpus: one workbook for each thing that a rewrite of the whole file is known to lose or to break.

Every workbook has a sheet 自评表 with the form of `_base`: a title merged over A1:J1, figures in C3:E6, rates as
formulas in F3:F6 (=E/D), a text in B3:B6, sums in row 7, and a sheet 汇总 that reads from it.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from functools import cache

import openpyxl
import xlsxwriter
from lxml import etree
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from tests.workbook.surgery import DOCUMENT, MAIN, STRICT_DOCUMENT, STRICT_MAIN, Parts, raw_zip

SHEET = "自评表"
SHEET_PART = "xl/worksheets/sheet1.xml"
OTHER_PART = "xl/worksheets/sheet2.xml"
BOOK_PART = "xl/workbook.xml"

_BUILDERS: dict[str, Callable[[], bytes]] = {}


def _listed(builder: Callable[[], bytes]) -> Callable[[], bytes]:
    _BUILDERS[builder.__name__] = builder
    return builder


NAMES: list[str]


@cache
def workbook(name: str) -> bytes:
    """Return the bytes of a workbook of the corpus."""
    return _BUILDERS[name]()


def picture() -> bytes:
    """A PNG of one pixel."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">L", len(content)) + kind + content + struct.pack(">L", zlib.crc32(kind + content))
        )

    header = struct.pack(">2L5B", 1, 1, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0\xff\0\0"))
        + chunk(b"IEND", b"")
    )


@cache
def _base() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = SHEET
    sheet["A1"] = "2022年度项目支出绩效自评表"
    sheet.merge_cells("A1:J1")
    thin = Side("thin")
    for column, label in enumerate(
        ["序号", "资金", "年初预算数", "全年预算数", "全年执行数", "执行率", "分值", "得分", "原因", "备注"],
        1,
    ):
        cell = sheet.cell(2, column, label)
        cell.font = Font(name="仿宋_GB2312", size=12, bold=True)
        cell.fill = PatternFill("solid", "FFDDEBF7")
    for row in range(3, 7):
        sheet.cell(row, 1, row - 2)
        sheet.cell(row, 2, f"资金<{row}>&来源")
        for column in range(3, 6):
            sheet.cell(row, column, row * 100 + column * 10 + 0.5)
        sheet.cell(row, 6, f"=E{row}/D{row}").number_format = "0.00%"
        sheet.cell(row, 9).number_format = "@"
        for column in range(1, 11):
            sheet.cell(row, column).border = Border(left=thin, right=thin, top=thin, bottom=thin)
            sheet.cell(row, column).alignment = Alignment(wrap_text=True, vertical="center")
    for column, letter in ((3, "C"), (4, "D"), (5, "E")):
        sheet.cell(7, column, f"=SUM({letter}3:{letter}6)")
    sheet["A9"] = "说明"
    sheet.merge_cells("A9:B12")
    sheet.column_dimensions["B"].width = 30
    sheet.row_dimensions[1].height = 40
    validation = DataValidation("list", formula1='"是,否"')
    validation.add("J3:J6")
    sheet.add_data_validation(validation)
    sheet.conditional_formatting.add(
        "F3:F6", CellIsRule("lessThan", ["0.8"], fill=PatternFill("solid", bgColor="FFFFC7CE"))
    )
    sheet.print_area = "A1:J12"
    sheet.freeze_panes = "A3"
    other = book.create_sheet("汇总")
    other["A1"] = f"={SHEET}!E7"
    other["A2"] = "=A1*2"
    other["A3"] = 5
    other["A4"] = "=A3+1"
    return _saved(book)


def _saved(book: openpyxl.Workbook) -> bytes:
    """Save as Excel or WPS would: with results of formulas, without the order to recalculate, which is ours to give."""
    stream = io.BytesIO()
    book.save(stream)
    parts = Parts(stream.getvalue())
    for name in (SHEET_PART, OTHER_PART):
        text = parts.text(name).replace("</f><v/>", "</f><v>1</v>").replace("</f><v></v>", "</f><v>1</v>")
        parts.content[name] = text.encode()
    return parts.replace(BOOK_PART, ' fullCalcOnLoad="1"', "").data()


def _parts() -> Parts:
    return Parts(_base())


@_listed
def plain() -> bytes:
    return _base()


@_listed
def wps_cell_pictures() -> bytes:
    """WPS pictures in cells: a formula DISPIMG and a part of its own."""
    parts = _parts()
    parts.add(
        "xl/cellimages.xml",
        '<?xml version="1.0" encoding="UTF-8"?><etc:cellImages xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/>',
        "application/vnd.wps-officedocument.cellimage+xml",
    )
    parts.add("xl/media/image1.png", picture())
    parts.default("png", "image/png")
    parts.relate("xl/cellimages.xml", "rId1", f"{DOCUMENT}/image", "media/image1.png")
    parts.relate(BOOK_PART, "rIdImages", "http://www.wps.cn/officeDocument/2020/cellImage", "cellimages.xml")
    return _with_cell(
        parts, 8, 'r="C8" t="str"', '<f>_xlfn.DISPIMG("ID_1F2E",1)</f><v>=DISPIMG("ID_1F2E",1)</v>'
    ).data()


def _with_cell(parts: Parts, row: int, attributes: str, content: str) -> Parts:
    """Put a row with one cell before row 9."""
    return parts.replace(
        SHEET_PART, '<row r="9"', f'<row r="{row}"><c {attributes}>{content}</c></row><row r="9"'
    )


@_listed
def picture_in_cell() -> bytes:
    """Excel's picture in a cell: value metadata and rich data parts."""
    parts = _with_cell(_parts(), 8, 'r="C8" t="e" vm="1"', "<v>#VALUE!</v>")
    parts.add(
        "xl/metadata.xml",
        f'<metadata xmlns="{MAIN}"><metadataTypes count="1"><metadataType name="XLRICHVALUE" minSupportedVersion="120000"/>'
        '</metadataTypes><valueMetadata count="1"><bk><rc t="1" v="0"/></bk></valueMetadata></metadata>',
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheetMetadata+xml",
    )
    parts.add(
        "xl/richData/rdrichvalue.xml", "<rvData count='1'/>", "application/vnd.ms-excel.rdrichvalue+xml"
    )
    parts.relate(BOOK_PART, "rIdMeta", f"{DOCUMENT}/sheetMetadata", "metadata.xml")
    return parts.data()


@_listed
def form_control() -> bytes:
    """A button: VML drawing, control properties, legacy drawing in the sheet."""
    parts = _parts()
    parts.add(
        "xl/drawings/vmlDrawing1.vml",
        '<xml xmlns:v="urn:schemas-microsoft-com:vml"><v:shape id="_x0000_s1025"/></xml>',
    )
    parts.default("vml", "application/vnd.openxmlformats-officedocument.vmlDrawing")
    parts.add(
        "xl/ctrlProps/ctrlProp1.xml",
        '<formControlPr xmlns="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" objectType="Button"/>',
        "application/vnd.ms-excel.controlproperties+xml",
    )
    parts.relate(SHEET_PART, "rIdVml", f"{DOCUMENT}/vmlDrawing", "../drawings/vmlDrawing1.vml")
    parts.relate(SHEET_PART, "rIdCtrl", f"{DOCUMENT}/ctrlProp", "../ctrlProps/ctrlProp1.xml")
    return parts.replace(
        SHEET_PART, "</worksheet>", f'<legacyDrawing xmlns:r="{DOCUMENT}" r:id="rIdVml"/></worksheet>'
    ).data()


@_listed
def extensions() -> bytes:
    """x14: a dropdown on another sheet, a data bar, sparklines; elements named f within, in another namespace."""
    x14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
    xm = "http://schemas.microsoft.com/office/excel/2006/main"
    extension = (
        f'<extLst><ext uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}" xmlns:x14="{x14}"><x14:dataValidations count="1" xmlns:xm="{xm}">'
        '<x14:dataValidation type="list" allowBlank="1"><x14:formula1><xm:f>汇总!$A$1:$A$4</xm:f></x14:formula1><xm:sqref>J9</xm:sqref>'
        "</x14:dataValidation></x14:dataValidations></ext>"
        f'<ext uri="{{05C60535-1F16-4fd2-B633-F4F36F0B64E0}}" xmlns:x14="{x14}"><x14:sparklineGroups xmlns:xm="{xm}"><x14:sparklineGroup>'
        "<x14:sparklines><x14:sparkline><xm:f>自评表!C3:E3</xm:f><xm:sqref>K3</xm:sqref></x14:sparkline></x14:sparklines>"
        "</x14:sparklineGroup></x14:sparklineGroups></ext></extLst>"
    )
    return _parts().replace(SHEET_PART, "</worksheet>", extension + "</worksheet>").data()


@_listed
def external_link() -> bytes:
    """A formula that reads from another workbook, whose values the package keeps."""
    parts = _with_cell(_parts(), 8, 'r="C8"', "<f>[1]上年!$A$1+C3</f><v>7</v>")
    parts.add(
        "xl/externalLinks/externalLink1.xml",
        f'<externalLink xmlns="{MAIN}"><externalBook xmlns:r="{DOCUMENT}" r:id="rId1"><sheetNames><sheetName val="上年"/>'
        '</sheetNames><sheetDataSet><sheetData sheetId="0"><row r="1"><cell r="A1"><v>4</v></cell></row></sheetData>'
        "</sheetDataSet></externalBook></externalLink>",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml",
    )
    parts.relate("xl/externalLinks/externalLink1.xml", "rId1", f"{DOCUMENT}/externalLinkPath", "上年.xlsx")
    parts.relate(BOOK_PART, "rIdLink", f"{DOCUMENT}/externalLink", "externalLinks/externalLink1.xml")
    references = (
        f'<externalReferences><externalReference xmlns:r="{DOCUMENT}" r:id="rIdLink"/></externalReferences>'
    )
    return parts.replace(BOOK_PART, "</sheets>", "</sheets>" + references).data()


@_listed
def excel_365() -> bytes:
    """What today's Excel writes beside the standard: ignorable attributes, revision marks, alternate content."""
    parts = _parts()
    spaces = (
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="x14ac xr" '
        'xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac" '
        'xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision" xr:uid="{6F1E2D3C-0000-4000-8000-000000000001}"'
    )
    parts.replace(SHEET_PART, "<worksheet ", f"<worksheet {spaces} ")
    for row in range(3, 8):
        parts.replace(SHEET_PART, f'<row r="{row}"', f'<row r="{row}" spans="1:10" x14ac:dyDescent="0.3"')
    alternate = (
        '<mc:AlternateContent><mc:Choice xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" Requires="x14">'
        "<controls/></mc:Choice><mc:Fallback/></mc:AlternateContent>"
    )
    parts.replace(SHEET_PART, "</worksheet>", alternate + "</worksheet>")
    space = "http://schemas.microsoft.com/office/drawing/2012/chartStyle"
    parts.add(
        "xl/charts/style1.xml",
        f'<cs:chartStyle xmlns:cs="{space}" id="201"/>',
        "application/vnd.ms-office.chartstyle+xml",
    )
    parts.add("xl/printerSettings/printerSettings1.bin", bytes(range(256)))
    parts.default("bin", "application/vnd.openxmlformats-officedocument.spreadsheetml.printerSettings")
    return parts.data()


@_listed
def rich_and_phonetic() -> bytes:
    """Texts of several runs, with reading aids, shared and in the cell; a cell marked as having them."""
    runs = (
        '<r><rPr><b/></rPr><t>资金</t></r><r><rPr><color rgb="FFFF0000"/></rPr><t>来源</t></r>'
        '<rPh sb="0" eb="2"><t>しきん</t></rPh><phoneticPr fontId="1"/>'
    )
    cells = f'<is>{runs}</is></c><c r="D8" t="s" ph="1"><v>0</v>'
    parts = _with_cell(_parts(), 8, 'r="C8" t="inlineStr" ph="1"', cells)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    parts.content.pop("xl/sharedStrings.xml", None)
    parts.add(
        "xl/sharedStrings.xml", f'<sst xmlns="{MAIN}" count="1" uniqueCount="1"><si>{runs}</si></sst>', kind
    )
    return parts.relate(BOOK_PART, "rIdStrings", f"{DOCUMENT}/sharedStrings", "sharedStrings.xml").data()


@_listed
def data_table() -> bytes:
    """A what-if table of two cells: its formula has no text that tells what it reads."""
    return _with_cell(
        _parts(),
        8,
        'r="C8"',
        '<f t="dataTable" ref="C8:D8" dt2D="0" dtr="1" r1="C3"/><v>1</v></c><c r="D8"><v>2</v>',
    ).data()


@_listed
def stored_members() -> bytes:
    """Members that are not compressed, with dates, comments and rights of their own."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for number, (name, content) in enumerate(_parts().content.items()):
            info = zipfile.ZipInfo(name, (2020 + number % 5, 5, 6, 7, 8, 10))
            info.comment, info.external_attr = f"部件{number}".encode(), 0o640 << 16
            info.compress_type = zipfile.ZIP_STORED if number % 2 else zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
        archive.comment = "自评表".encode("gbk")
    return stream.getvalue()


@_listed
def custom_xml() -> bytes:
    parts = _parts()
    parts.add("customXml/item1.xml", '<?mso-contentType?><数据 xmlns="urn:example"><项 值="1"/></数据>')
    return parts.relate(BOOK_PART, "rIdCustom", f"{DOCUMENT}/customXml", "../customXml/item1.xml").data()


@_listed
def threaded_comments() -> bytes:
    space = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
    parts = _parts()
    parts.add(
        "xl/threadedComments/threadedComment1.xml",
        f'<ThreadedComments xmlns="{space}"><threadedComment ref="D3" dT="2023-03-01T00:00:00.00" personId="{{0}}" id="{{1}}">'
        "<text>请核对</text></threadedComment></ThreadedComments>",
        "application/vnd.ms-excel.threadedcomments+xml",
    )
    parts.add(
        "xl/persons/person.xml", f'<personList xmlns="{space}"/>', "application/vnd.ms-excel.person+xml"
    )
    kinds = "http://schemas.microsoft.com/office/2017/10/relationships"
    parts.relate(
        SHEET_PART, "rIdThread", f"{kinds}/threadedComment", "../threadedComments/threadedComment1.xml"
    )
    return parts.relate(BOOK_PART, "rIdPersons", f"{kinds}/person", "persons/person.xml").data()


@_listed
def macros() -> bytes:
    parts = _parts()
    parts.add("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256)) * 8)
    parts.default("bin", "application/vnd.ms-office.vbaProject")
    parts.relate(
        BOOK_PART,
        "rIdVba",
        "http://schemas.microsoft.com/office/2006/relationships/vbaProject",
        "vbaProject.bin",
    )
    return parts.replace(
        "[Content_Types].xml",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    ).data()


@_listed
def signed() -> bytes:
    parts = _parts()
    parts.add("_xmlsignatures/origin.sigs", b"")
    return parts.add(
        "_xmlsignatures/sig1.xml", '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/>'
    ).data()


@_listed
def gbk_member_name() -> bytes:
    members = [(name.encode("ascii"), content) for name, content in _parts().content.items()]
    return raw_zip([*members, ("xl/media/图片一.png".encode("gbk"), picture())])


@_listed
def zip64_package() -> bytes:
    return raw_zip([(name.encode(), content) for name, content in _parts().content.items()], zip64=True)


@_listed
def data_descriptors() -> bytes:
    return raw_zip([(name.encode(), content) for name, content in _parts().content.items()], descriptors=True)


@_listed
def zip64_descriptors() -> bytes:
    return raw_zip(
        [(name.encode(), content) for name, content in _parts().content.items()], descriptors=True, zip64=True
    )


@_listed
def junk_before_zip() -> bytes:
    return raw_zip(
        [(name.encode(), content) for name, content in _parts().content.items()], prefix=b"MZ junk "
    )


@_listed
def prefixed_names() -> bytes:
    """Every element of the sheet, the styles and the workbook under a prefix."""
    parts = _parts()
    for name in (SHEET_PART, "xl/styles.xml", BOOK_PART):
        parts.content[name] = _prefixed(parts.content[name])
    return parts.data()


def _prefixed(part: bytes) -> bytes:
    root = etree.fromstring(part)
    copy = etree.Element(
        root.tag,
        attrib={str(name): str(value) for name, value in root.attrib.items()},
        nsmap={"x": MAIN, "r": DOCUMENT},
    )
    copy.extend(root)
    etree.cleanup_namespaces(copy, keep_ns_prefixes=["x", "r"])
    for element in copy.iter():
        assert element.prefix is not None
    return bytes(etree.tostring(copy, xml_declaration=True, encoding="UTF-8", standalone=True))


@_listed
def strict() -> bytes:
    """ISO strict: other namespaces throughout."""
    parts = _parts()
    for name, content in parts.content.items():
        if name.endswith((".xml", ".rels")):
            parts.content[name] = content.replace(MAIN.encode(), STRICT_MAIN.encode()).replace(
                DOCUMENT.encode(), STRICT_DOCUMENT.encode()
            )
    return parts.data()


@_listed
def utf16_sheet() -> bytes:
    parts = _parts()
    for name in (SHEET_PART, BOOK_PART):
        text = parts.text(name)
        text = text[text.index("?>") + 2 :] if text.startswith("<?xml") else text
        parts.content[name] = ('<?xml version="1.0" encoding="UTF-16"?>' + text).encode("utf-16")
    return parts.data()


@_listed
def byte_order_mark() -> bytes:
    parts = _parts()
    parts.content[SHEET_PART] = b"\xef\xbb\xbf" + parts.content[SHEET_PART]
    return parts.data()


@_listed
def cells_without_addresses() -> bytes:
    """Neither rows nor cells say where they stand; blank cells keep the count."""
    parts = _parts()
    sheet = openpyxl.load_workbook(io.BytesIO(_base()))[SHEET]
    rows = []
    for row in sheet.iter_rows(min_row=1, max_row=9, max_col=10):
        cells = []
        for cell in row:
            value = cell.value
            if value is None:
                cells.append("<c/>")
            elif isinstance(value, str) and value.startswith("="):
                cells.append(f"<c><f>{value[1:]}</f><v>1</v></c>")
            elif isinstance(value, str):
                escaped = value.replace("&", "&amp;").replace("<", "&lt;")
                cells.append(f'<c t="inlineStr"><is><t>{escaped}</t></is></c>')
            else:
                cells.append(f"<c><v>{value}</v></c>")
        rows.append(f"<row>{''.join(cells)}</row>")
    text = parts.text(SHEET_PART)
    start, end = text.index("<sheetData>"), text.index("</sheetData>")
    parts.content[SHEET_PART] = (text[:start] + "<sheetData>" + "".join(rows) + text[end:]).encode()
    return parts.data()


@_listed
def shared_formulas() -> bytes:
    """The rates of F3:F6 as one shared formula, as Excel writes a column filled down."""
    parts = _parts()
    for row in range(3, 7):
        shared = '<f t="shared" ref="F3:F6" si="0">E3/D3</f>' if row == 3 else '<f t="shared" si="0"/>'
        parts.replace(SHEET_PART, f"<f>E{row}/D{row}</f>", shared)
    return parts.data()


@_listed
def array_formula() -> bytes:
    return _with_cell(
        _parts(), 8, 'r="C8"', '<f t="array" ref="C8:D8">C3:D3*2</f><v>661</v></c><c r="D8"><v>681</v>'
    ).data()


@_listed
def calculation_chain() -> bytes:
    parts = _parts()
    parts.add(
        "xl/calcChain.xml",
        f'<calcChain xmlns="{MAIN}">'
        + "".join(f'<c r="F{row}" i="1"/>' for row in range(3, 7))
        + "</calcChain>",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml",
    )
    return parts.relate(BOOK_PART, "rIdChain", f"{DOCUMENT}/calcChain", "calcChain.xml").data()


@_listed
def absolute_targets() -> bytes:
    """Targets that begin with a slash, and a sheet part of another name."""
    parts = _parts()
    parts.content = {
        name.replace(SHEET_PART, "xl/worksheets/表.xml"): content for name, content in parts.content.items()
    }
    for name in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
        parts.content[name] = parts.text(name).replace("worksheets/sheet1.xml", "worksheets/表.xml").encode()
    return parts.data()


@_listed
def odd_markup() -> bytes:
    """Single quotes, comments, CDATA, white space and a ">" within attributes and text."""
    parts = _parts()
    text = parts.text(SHEET_PART)
    text = text.replace("<sheetData>", '<!-- <c r="A1"> -->\n<sheetData\n>\n')
    text = text.replace('<row r="7"', "<?note <row> ?><row x:note='a>b' xmlns:x='urn:x' r = '7'\n")
    text = text.replace("<f>E3/D3</f>", "<f><![CDATA[E3/D3]]></f>").replace("</row>", " </row >\n")
    parts.content[SHEET_PART] = text.encode()
    return parts.data()


@_listed
def defined_names() -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(_base()))
    book.defined_names["执行合计"] = DefinedName("执行合计", attr_text=f"{SHEET}!$E$7")
    book["汇总"]["B1"] = "=执行合计*1"
    return _saved(book)


@_listed
def styled_rows_and_columns() -> bytes:
    """Row 13 and column M have styles that new cells there take over."""
    parts = _parts()
    parts.replace(
        SHEET_PART,
        "</sheetData>",
        '<row r="13" s="3" customFormat="1" spans="1:3"><c r="B13" s="3"/></row></sheetData>',
    )
    return parts.replace(
        SHEET_PART, "</cols>", '<col min="13" max="13" width="9" style="2" customWidth="1"/></cols>'
    ).data()


@_listed
def protected() -> bytes:
    return (
        _parts()
        .replace(
            SHEET_PART, "</sheetData>", '</sheetData><sheetProtection sheet="1" objects="1" scenarios="1"/>'
        )
        .data()
    )


@_listed
def much_of_excel() -> bytes:
    """Charts, pictures, comments, sparklines, rich text, a table, header pictures, a chart sheet: by XlsxWriter."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = book.add_worksheet(SHEET)
    percent = book.add_format({"num_format": "0.00%", "border": 1})
    bold = book.add_format({"bold": True, "font_color": "red"})
    sheet.merge_range("A1:J1", "2022年度项目支出绩效自评表", bold)
    for row in range(3, 7):
        sheet.write(f"B{row}", f"资金<{row}>&来源")
        for column, letter in enumerate("CDE", 3):
            sheet.write(f"{letter}{row}", row * 100 + column * 10 + 0.5)
        sheet.write_formula(f"F{row}", f"=E{row}/D{row}", percent, 1)
    for letter in "CDE":
        sheet.write_formula(f"{letter}7", f"=SUM({letter}3:{letter}6)", None, 1)
    sheet.merge_range("A9:B12", "说明")
    sheet.write_rich_string("C9", "前", bold, "红字", "后")
    sheet.write_comment("D3", "请核对")
    sheet.add_sparkline("K3", {"range": f"{SHEET}!C3:E3"})
    sheet.conditional_format("C3:C6", {"type": "data_bar", "data_bar_2010": True})
    sheet.data_validation("J3:J6", {"validate": "list", "source": ["是", "否"]})
    sheet.insert_image("L2", "one.png", {"image_data": io.BytesIO(picture())})
    sheet.insert_textbox("L8", "文本框")
    sheet.insert_button("L14", {"macro": "press", "caption": "计算"})
    sheet.set_header("&L&G", {"image_left": "head.png", "image_data_left": io.BytesIO(picture())})
    sheet.add_table(
        "N3:O6", {"columns": [{"header": "甲"}, {"header": "乙"}], "data": [[1, 2], [3, 4], [5, 6]]}
    )
    sheet.write_dynamic_array_formula("Q3", "=SORT(N4:N6)", None, 1)
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": f"={SHEET}!$E$3:$E$6"})
    sheet.insert_chart("L20", chart)
    sheet.protect("", {"select_locked_cells": True})
    other = book.add_worksheet("汇总")
    other.write_formula("A1", f"={SHEET}!E7", None, 1)
    other.write_formula("A2", "=A1*2", None, 2)
    other.write("A3", 5)
    other.write_formula("A4", "=A3+1", None, 6)
    book.add_chartsheet("图").set_chart(_pie(book))
    book.define_name("执行合计", f"={SHEET}!$E$7")
    book.set_custom_property("单位", "某局")
    book.close()
    return Parts(stream.getvalue()).replace(BOOK_PART, ' fullCalcOnLoad="1"', "").data()


def _pie(book: xlsxwriter.Workbook) -> object:
    chart = book.add_chart({"type": "pie"})
    chart.add_series({"values": f"={SHEET}!$E$3:$E$6"})
    return chart


NAMES = list(_BUILDERS)
