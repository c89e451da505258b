"""Conditions under which a cell turns red: those of the rules that Excel itself can see.

Each is a formula for a conditional format, written for the first cell of its range: it may hold no array constant and
no reference to another sheet, and counts as false where it fails. The rules that say the same have their codes here.
"""

from __future__ import annotations

from typing import NamedTuple

_ODD_SIGNS = ("-", "~", "～", "月", "年", "、", "/", "至")
"""Signs of ranges, dates and several values, which a formula does not compare."""
_LONGEST_NUMBER = 12


class Alarm(NamedTuple):
    """A range ("F13:F20") that turns red where the formula is true."""

    range: str
    formula: str


def spent_above_budget(budget: str, executed: str) -> str:
    """PX203."""
    return f"AND(ISNUMBER({budget}),ISNUMBER({executed}),{executed}>{budget})"


def not_the_sum(total: str, parts: str, digits: int = 6) -> str:
    """PX202, PX304: a number that is not the sum of the numbers in `parts`."""
    return f"AND(ISNUMBER({total}),COUNT({parts})>0,ROUND({total}-SUM({parts}),{digits})<>0)"


def not_the_rate(rate: str, budget: str, executed: str) -> str:
    """PX201: a rate that is not B/A to the hundredth of a percent."""
    return (
        f"AND(ISNUMBER({rate}),ISNUMBER({budget}),ISNUMBER({executed}),N({budget})<>0,"
        f"ABS({rate}-{executed}/{budget})>0.00005001)"
    )


class Rows(NamedTuple):
    """The ranges of rows whose weights must come to a sum: their names, weights and scores."""

    names: str
    weights: str
    scores: str


def not_full_marks(weight: str, full: str, rows: Rows) -> str:
    """PX301: weights that exceed full marks, or fall short of them although every row has one and scores are given."""
    return f"AND(ISNUMBER({weight}),{_not_reached(weight, full, rows)})"


def not_the_group(points: str, rows: Rows) -> str:
    """PX302: weights of a group that exceed what its label says, or fall short of it as in PX301."""
    return f"AND(COUNT({rows.weights})>0,{_not_reached(f'SUM({rows.weights})', points, rows)})"


def _not_reached(sum_of_weights: str, points: str, rows: Rows) -> str:
    gap = f"ROUND({sum_of_weights}-{points},2)"
    given = f"COUNT({rows.scores})>0,COUNT({rows.weights})>=COUNTA({rows.names})"
    return f"OR({gap}>0,AND({given},{gap}<>0))"


def outside_weight(score: str, weight: str) -> str:
    """PX303."""
    return f"AND(ISNUMBER({score}),ISNUMBER({weight}),OR({score}>{weight},{score}<0))"


def differs(one: str, other: str) -> str:
    """PX305: two numbers that ought to be the same."""
    return f"AND(ISNUMBER({one}),ISNUMBER({other}),ROUND({one}-{other},2)<>0)"


def missed(target: str, actual: str) -> str:
    """Whether a target of one number (≥90%, ≤60分钟, 100%) is missed by an actual value of one number."""
    wanted = _number(target, f'SUBSTITUTE(SUBSTITUTE({target},"≥",""),"≤","")')
    reached = _number(actual, actual)
    both = f"{target}&{actual}"
    plain = both
    for sign in _ODD_SIGNS:
        plain = f'SUBSTITUTE({plain},"{sign}","")'
    comparable = (
        f'{target}<>"",{actual}<>"",LEN({plain})=LEN({both}),'
        f'ISNUMBER(SEARCH("万",{target}))=ISNUMBER(SEARCH("万",{actual})),'
        f"OR(ISNUMBER({target}),ISNUMBER({actual}),RIGHT({target},1)=RIGHT({actual},1))"
    )
    return f'IFERROR(AND({comparable},IF(LEFT({target},1)="≤",{reached}>{wanted},{reached}<{wanted})),FALSE)'


def missed_with_full_score(target: str, actual: str, weight: str, score: str) -> str:
    """PX401."""
    return f"AND(ISNUMBER({score}),N({weight})>0,{score}={weight},{missed(target, actual)})"


def no_reason(reason: str, target: str, actual: str, weight: str = "", score: str = "") -> str:
    """PX402: points lost or a target missed, and nothing said of it."""
    lost = f"AND(ISNUMBER({score}),ISNUMBER({weight}),{score}<{weight})," if weight and score else ""
    return f'AND(TRIM({reason})="",OR({lost}{missed(target, actual)}))'


def _number(cell: str, text: str) -> str:
    """The number a cell holds or its text begins with, "90%" as 0.9: the last of its beginnings that is a number."""
    return f"IF(ISNUMBER({cell}),{cell},LOOKUP(9E+307,--LEFT({text},ROW($1:${_LONGEST_NUMBER}))))"
