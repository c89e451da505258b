"""The one rounding of the program: half up, away from zero, as Excel's ROUND and every finance office do."""

from __future__ import annotations

from decimal import MAX_PREC, ROUND_HALF_UP, Context, Decimal

# As many digits as the number has: 1E+308, which a cell may hold, is rounded to two decimals as well.
_CONTEXT = Context(prec=MAX_PREC, rounding=ROUND_HALF_UP)


def round_half_up(value: Decimal, digits: int) -> Decimal:
    """Return `value` rounded to `digits` decimals (negative: tens, hundreds), ties away from zero."""
    return value.quantize(Decimal(1).scaleb(-digits), context=_CONTEXT)
