"""What a method proposes for the score of a row."""

from __future__ import annotations

from typing import NamedTuple

from perfxl.scoring.expression import Expression


class Suggestion(NamedTuple):
    """A computed score. `certain` where no other reading of the form is sensible, so that a blank may be filled."""

    expression: Expression
    why: str
    certain: bool = True
