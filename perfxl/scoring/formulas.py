"""Reading the formulas a person wrote into a form, as far as they are of the kinds that forms use.

A cell's stored result may be missing (the workbook was made by a program) or overtaken by what the plan
writes. The formula is then read into the same tree that computed scores are made of, and evaluated.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from perfxl.scoring.expression import (
    Addition,
    Comparison,
    Constant,
    Count,
    Difference,
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
    Words,
    constant,
)
from perfxl.workbook.grid import address, position

_CELL = re.compile(r"\$?[A-Za-z]{1,3}\$?[1-9]\d{0,6}")
_LARGEST_RANGE = 2000
_LONGEST_FORMULA = 8192
_COMPARING = frozenset(["<", "<=", ">", ">=", "=", "<>"])


class Unreadable(Exception):
    """The formula uses something that is not read here."""


def read_formula(formula: str, cell: Callable[[str], Reference]) -> Expression:
    """Return the tree of a formula (without its "="); `cell` gives the reference for an address.

    Read are + - * / %, comparisons inside IF, SUM, COUNT, MIN, MAX, ROUND, ROUNDUP, IF, IFERROR, and VALUE over
    SUBSTITUTE, MID and CLEAN. Raises Unreadable on everything else: other sheets, names, arrays, other functions.
    """
    if len(formula) > _LONGEST_FORMULA:
        raise Unreadable(formula[:40])
    return _Parser(formula, cell).whole()


class _Parser:
    def __init__(self, formula: str, cell: Callable[[str], Reference]) -> None:
        self._tokens = _tokens(formula)
        self._at = 0
        self._cell = cell
        self._functions: dict[str, Callable[[], Expression]] = {
            "SUM": lambda: Sum(self._arguments()),
            "COUNT": lambda: Count(self._arguments()),
            "MIN": lambda: Minimum(self._arguments()),
            "MAX": lambda: Maximum(self._arguments()),
            "ROUND": lambda: Round(*self._rounded()),
            "ROUNDUP": lambda: RoundUp(*self._rounded()),
            "IF": self._if,
            "IFERROR": lambda: IfError(self._sum(), self._after(",", self._sum)),
            "VALUE": self._number_of_text,
        }

    def whole(self) -> Expression:
        tree = self._sum()
        if self._at < len(self._tokens):
            raise Unreadable(self._next())
        return tree

    def _peek(self) -> str:
        return self._tokens[self._at][1] if self._at < len(self._tokens) else ""

    def _kind(self) -> str:
        return self._tokens[self._at][0] if self._at < len(self._tokens) else ""

    def _next(self) -> str:
        if self._at >= len(self._tokens):
            raise Unreadable("end of formula")
        self._at += 1
        return self._tokens[self._at - 1][1]

    def _expect(self, sign: str) -> None:
        if self._next() != sign:
            raise Unreadable(sign)

    def _after(self, sign: str, read: Callable[[], Expression]) -> Expression:
        self._expect(sign)
        return read()

    def _sum(self) -> Expression:
        tree = self._product()
        while self._peek() in ("+", "-"):
            joined = Addition if self._next() == "+" else Difference
            tree = joined(tree, self._product())
        return tree

    def _product(self) -> Expression:
        tree = self._signed()
        while self._peek() in ("*", "/"):
            joined = Product if self._next() == "*" else Quotient
            tree = joined(tree, self._signed())
        return tree

    def _signed(self) -> Expression:
        if self._peek() == "-":
            self._next()
            return Product(constant(-1), self._signed())
        if self._peek() == "+":
            self._next()
            return self._signed()
        tree = self._operand()
        while self._peek() == "%":
            self._next()
            tree = Quotient(tree, constant(100))
        return tree

    def _operand(self) -> Expression:
        kind, word = self._kind(), self._next()
        if kind == "number":
            return Constant(Decimal(word))
        if kind == "text":
            return Words(_unquoted(word))
        if kind == "cell":
            if self._peek() == ":":
                raise Unreadable("a range outside a function")
            return self._cell(_bare(word))
        if word == "(":
            tree = self._sum()
            self._expect(")")
            return tree
        function = self._functions.get(word.upper()) if kind == "name" else None
        if function is None:
            raise Unreadable(word)
        self._expect("(")
        tree = function()
        self._expect(")")
        return tree

    def _arguments(self) -> tuple[Expression, ...]:
        """The arguments of a function that takes ranges, every range spread into its cells."""
        found: list[Expression] = []
        while True:
            if self._kind() == "cell" and self._colon_follows():
                first = _bare(self._next())
                self._expect(":")
                found += [self._cell(place) for place in _spread(first, _bare(self._next()))]
            else:
                found.append(self._sum())
            if self._peek() != ",":
                return tuple(found)
            self._next()

    def _colon_follows(self) -> bool:
        return self._tokens[self._at + 1 : self._at + 2] == [("sign", ":")]

    def _rounded(self) -> tuple[Expression, int]:
        argument = self._sum()
        self._expect(",")
        negative = self._peek() == "-"
        if negative:
            self._next()
        digits = self._next()
        if not digits.isdigit():
            raise Unreadable("ROUND to a computed number of digits")
        return argument, -int(digits) if negative else int(digits)

    def _if(self) -> Expression:
        left = self._sum()
        sign = self._next()
        if sign not in _COMPARING:
            raise Unreadable("IF without a comparison")
        condition = Comparison(left, sign, self._sum())
        return If(condition, self._after(",", self._sum), self._after(",", self._sum))

    def _number_of_text(self) -> Expression:
        """VALUE of a cell, perhaps through SUBSTITUTE and CLEAN: a reference that finds what then stands there."""
        source, text = self._text()
        return Reference(source.address, text) if isinstance(text, str) else source

    def _text(self) -> tuple[Reference, str | None]:
        """A cell and the text that is left of it; None where it holds no text, which VALUE leaves as it is."""
        kind, word = self._kind(), self._next()
        if kind == "cell":
            source = self._cell(_bare(word))
            return source, source.content if isinstance(source.content, str) else None
        if word.upper() not in ("CLEAN", "SUBSTITUTE", "MID"):
            raise Unreadable(word)
        self._expect("(")
        source, text = self._text()
        if word.upper() == "CLEAN":
            text = None if text is None else "".join(sign for sign in text if ord(sign) >= 32)
        elif word.upper() == "MID":
            start, length = (self._whole_after_comma() for _ in range(2))
            text = None if text is None else text[start - 1 : start - 1 + length]
        else:
            old, new = (self._quoted_after_comma() for _ in range(2))
            text = None if text is None else text.replace(old, new) if old else text
        self._expect(")")
        return source, text

    def _whole_after_comma(self) -> int:
        self._expect(",")
        word = self._next()
        if not word.isdigit() or word == "0":
            raise Unreadable(word)
        return int(word)

    def _quoted_after_comma(self) -> str:
        self._expect(",")
        word = self._next()
        if not word.startswith('"'):
            raise Unreadable(word)
        return _unquoted(word)


def _tokens(formula: str) -> list[tuple[str, str]]:
    """The formula cut into numbers, cells, function names, texts and signs, by openpyxl's tokenizer."""
    from openpyxl.formula import Tokenizer
    from openpyxl.formula.tokenizer import TokenizerError

    try:
        items = Tokenizer(f"={formula}").items
    except (TokenizerError, IndexError) as error:  # IndexError: a bracket closed that was never opened
        raise Unreadable(formula[:40]) from error
    found: list[tuple[str, str]] = []
    for token in items:
        if token.type == "WHITE-SPACE":
            continue
        if token.type == "FUNC" and token.subtype == "OPEN":
            found += [("name", token.value[:-1]), ("sign", "(")]
        elif token.type != "OPERAND":
            found.append(("sign", token.value))
        elif token.subtype == "RANGE":
            found += _cells(token.value)
        elif token.subtype in ("NUMBER", "TEXT"):
            found.append((token.subtype.lower(), token.value))
        else:
            raise Unreadable(token.value)
    return found


def _cells(area: str) -> list[tuple[str, str]]:
    corners = area.split(":")
    if len(corners) > 2 or not all(_CELL.fullmatch(corner) for corner in corners):
        raise Unreadable(area)
    found = [("cell", corners[0])]
    return [*found, ("sign", ":"), ("cell", corners[1])] if len(corners) == 2 else found


def _bare(cell_address: str) -> str:
    return cell_address.replace("$", "").upper()


def _unquoted(word: str) -> str:
    return word[1:-1].replace('""', '"')


def _spread(first: str, last: str) -> list[str]:
    (top, left), (bottom, right) = position(first), position(last)
    rows = range(min(top, bottom), max(top, bottom) + 1)
    columns = range(min(left, right), max(left, right) + 1)
    if len(rows) * len(columns) > _LARGEST_RANGE:
        raise Unreadable(f"{first}:{last}")
    return [address(row, column) for row in rows for column in columns]
