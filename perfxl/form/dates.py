"""Dates, deadlines and periods as people write them: 2020-12-31前, 9月前, 2021年底, 12月底前完成, 1-12月."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from perfxl.form.value_types import Date, Period
from perfxl.form.written import HAN

_YEAR = r"(?:19|20)[0-9]{2}"
_MONTH = r"(?:1[0-2]|0?[1-9])"
_DAY = r"(?:3[01]|[12][0-9]|0?[1-9])"
_PART = r"初|中旬|中|下旬|上旬|底|末"
_CLOCK = r"(?: [0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?"
_BODIES = (
    # 2020-12-31, 2020/12/31 00:00:00, 2020.12.31
    rf"(?P<year>{_YEAR})(?P<sign>[-/.])(?P<month>{_MONTH})(?P=sign)(?P<day>{_DAY})(?![0-9]){_CLOCK}日?",
    # 2020-12, 2020/12
    rf"(?P<year>{_YEAR})[-/](?P<month>{_MONTH})(?![0-9-/])月?(?P<part>{_PART})?份?",
    # 2021年12月31日, 12月底, 12月, 12月份, 2021年12月中旬
    rf"(?:(?P<year>{_YEAR}) ?年 ?|[当本今]年)?(?P<month>{_MONTH}) ?月"
    rf"(?:(?P<day>{_DAY}) ?[日号]|份?(?P<part>{_PART})?)",
    # 2021年, 2021年底, 年底, 2021年上半年, 第三季度
    rf"(?:(?P<year>{_YEAR}) ?(?:年度?|(?=[前底]))|[当本今]年)?"
    r"(?P<part>年?[底末初]|年中|[上下]半年|第?[一二三四1-4]季度)?末?",
    # 12.31前, 12-31前: only a deadline makes a month and a day of it
    rf"(?P<month>{_MONTH})[-.](?P<day>{_DAY})(?![0-9])日?(?=之?前)",
)
_RELATIONS = {"之前": "前", "以前": "前", "之内": "内", "以内": "内", "之后": "后", "以后": "后"}
_QUARTERS = {"一": "1", "二": "2", "三": "3", "四": "4"}
_DATE_WORD = re.compile(r"[年月前底末初季半/.-]")
_DEADLINE_BEFORE = ("不晚于", "不迟于", "≤")


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(map(re.compile, _BODIES))


@cache
def _lead() -> re.Pattern[str]:
    return re.compile(r"(?:截[至止][到至]?|不[晚迟]于|[于在到至≤])? ?")


@cache
def _tail() -> re.Pattern[str]:
    # A note that begins like a comparison or a negation says more than a date does.
    return re.compile(
        r"(?P<relation>[之以]?前|[之以]?内|[之以]?后)?"
        rf"(?P<note>(?![不未高低大小多少超优较比同逐与和至到]){HAN}{{0,8}}|[,;。(].*)",
        re.DOTALL,
    )


@cache
def _months() -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?P<year>{_YEAR}) ?年)?(?P<first>{_MONTH})月?份? ?[-~至到] ?(?P<last>{_MONTH})月份?"
        rf"(?P<note>底|{HAN}{{0,8}})"
    )


@cache
def _years() -> re.Pattern[str]:
    return re.compile(rf"(?P<first>{_YEAR})年?度? ?[-~至到] ?(?P<last>{_YEAR})年度?(?P<note>{HAN}{{0,8}})")


@cache
def _months_of_years() -> re.Pattern[str]:
    # 2021.1-2021.12: one such number alone may as well be an amount.
    return re.compile(rf"({_YEAR})\.({_MONTH}) ?[-~至到] ?({_YEAR})\.({_MONTH})")


@cache
def _two_dates() -> re.Pattern[str]:
    return re.compile(r"(.{4,16}?) ?(?:至|到|~|-) ?(.{4,24})")


def read(text: str) -> Date | Period | None:
    """Return the date or period that a tidy text is, whole, or None. Impossible days (13月, 32日) are none."""
    if _DATE_WORD.search(text) is None:
        return None
    return _date(text) or _period(text)


def _date(text: str) -> Date | None:
    start = _lead().match(text)
    begin = start.end() if start is not None else 0
    for pattern in _patterns():
        body = pattern.match(text, begin)
        if body is None or body.end() == begin:
            continue
        tail = _tail().fullmatch(text, body.end())
        if tail is None:
            continue
        found = body.groupdict()
        relation = tail["relation"] or ""
        if not relation and text.startswith(_DEADLINE_BEFORE):
            relation = "前"
        date = Date(
            year=_whole(found.get("year")),
            month=_whole(found.get("month")),
            day=_whole(found.get("day")),
            part=_part(found.get("part")),
            relation=_RELATIONS.get(relation, relation),
            note=tail["note"],
        )
        # "底" and "年" alone name no time.
        return (
            None
            if date.year is None and date.month is None and (found.get("part") or "") in _NO_TIME
            else date
        )
    return None


_NO_TIME = frozenset({"", "底", "末", "初"})


def _period(text: str) -> Period | None:
    match = _months().fullmatch(text)
    if match is not None and int(match["first"]) < int(match["last"]):
        year = _whole(match["year"])
        part, note = ("底", "") if match["note"] == "底" else ("", match["note"])
        return Period(Date(year, int(match["first"])), Date(year, int(match["last"]), part=part, note=note))
    match = _years().fullmatch(text)
    if match is not None and match["first"] < match["last"]:
        return Period(Date(int(match["first"])), Date(int(match["last"]), note=match["note"]))
    match = _months_of_years().fullmatch(text)
    if match is not None:
        return Period(Date(int(match[1]), int(match[2])), Date(int(match[3]), int(match[4])))
    match = _two_dates().fullmatch(text)
    if match is not None and any(sign in match[1] for sign in "年月-/."):
        start, end = _date(match[1]), _date(match[2])
        if start is not None and end is not None and not (start.note or start.relation):
            return Period(start, end)
    return None


def _whole(digits: str | None) -> int | None:
    return int(digits) if digits else None


def _part(text: str | None) -> str:
    if not text:
        return ""
    if text.endswith("季度"):
        quarter = text.removeprefix("第").removesuffix("季度")
        return f"第{_QUARTERS.get(quarter, quarter)}季度"
    short = text.removeprefix("年")
    return "底" if short == "末" else short


_DAY_ZERO = 25569
"""The serial number of 1970-01-01 in a workbook's usual calendar, which counts from 1900."""
_FIRST, _LAST = 36526, 73050  # 2000 to 2099: another number with a date's format is rather a slip


def of_serial(number: Decimal, number_format: str) -> Date | None:
    """Return the date that a number cell shows, as far as its format shows it (yyyy年m月 has no day); else None."""
    from datetime import date, timedelta  # few forms have dates as numbers

    code = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", number_format.split(";")[0]).lower()
    if not _FIRST <= number <= _LAST or "y" not in code:
        return None
    day = date(1970, 1, 1) + timedelta(days=int(number) - _DAY_ZERO)
    if "m" not in code:
        return Date(day.year)
    return Date(day.year, day.month, day.day if "d" in code else None)
