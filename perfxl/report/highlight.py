"""Making the marks of a Word document visible: coloured letters on a highlight that Word can find."""

from __future__ import annotations

from copy import deepcopy
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from perfxl.report.marks import Mark, MarkKind, marks_in

if TYPE_CHECKING:
    from docx.document import Document
    from docx.styles.style import CharacterStyle
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

_LETTERS = {MarkKind.MISSING: "C00000", MarkKind.DOUBT: "1F3864"}
_BEHIND = {MarkKind.MISSING: "YELLOW", MarkKind.DOUBT: "TURQUOISE"}


def highlight(document: Document) -> list[Mark]:
    """Make every mark of a document visible, wherever it was written, and return them in order.

    The look is a character style named after the kind of mark, so that an office can change it in one place.
    """
    from docx.oxml.ns import qn
    from docx.text.paragraph import Paragraph

    styles = {kind: _style(document, kind) for kind in MarkKind}
    found: list[Mark] = []
    for element in document.element.body.iter(qn("w:p")):
        paragraph = Paragraph(element, document._body)
        marks = marks_in("".join(run.text for run in paragraph.runs))
        if marks:
            _show(paragraph, marks, styles)
            found.extend(marks)
    return found


def _style(document: Document, kind: MarkKind) -> CharacterStyle:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import RGBColor

    if kind.value not in document.styles:
        added: Any = document.styles.add_style(kind.value, WD_STYLE_TYPE.CHARACTER)
        added.font.color.rgb = RGBColor.from_string(_LETTERS[kind])
    style: Any = document.styles[kind.value]
    return style  # type: ignore[no-any-return]


def _show(paragraph: Paragraph, marks: list[Mark], styles: dict[MarkKind, CharacterStyle]) -> None:
    """Give the text that lies in a mark the look of its kind, whatever runs it spans (Word splits them)."""
    from docx.enum.text import WD_COLOR_INDEX
    from docx.text.run import Run

    start = 0
    for run in paragraph.runs:
        _one_content_each(run)
    for run in paragraph.runs:
        text = run.text
        end = start + len(text)
        edges = {
            start,
            end,
            *(edge for mark in marks for edge in (mark.start, mark.end) if start < edge < end),
        }
        for left, right in pairwise(sorted(edges)):
            kind = next((mark.kind for mark in marks if mark.start <= left and right <= mark.end), None)
            piece = run if right == end else Run(deepcopy(run._r), paragraph)
            if len(edges) > 2:
                piece.text = text[left - start : right - start]
            if kind is not None:
                piece.style = styles[kind]
                piece.font.highlight_color = WD_COLOR_INDEX[_BEHIND[kind]]
            if piece is not run:
                run._r.addprevious(piece._r)
        start = end


def _one_content_each(run: Run) -> None:
    """Split a run so that every text, break and tab has a run of its own, all of one look."""
    contents = [item for item in run._r if not item.tag.endswith("}rPr")]
    for item in contents[:-1]:
        shell = deepcopy(run._r)
        for copied in [other for other in shell if not other.tag.endswith("}rPr")]:
            shell.remove(copied)
        shell.append(item)
        run._r.addprevious(shell)
