"""How a measured value becomes points: a line cut into pieces, each with what it earns.

The pieces come from the text of a standard as they are written there. Whoever asks learns three things from
them: the tree of the score, where the text says nothing or two things at once, and which scores can come of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from perfxl.record import Record
from perfxl.scoring.expression import (
    Addition,
    Comparison,
    Constant,
    Difference,
    Excerpt,
    Expression,
    If,
    Maximum,
    Minimum,
    Product,
    Quotient,
    Reference,
    Round,
    RoundUp,
    Words,
    constant,
)

Span = tuple[Decimal, Decimal]
"""Points from a lowest to a highest; both the same for a single score."""

NOT_SAID = "未规定"
"""What a formula shows where the standard says nothing of a value."""

_ZERO, _ONE = Decimal(0), Decimal(1)
_NOISE = 10
"""Decimals beyond which a quotient of doubles is noise; compared figures are rounded there."""
_STEP_NOISE = 6
_MOST_SCORES = 400
_MIDST = 9


class Interval(NamedTuple):
    """Values from `low` to `high`; None is without end.

    `low_rank` and `high_rank` say how surely an end belongs to it: 3 by an operator or (含), 2 the lower end of
    a range or 以上, 1 the upper end or 以下, 0 the end lies outside.
    """

    low: Decimal | None = None
    high: Decimal | None = None
    low_rank: int = 0
    high_rank: int = 0

    def rank(self, value: Decimal) -> int | None:
        """How surely a value belongs to the interval (9 in its midst), or None where it does not."""
        if self.low is not None and value <= self.low:
            return self.low_rank if value == self.low and self.low_rank else None
        if self.high is not None and value >= self.high:
            return self.high_rank if value == self.high and self.high_rank else None
        return _MIDST

    def spans(self, low: Decimal | None, high: Decimal | None) -> bool:
        """Whether the open stretch from low to high lies within."""
        below = self.low is None or (low is not None and self.low <= low)
        above = self.high is None or (high is not None and self.high >= high)
        return below and above


class Fixed(Record):
    """So many points, or that share of the weight."""

    amount: Decimal
    of_weight: bool = False

    def spans(self, stretch: Interval, weight: Decimal) -> tuple[Span, ...]:
        """The scores that come of it on a stretch."""
        points = self.amount * (weight if self.of_weight else 1)
        return ((points, points),)

    def tree(self, x: Expression, stretch: Interval, weight: Expression, digits: int) -> Expression:
        """The score as an expression over the measured value."""
        if not self.of_weight or not self.amount:
            return Constant(self.amount)
        return weight if self.amount == 1 else Round(Product(weight, Constant(self.amount)), digits)


class Line(Record):
    """A straight line: `value` points at `at`, and `rise` more for each `run` further on, within 0 and `cap`.

    With `of_weight`, points are shares of the weight. A rise below zero falls.
    """

    at: Decimal
    value: Decimal
    rise: Decimal
    cap: Decimal
    of_weight: bool = False
    run: Decimal = _ONE

    def _points(self, x: Decimal) -> Decimal:
        return max(_ZERO, min(self.cap, self.value + self.rise * (x - self.at) / self.run))

    def spans(self, stretch: Interval, weight: Decimal) -> tuple[Span, ...]:
        """The scores that come of it on a stretch."""
        ends = [self._points(end) for end in (stretch.low, stretch.high) if end is not None]
        if stretch.low is None:
            ends.append(_ZERO if self.rise > 0 else self.cap)
        if stretch.high is None:
            ends.append(self.cap if self.rise > 0 else _ZERO)
        scale = weight if self.of_weight else _ONE
        return ((min(ends) * scale, max(ends) * scale),)

    def tree(self, x: Expression, stretch: Interval, weight: Expression, digits: int) -> Expression:
        """The score as an expression over the measured value."""
        if self.at == self.value == 0 and self.rise == self.cap and self.run == 1:
            factor = weight if self.of_weight else Constant(self.rise)
            if self.of_weight and self.rise != 1:
                factor = Product(weight, Constant(self.rise))
            return Round(Product(factor, Minimum((constant(1), x))), digits)
        line: Expression = Difference(x, Constant(self.at)) if self.at else x
        if self.rise != 1:
            line = Product(Constant(self.rise), line)
        if self.run != 1:
            line = Quotient(line, Constant(self.run))
        if self.value:
            line = Addition(Constant(self.value), line)
        line = Maximum((constant(0), Minimum((Constant(self.cap), line))))
        return Round(Product(weight, line) if self.of_weight else line, digits)


class Falling(Record):
    """`start` at `at`, and `loss` less for each `step` or part of one further away from it, down to nothing."""

    at: Decimal
    step: Decimal
    loss: Decimal
    start: Decimal
    upwards: bool
    of_weight: bool = False

    def spans(self, stretch: Interval, weight: Decimal) -> tuple[Span, ...]:
        """The scores that come of it on a stretch."""
        scale = weight if self.of_weight else _ONE
        end = stretch.high if self.upwards else stretch.low
        far = None if end is None else abs(end - self.at) / self.step
        most = self.start / self.loss if self.loss else _ZERO
        steps = int(most) + 1 if far is None else min(int(most) + 1, int(-(-far // 1)))
        if steps > _MOST_SCORES:
            return ((max(_ZERO, self.start - self.loss * steps) * scale, self.start * scale),)
        scores = {max(_ZERO, self.start - self.loss * number) * scale for number in range(steps + 1)}
        return tuple((score, score) for score in sorted(scores))

    def tree(self, x: Expression, stretch: Interval, weight: Expression, digits: int) -> Expression:
        """The score as an expression over the measured value."""
        away: Expression = (
            Difference(x, Constant(self.at)) if self.upwards else Difference(Constant(self.at), x)
        )
        if self.upwards and not self.at:
            away = x
        # Doubles make 0.8-0.7 a little more than 0.1: without rounding that would count as a second step.
        steps = RoundUp(
            Round(away if self.step == 1 else Quotient(away, Constant(self.step)), _STEP_NOISE), 0
        )
        lost: Expression = steps if self.loss == 1 else Product(Constant(self.loss), steps)
        whole = (
            not self.of_weight and self.start == weight.value()
        )  # then the formula follows the cell of the weight
        left = Maximum((constant(0), Difference(weight if whole else Constant(self.start), lost)))
        return Round(Product(weight, left) if self.of_weight else left, digits)


class Unsaid(Record):
    """The text leaves the score to a person, between two numbers of points (or shares of the weight)."""

    low: Decimal
    high: Decimal
    of_weight: bool = False
    trouble: str = ""

    def spans(self, stretch: Interval, weight: Decimal) -> tuple[Span, ...]:
        """The scores that come of it on a stretch."""
        scale = weight if self.of_weight else _ONE
        return ((self.low * scale, self.high * scale),)

    def tree(self, x: Expression, stretch: Interval, weight: Expression, digits: int) -> Expression:
        """What the formula shows there: that nothing is laid down."""
        return Words(NOT_SAID)


Award = Fixed | Line | Falling | Unsaid


class Piece(NamedTuple):
    """A stretch of values and what it earns."""

    stretch: Interval
    award: Award


class Curve(Record):
    """The pieces of a standard in the order of its text, and what whatever they leave out earns (否则).

    `integral`: the measure counts things, so there are whole numbers only.
    """

    pieces: tuple[Piece, ...]
    integral: bool = False
    otherwise: Award | None = None

    @cached_property
    def runs(self) -> tuple[Piece, ...]:
        """The whole line from below, cut where the award changes, with its gaps and overlaps."""
        return tuple(self._partition())

    def award(self, value: Decimal) -> Award | None:
        """What a value earns; None where the text says nothing of it."""
        if self.integral and value % 1 and all(piece.stretch.rank(value) is None for piece in self.pieces):
            return self.otherwise
        run = next((run for run in self.runs if run.stretch.rank(value) is not None), None)
        return None if run is None or run.award in (GAP, OVERLAP) else run.award

    def tree(self, x: Expression, weight: Expression, digits: int) -> Expression:
        """The score over the measured value, rounded to `digits`; where nothing is laid down the formula says so."""
        compared = x if isinstance(x, Reference | Excerpt | Constant) else Round(x, _NOISE)
        below, *others = self.runs
        tree = below.award.tree(x, below.stretch, weight, digits)
        for run in others:
            sign = ">=" if run.stretch.low_rank else ">"
            assert run.stretch.low is not None
            condition = Comparison(compared, sign, Constant(run.stretch.low))
            tree = If(condition, run.award.tree(x, run.stretch, weight, digits), tree)
        return tree

    def spans(self, weight: Decimal) -> tuple[Span, ...]:
        """Every score that can come of it, in points; beneath zero and beyond the ends nothing is asked."""
        found: list[Span] = []
        for run in self.runs:
            if run.award == GAP and run.stretch.high == 0:
                continue
            if run.award in (GAP, OVERLAP):
                found.append((_ZERO, weight))
            else:
                found += run.award.spans(run.stretch, weight)
        return tuple(dict.fromkeys(found))

    def gaps(self) -> tuple[Interval, ...]:
        """The stretches between two pieces of which the text says nothing."""
        inner = self.runs[1:-1]
        return tuple(run.stretch for run in inner if run.award == GAP)

    def overlaps(self) -> tuple[Interval, ...]:
        """The stretches that two pieces claim with different awards."""
        return tuple(run.stretch for run in self.runs if run.award == OVERLAP)

    def _partition(self) -> Iterator[Piece]:
        ends = sorted(
            {
                end
                for piece in self.pieces
                for end in (piece.stretch.low, piece.stretch.high)
                if end is not None
            }
        )
        cells: list[tuple[Decimal | None, Decimal | None]] = []
        borders: list[Decimal | None] = [None, *ends, None]
        for low, high in pairwise(borders):
            cells.append((low, high))
            if high is not None:
                cells.append((high, high))
        merged: list[Piece] = []
        for low, high in cells:
            point = low is not None and low == high
            if not point and self.integral and low is not None and high is not None and low // 1 + 1 >= high:
                continue  # no whole number lies between
            award = self._at(low) if point and low is not None else self._between(low, high)
            stretch = Interval(low, high, 3 if point else 0, 3 if point else 0)
            if merged and merged[-1].award == award:
                stretch = Interval(
                    merged[-1].stretch.low, high, merged[-1].stretch.low_rank, stretch.high_rank
                )
                merged[-1] = Piece(stretch, award)
            else:
                merged.append(Piece(stretch, award))
        if self.integral:
            merged = [
                Piece(
                    Interval(
                        run.stretch.low,
                        above.stretch.low if above else None,
                        run.stretch.low_rank,
                        0 if above and above.stretch.low_rank else 3 if above else 0,
                    ),
                    run.award,
                )
                for run, above in zip(merged, [*merged[1:], None], strict=True)
            ]
        yield from merged

    def _at(self, value: Decimal) -> Award:
        ranked = [(rank, piece) for piece in self.pieces if (rank := piece.stretch.rank(value)) is not None]
        single = [piece.award for _, piece in ranked if piece.stretch.low == piece.stretch.high]
        if single:  # an end named for itself ("100%得满分") stands out of the stretch that it lies in
            return single[0]
        inside = [piece for rank, piece in ranked if rank == _MIDST]
        at_end = [(rank, piece) for rank, piece in ranked if rank != _MIDST]
        if inside and at_end:
            return _decided([piece for _, piece in ranked])
        if inside:
            return _decided(inside)
        return max(at_end, key=lambda pair: pair[0])[1].award if at_end else self.otherwise or GAP

    def _between(self, low: Decimal | None, high: Decimal | None) -> Award:
        found = [piece for piece in self.pieces if piece.stretch.spans(low, high)]
        return _decided(found) if found else self.otherwise or GAP


def _decided(pieces: list[Piece]) -> Award:
    """What holds where several pieces lie over each other: of 90%以上 and 80%以上 the narrower, else nobody knows."""
    if len({piece.award for piece in pieces}) == 1:
        return pieces[0].award
    if all(piece.stretch.high is None and piece.stretch.low is not None for piece in pieces):
        return max(pieces, key=lambda piece: piece.stretch.low or _ZERO).award
    if all(piece.stretch.low is None and piece.stretch.high is not None for piece in pieces):
        return min(pieces, key=lambda piece: piece.stretch.high or _ZERO).award
    return OVERLAP


GAP = Unsaid(_ZERO, _ONE, True, "gap")
"""Nothing is said of these values."""
OVERLAP = Unsaid(_ZERO, _ONE, True, "overlap")
"""Two different awards are said of these values."""
