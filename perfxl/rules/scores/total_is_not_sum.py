"""## 问题

总分不等于各项得分之和。

合计包括各指标得分和资金表“年度资金总额”一行的得分，“其中”各行的得分不算；合并单元格只算一次；没有填的得分按 0 计。
表内有“小计”行的，小计的得分与它上面各行之和比较；小计不计入总分。
按合计行印出的小数位数比较。表上有“折算得分”一列的，按折算得分合计也可以。

## 依据

单位自评总分由各项指标得分汇总形成（财预〔2020〕10号）。

## 例子

错例 F4：各行得分合计 95，合计行填了 100

| 一级指标 | 三级指标 | 指标值 | 实际完成值 | 分值 | 得分 |
| 产出指标 | 接入部门数 | ≥20个 | 22个 | 60 | 60 |
| 效益指标 | 数据共享水平 | 明显提升 | 接口调用量增长两成 | 40 | 35 |
| 总分 | < | < | < | 100 | 100 |

正例 F4==SUM(F2:F3) -> 95：用求和公式，或者填 95

## 改法

补齐、核对各行得分，重新合计；最好用求和公式。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from perfxl.form.figures import plain
from perfxl.form.labels import squeeze
from perfxl.form.model import Form
from perfxl.rules.finding import Finding, Rule, Severity
from perfxl.rules.marks import printed_total, readable_total
from perfxl.rules.subtotals import wrong_subtotals
from perfxl.settings.parameters import Settings

RULE = Rule("PX304", "总分不等于各项得分之和", Severity.ERROR, "财预〔2020〕10号：总分由各项指标得分汇总形成")


def check(form: Form, settings: Settings) -> Iterator[Finding]:
    """Compare the printed total score with the sum, by every sensible reading of what the sum includes."""
    yield from wrong_subtotals(RULE, form, "score")
    total, sums = printed_total(form), readable_total(form, settings.full_marks)
    if form.total is None or total is None or sums is None:
        return
    at, printed = total
    if any(printed.agrees(found) for found in sums.readings):
        return
    expected = sums.readings[0]
    missing = f"（{len(sums.blank)} 行没有填得分，按 0 计）" if sums.blank else ""
    difference = abs(printed.value - expected)
    name = squeeze(form.total.label.text)
    yield RULE.finding(
        form,
        at,
        sums.entries,
        subject=name,
        message=f"各项得分合计 {plain(expected)}{missing}，"
        f"{name}填的是 {plain(printed.value)}，相差 {plain(difference)}。",
        expected=plain(expected),
        actual=plain(printed.value),
        fix=_fix(at.address, [entry.address for entry in sums.blank], expected),
    )


def _fix(total: str, blank: list[str], expected: Decimal) -> str:
    if blank:
        return f"先补填 {'、'.join(blank)}，再核对 {total}。"
    return f"核对各行得分；没有错的，把 {total} 改为 {plain(expected)}。"
