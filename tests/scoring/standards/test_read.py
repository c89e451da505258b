"""Every standard of the seeds, and many beside them, is read as its text says, or left unread."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfxl.scoring.expression import Constant, ValueUnknown
from perfxl.scoring.standards.read import read_standard
from perfxl.scoring.standards.standard import Standard
from tests.layouts import load_form
from tests.scoring.standards.table import Row, every, measured, table

by_text = pytest.mark.parametrize("row", every(), ids=lambda row: row.text[:40])


def points(standard: Standard, value: Decimal) -> Decimal | None:
    """The score for one measured value; None where the standard says nothing of it."""
    try:
        if standard.terms[0].curve.award(value) is None:
            return None
        return standard.tree([Constant(value)], Constant(standard.weight), 2).value()
    except ValueUnknown:
        return None


@pytest.mark.parametrize("name", ["seed_004_s1", "seed_004_s2", "seed_004_s3", "seed_004_s4", "seed_001"])
def test_the_table_holds_every_standard_of_the_seeds(name: str) -> None:
    known = {(row.text, row.weight) for row in table("seeds")}
    rows = load_form(name)["indicators"]
    own = {(row.get("评分标准") or row["评价标准"], Decimal(row["分值"])) for row in rows}
    assert own - known == set()
    assert len(own) > 10


@by_text
def test_it_is_of_the_family_its_text_belongs_to(row: Row) -> None:
    standard = row.standard()
    assert (standard.family.value if standard is not None else "unread") == row.family


@by_text
def test_its_scores_are_those_of_its_text(row: Row) -> None:
    standard = row.standard()
    if standard is None:
        assert "scores" not in row.expected
        return
    assert str(standard.possible) == row.expected["possible"]
    found = {text: points(standard, Decimal(text)) for text in row.expected.get("scores", {})}
    assert found == {
        text: Decimal(score) if score else None for text, score in row.expected.get("scores", {}).items()
    }


@by_text
def test_its_choices_measure_and_misfits(row: Row) -> None:
    standard = row.standard()
    if standard is None:
        return
    assert [[choice.words, choice.points] for choice in standard.choices] == [
        [words, Decimal(score)] for words, score in row.expected.get("choices", [])
    ]
    assert [[one.expected, one.actual] for one in standard.misfits] == row.expected.get("misfits", [])
    if "measure" in row.expected:
        assert [term.measure.kind.value for term in standard.terms] == [row.expected["measure"]]


@by_text
def test_typed_in_full_width_or_with_breaks_it_is_the_same(row: Row) -> None:
    plain = row.standard()
    wide = row.text.translate({ord(half): chr(ord(half) + 0xFEE0) for half in "0123456789%()<>,:;=*/"})
    broken = re.sub(r"(?<=[一-龥，；。：])(?=[一-龥])", "\n", row.text)
    for text in (wide, broken):
        other = read_standard(text, row.weight, name=row.name, description=row.description)
        assert (
            (other.family, other.possible, other.terms) == (plain.family, plain.possible, plain.terms)
            if plain and other
            else other is plain
        )


@given(row=st.sampled_from(measured()), value=st.decimals(0, 3, places=4))
def test_property_no_score_beyond_the_weight_or_below_nought(row: Row, value: Decimal) -> None:
    standard = row.standard()
    assert standard is not None
    score = points(standard, value)
    assert score is None or 0 <= score <= row.weight
    assert score is None or standard.possible.holds(score, 2)


@given(row=st.sampled_from(measured()), one=st.decimals(0, 3, places=4), other=st.decimals(0, 3, places=4))
def test_property_scores_run_one_way(row: Row, one: Decimal, other: Decimal) -> None:
    """More of a measured value never earns less, or, where less is better, never more."""
    standard = row.standard()
    assert standard is not None
    rising = points(standard, Decimal(10**6))
    if rising is None:
        return
    low, high = (points(standard, value) for value in sorted((one, other)))
    if low is not None and high is not None:
        assert low <= high if rising else low >= high


@given(
    st.text(alphabet="得满分不扣每降低1个百分点5%≥≤<>-,;。()①②合格零其他实际值目标完成率*/0.项", max_size=40)
)
def test_property_any_text_is_read_or_left(text: str) -> None:
    standard = read_standard(text, Decimal(5))
    assert standard is None or standard.possible.least >= 0


@pytest.mark.parametrize(
    "text",
    [
        "根据评价部门实际情况设置,并可将其细化为相应的个性化指标。",
        "酌情给分",
        "视完成情况得0分、2分或5分以外的分数，由评价组定",
        "每降低一定比例扣相应分值",
        "按百分制计",
        "95%",
        "得5分",
        "≥90%得满分，75%左右得一半，其他看情况，最多扣到3分",
    ],
)
def test_what_is_not_understood_stays_unread(text: str) -> None:
    assert read_standard(text, Decimal(5)) is None


@pytest.mark.parametrize("weight", ["0", "-1"])
def test_without_a_weight_nothing_is_read(weight: str) -> None:
    assert read_standard("完成率*分值", Decimal(weight)) is None
