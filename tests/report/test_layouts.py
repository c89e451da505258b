"""Every transcribed form in several layouts: no number from nowhere, no text of the form lost in the annex."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document

from perfxl.form.model import Entry, Form, Kind, one_line
from perfxl.form.read import read_forms
from perfxl.form.shown import shown
from perfxl.report.drafts import draft
from perfxl.report.facts import facts
from perfxl.rules.check import check_form
from perfxl.settings.parameters import settings_for
from perfxl.workbook.grid import Sheet
from tests.layouts import Generated, form_names, generate, generate_together, load_form, to_workbook
from tests.report.drawn import Draft, numbers_in
from tests.report.tracing import disagreeing, known_numbers, numbers_of_cells

SEEDS = 2


def drafts(generated: Generated, folder: Path) -> list[tuple[Form, Sheet, Draft]]:
    book = to_workbook(generated)
    found = []
    for form in read_forms(book):
        if form.kind is Kind.PROJECT_LIST or not form.indicators:
            continue
        result = draft(form, book.sheet(form.sheet), folder / "报告.docx")
        found.append((form, book.sheet(form.sheet), Draft(result, Document(str(result.path)))))
    return found


def from_nowhere(form: Form, sheet: Sheet, drafted: Draft) -> list[str]:
    found = facts(form, check_form(form), settings_for(form).grade_scales[0])
    known = known_numbers(found, [form])
    wrong = disagreeing(found.stated(), numbers_of_cells({form.sheet: sheet}, sheet))
    unknown = [number for text in drafted.body for number in numbers_in(text) if number not in known]
    return unknown + [stated.text for stated in wrong]


def lost(form: Form, sheet: Sheet, drafted: Draft) -> list[str]:
    cells = {
        one_line(cell.text) for table in drafted.document.tables for row in table.rows for cell in row.cells
    }
    around = "".join(one_line(text) for text in drafted.paragraphs[drafted.paragraphs.index("附件") :])
    inside = [
        cell
        for place, cell in sheet.cells.items()
        if form.area.covers(place)
        and cell.row not in sheet.hidden_rows
        and cell.column not in sheet.hidden_columns
    ]
    texts = {cell.address: one_line(shown(Entry(cell.value, cell))) for cell in inside}
    return [address for address, text in texts.items() if text not in cells and text not in around]


def check(generated: Generated, folder: Path) -> None:
    for form, sheet, drafted in drafts(generated, folder):
        assert from_nowhere(form, sheet, drafted) == []
        assert lost(form, sheet, drafted) == []


@pytest.mark.parametrize("name", form_names())
def test_a_form_in_its_layouts(name: str, tmp_path: Path) -> None:
    for seed in range(SEEDS):
        check(generate(load_form(name), seed), tmp_path)


@pytest.mark.parametrize("name", form_names())
def test_a_form_beside_another(name: str, tmp_path: Path) -> None:
    check(generate_together([load_form(name), load_form("16")], 1, "beside"), tmp_path)
