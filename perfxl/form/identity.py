"""What a form is: its year, its kind, and the unit of its amounts."""

from __future__ import annotations

import re
from collections.abc import Iterable

from perfxl.form import labels
from perfxl.form.fields import Field
from perfxl.form.fund_cells import FundTable
from perfxl.form.heads import Head
from perfxl.form.model import Entry, Kind
from perfxl.form.page import Page

_YEAR = re.compile(r"(20\d\d)\s*(?:年度|年(?!\d{1,2}月)|$)")
_YEAR_LINE = re.compile(r"\(?(?:评价|自评|预算)?(?:年度[::])?20\d\d年?度?\)?")
_CHINESE_YEAR = re.compile(r"二[〇○零]([〇○零一二三四五六七八九])([〇○零一二三四五六七八九])年")
_CHINESE_DIGITS = {digit: str(index) for index, digit in enumerate("〇一二三四五六七八九")} | {
    "○": "0",
    "零": "0",
}
_MONEY_UNIT = re.compile(r"(万元|亿元|千元|元)\)?$")
MONEY_UNITS = ("万元", "元", "亿元", "千元")
_IN_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")


def year_in(text: str) -> int | None:
    squeezed = labels.squeeze(text)
    match = _YEAR.search(squeezed)
    if match:
        return int(match[1])
    spelled = _CHINESE_YEAR.search(squeezed)
    return int("20" + "".join(_CHINESE_DIGITS[digit] for digit in spelled.groups())) if spelled else None


def find_year(page: Page, title: Entry | None, header: Iterable[Field], top: int, head: Head) -> int | None:
    """The year the form is about: by its title, a field 年度, the lines under the title, or the label of a column."""
    if title is not None and (year := year_in(title.text)):
        return year
    line = find_year_line(page, title, head.top)
    if line is not None and (year := year_in(line.text.strip("()（） "))):
        return year
    for field in header:
        if field.role == "year" and (year := year_in(field.entry.text) or _bare_year(field.entry.text)):
            return year
    first = title.cell.row if title is not None else top
    for row in page.filled_rows(top, min(first + 4, head.top - 1)):
        for block in page.begun(row):
            if len(block.text) <= 16 and (year := year_in(block.text.strip("()（）"))):
                return year
    for column in head.columns.values():
        if column.role in ("score", "actual", "target", "executed") and (year := year_in(column.label.text)):
            return year
    return None


def find_year_line(page: Page, title: Entry | None, before: int) -> Entry | None:
    """The line under the title that holds nothing but the year: （2022年度）; None where there is none."""
    if title is None:
        return None
    for row in page.filled_rows(title.cell.row + 1, min(title.cell.row + 2, before - 1)):
        blocks = list(page.begun(row))
        if len(blocks) == 1 and _YEAR_LINE.fullmatch(labels.squeeze(blocks[0].text)):
            return blocks[0].entry
    return None


def _bare_year(text: str) -> int | None:
    return int(text) if re.fullmatch(r"20\d\d", text) else None


def find_kind(title: Entry | None, header: Iterable[Field], head: Head, funds: FundTable) -> Kind:
    name = labels.squeeze(title.text) if title is not None else ""
    by_labels = [
        Kind(role) for field in header if (role := labels.search("kind_by_label", labels.squeeze(field.key)))
    ]
    if Kind.TRANSFER in by_labels:
        return Kind.TRANSFER
    by_title = labels.search("kind_by_title", name)
    if by_title and by_title != Kind.PROJECT_LIST:
        return Kind(by_title)
    if "standard" in head.columns and "actual" not in head.columns and not funds.rows:
        return Kind.SCORESHEET
    return next(
        (kind for kind in by_labels if kind is Kind.PROJECT), by_labels[0] if by_labels else Kind.UNKNOWN
    )


def find_money_unit(page: Page, top: int, bottom: int, header: Iterable[Field]) -> str | None:
    """The unit of the amounts, from a field 金额单位 or from brackets after a label ("项目资金（万元）")."""
    for field in header:
        if field.role in ("money_unit", "unit", "department") and field.entry.text in MONEY_UNITS:
            return field.entry.text
    for row in page.filled_rows(top, bottom):
        for block in page.begun(row):
            if not block.is_words or len(block.text) > 40:
                continue
            pair = labels.in_cell_pair(labels.squeeze(block.text))
            if pair and labels.role("header", pair[0]) == "money_unit" and pair[1] in MONEY_UNITS:
                return pair[1]
            brackets = _IN_BRACKETS.findall(labels.squeeze(block.text)) or _IN_BRACKETS.findall(block.text)
            for inside in brackets:
                if match := _MONEY_UNIT.search(labels.squeeze(inside)):
                    return match[1]
    return None
