"""Looking over a report template: unknown names and faulty tags, paragraph by paragraph.

The text of the template becomes one jinja source with a line for each paragraph, so that what jinja says of a line
is said of a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from perfxl.errors import PerfxlError
from perfxl.report.families import variables_of
from perfxl.report.variables import Lines, Place, Records, Text, Variable

if TYPE_CHECKING:
    from docx.document import Document
    from jinja2 import nodes

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
_WHOLE_PARAGRAPH = re.compile(r"\{%-?\s*p\s+.*?%\}")
_GLUED = re.compile(r"\{%(?:p|tr|tc|r)(?:for|if|endfor|endif|else|elif|set)\b")
_PREFIX = re.compile(r"\{([%{])-?\s*(?:p|tr|tc|r)\s+")
_LONGEST_QUOTED = 40
_JINJA = (
    (re.compile(r"Encountered unknown tag '(.+?)'"), r"不认识的标记“\1”"),
    (
        re.compile(r"Unexpected end of template.*|.*end of template.*"),
        "有 for 或 if 没有写对应的 endfor、endif",
    ),
    (re.compile(r".*unexpected (?:'(.+?)'|end of .*)"), "标记没有写完整，或花括号不成对"),
)


class Unreadable(PerfxlError):
    """The file is no Word document."""


class Fault(NamedTuple):
    """One fault of a template: where, the paragraph's text, and what to do. `paragraph` is None outside the body.

    Paragraphs of the body are counted from 1, empty ones too, table cells left out.
    """

    place: str
    paragraph: int | None
    text: str
    message: str

    def __str__(self) -> str:
        """The fault in one line."""
        shown = self.text if len(self.text) <= _LONGEST_QUOTED else f"{self.text[:_LONGEST_QUOTED]}…"
        return f"{self.place}“{shown}”：{self.message}"


class _Line(NamedTuple):
    place: str
    paragraph: int | None
    text: str


def lint(template: Path, family: str) -> list[Fault]:
    """Return every fault of a template in order; `family` says whose variables it may name. Raises Unreadable."""
    variables = variables_of(family)
    faults: list[Fault] = []
    for part in _parts(_opened(template)):
        faults.extend(_lint(part, variables))
    return faults


def _opened(template: Path) -> Document:
    import docx

    try:
        return docx.Document(str(template))
    except Exception as error:  # python-docx and zipfile raise a dozen kinds for a file that is no template
        raise Unreadable(
            f"模板“{template.name}”打不开或已损坏。请用 Word 或 WPS 打开它，另存为 .docx 后再试。"
        ) from error


def _parts(document: Document) -> Iterator[list[_Line]]:
    """The lines of the body, then those of each header and footer: docxtpl fills each for itself."""
    from docx.oxml.ns import qn

    lines = []
    number = 0
    for element in document.element.body.iter(qn("w:p")):
        in_table = any(parent.tag == qn("w:tc") for parent in element.iterancestors())
        number += not in_table
        place, counted = ("表格中", None) if in_table else (f"第{number}段", number)
        lines.append(_Line(place, counted, _text(element)))
    yield lines
    seen: set[int] = set()
    for section in document.sections:
        for name, part in (
            ("页眉", section.header),
            ("双数页页眉", section.even_page_header),
            ("页脚", section.footer),
            ("双数页页脚", section.even_page_footer),
        ):
            root: Any = part._element
            if not part.is_linked_to_previous and id(root) not in seen:
                seen.add(id(root))
                yield [_Line(name, None, _text(paragraph)) for paragraph in root.iter(qn("w:p"))]


def _text(element: Any) -> str:
    from docx.oxml.ns import qn

    return " ".join("".join(text.text or "" for text in element.iter(qn("w:t"))).split("\n"))


def _lint(lines: list[_Line], variables: Mapping[str, Variable]) -> Iterator[Fault]:
    from jinja2 import TemplateSyntaxError

    from perfxl.report.render import environment

    broken = False
    for line in lines:
        message = _written_wrongly(line.text)
        if message:
            broken = True
            yield Fault(*line, message)
    if broken:
        return
    source = "\n".join(_PREFIX.sub(r"{\1 ", line.text) for line in lines)
    try:
        tree = environment().parse(source)
    except TemplateSyntaxError as error:
        yield Fault(*_blamed(lines, error.lineno, error.message or ""), _explained(error.message or ""))
        return
    for number, message in sorted(dict.fromkeys(_Names(variables).unknown(tree))):
        yield Fault(*lines[number - 1], message)


def _written_wrongly(text: str) -> str:
    if "{%" not in text and "{{" not in text:
        return ""
    glued = _GLUED.search(text)
    if glued is not None:
        return f"“{glued[0]}”中间要空一格，写成“{glued[0][:3]} {glued[0][3:]}”。"
    if len(_WHOLE_PARAGRAPH.findall(text)) > 1:
        return "一段里只能有一个 {%p %}：请把它们分成几段。"
    rest = _TAG.sub("", text)
    if "{{" in rest or "}}" in rest or "{%" in rest or "%}" in rest:
        return "花括号不成对：每个 {{ 要有 }}，每个 {% 要有 %}，并写在同一段里。"
    return ""


def _blamed(lines: list[_Line], number: int, message: str) -> _Line:
    """The line to be named for a syntax error: of an unclosed block, where it was opened."""
    if "end of template" in message:
        opened: list[_Line] = []
        for line in lines:
            for tag in _TAG.findall(_PREFIX.sub(r"{\1 ", line.text)):
                words = tag.strip("{%-} ").split()
                if tag.startswith("{%") and words and words[0] in ("for", "if"):
                    opened.append(line)
                elif tag.startswith("{%") and words and words[0] in ("endfor", "endif") and opened:
                    opened.pop()
        if opened:
            return opened[-1]
    return lines[min(number, len(lines)) - 1]


def _explained(message: str) -> str:
    for pattern, said in _JINJA:
        if pattern.match(message):
            return f"{pattern.sub(said, message, count=1)}。"
    return f"写法有误（{message}）。"


class _Names:
    """The names that a template may use at each place, loops opened and closed."""

    def __init__(self, variables: Mapping[str, Variable]) -> None:
        self._scopes: list[dict[str, Variable | None]] = [dict(variables)]

    def unknown(self, tree: nodes.Node) -> Iterator[tuple[int, str]]:
        """Every name or field that does not exist, with its line."""
        from jinja2 import nodes

        for node in tree.iter_child_nodes():
            if isinstance(node, nodes.For):
                yield from self.unknown_in_loop(node)
            elif isinstance(node, nodes.Assign) and isinstance(node.target, nodes.Name):
                yield from self._used(node.node)
                self._scopes[-1][node.target.name] = None
            elif isinstance(node, nodes.Expr):
                yield from self._used(node)
            else:
                yield from self.unknown(node)

    def unknown_in_loop(self, loop: nodes.For) -> Iterator[tuple[int, str]]:
        """The same within a loop, whose variable is what the list holds."""
        from jinja2 import nodes

        yield from self._used(loop.iter)
        held = self._kind(loop.iter)
        if isinstance(held, Text | Place):
            yield loop.lineno, f"“{_spelled(loop.iter)}”不是一组内容，不能用 for 循环。"
        own: dict[str, Variable | None] = {"loop": None}
        if isinstance(loop.target, nodes.Name):
            own[loop.target.name] = _member(held)
        self._scopes.append(own)
        for part in (*loop.body, *loop.else_):
            yield from self.unknown(nodes.Template([part]))
        self._scopes.pop()

    def _used(self, expression: nodes.Node) -> Iterator[tuple[int, str]]:
        from jinja2 import nodes

        if isinstance(expression, nodes.Name):
            if expression.ctx == "load" and not any(expression.name in scope for scope in self._scopes):
                yield expression.lineno, self._no_such(expression.name)
        elif isinstance(expression, nodes.Getattr | nodes.Getitem):
            yield from self._used(expression.node)
            yield from self._field(expression)
        else:
            for child in expression.iter_child_nodes():
                yield from self._used(child)

    def _field(self, expression: nodes.Getattr | nodes.Getitem) -> Iterator[tuple[int, str]]:
        from jinja2 import nodes

        owner = self._kind(expression.node)
        name = expression.attr if isinstance(expression, nodes.Getattr) else ""
        if isinstance(owner, _Member) and name and name not in owner.fields:
            known = "、".join(owner.fields)
            yield expression.lineno, f"“{_spelled(expression.node)}”没有“{name}”这一项。可用的有：{known}。"
        elif isinstance(owner, Text | Lines | Records | Place) and name:
            spelled = _spelled(expression.node)
            advice = "要先用 for 循环逐个取出" if isinstance(owner, Lines | Records) else "只是一段文字"
            yield expression.lineno, f"“{spelled}”{advice}，没有“{name}”这一项。"

    def _kind(self, expression: nodes.Node) -> Any:
        from jinja2 import nodes

        if isinstance(expression, nodes.Name):
            return next(
                (scope[expression.name] for scope in reversed(self._scopes) if expression.name in scope), None
            )
        if isinstance(expression, nodes.Getattr):
            owner = self._kind(expression.node)
            return owner.fields.get(expression.attr) if isinstance(owner, _Member) else None
        return None

    def _no_such(self, name: str) -> str:
        from difflib import get_close_matches

        known = [known for scope in self._scopes for known in scope if known != "loop"]
        near = get_close_matches(name, known, n=2, cutoff=0.4)
        meant = f"是不是“{'”或“'.join(near)}”？" if near else ""
        return f"没有“{name}”这个变量。{meant}可用的变量：{'、'.join(known)}。"


class _Member(NamedTuple):
    """One entry of a list of records, as a loop holds it."""

    fields: Mapping[str, Variable]


def _member(held: Any) -> Any:
    if isinstance(held, Records):
        return _Member(held.fields)
    return Text("") if isinstance(held, Lines) else None


def _spelled(expression: nodes.Node) -> str:
    from jinja2 import nodes

    if isinstance(expression, nodes.Name):
        return expression.name
    if isinstance(expression, nodes.Getattr):
        return f"{_spelled(expression.node)}.{expression.attr}"
    return "…"
