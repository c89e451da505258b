"""## 问题

模板里的提示或占位符号没有删掉、没有替换：`……`、`**`、`____`、“好坏”“优良中低差”（应当写出是哪一个）、
“（填写…）”“请填写”，只有“指标1：”而没有名称的行，以及表上没有分值、得分列而指标名称里还印着“（55 分）”。

## 依据

各地自评表模板的填表说明要求删除示例和提示后填报；带着占位符号的表在审核时会被退回。

## 例子

错例 B2、C3：模板的 ** 没有换成数字，“好坏”没有选出是哪一个

| 一级指标 | 三级指标 | 实际完成值 | 指标值 |
| 产出指标 | 公猪舍（≥**平方米） | 22.8平方米 | 22.8平方米 |
| 效益指标 | 养殖环境 | 好坏 | 好 |

正例 B2=公猪舍（≥22平方米）；C3=好：换成实际内容

## 改法

换成实际内容；没有用到的行删去或清空。
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

from perfxl.form.labels import role, squeeze
from perfxl.form.model import Entry, Form
from perfxl.rules.finding import Finding, Rule, Severity
from perfxl.rules.marks import label_points
from perfxl.rules.reading import bare_ordinal, ellipsis, unfilled
from perfxl.settings.parameters import Settings

RULE = Rule("PX103", "模板的提示或占位符号没有替换", Severity.WARNING, "各地自评表模板的填表说明")


_ORDINAL = re.compile(r"(?:指标|目标)\d+")


class _Words(NamedTuple):
    scales: frozenset[str]
    choices: frozenset[str]
    parts: re.Pattern[str]


def check(form: Form, settings: Settings) -> Iterator[Finding]:
    """Find what a template prints and nobody replaced; nothing on a form that nobody filled at all."""
    if unfilled(form):
        return
    seen: set[str] = set()
    answers = {row.actual.address for row in form.indicators if row.actual is not None}
    for entry, subject in _texts(form):
        leftover = _leftover(entry, is_answer=entry.address in answers)
        if leftover is None or entry.address in seen:
            continue
        seen.add(entry.address)
        yield RULE.finding(
            form,
            entry,
            subject=subject,
            message=f"模板里的“{leftover}”没有替换。",
            expected="实际内容",
            actual=entry.text,
            fix=f"把 {entry.address} 换成实际内容；没有用到的行清空。",
        )
    yield from _label_points(form)


def _texts(form: Form) -> Iterator[tuple[Entry, str]]:
    """The entries in which a placeholder is a fault; masked names and telephone numbers stand elsewhere."""
    for label, entry in form.header.items():
        if role("header", label) in ("project_name", "department", "unit"):
            yield entry, label
    for fund in form.funds:
        yield fund.label, fund.subject
    for goal in (form.goals.target, form.goals.actual):
        if goal is not None:
            yield goal, "年度总体目标"
    for row in form.indicators:
        for level in (row.level1, row.level2, row.level3):
            if level is not None:
                yield level, row.subject
        for value in (row.target, row.actual, row.reason):
            if value is not None:
                yield value, row.subject
    yield from _prompts_below(form)
    for project in form.projects:
        subject = squeeze(project.name.text) if project.name is not None else ""
        for value in (project.name, project.goal, project.actual):
            if value is not None:
                yield value, subject


def _prompts_below(form: Form) -> Iterator[tuple[Entry, str]]:
    """Fields under the tables that still hold their prompt; notes on how to fill in the form stay as they are."""
    for label, entry in form.footer.items():
        if squeeze(entry.text).startswith("请在此处"):
            yield entry, label


def _leftover(entry: Entry, *, is_answer: bool) -> str | None:
    """The leftover in an entry, or None. `is_answer` says that the entry is an actual value."""
    if not isinstance(entry.value, str):
        return None
    lines = [line.strip() for line in entry.text.splitlines() if line.strip()]
    for line, following in zip_longest(lines, lines[1:], fillvalue=""):
        # "目标1：" may be the heading of what stands on the next line.
        headed = bool(following) and not _ordinal_begins(following) and not ellipsis(following)
        dotted = line.endswith(("…", "..", "。。"))
        if ellipsis(line) or (bare_ordinal(line) and (dotted or not headed)):
            return line
    text, words = squeeze(entry.text), _words()
    if text in words.scales or (is_answer and text in words.choices):
        return text
    match = words.parts.search(text)
    return match[0].replace("...", "…") if match else None


def _ordinal_begins(line: str) -> bool:
    return _ORDINAL.match(squeeze(line)) is not None


def _label_points(form: Form) -> Iterator[Finding]:
    """Points printed in the names of groups on a form that has no weights and no scores."""
    if form.indicator_columns.keys() & {"weight", "score", "weighted_score"}:
        return
    seen: set[str] = set()
    for row in form.indicators:
        for level in (row.level1, row.level2):
            if level is None or squeeze(level.text) in seen:
                continue
            seen.add(squeeze(level.text))
            found = label_points(level.text)
            if found is None or found.unit != "分":
                continue
            yield RULE.finding(
                form,
                level,
                subject=squeeze(level.text),
                message=f"“{squeeze(level.text)}”印着分值，表上却没有分值和得分列。",
                expected="名称里没有分值，或表上有分值列",
                actual=squeeze(level.text),
                fix="这张表不计分的，删去名称里的分值；计分的，补上分值和得分列。",
            )


@lru_cache(maxsize=1)
def _words() -> _Words:
    table = tomllib.loads(Path(__file__).with_name("leftovers.toml").read_text(encoding="utf-8"))
    parts = table["prompts"] + table["blanks"]
    return _Words(frozenset(table["scales"]), frozenset(table["choices"]), re.compile("|".join(parts)))
