"""Whatever stands in an officer's cell as a formula, reading it gives a tree or says that it cannot."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from perfxl.scoring.expression import Expression, Reference
from perfxl.scoring.formulas import Unreadable, read_formula


@given(st.text(alphabet="A1B2$:()+-*/%,.<>=\"'[]{}!# ROUNDSUMIFEe9&^;\n中", max_size=16))
def test_any_text_is_read_or_refused(formula: str) -> None:
    try:
        tree = read_formula(formula, Reference)
    except (Unreadable, RecursionError):
        return
    assert isinstance(tree, Expression)
