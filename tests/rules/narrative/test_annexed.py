"""The table that a report annexes: its text is held against it, and it against the workbook."""

from __future__ import annotations

from collections.abc import Sequence

from perfxl.document.open import read_document
from perfxl.form.read import read_forms
from perfxl.narrative.outline import sections_of
from perfxl.rules.annexed import annexed_forms
from perfxl.rules.reports import check_report
from tests.document.build import docx
from tests.rules.forms import NATIONAL, altered
from tests.tables import workbook

TEXT = [
    "政务数据平台建设项目绩效自评报告",
    "一、资金情况",
    "全年预算数146万元，全年执行数131.24万元，预算执行率89.89%。",
    "二、产出情况",
    "接入部门数22个，系统验收合格率98%。",
    "附件：2022年度项目支出绩效自评表",
]


def table(**changes: str) -> list[str]:
    """The national form as rows of a Word table, cells changed by address; merged cells are left blank."""
    rows = altered(NATIONAL, **changes).splitlines()
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    return [
        "\t".join("" if cell in "<^" else cell.removeprefix("%") + "%" * cell.startswith("%") for cell in row)
        for row in cells
    ]


def places(lines: Sequence[str], *drawings: str) -> list[tuple[str, int | None, tuple[str, ...]]]:
    document = read_document(docx(lines), "报告.docx")
    forms = read_forms(workbook(*drawings)) if drawings else ()
    found, _ = check_report(sections_of(document), forms, annexed_forms(document))
    return [(each.code, each.paragraph, each.cells) for each in found]


def test_passes_where_text_table_and_workbook_agree() -> None:
    assert places([*TEXT, *table()]) == []
    assert places([*TEXT, *table()], NATIONAL) == []


def test_fails_the_text_against_its_own_table() -> None:
    assert places([*TEXT, *table(E13="23个")]) == [("PX502", 5, ())]


def test_fails_the_table_against_the_workbook() -> None:
    assert places([*TEXT, *table(E14="%97", E6="132.14")], NATIONAL) == [
        ("PX501", 6, ("E6",)),
        ("PX501", 6, ("E14",)),
    ]


def test_a_table_that_is_no_form_is_none() -> None:
    assert annexed_forms(read_document(docx([*TEXT, "姓名\t职务", "×××\t局长"]), "报告.docx")) == ()
