"""The score of one indicator row, as far as the form itself says how it is formed.

Each way of forming it is a function that looks at a row and answers with a `Suggestion`, with
`Undecided`, or with None where the row is none of its business. `METHODS` lists them, the first answer holds.
"""

from __future__ import annotations

from collections.abc import Callable

from perfxl.form import labels
from perfxl.form.execution import is_execution_rate
from perfxl.form.figures import of_text
from perfxl.form.model import Entry
from perfxl.scoring.by_method import by_method
from perfxl.scoring.by_standard import by_standard
from perfxl.scoring.inputs import Row
from perfxl.scoring.method import (
    Execution,
    Undecided,
    execution,
    execution_score,
    main_row,
    says_nothing,
    weight_of,
)
from perfxl.scoring.suggestion import Suggestion

Method = Callable[[Row], Suggestion | Undecided | None]


def score_of(row: Row) -> Suggestion | Undecided | None:
    """Return the score of an indicator row, why only a person can give it, or None where no method concerns it."""
    for method in METHODS:
        found = method(row)
        if found is not None:
            return found
    return None


def by_execution_rate(row: Row) -> Suggestion | None:
    """Score 预算执行率 as an indicator without a printed standard, by the fund table of the same form.

    Where the row's target is a line below 100 % ("≥90%"), the full score may be meant to begin there: the
    score by B/A is then no more than a comparison.
    """
    main, indicator = main_row(row.form), row.indicator
    if main is None or not is_execution_rate(indicator) or not says_nothing(indicator.standard):
        return None
    found = execution(row.form, main, row.cells)
    weight = weight_of(indicator.weight, row.cells)
    if not isinstance(found, Execution) or weight is None:
        return None
    certain = says_nothing(indicator.target) or _is_the_whole(indicator.target)
    why = f"预算执行率得分＝分值×执行率，最高得满分；{found.why}"
    return Suggestion(execution_score(found, weight, row.settings), why, certain)


def _is_the_whole(target: Entry | None) -> bool:
    """Whether a target asks for the whole budget: 100%, ≥100%, 1 in a cell of percent format."""
    if target is None:
        return False
    found = of_text(labels.squeeze(target.text).lstrip("≥≧=>"))
    return found is not None and found.value in ((1,) if found.percent else (1, 100))


METHODS: tuple[Method, ...] = (by_standard, by_execution_rate, by_method)
