"""What Word demands of a package and other programs forgive: the order of elements, unique drawings, whole packages."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"

# The order of children in ECMA-376, as far as reports use them.
_ORDER = {
    f"{{{_W}}}pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd "
    "tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    f"{{{_W}}}rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof "
    "snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign "
    "rtl cs em lang eastAsianLayout specVanish oMath",
    f"{{{_W}}}tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc "
    "tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    f"{{{_W}}}trPr": "cnfStyle divId gridBefore gridAfter wBefore wAfter cantSplit trHeight tblHeader tblCellSpacing jc "
    "hidden",
    f"{{{_W}}}tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign "
    "hideMark",
    f"{{{_W}}}sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders "
    "lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings",
    f"{{{_C}}}chartSpace": "date1904 lang roundedCorners style clrMapOvr pivotFmts protection chart spPr txPr "
    "externalData printSettings userShapes extLst",
    f"{{{_C}}}chart": "title autoTitleDeleted pivotFmts view3D floor sideWall backWall plotArea legend plotVisOnly "
    "dispBlanksAs extLst",
    f"{{{_C}}}ser": "idx order tx spPr invertIfNegative explosion dPt dLbls trendline errBars cat val shape extLst",
    f"{{{_C}}}barChart": "barDir grouping varyColors ser dLbls gapWidth overlap serLines axId extLst",
    f"{{{_C}}}pieChart": "varyColors ser dLbls firstSliceAng extLst",
    f"{{{_C}}}catAx": "axId scaling delete axPos majorGridlines minorGridlines title numFmt majorTickMark minorTickMark "
    "tickLblPos spPr txPr crossAx crosses crossesAt auto lblAlgn lblOffset noMultiLvlLbl extLst",
    f"{{{_C}}}valAx": "axId scaling delete axPos majorGridlines minorGridlines title numFmt majorTickMark minorTickMark "
    "tickLblPos spPr txPr crossAx crosses crossesAt crossBetween majorUnit minorUnit dispUnits extLst",
    f"{{{_C}}}scaling": "logBase orientation max min extLst",
    f"{{{_C}}}dLbls": "dLbl delete numFmt spPr txPr dLblPos showLegendKey showVal showCatName showSerName showPercent "
    "showBubbleSize separator showLeaderLines leaderLines extLst",
    f"{{{_C}}}legend": "legendPos legendEntry layout overlay spPr txPr extLst",
    f"{{{_WP}}}inline": "extent effectExtent docPr cNvGraphicFramePr graphic",
}
_ONCE = {f"{{{_W}}}{name}" for name in ("pPr", "rPr", "tcPr", "tblPr", "trPr")}


def faults(document: Path) -> list[str]:
    """Return what Word would repair or refuse in a .docx file."""
    with zipfile.ZipFile(document) as package:
        names = package.namelist()
        found = [f"twice in the package: {name}" for name in set(names) if names.count(name) > 1]
        found += _package(package, names)
        for name in names:
            if name.endswith(".xml") and name.startswith("word/"):
                found += [f"{name}: {fault}" for fault in _markup(etree.fromstring(package.read(name)))]
    return found


def _package(package: zipfile.ZipFile, names: list[str]) -> Iterator[str]:
    types = etree.fromstring(package.read("[Content_Types].xml"))
    defaults = {item.get("Extension", "").lower() for item in types.iter(f"{{{_TYPES}}}Default")}
    overrides = {item.get("PartName") for item in types.iter(f"{{{_TYPES}}}Override")}
    for name in names:
        if (
            name != "[Content_Types].xml"
            and f"/{name}" not in overrides
            and name.rsplit(".", 1)[-1] not in defaults
        ):
            yield f"no content type: {name}"
    yield from (
        f"a content type for nothing: {name}" for name in overrides if str(name).lstrip("/") not in names
    )
    for name in names:
        if name.endswith(".rels"):
            base = posixpath.dirname(posixpath.dirname(name))
            relations = list(etree.fromstring(package.read(name)).iter(f"{{{_RELATIONSHIPS}}}Relationship"))
            identifiers = [relation.get("Id") for relation in relations]
            yield from (f"{name}: {one} twice" for one in set(identifiers) if identifiers.count(one) > 1)
            for relation in relations:
                target = str(relation.get("Target"))
                path = (
                    target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{base}/{target}")
                )
                if relation.get("TargetMode") != "External" and path.lstrip("/") not in names:
                    yield f"{name}: no {target}"


def _markup(root: Any) -> Iterator[str]:
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        order = _ORDER.get(element.tag)
        if order is not None:
            places = [_place(child, order.split()) for child in element if isinstance(child.tag, str)]
            if -1 in places or places != sorted(places):
                yield f"order in {_local(element)}: {[_local(child) for child in element]}"
        for tag in _ONCE:
            if len(element.findall(tag)) > 1:
                yield f"two {tag.rsplit('}')[-1]} in {_local(element)}"
        if element.tag == f"{{{_W}}}tc" and (not len(element) or _local(element[-1]) != "p"):
            yield "a cell that does not end with a paragraph"
    identifiers = [item.get("id") for item in root.iter(f"{{{_WP}}}docPr")]
    yield from (f"docPr {one} twice" for one in set(identifiers) if identifiers.count(one) > 1)
    yield from _tables(root)


def _tables(root: Any) -> Iterator[str]:
    """Every row covers the grid, and two tables never touch."""
    for table in root.iter(f"{{{_W}}}tbl"):
        columns = len(table.findall(f"{{{_W}}}tblGrid/{{{_W}}}gridCol"))
        for row in table.iterchildren(f"{{{_W}}}tr"):
            spans = [cell.find(f"{{{_W}}}tcPr/{{{_W}}}gridSpan") for cell in row.iterchildren(f"{{{_W}}}tc")]
            if sum(int(span.get(f"{{{_W}}}val")) if span is not None else 1 for span in spans) != columns:
                yield "a row that does not cover its grid"
        following = table.getnext()
        if following is not None and following.tag == table.tag:
            yield "two tables touch"


def _place(child: Any, order: list[str]) -> int:
    return order.index(_local(child)) if _local(child) in order else -1


def _local(element: Any) -> str:
    return str(element.tag).rsplit("}", 1)[-1]
