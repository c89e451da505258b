"""## 问题

指标值的符号与指标的方向矛盾：

- “指标性质”写“正向”或“≥”，指标值却写“≤”（或反过来）；
- 指标名称里印着“(≥…)”，指标值却写“≤”；
- 越多越好的指标用“≤”（满意度 ≤90%、新建厕所 ≤4座），越少越好的用“≥”（差错率 ≥5%、响应时间 ≥30分钟）。

“≤100%”和金额、时间的上限不算。

## 依据

定量指标按完成值与指标值的比例记分（财预〔2020〕10号）：方向弄反，没有完成的会得满分，超额完成的反而扣分。

## 例子

错例 C2：新建公厕越多越好，却写成“不超过 4 座”

| 三级指标 | 指标性质 | 指标值 | 实际完成值 |
| 新建公厕 | 正向 | ≤4座 | 4座 |
| 群众满意度 | 正向 | ≥90% | %95 |

正例 C2=≥4座：改正符号

## 改法

改正符号；确实是上限的，在指标名称里写明“控制在……以内”。
"""

from __future__ import annotations

from collections.abc import Iterator

from perfxl.form.model import Form
from perfxl.rules.contradictions import contradiction
from perfxl.rules.finding import Finding, Rule, Severity
from perfxl.rules.reading import counted
from perfxl.settings.parameters import Settings

RULE = Rule(
    "PX406", "指标值的符号与指标方向矛盾", Severity.WARNING, "财预〔2020〕10号：按完成值与指标值的比例记分"
)


def check(form: Form, settings: Settings) -> Iterator[Finding]:
    """Find targets whose operator another cell of the row contradicts, or the name's own meaning."""
    for row in counted(form):
        found = contradiction(row)
        if found is None or row.target is None:
            continue
        yield RULE.finding(
            form,
            row.target,
            (found.other, row.operator),
            subject=row.subject,
            message=f"“{row.subject}”的指标值是“{found.target}”，{found.why}。",
            expected="符号与指标方向一致",
            actual=str(found.target),
            fix=f"核对 {row.target.address} 的符号。",
        )
