"""Formula text: the references it makes, and its translation to another cell. No formula is evaluated here."""

from __future__ import annotations

import re
from typing import NamedTuple

from perfxl.workbook.grid import Area, Position, column_letters
from perfxl.workbook.limits import LIMITS

LONGEST_FORMULA = 8_192

_TOKEN = re.compile(
    r"""
      (?P<text>"(?:[^"]|"")*+")
    | (?P<error>\#[A-Z0-9/]+[!?]?)
    | (?P<bracket>\[(?:'.|[^\[\]']|\[(?:'.|[^\[\]'])*+\])*+\])
    | (?P<quoted>'(?:[^']|'')*+'!)
    | (?P<area>\$?[A-Z]{1,3}\$?[0-9]{1,7}(?![\w.\\?(!])
             | \$?[A-Z]{1,3}:\$?[A-Z]{1,3}(?![\w.\\?(!:$])
             | \$?[0-9]{1,7}:\$?[0-9]{1,7}(?![\w.\\?(!:$]))
    | (?P<prefix>[\w\\][\w.\\?]*(?::[\w\\][\w.\\?]*)?!)
    | (?P<function>[^\W\d][\w.]*\()
    | (?P<name>(?:[^\W\d]|\\)[\w.\\?]*)
    | (?P<number>[0-9.][\w.]*)
    | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_CORNER = re.compile(r"(\$?)([A-Z]{0,3})(\$?)([0-9]*)", re.IGNORECASE)
_VOLATILE_REFERENCES = frozenset({"INDIRECT(", "OFFSET("})
_CONSTANTS = frozenset({"TRUE", "FALSE"})


class Reference(NamedTuple):
    """A rectangle that a formula reads; `sheet` is None for the formula's own sheet."""

    sheet: str | None
    area: Area


class References(NamedTuple):
    """What a formula reads. `open_ended` where the text alone cannot tell (defined names, INDIRECT, OFFSET, tables)."""

    areas: tuple[Reference, ...]
    open_ended: bool


def translate(formula: str, source: Position, target: Position) -> str:
    """Return the formula of `source` as it reads when filled to `target`; absolute parts stay, as in a shared formula.

    A reference that would leave the sheet becomes #REF!. What no spreadsheet program writes (more than 8,192
    characters, hundreds of brackets) comes back as it is.
    """
    if source == target or not _is_sane(formula):
        return formula
    down, right = target[0] - source[0], target[1] - source[1]

    def moved(match: re.Match[str]) -> str:
        text = match.group()
        if match.lastgroup != "area":
            return text
        corners = [_moved_corner(corner, down, right) for corner in text.split(":")]
        return "#REF!" if None in corners else ":".join(corner for corner in corners if corner)

    return _TOKEN.sub(moved, formula)


def _is_sane(formula: str) -> bool:
    # Each bracket or quote that is never closed costs a look at the rest of the text.
    return len(formula) <= LONGEST_FORMULA and formula.count("[") <= 100 and formula.count("'") <= 400


def _moved_corner(corner: str, down: int, right: int) -> str | None:
    fixed_column, letters, fixed_row, digits = _split_corner(corner)
    if letters and not fixed_column:
        column = _column_number(letters) + right
        if not 1 <= column <= LIMITS.columns:
            return None
        letters = column_letters(column)
    if digits and not fixed_row:
        row = int(digits) + down
        if not 1 <= row <= LIMITS.rows:
            return None
        digits = str(row)
    return f"{fixed_column}{letters}{fixed_row}{digits}"


def _split_corner(corner: str) -> tuple[str, str, str, str]:
    match = _CORNER.fullmatch(corner)
    assert match is not None  # the token pattern admits nothing else
    fixed_column, letters, fixed_row, digits = match.groups()
    # "$5" alone: the sign belongs to the row.
    return (
        (fixed_column, letters, fixed_row, digits) if letters else ("", "", fixed_column or fixed_row, digits)
    )


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def references(formula: str) -> References:
    """Return every rectangle that a formula names, and whether it may read others besides."""
    if not _is_sane(formula):
        return References((), True)
    found: list[Reference] = []
    sheet: str | None = None
    elsewhere = False  # the prefix names another workbook
    open_ended = False
    tokens = list(_TOKEN.finditer(formula))
    at = 0
    while at < len(tokens):
        kind, text = tokens[at].lastgroup, tokens[at].group()
        if kind in ("quoted", "prefix"):
            sheet, elsewhere, spans = _sheet_of(
                text, after_bracket=at > 0 and tokens[at - 1].lastgroup == "bracket"
            )
            open_ended |= spans
        elif kind == "area":
            following = [token.group() for token in tokens[at + 1 : at + 3]]
            last = text
            if len(following) == 2 and following[0] == ":" and tokens[at + 2].lastgroup == "area":
                last = following[1]
                at += 2
            if not elsewhere:
                found.append(Reference(sheet, _rectangle(text, last)))
            sheet, elsewhere = None, False
        else:
            sheet, elsewhere = None, False
            if kind == "function":
                open_ended |= text.upper() in _VOLATILE_REFERENCES
            elif kind == "name":
                open_ended |= text.upper() not in _CONSTANTS
            elif kind == "bracket":
                # "[2]Sheet1!A1" is another workbook; anything else in brackets is a table's column.
                open_ended |= at + 1 == len(tokens) or tokens[at + 1].lastgroup != "prefix"
            elif text == ":":
                open_ended = True  # a range between things that are not both plain references
        at += 1
    return References(tuple(found), open_ended)


def _sheet_of(prefix: str, after_bracket: bool) -> tuple[str | None, bool, bool]:
    """Return the sheet a prefix names, whether it lies in another workbook, whether it spans several sheets."""
    name = prefix[:-1]
    if name.startswith("'"):
        name = name[1:-1].replace("''", "'")
    if after_bracket or "[" in name:
        return None, True, False
    return name, False, ":" in name


def _rectangle(first: str, last: str) -> Area:
    rows: list[int] = []
    columns: list[int] = []
    for corner in (*first.split(":"), *last.split(":")):
        _, letters, _, digits = _split_corner(corner)
        if letters:
            columns.append(_column_number(letters))
        if digits:
            rows.append(int(digits))
    rows = rows or [1, LIMITS.rows]
    columns = columns or [1, LIMITS.columns]
    return Area(min(rows), min(columns), max(rows), max(columns))
