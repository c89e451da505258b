"""## 问题

表头的“自评得分”与合计行的总分不一致。

按表头写出的小数位数比较；总分是四舍五入得来的，按两者中较粗的位数比较。
没有合计行的，与各项得分之和比较（分值合计 100、得分没有缺项时）。

## 依据

自评得分就是各项得分汇总的总分（财预〔2020〕10号），公开和汇总时多半取表头的数。

## 例子

错例 B2：表头的自评得分 98，合计行是 95

| 项目名称 | 政务数据平台建设 | 主管部门 | 甲市大数据局 |
| 自评得分 | 98 | 实施单位 | 甲市数据中心 |
| 一级指标 | 三级指标 | 指标值 | 实际完成值 | 分值 | 得分 |
| 产出指标 | 接入部门数 | ≥20个 | 22个 | 60 | 60 |
| 效益指标 | 数据共享水平 | 明显提升 | 接口调用量增长两成 | 40 | 35 |
| 总分 | < | < | < | 100 | 95 |

正例 B2=95：以合计行为准

## 改法

以合计行为准改正表头；合计行错的，先改合计行。
"""

from __future__ import annotations

from collections.abc import Iterator

from perfxl.form.figures import Figure, plain
from perfxl.form.labels import squeeze
from perfxl.form.model import Entry, Form
from perfxl.rules.finding import Finding, Rule, Severity
from perfxl.rules.marks import fund_weight, printed_total, readable_total, weights
from perfxl.rules.reading import number_within
from perfxl.settings.parameters import Settings

RULE = Rule("PX305", "表头的自评得分不是总分", Severity.ERROR, "财预〔2020〕10号：总分由各项指标得分汇总形成")


def check(form: Form, settings: Settings) -> Iterator[Finding]:
    """Compare the header's score with the total row, or with the sum where a complete form has no total row."""
    entry = form.roles.get("self_score")
    given = number_within(entry) if entry is not None else None
    total = _total(form, settings)
    if entry is None or given is None or given.percent or total is None:
        return
    expected, rests_on = total
    # A total that is not exactly its scores may itself be rounded, and the header may say it in full.
    if given.agrees(expected.value) or (
        not _exact(form, expected, settings) and expected.agrees(given.value)
    ):
        return
    label = next(
        (label for label, value in form.header.items() if value.address == entry.address), "自评得分"
    )
    yield RULE.finding(
        form,
        entry,
        rests_on,
        subject=squeeze(label),
        message=f"表头的自评得分是 {plain(given.value)}，各项得分的总分是 {plain(expected.value)}。",
        expected=plain(expected.value),
        actual=plain(given.value),
        fix=f"把 {entry.address} 改为 {plain(expected.value)}，或者核对总分。",
    )


def _exact(form: Form, total: Figure, settings: Settings) -> bool:
    """Whether the total is exactly what the scores add up to."""
    sums = readable_total(form, settings.full_marks)
    return sums is not None and total.value in sums.readings


def _total(form: Form, settings: Settings) -> tuple[Figure, tuple[Entry, ...]] | None:
    if form.total is not None:
        printed = printed_total(form)
        return (printed[1], (printed[0],)) if printed is not None else None
    sums, marks = readable_total(form, settings.full_marks), weights(form)
    if sums is None or sums.blank or len(sums.readings) > 1:
        return None
    fund = fund_weight(form, form.total_fund) if form.total_fund is not None else None
    if marks.total + (fund[1].value if fund is not None else 0) != settings.full_marks:
        return None
    return Figure(sums.readings[0], sums.digits), sums.entries
