"""The files in the window: what is known of each, and the one line that says it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from pathlib import Path

from perfxl.rules.finding import Finding, Severity
from perfxl.window.looking import Look
from perfxl.window.outcomes import Outcome
from perfxl.window.tasks import REPORT


class State(Enum):
    """What the window may say of a file at this moment."""

    WAITING = auto()  # for its check
    CHANGED = auto()  # on disk since its check, which is no longer shown
    SHOWN = auto()  # `look` is what the file holds now
    GONE = auto()  # from its place
    FAILED = auto()  # the program itself failed on it
    CALLED_OFF = auto()  # by the user


@dataclass(eq=False)
class Row:
    """One file. `look` is None unless the state is SHOWN: what is not known to hold is not kept.

    `against` is the workbook that a report is held against, `given_with` what came in with a workbook, itself too.
    """

    path: Path
    against: Path | None = None
    given_with: frozenset[Path] = frozenset()
    state: State = State.WAITING
    look: Look | None = None
    why: str = ""  # it could not be checked, where the program was not at fault
    job: int | None = None
    last: Finding | None = None  # that the user looked at
    outcomes: list[Outcome] = field(default_factory=list)

    @property
    def is_report(self) -> bool:
        """Whether the file is a report rather than a workbook."""
        return self.path.suffix.lower() == REPORT

    @property
    def needs_others(self) -> bool:
        """Whether other workbooks bear on what was found in this one: a scoresheet takes values from its project's."""
        from perfxl.form.model import Kind

        forms = self.look.forms if self.look is not None and not self.is_report else ()
        return any(form.kind is Kind.SCORESHEET for form in forms)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings that hold now."""
        return self.look.findings if self.look is not None else ()

    @property
    def worst(self) -> Severity | None:
        """The gravest severity among the findings; None without findings."""
        from perfxl.output.checked import counts

        found = counts(self.findings)
        return next((severity for severity in Severity if found[severity.value]), None)

    @property
    def unreadable(self) -> bool:
        """Whether the file was looked at and could not be read."""
        return self.look is not None and self.look.problem is not None

    @property
    def verdict(self) -> str:
        """The one line on the file."""
        if self.look is not None:
            return self.look.problem or _counted(self.findings)
        return self.why or _WORDS[self.state]


_WORDS = {
    State.WAITING: "正在检查……",
    State.CHANGED: "文件有改动，正在重新检查……",
    State.SHOWN: "",
    State.GONE: "文件已不在原处：可能被移动、改名或删除。",
    State.FAILED: "这个文件没能检查：程序自身出错，文件没有受到影响。",
    State.CALLED_OFF: "没有检查：已取消。按 F5 重新检查。",
}


def _counted(findings: tuple[Finding, ...]) -> str:
    from perfxl.output.checked import verdict

    return verdict(findings).rstrip("。") if findings else "没有发现问题"


def summary(rows: Sequence[Row]) -> str:
    """Return one line on several files; nothing on a single one, which has its own."""
    if len(rows) < 2:
        return ""
    numbers = (
        (sum(row.worst is Severity.ERROR for row in rows), "{} 个有错误"),
        (
            sum(
                row.look is not None and not row.unreadable and row.worst is not Severity.ERROR
                for row in rows
            ),
            "{} 个没有错误",
        ),
        (sum(row.unreadable for row in rows), "{} 个读不出来"),
        (sum(row.look is None for row in rows), "{} 个没有检查"),
    )
    return f"共 {len(rows)} 个文件：" + "，".join(words.format(number) for number, words in numbers if number)
