"""Charts as Word and WPS keep their own: a DrawingML chart with the workbook it can be edited in. No picture.

A chart is a value; `chart_xml` and `chart_book` say what it is made of, `placed` puts it into a document.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from perfxl.form.figures import plain
from perfxl.report.markup import printable
from perfxl.workbook.grid import column_letters

if TYPE_CHECKING:
    from docx.document import Document

CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_INLINE = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_BOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_COLOURS = ("2F5597", "9DC3E6", "7F7F7F", "BDD7EE", "1F3864", "D0CECE", "5B9BD5", "A6A6A6")
"""Blues and greys that stay apart when a page is printed in black."""
_SLICES = ("9DC3E6", "D9D9D9", "5B9BD5", "BFBFBF", "DEEBF7", "A6A6A6", "BDD7EE", "EDEDED")
"""The same for slices, light enough for the figures that stand in them."""
_TEXT = 1050
"""五号, in hundredths of a point."""
_EMU = 36000  # to the millimetre
_WIDTH, _HEIGHT, _HEIGHT_OF_PIE = 150, 76, 62
_HEIGHT_OF_BAR = 7
_SHEET = "数据"
_NO_DATE = datetime(1980, 1, 1)


class Series(NamedTuple):
    """One row of figures, a value for each category."""

    name: str
    values: tuple[Decimal, ...]


class Chart(NamedTuple):
    """A chart: `shape` is "column", "bar" (lying) or "pie" (first series only); `caption` says what it shows."""

    shape: str
    caption: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    number_format: str = "General"


def placed(document: Document, chart: Chart, number: int) -> str:
    """Add a chart's parts to a document and return the `w:p` element that shows it. `number` counts from 1."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    chart = _printable(chart)
    package = document.part.package
    book = Part(
        PackURI(f"/word/embeddings/Microsoft_Excel_Sheet{number}.xlsx"),
        _BOOK_TYPE,
        chart_book(chart),
        package,
    )
    drawn = Part(PackURI(f"/word/charts/chart{number}.xml"), _CHART_TYPE, b"", package)
    data = drawn.relate_to(book, RELATIONSHIP_TYPE.PACKAGE)
    drawn._blob = chart_xml(chart, data)
    relation = document.part.relate_to(drawn, RELATIONSHIP_TYPE.CHART)
    return _paragraph(chart, relation, _next_drawing(document))


def _printable(chart: Chart) -> Chart:
    """The chart with its names as XML can carry them."""
    return chart._replace(
        caption=printable(chart.caption),
        categories=tuple(map(printable, chart.categories)),
        series=tuple(series._replace(name=printable(series.name)) for series in chart.series),
    )


def chart_book(chart: Chart) -> bytes:
    """Return the workbook behind a chart: categories in column A, a series in each column after it."""
    import xlsxwriter

    stream = io.BytesIO()
    book: Any = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.set_properties({"created": _NO_DATE})
    sheet = book.add_worksheet(_SHEET)
    sheet.write_row(0, 1, [series.name for series in chart.series])
    for row, category in enumerate(chart.categories, start=1):
        sheet.write_string(row, 0, category)
        for column, series in enumerate(chart.series, start=1):
            sheet.write_number(row, column, series.values[row - 1])
    book.close()
    return stream.getvalue()


def chart_xml(chart: Chart, data: str) -> bytes:
    """Return the chart part; `data` is the relationship to its workbook."""
    plot = _pie(chart) if chart.shape == "pie" else _bars(chart)
    legend = _legend("r" if chart.shape == "pie" else "b") if _needs_legend(chart) else ""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<c:chartSpace xmlns:c="{CHART}" xmlns:a="{_DRAWING}" xmlns:r="{_RELATIONS}">'
        '<c:date1904 val="0"/><c:lang val="zh-CN"/><c:roundedCorners val="0"/>'
        f'<c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>{plot}</c:plotArea>{legend}'
        '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        '<c:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill><a:ln><a:noFill/></a:ln></c:spPr>'
        f"{_letters(_TEXT)}"
        f'<c:externalData r:id="{data}"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    ).encode()


def _needs_legend(chart: Chart) -> bool:
    return chart.shape == "pie" or len(chart.series) > 1


def _legend(where: str) -> str:
    return f'<c:legend><c:legendPos val="{where}"/><c:overlay val="0"/></c:legend>'


def _bars(chart: Chart) -> str:
    lying = chart.shape == "bar"
    series = "".join(
        f"{_series_head(chart, index)}{_fill(_COLOURS[index % len(_COLOURS)])}"
        f'<c:invertIfNegative val="0"/>{_labels(chart, "outEnd", "showVal")}{_values(chart, index)}</c:ser>'
        for index in range(len(chart.series))
    )
    # Word draws the first category of lying bars at the bottom unless the axis is turned.
    order = "maxMin" if lying else "minMax"
    side, foot = ("l", "b") if lying else ("b", "l")
    # The figures stand at the ends of lying bars: an axis of its own would say them twice.
    least = '<c:min val="0"/>' if all(value >= 0 for one in chart.series for value in one.values) else ""
    grid = f"<c:majorGridlines><c:spPr>{_line('D9D9D9')}</c:spPr></c:majorGridlines>"
    lines = "" if lying else grid
    return (
        f'<c:barChart><c:barDir val="{"bar" if lying else "col"}"/><c:grouping val="clustered"/>'
        f'<c:varyColors val="0"/>{series}<c:gapWidth val="70"/><c:axId val="1001"/><c:axId val="1002"/>'
        f'</c:barChart><c:catAx><c:axId val="1001"/><c:scaling><c:orientation val="{order}"/></c:scaling>'
        f'<c:delete val="0"/><c:axPos val="{side}"/><c:numFmt formatCode="General" sourceLinked="0"/>'
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        f'<c:spPr>{_line("7F7F7F")}</c:spPr><c:crossAx val="1002"/><c:crosses val="autoZero"/>'
        '<c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="1"/></c:catAx>'
        '<c:valAx><c:axId val="1002"/><c:scaling><c:orientation val="minMax"/>'
        f'{least}</c:scaling><c:delete val="{int(lying)}"/><c:axPos val="{foot}"/>{lines}'
        '<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>'
        '<c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:spPr><a:ln><a:noFill/></a:ln></c:spPr>'
        f'<c:crossAx val="1001"/><c:crosses val="{"max" if lying else "autoZero"}"/>'
        '<c:crossBetween val="between"/></c:valAx>'
    )


def _pie(chart: Chart) -> str:
    points = "".join(
        f'<c:dPt><c:idx val="{index}"/><c:bubble3D val="0"/>{_fill(_SLICES[index % len(_SLICES)])}</c:dPt>'
        for index in range(len(chart.categories))
    )
    return (
        f'<c:pieChart><c:varyColors val="1"/>{_series_head(chart, 0)}{points}'
        f"{_labels(chart, 'bestFit', 'showPercent')}{_values(chart, 0)}</c:ser>"
        '<c:firstSliceAng val="0"/></c:pieChart>'
    )


def _series_head(chart: Chart, index: int) -> str:
    cell = f"{_SHEET}!${column_letters(index + 2)}$1"
    name = escape(chart.series[index].name)
    return (
        f'<c:ser><c:idx val="{index}"/><c:order val="{index}"/><c:tx><c:strRef><c:f>{cell}</c:f>'
        f'<c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>{name}</c:v></c:pt></c:strCache></c:strRef></c:tx>'
    )


def _values(chart: Chart, index: int) -> str:
    count = len(chart.categories)
    names = _points([escape(name) for name in chart.categories])
    figures = _points([plain(value) for value in chart.series[index].values])
    letters = column_letters(index + 2)
    return (
        f"<c:cat><c:strRef><c:f>{_SHEET}!$A$2:$A${count + 1}</c:f>"
        f'<c:strCache><c:ptCount val="{count}"/>{names}</c:strCache></c:strRef></c:cat>'
        f"<c:val><c:numRef><c:f>{_SHEET}!${letters}$2:${letters}${count + 1}</c:f>"
        f'<c:numCache><c:formatCode>General</c:formatCode><c:ptCount val="{count}"/>{figures}</c:numCache>'
        "</c:numRef></c:val>"
    )


def _points(texts: Sequence[str]) -> str:
    return "".join(f'<c:pt idx="{index}"><c:v>{text}</c:v></c:pt>' for index, text in enumerate(texts))


def _labels(chart: Chart, where: str, shown: str) -> str:
    flags = "".join(
        f'<c:{flag} val="{int(flag == shown)}"/>'
        for flag in (
            "showLegendKey",
            "showVal",
            "showCatName",
            "showSerName",
            "showPercent",
            "showBubbleSize",
        )
    )
    style = "0.00%" if shown == "showPercent" else chart.number_format
    return (
        f'<c:dLbls><c:numFmt formatCode={quoteattr(style)} sourceLinked="0"/><c:spPr><a:noFill/>'
        f'<a:ln><a:noFill/></a:ln></c:spPr><c:dLblPos val="{where}"/>{flags}</c:dLbls>'
    )


def _fill(colour: str) -> str:
    return (
        f'<c:spPr><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
        '<a:ln w="6350"><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill></a:ln></c:spPr>'
    )


def _line(colour: str) -> str:
    return f'<a:ln w="6350"><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill></a:ln>'


def _letters(size: int) -> str:
    return (
        f'<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="{size}" b="0">'
        '<a:latin typeface="Times New Roman"/><a:ea typeface="仿宋_GB2312"/></a:defRPr></a:pPr>'
        '<a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
    )


def _next_drawing(document: Document) -> int:
    """A number that no drawing of the document has yet: Word repairs a file in which two share one."""
    tag = f"{{{_INLINE}}}docPr"
    return max((int(item.get("id", "0")) for item in document.element.body.iter(tag)), default=0) + 1


def _paragraph(chart: Chart, relation: str, number: int) -> str:
    bars = len(chart.categories) * len(chart.series)
    height = {"pie": _HEIGHT_OF_PIE, "bar": 24 + _HEIGHT_OF_BAR * bars}.get(chart.shape, _HEIGHT)
    described = quoteattr(f"{chart.caption}：{'、'.join(chart.categories)}")
    return (
        f'<w:p xmlns:w="{_WORD}" xmlns:wp="{_INLINE}" xmlns:a="{_DRAWING}" xmlns:c="{CHART}" '
        f'xmlns:r="{_RELATIONS}"><w:pPr><w:keepNext/><w:snapToGrid w:val="0"/>'
        '<w:spacing w:before="120" w:after="0" w:line="240" w:lineRule="auto"/>'
        '<w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="center"/></w:pPr><w:r><w:drawing>'
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{_WIDTH * _EMU}" cy="{height * _EMU}"/>'
        f'<wp:effectExtent l="0" t="0" r="0" b="0"/><wp:docPr id="{number}" name="图表 {number}" descr={described}/>'
        f'<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{CHART}"><c:chart r:id="{relation}"/>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )
