"""A rule's page: its docstring, read into sections and examples.

A page has four sections, `## 问题`, `## 依据`, `## 例子`, `## 改法`. Under 例子 stand, after perhaps some prose:

    错例 F2：what is wrong            a form in which exactly this rule finds exactly these cells (F2、G3);
                                      other cells of the judgement need not be named
    | … | … |                         the form as a text table (`perfxl.workbook.drawing`); a second table
                                      after a blank line is a second sheet, 自评表2
    正例 F2=%89.89；G2=9：why          the form before it with cells changed, in which the rule finds nothing
    正例：why                          or a form of its own, its table below

For a rule on reports the lines of the report begin with ">", and 错例 names paragraphs by their number.
The tests run every example (tests/rules/test_examples.py); `perfxl explain`, the HTML result and docs/rules/
print them.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from perfxl.workbook.drawing import altered

SECTIONS = ("问题", "依据", "例子", "改法")
_HEAD = re.compile(r"(错例|正例)(?: ([^：]+))?：(.*)")


class BadPage(ValueError):
    """A docstring that is no page: a developer's mistake, which a test reports."""


class Example(NamedTuple):
    """A form, or a report with its form, and where the rule finds something in it.

    `at` are the cells (of a report: the paragraphs) at which the finding stands, none for a sound example;
    `changed` are the cells in which a sound example differs from the faulty one before it.
    """

    faulty: bool
    caption: str
    at: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    report: tuple[str, ...] = ()


class Page(NamedTuple):
    """A rule's page in Markdown pieces: the problem, its ground, examples after perhaps some prose, the remedy."""

    problem: str
    ground: str
    prose: str
    examples: tuple[Example, ...]
    remedy: str


def read_page(docstring: str) -> Page:
    """Return the page that a rule's docstring is; BadPage where it is none."""
    pieces = re.split(r"^## (.+)$", docstring.strip(), flags=re.MULTILINE)
    if pieces[0].strip() or tuple(pieces[1::2]) != SECTIONS:
        raise BadPage(f"sections are {pieces[1::2]}, wanted {list(SECTIONS)}")
    problem, ground, examples, remedy = (text.strip() for text in pieces[2::2])
    if not (problem and ground and examples and remedy):
        raise BadPage("a section is empty")
    prose, found = _examples(examples)
    return Page(problem, ground, prose, found, remedy)


def _examples(section: str) -> tuple[str, tuple[Example, ...]]:
    prose: list[str] = []
    blocks: list[tuple[re.Match[str], list[str]]] = []
    for line in section.splitlines():
        head = _HEAD.fullmatch(line.strip())
        if head is not None:
            blocks.append((head, []))
        elif blocks:
            blocks[-1][1].append(line.strip())
        else:
            prose.append(line)
    found: list[Example] = []
    for head, lines in blocks:
        found.append(_example(head, lines, found))
    return "\n".join(prose).strip(), tuple(found)


def _example(head: re.Match[str], lines: list[str], before: list[Example]) -> Example:
    kind, what, caption = head.group(1), (head.group(2) or "").strip(), head.group(3).strip()
    stray = [line for line in lines if line and not line.startswith(("|", ">"))]
    if stray:
        raise BadPage(f"neither a table nor a report: {stray[0]}")
    drawn = "\n".join(line if line.startswith("|") else "" for line in lines)
    tables = tuple(table.strip() for table in re.split(r"\n{2,}", drawn) if table.strip())
    report = tuple(line.removeprefix(">").strip() for line in lines if line.startswith(">"))
    if kind == "错例":
        at = tuple(place.strip() for place in what.split("、") if place.strip())
        if not at or not (tables or report):
            raise BadPage(f"{head.group()} needs a cell and a table")
        return Example(True, caption, at, (), tables, report)
    if not what:
        return Example(False, caption, (), (), tables, report)
    faulty = next((example for example in reversed(before) if example.faulty), None)
    if faulty is None or tables or not faulty.tables:
        raise BadPage(f"{head.group()} changes the table of the example before it, and there is none")
    changes = dict(_change(part) for part in what.split("；"))
    first, *others = faulty.tables
    return Example(
        False, caption, (), tuple(changes), (altered(first, changes), *others), report or faulty.report
    )


def _change(part: str) -> tuple[str, str]:
    place, equals, text = part.partition("=")
    if not equals:
        raise BadPage(f"a change is written F2=90%, not {part}")
    return place.strip(), text.strip()
