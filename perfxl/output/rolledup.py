"""What became of a roll-up, as text for a person and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from perfxl.form.figures import plain
from perfxl.output.checked import finding_as_json
from perfxl.rollup.funds import COLUMNS
from perfxl.rollup.tables import FUND_HEAD, total
from perfxl.rules.finding import SEVERITY_WORDS, Severity

if TYPE_CHECKING:
    from perfxl.rollup.regional import Regional
    from perfxl.work.rollup import RolledUp

_LISTED = 6


def as_text(result: RolledUp) -> str:
    """Return what was aggregated, what to settle, and what could not be counted."""
    return "\n".join(_lines(result))


def _lines(result: RolledUp) -> Iterator[str]:
    yield f"■ 汇总表：{result.output.name}"
    if result.scored.replaced is not None:
        yield f"  原来的 {result.output.name} 已另存为 {result.scored.replaced.name}。"
    for found in result.regionals:
        budget, executed = (_sum(found, column) for column in ("budget", "executed"))
        year = f"{found.group.year}年度 " if found.group.year else ""
        yield f"  {year}{found.name or '（没有项目名称）'}：{len(found.members)} 份表，{len(found.aggregates)} 个指标"
        yield f"    预算数 {budget} {found.unit}，执行数 {executed} {found.unit}"
    yield f"  计入 {sum(not one.why for one in result.entered)} 份表。"
    for one in result.entered:
        if one.why:
            yield f"  没有计入：{one.contribution.place}，{one.why}。"
    for file in result.earlier:
        yield f"  没有计入：{file}，它是以前汇总出来的表。"
    for unread in result.unread:
        yield f"  没有读出：{unread.file}，{unread.problem}"
    for finding in result.findings:
        yield f"  {SEVERITY_WORDS[finding.severity]} {finding.sheet}!{finding.cell} {finding.message}〔{finding.code}〕"
        yield f"       怎么办：{finding.fix}"
    for sheet, count in Counter(left.sheet for left in result.scored.open).items():
        yield f"  “{sheet}”有 {count} 项得分要由您评定：请按评分标准填写，总分随之重算。"
    aside = sum(
        bool(part.why) for found in result.regionals for one in found.aggregates for part in one.parts
    )
    if aside:
        yield f"  单位填的值有 {aside} 处没有计入汇总，原因见“指标明细”的说明栏。"
    blank = [
        one.line.subject
        for found in result.regionals
        for one in found.aggregates
        if one.actual is None and not one.actual_text
    ]
    if blank:
        listed = "、".join(blank[:_LISTED]) + ("等" if len(blank) > _LISTED else "")
        yield f"  有 {len(blank)} 个指标的完成值要由您归纳填写：{listed}"


def _sum(found: Regional, column: str) -> str:
    head = FUND_HEAD[3 + COLUMNS.index(column)]
    value = total(found.funds, 0, head) if found.fund_lines else None
    return plain(value) if value is not None else "（没有）"


def as_json(result: RolledUp) -> dict[str, Any]:
    """Return the same for scripts: the output, its groups, the forms handed in, findings and unreadable files."""
    return {
        "output": str(result.output),
        "groups": [
            {
                "kind": str(found.group.kind),
                "name": found.name,
                "year": found.group.year,
                "unit": found.unit,
                "forms": [member.place for member in found.members],
            }
            for found in result.regionals
        ],
        "forms": [
            {
                "file": one.contribution.file,
                "sheet": one.contribution.form.sheet,
                "unit": one.contribution.unit,
                "counted": not one.why,
                "why": one.why,
                "errors": one.count(Severity.ERROR),
                "warnings": one.count(Severity.WARNING),
            }
            for one in result.entered
        ],
        "findings": [finding_as_json(finding) for finding in result.findings],
        "earlier_rollups": list(result.earlier),
        "unreadable": [{"file": one.file, "error": one.problem} for one in result.unread],
    }
