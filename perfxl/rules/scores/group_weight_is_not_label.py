"""## 问题

一级或二级指标名称里印着分值（“产出指标（50分）”“投入(20)”），下面各行分值之和却不是这个数；
三级指标名称里印着分值的，与本行的分值比较。

表内有“小计”行的，小计的分值与它上面各行之和比较；组名一行写着分值的，与它下面各行比较。
组内有一行没有填分值的不作判断。括号里只有数字、没有“分”字的，要表内另有一组对得上才认作分值。

## 依据

各地自评表把一级指标的分值印在名称里（如产出 50、效益 30、满意度 10）。名称与分值不一致，说明改动过一处而另一处没有改。

## 例子

错例 A2：名称里印 6 分，下面两行是 4＋3＝7

| 一级指标 | 三级指标 | 指标值 | 实际完成值 | 分值 | 得分 |
| 决策依据（6分） | 立项依据 | 充分 | 充分 | 4 | 4 |
| ^ | 目标设定 | 合理 | 合理 | 3 | 3 |
| 项目产出（93分） | 接入部门数 | ≥20个 | 22个 | 93 | 93 |

正例 A2=决策依据（7分）：核对后改正名称，或者改正各行分值

## 改法

核对各行分值，或改正名称里的分值。
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from perfxl.form.figures import Figure, plain
from perfxl.form.labels import squeeze
from perfxl.form.model import Entry, Form, Indicator
from perfxl.rules.finding import Finding, Rule, Severity
from perfxl.rules.marks import Marks, label_points, marks_of
from perfxl.rules.reading import complete, counted, groups_begin_with_their_labels, unfilled
from perfxl.rules.subtotals import wrong_subtotals
from perfxl.settings.parameters import Settings

RULE = Rule(
    "PX302",
    "一组指标的分值与名称里印的不一致",
    Severity.ERROR,
    "各地自评表一级指标名称里的分值；财预〔2020〕10号",
)


class _Group(NamedTuple):
    label: Entry
    stated: Figure
    marks: Marks
    last: bool
    own: bool = False
    """Whether the label names a single indicator, and not a group."""

    @property
    def fits(self) -> bool:
        return abs(self.marks.total - self.stated.value) <= self.marks.tolerance


def check(form: Form, settings: Settings) -> Iterator[Finding]:
    """Compare every label that states points with the weights beneath it."""
    if "weight" not in form.indicator_columns or unfilled(form):
        return
    yield from wrong_subtotals(RULE, form, "weight")
    groups = list(_groups(form))
    bare_labels_are_points = any(group.fits for group in groups)
    names_carry_points = any(group.fits for group in groups if group.own)
    for group in groups:
        if group.fits or not group.marks.complete or not group.marks.read:
            continue
        if not group.stated.unit and not bare_labels_are_points:
            continue
        if group.last and group.marks.total < group.stated.value and not complete(form):
            continue
        name = squeeze(group.label.text)
        yield RULE.finding(
            form,
            group.label,
            group.marks.entries,
            subject=name,
            message=f"“{name}”下面各行分值合计 {plain(group.marks.total)}，"
            f"与名称里的 {plain(group.stated.value)} 不一致。",
            expected=plain(group.stated.value),
            actual=plain(group.marks.total),
            fix=f"核对各行分值，或改正 {group.label.address} 里印的分值。",
            # 平均成绩（80分） may be what is aimed at, unless other names carry their points too.
            severity=Severity.WARNING if group.own and not names_carry_points else None,
        )


def _groups(form: Form) -> Iterator[_Group]:
    """Every label that states points with its rows; a group that a page break prints twice is one."""
    rows = list(counted(form))
    if not groups_begin_with_their_labels(form):
        return
    for level in ("level1", "level2", "level3"):
        grouped: dict[tuple[str, str], list[Indicator]] = {}
        for row in rows:
            label: Entry | None = getattr(row, level)
            if label is not None and label.text:
                above = squeeze(row.level1.text) if row.level1 is not None else ""
                name = label.address if level == "level3" else squeeze(label.text)
                grouped.setdefault((above, name), []).append(row)
        for members in grouped.values():
            label = getattr(members[0], level)
            stated = label_points(label.text, bare=level != "level3")
            if stated is not None:
                yield _Group(
                    label,
                    stated,
                    marks_of(form, members, "weight"),
                    members[-1] is rows[-1],
                    level == "level3",
                )
