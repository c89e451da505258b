"""The pages of the rules: complete, and their examples true. Each is run as it stands in the rule's docstring."""

from __future__ import annotations

import pytest

from perfxl.form.read import read_forms
from perfxl.rollup.gather import gather
from perfxl.rules.catalogue import FAMILIES, RuleModule, Subject, rules
from perfxl.rules.check import check_together, check_workbook, findings_about_file
from perfxl.rules.finding import Finding, Severity
from perfxl.rules.page import BadPage, Example, read_page
from tests.rules.narrative.reports import findings as report_findings
from tests.tables import workbook

by_rule = pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.rule.code)

_PROSE = "## 问题\n\n有错。\n\n## 依据\n\n某文。\n\n## 例子\n\n{}\n\n## 改法\n\n改。\n"
_TABLE = "| 甲 | 乙 |\n| 1 | %50 |"


def on_forms(example: Example) -> tuple[Finding, ...]:
    """What all rules on forms find in an example's sheets."""
    return check_workbook(read_forms(workbook(*example.tables)))


def together(example: Example) -> tuple[Finding, ...]:
    """What all rules on several forms find in an example's sheets, each handed in by a unit of its own."""
    book = workbook(*example.tables)
    handed = gather([(f"{form.sheet}.xlsx", (form,)) for form in read_forms(book)])
    found = tuple(finding for project in handed.projects for finding in check_together(project))
    return tuple(finding._replace(sheet=finding.sheet.rpartition("]")[2]) for finding in found)


def on_workbook(example: Example) -> tuple[Finding, ...]:
    """What all rules find in an example's sheets and in the workbook they make."""
    book = workbook(*example.tables)
    return (*on_forms(example), *findings_about_file(book, read_forms(book)))


def on_report(example: Example) -> tuple[Finding, ...]:
    """What all rules on reports find in an example's report, at the paragraphs as cells, held against its form."""
    found = report_findings(example.report, *example.tables)
    return tuple(finding._replace(sheet="自评表", cell=str(finding.paragraph)) for finding in found)


RUN = {
    Subject.REPORT: on_report,
    Subject.FORM: on_forms,
    Subject.TOGETHER: together,
    Subject.WORKBOOK: on_workbook,
}
"""How the examples of a family are run, by what it judges; each returns findings."""


def place(finding: Finding) -> str:
    """Where a finding stands, as examples write it."""
    return finding.cell if finding.sheet == "自评表" else f"{finding.sheet}!{finding.cell}"


@by_rule
def test_page_has_a_faulty_and_a_sound_example(rule: RuleModule) -> None:
    page = read_page(rule.page)
    assert {example.faulty for example in page.examples} == {True, False}


@by_rule
def test_examples_show_what_they_say(rule: RuleModule) -> None:
    subject = FAMILIES[rule.module.split(".")[-2]].subject
    for example in read_page(rule.page).examples:
        found = RUN[subject](example)
        mine = {place(finding) for finding in found if finding.code == rule.rule.code}
        assert mine == set(example.at), example
        others = [
            (finding.code, finding.cell)
            for finding in found
            if finding.code != rule.rule.code and finding.severity is Severity.ERROR
        ]
        assert not others, example


def test_a_page_is_read() -> None:
    page = read_page(_PROSE.format(f"先说几句。\n\n错例 A1、B2：有错\n\n{_TABLE}\n\n正例 A1=2；B2=：改了\n"))
    faulty, sound = page.examples
    assert (page.problem, page.prose, page.remedy) == ("有错。", "先说几句。", "改。")
    assert (faulty.faulty, faulty.at, faulty.tables) == (True, ("A1", "B2"), (_TABLE,))
    assert (sound.faulty, sound.changed) == (False, ("A1", "B2"))
    assert sound.tables[0].splitlines()[0].split("|")[1] == "2"
    assert sound.tables[0].splitlines()[1].split("|")[2] == ""


def test_sheets_and_reports_are_told_apart() -> None:
    (example,) = read_page(
        _PROSE.format(f"错例 2：说法不一\n\n> 第一段\n> 第二段\n\n{_TABLE}\n\n{_TABLE}")
    ).examples
    assert example.report == ("第一段", "第二段")
    assert example.tables == (_TABLE, _TABLE)


@pytest.mark.parametrize(
    "docstring",
    [
        "",
        "有错。",
        "## 问题\n\n有错。\n\n## 例子\n\n无\n\n## 依据\n\n某文。\n\n## 改法\n\n改。",
        _PROSE.format(""),
        _PROSE.format(f"错例：没有单元格\n\n{_TABLE}"),
        _PROSE.format("错例 A1：没有表"),
        _PROSE.format("正例 A1=2：没有错例"),
        _PROSE.format(f"错例 A1：有错\n\n{_TABLE}\n\n后面还有话"),
        _PROSE.format(f"错例 A1：有错\n\n{_TABLE}\n\n正例 A1：没有等号"),
    ],
)
def test_what_is_no_page_is_refused(docstring: str) -> None:
    with pytest.raises(BadPage):
        read_page(docstring)
