"""Which form of a workbook belongs to which report of a document."""

from __future__ import annotations

from pathlib import Path

import pytest

from perfxl.document.model import Document, Paragraph
from perfxl.form.model import Form
from perfxl.narrative.outline import sections_of
from perfxl.rules.reports import assign, check_report
from perfxl.work.read import read_shown
from tests.document.build import report

SAMPLES = sorted((Path(__file__).parents[3] / "samples").glob("种子004*.xlsx"))
FORMS = tuple(form for path in SAMPLES for form in read_shown(path)[1])


def document(lines: list[str]) -> Document:
    return Document("x.docx", tuple(Paragraph(number, line) for number, line in enumerate(lines, start=1)))


def project(form: Form | None) -> str:
    return form.roles["project_name"].text if form is not None else ""


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("seed_004_annex2", "城乡居民医保补助"),
        ("seed_004_annex3", "医疗救助补助资金"),
        ("seed_004_annex5", "医保一体化大数据平台"),
        ("seed_004_annex6", "医疗保障能力建设"),
        ("seed_004_annex8", "机房托管费"),
        ("seed_004_statement", ""),
    ],
)
def test_a_report_goes_to_the_form_of_its_project(name: str, wanted: str) -> None:
    (found,) = assign(sections_of(document(report(name))), FORMS)
    assert project(found.form) == wanted


def test_of_several_reports_the_one_that_names_the_project() -> None:
    lines = [line for number in (6, 7, 8) for line in report(f"seed_004_annex{number}")]
    (form,) = (form for form in FORMS if form.kind.value == "project" and project(form) == "机房托管费")
    found = assign(sections_of(document(lines)), [form])
    assert [each.form is form for each in found] == [False, False, True]


def test_the_scoresheet_beside_the_form_is_asked_too() -> None:
    lines = [line.replace("93.48", "94.38") for line in report("seed_004_annex6")]
    found, _ = check_report(sections_of(document(lines)), FORMS)
    assert ("PX501", "打分表") in {(each.code, each.sheet) for each in found if "94.38" in each.text}


def test_of_two_years_forms_the_one_of_the_year_in_the_title() -> None:
    (transfer,) = (
        form for form in FORMS if "project_name" in form.roles and project(form) == "医疗救助补助资金"
    )
    years = [transfer._replace(year=year) for year in (2020, 2021, 2022)]
    lines = ["医疗救助补助资金", "2021年度绩效自评汇总报告", "一、汇总情况", "全年支出顺利。"]
    (found,) = assign(sections_of(document(lines)), years)
    assert found.form is years[1]
