"""Family 10, several parts: "1.市州个数/3*2分; 2.区县个数/6*2分", each at most its own points."""

from __future__ import annotations

from decimal import Decimal

from perfxl.form.figures import plain as number_text
from perfxl.scoring.standards.conditions import cases
from perfxl.scoring.standards.curve import Curve, Interval, Line, Piece
from perfxl.scoring.standards.ratio import formulas
from perfxl.scoring.standards.standard import (
    Family,
    Measure,
    Measured,
    Misfit,
    Reading,
    Standard,
    Term,
    possible_of,
)
from perfxl.scoring.standards.wording import harmless


def read(reading: Reading) -> Standard | None:
    """Read two or more quotients, each times points of its own; None where the text is no such sum."""
    found = formulas(reading)
    if len(found) < 2 or any(formula.points is None for formula in found):
        return None
    rest = ""
    end = 0
    for formula in found:
        rest += reading.text[end : formula.start] + ";"
        end = formula.end
    rest += reading.text[end:]
    if cases(rest) or not all(harmless(clause) for clause in rest.split(";")):
        return None
    terms = []
    total = Decimal(0)
    for number, formula in enumerate(found):
        points = formula.points or Decimal(0)
        line = Line(Decimal(0), Decimal(0), points, points)
        own = formula.measured
        part = number if own.kind is Measured.ACTUAL else None
        measured = Measure(own.kind, own.divisor, own.unit, own.label, part)
        terms.append(Term(measured, Curve((Piece(Interval(), line),))))
        total += points
    misfits: tuple[Misfit, ...] = ()
    if total != reading.weight:
        why = f"各部分合计 {number_text(total)} 分，分值是 {number_text(reading.weight)} 分"
        misfits = (Misfit(why, number_text(reading.weight), number_text(total)),)
    return Standard(
        Family.PARTS, reading.weight, possible_of(terms, reading.weight), tuple(terms), misfits=misfits
    )
