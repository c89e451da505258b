"""## 问题

二级指标放在了别的一级指标下面：例如“经济效益指标”列在“产出指标”下，“数量指标”列在“效益指标”下。

“满意度”列在“效益指标”下、“成本”列在“产出指标”下，各地都有，不算错。

## 依据

绩效指标分为成本指标、产出指标、效益指标和满意度指标；产出包括数量、质量、时效，效益包括经济、社会、生态效益和可持续影响
（财预〔2021〕101号附件 1）。放错组，各组的分值和汇总就不对。

## 例子

错例 B3：经济效益列在了产出指标下

| 一级指标 | 二级指标 | 三级指标 | 指标值 | 实际完成值 |
| 产出指标 | 数量指标 | 培训人数 | ≥300人 | 320人 |
| ^ | 经济效益指标 | 带动增收 | ≥50万元 | 56万元 |
| 效益指标 | 社会效益指标 | 群众知晓率 | ≥90% | %95 |

正例 B3=成本指标；C3=培训成本；D3=≤50万元；E3=46万元：产出指标下列成本指标，各地都有

## 改法

把这一组移到对应的一级指标下面；一级指标的合并单元格拉错行数的，重新合并。
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from perfxl.form.labels import core, squeeze
from perfxl.form.model import Form
from perfxl.rules.finding import Finding, Rule, Severity
from perfxl.rules.reading import counted, groups_begin_with_their_labels
from perfxl.settings.parameters import Settings

RULE = Rule("PX104", "二级指标放错了一级指标", Severity.WARNING, "财预〔2021〕101号附件 1：绩效指标的分类")


def check(form: Form, settings: Settings) -> Iterator[Finding]:
    """Find second-level groups under a first level that another one owns, once for each pair."""
    if not groups_begin_with_their_labels(form):
        return
    seen: set[tuple[str, str]] = set()
    for row in counted(form):
        if row.level1 is None or row.level2 is None:
            continue
        above, group = core(row.level1.text), core(row.level2.text)
        owner = _owner(group)
        if owner is None or _belongs(above, owner) or (above, group) in seen:
            continue
        seen.add((above, group))
        yield RULE.finding(
            form,
            row.level2,
            (row.level1,),
            subject=squeeze(row.level2.text),
            message=f"“{squeeze(row.level2.text)}”列在“{squeeze(row.level1.text)}”下，应列在“{owner}指标”下。",
            expected=f"{owner}指标",
            actual=squeeze(row.level1.text),
            fix=f"把这一组移到“{owner}指标”下；或者核对 {row.level1.address} 的一级指标。",
        )


def _owner(group: str) -> str | None:
    """The first level that alone owns a second-level group, by the beginning of its name; None where none does."""
    return next(
        (
            owner
            for owner, entry in _groups()["owns"].items()
            if any(group in (name, f"{name}指标") for name in entry)
        ),
        None,
    )


def _belongs(above: str, owner: str) -> bool:
    """Whether a first level is the owner, or one whose groups no rule says (过程, 投入, 履职效能 …)."""
    known = _groups()["levels"]
    named = [level for level, words in known.items() if any(word in above for word in words)]
    return not named or owner in named


@lru_cache(maxsize=1)
def _groups() -> dict[str, dict[str, list[str]]]:
    table: dict[str, dict[str, list[str]]] = tomllib.loads(
        Path(__file__).with_name("groups.toml").read_text(encoding="utf-8")
    )
    return table
