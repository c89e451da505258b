"""Names of a sheet that stand for a text: read, and nothing else of names is."""

from __future__ import annotations

from io import BytesIO

import pytest
import xlsxwriter

from perfxl.form.model import Origin
from perfxl.form.origin import mark, origin_of, printed
from perfxl.workbook.grid import Cell, Sheet
from perfxl.workbook.open import read_workbook


def named(*names: tuple[str, str]) -> list[dict[str, str]]:
    """The texts of two sheets, 甲 and 乙, in a workbook with the names given."""
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream)
    for title in ("甲", "乙"):
        book.add_worksheet(title).write(0, 0, 1)
    for name, formula in names:
        book.define_name(name, formula)
    book.close()
    return [dict(sheet.texts) for sheet in read_workbook(stream.getvalue(), "x.xlsx").sheets]


def test_texts_belong_to_their_sheet() -> None:
    assert named(("甲!form", '="project 1"'), ("乙!form", '="transfer 2"')) == [
        {"form": "project 1"},
        {"form": "transfer 2"},
    ]


def test_other_names_are_left_aside() -> None:
    assert named(("form", '="project 1"'), ("甲!area", "=甲!$A$1:$B$2"), ("乙!number", "=0.96")) == [{}, {}]


def test_signs_of_a_text() -> None:
    assert named(("甲!quoted", '="a ""b"" <&>"')) == [{"quoted": 'a "b" <&>'}, {}]


@pytest.mark.parametrize("text", ["project", "project 一", "project 12345", "a b 1", "", "x" * 70 + " 1"])
def test_what_is_no_mark(text: str) -> None:
    assert origin_of(Sheet("甲", {}, texts={"perfxl_form": text})) is None


def test_a_mark_by_name_or_in_print() -> None:
    origin = Origin("project_cost", 12)
    assert origin_of(Sheet("甲", {}, texts={"perfxl_form": mark(origin)})) == origin
    assert origin_of(Sheet("甲", {(9, 1): Cell(9, 1, printed(origin))})) == origin
    assert origin_of(Sheet("甲", {(9, 1): Cell(9, 1, "表样 project 第 3 版 ")})) == Origin("project", 3)
    assert origin_of(Sheet("甲", {(9, 1): Cell(9, 1, "表样见附件")})) is None
