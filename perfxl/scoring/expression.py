"""One tree for one computed figure: the same tree gives the exact value and the Excel formula.

A score is never computed twice. `value()` works in exact fractions, so that no order of operations
can push a tie off its half; `formula()` writes English function names that Excel 2007 and every
later Excel, WPS and LibreOffice know. Whatever Excel does with blank cells, with numbers typed as
text and with words is done here too, because only then can value and formula not disagree.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal
from enum import Enum
from fractions import Fraction
from math import ceil, floor
from typing import ClassVar

from perfxl.form.figures import plain
from perfxl.record import Record
from perfxl.rounding import round_half_up
from perfxl.scoring.numerals import Numeral, numeral
from perfxl.workbook.grid import address, position, quoted

_EXACT = Context(prec=60, rounding=ROUND_HALF_EVEN)

_ADDING, _MULTIPLYING, _ATOM = range(3)
"""How tightly a formula holds together, loosest first."""


class FormulaError(ArithmeticError):
    """The formula yields an Excel error value (#DIV/0!, #VALUE!); IFERROR catches it."""


class ValueUnknown(Exception):
    """The value cannot be known from the file: a cell's formula has no stored result and cannot be read here."""


class Trouble(Enum):
    """What a cell holds when it holds no value that can be used."""

    ERROR = "an error value such as #DIV/0!"
    UNKNOWN = "a formula whose result is not stored"


class Expression(Record):
    """A node. Nodes are immutable and compare by content; `+ - * /` build new ones."""

    binding: ClassVar[int] = _ATOM

    def exact(self) -> Fraction:
        """Return the exact value; raises FormulaError where Excel shows an error, ValueUnknown where nobody knows."""
        raise NotImplementedError

    def formula(self) -> str:
        """Return the Excel formula, without the leading "="."""
        raise NotImplementedError

    def children(self) -> Iterable[Expression]:
        """Return the nodes directly below this one."""
        return ()

    def value(self) -> Decimal:
        """Return the value as a Decimal (60 digits where the fraction does not end); raises like `exact`."""
        exact = self.exact()
        return _EXACT.divide(Decimal(exact.numerator), Decimal(exact.denominator))

    def references(self) -> tuple[str, ...]:
        """Return the addresses of the cells of its own sheet that the formula rests on, each once, in order."""
        return tuple(dict.fromkeys(node.address for node in self.sources() if node.sheet is None))

    def sources(self) -> Iterator[Reference]:
        """Yield every reference to a cell, of its own sheet or another, in order of appearance."""
        return (node for node in self._walk() if isinstance(node, Reference))

    def _walk(self) -> Iterator[Expression]:
        yield self
        for child in self.children():
            yield from child._walk()

    def _inside(self, binding: int) -> str:
        """The formula as an operand of an operator that binds at `binding`."""
        text = self.formula()
        return f"({text})" if self.binding < binding else text

    def __add__(self, other: Expression) -> Addition:
        return Addition(self, other)

    def __sub__(self, other: Expression) -> Difference:
        return Difference(self, other)

    def __mul__(self, other: Expression) -> Product:
        return Product(self, other)

    def __truediv__(self, other: Expression) -> Quotient:
        return Quotient(self, other)


class Constant(Expression):
    """A number of the method or of a standard, printed plainly: 0.9, never 90%."""

    number: Decimal

    def exact(self) -> Fraction:
        return Fraction(self.number)

    def formula(self) -> str:
        return plain(self.number)

    def _inside(self, binding: int) -> str:
        return f"({self.formula()})" if self.number < 0 else self.formula()


class Reference(Expression):
    """A cell of the form with what it holds now, or will hold once the plan is carried out.

    A blank counts as 0. Text that is a number to a reader ("194.19", "100%", "10分") is turned into one
    by VALUE and, where needed, SUBSTITUTE; other text is #VALUE! in a calculation and is passed over by SUM.
    """

    address: str
    content: Decimal | str | Trouble | None = None
    sheet: str | None = None
    """The sheet, where it is another one than that of the formula."""

    @property
    def place(self) -> str:
        """The address as a formula writes it: F12, or '项目表'!F12 for a cell of another sheet."""
        return self.address if self.sheet is None else f"{quoted(self.sheet)}!{self.address}"

    @property
    def numeral(self) -> Numeral | None:
        """How the text of the cell becomes a number, or None if it holds no text or no number."""
        return numeral(self.content) if isinstance(self.content, str) else None

    @property
    def counts(self) -> bool:
        """Whether MIN, MAX and SUM take the cell into account: a blank and a word are passed over."""
        return self.content is not None and (not isinstance(self.content, str) or self.numeral is not None)

    def exact(self) -> Fraction:
        match self.content:
            case None:
                return Fraction(0)
            case Decimal():
                return Fraction(self.content)
            case Trouble.UNKNOWN:
                raise ValueUnknown(self.address)
            case Trouble.ERROR:
                raise FormulaError(self.address)
            case _:
                reading = self.numeral
                if reading is None:
                    raise FormulaError(self.address)
                return Fraction(reading.value)

    def formula(self) -> str:
        reading = self.numeral
        return reading.formula(self.place) if reading else self.place


class Excerpt(Expression):
    """The figure in the midst of a cell's text: VALUE(MID(F12,3,2)) of "约 40 家". `start` counts from 1."""

    source: Reference
    start: int
    length: int

    def children(self) -> Iterable[Expression]:
        return (self.source,)

    def exact(self) -> Fraction:
        content = self.source.content
        if not isinstance(content, str):
            return self.source.exact()
        reading = numeral(content[self.start - 1 : self.start - 1 + self.length])
        if reading is None or reading.replacements or reading.control:
            raise FormulaError(self.source.address)
        return Fraction(reading.value)

    def formula(self) -> str:
        return f"VALUE(MID({self.source.place},{self.start},{self.length}))"


class Words(Expression):
    """A text in quotes: something to compare a cell with, never a number."""

    text: str

    def exact(self) -> Fraction:
        raise ValueUnknown(self.text)

    def formula(self) -> str:
        return '"' + self.text.replace('"', '""') + '"'


class _Joined(Expression):
    """Two operands and a sign between them."""

    left: Expression
    right: Expression

    sign: ClassVar[str]
    regroups: ClassVar[bool] = False
    """Whether a right operand that binds equally may stand without brackets."""

    def children(self) -> Iterable[Expression]:
        return (self.left, self.right)

    def formula(self) -> str:
        right = self.binding if self.regroups else self.binding + 1
        return self.left._inside(self.binding) + self.sign + self.right._inside(right)


class Addition(_Joined):
    """left + right."""

    binding = _ADDING
    sign = "+"
    regroups = True

    def exact(self) -> Fraction:
        return self.left.exact() + self.right.exact()


class Difference(_Joined):
    """left - right."""

    binding = _ADDING
    sign = "-"

    def exact(self) -> Fraction:
        return self.left.exact() - self.right.exact()


class Product(_Joined):
    """left * right."""

    binding = _MULTIPLYING
    sign = "*"
    regroups = True

    def exact(self) -> Fraction:
        return self.left.exact() * self.right.exact()


class Quotient(_Joined):
    """left / right; a zero or blank divisor is Excel's #DIV/0!."""

    binding = _MULTIPLYING
    sign = "/"

    def exact(self) -> Fraction:
        dividend, divisor = self.left.exact(), self.right.exact()
        if not divisor:
            raise FormulaError(self.formula())
        return dividend / divisor


class _Gathered(Expression):
    """A function over several arguments that passes over blanks and words in the cells it is given."""

    arguments: tuple[Expression, ...]

    name: ClassVar[str]

    def children(self) -> Iterable[Expression]:
        return self.arguments

    def exact(self) -> Fraction:
        taken = [
            argument.exact()
            for argument in self.arguments
            if not isinstance(argument, Reference) or argument.counts
        ]
        return self._of(taken) if taken else Fraction(0)

    def _of(self, taken: Sequence[Fraction]) -> Fraction:
        """The result over what is taken into account, which is something."""
        raise NotImplementedError

    def formula(self) -> str:
        return f"{self.name}({','.join(argument.formula() for argument in self.arguments)})"


class Sum(_Gathered):
    """SUM. `silent` are cells known to hold nothing (covered by a merge), over which a range may run."""

    silent: frozenset[str] = frozenset()

    name = "SUM"

    def _of(self, taken: Sequence[Fraction]) -> Fraction:
        return sum(taken, Fraction(0))

    def formula(self) -> str:
        return f"SUM({','.join(_ranges(self.arguments, self.silent))})"


class Count(_Gathered):
    """COUNT over cells: how many hold a number. A number typed as text is none, as in Excel."""

    name = "COUNT"

    def exact(self) -> Fraction:
        found = 0
        for argument in self.arguments:
            if not isinstance(argument, Reference):
                raise ValueUnknown(self.formula())
            if argument.content is Trouble.UNKNOWN:
                raise ValueUnknown(argument.address)
            found += isinstance(argument.content, Decimal)
        return Fraction(found)

    def formula(self) -> str:
        return f"COUNT({','.join(_ranges(self.arguments, frozenset()))})"


class Minimum(_Gathered):
    """MIN; of nothing but blanks it is 0, as in Excel."""

    name = "MIN"

    def _of(self, taken: Sequence[Fraction]) -> Fraction:
        return min(taken)


class Maximum(_Gathered):
    """MAX; of nothing but blanks it is 0, as in Excel."""

    name = "MAX"

    def _of(self, taken: Sequence[Fraction]) -> Fraction:
        return max(taken)


class Round(Expression):
    """ROUND: half up, away from zero, to `digits` decimals."""

    argument: Expression
    digits: int

    def children(self) -> Iterable[Expression]:
        return (self.argument,)

    def exact(self) -> Fraction:
        # A tie is a decimal that ends, so nothing is lost by turning the fraction into a Decimal first.
        return Fraction(round_half_up(self.argument.value(), self.digits))

    def formula(self) -> str:
        return f"ROUND({self.argument.formula()},{self.digits})"


class RoundUp(Expression):
    """ROUNDUP: away from zero to `digits` decimals, so that a part of a step counts as a whole one."""

    argument: Expression
    digits: int

    def children(self) -> Iterable[Expression]:
        return (self.argument,)

    def exact(self) -> Fraction:
        scaled = self.argument.exact() * Fraction(10) ** self.digits
        whole = ceil(scaled) if scaled > 0 else floor(scaled)
        return whole / Fraction(10) ** self.digits

    def formula(self) -> str:
        return f"ROUNDUP({self.argument.formula()},{self.digits})"


_COMPARISONS: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}


class Comparison(Record):
    """left sign right, the condition of an `If`; `sign` is one of < <= > >= = <>.

    A cell may be compared with words, for equality alone: IF(F12="正常",4,0).
    """

    left: Expression
    sign: str
    right: Expression

    def holds(self) -> bool:
        """Return whether the condition is true; raises like `Expression.exact`.

        A word measured against a number is "greater" in Excel, which no standard means: the value is unknown then.
        """
        if self._of_words:
            if self.sign not in ("=", "<>"):
                raise ValueUnknown(self.formula())
            return (_words(self.left) == _words(self.right)) == (self.sign == "=")
        for side in (self.left, self.right):
            if isinstance(side, Reference) and isinstance(side.content, str) and side.numeral is None:
                raise ValueUnknown(side.address)
        return _COMPARISONS[self.sign](self.left.exact(), self.right.exact())

    @property
    def _of_words(self) -> bool:
        return isinstance(self.left, Words) or isinstance(self.right, Words)

    def formula(self) -> str:
        """Return the condition as Excel writes it."""
        left, right = (
            side.place if self._of_words and isinstance(side, Reference) else side.formula()
            for side in (self.left, self.right)
        )
        return left + self.sign + right


def _words(side: Expression) -> str:
    """What a side of a comparison holds as text, the way Excel compares: capitals count as small letters."""
    if isinstance(side, Words):
        return side.text.casefold()
    if isinstance(side, Reference) and not isinstance(side.content, Trouble):
        if isinstance(side.content, str):
            return side.content.casefold()
        # A number never equals a text, but a blank cell equals "".
        return "" if side.content is None else "\0"
    if isinstance(side, Reference):
        side.exact()
    raise ValueUnknown(side.formula())


class If(Expression):
    """IF(condition, then, otherwise); only the branch taken is evaluated."""

    condition: Comparison
    then: Expression
    otherwise: Expression

    def children(self) -> Iterable[Expression]:
        return (self.condition.left, self.condition.right, self.then, self.otherwise)

    def exact(self) -> Fraction:
        return _handed_on(self.then if self.condition.holds() else self.otherwise)

    def formula(self) -> str:
        return f"IF({self.condition.formula()},{self.then.formula()},{self.otherwise.formula()})"


class IfError(Expression):
    """IFERROR(attempt, instead)."""

    attempt: Expression
    instead: Expression

    def children(self) -> Iterable[Expression]:
        return (self.attempt, self.instead)

    def exact(self) -> Fraction:
        try:
            return _handed_on(self.attempt)
        except FormulaError:
            return _handed_on(self.instead)

    def formula(self) -> str:
        return f"IFERROR({self.attempt.formula()},{self.instead.formula()})"


def branch_taken(tree: Expression) -> Expression:
    """Return what a formula comes down to when IF after IF at its top has chosen; raises like `Expression.exact`."""
    while isinstance(tree, If):
        tree = tree.then if tree.condition.holds() else tree.otherwise
    return tree


def _handed_on(branch: Expression) -> Fraction:
    """The value of a branch of IF or IFERROR.

    A blank cell or a word is handed on as it is, and what becomes of it then differs between programs.
    """
    if isinstance(branch, Reference) and not branch.counts:
        raise ValueUnknown(branch.address)
    return branch.exact()


def constant(number: int | str | Decimal) -> Constant:
    """Return a number as a node; text is read exactly ("0.6")."""
    return Constant(Decimal(number))


def _ranges(arguments: Sequence[Expression], silent: frozenset[str]) -> list[str]:
    """Return the arguments of SUM, neighbouring cells of a column drawn together: G14:G22."""
    free = {
        node.address
        for node in arguments
        if isinstance(node, Reference) and node.numeral is None and node.sheet is None
    }
    printed: list[str] = []
    seen: set[str] = set()
    for argument in arguments:
        if not isinstance(argument, Reference) or argument.numeral is not None or argument.sheet is not None:
            printed.append(argument.formula())
        elif argument.address in free:
            run = _run(argument.address, free, silent)
            free.difference_update(run)
            printed.append(run[0] if len(run) == 1 else f"{run[0]}:{run[-1]}")
        elif argument.address in seen:  # named twice, so it counts twice
            printed.append(argument.address)
        if isinstance(argument, Reference):
            seen.add(argument.address)
    return printed


def _run(start: str, cells: set[str], silent: frozenset[str]) -> list[str]:
    """Return the cells above and below `start` that form one range with it, top to bottom."""
    row, column = position(start)
    found = [start]
    for step in (-1, 1):
        place = row + step
        while (here := address(place, column)) in cells or here in silent:
            if here in cells:
                found.append(here)
            place += step
    return sorted(found, key=position)
