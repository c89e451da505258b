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

import tomllib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from perfxl.form.labels import core
from perfxl.form.model import Entry, Form, Indicator
from perfxl.form.units import COUNT
from perfxl.form.values import Operator, Quantity, operator_in_name, parse
from perfxl.form.words import operator_named
from perfxl.rules.finding import Finding, Rule, Severity
from perfxl.rules.reading import counted, empty, name_entry
from perfxl.settings.parameters import Settings

RULE = Rule(
    "PX406", "指标值的符号与指标方向矛盾", Severity.WARNING, "财预〔2020〕10号：按完成值与指标值的比例记分"
)


def check(form: Form, settings: Settings) -> Iterator[Finding]:
    """Find targets whose operator another cell of the row contradicts, or the name's own meaning."""
    for row in counted(form):
        name = name_entry(row)
        if name is None or row.target is None or empty(row.target):
            continue
        contradiction = _by_cells(row, name) or _by_name(row, name)
        if contradiction is None:
            continue
        other, why = contradiction
        yield RULE.finding(
            form,
            row.target,
            (other, row.operator),
            subject=row.subject,
            message=f"“{row.subject}”的指标值是“{_written(row)}”，{why}。",
            expected="符号与指标方向一致",
            actual=_written(row),
            fix=f"核对 {row.target.address} 的符号。",
        )


def _by_cells(row: Indicator, name: Entry) -> tuple[Entry, str] | None:
    """The cell whose operator is the opposite of the target's own, or of the one its column names."""
    own = _target(row)
    if own is None:
        return None
    others = [(name, operator_in_name(name.text), "名称里印的符号相反")]
    others += [
        (entry, operator_named(entry.text), f"指标性质却是“{entry.text}”")
        for entry in (row.operator, row.direction)
        if entry is not None
    ]
    return next(
        ((entry, why) for entry, operator, why in others if operator and _opposite(own.operator, operator)),
        None,
    )


def _by_name(row: Indicator, name: Entry) -> tuple[Entry, str] | None:
    """The name, where what it names can only be better the other way."""
    target = _target(row)
    bare, words = core(name.text), _words()
    if target is None:
        return None
    if (
        target.operator.ceiling
        and target.base < 1
        and target.unit.family == "ratio"
        and bare.endswith(words["more"])
    ):
        return name, "这个指标越高越好"
    counts = target.unit.family == COUNT and target.unit.known and not bare.endswith(words["less"])
    if target.operator.ceiling and counts and any(word in bare for word in words["quantities"]):
        return name, "这个指标越多越好"
    if target.operator.floor and bare.endswith(words["less"]):
        return name, "这个指标越少越好"
    return None


def _target(row: Indicator) -> Quantity | None:
    unit = row.unit.text if row.unit is not None and not empty(row.unit) else None
    operator = row.operator.text if row.operator is not None else None
    found = parse(row.target.value if row.target is not None else None, unit=unit, operator=operator)
    return found if isinstance(found, Quantity) else None


def _written(row: Indicator) -> str:
    target = _target(row)
    return str(target) if target is not None else ""


def _opposite(one: Operator, other: Operator) -> bool:
    return (one.floor and other.ceiling) or (one.ceiling and other.floor)


@lru_cache(maxsize=1)
def _words() -> dict[str, tuple[str, ...]]:
    table = tomllib.loads(Path(__file__).with_name("contradictions.toml").read_text(encoding="utf-8"))
    return {name: tuple(words) for name, words in table.items()}
