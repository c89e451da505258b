"""The summary of a roll-up: every form handed in, counted or not."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from perfxl.form.figures import figure
from perfxl.form.labels import squeeze
from perfxl.form.model import Entry
from perfxl.rollup.funds import USUAL_UNIT, in_unit, weight_of
from perfxl.rules.finding import Finding, Severity
from perfxl.rules.handed import Contribution
from perfxl.rules.reading import number_within


class Entered(NamedTuple):
    """One form handed in, with what the check found in it. `why` says why it is not counted, "" where it is."""

    contribution: Contribution
    findings: tuple[Finding, ...]
    why: str = ""

    @property
    def project(self) -> str:
        """What the form calls its project."""
        return _said(self.contribution.form.roles.get("project_name"))

    @property
    def budget(self) -> Decimal | None:
        """A of the total fund row, in 万元."""
        return weight_of(self.contribution.form, USUAL_UNIT)

    @property
    def executed(self) -> Decimal | None:
        """B of the total fund row, in 万元."""
        form = self.contribution.form
        row = form.total_fund or next(iter(form.funds), None)
        return in_unit(form, row.executed, USUAL_UNIT) if row is not None else None

    @property
    def score(self) -> Decimal | None:
        """The total score, else the score in the header."""
        form = self.contribution.form
        total = figure(form.total.score) if form.total is not None else None
        header = form.roles.get("self_score")
        found = total or (number_within(header) if header is not None else None)
        return found.value if found is not None else None

    @property
    def grade(self) -> str:
        """The grade the form states."""
        return _said(self.contribution.form.roles.get("grade"))

    def count(self, severity: Severity) -> int:
        """How many findings of a severity it has."""
        return sum(finding.severity is severity for finding in self.findings)


def _said(entry: Entry | None) -> str:
    return squeeze(entry.text) if entry is not None else ""
