"""Filling the places of a rendered template: the form as an annex, charts and tables with their captions."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from perfxl.form.model import Form, one_line
from perfxl.report.annex import Annex, annex, turned, widths
from perfxl.report.chart import Chart, placed
from perfxl.report.drawings import Drawing, Table
from perfxl.report.marks import missing
from perfxl.report.markup import gap_xml, paragraph_xml, table_xml
from perfxl.report.variables import PLACE_MARK
from perfxl.workbook.grid import Sheet

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_PLACE = re.compile(PLACE_MARK.replace("{}", "(\\w+)"))
_ANNEX = "附表"
_ROW = 440
"""Least height of a row of a small table: 22 points."""
_KEPT_TOGETHER = 90
"""Boxes up to which a small table is kept on one page."""
_TITLE = 18.0
"""Size of the title of a further annex, in points."""


class Attached(NamedTuple):
    """A form that goes along as an annex, with the sheet it stands in."""

    form: Form
    sheet: Sheet


def title_of(form: Form) -> str:
    """What an annex is called: the form's title, else its sheet's name."""
    return one_line(form.title.text) if form.title is not None else form.sheet


def fill_places(
    document: Document, drawings: Mapping[str, Drawing], annexes: Sequence[Attached]
) -> list[str]:
    """Put drawings and annexes in their places, figures and tables numbered as they come.

    Returns the texts of paragraphs in which a place does not stand alone.
    """
    charts = tables = 0
    crowded = []
    for paragraph in list(document.paragraphs):
        text = paragraph.text.strip()
        found = _PLACE.fullmatch(text)
        if found is None:
            if _PLACE.search(text):
                crowded.append(_PLACE.sub(r"{{ \1 }}", text))
            continue
        drawing = drawings.get(found[1])
        if found[1] == _ANNEX:
            _place_annexes(document, paragraph, annexes)
        elif isinstance(drawing, Chart):
            charts += 1
            caption = paragraph_xml(f"图{charts}　{drawing.caption}", align="center", size=12)
            _replace(paragraph, [placed(document, drawing, charts), caption])
        elif isinstance(drawing, Table):
            tables += 1
            caption = paragraph_xml(
                f"表{tables}　{drawing.caption}", align="center", size=12, keep=True, before=120
            )
            _replace(paragraph, [caption, _table(document, paragraph, drawing), gap_xml()])
        else:
            _replace(paragraph, [])
    return crowded


def _table(document: Document, paragraph: Paragraph, drawing: Table) -> str:
    room = _room(document, paragraph._p, lying=False)
    columns = [room * share // sum(drawing.shares) for share in drawing.shares]
    columns[-1] += room - sum(columns)
    small = len(drawing.boxes) <= _KEPT_TOGETHER
    return table_xml(drawing.boxes, columns, drawing.heads, height=_ROW, together=small)


def _replace(paragraph: Paragraph, elements: Sequence[str]) -> None:
    """Put elements in a paragraph's place; one that carries a section's properties stays, empty."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import qn

    own: Any = paragraph._p
    for element in elements:
        own.addprevious(parse_xml(element))
    if own.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is None:
        own.getparent().remove(own)
    else:
        paragraph.text = ""


def _place_annexes(document: Document, paragraph: Paragraph, annexes: Sequence[Attached]) -> None:
    drawn = [(one.form, table) for one in annexes if (table := annex(one.form, one.sheet)) is not None]
    if not drawn:
        paragraph.text = missing("附上自评表")
        return
    room = _room(document, paragraph._p, lying=any(turned(table) for _, table in drawn))
    elements: list[str] = []
    for number, (form, table) in enumerate(drawn, start=1):
        if number > 1:
            elements.append(paragraph_xml(f"附件{number}", size=16, font="黑体", new_page=True))
            elements.append(paragraph_xml(title_of(form), size=_TITLE, font="方正小标宋简体", align="center"))
        elements.extend(_annex(table, room))
    _replace(paragraph, elements)


def _annex(drawn: Annex, room: int) -> list[str]:
    columns = widths(drawn, room)
    elements = [paragraph_xml(text, align="center", size=12) for text in drawn.above]
    for number, boxes in enumerate(drawn.tables):
        if number:
            elements.append(gap_xml())
        elements.append(table_xml(boxes, columns, drawn.heads if number == len(drawn.tables) - 1 else 0))
    # Word wants a paragraph behind a table at the end of a section.
    elements.extend([paragraph_xml(text) for text in drawn.below] or [gap_xml()])
    return elements


def _room(document: Document, place: Any, *, lying: bool) -> int:
    """Return the width of the type area where a paragraph stands, in twentieths of a point.

    A wide annex turns the page, if it has a section of its own; margins turn with it.
    """
    from docx.enum.section import WD_ORIENTATION
    from docx.oxml.ns import qn

    # A section's properties stand in its last paragraph.
    before = sum(
        paragraph.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None
        for paragraph in place.itersiblings(qn("w:p"), preceding=True)
    )
    section = document.sections[before]
    if lying and before and section.orientation == WD_ORIENTATION.PORTRAIT:
        section.orientation = WD_ORIENTATION.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
        section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = (
            section.left_margin,
            section.top_margin,
            section.right_margin,
            section.bottom_margin,
        )
    sizes = (section.page_width, section.left_margin, section.right_margin)
    width, left, right = (size.twips if size is not None else 0 for size in sizes)
    return width - left - right
