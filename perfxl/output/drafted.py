"""What became of drafting reports, as text for a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from perfxl.report.lint import Fault
    from perfxl.report.render import ReportResult

_LISTED = 8


def as_text(source: Path, drafts: Iterable[ReportResult]) -> str:
    """Return where each draft lies, and what in it a person has to write or to settle."""
    return "\n".join([f"■ {source.name}", *(line for draft in drafts for line in lines(draft))])


def lines(draft: ReportResult) -> Iterator[str]:
    """Return the lines on one draft."""
    yield f"  报告草稿：{draft.path.name}"
    yield from (f"  说明：{note}" for note in draft.notes)
    if draft.missing:
        yield f"  其中 {len(draft.missing)} 处要由您补写（文中以【待补充：…】标出）："
        yield from _listed(draft.missing)
    if draft.doubts:
        yield f"  其中 {len(draft.doubts)} 处数字前后不一，请核对（文中以【请核对：…】标出）："
        yield from _listed(draft.doubts)


def looked_over(template: Path, faults: Sequence[Fault]) -> str:
    """Return what is wrong with a report template, a fault a line."""
    if not faults:
        return f"■ {template.name}：没有发现问题。"
    return "\n".join([f"■ {template.name}：{len(faults)} 处要改", *(f"  {fault}" for fault in faults)])


def _listed(marks: tuple[str, ...]) -> Iterator[str]:
    yield from (f"    · {mark}" for mark in marks[:_LISTED])
    if len(marks) > _LISTED:
        yield f"    · …… 共 {len(marks)} 处"
