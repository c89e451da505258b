"""Drafting a report: facts through the template's wording into a .docx file.

The template is an ordinary Word document with jinja variables (docxtpl). What the form says is data and
stays data: it is escaped for XML, braces and all, in a sandboxed environment in which an unknown variable
is an error and never a blank.
"""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from perfxl.errors import PerfxlError
from perfxl.form.model import Form
from perfxl.report.annex import annex, gap_xml, paragraph_xml, printable, table_xml, turned, widths
from perfxl.report.facts import facts
from perfxl.report.highlight import highlight
from perfxl.report.kinds import choose
from perfxl.report.marks import MarkKind, missing
from perfxl.report.package import repacked
from perfxl.report.passages import ANNEX_PLACE, VARIABLES, passages
from perfxl.rules.check import check_form
from perfxl.settings.parameters import GradeScale, Settings
from perfxl.workbook.grid import Sheet
from perfxl.workbook.save import write_whole

if TYPE_CHECKING:
    from docx.document import Document
    from jinja2 import Environment


class BadTemplate(PerfxlError):
    """A report template cannot be used: damaged, wrong syntax, or a variable that does not exist."""


class ReportResult(NamedTuple):
    """What was drafted: the marks of the draft in order, and notices (`notes`) on the choice of outline."""

    path: Path
    kind: str
    missing: tuple[str, ...]
    doubts: tuple[str, ...]
    notes: tuple[str, ...]


def draft(
    form: Form,
    sheet: Sheet | None,
    target: Path,
    kind: str | None = None,
    *,
    scale: GradeScale | None = None,
    moment: datetime | None = None,
    template: Path | None = None,
    settings: Settings | None = None,
) -> ReportResult:
    """Draft the report on `form` into `target`, replacing a file that is there.

    `sheet` is the sheet the form was read from; without it the annex is left to the officer. `scale` gives
    the grade of a form that prints none. `moment` goes into the document's properties (None: no date).
    `template` is an office's own version of the template. `settings` default to those of the form's year and place.
    Raises NoReport, BadTemplate, OutputNotWritten.
    """
    chosen, notes = choose(form, kind)
    document = _filled(template or chosen.template, passages(facts(form, check_form(form, settings), scale)))
    _place_annex(document, form, sheet)
    marks = highlight(document)
    _set_properties(document, f"{form.year or ''}{'年度' if form.year else ''}{chosen.title}", moment)
    stream = io.BytesIO()
    document.save(stream)
    write_whole(target, repacked(stream.getvalue()))
    return ReportResult(
        target,
        chosen.name,
        tuple(mark.what for mark in marks if mark.kind is MarkKind.MISSING),
        tuple(mark.what for mark in marks if mark.kind is MarkKind.DOUBT),
        notes,
    )


def _filled(template: Path, values: dict[str, object]) -> Document:
    from docxtpl import DocxTemplate
    from jinja2 import TemplateSyntaxError, UndefinedError
    from jinja2.exceptions import SecurityError

    try:
        document = DocxTemplate(template)
        document.render(values, jinja_env=_environment())
    except UndefinedError as error:
        raise BadTemplate(
            f"模板“{template.name}”用了不认识的变量（{error.message}）。可用的变量有：{'、'.join(VARIABLES)}。"
        ) from error
    except (TemplateSyntaxError, SecurityError) as error:
        raise BadTemplate(
            f"模板“{template.name}”的写法有误（{error.message}）。"
            "请检查成对的 {{ }} 和 {% %}，每段只能有一个 {%p %}。"
        ) from error
    except Exception as error:  # python-docx and zipfile raise a dozen kinds for a file that is no template
        raise BadTemplate(
            f"模板“{template.name}”打不开或已损坏。请用 Word 或 WPS 打开它，另存为 .docx 后再试。"
        ) from error
    filled: Document = document.docx
    return filled


def _environment() -> Environment:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined, finalize=_literal)


def _literal(value: object) -> object:
    """What a variable puts into the document: its text, safe from XML, jinja and docxtpl's own rewriting."""
    from jinja2 import Undefined
    from markupsafe import Markup, escape

    if isinstance(value, (Undefined, Markup)):
        return value
    # docxtpl turns "{_{" in its output into "{{"; a brace written as a character reference passes unharmed.
    escaped = str(escape(printable(str(value))))
    return Markup(escaped.replace("{", "&#123;").replace("}", "&#125;"))  # noqa: S704 - escaped one line above


def _place_annex(document: Document, form: Form, sheet: Sheet | None) -> None:
    """Put the form's table in the place of the template's 附表 paragraph."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import qn

    place = next((item for item in document.paragraphs if item.text.strip() == ANNEX_PLACE), None)
    if place is None:
        return
    drawn = annex(form, sheet) if sheet is not None else None
    if drawn is None:
        place.text = missing("附上自评表")
        return
    paragraph: Any = place._p
    column_widths = widths(drawn, _room(document, paragraph, turned(drawn)))
    elements = [paragraph_xml(text, align="center", size=12) for text in drawn.above]
    for number, boxes in enumerate(drawn.tables):
        if number:
            elements.append(gap_xml())
        elements.append(
            table_xml(boxes, column_widths, drawn.heads if number == len(drawn.tables) - 1 else 0)
        )
    # Word wants a paragraph behind a table at the end of a section.
    elements.extend([paragraph_xml(text) for text in drawn.below] or [gap_xml()])
    for element in elements:
        paragraph.addprevious(parse_xml(element))
    if paragraph.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is None:
        paragraph.getparent().remove(paragraph)
    else:
        place.text = ""


def _room(document: Document, place: Any, lying: bool) -> int:
    """Return the width of the type area where the annex stands, in twentieths of a point.

    A wide table turns the page, if the annex has a section of its own; margins turn with it.
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


def _set_properties(document: Document, title: str, moment: datetime | None) -> None:
    from docx.oxml.ns import qn

    properties = document.core_properties
    properties.title = title
    if moment is not None:
        properties.created = properties.modified = moment
        return
    # A date that nobody gave is no date: the template's own must not pass for the report's.
    for name in ("dcterms:created", "dcterms:modified"):
        for element in properties._element.findall(qn(name)):
            properties._element.remove(element)
