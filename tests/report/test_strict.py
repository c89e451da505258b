"""Every kind of draft, and every template, is a package that Word opens without repair, and python-docx reads again."""

from __future__ import annotations

import random
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from perfxl.form.read import read_forms
from perfxl.report.drafts import draft
from perfxl.report.kinds import report_kinds
from perfxl.workbook.grid import Sheet
from tests.layouts import generate, load_form, to_workbook
from tests.report.accounts import drafted_accounts
from tests.report.regional import drafted_region
from tests.report.samples import drafted_sample
from tests.report.strict import faults

DRAFTS = [
    ("003", "project"),
    ("002", "project"),
    ("004_t2", "transfer"),
    ("004_s2", "department_project"),
    ("001", "department"),
    ("001", "department_sichuan"),
]


@pytest.mark.parametrize(("name", "kind"), DRAFTS)
def test_a_draft_of_each_kind(name: str, kind: str, tmp_path: Path) -> None:
    drafted = drafted_sample(name, tmp_path, kind)
    assert drafted.result.kind == kind
    assert faults(drafted.result.path) == []


def test_the_accounts_and_the_region(tmp_path: Path) -> None:
    for drafted in (drafted_accounts(tmp_path), drafted_region(tmp_path)):
        assert faults(drafted.result.path) == []
        assert drafted.paragraphs


ODD = [
    None,
    "—",
    "{{ x }}",
    "&<>",
    "≥",
    "-5",
    "####",
    "2023年12月底前",
    "100%",
    "\n\n",
    "甲" * 300,
    Decimal(10**7),
]


@pytest.mark.parametrize(
    "kind", [name for name, kind in report_kinds().items() if kind.family != "final_accounts"]
)
def test_odd_contents_break_no_package(kind: str, tmp_path: Path) -> None:
    chance = random.Random(kind)
    for name in ("07", "16", "seed_001", "seed_004_t2"):
        book = to_workbook(generate(load_form(name), 3))
        cells = {
            place: cell._replace(value=chance.choice(ODD), formula=None) if chance.random() < 0.15 else cell
            for place, cell in book.sheets[-1].cells.items()
        }
        odd = Sheet(**{**book.sheets[-1]._asdict(), "cells": cells})
        for form in read_forms(book._replace(sheets=(odd,))):
            if form.indicators:
                draft(form, odd, tmp_path / "报告.docx", kind)
                assert faults(tmp_path / "报告.docx") == []
                texts = [paragraph.text for paragraph in Document(str(tmp_path / "报告.docx")).paragraphs]
                assert not [text for text in texts if "None" in text or "。。" in text]


@pytest.mark.parametrize("name", list(report_kinds()))
def test_the_templates(name: str) -> None:
    template = report_kinds()[name].template
    assert faults(template) == []
    assert Document(str(template)).paragraphs


def test_charts_are_charts_with_their_workbooks(tmp_path: Path) -> None:
    path = drafted_sample("004_t2", tmp_path).result.path
    with zipfile.ZipFile(path) as package:
        names = package.namelist()
        charts = [name for name in names if name.startswith("word/charts/chart")]
        books = [name for name in names if name.startswith("word/embeddings/")]
        assert len(charts) == len(books) == 1
        assert not [name for name in names if "media" in name]
        (tmp_path / "数据.xlsx").write_bytes(package.read(books[0]))
    rows = list(load_workbook(tmp_path / "数据.xlsx").worksheets[0].iter_rows(values_only=True))
    assert rows == [
        (None, "预算数", "执行数"),
        ("年度资金总额", 421671.73, 318037.1),
        ("中央补助", 219079, 219079),
        ("地方资金", 94089.93, 95384.27),
        ("其他资金", 108502.8, 3573.83),
    ]
