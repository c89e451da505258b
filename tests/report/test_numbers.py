"""Every number of a draft is accounted for: it stands in a cell, or follows from cells by a recorded computation."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from perfxl.form.model import Kind
from perfxl.report.drafts import draft
from perfxl.report.facts import facts
from perfxl.report.marks import without_marks
from perfxl.report.project_list import list_statements
from perfxl.rounding import round_half_up
from tests.report.drawn import PROJECT, Draft, numbers_in, only
from tests.report.samples import REPORTED, drafted_sample, sample
from tests.report.tracing import disagreeing, known_numbers, numbers_of_cells


def unaccounted(drafted: Draft, known: set[str]) -> list[str]:
    """The numbers of the body that nothing accounts for, each with its paragraph."""
    return [
        f"{number} in {text}" for text in drafted.body for number in numbers_in(text) if number not in known
    ]


@pytest.mark.parametrize("name", REPORTED)
def test_the_drafts_of_the_samples(name: str, tmp_path: Path) -> None:
    one = sample(name)
    known = known_numbers(one.facts, one.forms)
    for other in one.beside:
        if other.form.kind is Kind.PROJECT_LIST:
            known |= {number for said in list_statements(other.form) for number in numbers_in(said.text)}
            known |= {
                str(cell.value)[4:8] for cell in other.sheet.cells.values() if "至2021" in str(cell.value)
            }
            known.add("2021")
    assert unaccounted(drafted_sample(name, tmp_path), known) == []


@pytest.mark.parametrize("name", REPORTED)
def test_the_recorded_computations_of_the_samples(name: str) -> None:
    one = sample(name)
    sheets = {one.own.sheet.name: one.own.sheet, **{other.sheet.name: other.sheet for other in one.beside}}
    cells = numbers_of_cells(sheets, one.own.sheet)
    assert disagreeing(one.facts.stated(), cells) == []


@pytest.mark.parametrize("name", REPORTED)
def test_the_charts_and_tables_of_the_samples(name: str, tmp_path: Path) -> None:
    drafted = drafted_sample(name, tmp_path)
    known = {Decimal(number) for number in known_numbers(sample(name).facts, sample(name).forms)}
    with zipfile.ZipFile(drafted.result.path) as package:
        for book in (part for part in package.namelist() if "embeddings" in part):
            rows = list(
                load_workbook(io.BytesIO(package.read(book))).worksheets[0].iter_rows(values_only=True)
            )
            assert {Decimal(str(value)) for row in rows[1:] for value in row[1:]} <= known
    for table in drafted.document.tables:
        heads = [cell.text for cell in table.rows[0].cells]
        if heads[-1] == "得分率":
            for *_, full, got, share in ([cell.text for cell in row.cells] for row in table.rows[1:]):
                assert {Decimal(full), Decimal(got)} <= known
                assert Decimal(share.rstrip("%")) == round_half_up(Decimal(got) / Decimal(full) * 100, 2)


def test_a_number_from_nowhere_would_be_found(tmp_path: Path) -> None:
    form, sheet = only(PROJECT)
    result = draft(form, sheet, tmp_path / "报告.docx")
    drafted = Draft(result, Document(str(result.path)))
    known = known_numbers(facts(form), [form])
    assert "89.89" in known
    assert [found for found in unaccounted(drafted, known - {"89.89"}) if found.startswith("89.89")]
    assert without_marks("".join(drafted.body))
