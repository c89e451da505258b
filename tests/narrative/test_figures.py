"""Figures in sentences: value, unit, bounds, and what is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfxl.document.model import Paragraph
from perfxl.narrative.figures import figures_in
from perfxl.narrative.text import sentences_of


def read(text: str) -> list[tuple[str, str, str]]:
    """The figures of a text as (value, unit, operator)."""
    return [
        (f"{figure.value:f}", figure.unit.name, figure.operator.value)
        for sentence in sentences_of(Paragraph(1, text))
        for figure in figures_in(sentence)
    ]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("预算 194.19 万元", [("194.19", "万元", "")]),
        ("预算１９４．１９万元", [("194.19", "万元", "")]),
        ("1,234.5万元", [("1234.5", "万元", "")]),
        ("执行率100%，得10分", [("100", "%", ""), ("10", "分", "")]),
        ("满意度≥90％，不低于95%，98%以上", [("90", "%", "≥"), ("95", "%", "≥"), ("98", "%", "≥")]),
        ("约130条，4.7万余家，130余条", [("130", "条", "约"), ("4.7", "万家", "约"), ("130", "条", "约")]),
        ("结算2019年-226832万元", [("-226832", "万元", "")]),
        ("2020年12月31日、9月底、第3季度、〔2020〕65号", []),
        ("1. 评价方法", []),
        ("（1）产出指标（50分）", [("50", "分", "")]),
        ("2020全省结算资金120亿元", [("120", "亿元", "")]),
        ("550元/人", [("550", "元/人", "")]),
    ],
)
def test_figures(text: str, figures: list[tuple[str, str, str]]) -> None:
    assert read(text) == figures


def test_ranges_are_no_exact_figures() -> None:
    (sentence,) = sentences_of(Paragraph(1, "目标是6-9个月，80%至90%"))
    assert [figure.exact for figure in figures_in(sentence)] == [False] * 3


@given(st.text(alphabet="0123456789.,%-~至（）()万元亿年月≥约余共 第号。，；\n", max_size=80))
def test_every_figure_stands_where_it_says(text: str) -> None:
    paragraph = Paragraph(1, text)
    for sentence in sentences_of(paragraph):
        assert sentence.text in text
        for figure in figures_in(sentence):
            first = sentence.spots[figure.start]
            assert sentence.plain[figure.start].isdigit() and figure.start < figure.end <= len(sentence.plain)
            assert text[first] == sentence.plain[figure.start] or not text[first].isascii()
