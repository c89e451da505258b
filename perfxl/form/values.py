"""The value grammar: one parser for what people write in target (年度指标值) and actual (实际完成值) cells.

`parse` returns one of the classes of `value_types`; whatever fits none of them stays `Text`. It never
raises, and what it prints it reads back: `parse(str(value)) == value` for every value read from a text.
Words and units are data (`degree_words.toml`, `units.toml`); docs/values.md describes the grammar.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache, lru_cache

from perfxl.form import dates, words
from perfxl.form.amounts import (
    DIGIT,
    NUMBER,
    is_year,
    loose,
    operator_after,
    operator_start,
    quantity,
    several,
    span,
)
from perfxl.form.comparisons import comparison
from perfxl.form.units import BARE, Unit, scaled, take
from perfxl.form.units import unit as unit_named
from perfxl.form.value_types import (
    EXACT,
    Attainment,
    Blank,
    Comparison,
    Date,
    Degree,
    Operator,
    Period,
    Quantity,
    Range,
    Several,
    Strength,
    Text,
    Trend,
    Value,
    YesNo,
)
from perfxl.form.written import HAN, chinese_number, joined, tidy

__all__ = [
    "Attainment",
    "Blank",
    "Comparison",
    "Date",
    "Degree",
    "Operator",
    "Period",
    "Quantity",
    "Range",
    "Several",
    "Strength",
    "Text",
    "Trend",
    "Unit",
    "Value",
    "YesNo",
    "operator_in_name",
    "parse",
    "quantities_in",
    "suspicious_misread",
]

_BLANK = re.compile(r"[-_/\\|.…·*~、。 ]*|[×xX]{2,}")
_BLANK_FIGURE = re.compile(rf"[≥≤><=]*(?:\*{{2,}}|[xX×]{{2,}})(?:{HAN}|[%/A-Za-z]){{0,6}}")
_PER_HUNDRED = re.compile(
    r"(?P<per>[百千])分之(?P<number>[0-9]+(?:\.[0-9]+)?(?![0-9.,])|[零〇一二两三四五六七八九十百]+)"
    r"(?:点(?P<decimals>[零〇一二三四五六七八九]+))?"
)
_WHOLE_HUNDRED = re.compile(r"百分之?百(?!分)")
_DATE_WORD = re.compile(r"年[底末初中]|季度|半年")
_NUMERALS = re.compile(
    r"(?P<number>[零〇一二两三四五六七八九十][零〇一二两三四五六七八九十百千]*)(?P<rest>\D.*)", re.DOTALL
)
_FIGURE = re.compile(r"(?<![0-9.〔第*×xX/-])([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?)(?![0-9.*×xX/-]) ?")
_TIME_MARK = re.compile(r"年度?(?!内)|月(?!份?内)|日|号|季度|时")
_IDIOM = re.compile(rf"24小时|100%(?:达到|达成|完成){HAN}*(?:目标|指标)")
_PHONE = re.compile(r"1[3-9][0-9]{9}")
_LONGEST_PLAIN_FIGURE = 14
_LONGEST_WITHOUTDIGITS = 60
_MOST_DIGITS = 40
_HUNDRED = 2  # a percent format shows the fraction moved by two places


def parse(
    text: str | Decimal | bool | None,
    *,
    unit: str | None = None,
    operator: str | None = None,
    percent: bool = False,
) -> Value:
    """Return what a cell says. Never raises.

    `unit` and `operator` are the texts of columns of their own (度量单位 "%(百分比)", 指标性质 "≧", "正向");
    they hold where the cell itself names none. `percent` says that a numeric cell has a percent format, so
    that 0.95 is 95%. Do not hand the target's operator to the actual value: it would become a condition.
    """
    if isinstance(text, bool):
        return YesNo(text, "是" if text else "否")
    if text is None:
        return Blank()
    if isinstance(text, Decimal):
        value = _of_number(text, percent)
    else:
        value = _of_text(text, unit is None)
    if unit is None and operator is None:
        return value
    return _completed(
        value, unit_named(unit) if unit else None, words.operator_named(operator) if operator else None
    )


def operator_in_name(name: str) -> Operator | None:
    """Return the operator that an indicator's name carries in brackets, "公猪舍(≥**平方米)" -> ≥, or None."""
    match = re.search(r"\( ?([≥≤><=]{1,2})[^()]*\)", tidy(name))
    return words.operator_named(match[1]) if match else None


_NO_BOUND = (Operator.NONE, Operator.EQUAL)
"""A column of operators says "=" where the misread sign left none."""


def suspicious_misread(counterpart: Value, value: Value) -> Quantity | None:
    """Return what a percentage above 200 probably was before "≥" was misread as "2" (≥90% -> 290%), or None.

    `counterpart` is the other value of the row. The reading is offered only where dropping the leading 2 leaves
    50 % to 100 %, and the counterpart is a share of at most 100 % or the same odd figure again.
    """
    if not isinstance(value, Quantity) or value.unit.name != "%" or value.operator not in _NO_BOUND:
        return None
    digits = f"{value.number:f}"
    rest = digits[1:]
    if not digits.startswith("2") or not NUMBER.fullmatch(rest) or not 50 <= Decimal(rest) <= 100:
        return None
    if isinstance(counterpart, Quantity):
        same = counterpart.unit.dimension in (value.unit.dimension, "")
        if not same or (counterpart.number > 100 and counterpart.number != value.number):
            return None
    return value._replace(number=Decimal(rest), operator=Operator.AT_LEAST)


def quantities_in(text: str) -> tuple[Quantity, ...]:
    """Return the figures that a narrative holds, in order, dates and ordinals left out.

    Figures of set phrases (7*24小时, 100%达到年初绩效目标) are none.
    """
    plain = _IDIOM.sub(lambda match: "#" if match[0].startswith("24") else match[0], tidy(text))
    found = []
    for match in _FIGURE.finditer(plain):
        rest = plain[match.end() :]
        if _TIME_MARK.match(rest):
            continue
        taken = take(rest[:20])
        number = Decimal(match[1].replace(",", "")) if len(match[1]) <= 40 else None
        if number is not None:
            found.append(Quantity(number, taken[0] if taken else BARE))
    return tuple(found)


def _of_number(number: Decimal, percent: bool) -> Value:
    if not number.is_finite() or abs(number.adjusted()) > _MOST_DIGITS:
        return Text(str(number))
    if percent:
        number = EXACT.scaleb(number, _HUNDRED)
    if int(number.as_tuple().exponent) > 0:
        number = EXACT.quantize(number, Decimal(1))
    return Quantity(number, _percent() if percent else BARE)


@cache
def _percent() -> Unit:
    return unit_named("%") or BARE


def _completed(value: Value, unit: Unit | None, operator: Operator | None) -> Value:
    """Add what columns of their own say to a value that does not say it itself."""
    if isinstance(value, Several):
        parts = tuple(
            part._replace(unit=scaled(part.unit, unit)) if unit is not None and part.unit.bare else part
            for part in value.parts
        )
        return value._replace(parts=parts)
    if isinstance(value, Range):
        return (
            value._replace(unit=scaled(value.unit, unit)) if unit is not None and value.unit.bare else value
        )
    if isinstance(value, Date) and operator is not None and operator.ceiling and not value.relation:
        return value._replace(relation="前")
    if not isinstance(value, Quantity):
        return value
    if unit is not None and value.unit.bare:
        if unit.name == "年" and is_year(value.number):
            return Date(int(value.number), relation="前" if operator is not None and operator.ceiling else "")
        value = value._replace(unit=scaled(value.unit, unit))
    if operator is not None and value.operator is Operator.NONE:
        value = value._replace(operator=operator)
    return value


@lru_cache(maxsize=8192)
def _of_text(text: str, without_unit: bool) -> Value:
    plain = tidy(text)
    # A line break may part two values or split a word: the first reading keeps it, the second takes it out.
    value = _sure(plain, without_unit)
    if not isinstance(value, Text):
        return value
    whole = joined(plain)
    return value if whole == plain else _sure(whole, without_unit)


def _sure(text: str, without_unit: bool) -> Value:
    """The reading of a tidy text, if it survives its own canonical form; else the text.

    Moving an operator or a unit can make a canonical form that reads differently (1以上以上): such a text is
    too odd to be trusted with arithmetic.
    """
    value = _read(text, without_unit)
    canonical = str(value)
    return value if canonical == text or _read(canonical, without_unit) == value else Text(text)


def _read(text: str, without_unit: bool) -> Value:
    if _BLANK.fullmatch(text) or _BLANK_FIGURE.fullmatch(text):
        return Blank(text)
    answer = _answers().get(text)
    if answer is not None:
        return answer
    spelled = _with_digits(text)
    if DIGIT.search(spelled):
        value = _read_figures(spelled)
        if isinstance(value, Quantity) and without_unit and _code_like(value):
            return Text(text)
        if value is not None:
            return value
    if len(words.split_note(text)[0]) > _LONGEST_WITHOUTDIGITS:
        return Text(text)
    if _DATE_WORD.search(text):
        date = dates.read(text)
        if date is not None:
            return date
    return (
        comparison(text) or words.attainment(text) or words.nothing(text) or words.degree(text) or Text(text)
    )


@cache
def _answers() -> dict[str, Value]:
    table = words.tables()["answers"]
    answers: dict[str, Value] = {word: YesNo(True, word) for word in table["yes"]}
    answers |= {word: YesNo(False, word) for word in table["no"]}
    return answers | {word: Blank(word) for word in table["blank"]}


def _code_like(value: Quantity) -> bool:
    """Whether a bare figure is rather a telephone number or a code than an amount."""
    if not value.unit.bare or value.operator is not Operator.NONE or value.label or value.decimals:
        return False
    digits = f"{value.number:f}"
    return len(digits) > _LONGEST_PLAIN_FIGURE or _PHONE.fullmatch(digits) is not None


def _with_digits(text: str) -> str:
    """Write numerals as digits where they are figures: 百分之九十五 -> 95%, 两次 -> 2次. 一是 and 十四五 stay."""
    if "百分" in text or "千分之" in text:
        text = _WHOLE_HUNDRED.sub("100%", text)
        text = _PER_HUNDRED.sub(_share, text)
    operator = operator_start().match(text)
    start = operator.end() if operator else 0
    match = _NUMERALS.fullmatch(text, start)
    if match is None:
        return text
    number = chinese_number(match["number"])
    taken = take(match["rest"])
    if number is None or taken is None or taken[0].bare:
        return text
    rest = taken[1]
    if rest and not rest.startswith("(") and operator_after(rest) is None:
        return text
    return f"{text[:start]}{number}{match['rest']}"


def _share(match: re.Match[str]) -> str:
    sign = "%" if match["per"] == "百" else "‰"
    whole = match["number"]
    if not DIGIT.match(whole):
        number = chinese_number(whole)
        if number is None:
            return match[0]
        whole = str(number)
    decimals = "".join(str(chinese_number(sign_) or 0) for sign_ in match["decimals"] or "")
    return f"{whole}{'.' if decimals else ''}{decimals}{sign}"


def _read_figures(text: str) -> Value | None:
    found = dates.read(text) or span(text)
    if found is not None:
        return found
    figure = quantity(text)
    compared = comparison(text)
    if compared is not None:
        return compared
    if figure is not None and not loose(figure.note):
        return figure
    return several(text) or figure
