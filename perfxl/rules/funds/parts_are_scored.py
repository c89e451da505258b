"""## 问题

“其中”各项（财政拨款、结转资金、基本支出等）也填了得分。只有“年度资金总额”一行计分，其中各行的得分不能再加进总分。

总分把这些得分也加了进去的，作警告；没有加的，只作提示。

## 依据

国家通用格式自评表：“其中”各行的分值和得分印的是“—”，执行率的 10 分只计一次（财预〔2020〕10号）。

## 例子

错例 F3：三行都填了 10 分，总分只应计一次

| 项目资金（万元） | 年初预算数 | 全年执行数 | 执行率 | 分值 | 得分 |
| 年度资金总额 | 1172.55 | 1172.55 | %100 | 10 | 10 |
| 基本支出 | 985.19 | 985.19 | %100 | 10 | 10 |
| 项目支出 | 187.36 | 187.36 | %100 | 10 | 10 |
| 一级指标 | 三级指标 | 指标值 | 实际完成值 | 分值 | 得分 |
| 产出指标 | 办理事项数 | 300件 | 320件 | 90 | 90 |
| 总分 | < | < | < | 100 | 100 |

正例 F3=—；F4=—：只有年度资金总额一行计分

## 改法

“其中”各行的分值和得分改填“—”，总分重新合计。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from perfxl.form.figures import plain
from perfxl.form.model import Form
from perfxl.rules.finding import Finding, Rule, Severity
from perfxl.rules.marks import fund_score, points, printed_total, scores
from perfxl.settings.parameters import Settings

RULE = Rule(
    "PX206",
    "“其中”各项也填了得分",
    Severity.WARNING,
    "国家通用格式项目支出绩效自评表：“其中”各行不计分；财预〔2020〕10号",
)


def check(form: Form, settings: Settings) -> Iterator[Finding]:
    """Find scores of rows under a total that has one itself."""
    total, own = form.total_fund, fund_score(form)
    if total is None or own is None:
        return
    column = form.fund_columns.get("score")
    scored = [
        (row, row.score, found)
        for row in form.funds
        if row is not total
        and row.score is not None
        and row.score.address != own[0].address
        and (found := points(row.score, column)) is not None
    ]
    extra = sum((found.value for _, _, found in scored), Decimal(0))
    if not scored or not extra:
        return
    printed = printed_total(form)
    once = scores(form).total + own[1].value
    counted_in = printed is not None and printed[1].agrees(once + extra) and not printed[1].agrees(once)
    first = scored[0]
    names = "、".join(row.subject for row, _, _ in scored)
    yield RULE.finding(
        form,
        first[1],
        [*(entry for _, entry, _ in scored), own[0], printed[0] if counted_in and printed else None],
        subject=first[0].subject,
        message=f"{names}也填了得分，共 {plain(extra)} 分"
        + ("，而且加进了总分。" if counted_in else "；只有年度资金总额一行计分。"),
        expected="—",
        actual=plain(first[2].value),
        fix="其中各行的分值和得分改填“—”" + ("，总分减去这些得分。" if counted_in else "。"),
        severity=None if counted_in else Severity.NOTE,
    )
