"""Formula text: translation held against openpyxl's, references against hand-made cases."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.formula.translate import Translator

from perfxl.workbook.dependents import FormulaCell, dependents
from perfxl.workbook.formulas import Reference, References, references, translate
from perfxl.workbook.grid import Area, Position, address, column_letters, position

_FIXED = st.sampled_from(["", "$"])
_COLUMN = st.integers(60, 900).map(column_letters)
_ROW = st.integers(600, 90_000)
_CELL = st.builds(lambda a, c, b, r: f"{a}{c}{b}{r}", _FIXED, _COLUMN, _FIXED, _ROW)
_COLUMNS = st.builds(lambda a, c, b, d: f"{a}{c}:{b}{d}", _FIXED, _COLUMN, _FIXED, _COLUMN)
_ROWS = st.builds(lambda a, r, b, s: f"{a}{r}:{b}{s}", _FIXED, _ROW, _FIXED, _ROW)
_SHEET = st.sampled_from(["", "", "Sheet1!", "'2022年 表'!", "汇总!", "'O''Brien''s A1'!"])
_AREA = st.builds(
    lambda sheet, area: sheet + area,
    _SHEET,
    st.one_of(_CELL, st.builds(lambda a, b: f"{a}:{b}", _CELL, _CELL), _COLUMNS, _ROWS),
)
_LITERAL = st.sampled_from(['"A1:B2"', '"说""C3"""', "1.5", "2E+3", "TRUE", "#N/A", "10%"])
_FORMULA = st.recursive(
    st.one_of(_AREA, _LITERAL),
    lambda inner: st.one_of(
        st.builds(
            lambda a, o, b: a + o + b, inner, st.sampled_from(["+", "-", "*", "/", "&", "<=", "<>"]), inner
        ),
        st.builds(
            lambda f, a: f"{f}({','.join(a)})",
            st.sampled_from(["SUM", "LOG10", "ROUND", "_xlfn.XLOOKUP", "IF", "ATAN2"]),
            st.lists(inner, min_size=1, max_size=3),
        ),
    ),
    max_leaves=8,
)
_PLACE = st.tuples(st.integers(500, 700), st.integers(50, 90))


@given(_FORMULA, _PLACE, _PLACE)
def test_translation_agrees_with_openpyxl(formula: str, source: Position, target: Position) -> None:
    expected = Translator("=" + formula, origin=address(*source)).translate_formula(address(*target))
    assert translate(formula, source, target) == expected.removeprefix("=")


@given(_FORMULA, _PLACE, _PLACE)
def test_translation_there_and_back_changes_nothing(formula: str, source: Position, target: Position) -> None:
    assert translate(translate(formula, source, target), target, source) == formula


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("A1+B$2+$C3+$D$4", "B2+C$2+$C4+$D$4"),
        ("SUM(A:A,$B:C,1:1,$2:3)", "SUM(B:B,$B:D,2:2,$2:4)"),
        ("A1:XFD1048576", "B2:#REF!"),
        ("LOG10(LOG10)", "LOG10(LOH11)"),
        ("表[[#This Row],[A1]]+A1", "表[[#This Row],[A1]]+B2"),
        ("[1]Sheet1!A1", "[1]Sheet1!B2"),
        ("'[书.xlsx]A1'!A1", "'[书.xlsx]A1'!B2"),
        ("A1B+_A1+A1.x+名A1", "A1B+_A1+A1.x+名A1"),
        ("A1#", "B2#"),
        ('"A1"&A1', '"A1"&B2'),
    ],
)
def test_translation_one_down_one_right(formula: str, expected: str) -> None:
    assert translate(formula, (1, 1), (2, 2)) == expected


@pytest.mark.parametrize("text", ["[" * 101, "'" * 401, "A1+" * 2731])
def test_what_no_program_writes_is_left_alone(text: str) -> None:
    assert translate(text, (1, 1), (2, 2)) == text
    assert references(text) == References((), True)


def _here(*areas: str) -> References:
    return References(tuple(Reference(None, _area(text)) for text in areas), False)


def _area(text: str) -> Area:
    first, _, last = text.partition(":")
    return Area(*position(first), *position(last or first))


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("E6/D6", _here("E6", "D6")),
        ("SUM(C3:C6)", _here("C3:C6")),
        ("SUM(C6:A3)", _here("A3:C6")),
        ("SUM(B:C)", _here("B1:C1048576")),
        ("SUM(2:3)", _here("A2:XFD3")),
        ('IF(A1="B2",TRUE,#N/A)', _here("A1")),
        ("汇总!A1+B1", References((Reference("汇总", _area("A1")), Reference(None, _area("B1"))), False)),
        ("'O''Brien'!A1:B2", References((Reference("O'Brien", _area("A1:B2")),), False)),
        ("[2]Sheet1!A1+'[书.xlsx]表'!B1", References((), False)),
        ('_xlfn.DISPIMG("ID_1",1)', References((), False)),
        ("执行合计", References((), True)),
        ('INDIRECT("A"&1)', References((), True)),
        ("OFFSET(A1,1,1)", References((Reference(None, _area("A1")),), True)),
        ("Sheet1:Sheet3!A1", References((Reference("Sheet1:Sheet3", _area("A1")),), True)),
        ("表1[得分]", References((), True)),
        (
            "A1:INDEX(B1:B9,2)",
            References((Reference(None, _area("A1")), Reference(None, _area("B1:B9"))), True),
        ),
    ],
)
def test_references(formula: str, expected: References) -> None:
    assert references(formula) == expected


def _cells(sheet: str, formulas: dict[str, str]) -> list[FormulaCell]:
    return [FormulaCell((sheet, position(cell)), text) for cell, text in formulas.items()]


def _dependents(formulas: list[FormulaCell], sheet: str, cell: str) -> set[str]:
    return {f"{name}!{address(*place)}" for name, place in dependents(formulas, [(sheet, position(cell))])}


def test_dependents_follow_chains_ranges_and_sheets() -> None:
    formulas = _cells("表", {"B1": "A1", "C1": "B1*2", "D1": "SUM(A1:A900)", "E1": "Z1", "F1": "SUM(Z:Z)"})
    formulas += _cells("汇总", {"A1": "表!C1", "A2": "A1", "A3": "B1", "A4": "SUM(表!A:B)"})
    assert _dependents(formulas, "表", "A1") == {"表!B1", "表!C1", "表!D1", "汇总!A1", "汇总!A2", "汇总!A4"}
    assert _dependents(formulas, "表", "A900") == {"表!D1", "汇总!A4"}
    assert _dependents(formulas, "表", "Z5") == {"表!F1"}
    assert _dependents(formulas, "汇总", "B1") == {"汇总!A3"}


def test_a_circle_of_formulas_ends() -> None:
    formulas = _cells("表", {"B1": "C1", "C1": "B1+A1"})
    assert _dependents(formulas, "表", "A1") == {"表!B1", "表!C1"}


def test_a_formula_of_unknown_reach_counts_as_dependent_with_what_rests_on_it() -> None:
    formulas = _cells("表", {"B1": "合计", "C1": "B1", "D1": "Q9"})
    assert _dependents(formulas, "表", "A1") == {"表!B1", "表!C1"}
    assert dependents(formulas, []) == set()


@given(
    st.dictionaries(
        st.integers(1, 12),
        st.lists(st.tuples(st.integers(1, 12), st.integers(0, 90)), min_size=1, max_size=3),
        max_size=12,
    ),
    st.integers(1, 12),
)
def test_dependents_are_the_transitive_closure(reads: dict[int, list[tuple[int, int]]], changed: int) -> None:
    formulas = [
        FormulaCell(("表", (row, 1)), "+".join(f"SUM(A{first}:A{first + more})" for first, more in areas))
        for row, areas in reads.items()
    ]
    expected: set[int] = set()
    frontier = {changed}
    while frontier:
        frontier = {
            row
            for row, areas in reads.items()
            if any(first <= one <= first + more for first, more in areas for one in frontier)
        } - expected
        expected |= frontier
    assert dependents(formulas, [("表", (changed, 1))]) == {("表", (row, 1)) for row in expected}
