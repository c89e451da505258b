"""## 问题

文字里写的总数不等于后面“其中”各项之和：“完成资金 89.97 万元。其中：30 万元……；30 万元……；29.99 万元……”，
三项合计 89.99 万元。

看总体目标、完成情况、指标值、完成值和原因。各项之和大于总数，或者相差不到 1% 的，才作判断：“其中”不一定列全。

## 依据

同一句话里的数应当合得上；公开和审计时最先核对的就是总数与分项。

## 例子

错例 C2：30＋30＋29.99＝89.99，不是 89.97

| 年度总体目标 | 预期目标 | 实际完成情况 | < |
| ^ | 完成委托业务 | 共完成资金89.97万元。其中：30万元用于预算编制；30万元用于工程审计；29.99万元用于设计测绘。 | < |
| 一级指标 | 三级指标 | 指标值 | 实际完成值 |
| 产出指标 | 委托项目 | ≥50个 | 50个 |

正例 C2=共完成资金89.99万元。其中：30万元用于预算编制；30万元用于工程审计；29.99万元用于设计测绘。：改正总数

## 改法

核对总数和各项，把错的改过来。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from perfxl.form.figures import plain
from perfxl.form.model import Form
from perfxl.rules.finding import Finding, Rule, Severity
from perfxl.rules.prose import Money, amounts_in, passages, plain_text
from perfxl.settings.parameters import Settings

RULE = Rule("PX410", "文字里的总数不等于各项之和", Severity.WARNING, "公开和审计的核对要求：总数与分项相符")

_AMONG = "其中"
_NEAR = Decimal("0.01")
"""The share of the total within which a sum that falls short is a slip, and no list that leaves parts out."""


def check(form: Form, settings: Settings) -> Iterator[Finding]:
    """Find totals in texts that are not the sum of the parts listed behind them."""
    for passage in passages(form):
        if _AMONG not in passage.entry.text:
            continue
        for total, parts in _breakdowns(plain_text(passage.entry)):
            together = sum((part.yuan for part in parts), Decimal(0))
            gap = together - total.yuan
            if abs(gap) <= _slack((total, *parts)):
                continue
            if gap < 0 and -gap > total.yuan * _NEAR:
                continue
            expected = plain(together / (total.yuan / total.number))
            yield RULE.finding(
                form,
                passage.entry,
                subject=passage.subject,
                message=f"文字里写的总数是 {total}，各项{'＋'.join(plain(part.number) for part in parts)}"
                f"合计是 {expected}{total.unit}。",
                expected=f"{expected}{total.unit}",
                actual=str(total),
                fix=f"核对 {passage.entry.address} 里的总数和各项。",
            )


def _slack(amounts: tuple[Money, ...]) -> Decimal:
    """What rounding may add up to, in 元: half a step for each amount with decimals; whole ones are taken as exact."""
    steps = [
        Decimal(1).scaleb(-money.digits) * (money.yuan / money.number) for money in amounts if money.digits
    ]
    return sum(steps, Decimal(0)) / 2


def _breakdowns(text: str) -> Iterator[tuple[Money, tuple[Money, ...]]]:
    """Every total that is followed by 其中 and a list of at least two amounts, with the amounts."""
    flat = _brackets().sub("", text)
    places = [match.span() for match in _among().finditer(flat)]
    for number, (start, end) in enumerate(places):
        before = amounts_in(flat[:start])
        if not before or start - before[-1].end > _FARTHEST:
            continue
        following = places[number + 1][0] if number + 1 < len(places) else len(flat)
        listed = _sentence().split(flat[end:following], maxsplit=1)[0]
        parts = amounts_in(listed)
        if (
            len(parts) >= 2
            and before[-1].number
            and all(part.number for part in parts)
            and not _compares(listed)
        ):
            yield before[-1], parts


_FARTHEST = 12
"""Letters that may stand between a total and 其中."""


def _compares(text: str) -> bool:
    """Whether a list tells more than parts: shares spent of what was planned, another year's amounts."""
    return any(word in text for word in _NO_PARTS)


_NO_PARTS = (
    "上年",
    "去年",
    "预算数",
    "预算安排",
    "计划",
    "实际",
    "已支",
    "结余",
    "完成投资",
    "剩余",
    "标准",
    "共",
)


@cache
def _brackets() -> re.Pattern[str]:
    return re.compile(r"\([^()]*\)")


@cache
def _among() -> re.Pattern[str]:
    return re.compile(r"其中[:,]?")


@cache
def _sentence() -> re.Pattern[str]:
    return re.compile(r"。")
