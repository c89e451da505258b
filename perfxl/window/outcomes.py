"""What became of a command, in a line for the officer, with the file it made and the details behind it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from perfxl.report.render import ReportResult
    from perfxl.work.annotate import Annotated
    from perfxl.work.comment import Commented
    from perfxl.work.everything import Made
    from perfxl.work.rollup import RolledUp
    from perfxl.work.score import Scored


class Outcome(NamedTuple):
    """One line. `path` is the file made, if one was; `details` is what else there is to say, as lines of text."""

    text: str
    path: Path | None = None
    details: str = ""
    failed: bool = False


def of_made(made: Made) -> Iterator[Outcome]:
    """The outcomes of computing and of drafting in one go."""
    if made.scored is not None:
        yield of_scored(made.scored)
    yield from map(of_draft, made.drafts)
    yield from (Outcome(problem, failed=True) for problem in made.problems)


def of_scored(scored: Scored) -> Outcome:
    """The outcome of computing."""
    from perfxl.output.scored import as_text

    if scored.output is None:
        text = "没有需要计算的单元格，所以没有生成副本"
    elif scored.backup is not None:
        text = f"已计算 {len(scored.changes)} 格并写回原文件，改动前的备份是 {scored.backup.name}"
    else:
        text = f"已计算 {len(scored.changes)} 格，原文件未改动"
    if scored.open:
        text += f"；{len(scored.open)} 格要由您判断"
    return Outcome(text, scored.output, as_text(scored))


def of_draft(draft: ReportResult) -> Outcome:
    """The outcome of drafting one report."""
    from perfxl.output.drafted import lines

    text = "报告草稿已写好"
    if draft.missing:
        text += f"，{len(draft.missing)} 处要由您补写"
    if draft.doubts:
        text += f"，{len(draft.doubts)} 处请核对"
    return Outcome(text, draft.path, "\n".join(lines(draft)))


def of_annotated(annotated: Annotated) -> Outcome:
    """The outcome of annotating."""
    text = f"已在副本里标出 {annotated.marked} 格，并列出检查结果"
    if annotated.signature_broken:
        text += "；原有的电子签名在副本里不再有效"
    return Outcome(text, annotated.output)


def of_commented(commented: Commented) -> Outcome:
    """The outcome of writing comments into the copy of a report."""
    return Outcome(f"已在报告副本里写了 {commented.number} 条批注", commented.output)


def of_rollup(result: RolledUp) -> Outcome:
    """The outcome of a roll-up."""
    from perfxl.output.rolledup import as_text

    text = f"已汇总 {sum(not one.why for one in result.entered)} 份自评表"
    if result.unread:
        text += f"，{len(result.unread)} 个文件读不出来"
    if result.findings:
        text += f"，{len(result.findings)} 处各表之间对不上"
    return Outcome(text, result.output, as_text(result))
