"""The summary of many files, for somebody who sees the program for the first time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from perfxl.output.checked import counts
from perfxl.rules.finding import Finding, Severity

if TYPE_CHECKING:
    from perfxl.work.compare import Compared
    from perfxl.work.everything import Done, Made


def overview(
    results: Sequence[Done], compared: Sequence[Compared], folder: Path, parts: Mapping[str, str]
) -> str:
    """Return what was done, file by file, and what lies in each part of the folder, given by name."""
    return "\n".join(_lines(results, compared, folder, parts)) + "\n"


def _lines(
    results: Sequence[Done], compared: Sequence[Compared], folder: Path, parts: Mapping[str, str]
) -> Iterator[str]:
    together = [finding for done in results for finding in done.checked.findings]
    yield f"共处理 {len(results)} 份自评表，查出 {_counted(together)}。"
    yield f"结果在：{folder}"
    yield ""
    for done in results:
        yield f"· {done.checked.path.stem}"
        if done.checked.problem is not None:
            yield f"    读不了：{done.checked.problem}"
            continue
        yield from _found(done.checked.findings)
        yield from _made(done.made)
    for report in compared:
        yield f"· {report.path.stem}"
        if report.problem is not None:
            yield f"    没能核对：{report.problem}"
            continue
        yield from _found(report.findings)
    yield ""
    yield "怎么看："
    yield from (f"  {name}：{what}" for name, what in parts.items())
    yield ""
    yield "接下来用自己的表试：双击 perfxl 把表拖进窗口，或者用命令 perfxl 自评表.xlsx。原文件不会改动。"


def _found(findings: Sequence[Finding]) -> Iterator[str]:
    """How much was found, with the first of the gravest as an example."""
    if not findings:
        yield "    没有发现问题"
        return
    yield f"    查出 {_counted(findings)}"
    severities = list(Severity)
    first = min(findings, key=lambda finding: severities.index(finding.severity))
    where = first.cell if first.paragraph is None else f"第 {first.paragraph} 段"
    yield f"    例如 {where}：{first.message}"


def _counted(findings: Sequence[Finding]) -> str:
    found = counts(findings)
    return f"{found['error']} 处错误、{found['warning']} 处提醒、{found['note']} 处提示"


def _made(made: Made) -> Iterator[str]:
    if made.scored is not None:
        scored = made.scored
        kept = f"，保留填报人数值 {len(scored.kept)} 处" if scored.kept else ""
        wanted = f"，需要人工判断 {len(scored.open)} 处" if scored.open else ""
        written = f"计算并写入 {len(scored.changes)} 个单元格" if scored.changes else "没有需要计算的单元格"
        yield f"    {written}{kept}{wanted}"
    for draft in made.drafts:
        yield f"    报告草稿一份，待补写 {len(draft.missing)} 处"
    yield from (f"    {problem}" for problem in made.problems)
