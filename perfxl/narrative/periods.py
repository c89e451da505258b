"""The period that words name: the report's own year, another year, or some part of one.

A period is "" for the whole own year, else what the words call it, or "other" for another year.
"""

from __future__ import annotations

import re

from perfxl.narrative.vocabulary import pattern

_PART_OF_YEAR = re.compile(
    r"(?:([0-9]{4})年)?(?:第?([一二三四1-4])季度|([0-9]{1,2})月(?:[0-9]{1,2}日|底|末|份)?|上半年)"
)
_YEAR = re.compile(r"([0-9]{4})年")
_OTHER_YEAR = re.compile(
    r"上年度?(?!结转|结余|滚存|预算安排)|去年|以前年度(?!结转)|次年|下一?年|明年|[“\"]十[三四]五[”\"]?期间"
)
_COMPARISON = re.compile(r"(?:[比较同与]|相比)(?:[0-9]{4}年度?|上年度?|去年|以前年度)[^,;。]*")
_OPENING = re.compile(
    r"(?:截[止至]到?)?(?:[0-9]{4}年)?(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日|末|底)?(?:[,;]|以?前[,;])"
)


def period_before(text: str, year: int | None) -> str:
    """The period that a text named last, comparisons with another year aside; "" for the own year."""
    for clause in reversed(re.split("[,;。]", text)):
        period = period_of(without_comparisons(clause), year)
        if period is not None:
            return period
    return ""


def without_comparisons(text: str) -> str:
    """A text without what it says of another year that it only compares with: 比上年增加5个."""
    return _COMPARISON.sub("", text)


def opening_period(sentence: str, year: int | None) -> str:
    """The period that a sentence names before its first stop, which holds until another is named; "" for its own."""
    opening = _OPENING.match(sentence)
    return (period_of(opening[0], year) or "") if opening is not None else ""


def period_of(clause: str, year: int | None) -> str | None:
    """The period that the words before a figure name: "" for the whole own year, None where they name none."""
    if _OTHER_YEAR.search(clause):
        return "other"
    some_days = pattern("periods").search(clause)
    if some_days is not None:
        return some_days[0]
    parts = list(_PART_OF_YEAR.finditer(clause))
    part = parts[-1] if parts else None
    named = None
    if part is not None:
        last = part[3] is not None and int(part[3]) == 12
        named = "" if last else part[0].removeprefix(f"{year}年")
    years = {int(found) for found in _YEAR.findall(clause)}
    if years and year is not None and year not in years:
        # 截止2023年3月 of a report on 2022 is another period, whatever the month.
        return "other"
    if named is not None:
        return named
    return "" if years or re.search(r"年[末底]|(?<!占)全年|[本今]年|当年", clause) else None
