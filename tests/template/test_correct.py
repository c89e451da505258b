"""A form filled in without a fault: nothing is found, nothing is left to compute, a report can be drafted."""

from __future__ import annotations

from pathlib import Path

import pytest

from perfxl.form.model import Kind
from perfxl.rules.check import check_workbook, findings_about_file
from perfxl.scoring.plan import plan_workbook
from perfxl.settings.forms import declared_forms
from perfxl.template.declaration import declaration
from perfxl.template.layout import lay_out
from perfxl.template.write import workbook
from perfxl.work.report import report_file
from perfxl.workbook.open import read_workbook
from tests.template.correct import filling
from tests.template.filled import read

FORMS = tuple(declared_forms())

every_form = pytest.mark.parametrize("name", FORMS)


def content(name: str) -> bytes:
    return workbook(lay_out(declaration(name), filling(declaration(name))))


@every_form
def test_nothing_is_found(name: str) -> None:
    book, forms = read_workbook(content(name), "自评表.xlsx"), read(content(name))
    assert not [(finding.code, finding.cell, finding.message) for finding in check_workbook(forms)]
    assert not [(finding.code, finding.cell) for finding in findings_about_file(book, forms)]


@every_form
def test_nothing_is_left_to_compute(name: str) -> None:
    (plan,) = plan_workbook(read_workbook(content(name), "自评表.xlsx"), read(content(name)))
    # The published form of the department has a cell without a figure beside its part of the money.
    expected = {"G6"} if name == "department" else set()
    assert {change.cell for change in plan.changes} == expected
    assert not (plan.kept or plan.refreshed)


@pytest.mark.parametrize("name", [name for name in FORMS if name not in ("project_list", "targets")])
def test_a_report_can_be_drafted(name: str, tmp_path: Path) -> None:
    path = tmp_path / "自评表.xlsx"
    path.write_bytes(content(name))
    (result,) = report_file(path)
    assert result.path.stat().st_size > 0


@every_form
def test_the_total_is_full_marks(name: str) -> None:
    (form,) = read(content(name))
    if form.total is None or form.kind is Kind.PROJECT_LIST or form.total.weight is None:
        assert "sum.weight" not in {cell.name for cell in declaration(name).foot.cells}
        return
    assert form.total.weight.value == 100
