"""What a scoring standard (评分标准) says once it is read: its family, what it measures, what can come of it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from perfxl.form.figures import plain
from perfxl.rounding import round_half_up
from perfxl.scoring.expression import Addition, Expression, Minimum, Round
from perfxl.scoring.standards.curve import Curve, Span


class Family(StrEnum):
    """The ways in which standards form a score."""

    RATIO = "ratio"  # 完成比率法
    STEPS = "steps"  # 分档
    LINEAR = "linear"  # 两端之间按比例
    DEDUCTION = "deduction"  # 每…扣…, 扣完为止
    BANDS = "bands"  # 定性分档
    INTERPOLATED = "interpolated"  # 满分/合格/零分，其他插值
    THREE_VALUES = "three_values"  # 满分/合格/零分
    YES_NO = "yes_no"  # 否则不得分
    CHECKLIST = "checklist"  # ①…(2分)②…(2分)
    PARTS = "parts"  # 分项之和
    PROGRESS = "progress"  # 进度*分值
    PERIODS = "periods"  # 按期
    WEIGHTED = "weighted"  # 得分×权重


FAMILY_NAMES = {
    Family.RATIO: "完成比率法",
    Family.STEPS: "分档计分",
    Family.LINEAR: "两端之间按比例计分",
    Family.DEDUCTION: "扣分制",
    Family.BANDS: "定性分档",
    Family.INTERPOLATED: "满分、合格、零分之间插值",
    Family.THREE_VALUES: "满分、合格、零分三档",
    Family.YES_NO: "是否制",
    Family.CHECKLIST: "逐项给分",
    Family.PARTS: "分项合计",
    Family.PROGRESS: "按进度计分",
    Family.PERIODS: "按期扣分",
    Family.WEIGHTED: "得分乘权重",
}


class Measured(StrEnum):
    """What the value along a curve is."""

    ACTUAL = "actual"  # the row's actual value, in the unit of the standard; a percentage as its fraction
    EXECUTION = "execution"  # B/A of the fund table
    COMPLETION = "completion"  # actual value ÷ target
    SHORTFALL = "shortfall"  # target − actual value
    EXCESS = "excess"  # actual value − target
    JUDGED = "judged"  # a figure that stands in no cell of the form


class Measure(NamedTuple):
    """A measured value: what it is, the number it is divided by, the unit of the standard's own figures.

    `part` counts from 0 which of several figures of a cell is meant ("3个市州、6个县").
    """

    kind: Measured
    divisor: Decimal | None = None
    unit: str = ""
    label: str = ""
    part: int | None = None


class Term(NamedTuple):
    """A measure and how it becomes points."""

    measure: Measure
    curve: Curve


class Choice(NamedTuple):
    """A case told in words and the points it earns; `words` is "" for whatever the other cases are not."""

    words: str
    points: Decimal


class Misfit(NamedTuple):
    """How a standard does not fit its weight or itself. `proven` where plain arithmetic shows it."""

    why: str
    expected: str
    actual: str
    proven: bool = True


class Possible(NamedTuple):
    """The scores that can come of a standard, in points."""

    spans: tuple[Span, ...]

    @property
    def least(self) -> Decimal:
        """The lowest score."""
        return min((low for low, _ in self.spans), default=Decimal(0))

    @property
    def most(self) -> Decimal:
        """The highest score."""
        return max((high for _, high in self.spans), default=Decimal(0))

    @property
    def scores(self) -> tuple[Decimal, ...] | None:
        """The single scores there are, lowest first; None where a whole range is possible."""
        if any(low != high for low, high in self.spans):
            return None
        return tuple(sorted({low for low, _ in self.spans}))

    def holds(self, score: Decimal, digits: int) -> bool:
        """Whether a score can come of it, each possible one rounded to `digits` decimals."""
        return any(
            round_half_up(low, digits) <= score <= round_half_up(high, digits) for low, high in self.spans
        )

    def __str__(self) -> str:
        """The scores in words, highest first: "5、3、0 分", "20、0—18 分"."""
        merged: list[Span] = []
        for low, high in sorted(self.spans):
            if merged and low <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
            else:
                merged.append((low, high))
        if len(merged) > _MOST_NAMED:
            return f"{plain(self.most)}、{plain(merged[-2][1])}……{plain(self.least)} 分"
        shown = (
            plain(low) if low == high else f"{plain(low)}—{plain(high)}" for low, high in reversed(merged)
        )
        return "、".join(shown) + " 分"


_MOST_NAMED = 6


class Standard(NamedTuple):
    """A standard as read, for one weight in points.

    `terms` are the measured parts whose points are added up to at most the weight; a standard without terms rests
    on a person's judgement, then `choices` are its cases where the text names them. `others` are the terms by other
    readings that the same words allow: a score by one of them is no fault. `exact_set` says that no further score
    than the possible ones is thinkable.
    """

    family: Family
    weight: Decimal
    possible: Possible
    terms: tuple[Term, ...] = ()
    choices: tuple[Choice, ...] = ()
    misfits: tuple[Misfit, ...] = ()
    others: tuple[Term, ...] = ()
    exact_set: bool = True

    @property
    def judged(self) -> bool:
        """Whether a person has to judge, because no figure of the form decides."""
        return not self.terms or any(term.measure.kind is Measured.JUDGED for term in self.terms)

    def tree(self, values: Sequence[Expression], weight: Expression, digits: int) -> Expression:
        """The score over the measured values, one for each term, rounded to `digits`."""
        if len(self.terms) == 1:
            return self.terms[0].curve.tree(values[0], weight, digits)
        parts = [
            term.curve.tree(value, weight, _PART_DIGITS)
            for term, value in zip(self.terms, values, strict=True)
        ]
        total = parts[0]
        for part in parts[1:]:
            total = Addition(total, part)
        return Round(Minimum((weight, total)), digits)


_PART_DIGITS = 6


class Reading(NamedTuple):
    """A text to be read and what it is read for.

    `text` is normalised (wording.plain), `description` the row's 指标说明, `name` the indicator's own name, both
    normalised; `weight` in points; `pass_share` the share of the weight that 合格 earns.
    """

    text: str
    weight: Decimal
    name: str = ""
    description: str = ""
    pass_share: Decimal = Decimal("0.6")


def possible_of(terms: Sequence[Term], weight: Decimal) -> Possible:
    """Return the scores that can come of measured terms, at most the weight for all of them together."""
    if len(terms) == 1:
        spans = terms[0].curve.spans(weight)
        return Possible(tuple(dict.fromkeys((min(low, weight), min(high, weight)) for low, high in spans)))
    most = sum((max(high for _, high in term.curve.spans(weight)) for term in terms), Decimal(0))
    return Possible(((Decimal(0), min(weight, most)),))
