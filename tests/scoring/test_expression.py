"""Value and formula of the tree: exactness, brackets, ranges, and what text, blanks and errors become."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings

from perfxl.scoring.expression import (
    Comparison,
    Expression,
    FormulaError,
    If,
    IfError,
    Maximum,
    Minimum,
    Reference,
    Round,
    Sum,
    Trouble,
    ValueUnknown,
    Words,
    constant,
)
from perfxl.scoring.formulas import Unreadable, read_formula
from tests.scoring.trees import BANK, trees

A, B, BLANK = Reference("D6", Decimal(146)), Reference("E6", Decimal("131.24")), Reference("C6")
WORD, TEXT, MARK = Reference("F6", "达标"), Reference("G6", "10分"), Reference("H6", "—")


def test_one_tree_gives_value_and_formula() -> None:
    tree = Round(constant(10) * Minimum((constant(1), B / A)), 2)
    assert (tree.value(), tree.formula()) == (Decimal("8.99"), "ROUND(10*MIN(1,E6/D6),2)")
    assert tree.references() == ("E6", "D6")


@pytest.mark.parametrize(
    ("tree", "formula"),
    [
        (A - (B - BLANK), "D6-(E6-C6)"),
        (A - B - BLANK, "D6-E6-C6"),
        (A + (B + BLANK), "D6+E6+C6"),
        (A - (B + BLANK), "D6-(E6+C6)"),
        ((A + B) * BLANK, "(D6+E6)*C6"),
        (A / (B * BLANK), "D6/(E6*C6)"),
        (A / (B / BLANK), "D6/(E6/C6)"),
        (A * B / BLANK, "D6*E6/C6"),
        (A - constant(-3), "D6-(-3)"),
        (constant("0.60") + constant("40.0") * (A - constant("0.6")), "0.6+40*(D6-0.6)"),
        (If(Comparison(B / A, ">=", constant("0.9")), A, B), "IF(E6/D6>=0.9,D6,E6)"),
        (IfError(B / A, constant(0)), "IFERROR(E6/D6,0)"),
        (Maximum((constant(0), A)), "MAX(0,D6)"),
        (If(Comparison(WORD, "=", Words("达标")), constant(5), constant(0)), 'IF(F6="达标",5,0)'),
        (If(Comparison(TEXT, "=", Words('他说"好"')), A, B), 'IF(G6="他说""好""",D6,E6)'),
        (TEXT * A, 'VALUE(SUBSTITUTE(G6,"分",""))*D6'),
    ],
)
def test_brackets_stand_where_they_are_needed_and_nowhere_else(tree: Expression, formula: str) -> None:
    assert tree.formula() == formula


@pytest.mark.parametrize(
    ("weight", "spent", "budget", "score"),
    [
        ("10", "0.8985", "1", "8.99"),  # a tie of the product
        ("3", "0.025", "3", "0.03"),  # a tie that a rounded quotient would miss: 3*(0.025/3)
        ("7", "0.175", "49", "0.03"),
        ("10", "150", "100", "10"),
    ],
)
def test_ties_are_exact_and_go_up(weight: str, spent: str, budget: str, score: str) -> None:
    share = Reference("E6", Decimal(spent)) / Reference("D6", Decimal(budget))
    assert Round(constant(weight) * Minimum((constant(1), share)), 2).value() == Decimal(score)


def test_rounding_is_away_from_zero_and_reaches_left_of_the_point() -> None:
    assert Round(constant("-2.5"), 0).value() == -3
    assert Round(constant("1250"), -2).value() == 1300


def _column(*rows: int) -> tuple[Reference, ...]:
    return tuple(Reference(f"G{row}", Decimal(row)) for row in rows)


@pytest.mark.parametrize(
    ("cells", "silent", "formula"),
    [
        (_column(14, 15, 16), [], "SUM(G14:G16)"),
        (_column(14, 16), [], "SUM(G14,G16)"),
        (_column(14, 16), ["G15"], "SUM(G14:G16)"),
        (_column(14, 16), ["G15", "G17", "G13"], "SUM(G14:G16)"),
        (_column(16, 14, 15), [], "SUM(G14:G16)"),
        ((Reference("I6", Decimal(9)), *_column(14, 15, 19)), ["G16"], "SUM(I6,G14:G15,G19)"),
        (
            (*_column(14, 15), Reference("G16", "10分"), *_column(17)),
            [],
            'SUM(G14:G15,VALUE(SUBSTITUTE(G16,"分","")),G17)',
        ),
        ((*_column(14), Reference("G15", "—"), *_column(16)), [], "SUM(G14:G16)"),
        ((*_column(14, 15), *_column(14)), [], "SUM(G14:G15,G14)"),
        ((constant(20), *_column(14, 15)), [], "SUM(20,G14:G15)"),
    ],
)
def test_a_sum_draws_neighbours_together(
    cells: tuple[Expression, ...], silent: list[str], formula: str
) -> None:
    assert Sum(cells, frozenset(silent)).formula() == formula


def test_sums_and_extremes_pass_over_blanks_and_words() -> None:
    cells = (A, BLANK, WORD, TEXT, MARK)
    assert Sum(cells).value() == 156
    assert Minimum(cells).value() == 10
    assert Maximum((BLANK, WORD)).value() == 0


@pytest.mark.parametrize(
    "tree", [A / BLANK, A / constant(0), A + WORD, Sum((A, Reference("A1", Trouble.ERROR)))]
)
def test_an_excel_error_is_raised_and_caught_by_iferror(tree: Expression) -> None:
    with pytest.raises(FormulaError):
        tree.value()
    assert IfError(tree, constant(7)).value() == 7


@pytest.mark.parametrize(
    "tree",
    [
        A + Reference("A1", Trouble.UNKNOWN),
        IfError(Reference("A1", Trouble.UNKNOWN), A),
        If(Comparison(WORD, ">", A), A, B),
        If(Comparison(A, ">", B), BLANK, B),
        IfError(WORD, A),
        If(Comparison(WORD, "<", Words("达标")), A, B),
        If(Comparison(Reference("A1", Trouble.UNKNOWN), "=", Words("")), A, B),
    ],
)
def test_what_cannot_be_known_is_not_guessed(tree: Expression) -> None:
    with pytest.raises(ValueUnknown):
        tree.value()


def test_words_are_compared_as_excel_compares_them() -> None:
    def chosen(cell: Reference, text: str) -> Decimal:
        return If(Comparison(cell, "=", Words(text)), constant(1), constant(0)).value()

    assert [chosen(WORD, "达标"), chosen(WORD, "未达标"), chosen(BLANK, ""), chosen(A, "146")] == [1, 0, 1, 0]
    assert chosen(Reference("A1", "OK"), "ok") == 1


@settings(max_examples=400, deadline=None)
@given(trees)
def test_a_formula_read_back_has_the_value_of_its_tree(tree: Expression) -> None:
    read = read_formula(tree.formula(), lambda address: Reference(address, BANK[address]))
    assert _outcome(read) == _outcome(tree)


def _outcome(tree: Expression) -> Fraction | str:
    try:
        return tree.exact()
    except FormulaError:
        return "error"


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("E6/D6", "0.898904"),
        ("=E6/D6".removeprefix("="), "0.898904"),
        ("$E$6/$D6*100%", "0.898904"),
        ("-D6+2*3", "-140"),
        ("ROUND(d6,-1)", "150"),
        ("SUM(D6:E6,1)", "278.24"),
        ('IF(C6="",0,E6/D6)', "0"),
        ("IFERROR( E6 / C6 , 0.5 )", "0.5"),
        ("MIN(1,E6/D6)*10", "8.989041"),
        ('VALUE(SUBSTITUTE(CLEAN(G6),"分",""))', "10"),
        ("VALUE(D6)", "146"),
    ],
)
def test_formulas_of_officers_are_read(formula: str, value: str) -> None:
    cells = {cell.address: cell for cell in (A, B, BLANK, TEXT)}
    assert round(read_formula(formula, cells.__getitem__).value(), 6) == Decimal(value)


@pytest.mark.parametrize(
    "formula",
    [
        "",
        "SUM(",
        "Sheet2!A1",
        "'自评 表'!A1",
        "VLOOKUP(A1,B1:C9,2)",
        "A1:A3",
        'A1&"分"',
        "A1^2",
        "ROUND(A1,B1)",
        "{1,2}",
        "合计",
        "SUM(A1:XFD1048576)",
        "IF(A1,1,2)",
        "1 2",
        "SUM(A1:B2",
        "A1+" * 5000 + "1",
    ],
)
def test_other_formulas_are_refused(formula: str) -> None:
    with pytest.raises(Unreadable):
        read_formula(formula, Reference)
