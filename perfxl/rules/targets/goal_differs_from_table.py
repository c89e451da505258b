"""## 问题

总体完成情况里写的数与表里的不一致：

- 写的预算执行率与资金表算出的不同；
- 写的满意度与满意度指标的完成值都不同；
- 写的次数、人数、个数与同名指标的完成值不同。

句子里限定了“其中”“中央”“本级”“上年”等范围的不比；写“以上”“约”的，完成值达到就算一致。

## 依据

总体目标完成情况是各项指标完成情况的综述，两处的数应当相符。

## 例子

错例 C4：131.24÷146＝89.89%，文字写的是 95%

| 项目资金（万元） | 全年预算数 | 全年执行数 | 执行率 |
| 年度资金总额 | 146 | 131.24 | %89.89 |
| 年度总体目标 | 预期目标 | 实际完成情况 | < |
| ^ | 建成数据平台 | 平台建成，预算执行率95%。 | < |
| 一级指标 | 三级指标 | 指标值 | 实际完成值 |
| 产出指标 | 接入部门数 | ≥20个 | 22个 |

正例 C4=平台建成，预算执行率89.9%。：与资金表相符

## 改法

核对两处，把写错的一处改过来。
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache

from perfxl.form.figures import Figure
from perfxl.form.labels import core, squeeze
from perfxl.form.model import Entry, Form
from perfxl.form.units import COUNT
from perfxl.form.values import Operator, Quantity, quantities_in
from perfxl.rules.amounts import base, slipped, spent_share
from perfxl.rules.finding import Finding, Rule, Severity
from perfxl.rules.prose import plain_text
from perfxl.rules.reading import counted, percent_text
from perfxl.rules.results import Result, result
from perfxl.settings.parameters import Settings

RULE = Rule(
    "PX411", "总体完成情况里的数与表内不一致", Severity.WARNING, "总体目标完成情况是各项指标完成情况的综述"
)

_LIMITED = (
    "其中",
    "中央",
    "省级",
    "市级",
    "县级",
    "区级",
    "本级",
    "上年",
    "去年",
    "截至",
    "季度",
    "月",
    "项目支出",
    "基本支出",
    "人员",
)
"""Words that say a rate is not that of the whole year's money."""
_LEAST_NAME = 4
"""Letters of a name that must stand beside a count for it to be the same thing."""


def check(form: Form, settings: Settings) -> Iterator[Finding]:
    """Hold the rates and counts of the narrative against the fund table and the indicators."""
    entry = form.goals.actual
    if entry is None or not isinstance(entry.value, str):
        return
    text = plain_text(entry)
    yield from _execution(form, entry, text)
    rows = [found for row in counted(form) if (found := result(form, row)) is not None]
    yield from _satisfaction(form, entry, text, rows)
    yield from _counts(form, entry, text, rows)


def _execution(form: Form, entry: Entry, text: str) -> Iterator[Finding]:
    row = form.total_fund
    share, budget = (spent_share(form, row), base(form, row)) if row is not None else (None, None)
    if row is None or share is None or row.executed is None or row.executed.address in slipped(form):
        return
    for match in _rate().finditer(text):
        if any(word in _clause(text, match.start()) for word in _LIMITED):
            continue
        stated = _percentage(match[1])
        if stated.agrees(share):
            continue
        yield _finding(
            form,
            entry,
            (budget.entry if budget is not None else None, row.executed, row.rate),
            "预算执行率",
            stated=f"{match[1]}%",
            shown=percent_text(share),
        )


def _satisfaction(form: Form, entry: Entry, text: str, rows: list[Result]) -> Iterator[Finding]:
    answered = [
        found
        for found in rows
        if "满意" in squeeze(found.row.subject)
        and isinstance(found.actual, Quantity)
        and found.actual.unit.name == "%"
        and found.actual.operator is Operator.NONE
    ]
    if not answered:
        return
    for match in _satisfied().finditer(text):
        stated, open_ = Decimal(match[1]), bool(match[2])
        figures = [found.actual.number for found in answered if isinstance(found.actual, Quantity)]
        if any(figure == stated or (open_ and figure > stated) for figure in figures):
            continue
        if any(_percentage(match[1]).agrees(figure / 100) for figure in figures):
            continue
        yield _finding(
            form,
            entry,
            [found.actual_entry for found in answered],
            "满意度",
            stated=f"{match[1]}%",
            shown="、".join(str(found.actual) for found in answered),
            severity=Severity.NOTE,
        )


def _counts(form: Form, entry: Entry, text: str, rows: list[Result]) -> Iterator[Finding]:
    """Counts that stand right behind (or before) the name of an indicator: 业务培训3次, 开展3次业务培训."""
    for found in rows:
        actual, name = found.actual, _bare_name(found.row.subject)
        if not isinstance(actual, Quantity) or actual.unit.family != COUNT or not actual.unit.known:
            continue
        stated = _stated(text, name, actual)
        if stated is None or stated.base == actual.base or actual.note:
            continue
        if actual.operator.floor and stated.base >= actual.base:
            # "≥2次" beside "培训3次": the table leaves out the figure that the narrative gives.
            pass
        elif actual.operator is not Operator.NONE:
            continue
        yield _finding(
            form,
            entry,
            (found.actual_entry,),
            found.row.subject,
            stated=str(stated),
            shown=str(actual),
            severity=Severity.NOTE,
        )


def _stated(text: str, name: str, actual: Quantity) -> Quantity | None:
    """The one count in the actual value's unit that a text gives right beside a name's end; None without it."""
    tail = name[-_LEAST_NAME:]
    if len(tail) < _LEAST_NAME or text.count(tail) != 1:
        return None
    place = text.index(tail)
    behind = quantities_in(_piece(text[place + len(tail) :]))
    before = quantities_in(_piece_before(text[:place]))
    found = [
        quantity
        for quantity in (*behind[:1], *before[-1:])
        if quantity.unit.dimension == actual.unit.dimension
    ]
    return found[0] if len(found) == 1 else None


def _piece(text: str) -> str:
    return re.split(r"[,。;、:(]", text, maxsplit=1)[0][:10]


def _piece_before(text: str) -> str:
    return re.split(r"[,。;、:)]", text)[-1][-8:]


def _bare_name(subject: str) -> str:
    """A name without unit, numbering and the word for its measure: 开展业务培训次数 -> 开展业务培训."""
    bare = core(subject)
    for word in ("次数", "人数", "个数", "数量", "人次", "户数", "件数", "场次", "期数", "总数", "数"):
        if bare.endswith(word):
            return bare[: -len(word)]
    return bare


def _clause(text: str, end: int) -> str:
    return re.split(r"[。;]", text[:end])[-1][-24:]


def _percentage(digits: str) -> Figure:
    decimals = len(digits.partition(".")[2])
    return Figure(Decimal(digits) / 100, decimals + 2, percent=True)


def _finding(
    form: Form,
    entry: Entry,
    rests_on: Iterable[Entry | None],
    subject: str,
    *,
    stated: str,
    shown: str,
    severity: Severity | None = None,
) -> Finding:
    return RULE.finding(
        form,
        entry,
        rests_on,
        subject=subject,
        message=f"总体完成情况写的{subject}是 {stated}，表里是 {shown}。",
        expected=shown,
        actual=stated,
        fix=f"核对 {entry.address} 和表里的数，把写错的一处改过来。",
        severity=severity,
    )


@cache
def _rate() -> re.Pattern[str]:
    return re.compile(
        r"(?:预算|资金|支出)(?:资金)?(?:预算)?执行(?:率|进度)(?:为|达到|达|是|:)?(\d+(?:\.\d+)?)%(?!以上|左右|以下)"
    )


@cache
def _satisfied() -> re.Pattern[str]:
    return re.compile(
        r"满意(?:度|率)(?:均|都)?(?:为|达到|达|是|在|超过|:)?(\d+(?:\.\d+)?)%(以上|及以上|左右)?"
    )
