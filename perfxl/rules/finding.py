"""A finding: one fault of a form, with every cell that proves it."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from perfxl.form.model import Entry


class Severity(StrEnum):
    """How sure and how grave a finding is; see the contract."""

    ERROR = "error"  # a figure or a required entry is wrong, proven by the cells
    WARNING = "warning"  # very likely wrong, or will be sent back
    NOTE = "note"  # worth a look


SEVERITY_WORDS = {Severity.ERROR: "错误", Severity.WARNING: "提醒", Severity.NOTE: "提示"}
"""What officers read, wherever a finding is shown."""


class OnSheet(Protocol):
    """Whatever stands on a sheet: a form, or a place of the workbook outside every form."""

    @property
    def sheet(self) -> str:
        """The sheet's name."""


class Place(NamedTuple):
    """A sheet as such, for findings about the file."""

    sheet: str


class Finding(NamedTuple):
    """One fault. `cell` is where to look first, `cells` all that the judgement rests on, texts are plain Chinese.

    `explanation` is what the officer wrote beside it in the annotated workbook; the values are still those of then.
    A finding in a report has the number of its `paragraph` and the sentence (`text`); its cells, if any, are those of
    the workbook that the report was held against.
    """

    code: str
    severity: Severity
    sheet: str
    cell: str
    cells: tuple[str, ...]
    subject: str
    message: str
    expected: str = ""
    actual: str = ""
    fix: str = ""
    explanation: str = ""
    paragraph: int | None = None
    text: str = ""

    @property
    def cells_here(self) -> tuple[str, ...]:
        """Those of `cells` that stand on the finding's own sheet; others are named with theirs ("'打分表'!D6")."""
        return tuple(cell for cell in self.cells if "!" not in cell)


def named(cells: Iterable[str]) -> str:
    """Return cells as officers name them, those elsewhere after their sheet or file: F9、自评表.xlsx【自评表】D4."""
    by_sheet: dict[str, list[str]] = {}
    for cell in cells:
        place, _, address = cell.rpartition("!")
        by_sheet.setdefault(place, []).append(address)
    return "、".join(_sheet_as_told(place) + "、".join(addresses) for place, addresses in by_sheet.items())


def _sheet_as_told(place: str) -> str:
    """'[自评表.xlsx]Sheet1' as 自评表.xlsx【Sheet1】; nothing for the finding's own sheet."""
    from perfxl.workbook.grid import (
        unquoted,  # not for the window's first painting, which needs severities alone
    )

    file, _, sheet = unquoted(place).rpartition("]")
    return f"{file.removeprefix('[')}【{sheet}】" if sheet else ""


class Rule(NamedTuple):
    """What the catalogue says of a rule: `source` names the document and article, or how the field came to it."""

    code: str
    title: str
    severity: Severity
    source: str

    def finding(
        self,
        where: OnSheet,
        at: Entry,
        rests_on: Iterable[Entry | None] = (),
        *,
        subject: str,
        message: str,
        expected: str = "",
        actual: str = "",
        fix: str = "",
        severity: Severity | None = None,
    ) -> Finding:
        """Return a finding of this rule at an entry of a form, or at a cell of another place.

        `rests_on` may repeat `at` and may hold None for absent columns.
        """
        addresses = dict.fromkeys([at.address, *(entry.address for entry in rests_on if entry is not None)])
        return Finding(
            code=self.code,
            severity=severity or self.severity,
            sheet=where.sheet,
            cell=at.address,
            cells=tuple(addresses),
            subject=subject,
            message=message,
            expected=expected,
            actual=actual,
            fix=fix,
        )

    def in_report(
        self,
        paragraph: int,
        text: str,
        where: OnSheet | None = None,
        cells: Iterable[Entry] = (),
        *,
        subject: str,
        message: str,
        expected: str = "",
        actual: str = "",
        fix: str = "",
        severity: Severity | None = None,
    ) -> Finding:
        """Return a finding of this rule at a sentence of a report; `cells` of the form `where` prove it, if any do."""
        addresses = tuple(dict.fromkeys(entry.address for entry in cells))
        return Finding(
            code=self.code,
            severity=severity or self.severity,
            sheet=where.sheet if where is not None and addresses else "",
            cell=addresses[0] if addresses else "",
            cells=addresses,
            subject=subject,
            message=message,
            expected=expected,
            actual=actual,
            fix=fix,
            paragraph=paragraph,
            text=text,
        )


RULE_FAILED = Rule("PX990", "一条检查规则没能运行", Severity.WARNING, "程序自身的故障，不是表或报告的问题")
"""No rule of the field: what is found where a rule itself fails, which leaves the others their say."""
