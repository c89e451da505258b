"""What sentences are made of: values, names, units, marks, and the closing of an officer's text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from perfxl.form.model import Kind
from perfxl.report.facts import Facts
from perfxl.report.marks import doubt, marks_in, missing
from perfxl.report.phrases import words
from perfxl.report.stated import Doubt, Stated

_ENDS = "。！？…"
_LOOSE_ENDS = "；;，,、：: "
_FIGURE = re.compile(
    r"(?:[≥≤<>≧≦＞＜=＝~～约]=?|不[低少小]于|不超过|不[高多大]于|大于|小于|少于|低于|高于|超过|达到)?\s*[\d.,]+"
)
_SEVERAL = re.compile(r"^各|、")
_ROLLED_UP = re.compile(r"\d+个(?:项目|部门)")
_LIST_ELSEWHERE = re.compile(r"（名单见.*?）$")
"""What a roll-up of several projects calls itself: 3个项目（名单见“单位汇总”）."""
_CHINESE_DIGITS = "零一二三四五六七八九"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def said(stated: Stated | None, what: str) -> str:
    """Return what is stated, or the mark that says `what` is missing."""
    return stated.text if stated is not None and stated.text else missing(what)


def doubted(doubts: Iterable[Doubt]) -> str:
    """Return the marks for faults proven in the form, each with its cell; "" for none."""
    return "".join(doubt(f"{found.message.rstrip('。')}（见{found.cell}单元格）") for found in doubts)


def year(facts: Facts) -> str:
    """The year the money was spent in, without 年度."""
    return said(facts.year, "年度")


def when(facts: Facts) -> str:
    """When a result was reached: "2022年"; "全年" where the form prints no year."""
    return f"{facts.year.text}年" if facts.year is not None and facts.year.text else "全年"


def project(facts: Facts) -> str:
    """The project as a sentence names it: “××”项目; of a department's own form, 部门整体支出."""
    name = project_name(facts)
    if facts.project_name is None or not facts.project_name.text or _ROLLED_UP.search(name):
        return name
    return quoted(name) + ("" if name.endswith("项目") else "项目")


def project_name(facts: Facts) -> str:
    """The project's name alone, as a title needs it."""
    if facts.kind is Kind.DEPARTMENT and facts.project_name is None:
        return "部门整体支出"
    return _LIST_ELSEWHERE.sub("", said(facts.project_name, "项目名称"))


def reporter(facts: Facts) -> str:
    """The unit that reports: the one that carries the project out; where several do, the department above them."""
    several = facts.unit is not None and _SEVERAL.search(facts.unit.text)
    named = (facts.local_department, facts.unit) if several else (facts.unit, facts.local_department)
    for stated in (*named, facts.department):
        if stated is not None and stated.text:
            return stated.text
    return missing("填报单位名称")


def points(stated: Stated | None, what: str) -> str:
    """A weight or score with its unit, or the mark that says `what` is missing."""
    if stated is None or stated.value is None:
        return said(stated, what)
    return f"{stated.text}分"


def paragraphs(stated: Stated | None, what: str) -> list[str]:
    """An officer's text paragraph by paragraph, each closed; the mark where there is none."""
    if stated is None or not stated.text:
        return [missing(what)]
    return [closed(line) for line in stated.text.split("\n")]


def unlabelled(text: str) -> str:
    """A text without the label that an officer printed before it ("存在问题：", "原因是")."""
    return label_before().sub("", text.strip()).strip()


@cache
def label_before() -> re.Pattern[str]:
    """What an officer prints before a cause, a problem or a remedy."""
    return re.compile(
        f"^(?:(?:{'|'.join(words('labels'))})(?:和|及|与)?(?:原因|措施)?[:：]|(?:主要|偏差)?原因(?:主要)?[是为系][:：]?)"
    )


def closed(text: str) -> str:
    """A text with a full stop at its end, unless it has one or ends with a mark."""
    marks = marks_in(text)
    if text.endswith(tuple(_ENDS)) or (marks and marks[-1].end == len(text)):
        return text
    return (text.rstrip(_LOOSE_ENDS) or text) + "。"


def quoted(name: str) -> str:
    """A name in quotation marks; one that has such marks of its own stands without."""
    return name if "“" in name or "”" in name else f"“{name}”"


def value(text: str) -> str:
    """A target or actual value inside a sentence: figures as they are, words in quotation marks."""
    return quoted(text) if is_words(text) else text


def is_words(text: str) -> bool:
    """Whether a value begins with words rather than a figure or a mark."""
    return not _FIGURE.match(text) and not text.startswith("【")


def chinese(number: int) -> str:
    """A number up to 99 as Chinese outlines write it: 1 -> 一, 12 -> 十二, 20 -> 二十."""
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else f"{_CHINESE_DIGITS[tens]}十"
    return head + (_CHINESE_DIGITS[ones] if ones or not tens else "")


def circled(number: int) -> str:
    """A number in a circle, ① to ⑳; beyond them in brackets."""
    return _CIRCLED[number - 1] if number <= len(_CIRCLED) else f"（{number}）"
