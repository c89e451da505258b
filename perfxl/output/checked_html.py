"""The findings of a check as one HTML page that stands alone: no network, no script, to be read and printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from importlib.resources import files as resources
from typing import TYPE_CHECKING, Any

from perfxl.output import grids, rule_pages
from perfxl.output.checked import (
    EXPLAINED,
    described,
    groups,
    label,
    page_of,
    placed,
    scope_lines,
    tally,
    verdict,
    word_for,
)
from perfxl.rules.catalogue import rules
from perfxl.rules.finding import SEVERITY_WORDS, Finding
from perfxl.workbook.grid import Area, position

if TYPE_CHECKING:
    from perfxl.work.check import Checked

_KINDS = {word: severity.value for severity, word in SEVERITY_WORDS.items()} | {EXPLAINED: "explained"}
"""The class of a finding by its word, gravest first."""
_AROUND = 3
"""Rows and columns shown around what is marked on a sheet without a form."""


def as_html(files: Sequence[Checked], when: datetime) -> str:
    """Return the page on files that were checked at a time: counts, findings, the forms with their cells marked.

    Every finding leads to its cell and to the page of its rule, which stands at the end.
    """
    from jinja2 import Environment, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    found = [finding for checked in files for finding in checked.findings]
    count = Counter(map(word_for, found))
    codes = {finding.code for finding in found}
    return environment.from_string(_resource("result.html")).render(
        style=Markup(_resource("result.css")),  # noqa: S704  our own file
        when=f"{when:%Y-%m-%d %H:%M}",
        files=[_file(checked, number) for number, checked in enumerate(files, start=1)],
        total=len(found),
        kinds=[
            {"id": kind, "word": word, "count": count[word]}
            for word, kind in _KINDS.items()
            if count[word] or word != EXPLAINED
        ],
        rules=[Markup(rule_pages.as_html(rule)) for rule in rules() if rule.rule.code in codes],  # noqa: S704  escaped
    )


def _resource(name: str) -> str:
    return resources("perfxl.output").joinpath(name).read_text(encoding="utf-8")


def _file(checked: Checked, number: int) -> dict[str, Any]:
    told = checked.problem is None
    return {
        "name": checked.path.name,
        "anchor": f"f{number}",
        "status": checked.status,
        "verdict": verdict(checked.findings) if told else f"无法检查：{checked.problem}",
        "scope": scope_lines(checked) if told else [],
        "sheets": list(_sheets(checked, f"f{number}")),
    }


def _sheets(checked: Checked, anchor: str) -> Iterator[dict[str, Any]]:
    """The sheets on which something was checked or found, each with its forms, their findings, and its cells."""
    if checked.workbook is None:
        return
    found = placed(checked.findings, checked.forms)
    numbers = {finding: number for number, finding in enumerate(checked.findings, start=1)}
    for order, sheet in enumerate(checked.workbook.sheets, start=1):
        forms = [form for form in checked.forms if form.sheet == sheet.name]
        parts = [(described(form), mine) for form, mine in found.in_forms if form.sheet == sheet.name]
        if sheet.name in found.beside:
            parts.append(("表外", found.beside[sheet.name]))
        if not parts:
            continue
        prefix = f"{anchor}s{order}"
        findings = [finding for _, mine in parts for finding in mine]
        marks = _marks(findings)
        first = {finding.cell: f"#{anchor}n{numbers[finding]}" for finding in reversed(findings)}
        hints: dict[str, str] = {}
        for finding in findings:
            told = hints.get(finding.cell)
            hints[finding.cell] = f"{told}\n{finding.message}" if told else finding.message
        area = _piece([form.area for form in forms], marks)
        yield {
            "name": sheet.name,
            "parts": [
                {
                    "title": title,
                    "tally": tally(mine) or "没有发现问题",
                    "findings": [
                        _finding(finding, f"{anchor}n{numbers[finding]}", prefix)
                        for _, those in groups(mine)
                        for finding in those
                    ],
                }
                for title, mine in parts
            ],
            "grid": _markup(grids.as_html(sheet, area, marks, prefix=prefix, links=first, hints=hints)),
        }


def _markup(html: str) -> Any:
    from markupsafe import Markup

    return Markup(html)  # noqa: S704  escaped where it was made


def _finding(finding: Finding, anchor: str, prefix: str) -> dict[str, Any]:
    word = word_for(finding)
    return {
        **finding._asdict(),
        "label": label(finding),
        "page": page_of(finding),
        "word": word,
        "kind": _KINDS[word],
        "anchor": anchor,
        "cell_anchor": f"{prefix}-{finding.cell}",
    }


def _marks(findings: Iterable[Finding]) -> dict[str, str]:
    """The class of each cell with a finding: that of its gravest."""
    order = list(_KINDS.values())
    marks: dict[str, str] = {}
    for finding in findings:
        kind = _KINDS[word_for(finding)]
        if finding.cell not in marks or order.index(kind) < order.index(marks[finding.cell]):
            marks[finding.cell] = kind
    return marks


def _piece(forms: Sequence[Area], marks: Iterable[str]) -> Area:
    """The rectangle to be shown: the forms and whatever is marked beside them; without a form, what is marked."""
    places = [position(cell) for cell in marks]
    around = 0 if forms else _AROUND
    return Area(
        max(1, min([area.top for area in forms] + [row - around for row, _ in places])),
        max(1, min([area.left for area in forms] + [column - around for _, column in places])),
        max([area.bottom for area in forms] + [row + around for row, _ in places]),
        max([area.right for area in forms] + [column + around for _, column in places]),
    )
