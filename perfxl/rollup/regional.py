"""The regional form of a group as values: what stands in it, and the long tables it rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from perfxl.form.labels import squeeze
from perfxl.form.model import Entry, Indicator, Kind
from perfxl.rollup.aggregate import Aggregate, aggregate
from perfxl.rollup.funds import FundLine, fund_lines, money_unit, weight_of
from perfxl.rollup.gather import Group
from perfxl.rollup.tables import fund_table, indicator_table
from perfxl.rules.handed import Contribution, lines
from perfxl.rules.marks import points

if TYPE_CHECKING:
    from pandas import DataFrame

_LONGEST_REASON = 60


class Regional(NamedTuple):
    """All that a regional form says. Amounts in `unit`, weights in points, None where the forms give none."""

    group: Group
    name: str
    unit: str
    fund_lines: tuple[FundLine, ...]
    fund_weight: Decimal | None
    aggregates: tuple[Aggregate, ...]
    weights: tuple[Decimal | None, ...]
    funds: DataFrame
    indicators: DataFrame

    @property
    def members(self) -> tuple[Contribution, ...]:
        """The forms that are counted."""
        return self.group.members

    @property
    def units(self) -> tuple[str, ...]:
        """Who filled the forms, each once."""
        return tuple(dict.fromkeys(member.unit for member in self.members))

    @property
    def scored(self) -> bool:
        """Whether the forms give weights that total one project, so that the regional form can be scored."""
        return self.group.single_project and any(weight is not None for weight in self.weights)

    def own_score(self, place: int) -> Decimal | None:
        """The score of an indicator where only one form was handed in: its unit has decided it."""
        row = self.aggregates[place].line.rows[0]
        if len(self.members) > 1 or row is None:
            return None
        found = points(row.score)
        return found.value if found is not None else None

    @property
    def has_initial(self) -> bool:
        """Whether any form has the column 年初预算数."""
        return any(row.initial is not None for member in self.members for row in member.form.funds)

    def role(self, role: str) -> str:
        """A field that all forms fill alike, by what it is ("department"); "" where they differ."""
        return _common(member.form.roles.get(role) for member in self.members)

    def field(self, label: str) -> str:
        """A header field that all forms fill alike, by its label; "" where they differ."""
        return _common(member.form.header.get(label) for member in self.members)

    def goal(self, part: str) -> str:
        """The yearly goal ("target") or what became of it ("actual") where all say the same; "" where they differ."""
        return _common(getattr(member.form.goals, part) for member in self.members)


def regional(group: Group) -> Regional:
    """Bring a group together."""
    unit = money_unit(group)
    funds = fund_lines(group)
    money = [weight_of(member.form, unit) for member in group.members]
    found = tuple(aggregate(group, line, money) for line in lines([member.form for member in group.members]))
    totals = [member.form.total_fund for member in group.members]
    return Regional(
        group,
        _name(group),
        unit,
        funds,
        _usual(row.weight for row in totals if row is not None) if group.single_project else None,
        found,
        tuple(_usual(row.weight for row in one.line.rows if row is not None) for one in found),
        fund_table(group, funds, unit),
        indicator_table(group, found),
    )


def reasons(members: Iterable[Contribution], rows: Iterable[Indicator | None]) -> str:
    """Return the causes and remedies that the units gave for an indicator, each with its unit, a line each."""
    return "\n".join(
        f"{member.unit}：{_brief(row.reason.text)}"
        for member, row in zip(members, rows, strict=True)
        if row is not None and row.reason is not None and any(sign.isalnum() for sign in row.reason.text)
    )


def _brief(text: str) -> str:
    line = "".join(text.split())
    return line if len(line) <= _LONGEST_REASON else line[:_LONGEST_REASON] + "…"


def _name(group: Group) -> str:
    """What the forms are about: the project's most frequent name, or how many projects there are."""
    if group.kind is Kind.DEPARTMENT:
        return f"部门整体支出（{len(group.members)}个部门）"
    names = Counter(
        squeeze(entry.text)
        for member in group.members
        if (entry := member.form.roles.get("project_name")) is not None and entry.text
    )
    if group.single_project:
        return names.most_common(1)[0][0] if names else ""
    return f"{len(group.members)}个项目（名单见“单位汇总”）"


def _usual(entries: Iterable[Entry | None]) -> Decimal | None:
    """The points that most entries give; of equally many, those given first."""
    found = Counter(figure.value for entry in entries if (figure := points(entry)) is not None)
    return found.most_common(1)[0][0] if found else None


def _common(entries: Iterable[Entry | None]) -> str:
    texts = {entry.text for entry in entries if entry is not None and entry.text}
    return texts.pop() if len(texts) == 1 else ""
