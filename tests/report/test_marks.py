"""Marks: found again whatever they were given to say."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from perfxl.report.marks import MarkKind, doubt, marks_in, missing, without_marks


@given(st.text(), st.text(alphabet="甲乙，【】"), st.text(alphabet="甲乙，"))
def test_a_mark_is_found_where_it_stands(what: str, before: str, after: str) -> None:
    text = before + missing(what) + after
    found = marks_in(text)[-1]
    assert found.kind is MarkKind.MISSING
    assert text[found.start : found.end] == missing(what)


def test_both_kinds_are_found_in_order_and_taken_out() -> None:
    text = f"得分{doubt('甲')}，等级{missing('乙')}。"
    assert [(mark.kind, mark.what) for mark in marks_in(text)] == [
        (MarkKind.DOUBT, "甲"),
        (MarkKind.MISSING, "乙"),
    ]
    assert without_marks(text) == "得分，等级。"
