"""## 问题

文字里的金额与资金表的数字相同、单位却不同（表里 471.23 万元，文字写“471.23元”），或者换算后正好差一万倍。

看总体目标、完成情况和指标的指标值、完成值、原因；只看至少三位有效数字的金额，“30元/人”一类的标准不算。

## 依据

自评表表头印明的金额单位（“单位：万元”）。文字与表格的单位不同，引用到报告和汇总里就会差一万倍。

## 例子

错例 D4：资金表是 471.23 万元，完成值写成了 471.23 元

| 项目资金（万元） | 年初预算数 | 全年预算数 | 全年执行数 |
| 年度资金总额 | 471.23 | 471.23 | 471.23 |
| 二级指标 | 三级指标 | 指标值 | 实际完成值 |
| 成本指标 | 项目支出 | ≤471.23万元 | 471.23元 |

正例 D4=471.23万元：改正单位

## 改法

核对单位，改成与资金表一致的写法。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from perfxl.form.figures import plain
from perfxl.form.model import Entry, Form
from perfxl.rules.amounts import AMOUNT_COLUMNS, TEN_THOUSAND, amount, slipped, unit_factor
from perfxl.rules.finding import Finding, Rule, Severity
from perfxl.rules.prose import Money, amounts_in, passages, plain_text
from perfxl.settings.parameters import Settings

RULE = Rule("PX205", "文字里的金额与资金表单位不同", Severity.WARNING, "自评表表头的金额单位")

_NEAR = 6
"""Letters before an amount in which a word can make a price of it."""
_LEAST_FIGURES = 3
"""Figures that an amount must have: 10元 beside 10万元 may be chance, 471.23元 beside 471.23万元 is none."""


def check(form: Form, settings: Settings) -> Iterator[Finding]:
    """Find amounts in texts that are those of the fund table but for a factor of 10,000."""
    factor = unit_factor(form.money_unit)
    if factor is None:
        return
    wrong_unit = slipped(form)
    known: dict[Decimal, Entry] = {}
    for row in form.funds:
        for role in AMOUNT_COLUMNS:
            entry: Entry | None = getattr(row, role)
            found = amount(form, entry)
            if entry is not None and found is not None and found.value and entry.address not in wrong_unit:
                known.setdefault(found.value * factor, entry)
    if not known:
        return
    for passage in passages(form):
        if "元" not in passage.entry.text:
            continue
        text = plain_text(passage.entry)
        for money in amounts_in(text):
            if money.yuan in known or _figures(money) < _LEAST_FIGURES or _is_price(text, money):
                continue
            entry = known.get(money.yuan * TEN_THOUSAND) or known.get(money.yuan / TEN_THOUSAND)
            if entry is None:
                continue
            meant = f"{entry.text}{form.money_unit}"
            yield RULE.finding(
                form,
                passage.entry,
                (entry,),
                subject=passage.subject,
                message=f"文字里写的是 {money}，资金表里是 {meant}，差一万倍。",
                expected=meant,
                actual=str(money),
                fix=f"核对 {passage.entry.address} 里金额的单位。",
            )


def _is_price(text: str, money: Money) -> bool:
    """Whether what stands before an amount says that it is one for each: 人均146元."""
    before = text[max(0, money.start - _NEAR) : money.start]
    return any(word in before for word in ("均", "每", "单价", "标准"))


def _figures(money: Money) -> int:
    return len(plain(money.number).replace(".", "").strip("0"))
