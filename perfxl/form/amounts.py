"""Figures in target and actual values: quantities, ranges, several in one cell.

A figure is read from its digits outward: the head before it (label, operator, sign), the tail behind it
(unit, operator, note). Input is tidy text (`written.tidy`).
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from perfxl.form import words
from perfxl.form.units import BARE, Unit, scaled, take, take_open, unscaled
from perfxl.form.units import unit as unit_named
from perfxl.form.value_types import EXACT, Operator, Quantity, Range, Several
from perfxl.form.written import HAN, tidy

DIGIT = re.compile(r"[0-9]")
NUMBER = re.compile(
    r"(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+(?![0-9])|0|[1-9][0-9]{0,23})(?:\.[0-9]{1,20})?(?![0-9])"
)
NOUN = re.compile(
    rf"(?!(?:完成|达到|达成|实现).|及?以(?:上|下|内)|或以|(?:内|外)$|前|后|左右|上下){HAN}{{1,6}}"
)
LABEL_STOP = re.compile(
    r"^(?:未|尚未|还差|还有|缺|剩|除|因(?!病)|由于|如|若|第|达成|距)|(?:第|〔|\(|\[|号|分之|No|不|未|没有?|不得|不能|不应|不会)$"
)
_LABEL = re.compile(rf"(?:{HAN}|[A-Za-z\"'&+() ]|[“”《》·]){{1,30}}")
_HAN = re.compile(HAN)
_WITH_FIGURE_ITSELF = re.compile(r"^ ?\((?:包?含|含本数)\)$")
_PUNCTUATION_NOTE = re.compile(rf"[,;。](?![0-9])| (?=\(|{HAN})")
_CONDITION_NOTE = re.compile(rf"[≥≤><=]{HAN}[^0-9]*")
_UNIT_IN_BRACKETS = re.compile(r" ?\(([^()0-9]{1,6})\)")
_MORE_THAN = re.compile(rf"(?P<scale>[十百千万亿]*)(?:余|多)(?={HAN})")
_REMARK = re.compile(r"\([^()]*\)")
_RANGE_SIGN = re.compile(r" ?(?:~|-{1,2}|至|到) ?")
_INCLUSION = re.compile(r" ?\((?P<no>不)?(?:包?含)(?P<figure>[0-9.]*)[^()]{0,4}\)")
_ITEM = re.compile(r"(?:^|(?<=[;,。 ]))([1-9][.、](?![0-9])|\([1-9]\))|([①-⑳])")
_THOUSANDS = re.compile(r"(?<=[0-9]),[0-9]{3}(?![0-9])")
_SEPARATOR = re.compile(r"[()、;, ]|且")
_FIGURE_SAID = re.compile(r"[0-9] ?[^0-9 ]+$")
NUMBER_DIGITS = 24
_LONGEST_LIST = 400
_CLAUSE_ENDS = ("", "(", ",", ";", "。", " ")
_PART_OF_FORMER = ("其中", "含", "包括", "包含")
_HOLDS_RANGE = ("控制在", "严格控制在", "约")


class _Head(NamedTuple):
    """What stands before a figure."""

    label: str
    operator: Operator
    negative: bool
    money: bool = False


class _Tail(NamedTuple):
    """What stands behind a figure."""

    unit: Unit
    operator: Operator
    note: str


def quantity(text: str) -> Quantity | None:
    """Return the figure that a tidy text is, with label and note, or None."""
    start = DIGIT.search(text)
    if start is None:
        return None
    head = _head(text[: start.start()])
    number = NUMBER.match(text, start.start())
    if head is None or number is None:
        return None
    tail = _tail(text[number.end() :], money=head.money)
    if tail is None:
        return None
    operator = head.operator
    if tail.operator is not Operator.NONE:
        if operator is Operator.NONE:
            operator = tail.operator
        elif not _agree(operator, tail.operator):
            return None
    if head.label and tail.unit.bare and operator is Operator.NONE:
        return None  # 项目2, 附件1: a name, not a figure
    if head.label and not tail.unit.known:
        return None
    if head.label.startswith("每") and tail.unit.family == "time":
        return None  # 每月10日 is a day, not ten days
    amount = _number(number, head.negative)
    if tail.unit.name == "年" and operator is Operator.NONE and is_year(amount):
        return None
    return Quantity(amount, tail.unit, operator, head.label, tail.note)


def loose(note: str) -> bool:
    """Whether a note is more than a noun or a remark in brackets, so that it may hold another figure."""
    return note.startswith((",", ";", " ")) or (note.startswith("(") and _REMARK.fullmatch(note) is None)


def is_year(number: Decimal) -> bool:
    """Whether a number can be a calendar year."""
    return 1900 <= number <= 2100 and number == number.to_integral()


def _agree(one: Operator, other: Operator) -> bool:
    return one is other or (one.floor and other.floor) or (one.ceiling and other.ceiling)


def _head(text: str) -> _Head | None:
    rest = text.rstrip()
    if not rest:
        return _Head("", Operator.NONE, False)
    money = rest.endswith("¥")
    rest = rest.removesuffix("¥").rstrip()
    negative = rest.endswith(("-", "负"))
    if negative:
        rest = rest[:-1].rstrip()
    operator = Operator.NONE
    match = _operator_end().search(rest)
    if match is not None and not rest[: match.start()].endswith(_inside_words().get(match[0], ())):
        operator = _signs_before()[match[0]]
        rest = rest[: match.start()].rstrip()
    label = rest.removesuffix(":").rstrip()
    if label:
        if negative and operator is Operator.NONE:
            return None
        if _LABEL.fullmatch(label) is None or LABEL_STOP.search(label) or not _HAN.search(label):
            return None
        if label.count("(") != label.count(")"):
            return None
    return _Head(label, operator, negative, money)


def _tail(text: str, *, money: bool = False) -> _Tail | None:
    rest = text.lstrip()
    operator = Operator.NONE
    more = _MORE_THAN.match(rest)
    if more is not None:
        operator = Operator.MORE
        rest = more["scale"] + rest[more.end() :]
    unit, rest = _unit_at(rest)
    if unit is BARE and operator is Operator.NONE:
        rest = text  # the blank before a note is part of it
    bracketed = _UNIT_IN_BRACKETS.fullmatch(rest) if unit.bare else None
    named = take(bracketed[1]) if bracketed is not None else None
    if named is not None and not named[1] and not named[0].bare:  # 5(个), 10万(人)
        unit, rest = scaled(unit, named[0]), ""
    if money and unit.bare:
        unit = scaled(unit, unit_named("元") or BARE)
    included = operator_after(rest)
    if included is not None:
        if operator is not Operator.NONE:
            return None
        operator, rest = included
    if not rest:
        return _Tail(unit, operator, "")
    rest = _WITH_FIGURE_ITSELF.sub("", rest)
    if rest.startswith(("(", " (")):
        return None if operator_after(rest) is not None else _Tail(unit, operator, rest.lstrip())
    if not rest or (_PUNCTUATION_NOTE.match(rest) and not (unit is BARE and rest.startswith(" "))):
        return _Tail(unit, operator, rest)
    if not unit.known or unit.bare:
        return None
    if _CONDITION_NOTE.fullmatch(rest):  # 284658人≥参保扩面下达的任务目标
        return _Tail(unit, operator, rest)
    if included is None:
        between = _operator_within(rest)
        if between is not None and unit.family != "time":  # 3个以上项目, but not 60岁以上老人
            operator, rest = between
    return _Tail(unit, operator, rest) if NOUN.fullmatch(rest) else None


def _unit_at(text: str) -> tuple[Unit, str]:
    taken = take(text)
    # A scale word before a noun of no list is none: 5万寿菊.
    if taken is not None and not (taken[0].bare and take_open(taken[1]) is not None):
        return taken
    if taken is None:
        after = _operator_word().search(text)
        noun = text if after is None else text[: after.start()]
        opened = take_open(noun)
        # An operator may stand only behind the whole noun: 5站点以上.
        if opened is not None and (
            after is None or (not opened[1] and operator_after(text[after.start() :]))
        ):
            return opened[0], text[len(opened[0].name) :]
    return BARE, text


@cache
def _signs_before() -> dict[str, Operator]:
    table = words.tables()["operators"]["before"]
    return {word: Operator(sign) for sign, names in table.items() for word in names}


@cache
def _signs_after() -> dict[str, Operator]:
    table = words.tables()["operators"]["after"]
    return {word: Operator(sign) for sign, names in table.items() for word in names}


@cache
def _inside_words() -> dict[str, tuple[str, ...]]:
    return {word: tuple(before) for word, before in words.tables()["operators"]["inside_words"].items()}


@cache
def _operator_end() -> re.Pattern[str]:
    return re.compile(rf"(?:{words.any_of(_signs_before())})$")


@cache
def operator_start() -> re.Pattern[str]:
    """A regular expression for an operator at the start of a text."""
    return re.compile(words.any_of(_signs_before()))


@cache
def _operator_word() -> re.Pattern[str]:
    return re.compile(words.any_of(_signs_after()))


def operator_after(text: str) -> tuple[Operator, str] | None:
    """Return the operator with which what is said of a figure ends (以上, 以内), and the rest, or None.

    内 is one only at the end of a clause: 5个内设机构 has none.
    """
    match = _operator_word().match(text.removeprefix(" "))
    if match is None:
        return None
    rest = text.removeprefix(" ")[match.end() :]
    return (_signs_after()[match[0]], rest) if rest[:1] in _CLAUSE_ENDS else None


def _operator_within(text: str) -> tuple[Operator, str] | None:
    """The operator between a unit and the noun it counts, and the noun: 3个以上项目."""
    match = _operator_word().match(text)
    if match is None or text[match.end() :].startswith(("完成", "办结", "有")):
        return None
    return _signs_after()[match[0]], text[match.end() :]


def span(text: str) -> Range | None:
    """Return the range that a tidy text is (6-9个月, 90%-95%, 100±5毫米), or None."""
    if "±" in text:
        return _plus_minus(text)
    start = DIGIT.search(text)
    if start is None:
        return None
    low = NUMBER.match(text, start.start())
    if low is None:
        return None
    low_unit, rest = _unit_at(text[low.end() :].lstrip())
    mark = _INCLUSION.match(rest)
    if mark is not None:
        rest = rest[mark.end() :]
    sign = _RANGE_SIGN.match(rest)
    if sign is None:
        return None
    rest = rest[sign.end() :]
    high = NUMBER.match(rest)
    if high is None:
        return None
    head = _head(text[: start.start()])
    if head is None or (head.operator is not Operator.NONE and not text.startswith(_HOLDS_RANGE)):
        return None
    high_unit, rest = _unit_at(rest[high.end() :].lstrip())
    mark_of_high = _INCLUSION.match(rest)
    if mark_of_high is not None:
        rest = rest[mark_of_high.end() :]
    note = _range_note(rest, high_unit)
    ends = _same_unit(_number(low, head.negative), low_unit, _number(high), high_unit)
    if note is None or ends is None or ends[0] == ends[1]:
        return None
    first, second, unit = ends
    includes = {first: True, second: True}
    for found, own in ((mark, first), (mark_of_high, second)):
        if found is not None and found["no"]:
            figure = found["figure"]
            named = Decimal(figure) if NUMBER.fullmatch(figure) else own
            includes[named if named in includes else own] = False
    lower, upper = sorted((first, second))
    return Range(lower, upper, unit, includes[lower], includes[upper], head.label, note)


def _number(match: re.Match[str], negative: bool = False) -> Decimal:
    number = Decimal(match[0].replace(",", ""))
    return number.copy_negate() if negative else number


def _same_unit(
    low: Decimal, low_unit: Unit, high: Decimal, high_unit: Unit
) -> tuple[Decimal, Decimal, Unit] | None:
    """Both ends in one unit: 5万-10万元 and 6-9个月; None where they measure different things."""
    if high_unit == low_unit or low_unit is BARE:
        return low, high, high_unit
    if high_unit is BARE:
        return low, high, low_unit
    if low_unit.bare:  # the scale word of 5千-1万人
        low_unit = scaled(low_unit, unscaled(high_unit))
    if low_unit.dimension != high_unit.dimension:
        return None
    base = EXACT.multiply(low, low_unit.factor)
    converted = EXACT.divide(base, high_unit.factor)
    # Only a factor of ten leaves both ends exact: 5千-1万人, but not 20天-3周.
    if (
        len(converted.as_tuple().digits) > NUMBER_DIGITS
        or EXACT.multiply(converted, high_unit.factor) != base
    ):
        return None
    return converted, high, high_unit


def _range_note(rest: str, unit: Unit) -> str | None:
    after = operator_after(rest)
    if after is not None and not after[0].floor:
        rest = after[1]  # 3-5天内 sets the same two ends
    if (
        not rest
        or rest.startswith("(")
        or (_PUNCTUATION_NOTE.match(rest) and not (unit is BARE and rest[0] == " "))
    ):
        return rest
    return rest if unit.known and not unit.bare and NOUN.fullmatch(rest) else None


def _plus_minus(text: str) -> Range | None:
    before, _, after = text.partition("±")
    after = after.lstrip()
    spread = NUMBER.match(after)
    tail = _tail(after[spread.end() :]) if spread is not None else None
    if spread is None or tail is None or tail.operator.floor or tail.operator is Operator.ABOUT:
        return None
    by = _number(spread)
    if not by:
        return None
    if DIGIT.search(before):
        middle = quantity(before.rstrip())
        if middle is None or middle.operator is not Operator.NONE or middle.note:
            return None
        if middle.unit not in (BARE, tail.unit):
            return None
        low, high = EXACT.subtract(middle.number, by), EXACT.add(middle.number, by)
        return Range(low, high, tail.unit, label=middle.label, note=tail.note)
    head = _head(before)
    if head is None or head.negative or head.operator is not Operator.NONE:
        return None
    return Range(by.copy_negate(), by, tail.unit, label=head.label, note=tail.note)


def several(text: str) -> Several | Range | None:
    """Return the figures that a tidy text lists, or the range that two bounds make (≥80%,<90%), or None."""
    if len(text) > _LONGEST_LIST:
        return None
    pieces = _numbered(text) or _pieces(text)
    if len(pieces) < 2:
        return None
    parts: list[Quantity | Range] = []
    note = ""
    for place, (sign, piece) in enumerate(pieces):
        part = None if note else _part(piece)
        if part is not None:
            parts.append(part)
        elif DIGIT.search(piece) or not piece or place < 2:
            return None
        else:
            note += sign + piece
    if len(parts) < 2:
        return None
    if not note and len(parts) == 2:
        between = _between(parts[0], parts[1])
        if between is not None:
            return between
    return Several(tuple(parts), note)


def _part(piece: str) -> Quantity | Range | None:
    ranged = span(piece)
    if ranged is not None:
        return ranged if ranged.label or not ranged.unit.bare else None
    if piece.startswith(_PART_OF_FORMER):
        return None
    # 并 joins two bounds of one figure: ≥80%,并<90%.
    figure = quantity(piece.removeprefix("并且").removeprefix("并"))
    if figure is None or (figure.unit.bare and figure.operator is Operator.NONE and not figure.label):
        return None
    if loose(figure.note):
        return None
    if figure.note and not figure.note.startswith("("):
        # 3个市州 in a row of counts names its part behind the figure: 市州3个.
        head = None if figure.label else _head(figure.note)
        if head is None or head.label != figure.note:
            return None
        return figure._replace(label=figure.note, note="")
    return figure


def _numbered(text: str) -> list[tuple[str, str]] | None:
    """The items of a numbered list, 1.宣传3次;2.培训5次, without their numbers; None where it is no list."""
    marks = list(_ITEM.finditer(text))
    if (
        len(marks) < 2
        or marks[0].start()
        or [mark.lastindex for mark in marks] != [marks[0].lastindex] * len(marks)
    ):
        return None
    starts = [mark.end() for mark in marks]
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    return [("", tidy(text[start:end])) for start, end in zip(starts, ends, strict=True)]


def _between(one: Quantity | Range, other: Quantity | Range) -> Range | None:
    """The range that two bounds of one figure make: ≥80%,<90%."""
    if isinstance(one, Range) or isinstance(other, Range) or other.label or one.note or other.note:
        return None
    lower, upper = (one, other) if one.operator.floor else (other, one)
    if not (lower.operator.floor and upper.operator.ceiling and lower.unit == upper.unit):
        return None
    if lower.number >= upper.number:
        return None
    return Range(
        lower.number,
        upper.number,
        lower.unit,
        not lower.operator.strict,
        not upper.operator.strict,
        one.label,
    )


def _pieces(text: str) -> list[tuple[str, str]]:
    """The clauses of a text with the sign before each.

    Signs inside brackets and between thousands part nothing; a blank parts only where a figure with its unit
    stands before it (医疗机构≥40% 病种≥70%, but not 政策文件 31 件).
    """
    pieces: list[tuple[str, str]] = []
    depth, start, sign = 0, 0, ""
    for match in _SEPARATOR.finditer(text):
        found, at = match[0], match.start()
        if found in "()":
            depth = max(0, depth + (1 if found == "(" else -1))
            continue
        piece = text[start:at].strip()
        if (
            depth
            or (found == "," and _THOUSANDS.match(text, at))
            or (found == " " and not _FIGURE_SAID.search(piece))
        ):
            continue
        if piece or found != " ":
            pieces.append((sign, piece))
            start, sign = match.end(), found
    pieces.append((sign, text[start:].strip()))
    return pieces
