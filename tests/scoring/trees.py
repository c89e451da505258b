"""Random expression trees over a small sheet that holds everything a form's cell may hold."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from perfxl.scoring.expression import (
    Addition,
    Comparison,
    Constant,
    Difference,
    Excerpt,
    Expression,
    If,
    IfError,
    Maximum,
    Minimum,
    Product,
    Quotient,
    Reference,
    Round,
    RoundUp,
    Sum,
)

BANK: dict[str, Decimal | str | None] = {
    "A1": Decimal(146),
    "A2": Decimal("131.24"),
    "A3": None,
    "A4": Decimal(10),
    "A5": Decimal(0),
    "A6": Decimal("0.8989"),
    "A7": Decimal("-3.5"),
    "A8": None,
    "B1": "194.19",
    "B2": "10分",
    "B3": "89.89%",
    "B4": "—",
    "B5": "1,234.5万元",
    "B6": "１２．５",
    "B7": "达标",
    "B8": " 7 分",
    "B9": "已接入40家（新增12.5%）",
    "C1": Decimal("3.48"),
    "C2": Decimal("2.5"),
    "C3": Decimal(7),
    "C4": "3\n分",
    "C5": Decimal(1250000),
    "C6": Decimal("0.005"),
    "C7": Decimal("-0.125"),
    "C8": Decimal("33.3333333333"),
}
"""What stands in the cells A1:C9."""

REFERENCES = [Reference(address, content) for address, content in BANK.items()]

_numbers = st.decimals(min_value=-200, max_value=200, places=2, allow_nan=False, allow_infinity=False).map(
    lambda number: Constant(number.normalize() + 0)
)
_excerpts = st.sampled_from(
    [Excerpt(Reference("B9", BANK["B9"]), 4, 2), Excerpt(Reference("B9", BANK["B9"]), 10, 5)]
)
_leaves = st.sampled_from(REFERENCES) | _numbers | _excerpts
_signs = st.sampled_from(["<", "<=", ">", ">=", "=", "<>"])


def _grown(below: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    several = st.lists(below, min_size=1, max_size=5).map(tuple)
    # What IF makes of words, and of blanks that it hands on, is not the same everywhere: see test_expression.
    branches = below.filter(lambda node: not isinstance(node, Reference) or node.counts)
    sides = below.filter(lambda node: not isinstance(node, Reference) or node.counts or node.content is None)
    conditions = st.builds(Comparison, sides, _signs, sides)
    return st.one_of(
        st.builds(Addition, below, below),
        st.builds(Difference, below, below),
        st.builds(Product, below, below),
        st.builds(Quotient, below, below),
        st.builds(lambda cells: Sum(cells, frozenset(["A3", "A8"])), several),
        st.builds(Sum, st.lists(st.sampled_from(REFERENCES), min_size=1, max_size=10).map(tuple)),
        st.builds(Minimum, several),
        st.builds(Maximum, several),
        st.builds(Round, below, st.integers(-1, 4)),
        # What doubles leave over would count as a whole step, so that steps are always rounded before they are counted.
        st.builds(lambda node: RoundUp(Round(node, 4), 0), below),
        st.builds(If, conditions, branches, branches),
        st.builds(IfError, branches, branches),
    )


trees: st.SearchStrategy[Expression] = st.recursive(_leaves, _grown, max_leaves=10)


def many(count: int) -> list[Expression]:
    """Return `count` trees, the same ones in every run."""
    found: list[Expression] = []

    @settings(
        max_examples=count,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(trees)
    def collect(tree: Expression) -> None:
        found.append(tree)

    collect()
    return found
