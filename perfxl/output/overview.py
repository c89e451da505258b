"""The summary of many files, for somebody who sees the program for the first time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from perfxl.output.checked import counts
from perfxl.rules.finding import Severity

if TYPE_CHECKING:
    from perfxl.work.everything import Done


def overview(results: Sequence[Done], folder: Path, parts: Sequence[str]) -> str:
    """Return what was done, file by file, and what lies in each part of the folder."""
    return "\n".join(_lines(results, folder, parts)) + "\n"


def _lines(results: Sequence[Done], folder: Path, parts: Sequence[str]) -> Iterator[str]:
    yield f"共处理 {len(results)} 份自评表，结果在：{folder}"
    yield ""
    for done in results:
        yield f"· {done.checked.path.stem}"
        if done.checked.problem is not None:
            yield f"    读不了：{done.checked.problem}"
            continue
        found = counts(done.checked.findings)
        yield f"    查出 {found['error']} 处错误、{found['warning']} 处提醒、{found['note']} 处提示"
        first = next(
            (finding for finding in done.checked.findings if finding.severity is Severity.ERROR), None
        )
        if first is not None:
            yield f"    例如 {first.cell}：{first.message}"
        if done.scored is not None:
            kept = f"，保留填报人数值 {len(done.scored.kept)} 处" if done.scored.kept else ""
            yield f"    计算并写入 {len(done.scored.changes)} 个单元格{kept}，需要人工判断 {len(done.scored.open)} 处"
        for draft in done.drafts:
            yield f"    报告草稿一份，待补写 {len(draft.missing)} 处"
        yield from (f"    {problem}" for problem in done.problems)
    forms, findings, computed, reports, marked = parts
    yield ""
    yield "怎么看："
    yield f"  {forms}：公开的自评表原样，错误也照原样保留。"
    yield f"  {findings}：每张表错在哪个单元格、为什么、怎么改；用浏览器打开，可筛选、可打印。"
    yield f"  {computed}：执行率、得分、合计已写成公式，其余内容一字未动。"
    yield f"  {reports}：Word 草稿，数字都取自表格，只有人能写的地方标着【待补充：…】。"
    yield f"  {marked}：有问题的单元格标了颜色，“校验结果”表逐条列出，点一下就到；可在“说明”一列写理由。"
