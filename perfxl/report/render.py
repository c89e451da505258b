"""From a template and its values to a .docx file.

The template is an ordinary Word document with jinja variables (docxtpl). What the form says is data and
stays data: it is escaped for XML, braces and all, in a sandboxed environment in which an unknown variable
is an error and never a blank.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from perfxl.errors import PerfxlError
from perfxl.report.drawings import Drawing
from perfxl.report.highlight import highlight
from perfxl.report.kinds import ReportKind
from perfxl.report.marks import MarkKind
from perfxl.report.markup import printable
from perfxl.report.package import repacked
from perfxl.report.places import Attached, fill_places
from perfxl.workbook.save import write_whole

if TYPE_CHECKING:
    from docx.document import Document
    from jinja2 import Environment


class BadTemplate(PerfxlError):
    """A report template cannot be used: damaged, wrong syntax, or a variable that does not exist."""


class Content(NamedTuple):
    """What goes into a report: the values of its variables, what is drawn in its places, and its annexes."""

    title: str
    values: Mapping[str, object]
    drawings: Mapping[str, Drawing]
    annexes: Sequence[Attached] = ()


class ReportResult(NamedTuple):
    """What was drafted: the marks of the draft in order, and notices (`notes`) on the choice of outline."""

    path: Path
    kind: str
    missing: tuple[str, ...]
    doubts: tuple[str, ...]
    notes: tuple[str, ...]


def render(
    kind: ReportKind,
    content: Content,
    target: Path,
    *,
    notes: tuple[str, ...] = (),
    moment: datetime | None = None,
    template: Path | None = None,
) -> ReportResult:
    """Fill the template of a kind into `target`, replacing a file that is there.

    `moment` goes into the document's properties (None: no date); `template` is used in place of the kind's.
    Raises BadTemplate, OutputNotWritten.
    """
    used = template or kind.template
    document = _filled(used, kind, content.values)
    crowded = fill_places(document, content.drawings, content.annexes)
    if crowded:
        raise BadTemplate(f"模板“{used.name}”里表和图的变量须独占一段，这一段还有别的字：{crowded[0]}")
    marks = highlight(document)
    _set_properties(document, content.title, moment)
    stream = io.BytesIO()
    document.save(stream)
    write_whole(target, repacked(stream.getvalue()))
    return ReportResult(
        target,
        kind.name,
        tuple(mark.what for mark in marks if mark.kind is MarkKind.MISSING),
        tuple(mark.what for mark in marks if mark.kind is MarkKind.DOUBT),
        notes,
    )


def environment() -> Environment:
    """Return the environment in which templates run: sandboxed, escaping, and strict about unknown names."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined, finalize=_literal)


def _filled(template: Path, kind: ReportKind, values: Mapping[str, object]) -> Document:
    from docxtpl import DocxTemplate

    try:
        document = DocxTemplate(template)
        document.render(dict(values), jinja_env=environment())
    except Exception as error:  # python-docx, zipfile and jinja raise a dozen kinds
        raise BadTemplate(_why(template, kind, error)) from error
    filled: Document = document.docx
    return filled


def _why(template: Path, kind: ReportKind, error: Exception) -> str:
    """What is wrong with a template, in its own terms: the paragraphs that the linter names."""
    from jinja2 import TemplateError

    from perfxl.report.lint import Unreadable, lint

    try:
        faults = lint(template, kind.family)
    except Unreadable as unreadable:
        return str(unreadable)
    if faults:
        named = "".join(f"\n  {fault}" for fault in faults)
        return f"模板“{template.name}”有 {len(faults)} 处写法要改：{named}"
    said = error.message if isinstance(error, TemplateError) else str(error)
    return f"模板“{template.name}”的写法有误（{said}）。请检查成对的 {{{{ }}}} 和 {{% %}}，每段只能有一个 {{%p %}}。"


def _literal(value: object) -> object:
    """What a variable puts into the document: its text, safe from XML, jinja and docxtpl's own rewriting."""
    from jinja2 import Undefined
    from markupsafe import Markup, escape

    if isinstance(value, (Undefined, Markup)):
        return value
    # docxtpl turns "{_{" in its output into "{{"; a brace written as a character reference passes unharmed.
    escaped = str(escape(printable(str(value))))
    return Markup(escaped.replace("{", "&#123;").replace("}", "&#125;"))  # noqa: S704 - escaped one line above


def _set_properties(document: Document, title: str, moment: datetime | None) -> None:
    from docx.oxml.ns import qn

    properties: Any = document.core_properties
    properties.title = title
    if moment is not None:
        properties.created = properties.modified = moment
        return
    # A date that nobody gave is no date: the template's own must not pass for the report's.
    for name in ("dcterms:created", "dcterms:modified"):
        for element in properties._element.findall(qn(name)):
            properties._element.remove(element)
