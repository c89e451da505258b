"""## 问题

填的等级与得分不符。

优 90（含）以上，良 80（含）–90，中 60（含）–80，差 60 以下；写“优秀、良好、合格、基本合格、不合格”的按五档或四档。
一个词在几种分档里都有的，只要有一种分档给得出这个等级就不报。

## 依据

项目支出绩效评价结果等级划分（财预〔2020〕10号）；地方五档见各地自评报告。

## 例子

错例 D2：88 分应当是“良”

| 项目名称 | 政务数据平台建设 | 主管部门 | 甲市大数据局 |
| 自评得分 | 88 | 自评等级 | 优 |
| 一级指标 | 三级指标 | 指标值 | 实际完成值 | 分值 | 得分 |
| 产出指标 | 接入部门数 | ≥20个 | 22个 | 60 | 60 |
| 效益指标 | 数据共享水平 | 明显提升 | 接口调用量增长两成 | 40 | 28 |
| 总分 | < | < | < | 100 | 88 |

正例 D2=良：按得分改正等级

## 改法

按得分改正等级，或者核对得分。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from perfxl.form.figures import plain
from perfxl.form.labels import squeeze
from perfxl.form.model import Entry, Form
from perfxl.rules.finding import Finding, Rule, Severity
from perfxl.rules.marks import Points, printed_total, total_weight
from perfxl.rules.reading import number_within
from perfxl.settings.parameters import Settings

RULE = Rule(
    "PX308", "等级与得分不符", Severity.ERROR, "财预〔2020〕10号：优 90–100、良 80–90、中 60–80、差 60 以下"
)

_TICKED_BEFORE = re.compile(r"[☑√✓✔■▣]\)?(\w+)")
_TICKED_AFTER = re.compile(r"(\w+)\(?[☑√✓✔■▣]")
_BOXES = "□☐☑√✓✔■▣("


def check(form: Form, settings: Settings) -> Iterator[Finding]:
    """Compare every printed grade with the grades the scales give the score."""
    score = _score(form)
    if score is None:
        return
    entry_of_score, value = score
    total = total_weight(form)
    if total is not None and total[1].value != settings.full_marks:
        return
    for entry in _grades(form):
        word = _word(entry, settings)
        knowing = [scale for scale in settings.grade_scales if any(step.word == word for step in scale.steps)]
        possible = [scale.word(value.value) for scale in knowing]
        if word is None or not possible or word in possible:
            continue
        expected = " 或 ".join(dict.fromkeys(possible))
        yield RULE.finding(
            form,
            entry,
            (entry_of_score,),
            subject="等级",
            message=f"得分 {plain(value.value)} 的等级应为“{expected}”，表中填的是“{word}”。",
            expected=expected,
            actual=word,
            fix=f"把 {entry.address} 改为“{expected}”，或者核对得分 {entry_of_score.address}。",
        )


def _score(form: Form) -> Points | None:
    total = printed_total(form)
    if total is not None:
        return total
    header = form.roles.get("self_score")
    given = number_within(header) if header is not None else None
    return (header, given) if header is not None and given is not None and not given.percent else None


def _grades(form: Form) -> Iterator[Entry]:
    if form.total is not None and form.total.grade is not None:
        yield form.total.grade
    if "grade" in form.roles:
        yield form.roles["grade"]


def _word(entry: Entry, settings: Settings) -> str | None:
    """The grade an entry names: the whole text, its beginning before a bracket, or the one that is ticked."""
    text = squeeze(entry.text)
    words = {step.word for scale in settings.grade_scales for step in scale.steps}
    ticked = (_TICKED_BEFORE if text[:1] in _BOXES else _TICKED_AFTER).search(text)
    if ticked:
        text = ticked[1]
    elif any(box in text for box in "□☐"):
        return None
    bare = re.split(r"[(（:：,，;；]", text)[0].removesuffix("等级").removesuffix("级")
    return bare if bare in words else None
